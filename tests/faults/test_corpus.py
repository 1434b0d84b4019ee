"""The corpus: every fault of `corpus.yaml` gets its right answer from the real program."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.program import run as run_program

CORPUS: Final = yaml.safe_load(
    (Path(__file__).parent / "corpus.yaml").read_text(encoding="utf-8")
)
CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u202e]")


def test_there_are_sixty_faults_at_least_and_each_has_its_own_name() -> None:
    names = [(fault["kind"], fault["name"]) for fault in CORPUS["faults"]]
    assert len(set(names)) == len(names) >= 60


def written(fault: dict[str, Any]) -> str:
    """The input of a fault: its own, or the tale with one thing changed."""
    tale: str = CORPUS["tale"]
    if "write" in fault:
        assert fault["instead_of"] in tale
        return tale.replace(fault["instead_of"], fault["write"], 1)
    given: str = fault.get("file", tale)
    return given.replace("{tale}", tale)


@pytest.mark.parametrize(
    "fault", CORPUS["faults"], ids=lambda fault: f"{fault['kind']}: {fault['name']}"
)
def test_a_fault_gets_its_right_answer(fault: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / fault.get("called", "tale.yaml")
    file.write_bytes(written(fault).encode())
    arguments = [word.replace("{file}", str(file)) for word in fault["run"].split()]
    environment = {
        "DIALOGUE_GAME_HOME": str(tmp_path / "home"),
        **fault.get("environment", {}),
    }
    if "before" in fault:
        assert run_program(*fault["before"].split(), **environment).returncode == 0
    done = run_program(*arguments, answers=fault.get("answers", ""), **environment)
    told = (done.stdout + done.stderr).replace(f"{tmp_path}{os.sep}", "")
    assert done.returncode == fault["exit"], told
    assert fault["says"] in told
    assert "Traceback" not in told
    assert not CONTROL.search(told)
