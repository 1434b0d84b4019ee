"""Build the site: `uv run --group site python -m release.site [FOLDER]`, else into site/.

The pages come from docs/ (mkdocs-material, strict: a dead link fails), and the course itself,
exported as one page, stands at play/index.html and on the front page.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
OUTSIDE: Final = re.compile(
    r"""<(?:script|img|iframe|link|source)\b[^>]*\b(?:src|href)=["']?(https?:)?//[^"'\s>]+""",
    re.IGNORECASE,
)


def build(site: Path) -> None:
    """Write the site. Raises CalledProcessError."""
    subprocess.run(
        [
            *(
                sys.executable,
                "-m",
                "mkdocs",
                "build",
                "--strict",
                "--quiet",
                "--clean",
            ),
            *("--site-dir", str(site)),
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "NO_MKDOCS_2_WARNING": "1",
        },  # docs/developer.md says what we do about it
        check=True,
    )
    play = site / "play"
    play.mkdir(exist_ok=True)
    subprocess.run(
        [
            *(sys.executable, "-m", "dialogue_game", "export", "course"),
            *("--html", str(play / "index.html"), "--force"),
        ],
        cwd=ROOT,
        check=True,
    )


def asked_elsewhere(site: Path) -> Iterator[str]:
    """Pages that would ask another server for something, and what for."""
    for page in sorted(site.rglob("*.html")):
        for found in OUTSIDE.finditer(page.read_text(encoding="utf-8")):
            if (
                'rel="canonical"' not in found.group()
                and "rel=edit" not in found.group()
            ):
                yield f"{page.relative_to(site)}: {found.group()[:120]}"


def main() -> int:
    """Build it, and say what would be asked of other servers; 1 where something would."""
    site = Path(sys.argv[1]).resolve() if sys.argv[1:] else ROOT / "site"
    build(site)
    found = list(asked_elsewhere(site))
    for line in found:
        print(line)
    pages = len(list(site.rglob("*.html")))
    print(f"{pages} pages in {site}; open index.html")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
