"""A whole session in plain lines, as it was when it was last read over.

After a change that is meant, write it anew as `test_transcripts.py` says.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.game import Game
from dialogue_game.app.session.agenda import plan
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.plain.console import Console
from dialogue_game.plain.facilitate import PlainFacilitation
from dialogue_game.plain.json_lines import view_data
from dialogue_game.plain.leader_commands import execute_command
from tests.app.rooms import SetClock
from tests.front_ends.plain.test_transcripts import DRAWN, FOLDER, WIDTH
from tests.front_ends.session_script import PEOPLE, next_command

ASIDE = (
    "?",
    "notes",
    "t",
    "qr",
    "nonsense",
    "blank",
    "blank",
    "pause",
    "pause",
    "extend",
)
"""What is asked once besides, at the first scene."""


def room() -> tuple[Game, Facilitation]:
    game = open_game(keep=False)
    game.clock, game.new_id = SetClock(), lambda: "session"
    return game, Facilitation.start(game, plan(game.course, ("omar",), PEOPLE, 30))


def typed() -> Iterator[str]:
    """What the leader types, found by leading the same session once by its views."""
    _, leading = room()
    while command := next_command(view_data(leading.shared())):
        yield command
        step = leading.session.step
        execute_command(leading, command)
        if step == "welcome":
            yield from ASIDE


@pytest.fixture(scope="module")
def told() -> str:
    """What a pipe reads at 60 columns."""
    game, leading = room()
    sink = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(WIDTH + 1))
        source = io.StringIO("\n".join(typed()) + "\n")
        PlainFacilitation(game, leading, Console(source, sink)).lead()
    assert leading.session.ended
    return sink.getvalue()


def test_a_session_reads_in_lines_as_it_did(told: str) -> None:
    file = FOLDER / "session.txt"
    if os.environ.get("TRANSCRIPTS") == "write":
        file.write_text(told, encoding="utf-8")
    assert told == Path(file).read_text(encoding="utf-8")


def test_what_was_counted_is_not_in_it_before_it_is_revealed(told: str) -> None:
    assert "tally …" in told
    assert " 21, " in told
    assert " 21, " not in told.partition("This is how we voted.")[0]


def test_its_lines_fit_and_nothing_is_drawn_but_the_code(told: str) -> None:
    assert DRAWN.findall(told) == []
    assert "\n\n\n" not in told
