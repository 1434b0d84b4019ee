"""A story's own tests: walks, played by the engine, and facts, asked of every state there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dialogue_game.analysis.conditions import Watched
from dialogue_game.analysis.findings import Finding, Places, finding, place_of
from dialogue_game.analysis.product_search import ask
from dialogue_game.analysis.rules.subject import Subject, walk_text
from dialogue_game.analysis.solver import Solution
from dialogue_game.analysis.walks import Fact, Walk
from dialogue_game.core.engine import available, begin, evolve, read_on, replay
from dialogue_game.core.events import ChoiceMade, PlayEvent
from dialogue_game.core.scoring import decisions, profile
from dialogue_game.core.state import State
from dialogue_game.core.story import Story


def walk_findings(
    subject: Subject, walks: Sequence[Walk], places: Places
) -> Iterator[Finding]:
    """DG501 and DG502 for each walk, DG504 for twins, then DG503 for endings that none reaches."""
    yield from _twins(walks, places)
    for order, walk in enumerate(walks):
        number = walk.number if walk.number >= 0 else order
        yield from _walked(subject.story, walk, number, places)
    yield from _endings_without(subject, walks)


def _twins(walks: Sequence[Walk], places: Places) -> Iterator[Finding]:
    """DG504: the same picks twice, or the same name."""
    picks: dict[tuple[str, ...], str] = {}
    names: set[str] = set()
    for order, walk in enumerate(walks):
        number = walk.number if walk.number >= 0 else order
        before = picks.setdefault(tuple(walk.pick), walk.name)
        if tuple(walk.pick) in picks and before is not walk.name:
            message = f"Walk “{walk.name}” picks the same as “{before}”."
            yield finding(
                "DG504",
                place_of(places, (number, "pick")),
                message,
                "Keep one of them.",
            )
        elif walk.name in names:
            message = f"Two walks are named “{walk.name}”."
            yield finding(
                "DG504", place_of(places, (number, "name")), message, "Name one anew."
            )
        names.add(walk.name)


def _walked(story: Story, walk: Walk, number: int, places: Places) -> Iterator[Finding]:
    events: list[PlayEvent] = list(begin(story))
    pages, state = read_on(story, replay(story, events))
    events += pages
    for position, step in enumerate(walk.pick):
        if not state.ended and story.scenes[state.scene].stub:
            return  # The walk goes on where the story is not written yet.
        if not _possible(story, state, step):
            yield finding(
                "DG502",
                place_of(places, (number, "pick", position)),
                f"Walk “{walk.name}”: {_trouble(story, state, step)}",
                "Mend the walk, or the story.",
            )
            return
        scene, _, choice = step.partition(".")
        events.append(ChoiceMade(scene, choice))
        pages, state = read_on(story, evolve(story, state, events[-1]))
        events += pages
    if not state.ended and story.scenes[state.scene].stub:
        return
    if state.ending != walk.ending:
        reached = (
            f"“{state.ending}”" if state.ended else f"only the scene “{state.scene}”"
        )
        yield finding(
            "DG501",
            place_of(places, (number, "ending")),
            f"Walk “{walk.name}” reaches {reached}, not “{walk.ending}”.",
            "Mend the walk, or the story.",
        )
        return
    yield from _verdicts(story, walk, number, places, events)


def _possible(story: Story, state: State, step: str) -> bool:
    scene, _, choice = step.partition(".")
    return state.scene == scene and choice in available(story, state)


def _trouble(story: Story, state: State, step: str) -> str:
    """Why a step cannot be taken."""
    scene, _, choice = step.partition(".")
    if state.ended:
        return f"the story has ended in “{state.ending}” before {step}."
    if scene not in story.scenes:
        return f"there is no scene “{scene}”."
    if choice not in story.scenes[scene].choices:
        return f"there is no choice “{choice}” in “{scene}”."
    options = ", ".join(available(story, state))
    if scene != state.scene:
        return f"{step} is not next; the walk stands in “{state.scene}” ({options})."
    return f"{step} is locked here; available are {options}."


def _verdicts(
    story: Story, walk: Walk, number: int, places: Places, events: list[PlayEvent]
) -> Iterator[Finding]:
    if not walk.verdicts:
        return
    results = profile(story, decisions(story, events)).guidelines
    reached = {result.guideline: result.verdict for result in results}
    for guideline, verdict in walk.verdicts.items():
        if reached.get(guideline, verdict) != verdict:
            yield finding(
                "DG501",
                place_of(places, (number, "verdicts", guideline)),
                f"Walk “{walk.name}” ends with {guideline} {reached[guideline]}, not {verdict}.",
                "Mend the walk, or the story.",
            )


def _endings_without(subject: Subject, walks: Sequence[Walk]) -> Iterator[Finding]:
    endings = [name for name in subject.story.endings if subject.reached(name)]
    walked = {walk.ending for walk in walks}
    missing = [name for name in endings if name not in walked]
    if not missing:
        return
    advice = f"Add one to {subject.story.id}.walks.yaml."
    if not walks:
        named = ", ".join(f"“{name}”" for name in missing)
        yield finding(
            "DG503",
            subject.at("endings"),
            f"No walk reaches an ending: {named}.",
            advice,
        )
        return
    for name in missing:
        yield finding(
            "DG503",
            subject.at("endings", name),
            f"No walk reaches the ending “{name}”.",
            advice,
        )


def fact_findings(
    solution: Solution, facts: Sequence[Fact], places: Places, bound: int
) -> Iterator[Finding]:
    """DG506: a state in which a fact does not hold; DG203: one whose `when` never holds.

    DG208 where not every state could be asked.
    """
    queries = [(fact, at) for fact in facts for at in fact.at]
    guarded_queries = [(fact, at) for fact, at in queries if fact.when]
    answers = ask(
        solution,
        [
            *(_watched(at, f"not ({fact.always})", fact.when) for fact, at in queries),
            *(_watched(at, fact.when) for fact, at in guarded_queries),
        ],
        bound,
        tracks={track for fact in facts for track in fact.tracks},
    )
    for number, (fact, at) in enumerate(queries):
        place = place_of(places, (fact.number, "always"))
        if number in answers.true:
            yield finding(
                "DG506",
                place,
                f"“{fact.name}” does not hold at {at}, {walk_text(answers.true[number])}.",
                "Change the story so that it does, or the fact.",
            )
        elif number in answers.open:
            yield finding(
                "DG208",
                place,
                f"Whether “{fact.name}” always holds at {at} could not be decided.",
                "Raise --bound, or ask for fewer facts in conditions.",
            )
    for number, (fact, at) in enumerate(guarded_queries, len(queries)):
        if number not in answers.true and number not in answers.open:
            yield finding(
                "DG203",
                place_of(places, (fact.number, "when")),
                f"“{fact.when}” never holds at {at}, so “{fact.name}” is asked of no play.",
                "Change the condition, or take the fact away.",
            )


def _watched(at: str, condition: str, given: str = "") -> Watched:
    node, _, choice = at.partition(".")
    return Watched(node, condition, choice, given)
