"""Kind: clocks that ran in the future, or in no calendar at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dialogue_game.app.bootstrap import open_game
from tests.faults.test_command_line import run

WHENS = (-(10**17), -1, 0, 253_402_300_800_000, 10**17, 2**62)


@pytest.mark.parametrize("when", WHENS)
def test_a_run_of_any_time_is_listed_looked_back_on_and_exported(
    home: Path, tmp_path: Path, when: int
) -> None:
    game = open_game()
    game.clock = lambda: when
    player = game.start("how_to_play")
    player.choose("ask_her")
    game.store.close()
    for command in (
        ("history",),
        ("history", "--json"),
        ("session", "list"),
        ("export", "choices", str(tmp_path / "choices.csv")),
        ("export", "choices", "--format", "xapi", str(tmp_path / "statements.json")),
        ("play", "how_to_play", "--resume", "--json"),
        ("certificate", str(tmp_path / "certificate.html")),
        ("privacy", "show"),
        ("doctor",),
    ):
        done = run(*command, home=home)
        assert done.returncode in (0, 2), (command, done.stderr)
        assert "went wrong" not in done.stderr


def test_what_was_played_last_is_the_newest_whatever_the_clock_said(home: Path) -> None:
    game = open_game()
    game.clock = lambda: 4_102_444_800_000
    game.start("how_to_play").choose("ask_her")
    game.clock = lambda: 1_700_000_000_000
    last = game.start("how_to_play")
    last.choose("ask_her")
    game.store.close()
    listed = json.loads(run("history", "--json", home=home).stdout)
    assert listed[0]["id"] == last.playthrough
