"""Hints repeat the command as it was started."""

from __future__ import annotations

import sys

import pytest

from dialogue_game.app.invocation import with_program_name
from tests.architecture.figures import ROOT


def test_a_command_is_written_as_uv_was_asked_to_run_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UV_RUN_RECURSION_DEPTH", "1")
    assert (
        with_program_name("See: dialogue-game history")
        == "See: uv run dialogue-game history"
    )


def test_a_command_is_written_as_uvx_was_asked_to_run_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UV", "/usr/bin/uv")
    monkeypatch.chdir(ROOT)
    assert (
        with_program_name("See: dialogue-game history")
        == "See: uvx --from . dialogue-game history"
    )
    monkeypatch.chdir(ROOT.parent)
    assert (
        with_program_name("dialogue-game history")
        == f"uvx --from {ROOT} dialogue-game history"
    )


def test_the_program_in_one_file_is_called_by_its_own_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "argv", ["game-0.2.0"])
    assert with_program_name("dialogue-game play omar") == "game-0.2.0 play omar"


@pytest.mark.parametrize(
    "text",
    ["The file dialogue-game.toml", "my-dialogue-game play", "dialogue-game is a game"],
)
def test_installed_it_is_the_bare_command_and_other_words_stay(text: str) -> None:
    assert with_program_name(text) == text
    assert with_program_name("Try: dialogue-game check") == "Try: dialogue-game check"


def test_what_is_no_command_stays_with_uv_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_RUN_RECURSION_DEPTH", "1")
    assert (
        with_program_name("The file dialogue-game.toml")
        == "The file dialogue-game.toml"
    )
