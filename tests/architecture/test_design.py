"""The design page is true: every name in code style that stands on it exists."""

from __future__ import annotations

import io
import re
import tokenize
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
CALLED = re.compile(r"[A-Z][a-z]+[A-Z][A-Za-z]*(?:\.\w+)?|\w+\.\w+|\w+_\w+")
FLOWS = re.findall(r"```\n(.*?)```", PAGE, flags=re.DOTALL)[1:]
"""The pictures of what happens; the first one is the tree."""


@cache
def known() -> frozenset[str]:
    """Every name in our code, every module and folder, and every text of one word."""
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*"):
        found |= {path.stem, path.name}
        if path.suffix != ".py":
            continue
        source = path.read_text(encoding="utf-8")
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.NAME:
                found.add(token.string)
            elif token.type == tokenize.STRING and " " not in token.string:
                found |= set(NAME.findall(token.string))
    return frozenset(found)


def names_in_sentences() -> set[str]:
    """What stands between backquotes in the running text and is written like a name."""
    text = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
    return {name for name in re.findall(r"`([^`\n]+)`", text) if NAME.fullmatch(name)}


def names_in_pictures() -> set[str]:
    """What a picture's line begins with, and what is written like a class or a call."""
    found: set[str] = set()
    for flow in FLOWS:
        for line in flow.splitlines():
            left = re.split(r"\s{2,}", line.strip())[0]
            found |= set(
                re.findall(
                    r"[A-Z][a-z]+(?:[A-Z][A-Za-z]*)(?:\.\w+)?|\w+\.\w+|\w+_\w+", left
                )
            )
    return {name for name in found if NAME.fullmatch(name)}


def test_there_is_something_to_check() -> None:
    assert len(names_in_sentences()) > 60
    assert {
        "Player.choose",
        "read_counts",
        "Outbox.queue",
    } <= names_in_pictures() | set(NAME.findall(" ".join(FLOWS)))


@pytest.mark.parametrize("name", sorted(names_in_sentences() | names_in_pictures()))
def test_every_name_on_the_design_page_exists(name: str) -> None:
    path = ROOT / name
    parts = [
        part for part in name.split(".") if part not in ("py", "yaml", "md", "tcss")
    ]
    assert path.exists() or all(part in known() for part in parts), name


def test_the_tree_names_every_package_and_nothing_else() -> None:
    tree = re.findall(r"```\n(.*?)```", PAGE, flags=re.DOTALL)[0]
    drawn = set(re.findall(r"^[├└]── (\w+)/", tree, flags=re.MULTILINE))
    source = ROOT / "src" / "dialogue_game"
    packages = {
        folder.name for folder in source.iterdir() if (folder / "__init__.py").exists()
    }
    assert drawn == packages
