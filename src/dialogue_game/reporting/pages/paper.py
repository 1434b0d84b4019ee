"""Sheets made for paper: cards, scripts, forms, whose layout is their point."""

from __future__ import annotations

from typing import Final

from dialogue_game.reporting.pages.document import document, escaped
from dialogue_game.reporting.pages.style import PAPER

__all__ = ["escaped", "in_language", "listed", "page", "paragraphs"]

_ENGLISH: Final = '<html lang="en" dir="ltr">'


def in_language(text: str, language: str, direction: str) -> str:
    """A document of `page` that says which language its texts are in, and how they run."""
    return text.replace(
        _ENGLISH, f'<html lang="{escaped(language)}" dir="{direction}">', 1
    )


def page(title: str, body: str) -> str:
    """A whole document; `body` is HTML, with every text in it through `escaped`."""
    return document(title, f"<main>\n{body}\n</main>\n", PAPER)


def listed(items: tuple[str, ...] | list[str], kind: str = "ul") -> str:
    """A list, or nothing where there are no items."""
    if not items:
        return ""
    return (
        f"<{kind}>"
        + "".join(f"<li>{escaped(item)}</li>" for item in items)
        + f"</{kind}>"
    )


def paragraphs(text: str) -> str:
    """A text whose blank lines part paragraphs."""
    parts = [part.strip() for part in text.split("\n\n")]
    return "".join(f"<p>{escaped(part)}</p>" for part in parts if part)
