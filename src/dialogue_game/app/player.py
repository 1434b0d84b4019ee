"""One playthrough under way: the only door through which any front end plays.

A choice is on disk before anything changes here: if the journal refuses, the error goes up and
the state has not moved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from dialogue_game.core import engine
from dialogue_game.core.debrief import Debrief, PathStep, debrief, path_steps
from dialogue_game.core.events import (
    ChoiceMade,
    Continued,
    Looked,
    PlayEvent,
    PlaythroughStarted,
    ReferenceOpened,
    Reflected,
    TransferAnswered,
)
from dialogue_game.core.scoring import profile
from dialogue_game.core.state import Consequence, Situation, State
from dialogue_game.core.story import Story
from dialogue_game.errors import ChoiceNotAvailable, JournalStreamGone, NotFound
from dialogue_game.journal.store import Store

Clock = Callable[[], int]
"""Milliseconds since the epoch, UTC."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where in the story a playthrough is.

    `made` decisions lie behind; at least `least` and at most `most` lie ahead.
    """

    made: int
    least: int
    most: int

    @property
    def share(self) -> float:
        """Between 0 and 1; by the middle of what may lie ahead."""
        ahead = (self.least + self.most) / 2
        return self.made / (self.made + ahead) if self.made + ahead else 1.0


@dataclass(frozen=True, slots=True)
class Recap:
    """One step that need not be read again, in one line; `number` counts from 1."""

    number: int
    scene: str
    title: str
    choice_text: str


class Player:
    """Plays one playthrough of one edition of a story, and keeps every event of it."""

    def __init__(
        self,
        story: Story,
        playthrough: str,
        events: Sequence[PlayEvent],
        store: Store,
        clock: Clock,
        length: int | None = None,
        chosen: int = 0,
    ) -> None:
        """Take up a playthrough; `length` is its stream's, where that is not the events'.

        0 is that of a run which is new: it is kept from its first choice on, so that looking
        leaves nothing behind. `chosen` is when the last choice fell.
        """
        self.story = story
        self.playthrough = playthrough
        self.events: tuple[PlayEvent, ...] = tuple(events)
        self.state: State = engine.replay(story, events)
        self._store = store
        self._clock = clock
        self._length = len(self.events) if length is None else length
        self._begun, self._chosen = clock(), chosen
        self._remaining: Mapping[str, tuple[int, int]] = {}

    @property
    def situation(self) -> Situation:
        """What a front end may show now."""
        return engine.situation(self.story, self.state)

    @property
    def kept(self) -> bool:
        """Whether the journal has this run: from its first choice on."""
        return self._length > 0

    @property
    def untouched(self) -> bool:
        """Whether this run is new, nothing was done in it yet, and it replays no other."""
        start = self.events[0]
        return len(self.events) == 1 and not (
            isinstance(start, PlaythroughStarted) and start.branched_from
        )

    @property
    def ended(self) -> bool:
        """Whether an ending has been reached."""
        return self.state.ended

    @property
    def progress(self) -> Progress:
        """Where in the story this playthrough is."""
        if not self._remaining:
            from dialogue_game.analysis.graph import remaining

            self._remaining = remaining(self.story)
        least, most = (0, 0) if self.ended else self._remaining[self.state.scene]
        return Progress(self.state.decisions, least, most)

    def choose(self, choice: str) -> Consequence:
        """Take a choice by its id; the state has moved on when this returns.

        Raises ChoiceNotAvailable, or a JournalError, in which case nothing has changed.
        """
        before = self.state
        if self.situation.continues:
            raise ChoiceNotAvailable(
                "There is nothing to choose on this page.", "Read on."
            )
        events = engine.decide(self.story, before, choice)
        consequence = engine.consequence(self.story, before, choice)
        self._keep(events)
        return consequence

    def read_on(self) -> None:
        """Read on from a continue page. Raises as `choose` does."""
        self._keep(engine.decide(self.story, self.state, "continue"))

    def read_on_to_decision(self) -> None:
        """Read on through continue pages to the next decision or ending. Raises JournalError."""
        events, _ = engine.read_on(self.story, self.state)
        if events:
            self._keep(events)

    def look(self, exhibit: str, detail: str) -> None:
        """Note that the player looked closer at a detail of an exhibit of this scene."""
        event = Looked(self.state.scene, exhibit, detail)
        if event not in self.events:
            self._keep((event,))

    def open_reference(self, reference: str) -> None:
        """Note that the player opened a reference card."""
        self._keep((ReferenceOpened(reference),))

    def reflect(self, text: str) -> None:
        """Keep the player's own line."""
        self._keep((Reflected(text),))

    def answer_transfer(self, item: str, option: int) -> None:
        """Keep the answer to a transfer item; it is never scored."""
        self._keep((TransferAnswered(item, option),))

    def steps(self) -> tuple[PathStep, ...]:
        """Everything read and chosen so far."""
        return path_steps(self.story, self.events)[0]

    @property
    def shared(self) -> int:
        """How many of its first decisions a rewind took over from another playthrough."""
        start = self.events[0]
        return start.branched_at if isinstance(start, PlaythroughStarted) else 0

    def debrief(self) -> Debrief:
        """The look back over this playthrough."""
        return debrief(self.story, self.events)

    @property
    def last_consequence(self) -> Consequence | None:
        """What the newest choice told, for a front end that comes back to it."""
        steps = self.steps()
        return steps[-1].consequence if steps else None

    def go_on_without_saving(self, store: Store) -> None:
        """Play on with a store that keeps nothing beyond this run of the program."""
        line = summary(self.story, self.events, self.state)
        store.create(self.playthrough, "playthrough", self.events, self._clock(), line)
        self._store, self._length = store, len(self.events)

    def _keep(self, events: Sequence[PlayEvent]) -> None:
        after = self.state
        for event in events:
            after = engine.evolve(self.story, after, event)
        whole, now = (*self.events, *events), self._clock()
        chose = any(isinstance(event, ChoiceMade) for event in events)
        if chose or after.ended or self.kept:
            chosen = now if chose else self._chosen
            self._write(events, whole, after, now, chosen)
            self._length, self._chosen = self._length + len(events), chosen
        self.events, self.state = whole, after

    def _write(
        self,
        events: Sequence[PlayEvent],
        whole: Sequence[PlayEvent],
        after: State,
        now: int,
        chosen: int,
    ) -> None:
        """Keep these events; before a run's first choice, what led to it."""
        # Only a move changes the line; a later answer or note leaves the day it ended alone.
        moved = any(isinstance(event, ChoiceMade | Continued) for event in events)
        line = summary(self.story, whole, after, now, chosen) if moved else None
        if not self.kept:
            begun = summary(self.story, self.events, self.state)
            self._store.create(
                self.playthrough, "playthrough", self.events, self._begun, begun
            )
            self._length = len(self.events)
        try:
            self._store.append(self.playthrough, events, self._length, now, line)
        except NotFound:
            raise JournalStreamGone(
                "This playthrough was deleted while it was played.",
                "You can go on without saving it, or leave.",
            ) from None


