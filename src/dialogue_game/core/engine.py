"""Begin, decide, evolve, replay, situation: the rules of play, all of them pure.

`decide` says what would happen; `evolve` applies what did. A situation is what may be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from typing import Final

from dialogue_game.core.events import (
    ChoiceMade,
    Continued,
    PlayEvent,
    PlaythroughStarted,
)
from dialogue_game.core.expressions import holds, with_effects
from dialogue_game.core.state import Consequence, Score, ShownExhibit, Situation, State
from dialogue_game.core.story import (
    UNREPAIRED,
    Branch,
    Choice,
    Ending,
    Option,
    Story,
    Value,
)
from dialogue_game.core.template import (
    shown_exhibits,
    shown_paragraphs,
    shown_text,
    shuffled_options,
)
from dialogue_game.errors import ChoiceNotAvailable

CONTINUE_WORDS = frozenset({"continue", "next", "1"})
"""What may be said on a continue page, in place of a choice."""


def begin(
    story: Story,
    branched_from: str = "",
    branched_at: int = 0,
    seed: int = 0,
    place: str = "",
) -> tuple[PlayEvent, ...]:
    """The events that start a playthrough of this edition."""
    started = PlaythroughStarted(
        story.id, story.edition, branched_from, branched_at, "", seed, place
    )
    return (started,)


def decide(story: Story, state: State, choice: str) -> tuple[PlayEvent, ...]:
    """The events that taking this choice would cause; on a continue page, reading on.

    Raises ChoiceNotAvailable where it is unknown, locked, or the story has ended.
    """
    if state.ended:
        raise ChoiceNotAvailable(
            "This playthrough has ended.", "Start a new one, or replay a decision."
        )
    scene = story.scenes[state.scene]
    if scene.leads is not None and choice in scene.leads:
        return (ChoiceMade(state.scene, choice),)
    if scene.continues:
        if choice in CONTINUE_WORDS:
            return (Continued(state.scene),)
        raise ChoiceNotAvailable(
            "There is nothing to choose on this page.", "Say: continue."
        )
    found = scene.choices.get(choice)
    if found is not None and _available(found, state):
        return (ChoiceMade(state.scene, choice),)
    raise _refusal(story, state, choice, found)


def _refusal(
    story: Story, state: State, choice: str, found: Choice | None
) -> ChoiceNotAvailable:
    if story.scenes[state.scene].stub:
        return ChoiceNotAvailable(
            "This scene is not written yet.", "Start anew, or replay a decision."
        )
    message = f"There is no choice “{choice}” here."
    if found is not None and found.locked:
        reason = shown_text(story, state, found.locked)
        message = f"“{choice}” is not available: {reason}".strip()
    options = available(story, state)
    return ChoiceNotAvailable(message, f"Choose one of: {', '.join(options)}.", options)


def evolve(story: Story, state: State | None, event: PlayEvent) -> State:
    """The state after one event; the given state is left alone."""
    if isinstance(event, ChoiceMade) and state is not None:
        return _after_choice(story, state, event)
    if isinstance(event, Continued) and state is not None:
        return _after_reading_on(story, state, event)
    if isinstance(event, PlaythroughStarted):
        score = Score() if story.tracks else None
        nothing: frozenset[str] = frozenset()
        begun = State("", "", story.initial, nothing, nothing, 0, event.seed, score)
        return _after_entering(story, begun, story.start)
    return state if state is not None else replay(story, ())


def replay(story: Story, events: Iterable[PlayEvent]) -> State:
    """The state after all these events, of which the first starts the playthrough.

    The same as evolving event by event; a story that keeps no score and whose scenes do nothing
    on entering is replayed without building the states in between.
    """
    if story.tracks or story.entering:
        state: State | None = None
        for event in events:
            state = evolve(story, state, event)
        return state or State("", "", story.initial, frozenset(), frozenset())
    return _replay_quickly(story, events)


def _replay_quickly(story: Story, events: Iterable[PlayEvent]) -> State:
    place, variables, decisions, seed = "", story.initial, 0, 0
    visited: set[str] = set()
    chosen: set[str] = set()
    for event in events:
        if isinstance(event, ChoiceMade):
            while place != event.scene and (page := story.scenes[place]).continues:
                place = _target(page.goto, variables, visited, chosen)
                visited.add(place)
            chosen.add(f"{event.scene}.{event.choice}")
            variables, place = _effects_and_target(
                story, event, variables, visited, chosen
            )
            decisions += 1
        elif isinstance(event, Continued):
            place = _target(story.scenes[event.scene].goto, variables, visited, chosen)
        elif isinstance(event, PlaythroughStarted):
            place, variables, seed = story.start, story.initial, event.seed
        else:
            continue
        if place in story.scenes:
            visited.add(place)
    before = State(
        "", "", variables, frozenset(visited), frozenset(chosen), decisions, seed
    )
    return _after_entering(story, before, place)


def _after_choice(story: Story, state: State, event: ChoiceMade) -> State:
    """The state after a choice."""
    state = state_at_decision(story, state, event.scene)
    path = f"{event.scene}.{event.choice}"
    chosen = state.chosen if path in state.chosen else state.chosen | {path}
    variables, score = state.variables, state.score
    if score is not None:
        score = _scored(story, state, event, score)
        variables = _tracked(story, variables, score, state.decisions + 1)
    variables, place = _effects_and_target(
        story, event, variables, state.visited, chosen
    )
    after = State(
        "", "", variables, state.visited, chosen, state.decisions + 1, state.seed, score
    )
    return _after_entering(story, after, place)


def _after_reading_on(story: Story, state: State, event: Continued) -> State:
    """The state after reading on from a continue page."""
    goto = story.scenes[event.scene].goto
    place = _target(goto, state.variables, state.visited, state.chosen)
    return _after_entering(story, state, place)


def _effects_and_target(
    story: Story,
    event: ChoiceMade,
    variables: Mapping[str, Value],
    visited: Set[str],
    chosen: Set[str],
) -> tuple[Mapping[str, Value], str]:
    """What a choice does: first its effects, then the first branch that holds with them."""
    scene = story.scenes[event.scene]
    if scene.leads is not None:
        return variables, scene.leads[event.choice]
    choice = scene.choices[event.choice]
    if choice.effects:
        variables = with_effects(choice.effects, variables, visited, chosen)
    return variables, _target(choice.goto, variables, visited, chosen)


def _target(
    goto: tuple[Branch, ...],
    variables: Mapping[str, Value],
    visited: Set[str],
    chosen: Set[str],
) -> str:
    """Where the first branch that holds leads."""
    for branch in goto:
        if not branch.when or holds(branch.when, variables, visited, chosen):
            return branch.to
    return goto[-1].to


def _after_entering(story: Story, state: State, place: str) -> State:
    """The state in a scene or an ending that is reached now, with the effects of entering it."""
    variables, visited = state.variables, state.visited
    ending = story.endings.get(place)
    if ending is not None:
        effects, scene = ending.enter, ""
    else:
        here = story.scenes.get(place)
        effects, scene = (here.enter, place) if here else ((), "")
        if here is not None and place not in visited:
            effects = (*here.first_enter, *effects)
            visited = visited | {place}
    if effects:
        variables = with_effects(effects, variables, visited, state.chosen)
    return State(
        scene,
        place if ending is not None else "",
        variables,
        visited,
        state.chosen,
        state.decisions,
        state.seed,
        state.score,
    )


def _scored(story: Story, state: State, event: ChoiceMade, score: Score) -> Score:
    """The score with one more decision, as the options stood before it."""
    choices = story.scenes[event.scene].choices
    taken = choices[event.choice]
    worths = [c.worth for c in choices.values() if _available(c, state)]
    return score.after(taken, worths or [taken.worth])


def _tracked(
    story: Story, variables: Mapping[str, Value], score: Score, decisions: int
) -> Mapping[str, Value]:
    """The variables with what the story reads of the score."""
    tracked = dict(variables)
    for fact in story.tracks:
        if fact == "earned":
            tracked[fact] = score.percent
        elif fact == "decisions":
            tracked[fact] = decisions
        else:
            guideline = fact.removeprefix(UNREPAIRED)[:-1]
            breached = score.unrepaired
            tracked[fact] = guideline in breached if guideline else bool(breached)
    return tracked


MAX_PAGES: Final = 10_000
"""Where continue pages that lead only to each other are given up."""


def read_on(story: Story, state: State) -> tuple[tuple[PlayEvent, ...], State]:
    """What leads on from continue pages to the next decision or ending, and the state there."""
    events: list[PlayEvent] = []
    while (
        not state.ended
        and story.scenes[state.scene].continues
        and len(events) < MAX_PAGES
    ):
        event = Continued(state.scene)
        events.append(event)
        state = evolve(story, state, event)
    return tuple(events), state


def state_at_decision(story: Story, state: State, scene: str) -> State:
    """The state at this scene's decision, where continue pages lead there.

    A run may be told by its choices alone: reading on follows from them.
    """
    if state.scene == scene or state.ended or not story.scenes[state.scene].continues:
        return state
    return read_on(story, state)[1]


def combined_situation(story: Story, state: State) -> tuple[Situation, State]:
    """Continue pages and what they lead to as one situation, for a group's shared screen.

    Each part begins with its title, so that no page is read as if it were at the last one's time.
    """
    pages = []
    for event in read_on(story, state)[0]:
        pages.append(situation(story, state))
        state = evolve(story, state, event)
    last = situation(story, state)
    if not pages:
        return last, state
    texts: list[str] = []
    exhibits: list[ShownExhibit] = []
    for part in (*pages, last):
        texts += (part.title, *part.text)
        exhibits += part.exhibits
    combined = replace(last, text=tuple(texts), exhibits=tuple(exhibits))
    return combined, state


def available(story: Story, state: State) -> tuple[str, ...]:
    """The ids of the choices that can be taken now, in the author's order."""
    if state.ended:
        return ()
    choices = story.scenes[state.scene].choices.values()
    return tuple(choice.id for choice in choices if _available(choice, state))


