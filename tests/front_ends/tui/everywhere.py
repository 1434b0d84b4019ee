"""Every screen there is, and how a person comes to it: for what must hold on all of them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from textual.dom import DOMNode
from textual.screen import Screen

import dialogue_game.tui
from dialogue_game.app.game import Game
from dialogue_game.app.session.agenda import plan
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.settings import Settings
from dialogue_game.core.course import Course, Diagram, EvaluationForm, Step
from dialogue_game.plain.leader_commands import execute_command
from tests.front_ends.tui.driving import Driver, following, playing
from tests.front_ends.tui.fakes import (
    AID,
    STORY,
    RefusingStore,
    Shelf,
    course_of,
    game_of,
)

TOLD = {
    "text", "title", "why", "summary", "alt", "look", "locked", "situation", "name", "role",
    "handle", "symbol", "provision", "note", "quote", "url", "short", "question", "notice",
    "welcome", "guide_note", "video_note", "instructions", "address", "email", "phone",
}  # fmt: skip
"""Fields that carry text for people; ids, words of the language and conditions stay."""
PAGES = 8
"""As many as a debrief has, at least."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Route:
    """How to come to a screen from the first one: keys; then keys that show all there is on it.

    With `led` it is the companion's: of a session after these commands.
    """

    keys: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    welcomed: str = "yes"
    refusing: bool = False
    led: tuple[str, ...] = ()


TURN = ("right", "1")
ROOM = ("f", "enter")
DECIDED = ("a", "enter", "enter", "enter")
ROUTES: Mapping[str, Route] = {
    "AboutPanel": Route(("i",)),
    "CompareScreen": Route(("h", "c", "down", "c")),
    "DebriefScreen": Route(("h", "enter"), TURN * PAGES),
    "DecisionDialog": Route(("h", "p")),
    "DeleteDialog": Route(("h", "d")),
    "EditionDialog": Route(("1",)),
    "AgendaPanel": Route((*ROOM, "i")),
    "QrPanel": Route(
        (*ROOM, "x", "2", "x", "2", "enter", "enter", "enter", "enter", "z")
    ),
    "PhonesPanel": Route((*ROOM, "f")),
    "CompanionScreen": Route(
        shows=("a", "b", "5", "6"), led=("next", "full", "next", "next")
    ),
    "QuestionDialog": Route((*ROOM, "q")),
    "LineDialog": Route(("h", "x")),
    "NotesPanel": Route((*ROOM, "enter", "n"), ("n", "enter", "down", "enter")),
    "OtherPathDialog": Route((*ROOM, "enter", "enter", *DECIDED * 3, "o")),
    "PreparationPanel": Route(("f", "2")),
    "PrepareScreen": Route(("f",), ("up", "enter", "up", "up", "up", "right")),
    "SessionHelpPanel": Route((*ROOM, "question_mark")),
    "SharedScreen": Route(
        ROOM,
        (
            "enter",
            "enter",
            "l",
            "h",
            "enter",
            "enter",
            "t",
            "a",
            "=",
            "2",
            "enter",
            "s",
            "enter",
            "enter",
            "y",
            "enter",
            "1",
            "enter",
            "enter",
            "enter",
            *DECIDED * 2,
            *("enter",) * 7,
        ),
    ),
    "GuidelinesPanel": Route(("g",), ("enter",)),
    "HelpPanel": Route(("question_mark",)),
    "HistoryScreen": Route(("h",), ("down", "down", "f")),
    "HomeScreen": Route((), ("down", "down")),
    "EndingsPanel": Route(("m", "e")),
    "MapScreen": Route(("m",), ("down", "u", "end")),
    "PlayScreen": Route(
        ("n",),
        (
            "l",
            "l",
            "l",
            "1",
            "enter",
            "1",
            "2",
            "3",
            "enter",
            "l",
            "1",
            "enter",
            "enter",
            "1",
        ),
    ),
    "TransferPanel": Route(("t",), ("2",)),
    "ReferencesPanel": Route(("r",), ("enter", "slash", "c")),
    "LookBackPanel": Route(("n", "1", "b")),
    "SettingsPanel": Route(("comma",), ("down", "right")),
    "ThemePanel": Route(("comma", "1"), ("down", "down")),
    "FailureDialog": Route(("n", "end", "enter", "end", "1"), refusing=True),
    "WelcomeScreen": Route((), welcomed="no"),
}
"""By the name of the screen's class. A new screen takes its place here."""


