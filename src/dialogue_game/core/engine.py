"""Begin, decide, evolve, replay, situation: the rules of play, all of them pure.

`decide` says what would happen; `evolve` applies what did. A situation is what a face may show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cache

from dialogue_game.core.events import ChoiceMade, PlayEvent, PlaythroughStarted
from dialogue_game.core.expressions import applied, holds
from dialogue_game.core.state import Consequence, Option, ShownExhibit, Situation, State
from dialogue_game.core.story import Choice, Ending, Exhibit, Paragraph, Scene, Story, Value
from dialogue_game.errors import ChoiceNotAvailable

PEOPLE_FIELDS = frozenset({"from", "to", "cc", "author", "credit"})
"""Exhibit fields that may name a member of the cast."""


def begin(story: Story, branched_from: str = "", branched_at: int = 0) -> tuple[PlayEvent, ...]:
    """The events that start a playthrough of this edition."""
    return (PlaythroughStarted(story.id, story.edition, branched_from, branched_at),)


def decide(story: Story, state: State, choice: str) -> tuple[PlayEvent, ...]:
    """The events that taking this choice would cause.

    Raises ChoiceNotAvailable where it is unknown, locked, or the story has ended.
    """
    if state.ended:
        raise ChoiceNotAvailable(
            "This playthrough has ended.", "Start a new one, or replay a decision."
        )
    found = story.scenes[state.scene].choices.get(choice)
    if found is not None and _available(found, state):
        return (ChoiceMade(state.scene, choice),)
    options = available(story, state)
    if found is None:
        message = f"There is no choice “{choice}” here."
    else:
        message = f"“{choice}” is not available: {_told(found.locked, state.variables)}".strip()
    raise ChoiceNotAvailable(message, f"Choose one of: {', '.join(options)}.", options)


def evolve(story: Story, state: State | None, event: PlayEvent) -> State:
    """The state after one event; the given state is left alone."""
    draft = _Draft(state)
    draft.apply(story, event)
    return draft.frozen()


def replay(story: Story, events: Iterable[PlayEvent]) -> State:
    """The state after all these events, of which the first starts the playthrough."""
    draft = _Draft(None)
    for event in events:
        draft.apply(story, event)
    return draft.frozen()


@dataclass(slots=True)
class _Draft:
    """A state under way: one `apply` serves single steps and whole replays alike."""

    state: State | None
    scene: str = ""
    ending: str = ""
    variables: Mapping[str, Value] = field(default_factory=dict)
    visited: set[str] = field(default_factory=set)
    chosen: set[str] = field(default_factory=set)
    decisions: int = 0

    def __post_init__(self) -> None:
        if self.state is not None:
            self.scene, self.ending = self.state.scene, self.state.ending
            self.variables, self.decisions = self.state.variables, self.state.decisions
            self.visited, self.chosen = set(self.state.visited), set(self.state.chosen)

    def apply(self, story: Story, event: PlayEvent) -> None:
        if isinstance(event, ChoiceMade):
            self.take(story, story.scenes[event.scene].choices[event.choice])
        elif isinstance(event, PlaythroughStarted):
            self.variables = story.variables
            self.enter(story, story.start)

    def take(self, story: Story, choice: Choice) -> None:
        self.chosen.add(f"{self.scene}.{choice.id}")
        self.decisions += 1
        if choice.effects:
            world = (self.variables, self.visited, self.chosen)
            self.variables = applied(choice.effects, world)
        for branch in choice.goto:
            if holds(branch.when, self.variables, self.visited, self.chosen):
                self.enter(story, branch.to)
                return

    def enter(self, story: Story, place: str) -> None:
        if place in story.endings:
            self.scene, self.ending = "", place
        else:
            self.scene = place
            self.visited.add(place)

    def frozen(self) -> State:
        return State(
            self.scene,
            self.ending,
            self.variables,
            frozenset(self.visited),
            frozenset(self.chosen),
            self.decisions,
        )


def available(story: Story, state: State) -> tuple[str, ...]:
    """The ids of the choices that can be taken now, in the author's order."""
    if state.ended:
        return ()
    choices = story.scenes[state.scene].choices.values()
    return tuple(choice.id for choice in choices if _available(choice, state))


