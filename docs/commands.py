"""Writes `commands.md` and the manual page `dialogue-game.1` from the commands' own help.

`uv run python docs/commands.py [--check]`; with `--check` nothing is written, and the exit code is
1 where one of them is not what the commands say any more.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from dialogue_game.cli.main import cli

HERE: Final = Path(__file__).parent
WIDTH: Final = 88


def page() -> str:
    """The whole page."""
    return (
        "\n".join(["# Commands", "", *_told(cli, None, "dialogue-game")]).rstrip()
        + "\n"
    )


def _told(
    command: click.Command, above: click.Context | None, name: str
) -> Iterator[str]:
    context = click.Context(
        command,
        above,
        name,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        **command.context_settings,
    )
    yield from (
        f"## {context.command_path}",
        "",
        "```",
        command.get_help(context),
        "```",
        "",
    )
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None:
                yield from _told(found, context, child)


def manual() -> str:
    """The manual page, in the roff that `man` reads; see man-pages(7)."""
    head = ['.TH DIALOGUE\\-GAME 1 "" "dialogue\\-game" "User Commands"', ".SH NAME"]
    name = "dialogue\\-game \\- " + _roff(cli.get_short_help_str(WIDTH).rstrip("."))
    commands = "\n".join(_manual_of(cli, None, "dialogue-game"))
    return "\n".join([*head, name, ".SH SYNOPSIS", ".B dialogue\\-game", commands, ""])


def _manual_of(
    command: click.Command, above: click.Context | None, name: str
) -> Iterator[str]:
    context = click.Context(command, above, name, **command.context_settings)
    if above is None:
        yield f"{_roff(' '.join(command.collect_usage_pieces(context)))}\n.SH DESCRIPTION"
    else:
        usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
        yield f".SS {_roff(usage)}"
    yield from _paragraphs(command.help or "")
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if isinstance(parameter, click.Option) and record is not None:
            yield f".TP\n.B {_roff(record[0])}\n{_roff(record[1])}"
    if isinstance(command, click.Group):
        if above is None:
            yield ".SH COMMANDS"
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None and not found.hidden:
                yield from _manual_of(found, context, child)


def _paragraphs(text: str) -> Iterator[str]:
    """Help as paragraphs; those that click leaves as they are stay so here, too."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b\n"):
            yield ".PP\n.nf\n" + _roff(paragraph.removeprefix("\b\n")) + "\n.fi"
        else:
            yield ".PP\n" + _roff(" ".join(paragraph.split()))


def _roff(text: str) -> str:
    """A text in which nothing is taken for a command or a special character of roff."""
    safe = text.replace("\\", "\\e").replace("-", "\\-")
    safe = re.sub(r"[^\x00-\x7f]", lambda found: f"\\[u{ord(found[0]):04X}]", safe)
    return re.sub(r"^([.'])", r"\\&\1", safe, flags=re.MULTILINE)


def main(check: bool) -> int:
    """Write both, or say which is not what the commands say any more."""
    files = {HERE / "commands.md": page(), HERE / "dialogue-game.1": manual()}
    for file, text in files.items():
        if not check:
            file.write_text(text, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            sys.stderr.write(
                f"{file.name} is stale. Run: uv run python docs/commands.py\n"
            )
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
