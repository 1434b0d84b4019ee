"""What if you had…?: the decisions of a run that are worth another look, and why.

Worth another look is what a decision itself decided: an ending that the choice closed off, or how
far the best and the worst paths behind an untried option lie from those behind the chosen one. It
is computed from every state the story can reach; where there are too many, from the marks alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dialogue_game.analysis.path_sums import (
    LOOK_AHEAD_BOUND,
    LookAhead,
    Prospect,
    look_ahead,
)
from dialogue_game.core.debrief import path_steps
from dialogue_game.core.engine import begin, replay
from dialogue_game.core.played_path import PlayedPath, RenamedIds, Visit
from dialogue_game.core.scoring import Decision, decisions
from dialogue_game.core.story import Choice, Story
from dialogue_game.core.text import counted
from dialogue_game.reporting.run_text import WHAT_IF

CLOSED_ENDING: Final = 6.0
"""What an unfound ending weighs that only the other option leads to, in points of the sum."""
OPEN_ENDING: Final = 0.5
"""What an unfound ending weighs that can be reached either way."""
ADDRESSED: Final = {
    "ask": "asked",
    "tell": "told",
    "call": "called",
    "warn": "warned",
    "show": "shown",
    "write to": "written to",
    "talk to": "talked to",
    "listen to": "listened to",
}
"""How a label may begin that addresses somebody, and what nobody has then done yet."""
OWN_MARKS: Final = 0.25
"""What the difference of the two options' own marks weighs."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One decision worth another look: where to go back to, what to try there, and why.

    `visit` is made for a rewind; `option` is the untried one. The greater the `weight`, the
    larger the unexplored difference.
    """

    visit: Visit
    scene: str
    title: str
    chosen: str
    option: str
    text: str
    reason: str
    weight: float

    @property
    def question(self) -> str:
        """The question as it is put to the player."""
        return WHAT_IF["question"].format(
            option=" ".join(self.text.split()).rstrip(".")
        )


def what_ifs(
    path: PlayedPath, others: Iterable[PlayedPath], bound: int = LOOK_AHEAD_BOUND
) -> tuple[WhatIf, ...]:
    """The decisions of a path worth another look, the largest difference first, one option each.

    `others` are all runs of the story so far: what they tried is not offered again. Past `bound`
    transitions the marks alone decide.
    """
    return tuple(
        sorted(_Search(path, others, bound).offers(), key=lambda offer: -offer.weight)
    )


@dataclass(slots=True)
class _Search:
    """One path, and what all paths so far have shown."""

    path: PlayedPath
    others: Iterable[PlayedPath]
    bound: int
    tried: set[tuple[str, str]] = field(default_factory=set)
    found: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        story = self.path.story
        names = RenamedIds(story)
        for other in (self.path, *self.others):
            self.tried |= {
                names.choice(made.scene, made.choice) for made in other.choices
            }
            events = (*begin(other.story), *other.actions)
            ending = replay(other.story, events).ending
            self.found |= {names.place(ending)} & story.endings.keys()

    def offers(self) -> Iterator[WhatIf]:
        """The weightiest untried option of each decision that has one."""
        story, taken = self.path.story, self.path.choices
        faced = decisions(story, self.path.events)
        ahead: LookAhead = look_ahead(story, taken, self.bound) or ({},) * len(taken)
        texts = [step.before for step in path_steps(story, self.path.events)[0]]
        for decision, prospects, before in zip(faced, ahead, texts, strict=True):
            untried = [
                o for o in decision.offered if (decision.scene, o.id) not in self.tried
            ]
            weighed = [
                (self._difference(decision, o, prospects), o.id) for o in untried
            ]
            if not weighed:
                continue
            difference, option = max(weighed, key=lambda pair: pair[0].weight)
            labels = {shown.id: shown.text for shown in before.options}
            yield WhatIf(
                visit=Visit(self.path.run, decision.position),
                scene=decision.scene,
                title=before.title,
                chosen=labels[decision.chosen.id],
                option=option,
                text=labels[option],
                reason=difference.reason(
                    curious_words(story, labels[option], before.as_)
                ),
                weight=difference.weight,
            )

    def _difference(
        self, decision: Decision, option: Choice, prospects: Mapping[str, Prospect]
    ) -> _Difference:
        chosen = decision.chosen
        here, there = prospects.get(chosen.id), prospects.get(option.id)
        own = option.worth - chosen.worth
        marked = sorted({m.guideline for c in (option, chosen) for m in c.marks})
        names = [self.path.story.guidelines[g].short for g in marked]
        if here is None or there is None:
            return _Difference(0, 0, None, None, own, names)
        return _Difference(
            len(there.endings - here.endings - self.found),
            len(there.endings - self.found),
            _gap(there.best, here.best),
            _gap(there.worst, here.worst),
            own,
            names,
        )


@dataclass(frozen=True, slots=True)
class _Difference:
    """What an untried option would change: unfound endings, best and worst sums, own marks."""

    closed: int
    ahead: int
    best: int | None
    worst: int | None
    own: int
    guidelines: Sequence[str]

    @property
    def weight(self) -> float:
        sums = max(abs(self.best or 0), abs(self.worst or 0))
        endings = CLOSED_ENDING * self.closed + OPEN_ENDING * self.ahead
        return endings + sums + OWN_MARKS * abs(self.own)

    def reason(self, curious: str) -> str:
        """Why it is worth another look: what nobody has seen yet, then what lies that way."""
        said = [curious]
        if self.closed:
            endings = counted(self.closed, "ending")
            said.append(f"It leads towards {endings} that your choice closed off.")
        elif self.ahead:
            endings = counted(self.ahead, "ending")
            said.append(f"From there you can still reach {endings} you have not found.")
        elif self.guidelines:
            said.append(
                WHAT_IF["touches"].format(guidelines=", ".join(self.guidelines))
            )
        return " ".join(said)


def curious_words(story: Story, label: str, eyes: str = "") -> str:
    """What nobody has seen yet where an option was never taken, by its label and the cast.

    `eyes` is the cast member whom the player is.
    """
    others = [m.name for m in story.cast.values() if eyes not in (m.id, m.name)]
    named = [name for name in others if re.search(rf"\b{re.escape(name)}\b", label)]
    if not named:
        return WHAT_IF["never_seen"]
    for verb, past in ADDRESSED.items():
        for name in named:
            if re.match(rf"{verb} {re.escape(name)}\b", label, re.IGNORECASE):
                return f"Here, nobody has ever {past} {name}."
    return f"You have never seen what it would mean for {' and '.join(named)}."


def _gap(there: int | None, here: int | None) -> int | None:
    return there - here if there is not None and here is not None else None
