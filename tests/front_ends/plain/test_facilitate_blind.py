"""Blind in all that is written: lines, JSON lines, what comes back, the list and the record.

Two rooms are led by the same commands over each face and differ only in how the same number of
ballots is spread. What is written until the first reveal must be the same to the letter.
"""

from __future__ import annotations

import io
import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogue_game.app.game import Game
from dialogue_game.app.session.documents import record_text
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.session.sessions import sessions
from dialogue_game.plain.console import Console
from dialogue_game.plain.facilitate import SHORTCUTS, PlainFacilitation
from dialogue_game.plain.json_lines import SessionLines
from dialogue_game.plain.session_views import show_shared
from tests.app.rooms import WALK, led, sitting
from tests.app.test_facilitation_blind import Move, ballots, both, open_by_nature, told

WORDS = (
    "next", "next", "next", "undo", "u", "b", "blank", "pause", "+", "tell", "notes", "?", "skip",
    "headcount 12", "headcount 2", "tally a=99", "ballots A Q", "cast z", "tally a=-1", "settle b",
    "minority It might.", "park Later.", "hands", "full", "nxt", "qr",
)  # fmt: skip


def blind_part(moves: list[Move]) -> list[Move]:
    """The moves up to the first after which ballots may be seen, in lines or in JSON lines.

    They differ: a short word is a command in lines alone.
    """
    meant = [
        SHORTCUTS.get(move, move) if isinstance(move, str) else move for move in moves
    ]
    return moves[: min(_blind_moves(moves), _blind_moves(meant))]


def _blind_moves(moves: list[Move]) -> int:
    rooms = [led(sitting(WALK)[0], "next", "next") for _ in range(2)]
    for place, move in enumerate(moves):
        both(rooms, move)
        if any(open_by_nature(leading) for leading in rooms):
            return place
    return len(moves)


def commands(moves: list[Move], room: int) -> str:
    """What is typed in one of the two rooms."""
    lines = [
        line
        for move in moves
        for line in ([move] if isinstance(move, str) else told(move[0], move[1:][room]))
    ]
    return "".join(f"{line}\n" for line in lines)


def kept(game: Game, leading: Facilitation) -> list[str]:
    """What the journal gives about the session, and what it comes back with."""
    back = io.StringIO()
    show_shared(
        Console(io.StringIO(), back), Facilitation.resume(game, leading.id).shared()
    )
    forms = [
        record_text(game, leading.id, form) for form in ("md", "html", "json", "csv")
    ]
    return [back.getvalue(), *forms, str(sessions(game.store))]


def written(moves: list[Move], room: int) -> list[str]:
    """Everything that one room could ever read."""
    leading, game, _ = sitting(WALK)
    led(leading, "next", "next")
    lines = io.StringIO()
    PlainFacilitation(
        game, leading, Console(io.StringIO(commands(moves, room)), lines)
    ).lead()
    told_so = [lines.getvalue(), *kept(game, leading)]
    leading, game, _ = sitting(WALK)
    led(leading, "next", "next")
    data = io.StringIO()
    SessionLines(game, leading, data).lead(io.StringIO(commands(moves, room)))
    seen = [
        line
        for line in data.getvalue().splitlines()
        if "companion" not in json.loads(line)
    ]
    return [*told_so, *seen, *kept(game, leading)]


@settings(max_examples=100)
@given(st.lists(st.sampled_from(WORDS) | ballots(), max_size=15))
@example(["u", "hands", ("tally", (0, 0, 1), (0, 1, 0))])
def test_nothing_written_before_the_reveal_depends_on_how_anybody_voted(
    moves: list[Move],
) -> None:
    blind = blind_part(moves)
    assert written(blind, 0) == written(blind, 1)


def test_ballots_that_were_passed_over_before_the_room_saw_them_are_not_in_the_record() -> (
    None
):
    for left in (["skip"], ["next", "skip"], ["next", "tally a=1 b=6", "end"]):
        leading, game, _ = sitting(WALK)
        led(leading, "next", "next", "next", "tally a=5 b=2", *left)
        (decision,) = json.loads(record_text(game, leading.id, "json"))["decisions"]
        assert decision["rounds"] == []
        assert decision["options"][0] == {"letter": "A", "id": "ask", "text": "Do ask."}
    led(
        leading := sitting(WALK)[0],
        "next",
        "next",
        "next",
        "tally a=5",
        "reveal",
        "skip",
    )
    assert leading.session.deliberation.seen == 1
