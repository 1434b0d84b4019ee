"""A room to lead a session in: two small stories, a game in memory, a clock that can be set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from dialogue_game.app.game import Game
from dialogue_game.app.session.agenda import plan
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.core.course import Contact, EvaluationForm, Reference
from dialogue_game.core.story import Paragraph, Story
from dialogue_game.journal.store import Store
from dialogue_game.plain.json_lines import view_data
from dialogue_game.plain.leader_commands import execute_command
from tests import fakes
from tests.builders import choice, scene, story

FORM = EvaluationForm(
    "The form",
    "Fill it in.",
    "https://forms.example/e/1",
    ("Date", "Leader", "Entity", "Prepared?", "Engaging?", "Comments"),
    "Others: write to us.",
)
WALK = story(
    scene(
        "hall",
        choice("ask", "yard", "g1 models"),
        choice("wait", "yard", "g1 strains"),
        choice("leave", "gate", "g1 breaches"),
        choice("fly", "gate", "g2 upholds", when="false", locked="No wings."),
        group="full",
        discuss=("q1", "q2"),
        notes="Hold back.",
        settled="The rule settles the asking. It does not settle the tone.",
    ),
    scene(
        "yard", choice("sit", "gate", "g2 upholds"), choice("run", "gate", "g2 strains")
    ),
    scene(
        "gate",
        choice("open", "end", "g3 models"),
        choice("shut", "sad", "g3 breaches"),
        group="optional",
        notes="Let them look at the gate.",
    ),
    id="walk",
    title="A Walk",
    edition="walk1",
    endings={"end": "good", "sad": "poor"},
    questions={"q1": "Why ask?", "q2": "Why not?", "q3": "Who else?"},
)
WHOLE = (
    "next",
    "hands",
    "settle c",
    "next",
    "next",
    "hands",
    "settle a",
    "next",
    "next",
)
"""From the welcome over the shorter road of the walk to its ending."""
TALK = replace(WALK, id="talk", title="A Talk", edition="talk1")
THIRD = replace(WALK, id="third", title="A Third", edition="third1")
OTHER_REFERENCES = {"code": Reference("code", "OTHER/2", "Another", "Hm.", "no")}
"""The references of a story that differs from another in what a room must not see."""


def hidden_twin(told: Story) -> Story:
    """The same story to a room's eyes before any choice: all that is hidden is different."""
    scenes = {
        name: replace(
            known,
            notes=f"Other notes on {name}.",
            choices={
                option: replace(
                    taken,
                    consequence=(Paragraph(f"Something else comes of {option}."),),
                    marks=tuple(
                        replace(mark, word="strains", why="Hm.") for mark in taken.marks
                    ),
                )
                for option, taken in known.choices.items()
            },
        )
        for name, known in told.scenes.items()
    }
    return replace(told, scenes=scenes, references=OTHER_REFERENCES)


class SetClock:
    """A clock that stands still until it is told to go on, in seconds."""

    def __init__(self, start: int = 1_700_000_000_000) -> None:
        self.now = start

    def __call__(self) -> int:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += round(seconds * 1000)


class RoomShelf(fakes.FakeShelf):
    """A shelf whose course has contacts and the form."""

    def __init__(self, stories: Sequence[Story]) -> None:
        super().__init__(stories)
        contact = Contact(
            "The office", "www.example", "office@example", "", "It advises."
        )
        self.course = replace(self.course, contacts=(contact,), evaluation=FORM)


def room(*stories: Story, store: Store | None = None) -> tuple[Game, SetClock]:
    """A game of these stories, and its clock."""
    game, clock = fakes.game(*stories, store=store), SetClock()
    game.shelf, game.clock = RoomShelf(stories), clock
    return game, clock


def sitting(
    *stories: Story,
    headcount: int = 9,
    minutes: int = 60,
    store: Store | None = None,
    **names: str,
) -> tuple[Facilitation, Game, SetClock]:
    """A session over these stories, at its welcome."""
    game, clock = room(*(stories or (WALK,)), store=store)
    chosen = [told.id for told in (stories or (WALK,))]
    planned = plan(game.course, chosen, headcount, minutes, **names)  # type: ignore[arg-type]
    return Facilitation.start(game, planned), game, clock


def led(leading: Facilitation, *commands: str) -> Facilitation:
    """Obey these commands, one after another."""
    for command in commands:
        execute_command(leading, command)
    return leading


def shown(leading: Facilitation) -> dict[str, Any]:
    """Everything the room can see, as data."""
    return view_data(leading.shared())


def known(leading: Facilitation) -> dict[str, Any]:
    """Everything the leader can see, as data."""
    return view_data(leading.companion())


def texts(value: Any) -> Iterable[str]:
    """Every text anywhere in a view's data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
