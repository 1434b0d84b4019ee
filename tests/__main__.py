"""The whole loop: format, lint, types, walls, stories, tests.

`uv run --group dev python -m tests` serves people, pre-commit and CI alike. `--quick` leaves the
tests out; everything after `--` goes to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = (sys.executable, "-m")

QUICK: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", (*PYTHON, "ruff", "format", "--check", "--quiet", ".")),
    ("lint", (*PYTHON, "ruff", "check", "--quiet", ".")),
    ("types", (*PYTHON, "mypy", "--no-error-summary")),
    ("walls", (str(Path(sys.executable).with_name("lint-imports")), "--no-logo")),
    ("stories", (*PYTHON, "dialogue_game", "check", "--strict")),
)


def main(arguments: list[str]) -> int:
    """Run every step, also after one has failed; 1 if any did."""
    failed = [name for name, command in QUICK if not passed(name, command)]
    if "--quick" not in arguments:
        more = arguments[arguments.index("--") + 1 :] if "--" in arguments else []
        if not passed("tests", (*PYTHON, "pytest", "-n", "auto", *more), loud=True):
            failed.append("tests")
    if failed:
        sys.stderr.write(f"Not passed: {', '.join(failed)}.\n")
    return 1 if failed else 0


def passed(name: str, command: tuple[str, ...], *, loud: bool = False) -> bool:
    """Run one step; its output is shown when it fails, or always where it is loud."""
    started = time.monotonic()
    environment = dict(os.environ)
    # Without bytecode every program that a test starts would be compiled anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=not loud,
        text=True,
    )
    fine = done.returncode == 0
    sys.stderr.write(
        f"{name:<8} {'passed' if fine else 'FAILED'} in {time.monotonic() - started:.1f} s\n"
    )
    if not fine and not loud:
        sys.stderr.write((done.stdout or "") + (done.stderr or ""))
    return fine


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
