"""A run of an edited story brought over: its decisions on the present edition, with a verdict each.

Nothing is guessed: it goes as far as the story still agrees, says where and why it stops, and
offers to start there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dialogue_game.app.player import Player
from dialogue_game.app.rewind import branch
from dialogue_game.app.runs import Desk
from dialogue_game.core import engine
from dialogue_game.core.debrief import PathStep, road
from dialogue_game.core.events import ChoiceMade, PlayEvent
from dialogue_game.core.roads import Names
from dialogue_game.core.state import State
from dialogue_game.core.story import Choice, Scene, Story
from dialogue_game.reporting.comparison import quoted
from dialogue_game.reporting.story_outline import counted

StepVerdict = Literal["same", "wording changed", "effect changed", "renamed", "gone"]
"""What became of a decision; after a decision that is gone nothing is carried over."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One decision of the run: what it was, what it is in the present edition, and a note."""

    number: int
    scene: str
    choice: str
    title: str
    choice_text: str
    verdict: StepVerdict
    note: str = ""


@dataclass(frozen=True, slots=True)
class BroughtOver:
    """How far a run agrees with the present edition of its story.

    `steps` are the decisions looked at: all, or those up to and with the first that is gone.
    `made` is how many the run has; `stopped` says where and why no more are carried, "" where all
    are. `start()` is the offer to play on from there.
    """

    playthrough: str
    edition: str
    story: Story
    steps: tuple[Carried, ...]
    events: tuple[ChoiceMade, ...]
    made: int
    stopped: str
    changed: str
    desk: Desk = field(repr=False, compare=False)

    @property
    def carried(self) -> int:
        """How many decisions hold on the present edition."""
        return len(self.events)

    @property
    def same_edition(self) -> bool:
        """Whether the story was not edited at all."""
        return self.edition == self.story.edition

    @property
    def said(self) -> tuple[str, ...]:
        """The whole in sentences: how far it holds, what differs, where it stops."""
        if self.same_edition:
            return ("The story has not been edited since this run.",)
        held = f"{self.carried} of {counted(self.made, 'decision')}"
        lines = [f"The story was edited since this run. {held} still hold."]
        lines += [
            f"Decision {step.number}, {step.title}: {step.verdict}. {step.note}".strip()
            for step in self.steps
            if step.verdict not in ("same", "gone")
        ]
        return tuple(line for line in (*lines, self.stopped, self.changed) if line)

    def start(self) -> Player:
        """A new playthrough on the present edition, standing after the last decision that holds.

        The old one is kept. Raises JournalError.
        """
        return branch(self.desk, self.story, self.events, self.playthrough)


def bring_over(desk: Desk, playthrough: str) -> BroughtOver:
    """A run laid on the present edition of its story; nothing is kept yet.

    Raises NotFound where there is no such run or the story is no longer installed.
    """
    player = desk.open(playthrough)
    story = desk.story(player.story.id)
    crossing = _Crossing(player.story, story)
    steps, was = road(player.story, player.events)
    return BroughtOver(
        playthrough=playthrough,
        edition=player.story.edition,
        story=story,
        steps=tuple(crossing.carry(steps)),
        events=tuple(crossing.events),
        made=len(steps),
        stopped=crossing.stopped,
        changed=crossing.ending_changed(was),
        desk=desk,
    )


class _Crossing:
    """Takes the decisions of one edition, in order, on another."""

    def __init__(self, old: Story, new: Story) -> None:
        self.old, self.new, self.names = old, new, Names(new)
        begun: Sequence[PlayEvent] = engine.begin(new)
        self.state: State = engine.replay(new, begun)
        self.events: list[ChoiceMade] = []
        self.stopped = ""

    def carry(self, steps: Sequence[PathStep]) -> Iterator[Carried]:
        """Each decision with its verdict, up to the first that cannot be taken."""
        for step in steps:
            why = self._hindrance(step)
            if why:
                where = f"decision {step.decision.position + 1}, “{step.before.title}”"
                self.stopped = f"It stops at {where}: {why} You can start from there."
                yield self._told(step, "gone", why)
                return
            scene, choice = self.names.choice(step.decision.scene, step.decision.chosen.id)
            yield self._told(step, *self._verdict(step, scene, choice))
            made = ChoiceMade(scene, choice)
            self.events.append(made)
            self.state = engine.evolve(self.new, self.state, made)

    def ending_changed(self, was: State | None) -> str:
        """A sentence where the same decisions now come to another ending."""
        if self.stopped or was is None or not was.ended:
            return ""
        if not self.state.ended:
            return f"It does not end there any more: it goes on at “{self._place()}”."
        if self.names.place(was.ending) == self.state.ending:
            return ""
        before = self.old.endings[was.ending].title
        return f"It ends in “{self._place()}” now, rather than in “{before}”."

    def _place(self) -> str:
        if self.state.ended:
            return self.new.endings[self.state.ending].title
        return self.new.scenes[self.state.scene].title

    def _told(self, step: PathStep, verdict: StepVerdict, note: str) -> Carried:
        decision = step.decision
        label = step.consequence.choice_text
        number, chosen = decision.position + 1, decision.chosen.id
        return Carried(number, decision.scene, chosen, step.before.title, label, verdict, note)

    def _hindrance(self, step: PathStep) -> str:
        """Why a decision cannot be taken any more, or ""."""
        scene, choice = self.names.choice(step.decision.scene, step.decision.chosen.id)
        label = quoted(step.consequence.choice_text)
        if scene not in self.new.scenes:
            return "this scene is no longer in the story."
        if self.state.ended:
            return f"the story ends before it now, in “{self._place()}”."
        if self.state.scene != scene:
            return f"the story leads to “{self._place()}” now."
        if choice not in self.new.scenes[scene].choices:
            return f"the choice {label} is no longer there."
        if choice not in engine.available(self.new, self.state):
            shown = {o.id: o for o in engine.situation(self.new, self.state).options}[choice]
            return f"the choice {label} is locked now. {shown.locked}".strip()
        return ""

    def _verdict(self, step: PathStep, scene: str, choice: str) -> tuple[StepVerdict, str]:
        """What became of a decision that can still be taken, and what differs."""
        before, after = step.decision.chosen, self.new.scenes[scene].choices[choice]
        effects = list(self._effects(before, after))
        if effects:
            return "effect changed", f"What differs: {', '.join(effects)}."
        if (scene, choice) != (step.decision.scene, before.id):
            return "renamed", ""
        told = self.old.scenes[step.decision.scene]
        if _words(told, before) != _words(self.new.scenes[scene], after):
            return "wording changed", ""
        return "same", ""

    def _effects(self, before: Choice, after: Choice) -> Iterator[str]:
        if [(m.guideline, m.word) for m in before.marks] != [
            (m.guideline, m.word) for m in after.marks
        ]:
            yield "its marks"
        if before.effects != after.effects:
            yield "what it sets"
        if before.when != after.when:
            yield "when it can be chosen"
        was = [(self.names.place(branch.to), branch.when) for branch in before.goto]
        if was != [(branch.to, branch.when) for branch in after.goto]:
            yield "where it leads"


def _words(scene: Scene, choice: Choice) -> tuple[object, ...]:
    """What the player reads at a decision."""
    told = (scene.title, scene.text, scene.exhibits)
    return (*told, choice.text, choice.consequence, [mark.why for mark in choice.marks])
