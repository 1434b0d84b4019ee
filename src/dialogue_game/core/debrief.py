"""The look back: the path, its coaching and questions, and how much of the story was not met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogue_game.core.course import Reference
from dialogue_game.core.engine import available, consequence, evolve, facing, situation
from dialogue_game.core.events import (
    ChoiceMade,
    Continued,
    PlayEvent,
    Reflected,
    TransferAnswered,
)
from dialogue_game.core.look_back import (
    DecidingMoment,
    Holding,
    Pattern,
    moments,
    paid,
    pattern,
    protected,
)
from dialogue_game.core.scoring import Decision, Profile, Stake, profile, stake
from dialogue_game.core.showing import shown
from dialogue_game.core.state import Consequence, Situation, State
from dialogue_game.core.story import Cost, Story


@dataclass(frozen=True, slots=True)
class PathStep:
    """One decision of the path: what was read, what was chosen, what came of it.

    `pages` are the continue pages read on the way to it, `cost` what the choice cost, in words.
    """

    before: Situation
    decision: Decision
    consequence: Consequence
    stake: Stake
    pages: tuple[Situation, ...] = ()
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everything a debrief shows. `ending` is None while the playthrough is under way.

    `passed_questions` were asked on the path, `other_questions` were not; both in the source's
    order, as ids of the story's questions. `transfer` holds the number of the option answered.
    `pattern`, `moments`, `protected` and `paid` tell the run as a story about its player.
    """

    story: str
    ending: Situation | None
    path: tuple[PathStep, ...]
    profile: Profile
    passed_questions: tuple[str, ...]
    other_questions: tuple[str, ...]
    resources: tuple[Reference, ...]
    reflection: str
    transfer: dict[str, int]
    pattern: Pattern
    moments: tuple[DecidingMoment, ...] = ()
    protected: Holding | None = None
    paid: Holding | None = None


def path_steps(
    story: Story, events: Sequence[PlayEvent]
) -> tuple[tuple[PathStep, ...], State | None]:
    """The steps of a path and the state it has reached."""
    steps: list[PathStep] = []
    pages: list[Situation] = []
    state: State | None = None
    for event in events:
        if isinstance(event, ChoiceMade) and state is not None:
            state = facing(story, state, event.scene)
            steps.append(_step(story, state, event, len(steps), tuple(pages)))
            pages = []
        elif isinstance(event, Continued) and state is not None:
            pages.append(situation(story, state))
        state = evolve(story, state, event)
    return tuple(steps), state


def debrief(story: Story, events: Sequence[PlayEvent]) -> Debrief:
    """The look back over one playthrough, ended or not."""
    path, state = path_steps(story, events)
    asked = {question for step in path for question in step.before.discuss}
    faced = [step.decision for step in path]
    seen, scored = profile(story, faced), faced if story.scored else []
    costs = {
        number: step.cost for number, step in enumerate(path) if step.cost is not None
    }
    reflections = [event.text for event in events if isinstance(event, Reflected)]
    return Debrief(
        story=story.id,
        ending=situation(story, state) if state is not None and state.ended else None,
        path=path,
        profile=seen,
        passed_questions=tuple(q for q in story.questions if q in asked),
        other_questions=tuple(q for q in story.questions if q not in asked),
        resources=tuple(story.references[reference] for reference in story.resources),
        reflection=reflections[-1] if reflections else "",
        transfer={e.item: e.option for e in events if isinstance(e, TransferAnswered)},
        pattern=pattern(scored),
        moments=moments(story, faced, seen) if story.scored else (),
        protected=protected(seen) if story.scored else None,
        paid=paid(faced, costs, seen) if story.scored else None,
    )


def _step(
    story: Story,
    state: State,
    event: ChoiceMade,
    position: int,
    pages: tuple[Situation, ...],
) -> PathStep:
    choices = story.scenes[event.scene].choices
    offered = tuple(choices[choice] for choice in available(story, state))
    decision = Decision(position, event.scene, choices[event.choice], offered)
    cost = decision.chosen.cost
    if cost is not None:
        cost = replace(cost, text=shown(story, state, cost.text))
    return PathStep(
        situation(story, state),
        decision,
        consequence(story, state, event.choice),
        stake(decision),
        pages,
        cost,
    )
