"""The wheel is whole: installed into an empty environment, it plays."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UV = shutil.which("uv")


def run(*command: str, cwd: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(UV is None, reason="uv builds the wheel, and it is not on the path")
def test_the_wheel_plays_omar_to_an_ending_from_an_empty_environment(
    tmp_path: Path,
) -> None:
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("VIRTUAL_ENV", "UV_"))
    }
    environment["DIALOGUE_GAME_HOME"] = str(tmp_path / "home")
    uv = str(UV)
    run(
        uv,
        "build",
        "--wheel",
        "--out-dir",
        str(tmp_path),
        cwd=ROOT,
        environment=environment,
    )
    (wheel,) = tmp_path.glob("*.whl")
    place = tmp_path / "empty"
    run(
        uv,
        "venv",
        "--python",
        sys.executable,
        str(place),
        cwd=tmp_path,
        environment=environment,
    )
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    python = str(scripts / "python")
    run(
        uv,
        "pip",
        "install",
        "--python",
        python,
        str(wheel),
        cwd=tmp_path,
        environment=environment,
    )
    game = str(scripts / "dialogue-game")
    picks: list[str] = []
    for _ in range(40):
        pick = ",".join(picks)
        said = run(
            game,
            "play",
            "omar",
            "--json",
            "--pick",
            pick,
            cwd=tmp_path,
            environment=environment,
        )
        lines = [json.loads(line) for line in said.splitlines()]
        if "debrief" in lines[-1]:
            break
        stands = lines[-1]["situation"]
        options = [option["id"] for option in stands["options"] if option["available"]]
        picks.append("continue" if stands.get("continue") else options[0])
    assert lines[-1]["debrief"]["ending"]["id"]
    listed = json.loads(
        run(game, "list", "--json", cwd=tmp_path, environment=environment)
    )
    assert [story["id"] for story in listed if story["kind"] == "scenario"] == [
        "omar",
        "sepideh",
        "gumisai",
    ]
