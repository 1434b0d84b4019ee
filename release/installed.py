"""The built wheel tried in an empty environment: `python -m release.installed FOLDER`.

FOLDER holds the wheel. Says how many packages the plain install brings and how large it is, and
plays a story to its end; also the extra, where it is asked for with `--extra NAME`. With `--locked`
the packages come from constraints.txt, and pip compares the hash of each file.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Final

from release.constraints import FILE as CONSTRAINTS
from release.program import play

MOST_PACKAGES: Final = 20
MOST_MEGABYTES: Final = 65


def install(
    wheel: Path, folder: Path, extra: str = "", *, locked: bool = False
) -> Path:
    """The `dialogue-game` command of a new environment that holds this wheel."""
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    pip = (str(scripts / "python"), "-m", "pip", "install", "--quiet")
    wanted = f"{wheel}[{extra}]" if extra else str(wheel)
    if locked:
        subprocess.run([*pip, "--require-hashes", "-r", str(CONSTRAINTS)], check=True)
    subprocess.run([*pip, *(["--no-deps"] if locked else []), wanted], check=True)
    return scripts / (
        "dialogue-game.exe" if sys.platform == "win32" else "dialogue-game"
    )


def footprint(folder: Path) -> tuple[int, float]:
    """How many packages stand beside the game, and megabytes with bytecode, without pip."""
    python = folder / (
        "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    )
    listed = subprocess.run(
        [str(python), "-m", "pip", "list", "--format=json"],
        capture_output=True,
        text=True,
        check=True,
    )
    ours = {"pip", "setuptools", "dialogue-game"}
    others = [one for one in json.loads(listed.stdout) if one["name"] not in ours]
    packages = next(folder.rglob("site-packages"))
    own = ("pip", "setuptools", "pkg_resources", "_distutils_hack")
    files = (
        path
        for place in packages.iterdir()
        if not place.name.startswith(own)
        for path in (place.rglob("*") if place.is_dir() else [place])
    )
    return len(others), sum(
        path.stat().st_size for path in files if path.is_file()
    ) / 1e6


def main() -> int:
    """Install, count, play; 1 where the install has grown past what is promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--extra", default="")
    parser.add_argument("--locked", action="store_true")
    given = parser.parse_args()
    (wheel,) = given.folder.glob("*.whl")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "environment"
        program = install(wheel.resolve(), folder, given.extra, locked=given.locked)
        took = play(str(program))
        packages, megabytes = footprint(folder)
    print(
        f"{packages} packages beside the game, {megabytes:.0f} MB with bytecode; "
        f"a whole story played in {took:.1f} s"
    )
    small = packages <= MOST_PACKAGES and megabytes <= MOST_MEGABYTES
    return 0 if small or given.extra or given.locked else 1


if __name__ == "__main__":
    sys.exit(main())
