"""Kind: numbers of thousands of digits, which Python itself refuses to read."""

from __future__ import annotations

import io
import json

import pytest

from dialogue_game.errors import NotFound
from dialogue_game.plain.console import Console
from dialogue_game.plain.facilitate import PlainFacilitation
from dialogue_game.plain.home import show_home
from dialogue_game.plain.json_lines import JsonLines
from tests import fakes
from tests.app.rooms import WALK, led, sitting

HUGE = "9" * 5_000


def at_home(*answers: str) -> str:
    """What Home, and what is opened from it, says to these answers."""
    game, sink = fakes.game(WALK), io.StringIO()
    show_home(game, Console(io.StringIO("\n".join(answers)), sink))
    return sink.getvalue()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ((HUGE,), "Type a number from 1 to 1"),
        ((f"m {HUGE}",), "Type a number from 1 to 1"),
        ((f"r {HUGE}",), "References."),
        (("1", HUGE), "There is no choice"),
        (("1", "1", "m", HUGE, f"e{HUGE}", f"{HUGE}a"), "That was not understood."),
    ],
    ids=("home", "map of", "reference", "choice", "scene"),
)
def test_a_huge_number_names_nothing(answers: tuple[str, ...], said: str) -> None:
    assert said in at_home(*answers)


def test_json_lines_answer_a_huge_number_as_any_choice_that_is_none() -> None:
    game, sink = fakes.game(WALK), io.StringIO()
    JsonLines(game, game.start(WALK.id), sink).play(io.StringIO(f"{HUGE}\n"))
    assert "error" in json.loads(sink.getvalue().splitlines()[1])


@pytest.mark.parametrize(
    "command", [f"tally a={HUGE}", f"headcount {HUGE}", f"road {HUGE} a", HUGE]
)
def test_a_session_refuses_a_huge_number_in_a_sentence(command: str) -> None:
    leading, game, _ = sitting()
    led(leading, "next", "hands")
    sink = io.StringIO()
    PlainFacilitation(
        game, leading, Console(io.StringIO(f"{command}\nquit\n"), sink)
    ).lead()
    assert "Come back with" in sink.getvalue()


def test_a_decision_of_huge_number_is_not_found() -> None:
    from dialogue_game.cli.play_commands import _decision

    with pytest.raises(NotFound):
        _decision((), HUGE)