def situation(story: Story, state: State) -> Situation:
    """What a face may show now."""
    if state.ended:
        return _ended(story, state, story.endings[state.ending])
    scene = story.scenes[state.scene]
    return Situation(
        story=story.id,
        scene=scene.id,
        title=scene.title,
        text=_paragraphs(scene.text, state),
        exhibits=_exhibits(story, scene, state),
        options=tuple(_option(choice, state) for choice in scene.choices.values()),
        as_=scene.as_,
        group=scene.group,
        discuss=scene.discuss,
        decision=state.decisions,
    )


def consequence(story: Story, before: State, choice: str) -> Consequence:
    """What taking this choice tells: as the world stood before the choice's own effects."""
    taken = story.scenes[before.scene].choices[choice]
    return Consequence(
        scene=before.scene,
        choice=choice,
        choice_text=_told(taken.text, before.variables),
        text=_paragraphs(taken.consequence, before),
        marks=taken.marks,
        references=tuple(story.references[reference] for reference in taken.references),
    )


def _ended(story: Story, state: State, ending: Ending) -> Situation:
    return Situation(
        story=story.id,
        scene="",
        title=ending.title,
        text=_paragraphs(ending.text, state),
        exhibits=(),
        options=(),
        decision=state.decisions,
        ending=ending.id,
        ending_kind=ending.kind,
    )


def _available(choice: Choice, state: State) -> bool:
    return not choice.when or holds(choice.when, state.variables, state.visited, state.chosen)


def _option(choice: Choice, state: State) -> Option:
    text = _told(choice.text, state.variables)
    if _available(choice, state):
        return Option(choice.id, text)
    return Option(choice.id, text, available=False, locked=_told(choice.locked, state.variables))


def _paragraphs(paragraphs: tuple[Paragraph, ...], state: State) -> tuple[str, ...]:
    variables, seen, taken = state.variables, state.visited, state.chosen
    return tuple(
        _told(paragraph.text, variables)
        for paragraph in paragraphs
        if not paragraph.when or holds(paragraph.when, variables, seen, taken)
    )


def _exhibits(story: Story, scene: Scene, state: State) -> tuple[ShownExhibit, ...]:
    if not scene.exhibits:
        return ()
    seen: Set[str] = state.visited
    return tuple(
        _shown(story, exhibit, state.variables)
        for exhibit in scene.exhibits
        if holds(exhibit.when, state.variables, seen, state.chosen)
    )


def _shown(story: Story, exhibit: Exhibit, variables: Mapping[str, Value]) -> ShownExhibit:
    def filled(fields: Mapping[str, str]) -> dict[str, str]:
        shown = {}
        for name, text in fields.items():
            if name in PEOPLE_FIELDS:
                member = story.cast.get(text)
                if member is not None and member.handle:
                    shown["handle"] = f"@{member.handle}"
                shown[name] = story.name_of(_told(text, variables))
            else:
                shown[name] = _told(text, variables)
        return shown

    return ShownExhibit(
        exhibit.id,
        exhibit.kind,
        _told(exhibit.alt, variables),
        filled(exhibit.fields),
        tuple(filled(item) for item in exhibit.items),
        exhibit.details,
    )


@cache
def _template(text: str) -> tuple[tuple[str, bool], ...]:
    """The pieces of a text: literal ones, and names of variables (marked true)."""
    pieces: list[tuple[str, bool]] = []
    literal, position = "", 0
    while position < len(text):
        character = text[position]
        if text[position : position + 2] in ("{{", "}}"):
            literal += character
            position += 2
            continue
        end = text.find("}", position) if character == "{" else -1
        name = text[position + 1 : end] if end > 0 else ""
        if name.isidentifier():
            pieces += [(literal, False), (name, True)]
            literal, position = "", end + 1
        else:
            literal += character
            position += 1
    return (*pieces, (literal, False))


def names_shown(text: str) -> tuple[str, ...]:
    """The variables that a text shows, in order."""
    if "{" not in text:
        return ()
    return tuple(piece for piece, is_name in _template(text) if is_name)


def _told(text: str, variables: Mapping[str, Value]) -> str:
    """The text with its variables filled in."""
    if "{" not in text and "}" not in text:
        return text
    return "".join(
        _spoken(variables.get(piece, "")) if is_name else piece
        for piece, is_name in _template(text)
    )


def _spoken(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
