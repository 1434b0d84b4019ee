"""Programs written for node that judge what the game writes: where they are, how they are run.

`.ci/run` installs them with `tests/node/install.sh` and names their folder in DIALOGUE_GAME_NODE;
where that is not set, a test that needs them says so and is skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
NAMED = os.environ.get("DIALOGUE_GAME_NODE", "")
"""Read as the tests are collected: each test's own environment is without our variables."""


def packages() -> Path:
    """The folder that holds node_modules; skips the test where there is none."""
    if not shutil.which("node"):
        pytest.skip("node is not installed")
    if not NAMED:
        pytest.skip(
            "DIALOGUE_GAME_NODE is not set: run tests/node/install.sh and export it"
        )
    return Path(NAMED)


def run_script(script: Path, *arguments: str, answers: str = "") -> str:
    """What a script prints, run where it finds the packages. Fails the test where it fails."""
    folder = packages()
    here = folder / script.name
    here.write_bytes(script.read_bytes())
    done = subprocess.run(
        ["node", str(here), *arguments],
        input=answers,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
