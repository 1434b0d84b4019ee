"""The look back over a run: its path, coaching and questions, and the run as a story of its player.

Rules of that story, each documented in `docs/machine.md`:

*Pattern*: over the author's stances; the text names the stance taken most often of where it was
offered, from four tagged decisions on. *Moments*: the newest breach that no later choice upheld,
else the decision that lost most of what was at stake; and the decision that earned most. *Paid*:
the newest cost of a choice taken, else the weightiest negative mark. *Protected*: the weightiest
positive mark on a guideline that does not end breached, by another choice where there is one, so
that one choice is not both praised and a price; where there is none, that is said. Ties go to
what came first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
    faced = [step.decision for step in path]
    scores = profile(story, faced)
    passed = {question for step in path for question in step.before.discuss}
    reflection, answers = "", {}
    for event in events:
        if isinstance(event, Reflected):
            reflection = event.text
        elif isinstance(event, TransferAnswered):
            answers[event.item] = event.option
    look_back = Debrief(
        story=story.id,
        ending=situation(story, state) if state is not None and state.ended else None,
        path=path,
        profile=scores,
        passed_questions=tuple(q for q in story.questions if q in passed),
        other_questions=tuple(q for q in story.questions if q not in passed),
        resources=tuple(story.references[reference] for reference in story.resources),
        reflection=reflection,
        transfer=answers,
        pattern=pattern(faced if story.scored else ()),
    )
    if not story.scored:
        return look_back
    price = paid(path, scores)
    kept = protected(scores, price)
    if price is not None and kept is not None and _same_choice(kept, price):
        price = replace(price, text=f"{SAME_CHOICE} {price.text}")
    return replace(
        look_back,
        moments=moments(story, faced, scores),
        protected=kept,
        paid=price,
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


SAME_CHOICE: Final = "The same choice had its price."
MIN_TAGGED: Final = 4
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
    offered: Counter[str] = Counter()
    taken: dict[str, list[Decision]] = {name: [] for name in STANCES}
    for decision in faced:
        offered.update({option.stance for option in decision.offered})
        if decision.chosen.stance:
            taken[decision.chosen.stance].append(decision)
    stances = {}
    for name in STANCES:
        if offered[name]:
            stances[name] = StanceTaken(offered[name], tuple(taken[name]))
    if sum(len(stance.taken) for stance in stances.values()) < MIN_TAGGED:
        return Pattern(stances, "")
    name, stance = max(stances.items(), key=_how_often_taken)
    text = (
        f"You tend to {STANCES[name]}: {len(stance.taken)} of {stance.offered} times."
    )
    if stance.at_stake:
        text += f" It earned {stance.earned} of {stance.at_stake} points."
    return Pattern(stances, text)


def _how_often_taken(item: tuple[str, StanceTaken]) -> tuple[float, int]:
    stance = item[1]
    taken = len(stance.taken)
    return taken / stance.offered, taken


def moments(
    story: Story, faced: Sequence[Decision], scores: Profile
) -> tuple[DecidingMoment, ...]:
    """Up to two decisions that mattered most, in the order of the run."""
    stakes = [stake(decision) for decision in faced]
    positions = range(len(faced))
    reasons: dict[int, str] = {}
    breach = _newest_breach(scores)
    if breach is not None:
        number = story.guidelines[breach.mark.guideline].number
        reason = f"It breached guideline {number}, and no later choice upheld it."
        reasons[breach.position] = reason
    elif positions:
        worst = max(positions, key=lambda place: stakes[place].lost)
        if stakes[worst].lost:
            reasons[worst] = f"Most was open here: you earned {_points(stakes[worst])}."
    others = [place for place in positions if place not in reasons]
    others.sort(key=lambda place: -stakes[place].earned)
    for best in others[: 2 - len(reasons)]:
        if stakes[best].earned:
            reasons[best] = f"You earned most here: {_points(stakes[best])}."
    return tuple(
        DecidingMoment(faced[place].scene, faced[place].chosen.id, reasons[place])
        for place in sorted(reasons)
    )


def protected(scores: Profile, price: Highlight | None) -> Highlight | None:
    """What a run protected most, by another choice than its price where there is one."""
    positive: list[Evidence] = []
    for result in scores.guidelines:
        if result.verdict != "breached":
            positive += [item for item in result.evidence if item.mark.weight > 0]
    if not positive:
        return None
    if price is not None:
        others = [item for item in positive if not _same_choice(item, price)]
        positive = others or positive
    return _highlight(
        max(positive, key=lambda item: (item.mark.weight, -item.position))
    )


def paid(path: Sequence[PathStep], scores: Profile) -> Highlight | None:
    """What a run paid with."""
    for step in reversed(path):
        if step.cost is not None:
            scene, choice = step.decision.scene, step.decision.chosen.id
            return Highlight(step.cost.text, scene, choice, person=step.cost.person)
    negative: list[Evidence] = []
    for result in scores.guidelines:
        negative += [item for item in result.evidence if item.mark.weight < 0]
    if not negative:
        return None
    return _highlight(min(negative, key=lambda item: (item.mark.weight, item.position)))


def _same_choice(one: Evidence | Highlight, other: Highlight) -> bool:
    return (one.scene, one.choice) == (other.scene, other.choice)


def _highlight(item: Evidence) -> Highlight:
    return Highlight(item.mark.why, item.scene, item.choice, item.mark.guideline)


def _points(points: Stake) -> str:
    return f"{points.earned} of {points.at_stake} points"


def _newest_breach(scores: Profile) -> Evidence | None:
    breaches: list[Evidence] = []
    for result in scores.guidelines:
        if result.verdict == "breached":
            breaches += [i for i in result.evidence if i.mark.word == "breaches"]
    return max(breaches, key=lambda item: item.position, default=None)
