"""Parameters that several commands have, and what a shell may complete, in PowerShell, too."""

from __future__ import annotations

import os
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

import click

from dialogue_game.content.folders import expand_home

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_SOURCE: Final = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $env:COMP_WORDS = $commandAst.ToString()
    $env:COMP_INCOMPLETE = $wordToComplete
    $env:%(complete_var)s = "powershell_complete"
    %(prog_name)s | ForEach-Object {
        $word, $help = $_ -split "`t", 2
        if (-not $help) { $help = $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, "ParameterValue", $help)
    }
    Remove-Item Env:COMP_WORDS, Env:COMP_INCOMPLETE, Env:%(complete_var)s
}
"""


class HomePath(click.Path):
    """A path, in which `~` is a home folder also where the shell has left it as it is."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """The path. Raises NotFound where nobody has that home folder."""
        return super().convert(expand_home(os.fspath(value)), param, ctx)


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


def complete_for_powershell() -> None:
    """Let click complete for PowerShell, too, which it does not do by itself."""
    from click.shell_completion import ShellComplete, add_completion_class

    class PowerShellComplete(ShellComplete):
        """Completes for PowerShell 5 and later, by its own argument completers."""

        name = "powershell"
        source_template = _SOURCE

        def get_completion_args(self) -> tuple[list[str], str]:
            """The words before the one under way, and that one, as the script hands them over."""
            words = os.environ.get("COMP_WORDS", "").split()[1:]
            incomplete = os.environ.get("COMP_INCOMPLETE", "")
            if incomplete and words and words[-1] == incomplete:
                words.pop()
            return words, incomplete

        def format_completion(self, item: CompletionItem) -> str:
            """A word and its help, parted by a tab."""
            return f"{item.value}\t{item.help}" if item.help else str(item.value)

    add_completion_class(PowerShellComplete)


plain = click.option("--plain", is_flag=True, help="Lines of text instead of a screen.")
screen = click.option(
    "--screen", is_flag=True, help="The full screen, also where it is not the setting."
)
ascii_only = click.option(
    "--ascii", "ascii_", is_flag=True, help="Only ASCII characters."
)
json_object = click.option("--json", "as_json", is_flag=True, help="A JSON object.")
force = click.option("--force", is_flag=True, help="Write over a file.")
