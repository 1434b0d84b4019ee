"""Kind: what a report of a fault, a shell and a package index need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.faults.test_command_line import run


def test_doctor_tells_versions_and_states_and_nothing_of_a_person(
    tmp_path: Path,
) -> None:
    home = tmp_path / "carla.surname"
    run("play", "how_to_play", "--json", "--keep", "--pick", "1", home=home)
    done = run("doctor", "--json", home=home)
    told = json.loads(done.stdout)
    assert {
        "dialogue-game",
        "python",
        "textual",
        "screen",
        "data folder",
        "journal",
    } <= set(told)
    assert told["journal"].startswith("can be read: 1 playthrough, 0 sessions")
    assert "carla" not in done.stdout + run("doctor", home=home).stdout


def test_doctor_tells_of_a_damaged_journal_and_of_the_command_for_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"not a journal" * 100)
    told = json.loads(run("doctor", "--json", home=tmp_path).stdout)
    assert told["journal"].endswith("see: dialogue-game journal check")


def test_powershell_completes_commands_and_stories() -> None:
    def completed(words: str, incomplete: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", "from dialogue_game.__main__ import main; main()"],
            capture_output=True,
            text=True,
            check=False,
            env={
                **os.environ,
                "COMP_WORDS": words,
                "COMP_INCOMPLETE": incomplete,
                "_DIALOGUE_GAME_COMPLETE": "powershell_complete",
            },
        )
        return [line.partition("\t")[0] for line in done.stdout.splitlines()]

    assert completed("dialogue-game pl", "pl") == ["play"]
    assert completed("dialogue-game play om", "om") == ["omar"]
    assert (
        "Register-ArgumentCompleter"
        in run("completion", "powershell", home=Path("x")).stdout
    )
