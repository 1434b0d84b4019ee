"""Begin, decide, evolve, replay, situation: the rules of play, all of them pure.

`decide` says what would happen; `evolve` applies what did. A situation is what a face may show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from functools import cache

from dialogue_game.core.events import ChoiceMade, PlayEvent, PlaythroughStarted
from dialogue_game.core.expressions import applied, holds
from dialogue_game.core.fixed import fixed, varies
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
    scene = story.scenes[state.scene]
    roads = fixed(scene).roads
    if roads is not None and choice in roads:
        return (ChoiceMade(state.scene, choice),)
    found = scene.choices.get(choice)
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
    if isinstance(event, ChoiceMade) and state is not None:
        return _taken(story, state, event)
    if isinstance(event, PlaythroughStarted):
        return _entered(story, story.start, story.variables, frozenset(), frozenset(), 0)
    return state if state is not None else replay(story, ())


def replay(story: Story, events: Iterable[PlayEvent]) -> State:
    """The state after all these events, of which the first starts the playthrough.

    The same as evolving event by event, without building the states in between.
    """
    place, variables, decisions = "", story.variables, 0
    visited: set[str] = set()
    chosen: set[str] = set()
    for event in events:
        if isinstance(event, ChoiceMade):
            chosen.add(f"{event.scene}.{event.choice}")
            variables, place = _followed(story, event, variables, visited, chosen)
            decisions += 1
        elif isinstance(event, PlaythroughStarted):
            place, variables = story.start, story.variables
        else:
            continue
        if place in story.scenes:
            visited.add(place)
    seen, taken = frozenset(visited), frozenset(chosen)
    return _entered(story, place, variables, seen, taken, decisions)


def _taken(story: Story, state: State, event: ChoiceMade) -> State:
    """The state after a choice."""
    path = f"{event.scene}.{event.choice}"
    chosen = state.chosen if path in state.chosen else state.chosen | {path}
    variables, place = _followed(story, event, state.variables, state.visited, chosen)
    return _entered(story, place, variables, state.visited, chosen, state.decisions + 1)


def _followed(
    story: Story,
    event: ChoiceMade,
    variables: Mapping[str, Value],
    visited: Set[str],
    chosen: Set[str],
) -> tuple[Mapping[str, Value], str]:
    """What a choice does: first its effects, then the first branch that holds with them."""
    scene = story.scenes[event.scene]
    roads = fixed(scene).roads
    if roads is not None:
        return variables, roads[event.choice]
    choice = scene.choices[event.choice]
    if choice.effects:
        variables = applied(choice.effects, (variables, visited, chosen))
    for branch in choice.goto:
        if not branch.when or holds(branch.when, variables, visited, chosen):
            break
    return variables, branch.to


def _entered(
    story: Story,
    place: str,
    variables: Mapping[str, Value],
    visited: frozenset[str],
    chosen: frozenset[str],
    decisions: int,
) -> State:
    """The state in a scene or an ending that has just been reached."""
    if place in story.endings:
        return State("", place, variables, visited, chosen, decisions)
    if place and place not in visited:
        visited = visited | {place}
    return State(place, "", variables, visited, chosen, decisions)


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
    text, options, _ = fixed(scene)
    return Situation(
        story.id,
        scene.id,
        scene.title,
        _paragraphs(scene.text, state) if text is None else text,
        _exhibits(story, scene, state) if scene.exhibits else (),
        tuple([_option(choice, state) for choice in scene.choices.values()])
        if options is None
        else options,
        scene.as_,
        scene.group,
        scene.discuss,
        state.decisions,
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
    if not choice.when or _available(choice, state):
        return Option(choice.id, text)
    return Option(choice.id, text, available=False, locked=_told(choice.locked, state.variables))


def _paragraphs(paragraphs: tuple[Paragraph, ...], state: State) -> tuple[str, ...]:
    variables, seen, taken = state.variables, state.visited, state.chosen
    return tuple(
        [
            _told(paragraph.text, variables)
            for paragraph in paragraphs
            if not paragraph.when or holds(paragraph.when, variables, seen, taken)
        ]
    )


def _exhibits(story: Story, scene: Scene, state: State) -> tuple[ShownExhibit, ...]:
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
                if name == "author" and member is not None and member.handle:
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
    if not varies(text):
        return text
    return "".join(
        _spoken(variables.get(piece, "")) if is_name else piece
        for piece, is_name in _template(text)
    )


def _spoken(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
