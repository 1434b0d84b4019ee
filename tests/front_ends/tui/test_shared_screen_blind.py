"""Blind on screen: two rooms that differ only in how people voted show the same pictures.

The whole property is proved on the view (`tests/app/test_facilitation_blind.py`); here, that the
screen adds nothing to it: no frame, title, toast, cursor or length that would give a hint.
"""

from __future__ import annotations

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue_game.core.session import steps
from tests.app.rooms import WALK, hidden_twin, sitting
from tests.front_ends.tui.driving import Driver, leading

KEYS = ("enter", "enter", "u", "s", "full_stop", "full_stop", "plus", "p", "v", "k", "t", "escape",
        "question_mark", "i", "w", "x", "a", "b", "2", "space", "q!")  # fmt: skip
"""Keys that are the same in both rooms; `q!` closes what is open."""
LETTERS = ("a", "b", "c")

Move = str | tuple[str, str, str]
"""A key, or a way to vote with what is typed in each room."""


def votes() -> st.SearchStrategy[Move]:
    one = st.tuples(st.just("cast"), st.sampled_from(LETTERS), st.sampled_from(LETTERS))
    pairs = st.lists(st.tuples(*[st.sampled_from(LETTERS)] * 2), min_size=1, max_size=4)
    letters = pairs.map(
        lambda p: ("paste", " ".join(a for a, _ in p), " ".join(b for _, b in p))
    )
    counts = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(
        lambda c: ("paste", f"a={c[0]} b={5 - c[0]}", f"a={c[1]} b={5 - c[1]}")
    )
    return st.one_of(one, letters, counts)


async def make(game: Driver, move: Move, room: int) -> None:
    """Make one move in one room."""
    if move == "q!":
        await game.press(
            *(["q"] if type(game.app.screen).__name__ != "SharedScreen" else [])
        )
    elif isinstance(move, str):
        await game.press(move)
    elif move[0] == "cast":
        await game.press("k", "space", move[1 + room])
    else:
        await game.press("t")
        await game.paste(move[1 + room])
        await game.press("enter")


async def pictures(room: int, moves: list[Move]) -> list[tuple[str, list[str]]]:
    """Lead one of the two rooms: the step and the picture after each move, once it is whole."""
    session, told, _ = sitting(hidden_twin(WALK) if room else WALK)
    seen = []
    async with leading(told, session) as game:
        for move in ("enter", *moves):
            await make(game, move, room)
            await game.pilot.pause()
            await game.until(lambda: not game.app.screen._layout_required, "a layout")
            seen.append((session.session.step, game.rows))
    return seen


def compare(moves: list[Move]) -> None:
    """Until the last round is closed, and after any refusal, every picture must be the same."""
    rooms = [asyncio.run(pictures(room, moves)) for room in (0, 1)]
    for move, one, other in zip(("enter", *moves), *rooms, strict=True):
        if one[0] not in (*steps.DECISION[:5], steps.WELCOME):
            return
        assert one == other, move


@settings(max_examples=6)
@given(st.lists(st.sampled_from(KEYS) | votes(), min_size=4, max_size=10))
def test_no_picture_depends_on_how_anybody_voted_before_the_last_round_is_closed(
    moves: list[Move],
) -> None:
    compare(moves)


def test_a_full_decision_looks_the_same_in_both_rooms_until_it_is_revealed() -> None:
    moves: list[Move] = ["enter", "enter", ("paste", "a=4 b=1", "a=1 b=4"), "s", "enter", "s",
                         "enter", ("cast", "a", "c"), ("cast", "b", "b"), "backspace",
                         ("paste", "A", "C"), "enter", "escape", "u",
                         "full_stop", "full_stop"]  # fmt: skip
    compare(moves)


def test_the_comparison_of_rooms_would_notice_a_hint() -> None:
    rooms = [
        asyncio.run(
            pictures(
                room, ["enter", "enter", ("paste", "a=4 b=1", "a=1 b=4"), "y", "2"]
            )
        )
        for room in (0, 1)
    ]
    assert rooms[0][-3][0] == rooms[1][-3][0] != steps.REVEAL
    assert rooms[0][-2] == rooms[1][-2]
    assert rooms[0][-1] != rooms[1][-1]
