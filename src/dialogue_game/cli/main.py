"""The root command: what runs without another command, and where the others are found."""

from __future__ import annotations

import importlib
from typing import Final

import click

from dialogue_game import __version__
from dialogue_game.cli import parameters

COMMANDS: Final = {
    "play": ("play", "Play a story."),
    "list": ("history", "List the stories of the course."),
    "history": ("history", "List the playthroughs kept on this machine."),
    "replay": ("play", "Take an earlier decision anew; both runs are kept."),
    "compare": ("history", "Compare two runs of the same story."),
    "facilitate": (
        "session",
        "Lead a group through scenarios on one shared screen.",
    ),
    "companion": ("session", "Follow a session: the leader's own notes."),
    "session": ("session", "List sessions, write a record or a kit to print."),
    "export": (
        "export",
        "Write your choices as a table or xAPI, or a course as a page.",
    ),
    "stats": ("export", "Count the tables of many people."),
    "send": ("send", "Send records to a record store, if you set one up."),
    "page": ("export", "Write a debrief or a story as a page to keep or print."),
    "certificate": ("export", "Write a certificate of completion."),
    "journal": ("privacy", "Check or repair the file in which playthroughs are kept."),
    "privacy": ("privacy", "Show or wipe everything that is kept about you."),
    "map": ("authoring", "Draw a story as a map."),
    "check": ("authoring", "Check stories, and prove what can be proved."),
    "review": (
        "review",
        "Let others read a story: blind sheets, reviewers' sheets.",
    ),
    "new": ("authoring", "Write a small course to start from."),
    "schema": ("authoring", "Print the JSON Schema of the story files."),
    "settings": ("settings", "Show or change a setting."),
    "keys": ("settings", "List the keys, and how to change them."),
    "doctor": ("settings", "Print what a report of a fault needs."),
    "completion": (
        "settings",
        "Print what your shell needs to complete our commands.",
    ),
}
"""Each command, its module (`play` is `cli/play_commands.py`), and its line in the help."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are run, not when help is shown."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        name = f"dialogue_game.cli.{COMMANDS[cmd_name][0]}_commands"
        module = importlib.import_module(name)
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """The commands with their lines, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a suggestion where a command is misspelt."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean “{close[0]}”?" if close else ""
            raise click.UsageError(
                f"There is no command “{args[0]}”.{hint} See: dialogue-game --help"
            )
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without a command, the game opens on its home screen. "
    "The course that comes with it is independent work; not a United Nations product.",
)
@click.version_option(
    __version__, "-V", "--version", message="dialogue-game %(version)s"
)
@parameters.plain
@parameters.screen
@parameters.ascii_only
@click.pass_context
def cli(context: click.Context, plain: bool, screen: bool, ascii_: bool) -> int | None:
    """Play social-media dilemmas from the 2023 Leadership Dialogue guide.

    Alone, with a group around one screen, or again to see the road not taken.
    """
    if context.invoked_subcommand is not None:
        return None
    from dialogue_game.cli.front_ends import open_home

    return open_home(plain=plain, screen=screen, ascii_=ascii_)