def situation(story: Story, state: State) -> Situation:
    """What a front end may show now."""
    if state.ended:
        return _ending_situation(story, state, story.endings[state.ending])
    scene = story.scenes[state.scene]
    text, options = scene.plain_text, scene.plain_options
    if text is None:
        text = shown_paragraphs(story, scene.text, state)
    if options is None:
        offered = [_option(story, choice, state) for choice in scene.choices.values()]
        options = tuple([option for option in offered if option is not None])
    if scene.shuffled and state.seed:
        options = shuffled_options(options, scene.id, state.seed)
    exhibits = shown_exhibits(story, scene, state) if scene.exhibits else ()
    return Situation(
        story.id,
        scene.id,
        scene.title,
        text,
        exhibits,
        options,
        scene.as_,
        scene.group,
        scene.discuss,
        state.decisions,
        continues=scene.continues,
        stub=scene.stub,
        settled=scene.settled,
    )


def consequence(story: Story, before: State, choice: str) -> Consequence:
    """What a choice says: as the world stood before the choice's own effects."""
    scene = story.scenes[before.scene]
    taken = scene.choices[choice]
    text = shown_paragraphs(story, taken.consequence, before)
    references = [story.references[reference] for reference in taken.references]
    cost = None
    if taken.cost is not None and not taken.cost.due:
        cost = replace(taken.cost, text=shown_text(story, before, taken.cost.text))
        text = (*text, cost.text)
    return Consequence(
        scene=before.scene,
        choice=choice,
        choice_text=shown_text(story, before, taken.text),
        text=text,
        marks=taken.marks,
        references=tuple(references),
        coaching=shown_text(story, before, taken.coaching),
        settled=scene.settled,
        defensible=taken.defensible,
        cost=cost,
    )


def _ending_situation(story: Story, state: State, ending: Ending) -> Situation:
    return Situation(
        story=story.id,
        scene="",
        title=ending.title,
        text=shown_paragraphs(story, ending.text, state),
        exhibits=(),
        options=(),
        decision=state.decisions,
        ending=ending.id,
        ending_kind=ending.kind,
        stub=ending.stub,
    )


def _available(choice: Choice, state: State) -> bool:
    return not choice.when or holds(
        choice.when, state.variables, state.visited, state.chosen
    )


def _option(story: Story, choice: Choice, state: State) -> Option | None:
    """A choice as offered now; None where it is not shown at all."""
    if not choice.when or _available(choice, state):
        return Option(choice.id, shown_text(story, state, choice.text))
    if not choice.locked:
        return None
    text = shown_text(story, state, choice.text)
    locked = shown_text(story, state, choice.locked)
    return Option(choice.id, text, available=False, locked=locked)
