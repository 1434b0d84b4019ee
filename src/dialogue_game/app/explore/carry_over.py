"""A run of an edited story brought over: its decisions on the present edition, with a verdict each.

Nothing is guessed: it goes as far as the story still agrees, says where and why it stops, and
offers to start there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dialogue_game.analysis.editions import (
    CarriedOver,
    DecisionVerdict,
    MigratedDecision,
    migrate,
)
from dialogue_game.app.explore.rewind import branch
from dialogue_game.app.player import Player
from dialogue_game.core import engine
from dialogue_game.core.debrief import PathStep, path_steps
from dialogue_game.core.events import ChoiceMade, Continued
from dialogue_game.core.played_path import RenamedIds
from dialogue_game.core.state import State
from dialogue_game.core.story import Story
from dialogue_game.core.text import counted
from dialogue_game.errors import NotFound
from dialogue_game.reporting.run_text import quoted

if TYPE_CHECKING:
    from dialogue_game.app.game import Game


@dataclass(frozen=True, slots=True)
class CarriedDecision:
    """One decision of the run: what it was, what became of it, and a note for a reader.

    `differences` are everything that is not as it was, by ids: for an author.
    """

    number: int
    scene: str
    choice: str
    title: str
    choice_text: str
    verdict: DecisionVerdict
    note: str = ""
    differences: tuple[str, ...] = ()


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
    steps: tuple[CarriedDecision, ...]
    events: tuple[ChoiceMade | Continued, ...]
    made: int
    stopped: str
    changed: str
    game: Game = field(repr=False, compare=False)

    @property
    def carried(self) -> int:
        """How many decisions hold on the present edition."""
        return sum(isinstance(event, ChoiceMade) for event in self.events)

    @property
    def same_edition(self) -> bool:
        """Whether the story was not edited at all."""
        return self.edition == self.story.edition

    @property
    def sentences(self) -> tuple[str, ...]:
        """The whole in sentences: how far it holds, what differs, where it stops."""
        if self.same_edition:
            return ("The story has not been edited since this run.",)
        count = f"{self.carried} of {counted(self.made, 'decision')}"
        hold = "holds" if self.carried == 1 else "hold"
        lines = [f"The story was edited since this run. {count} still {hold}."]
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
        key = self.game.key(self.story.id)
        return branch(self.game, self.story, self.events, self.playthrough, key)


def bring_over(game: Game, playthrough: str) -> BroughtOver:
    """A run laid on the present edition of its story; nothing is kept yet.

    Raises NotFound where there is no such run or the story is no longer installed.
    """
    player = game.open(playthrough)
    if game.key_of(player) != game.key(player.story.id):
        raise NotFound(
            f"This run is of another course, “{player.story.course or player.story.id}”.",
            "Go on with it there: name its story's file after dialogue-game play.",
        )
    story = game.story(player.story.id)
    found = migrate(player.story, story, player.events)
    crossing = _Replay(player.story, story, engine.replay(story, found.events))
    steps, was = path_steps(player.story, player.events)
    return BroughtOver(
        playthrough=playthrough,
        edition=player.story.edition,
        story=story,
        steps=tuple(crossing.steps(steps, found)),
        events=tuple(
            event for event in found.events if isinstance(event, ChoiceMade | Continued)
        ),
        made=len(steps),
        stopped=crossing.stopped(steps, found),
        changed="" if found.stopped_at is not None else crossing.ending_changed(was),
        game=game,
    )


def _carried(step: PathStep, known: MigratedDecision, note: str) -> CarriedDecision:
    return CarriedDecision(
        number=known.position + 1,
        scene=known.scene,
        choice=known.choice,
        title=step.before.title,
        choice_text=step.consequence.choice_text,
        verdict=known.verdict,
        note=note,
        differences=known.differences,
    )


@dataclass(slots=True)
class _Replay:
    """What a replay on another edition found, said with titles and labels instead of ids."""

    old: Story
    new: Story
    state: State

    def steps(
        self, steps: Sequence[PathStep], found: CarriedOver
    ) -> Iterator[CarriedDecision]:
        """Each decision looked at, with its verdict and a note for a reader."""
        for step, known in zip(steps, found.verdicts, strict=False):
            if known.verdict is DecisionVerdict.GONE:
                yield _carried(step, known, self.hindrance(step))
            elif known.verdict is DecisionVerdict.EFFECT_CHANGED:
                yield _carried(step, known, _what_differs(known.differences))
            else:
                yield _carried(step, known, "")

    def stopped(self, steps: Sequence[PathStep], found: CarriedOver) -> str:
        """Where and why the replay stopped; "" where it did not."""
        if found.stopped_at is None:
            return ""
        step = steps[found.stopped_at]
        where = f"decision {found.stopped_at + 1}, “{step.before.title}”"
        return f"It stops at {where}: {self.hindrance(step)} You can start from there."

    def ending_changed(self, was: State | None) -> str:
        """A sentence where the same decisions now come to another ending."""
        if was is None or not was.ended:
            return ""
        if not self.state.ended:
            return f"It does not end there any more: it goes on at “{self._place()}”."
        if RenamedIds(self.new).place(was.ending) == self.state.ending:
            return ""
        before = self.old.endings[was.ending].title
        return f"It ends in “{self._place()}” now, rather than in “{before}”."

    def hindrance(self, step: PathStep) -> str:
        """Why a decision cannot be taken where the replay stands."""
        scene, choice = RenamedIds(self.new).choice(
            step.decision.scene, step.decision.chosen.id
        )
        label = quoted(step.consequence.choice_text)
        if scene not in self.new.scenes:
            return "this scene is no longer in the story."
        if self.state.ended:
            return f"the story ends before it now, in “{self._place()}”."
        if self.state.scene != scene:
            return f"the story leads to “{self._place()}” now."
        shown = {
            option.id: option
            for option in engine.situation(self.new, self.state).options
        }
        if choice not in shown:
            return f"the choice {label} is no longer there."
        return f"the choice {label} is locked now. {shown[choice].locked}".strip()

    def _place(self) -> str:
        if self.state.ended:
            return self.new.endings[self.state.ending].title
        return self.new.scenes[self.state.scene].title


_KINDS: Final[Mapping[str, str]] = {
    "effects:": "what it sets",
    "marks:": "its marks",
    "references:": "its references",
    "leads": "where it leads",
    "earns": "what it counts for",
}
"""What a difference is about, by the first word of its sentence."""


def _what_differs(differences: Iterable[str]) -> str:
    kinds = dict.fromkeys(
        _KINDS.get(difference.partition(" ")[0], "") for difference in differences
    )
    named = ", ".join(filter(None, kinds))
    return f"What differs: {named}." if named else ""
