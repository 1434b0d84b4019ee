"""Each way of installing, from nothing to a story played: `uv run python -m release.ways [WAY…]`.

Each begins with a fresh copy of the project, a Python environment that holds pip alone, and an
empty home; only what pip and uv keep in their caches is warm after the first time. Prints rows of
Markdown for docs/performance.md: seconds until a story has been played, of which the processor's;
seconds the second time; and what came onto the disk. The first decision comes earlier than that.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from release.program import ROOT, build, play

PIP: Final = "python -m pip install --quiet --disable-pip-version-check"


@dataclass(frozen=True)
class Way:
    """What is typed to install, then to start; and the folder that then holds it all."""

    install: tuple[str, ...]
    start: str
    folder: str


WAYS: Final[Mapping[str, Way]] = {
    "`uv run`": Way((f"{PIP} uv",), "uv run --quiet dialogue-game", "copy/.venv"),
    "`uv tool install .`": Way(
        (f"{PIP} uv", "uv tool install --quiet ."), "dialogue-game", "home/tools"
    ),
    "`uvx --from .`": Way(
        (f"{PIP} uv",), "uvx --quiet --from . dialogue-game", "home/cache"
    ),
    "`pipx install .`": Way(
        (f"{PIP} pipx", "pipx install --quiet ."), "dialogue-game", "home/pipx/venvs"
    ),
    "`pip install .`": Way((f"{PIP} .",), "dialogue-game", "machine"),
    "`pip install --require-hashes …`": Way(
        (f"{PIP} --require-hashes -r constraints.txt", f"{PIP} --no-deps ."),
        "dialogue-game",
        "machine",
    ),
}
"""By name. Commands run in the copy of the project, one after the other."""


def measured(way: Way, place: Path) -> tuple[float, float, float, float]:
    """Seconds until a story has been played, of the processor, the second time; and megabytes."""
    copy = place / "copy"
    for name in filter(None, _said("git", "ls-files", "-z").split("\0")):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy / name)
    venv.create(place / "machine", with_pip=True)
    environment, empty = fresh(place), megabytes(place / way.folder)
    began, used = time.monotonic(), processor()
    for command in way.install:
        subprocess.run(command.split(), cwd=copy, env=environment, check=True)
    play(*way.start.split(), cwd=copy, environment=environment)
    first, used = time.monotonic() - began, processor() - used
    second = play(*way.start.split(), cwd=copy, environment=environment)
    return first, used, second, megabytes(place / way.folder) - empty


def processor() -> float:
    """Seconds that what we started has used of the processor so far."""
    times = os.times()
    return times.children_user + times.children_system


def megabytes(folder: Path) -> float:
    """How much the files of a folder hold."""
    files = (
        path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()
    )
    return sum(path.stat().st_size for path in files) / 1e6


def fresh(place: Path) -> dict[str, str]:
    """An environment in which nothing is installed yet, and only caches are shared."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("VIRTUAL_ENV", "UV", "PIPX"))
    }
    home = place / "home"
    commands = (place / "machine" / "bin", home / "bin")
    return {
        **kept,
        "PATH": os.pathsep.join([*map(str, commands), "/usr/bin", "/bin"]),
        "UV_TOOL_DIR": str(home / "tools"),
        "UV_TOOL_BIN_DIR": str(home / "bin"),
        "PIPX_HOME": str(home / "pipx"),
        "PIPX_BIN_DIR": str(home / "bin"),
    }


def _said(*command: str) -> str:
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


def main() -> int:
    """Measure the ways that are named, or all of them and the one file."""
    for name, way in WAYS.items():
        if not sys.argv[1:] or any(word in name for word in sys.argv[1:]):
            with tempfile.TemporaryDirectory() as place:
                first, used, second, size = measured(way, Path(place))
            times = f"{first:.0f} s | {used:.0f} s | {second:.1f} s"
            print(f"| {name} | {times} | {size:.0f} MB |", flush=True)
    if not sys.argv[1:] or "file" in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as place:
            program = build(Path(place))
            used = processor()
            first, used = play(str(program)), processor() - used
            second, size = play(str(program)), program.stat().st_size / 1e6
        print(
            f"| one file | {first:.0f} s | {used:.0f} s | {second:.1f} s | {size:.0f} MB |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
