"""What must not be imported, proved in fresh interpreters."""

from __future__ import annotations

import subprocess
import sys

import pytest

BEGUN = """
import io, sys
from dialogue_game.cli.main import cli
from dialogue_game.cli.output import run_guarded

def run(arguments):
    sys.stdin = io.StringIO("1\\n1\\nq\\n")
    return run_guarded(cli, arguments)
"""
RUN = (
    BEGUN
    + """
code = run({arguments!r})
loaded = sorted(name for name in {forbidden!r} if name in sys.modules)
print("LOADED", code, *loaded, file=sys.stderr)
"""
)

HOME = """
import asyncio, sys
from dialogue_game.app.bootstrap import open_game
from dialogue_game.tui.app import DialogueGameApp

async def main():
    app = DialogueGameApp(open_game())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        print("LOADED", 0, *(n for n in ("pydantic", "yaml") if n in sys.modules), file=sys.stderr)

asyncio.run(main())
"""


def loaded(program: str) -> list[str]:
    """The program's exit code, and the forbidden modules that it has loaded."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    line = next(
        (ln for ln in done.stderr.splitlines() if ln.startswith("LOADED")), done.stderr
    )
    return line.split()[1:]


COMMANDS = (
    ["check", "omar"],
    ["map", "omar"],
    ["map", "omar", "--format", "json"],
    ["list", "--json"],
    ["history"],
    ["play", "omar", "--plain"],
    ["play", "omar", "--json"],
    ["play", "omar", "--plain", "--pick", "1"],
    ["schema"],
    ["settings"],
    ["--help"],
)
EACH = """
for arguments in {commands!r}:
    code = run(arguments)
    assert not code, arguments
    loaded = [name for name in ("textual", "rich") if name in sys.modules]
    assert not loaded, (arguments, loaded)
print("LOADED", 0, file=sys.stderr)
"""


def test_no_command_but_the_screen_imports_textual() -> None:
    assert loaded(BEGUN + EACH.format(commands=COMMANDS)) == ["0"]


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_version_and_help_import_next_to_nothing(arguments: list[str]) -> None:
    program = RUN.format(
        arguments=arguments,
        forbidden=[
            "textual",
            "pydantic",
            "yaml",
            "sqlite3",
            "msgspec",
            "dialogue_game.core",
        ],
    )
    assert loaded(program) == ["0"]


@pytest.mark.parametrize(
    "arguments", [["play", "omar", "--plain"], ["list", "--json"]], ids=" ".join
)
def test_with_a_warm_cache_playing_parses_no_yaml(arguments: list[str]) -> None:
    program = RUN.format(arguments=arguments, forbidden=["pydantic", "yaml"])
    loaded(program)
    assert loaded(program) == ["0"]


def test_the_first_frame_of_home_needs_neither_pydantic_nor_yaml() -> None:
    loaded(HOME)
    assert loaded(HOME) == ["0"]


@pytest.mark.parametrize(
    "package", ["core", "analysis", "journal", "app", "plain", "cli", "tui"]
)
def test_importing_a_package_touches_no_disk(package: str) -> None:
    program = (
        "import os, sys\n"
        "made = []\n"
        "sys.addaudithook(lambda e, a: made.append((e, a)) if e in ('os.mkdir', 'sqlite3.connect')"
        " or e == 'open' and isinstance(a[1], str) and set(a[1]) & set('wax+') else None)\n"
        f"import pkgutil, importlib, dialogue_game.{package} as p\n"
        "for m in pkgutil.walk_packages(p.__path__, p.__name__ + '.'):\n"
        "    importlib.import_module(m.name)\n"
        "print('LOADED', 0, *[e for e, a in made if '__pycache__' not in str(a)], file=sys.stderr)"
    )
    assert loaded(program) == ["0"]
