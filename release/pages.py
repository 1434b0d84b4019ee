"""What mkdocs asks while it builds the site: a page with every screen, and what is found first."""

from __future__ import annotations

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any, Final

LATER: Final = (
    "findings/",
    "screens.md",
    "design.md",
    "developer.md",
    "performance.md",
)
"""What newcomers hardly ask for: found, but after the rest."""


def on_files(files: Any, config: Any, **_: Any) -> Any:
    """Add a page with a picture of every screen, drawn now from the game."""
    from mkdocs.structure.files import File

    sys.path.insert(0, str(Path(config["docs_dir"]) / "pictures"))
    screens = import_module("screens")

    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    with tempfile.TemporaryDirectory() as home:
        os.environ["DIALOGUE_GAME_HOME"] = home
        files.append(File.generated(config, "screens.md", content=screens.page()))
        for name, svg in screens.drawn():
            files.append(File.generated(config, f"screens/{name}", content=svg))
        del os.environ["DIALOGUE_GAME_HOME"]
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> None:
    """Tell the search how much the page counts."""
    place = page.file.src_uri
    if place == "findings.md":  # every finding has a page of its own
        page.meta["search"] = {"exclude": True}
    elif place.startswith(LATER):
        page.meta["search"] = {"boost": 0.2}
    elif place == "questions.md":
        page.meta["search"] = {"boost": 2}
