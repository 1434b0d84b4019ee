"""Every screen of the game, for the site: a picture of each in dark and in light colours.

They are drawn while the site is built (`python -m release.site`) and kept nowhere, so they are
always those of the game as it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Final

from make import CHOSEN, FIRST, PICTURES, TALKING, THEMES, Picture, draw

WIDE: Final = (100, 30)
ROOM: Final = (80, 24)
SKIPPED: Final = ("x", "2") * 4
"""All parts of a session left out, up to its closing."""
SCREENS: Final[dict[str, dict[str, tuple[str, Picture]]]] = {
    "Alone": {
        "WelcomeScreen": (
            "The title page, with one key to begin",
            Picture(*WIDE, first=True),
        ),
        "HomeScreen": ("Home: the stories, and the endings found", PICTURES["home"]),
        "PlayScreen": (
            "A scene, with what there is to see and to choose",
            PICTURES["scene"],
        ),
        "LookBackPanel": ("What led here", Picture(*WIDE, "omar", (*CHOSEN, "b"))),
        "DebriefScreen": (
            "The debrief; its first page is about you",
            Picture(*WIDE, runs=True, keys=("h", "enter")),
        ),
        "TransferPanel": (
            "A new situation, days later",
            Picture(*WIDE, runs=True, keys=("t",)),
        ),
    },
    "Again": {
        "HistoryScreen": ("Every run", Picture(*WIDE, runs=True, keys=("h",))),
        "DecisionDialog": (
            "From which decision to go another way",
            Picture(*WIDE, runs=True, keys=("h", "p")),
        ),
        "CompareScreen": (
            "Two runs side by side",
            Picture(*WIDE, runs=True, keys=("h", "c", "down", "c")),
        ),
        "MapScreen": (
            "Your own map of a story",
            Picture(*WIDE, runs=True, keys=("up", "m")),
        ),
        "EndingsPanel": (
            "The endings that you have found",
            Picture(*WIDE, runs=True, keys=("up", "m", "e")),
        ),
        "LineDialog": (
            "Where a run is exported to",
            Picture(*WIDE, runs=True, keys=("h", "x")),
        ),
        "EditionDialog": (
            "A story was edited since its run was begun",
            Picture(*WIDE, edited=True, keys=("2",)),
        ),
        "DeleteDialog": (
            "Before a run is deleted",
            Picture(*WIDE, runs=True, keys=("h", "d")),
        ),
    },
    "With a group": {
        "PrepareScreen": ("A session is prepared", PICTURES["prepare"]),
        "PreparationPanel": ("How to prepare", Picture(*WIDE, keys=("f", "2"))),
        "SharedScreen": ("What the group sees while it talks", PICTURES["talk"]),
        "CompanionScreen": ("What only the leader sees", PICTURES["companion"]),
        "AgendaPanel": ("The agenda", Picture(*ROOM, led=TALKING, keys=("i",))),
        "NotesPanel": (
            "Notes, with the projector dark",
            Picture(*ROOM, led=TALKING, keys=("n", "n")),
        ),
        "SessionHelpPanel": (
            "The session's keys",
            Picture(*ROOM, led=FIRST, keys=("question_mark",)),
        ),
        "PhonesPanel": (
            "The code with which the group’s phones vote",
            Picture(*ROOM, led=(*TALKING, "next", "phones 127.0.0.1"), keys=("f",)),
        ),
        "OtherPathDialog": (
            "After an ending: another option, together",
            Picture(*WIDE, led=FIRST, ended=True, keys=("o",)),
        ),
        "QuestionDialog": (
            "Before a session is left",
            Picture(*ROOM, led=FIRST, keys=("q",)),
        ),
        "QrPanel": (
            "The evaluation form's address",
            Picture(
                *ROOM,
                keys=("f", "enter", *SKIPPED, "enter", "enter", "enter", "enter", "z"),
            ),
        ),
    },
    "From anywhere": {
        "AboutPanel": (
            "About the course: how to prepare, whom to ask",
            Picture(*WIDE, keys=("i",)),
        ),
        "GuidelinesPanel": (
            "The eleven guidelines",
            Picture(*WIDE, keys=("g", "enter")),
        ),
        "ReferencesPanel": (
            "A reference: what it says, and how far it binds",
            Picture(*WIDE, keys=("r", "enter")),
        ),
        "SettingsPanel": ("Settings", Picture(*WIDE, keys=("comma",))),
        "ThemePanel": ("Colours", Picture(*WIDE, keys=("comma", "1"))),
        "FailureDialog": (
            "A choice that cannot be saved",
            Picture(*WIDE, "omar", CHOSEN, full=True),
        ),
        "HelpPanel": (
            "Help: the keys that work here",
            Picture(*WIDE, keys=("question_mark",)),
        ),
    },
}
"""By part and by the name of the screen's class: what it is, and how one comes to it."""


def drawn() -> Iterator[tuple[str, str]]:
    """By file name: each picture."""
    for part in SCREENS.values():
        for name, (_, picture) in part.items():
            for theme, svg in asyncio.run(draw(picture, name)).items():
                yield f"{name}{THEMES[theme]}.svg", svg


def page() -> str:
    """The page that shows them, in Markdown."""
    lines = [
        "# Every screen",
        "",
        "Drawn from the game as it is, in the colours of your system.",
    ]
    for part, screens in SCREENS.items():
        lines += ["", f"## {part}"]
        for name, (said, _) in screens.items():
            light, dark = f"screens/{name}-light.svg", f"screens/{name}.svg"
            source = f'<source media="(prefers-color-scheme: light)" srcset="{light}">'
            image = f'<img alt="{said}" src="{dark}" loading="lazy">'
            lines += ["", f"### {said}", "", f"<picture>{source}{image}</picture>"]
    return "\n".join(lines) + "\n"
