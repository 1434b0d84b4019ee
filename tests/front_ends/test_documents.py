"""The documents are true: pictures, commands, links."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from dialogue_game.cli.main import COMMANDS
from tests.front_ends.tui.everywhere import screens

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "assets" / "CREDITS.md"]
)


@pytest.mark.parametrize(
    "script",
    [
        "docs/pictures/make.py",
        "docs/pictures/moving.py",
        "docs/commands.py",
        "docs/findings.py",
    ],
)
def test_what_is_made_by_a_script_is_what_the_game_shows_now(script: str) -> None:
    done = subprocess.run(
        [sys.executable, script, "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "TEXTUAL_ANIMATIONS": "none"},
    )
    assert done.returncode == 0, done.stderr


def test_every_screen_of_the_game_is_shown_on_the_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(ROOT / "docs" / "pictures")
    parts = import_module("screens").SCREENS.values()
    shown = sorted(name for part in parts for name in part)
    assert shown == sorted(kind.__name__ for kind in screens())


@pytest.mark.parametrize("name", ["play.svg", "play-light.svg"])
def test_the_moving_picture_goes_from_looking_closer_to_what_if(name: str) -> None:
    drawn = (
        (ROOT / "docs" / "pictures" / name)
        .read_text(encoding="utf-8")
        .replace("&#160;", " ")
    )
    met = [
        "look closer · 1 of 2",
        "Why this matters",
        "What this touched",
        "What if you had",
    ]
    assert sorted(map(drawn.index, met)) == [*map(drawn.index, met)]
    assert len(drawn) < 1_000_000


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_the_manual_page_is_read_by_groff_without_a_warning() -> None:
    page = str(ROOT / "docs" / "dialogue-game.1")
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", page],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert done.stderr == ""
    plain = re.sub(
        ".\b", "", done.stdout
    )  # bold is each letter, a step back, and the letter again
    assert all(command in plain for command in COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_in_the_documents_leads_somewhere(page: Path) -> None:
    links = re.findall(
        r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8")
    )
    made_with_the_site = {
        "play/index.html"
    }  # release/site.py writes it, and checks all links
    dead = [link for link in links if not (page.parent / link).exists()]
    assert set(dead) - made_with_the_site == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_documents(command: str) -> None:
    told = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert f"dialogue-game {command}" in told


def test_the_readme_names_the_command_that_ci_runs() -> None:
    command = "pip install uv && uv run --group dev python -m tests"
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["README.md", "docs/install.md"])
def test_the_name_on_an_index_is_shown_with_the_first_release_that_owns_it(
    page: str,
) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.search(r"^## \S+ \(\d{4}-\d\d-\d\d\)", changes, re.MULTILINE)
    shown = "uvx dialogue-game" in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    assert "uvx dialogue-game" in text
    assert shown is bool(released)


def test_nothing_in_the_repository_needs_a_file_that_users_do_not_have() -> None:
    listed = subprocess.run(
        [
            "git",
            "grep",
            "-lE",
            r"\.\./shared|story-craft\.md|regulations\.md",
            "--",
            "src",
            "docs",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listed.stdout == ""
