"""Build the game as one file for machines without Python: `uv run python -m release.program`.

It takes the wheel into an environment of its own, freezes it with PyInstaller, and plays a story
with what came out. The file is `dist/dialogue-game` (`.exe` on Windows), for this kind of system;
in another folder, if one is named.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PYINSTALLER: Final = "pyinstaller==6.22.3"
NAME: Final = "dialogue-game"
ENTRY: Final = "import sys\n\nfrom dialogue_game.__main__ import main\n\n"
COLLECTED: Final = ("dialogue_game", "textual", "textual_image")
"""What is imported by name only when it is used, or carries files that are not modules."""


def build(out: Path) -> Path:
    """The program's file, in that folder. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        python = environment(work)
        entry = work / "entry.py"
        entry.write_text(f"{ENTRY}sys.exit(main())\n", encoding="utf-8")
        collected = [f"--collect-all={package}" for package in COLLECTED]
        _run(
            *(
                python,
                "-m",
                "PyInstaller",
                "--onefile",
                f"--name={NAME}",
                "--console",
                *collected,
            ),
            *("--log-level=ERROR", f"--workpath={work / 'work'}", f"--specpath={work}"),
            *(f"--distpath={out}", str(entry)),
            cwd=work,
        )
    return out / (f"{NAME}.exe" if sys.platform == "win32" else NAME)


def environment(work: Path) -> str:
    """A Python in an environment with the game's wheel and PyInstaller, and no more."""
    folder = work / "environment"
    uv = shutil.which("uv") or "uv"
    _run(uv, "build", "--quiet", "--wheel", f"--out-dir={work / 'wheel'}", cwd=ROOT)
    _run(uv, "venv", "--quiet", str(folder), cwd=work)
    python = folder / (
        "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    )
    (wheel,) = (work / "wheel").glob("*.whl")
    _run(
        uv,
        "pip",
        "install",
        "--quiet",
        f"--python={python}",
        str(wheel),
        PYINSTALLER,
        cwd=work,
    )
    return str(python)


def play(
    *program: str, cwd: Path | None = None, environment: Mapping[str, str] = os.environ
) -> float:
    """Play the practice story with what is started so; how many seconds it took.

    Raises CalledProcessError, or ValueError where it does not end as it should.
    """
    with tempfile.TemporaryDirectory() as home:
        began = time.monotonic()
        done = subprocess.run(
            [*program, "play", "how_to_play", "--json"],
            input="1\n4\n1\n",
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            timeout=120,
            cwd=cwd,
            env={**environment, "DIALOGUE_GAME_HOME": home},
        )
        took = time.monotonic() - began
    last = json.loads(done.stdout.splitlines()[-1])
    if "debrief" not in last:
        raise ValueError(
            f"It did not come to an ending: {done.stdout[-500:]} {done.stderr}"
        )
    return took


def _run(*command: str, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True)


def main() -> int:
    """Build it, play with it, and say how large and how quick it is."""
    program = build(Path(sys.argv[1]).resolve() if sys.argv[1:] else ROOT / "dist")
    first, second = play(str(program)), play(str(program))
    size = program.stat().st_size / 1024**2
    print(
        f"{program}: {size:.0f} MiB; a whole story played in {first:.1f} s, then {second:.1f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
