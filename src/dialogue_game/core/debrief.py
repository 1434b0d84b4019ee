"""The look back over a run: its path, coaching and questions, and the run as a story of its player.

Rules of that story, each documented in `docs/machine.md`:

*Pattern*: over the author's stances; the text names the stance taken most often of where it was
offered, from four tagged decisions on. *Moments*: the newest breach left unrepaired, else the
decision that lost most of what was at stake; and the decision that earned most. *Protected*: the
weightiest positive mark on a guideline that does not end breached. *Paid*: the newest cost of a
choice taken, else the weightiest negative mark. Ties go to what came first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dialogue_game.core.course import Reference
from dialogue_game.core.engine import (
    available,
    consequence,
    evolve,
    situation,
    state_at_decision,
)
from dialogue_game.core.events import (
    ChoiceMade,
    Continued,
    PlayEvent,
    Reflected,
    TransferAnswered,
)
from dialogue_game.core.scoring import (
    Decision,
    Evidence,
    Profile,
    Stake,
    profile,
    stake,
)
from dialogue_game.core.state import Consequence, Situation, State
from dialogue_game.core.story import Cost, Story
from dialogue_game.core.template import shown_text


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
    protected: Highlight | None = None
    paid: Highlight | None = None


def path_steps(
    story: Story, events: Sequence[PlayEvent]
) -> tuple[tuple[PathStep, ...], State | None]:
    """The steps of a path and the state it has reached."""
    steps: list[PathStep] = []
    pages: list[Situation] = []
    state: State | None = None
    for event in events:
        if isinstance(event, ChoiceMade) and state is not None:
            state = state_at_decision(story, state, event.scene)
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
        cost = replace(cost, text=shown_text(story, state, cost.text))
    return PathStep(
        situation(story, state),
        decision,
        consequence(story, state, event.choice),
        stake(decision),
        pages,
        cost,
    )


TAGGED_FROM: Final = 4
"""Decisions at which an option with a stance was taken, before a pattern is named."""
STANCES: Final[Mapping[str, str]] = {
    "consult": "ask others first",
    "retreat": "step back",
    "bold": "take the bold way",
    "wait": "wait",
    "act": "act at once",
}


@dataclass(frozen=True, slots=True)
class StanceTaken:
    """One stance over a run: how often it was offered and taken, and what it earned where taken."""

    offered: int
    taken: tuple[Decision, ...]

    @property
    def earned(self) -> int:
        """The points it earned."""
        return sum(stake(decision).earned for decision in self.taken)

    @property
    def at_stake(self) -> int:
        """The points at stake where it was taken."""
        return sum(stake(decision).at_stake for decision in self.taken)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a player tends to do; `text` is empty where too little is known."""

    stances: Mapping[str, StanceTaken]
    text: str


@dataclass(frozen=True, slots=True)
class DecidingMoment:
    """A decision that mattered most, and why it is named."""

    scene: str
    choice: str
    why: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """What was protected, or what was paid with: in words, and by which choice."""

    text: str
    scene: str
    choice: str
    guideline: str = ""
    person: str = ""


def pattern(faced: Sequence[Decision]) -> Pattern:
    """The stances of a run, and the one that its player tends to."""
    stances = {
        name: StanceTaken(
            sum(any(option.stance == name for option in d.offered) for d in faced),
            tuple(d for d in faced if d.chosen.stance == name),
        )
        for name in STANCES
    }
    known = {name: earnings for name, earnings in stances.items() if earnings.offered}
    if sum(len(earnings.taken) for earnings in known.values()) < TAGGED_FROM:
        return Pattern(known, "")
    name = max(
        known,
        key=lambda n: (len(known[n].taken) / known[n].offered, len(known[n].taken)),
    )
    earnings = known[name]
    text = f"You tend to {STANCES[name]}: {len(earnings.taken)} of {earnings.offered} times."
    if earnings.at_stake:
        text += f" It earned {earnings.earned} of {earnings.at_stake} points."
    return Pattern(known, text)


def moments(
    story: Story, faced: Sequence[Decision], shown: Profile
) -> tuple[DecidingMoment, ...]:
    """Up to two decisions that mattered most, in the order of the run."""
    found: dict[int, str] = {}
    breach = _newest_breach(shown)
    lost = max(faced, key=lambda d: stake(d).at_stake - stake(d).earned, default=None)
    if breach is not None:
        number = story.guidelines[breach.mark.guideline].number
        found[breach.position] = (
            f"It breached guideline {number}, and nothing repaired it."
        )
    elif lost is not None and stake(lost).earned < stake(lost).at_stake:
        mine = stake(lost)
        found[lost.position] = f"Most was open here: you earned {_of(mine)}."
    others = [d for d in faced if d.position not in found]
    for won in sorted(others, key=lambda d: -stake(d).earned)[: 2 - len(found)]:
        mine = stake(won)
        if mine.earned:
            found[won.position] = f"You earned most here: {_of(mine)}."
    return tuple(
        DecidingMoment(
            faced[position].scene, faced[position].chosen.id, found[position]
        )
        for position in sorted(found)
    )


def protected(shown: Profile) -> Highlight | None:
    """What a run protected most."""
    kept = [r for r in shown.guidelines if r.verdict != "breached"]
    good = [item for result in kept for item in result.evidence if item.mark.weight > 0]
    if not good:
        return None
    best = max(good, key=lambda item: (item.mark.weight, -item.position))
    return Highlight(best.mark.why, best.scene, best.choice, best.mark.guideline)


def paid(
    faced: Sequence[Decision], costs: Mapping[int, Cost], shown: Profile
) -> Highlight | None:
    """What a run paid with; `costs` are those of its choices, by position, in words."""
    if costs:
        position = max(costs)
        decision, cost = faced[position], costs[position]
        return Highlight(
            cost.text, decision.scene, decision.chosen.id, person=cost.person
        )
    bad = [item for item in _evidence(shown) if item.mark.weight < 0]
    if not bad:
        return None
    worst = min(bad, key=lambda item: (item.mark.weight, item.position))
    return Highlight(worst.mark.why, worst.scene, worst.choice, worst.mark.guideline)


def _of(mine: Stake) -> str:
    return f"{mine.earned} of {mine.at_stake} points"


def _newest_breach(shown: Profile) -> Evidence | None:
    open_ones = [
        [item for item in result.evidence if item.mark.word == "breaches"][-1]
        for result in shown.guidelines
        if result.verdict == "breached"
    ]
    return max(open_ones, key=lambda item: item.position, default=None)


def _evidence(shown: Profile) -> Iterator[Evidence]:
    for result in shown.guidelines:
        yield from result.evidence
