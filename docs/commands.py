"""Writes `commands.md` from the commands' own help: `uv run python docs/commands.py [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from dialogue_game.cli.main import cli

FILE: Final = Path(__file__).with_name("commands.md")
WIDTH: Final = 88


def page() -> str:
    """The whole page."""
    return "\n".join(["# Commands", "", *_told(cli, None, "dialogue-game")]).rstrip() + "\n"


def _told(command: click.Command, above: click.Context | None, name: str) -> Iterator[str]:
    context = click.Context(
        command,
        above,
        name,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        **command.context_settings,
    )
    yield from (f"## {context.command_path}", "", "```", command.get_help(context), "```", "")
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None:
                yield from _told(found, context, child)


def main(check: bool) -> int:
    """Write the page, or say that it is not what the commands tell any more."""
    if not check:
        FILE.write_text(page(), encoding="utf-8")
    elif not FILE.exists() or FILE.read_text(encoding="utf-8") != page():
        sys.stderr.write("commands.md is stale. Run: uv run python docs/commands.py\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
