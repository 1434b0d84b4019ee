"""Gathers the findings' pages into one: `uv run python docs/findings.py [--check]`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).with_name("findings")
FILE: Final = Path(__file__).with_name("findings.md")
GROUPS: Final = {
    "DG0": "Reading a file",
    "DG1": "Names and structure",
    "DG2": "Logic",
    "DG3": "Teaching and scoring",
    "DG4": "Text",
    "DG5": "Walks",
}
INTRODUCTION: Final = """\
# What `check` may find

Every finding by example, gathered from the pages in [findings/](findings/). An **error** keeps a
story from being played or would mislead its player; a **warning** means that somebody will
stumble, and fails under `--strict` only; a **note** is good to know.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_contents(), *_told()]).rstrip() + "\n"


def _pages() -> Iterator[tuple[str, str, str, str]]:
    """Code, severity, title and text of each page, in the order of the codes."""
    for file in sorted(FOLDER.glob("DG*.md")):
        _, front, text = file.read_text(encoding="utf-8").split("---\n", 2)
        facts = dict(line.split(": ", 1) for line in front.strip().splitlines())
        yield (
            facts["code"],
            facts["severity"],
            facts["title"].strip("\"'"),
            text.strip(),
        )


def _contents() -> Iterator[str]:
    for group, title in GROUPS.items():
        rows = [row for row in _pages() if row[0].startswith(group)]
        listed = ", ".join(f"[{code}](#{code.lower()})" for code, *_ in rows)
        yield f"- {title}: {listed}"
    yield ""


def _told() -> Iterator[str]:
    group = ""
    for code, severity, title, text in _pages():
        if code[:3] != group:
            group = code[:3]
            yield f"## {GROUPS[group]}\n"
        body = re.sub(r"^# .*\n+", "", text).replace("](../", "](")
        body = re.sub(r"^## (.*)$", r"**\1**", body, flags=re.MULTILINE)
        yield f'### <a id="{code.lower()}"></a>{code}: {title} ({severity})\n\n{body}\n'


def main(check: bool) -> int:
    """Write the page, or say that it is not what the pages tell any more."""
    if not check:
        FILE.write_text(page(), encoding="utf-8")
    elif not FILE.exists() or FILE.read_text(encoding="utf-8") != page():
        sys.stderr.write("findings.md is stale. Run: uv run python docs/findings.py\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