def shared_steps(player: Player) -> tuple[Recap, ...]:
    """The steps a replay shares with the run it left, one line each; `steps` has them in full."""
    return tuple(
        Recap(
            number, step.decision.scene, step.before.title, step.consequence.choice_text
        )
        for number, step in enumerate(player.steps()[: player.shared], 1)
    )


def summary(
    story: Story,
    events: Sequence[PlayEvent],
    state: State,
    now: int = 0,
    chosen: int = 0,
) -> dict[str, str | int | float | bool | None]:
    """The line that history and home show of a playthrough.

    `now` is when it last moved, `chosen` when a choice was made in it last.
    """
    from dialogue_game.core.scoring import decisions

    ended = state.ended
    start = next(
        (event for event in events if isinstance(event, PlaythroughStarted)), None
    )
    overall = profile(story, decisions(story, events)).overall if ended else None
    return {
        "story": story.id,
        "course": story.course,
        "place": start.place if start else "",
        "title": story.title,
        "edition": story.edition,
        "state": "ended" if ended else "paused",
        "scene": state.scene,
        "ending": state.ending,
        "ending_kind": story.endings[state.ending].kind if ended else "",
        "ending_title": story.endings[state.ending].title if ended else "",
        "ended": now if ended else 0,
        "choices": state.decisions,
        "chosen": chosen,
        "percent": overall.percent if overall and story.scored else None,
        "branched_from": start.branched_from if start else "",
        "branched_at": start.branched_at if start else 0,
        "led_by": start.led_by if start else "",
    }


def shared_prefix(events: Sequence[PlayEvent], choices: int) -> tuple[PlayEvent, ...]:
    """What a rewind keeps: the first `choices` decisions and the pages read up to the next one."""
    kept: list[PlayEvent] = []
    made = 0
    for event in events:
        made += isinstance(event, ChoiceMade)
        if made > choices:
            break
        if isinstance(event, ChoiceMade | Continued):
            kept.append(replace(event))
    return tuple(kept)
