"""Blind: until the last round is closed, ballots leave no trace in anything the room can see.

Two rooms are led by the same commands and differ only in what is hidden: how the same number of
ballots is spread over the options, or the notes, marks, consequences and references of the story.
As long as nothing is revealed, everything the two rooms see must be equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue_game.app.session.documents import record_text
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.core.session import steps
from dialogue_game.errors import DialogueGameError
from dialogue_game.plain.leader_commands import execute_command
from tests.app.rooms import WALK, hidden_twin, led, shown, sitting

Counts = tuple[int, int, int]
Move = str | tuple[str, Counts, Counts]
"""A command for both rooms, or one kind of ballots with the counts of each."""

WORDS = (
    "next", "next", "next", "next", "reveal", "reopen", "undo", "blank", "pause", "extend", "hands",
    "full", "settle a", "settle b", "minority It might.", "park Later.", "skip", "headcount 12",
    "tally a=99", "ballots A Q", "cast z", "settle zz", "tally a=-1",
)  # fmt: skip


FEW_WORDS = (
    "next",
    "next",
    "reveal",
    "reveal",
    "reopen",
    "undo",
    "settle a",
    "minority It might.",
)


@st.composite
def spreads(draw: st.DrawFn, most: int) -> tuple[Counts, Counts]:
    """Two ways in which the same number of ballots can be spread over three options."""
    total = draw(st.integers(1, most))
    pair = []
    for _ in range(2):
        first = draw(st.integers(0, total))
        second = draw(st.integers(0, total - first))
        pair.append((first, second, total - first - second))
    return pair[0], pair[1]


def ballots(most: int = 9) -> st.SearchStrategy[Move]:
    return st.builds(
        lambda kind, pair: (kind, *pair),
        st.sampled_from(["tally", "ballots", "cast"]),
        spreads(most),
    )


def told(kind: str, counts: Counts) -> list[str]:
    """The commands that bring these counts in."""
    if kind == "tally":
        return [f"tally a={counts[0]} b={counts[1]} c={counts[2]}"]
    letters = [
        letter
        for letter, count in zip("abc", counts, strict=True)
        for _ in range(count)
    ]
    return (
        [f"ballots {' '.join(letters)}"]
        if kind == "ballots"
        else [f"cast {x}" for x in letters]
    )


def obeyed(leading: Facilitation, command: str) -> str:
    """The error a command ends in, "" where it was obeyed."""
    try:
        execute_command(leading, command)
    except DialogueGameError as error:
        return str(error)
    return ""


def both(rooms: Sequence[Facilitation], move: Move) -> list[list[str]]:
    """Make one move in both rooms; the errors of each."""
    if isinstance(move, str):
        return [[obeyed(leading, move)] for leading in rooms]
    kind, *counts = move
    return [
        [obeyed(leading, command) for command in told(kind, spread)]
        for leading, spread in zip(rooms, counts, strict=True)
    ]


def open_by_nature(leading: Facilitation) -> bool:
    """Whether ballots are open hands now, or the last round is closed and was revealed.

    At an ending all of them were, and it says what others wanted.
    """
    session = leading.session
    if session.step == steps.ENDING:
        return all(
            decision.seen == len(decision.rounds) for decision in session.deliberations
        )
    if not session.deciding:
        return False
    if session.form == steps.HANDS:
        return True
    closed = all(held.closed for held in session.deliberation.rounds)
    revealed = (steps.REVEAL, steps.MINORITY, steps.CONSEQUENCE, steps.COACHING)
    return closed and session.step in revealed


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS) | ballots(), max_size=30))
def test_before_the_last_round_is_closed_no_view_depends_on_how_anybody_voted(
    moves: list[Move],
) -> None:
    rooms = [sitting(WALK)[0], sitting(WALK)[0]]
    for leading in rooms:
        led(leading, "next")
    for move in moves:
        at_hands = open_by_nature(rooms[0])
        before = [leading.session.step for leading in rooms]
        settling = move in ("next", "skip") and before[0] in (
            steps.REVEAL,
            steps.MINORITY,
        )
        if settling:  # the rooms would part ways: settle both alike, by hand
            both(rooms, "settle a")
        errors = both(rooms, move)
        assert rooms[0].session.step == rooms[1].session.step
        if not at_hands and not open_by_nature(rooms[0]):
            assert errors[0] == errors[1]
            assert shown(rooms[0]) == shown(rooms[1])


@settings(max_examples=100)
@given(st.lists(st.sampled_from(WORDS) | ballots(), max_size=20))
def test_no_view_depends_on_what_the_room_must_not_see_before_its_step(
    moves: list[Move],
) -> None:
    rooms = [sitting(WALK)[0], sitting(hidden_twin(WALK))[0]]
    for leading in rooms:
        led(leading, "next")
    for move in moves:
        same = move if isinstance(move, str) else (move[0], move[1], move[1])
        assert len({tuple(errors) for errors in both(rooms, same)}) == 1
        views = [shown(leading) for leading in rooms]
        if (
            views[0]["step"] in (steps.CONSEQUENCE, steps.COACHING)
            and not views[0]["blanked"]
        ):
            for view in views:
                for part in ("consequence", "coaching", "references"):
                    view.pop(part)
        if views[0]["step"] == steps.PROFILE:
            return
        assert views[0] == views[1]


@settings(max_examples=100)
@given(st.lists(st.sampled_from(FEW_WORDS) | ballots(4), max_size=20))
def test_few_ballots_leave_the_same_views_and_records_wherever_the_same_option_leads(
    moves: list[Move],
) -> None:
    rooms, games = [], []
    for _ in range(2):
        leading, game, _clock = sitting(WALK, headcount=4)
        rooms.append(led(leading, "next"))
        games.append(game)
    for move in moves:
        if move == "headcount 12" or (
            not isinstance(move, str) and not alike(*move[1:])
        ):
            continue
        counted = move if isinstance(move, str) else ("tally", *move[1:])
        errors = both(rooms, counted)
        assert errors[0] == errors[1]
        assert shown(rooms[0]) == shown(rooms[1])
    for form in ("md", "html", "json", "csv"):
        texts = [record_text(g, x.id, form) for g, x in zip(games, rooms, strict=True)]
        assert texts[0] == texts[1]


def alike(first: Counts, second: Counts) -> bool:
    """Whether the same single option leads in both, or none in either."""

    def leader(counts: Counts) -> int | None:
        most = max(counts)
        return counts.index(most) if counts.count(most) == 1 else None

    return leader(first) == leader(second)


def test_what_is_never_shown_before_its_time_is_nowhere_in_the_view() -> None:
    leading, _, _ = sitting(WALK)
    hidden = ("Hold back", "settles", "ask happens", "Because", "CODE/1")
    seen: list[Any] = []
    for command in (
        "next",
        "next",
        "next",
        "tally a=4 b=3",
        "next",
        "next",
        "tally a=3 b=4",
    ):
        led(leading, command)
        seen.append(str(shown(leading)))
        for text in hidden:
            assert text not in seen[-1]
    led(leading, "next")
    assert shown(leading)["rounds"][1]["counts"] == {"A": 3, "B": 4, "C": 0}
