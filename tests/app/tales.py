"""A small story with a detour, a locked door and two endings, and edits of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dialogue_game.app.game import Game
from dialogue_game.core.story import (
    Branch,
    Choice,
    Scene,
    Story,
    TransferItem,
    TransferOption,
)
from tests.builders import choice, scene, story
from tests.fakes import FakeShelf

ITEM = TransferItem(
    "badge",
    "g1",
    "A friend asks for your badge.",
    (
        TransferOption("Lend it.", "It is yours.", sound=False),
        TransferOption("No.", "Yes.", True),
    ),
)
OTHER_ITEM = replace(ITEM, id="photo", situation="A friend asks for your photo.")
TALE = story(
    scene(
        "hall",
        choice(
            "tell",
            "room",
            "g1 upholds",
            effects=("told = true",),
            text="Tell Omar first.",
        ),
        choice("wait", "yard", "g1 strains", text="Wait."),
        choice("leave", "sad", "g1 breaches", "g2 breaches", text="Leave it."),
    ),
    scene(
        "yard",
        choice("back", "room", text="Go back."),
        choice("stay", "sad", "g2 strains"),
    ),
    scene(
        "room",
        choice("sit", "end", "g2 upholds", text="Sit down."),
        choice("ask", "end", "g2 models", when="told", locked="He knows nothing yet."),
        choice("shout", goto=(Branch("end", "told"), Branch("sad")), text="Shout."),
    ),
    endings={"end": "good", "sad": "poor"},
    variables={"told": False},
    transfer={"badge": ITEM, "photo": OTHER_ITEM},
)


SAME_AGAIN = story(
    scene(
        "hall", choice("ask", "walk", effects=("told = true",)), choice("wait", "walk")
    ),
    scene("walk", goto=(Branch("gate"),)),
    scene("gate", choice("open", "room"), choice("knock", "room")),
    scene(
        "room",
        choice("sit", "end"),
        choice("tell", "sad", when="told", locked="Not yet."),
    ),
    endings={"end": "good", "sad": "poor"},
    variables={"told": False},
)
"""A story in which the first choice differs in nothing but what is open at the end."""


def play(game: Game, *choices: str, told: str = "tale") -> str:
    """A new run with these choices; its id."""
    player = game.start(told)
    for taken in choices:
        player.read_on_to_decision()
        player.choose(taken)
    return player.playthrough


def shelf(game: Game) -> FakeShelf:
    """The fake shelf of a game, which can be edited."""
    assert isinstance(game.shelf, FakeShelf)
    return game.shelf


def edited(told: Story, edition: str = "second", **changes: object) -> Story:
    """Another edition of a story."""
    return replace(told, edition=edition, **changes)  # type: ignore[arg-type]


def with_scene(told: Story, scene_id: str, change: Callable[[Scene], Scene]) -> Story:
    """The story as its second edition, with one scene changed."""
    return edited(told, scenes={**told.scenes, scene_id: change(told.scenes[scene_id])})


def with_choice(
    told: Story, scene_id: str, choice_id: str, change: Callable[[Choice], Choice]
) -> Story:
    """The story as its second edition, with one choice changed."""
    return with_scene(
        told,
        scene_id,
        lambda s: replace(
            s, choices={**s.choices, choice_id: change(s.choices[choice_id])}
        ),
    )