def ours() -> Iterator[type[DOMNode]]:
    """Every widget and screen of this product."""
    for module in pkgutil.walk_packages(
        dialogue_game.tui.__path__, "dialogue_game.tui."
    ):
        for _, found in inspect.getmembers(
            importlib.import_module(module.name), inspect.isclass
        ):
            if issubclass(found, DOMNode) and found.__module__ == module.name:
                yield found


def screens() -> Iterator[type[DOMNode]]:
    """Every screen that a person may see; what others are built on is none."""
    kinds = [kind for kind in ours() if issubclass(kind, Screen)]
    for kind in kinds:
        if not any(kind in other.__mro__[1:] for other in kinds):
            yield kind


def spoiled(value: T, text: str) -> T:
    """The same thing with that text in front of every text for people."""
    return _spoiled(value, text)  # type: ignore[no-any-return]


def _spoiled(value: Any, text: str) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{
            field.name: _field(field.name, getattr(value, field.name), text)
            for field in fields(value)
            if field.init
        })  # fmt: skip
    if isinstance(value, tuple):
        return tuple(
            _spoiled(item, text) if is_dataclass(item) else item for item in value
        )
    if isinstance(value, dict):
        return {
            key: text + item if isinstance(item, str) else _spoiled(item, text)
            for key, item in value.items()
        }
    return value


def _field(name: str, own: Any, text: str) -> Any:
    if isinstance(own, str):
        return text + own if name in TOLD else own
    if name == "fields":
        return {key: text + said for key, said in own.items()}
    if name == "items":
        return tuple(
            {key: text + said for key, said in item.items()}
            if isinstance(item, dict)
            else text + item
            for item in own
        )
    return own if name in ("variables", "aliases") else _spoiled(own, text)


def whole_course() -> Course:
    """The small course, with something in each of its parts."""
    return replace(
        course_of(STORY, AID),
        steps=(Step("Read", "Read this first."),),
        pre_reading=("code_4",),
        further=("ethics",),
        evaluation=EvaluationForm(
            "Form", "Fill it in.", "https://example.org", ("How was it?",)
        ),
        diagram=Diagram(
            "Private or official", "Two columns survive.", {"private": ("A friend",)}
        ),
        guide_note="Numbers are the source's.",
        video_note="There is a film.",
    )


def world(folder: Path, way: Route, text: str = "") -> Game:
    """Two finished runs, and a paused one whose story was edited since, all with that text."""
    course = spoiled(whole_course(), text)
    story, aid = (replace(spoiled(one, text), course=course.id) for one in (STORY, AID))
    newer = replace(story, edition="edition-2")
    store = RefusingStore()
    told = game_of(
        folder, story, newer, aid, settings=Settings(welcomed=way.welcomed), store=store
    )
    stories = {told_.id: told_ for told_ in (newer, aid)}
    told.shelf = Shelf(course, {**stories, story.id: story})
    told.start(story.id).choose("sign")
    told.shelf = Shelf(course, stories)
    for choices in (("wait", "shout", "praise"), ("sign", "tell", "facts")):
        player = told.start(story.id)
        for choice in choices:
            player.choose(choice)
        player.reflect(f"{text} I will ask.")
    told.trouble = text
    store.refusing, store.said = (
        way.refusing,
        f"{text} There is no room left on the disk.",
    )
    return told


@asynccontextmanager
async def standing_on(
    name: str, folder: Path, size: tuple[int, int] = (80, 30), text: str = ""
) -> AsyncIterator[Driver]:
    """The game, with the screen of that name in front."""
    way = ROUTES[name]
    told = world(folder, way, text)
    async with led(told, way, size) if way.led else playing(told, size) as game:
        for key in way.keys:
            await game.press(key)
            await game.pilot.pause()
        await game.screen_is(name)
        yield game


def led(
    told: Game, way: Route, size: tuple[int, int]
) -> AbstractAsyncContextManager[Driver]:
    """The companion of a session that was led so far."""
    session = Facilitation.start(told, plan(told.course))
    for command in way.led:
        execute_command(session, command)
    return following(told, session.id, size)
