"""Every screen looks as it did. What was meant to change: run this with `--snapshot-update`.

The pictures are of the tests' own small course, so that no shipped story changes them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from dialogue_game.app.session.phone_voting import PhoneVoting
from dialogue_game.app.settings import Folders, Settings
from tests.front_ends.tui.driving import Driver, playing
from tests.front_ends.tui.everywhere import ROOM, ROUTES, led, world
from tests.front_ends.tui.pictures import settled_picture

SIZES = ((80, 24), (120, 40), (160, 50), (60, 20))
SCENE = ("n",)
DEBRIEF = ("h", "enter")


PLAIN = Settings(welcomed="yes", motion="none")


@dataclass(frozen=True, slots=True)
class View:
    """How to come to what is pictured: a way of `everywhere`, or keys from Home.

    It is opened at the first size, and the same run is resized to the others.
    """

    way: str = "HomeScreen"
    keys: tuple[str, ...] = ()
    sizes: tuple[tuple[int, int], ...] = SIZES
    settings: Settings = PLAIN


LIGHT = replace(PLAIN, theme="light")
CONTRAST = replace(PLAIN, theme="contrast", symbols="ascii")
LED = (*ROOM, "enter", "enter")
COUNTED = ("t", "a", "=", "2", "enter")
SMALL = SIZES[:1]
VIEWS = {
    "home": View(),
    "home light": View(sizes=SMALL, settings=LIGHT),
    "home contrast": View(sizes=SMALL, settings=CONTRAST),
    "welcome": View("WelcomeScreen"),
    "welcome in plain signs": View("WelcomeScreen", sizes=SMALL, settings=CONTRAST),
    "scene": View(keys=SCENE),
    "scene light": View(keys=SCENE, sizes=SMALL, settings=LIGHT),
    "scene contrast": View(keys=SCENE, sizes=SMALL, settings=CONTRAST),
    "scene looked at": View(keys=(*SCENE, "l", "l")),
    "scene with a locked option": View(keys=(*SCENE, "1", "enter", "enter", "space")),
    "every exhibit": View(
        keys=(*SCENE, "1", "enter", "enter", "1", "enter"), sizes=((100, 140),)
    ),
    "consequence": View(keys=(*SCENE, "1")),
    "coaching": View(keys=(*SCENE, "1", "enter")),
    "coaching, a reference open": View(keys=(*SCENE, "1", "enter", "2")),
    "coaching, the first reference": View(keys=(*SCENE, "1", "enter", "1")),
    "ending": View(keys=(*SCENE, *("1", "enter", "enter") * 3)),
    **{
        f"debrief, page {page + 1}": View(keys=(*DEBRIEF, *("right",) * page))
        for page in range(7)
    },
    "debrief, page 8": View(keys=(*DEBRIEF, *("right",) * 6, "enter")),
    "debrief contrast": View(keys=(*DEBRIEF, "right"), sizes=SMALL, settings=CONTRAST),
    "look back": View("LookBackPanel"),
    "map": View("MapScreen"),
    "map, an ending": View("MapScreen", ("end", "pageup")),
    "map, closer": View("MapScreen", ("left", "z")),
    "endings": View("EndingsPanel"),
    "compare": View("CompareScreen"),
    "history": View("HistoryScreen"),
    "decisions": View("DecisionDialog"),
    "delete": View("DeleteDialog"),
    "edited": View("EditionDialog"),
    "question": View("TransferPanel", ("2",)),
    "guidelines": View("GuidelinesPanel"),
    "references": View("ReferencesPanel", ("enter",)),
    "references, searched": View("ReferencesPanel", ("slash", "h", "o", "n")),
    "settings": View("SettingsPanel"),
    "settings light": View("SettingsPanel", sizes=SMALL, settings=LIGHT),
    "colours": View("ThemePanel", ("down",)),
    "help": View("HelpPanel"),
    "about": View("AboutPanel"),
    "failure": View("FailureDialog"),
    "prepare": View("PrepareScreen"),
    "prepare, reading": View("PreparationPanel"),
    "shared: welcome": View(keys=ROOM),
    "shared: title card": View(keys=(*ROOM, "enter")),
    "shared: scene": View(keys=LED),
    "shared: commit": View(keys=(*LED, "h", "enter")),
    "shared: vote": View(keys=(*LED, "h", "enter", "enter")),
    "shared: counting": View(keys=(*LED, "h", "enter", "enter", "t", "a", "=")),
    "shared: the keyboard goes round": View(keys=(*LED, "h", "enter", "enter", "k")),
    "shared: talk": View(keys=(*LED, "h", "enter", "enter", *COUNTED, "enter")),
    "shared: vote again": View(
        keys=(*LED, "h", "enter", "enter", *COUNTED, "enter", "enter")
    ),
    "shared: reveal": View(
        keys=(*LED, "h", "enter", "enter", *COUNTED, "enter", "enter", "y", "2")
    ),
    "shared: minority": View(
        keys=(
            *LED,
            "h",
            "enter",
            "enter",
            *COUNTED,
            "enter",
            "enter",
            "y",
            "2",
            "enter",
        )
    ),
    "shared: consequence": View(keys=(*LED, "a", "enter")),
    "shared: coaching": View(keys=(*LED, "a", "enter", "enter")),
    **{
        f"shared: after the end, {number}": View(
            keys=(*LED, *("a", "enter", "enter", "enter") * 3, *("enter",) * number)
        )
        for number in range(7)
    },
    "shared: blank": View(keys=(*ROOM, "full_stop")),
    "shared: a line to write": View(keys=(*ROOM, "w")),
    "shared: help": View("SessionHelpPanel"),
    "agenda": View("AgendaPanel"),
    "notes": View("NotesPanel"),
    "code": View("QrPanel"),
    "phones": View("PhonesPanel"),
    "another path": View("OtherPathDialog"),
    "leave the session": View("QuestionDialog"),
    "companion": View("CompanionScreen"),
    "too small": View(sizes=((25, 8),)),
}


@pytest.fixture(autouse=True)
def _in_one_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


@pytest.fixture(autouse=True)
def _at_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PhoneVoting, "url", "http://192.0.2.7:43210/kite/")
    monkeypatch.setattr(PhoneVoting, "trouble", "")


@pytest.mark.parametrize("name", VIEWS)
async def test_a_screen_looks_as_it_did(
    tmp_path: Path, name: str, snapshot: SnapshotAssertion
) -> None:
    view = VIEWS[name]
    way = ROUTES[view.way]
    told = world(tmp_path, way)
    told.settings = replace(view.settings, welcomed=way.welcomed)
    if view.way in ("SettingsPanel", "ThemePanel"):  # they tell where settings are kept
        told.folders = Folders(*[Path("/home/somebody")] * 4)
    opening = led(told, way, view.sizes[0]) if way.led else playing(told, view.sizes[0])
    async with opening as game:
        await pressed(game, *way.keys, *view.keys)
        for width, height in view.sizes:
            await game.resize(width, height)
            shown = await settled_picture(game.app)
            assert shown == snapshot(name=f"{name} {width}x{height}")


async def pressed(game: Driver, *keys: str) -> None:
    for key in keys:
        await game.press(key)
        await game.pilot.pause()
