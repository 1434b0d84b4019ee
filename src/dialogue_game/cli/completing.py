"""What a shell may complete: ids of stories, names and values of settings."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def stories(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Stories of the course that comes with the game; else files, where one's own may be."""
    from click.shell_completion import CompletionItem

    from dialogue_game.content.folders import STORY_SUFFIX, story_files
    from dialogue_game.content.library import shipped_course

    known = [
        path.name.removesuffix(STORY_SUFFIX) for path in story_files(shipped_course())
    ]
    found = [CompletionItem(name) for name in known if name.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="file")]


def settings(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Names of settings, or the values of the one that is named already."""
    from click.shell_completion import CompletionItem

    from dialogue_game.app.settings import Settings, allowed_values

    names = [spec.name for spec in fields(Settings)]
    if parameter.name == "value":
        name = context.params.get("name")
        names = list(allowed_values(name)) if name in names else []
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]
