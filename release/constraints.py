"""Write constraints.txt anew: `uv run python -m release.constraints`.

The file holds each package that a player's install brings, with the version that the tests have
passed with (`constraint-dependencies` in pyproject.toml) and the hashes of its files. It names no
index, so it holds for whichever one a machine is set up with.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
FILE: Final = ROOT / "constraints.txt"
HEADER: Final = """\
# Every package that the game needs, with the extra `report`: tested version, hashes of its files.
# Made by `uv run python -m release.constraints`. To install exactly these files:
#   pip install --require-hashes -r constraints.txt && pip install --no-deps .
# To install these versions, without a look at the hashes:
#   uv tool install . --constraints constraints.txt
"""


def exported() -> str:
    """What uv resolves for players, with hashes and without an index. Raises CalledProcessError."""
    done = subprocess.run(
        [
            *(shutil.which("uv") or "uv", "export", "--quiet", "--no-default-groups"),
            *("--all-extras", "--no-emit-project", "--no-annotate", "--no-header"),
            "--format=requirements.txt",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def main() -> int:
    """Write the file."""
    FILE.write_text(HEADER + exported(), encoding="utf-8", newline="\n")
    print(f"Written: {FILE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
