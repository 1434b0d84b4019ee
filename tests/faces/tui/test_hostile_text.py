from __future__ import annotations

import asyncio
import re
import tempfile
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue_game.core.story import Story
from dialogue_game.tui.app import DialogueGameApp
from tests.faces.tui.driving import Driver
from tests.faces.tui.fakes import STORY, course_of, game_of

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
HOSTILE = st.lists(st.one_of(st.sampled_from(TOKENS), st.text(max_size=8)), max_size=4).map("".join)
TOLD = {"text", "title", "why", "summary", "alt", "look", "locked", "situation", "name", "role",
        "handle", "symbol", "provision", "note", "quote", "url", "short", "question"}  # fmt: skip
"""Fields that carry text for people; ids, words of the language and conditions stay."""
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def spoiled(value: Any, text: str) -> Any:
    """The same thing with that text in front of every text for people."""
    if is_dataclass(value) and not isinstance(value, type):
        changes: dict[str, Any] = {}
        for field in fields(value):
            own = getattr(value, field.name)
            if isinstance(own, str):
                changes[field.name] = text + own if field.name in TOLD else own
            elif field.name == "fields":
                changes[field.name] = {key: text + said for key, said in own.items()}
            elif field.name == "items":
                changes[field.name] = tuple(
                    {key: text + said for key, said in item.items()} for item in own
                )
            elif field.name not in ("variables", "aliases"):
                changes[field.name] = spoiled(own, text)
        return replace(value, **changes)
    if isinstance(value, tuple):
        return tuple(spoiled(item, text) if is_dataclass(item) else item for item in value)
    if isinstance(value, dict):
        return {
            key: text + item if isinstance(item, str) else spoiled(item, text)
            for key, item in value.items()
        }
    return value


async def visit_everything(story: Story, text: str, folder: Path) -> None:
    told = game_of(folder, story)
    told.trouble = text
    told.shelf.course = replace(  # type: ignore[misc]
        course_of(story), title=text, notice=text, summary=text, guidelines=story.guidelines,
        references=story.references,
    )  # fmt: skip
    app = DialogueGameApp(told)
    async with app.run_test(size=(70, 30)) as pilot:
        game = Driver(app, pilot)
        await pilot.press("1")
        await game.screen_is("PlayScreen")
        for keys in (
            ("l", "l", "l", "g", "g", "r", "enter", "r", "1", "b", "b", "enter", "1", "enter"),
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


@settings(max_examples=3)
@given(HOSTILE)
def test_no_text_of_a_story_can_break_or_command_any_screen(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(visit_everything(spoiled(STORY, text), text, Path(folder)))


def test_the_worst_of_it_all_at_once() -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = "".join(TOKENS)
        asyncio.run(visit_everything(spoiled(STORY, text), text, Path(folder)))
