"""What mkdocs asks while it builds the site: which pages its search should give first."""

from __future__ import annotations

from typing import Any, Final

LATER: Final = ("findings/", "design.md", "developer.md", "performance.md")
"""What newcomers hardly ask for: found, but after the rest."""


def on_page_markdown(markdown: str, page: Any, **_: Any) -> None:
    """Tell the search how much the page counts."""
    place = page.file.src_uri
    if place == "findings.md":  # every finding has a page of its own
        page.meta["search"] = {"exclude": True}
    elif place.startswith(LATER):
        page.meta["search"] = {"boost": 0.2}
    elif place == "questions.md":
        page.meta["search"] = {"boost": 2}
