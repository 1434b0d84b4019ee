from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.widgets import Input

from dialogue_game.core.story import Story
from dialogue_game.tui.app import DialogueGameApp
from tests.front_ends.tui.driving import Driver
from tests.front_ends.tui.everywhere import ROUTES, screens, spoiled, standing_on
from tests.front_ends.tui.fakes import STORY, course_of, game_of

TOKENS = (
    "[sic]",
    "[/]",
    "[@click=app.quit]x[/]",
    "[link=http://e.com]",
    "\x1b]0;x\x07",
    "\x1b[2J",
    "\x9b5m",
    "\u202e",
    "\u2066",
    "[",
    "]",
    "[[",
    "\ud800",
    "\x00",
    "a\nb\n\nc",
    "$accent",
    "👩‍👩‍👧",
    "漢字",
    "x" * 200,
    "",
)
WORST = "".join(TOKENS)
HOSTILE = st.lists(
    st.one_of(st.sampled_from(TOKENS), st.text(max_size=8)), max_size=4
).map("".join)
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


async def visit_everything(story: Story, text: str, folder: Path) -> None:
    told = game_of(folder, story)
    told.trouble = text
    told.shelf.course = replace(
        course_of(story), title=text, notice=text, summary=text, guidelines=story.guidelines,
        references=story.references,
    )  # fmt: skip
    app = DialogueGameApp(told)
    async with app.run_test(size=(70, 30)) as pilot:
        game = Driver(app, pilot)
        await pilot.press("1")
        await game.screen_is("PlayScreen")
        for keys in (
            (
                "l",
                "l",
                "l",
                "g",
                "g",
                "r",
                "enter",
                "r",
                "1",
                "b",
                "b",
                "enter",
                "1",
                "enter",
            ),
            ("1", "enter", "1", "2", "3", "enter"),
            ("1", "enter", "enter", "1"),
        ):
            for key in keys:
                await game.press(key)
                assert not UNSAFE.search("".join(game.rows))
                assert app.is_running
        for _ in range(5):
            await game.press("right", "1")
            assert not UNSAFE.search("".join(game.rows))
        assert app.failure is None


async def visit(name: str, text: str, folder: Path) -> None:
    """One screen, with that text in everything that can be told there."""
    async with standing_on(name, folder, (70, 30), text) as game:
        for key in ("", *ROUTES[name].shows, "space", "end", "pageup", "down"):
            if key:
                await game.press(key)
            assert not UNSAFE.search("".join(game.rows)), name
            assert game.app.is_running
        assert game.app.failure is None


async def paste(name: str, keys: tuple[str, ...], text: str, folder: Path) -> None:
    """What a person pastes where one can write."""
    async with standing_on(name, folder, (70, 30)) as game:
        await game.press(*keys)
        line = game.app.screen.query_one(Input)
        line.value = ""
        game.app.post_message(events.Paste(text))
        await game.until(lambda: line.value, "pasting")
        assert not UNSAFE.search("".join(game.rows)), name
        await game.press("enter", "left", "left", "right")
        assert not UNSAFE.search("".join(game.rows)), name
        assert game.app.failure is None


def run(visiting: Callable[[Path], Coroutine[Any, Any, None]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(visiting(Path(folder)))


@settings(max_examples=3)
@given(HOSTILE)
def test_no_text_of_a_story_can_break_or_command_any_screen(text: str) -> None:
    run(lambda folder: visit_everything(spoiled(STORY, text), text, folder))


def test_the_worst_of_it_all_at_once() -> None:
    run(lambda folder: visit_everything(spoiled(STORY, WORST), WORST, folder))


def test_every_screen_is_among_those_that_are_tried() -> None:
    assert {kind.__name__ for kind in screens()} == set(ROUTES)


@pytest.mark.parametrize("name", ROUTES)
def test_the_worst_text_cannot_break_or_command_this_screen(name: str) -> None:
    run(lambda folder: visit(name, WORST, folder))


@settings(max_examples=4)
@given(st.sampled_from(sorted(ROUTES)), HOSTILE)
def test_no_text_can_break_or_command_a_screen(name: str, text: str) -> None:
    run(lambda folder: visit(name, text, folder))


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("DebriefScreen", ("right",) * 6),
        ("ReferencesPanel", ("slash",)),
        ("LineDialog", ()),
        ("HelpPanel", ("ctrl+p",)),
    ],
)
def test_what_a_person_pastes_stays_text(name: str, keys: tuple[str, ...]) -> None:
    run(lambda folder: paste(name, keys, WORST, folder))
