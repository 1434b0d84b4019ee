"""Going on under another edition: recorded decisions replayed on it, each with a verdict.

Nothing is guessed. The first decision that cannot be made on the new edition stops the replay,
with the reason; what came before it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dialogue_game.core.engine import (
    available,
    begin,
    consequence,
    evolve,
    read_on,
    replay,
    situation,
    state_at_decision,
)
from dialogue_game.core.events import (
    ChoiceMade,
    Continued,
    Looked,
    PlayEvent,
    PlaythroughStarted,
    ReferenceOpened,
    TransferAnswered,
)
from dialogue_game.core.played_path import RenamedIds
from dialogue_game.core.scoring import Decision, Stake, stake
from dialogue_game.core.state import State
from dialogue_game.core.story import Choice, Story


class DecisionVerdict(StrEnum):
    """What became of a recorded decision, the gravest that applies."""

    SAME = "same"
    WORDING_CHANGED = "wording changed"
    RENAMED = "renamed"
    EFFECT_CHANGED = "effect changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class MigratedDecision:
    """One recorded decision on the new edition.

    `scene` and `choice` are the recorded ids, `now` the new `scene.choice` ("" where it is gone).
    `differences` say everything that is not as it was, one short sentence each.
    """

    position: int
    scene: str
    choice: str
    now: str
    verdict: DecisionVerdict
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """A playthrough on the new edition, as far as it can be followed.

    `events` are the new edition's own, ready to be played on. `stopped_at` is the position of the
    first decision that could not be made, with the `reason`; None where all could.
    """

    verdicts: tuple[MigratedDecision, ...]
    events: tuple[PlayEvent, ...]
    stopped_at: int | None = None
    reason: str = ""


def migrate(old: Story, new: Story, events: Iterable[PlayEvent]) -> CarriedOver:
    """The recorded playthrough of `old`, replayed on `new`."""
    walker = _Walker(old, new)
    for event in events:
        if not walker.follow(event):
            break
    return CarriedOver(
        tuple(walker.verdicts), tuple(walker.events), walker.stopped_at, walker.reason
    )


class _Walker:
    """Walks both editions side by side."""

    def __init__(self, old: Story, new: Story) -> None:
        self.old, self.new, self.names = old, new, RenamedIds(new)
        self.before = replay(old, begin(old))
        self.now = replay(new, begin(new))
        self.events: list[PlayEvent] = []
        self.verdicts: list[MigratedDecision] = []
        self.stopped_at: int | None = None
        self.reason = ""

    def follow(self, event: PlayEvent) -> bool:
        """One recorded event; false where the replay must stop."""
        if isinstance(event, ChoiceMade):
            return self.decide(event)
        if isinstance(event, Continued):
            self.turn_page(event)
            return True
        kept = self.kept(event)
        if kept is not None:
            self.events.append(kept)
        return True

    def turn_page(self, event: Continued) -> None:
        """A page read on from; on the new edition only where the same page is there now."""
        self.before = evolve(self.old, self.before, event)
        if self.now.scene == self.names.place(event.scene):
            self.read_on(once=True)

    def read_on(self, *, once: bool = False) -> None:
        """Read on through the new edition's continue pages."""
        pages, _ = read_on(self.new, self.now)
        for page in pages[:1] if once else pages:
            self.events.append(page)
            self.now = evolve(self.new, self.now, page)

    def kept(self, event: PlayEvent) -> PlayEvent | None:
        """A deed that is no decision, on the new edition; None where its object is gone."""
        if isinstance(event, PlaythroughStarted):
            return PlaythroughStarted(
                self.new.id,
                self.new.edition,
                event.branched_from,
                event.branched_at,
                event.led_by,
                event.seed,
            )
        if isinstance(event, ReferenceOpened):
            return event if event.reference in self.new.references else None
        if isinstance(event, TransferAnswered):
            item, was = (
                self.new.transfer.get(event.item),
                self.old.transfer.get(event.item),
            )
            return event if item is not None and item == was else None
        if isinstance(event, Looked):
            return self.looked(event)
        return event

    def looked(self, event: Looked) -> Looked | None:
        """A closer look, where the exhibit and its detail are still there."""
        scene = self.new.scenes.get(self.names.place(event.scene))
        for exhibit in scene.exhibits if scene is not None else ():
            if exhibit.id == event.exhibit and any(
                d.id == event.detail for d in exhibit.details
            ):
                return (
                    Looked(scene.id, exhibit.id, event.detail)
                    if scene is not None
                    else None
                )
        return None

    def decide(self, event: ChoiceMade) -> bool:
        """One recorded decision, on both editions."""
        self.before = state_at_decision(self.old, self.before, event.scene)
        self.read_on()
        scene, choice = self.names.choice(event.scene, event.choice)
        trouble = self.trouble(scene, choice, event)
        if trouble:
            self.stopped_at, self.reason = len(self.verdicts), trouble
            self.note(event, "", DecisionVerdict.GONE, [trouble])
            return False
        made = ChoiceMade(scene, choice)
        after_old = evolve(self.old, self.before, event)
        after_new = evolve(self.new, self.now, made)
        effects = list(self.effects(event, made, after_old, after_new))
        wording = list(self.wording(event, made))
        renamed = (scene, choice) != (event.scene, event.choice)
        verdict = DecisionVerdict.SAME
        if effects:
            verdict = DecisionVerdict.EFFECT_CHANGED
        elif renamed:
            verdict = DecisionVerdict.RENAMED
        elif wording:
            verdict = DecisionVerdict.WORDING_CHANGED
        now = f"{scene}.{choice}"
        names = (
            [f"renamed from {event.scene}.{event.choice} to {now}"] if renamed else []
        )
        self.note(event, now, verdict, [*effects, *names, *wording])
        self.events.append(made)
        self.before, self.now = after_old, after_new
        return True

    def note(
        self,
        event: ChoiceMade,
        now: str,
        verdict: DecisionVerdict,
        differences: Sequence[str],
    ) -> None:
        position = len(self.verdicts)
        self.verdicts.append(
            MigratedDecision(
                position, event.scene, event.choice, now, verdict, tuple(differences)
            )
        )

    def trouble(self, scene: str, choice: str, event: ChoiceMade) -> str:
        """Why a decision cannot be made on the new edition; "" where it can."""
        if self.now.ended:
            return f"the story has ended here, in “{self.now.ending}”"
        found = self.new.scenes.get(scene)
        if found is None:
            return f"the scene “{event.scene}” is gone"
        if scene != self.now.scene:
            return f"the story now leads to “{self.now.scene}” here, not to “{scene}”"
        if choice not in found.choices:
            return f"the choice “{event.choice}” is gone from “{scene}”"
        if choice not in available(self.new, self.now):
            return f"the choice “{choice}” is locked here: {found.choices[choice].locked}".strip()
        return ""

    def effects(
        self,
        event: ChoiceMade,
        recorded: ChoiceMade,
        after_old: State,
        after_new: State,
    ) -> Iterator[str]:
        """What the decision now does otherwise."""
        was = self.old.scenes[event.scene].choices[event.choice]
        now = self.new.scenes[recorded.scene].choices[recorded.choice]
        yield from _changed("effects", was.effects, now.effects)
        yield from _changed("marks", _marks(was), _marks(now))
        yield from _changed("references", was.references, now.references)
        led = self.names.place(after_old.scene or after_old.ending)
        leads = after_new.scene or after_new.ending
        if led != leads:
            yield f"leads to “{leads}”, not to “{led}”"
        earned = _stake(self.old, self.before, was), _stake(self.new, self.now, now)
        if earned[0] != earned[1]:
            earlier, present = (f"{s.earned} of {s.at_stake}" for s in earned)
            yield f"earns {present}, not {earlier}"

    def wording(self, event: ChoiceMade, recorded: ChoiceMade) -> Iterator[str]:
        """What is told otherwise."""
        was, now = situation(self.old, self.before), situation(self.new, self.now)
        if (was.title, was.text) != (now.title, now.text):
            yield "the scene's text has changed"
        if was.exhibits != now.exhibits:
            yield "its exhibits have changed"
        options = [{option.id: option.text for option in s.options} for s in (was, now)]
        if options[0][event.choice] != options[1][recorded.choice]:
            yield "the option's words have changed"
        elif sorted(options[0].values()) != sorted(options[1].values()):
            yield "the other options have changed"
        before = consequence(self.old, self.before, event.choice)
        after = consequence(self.new, self.now, recorded.choice)
        if before.text != after.text:
            yield "the consequence's text has changed"
        if [mark.why for mark in before.marks] != [mark.why for mark in after.marks]:
            yield "the coaching has changed"


def _marks(choice: Choice) -> tuple[str, ...]:
    return tuple(sorted(f"{mark.word} {mark.guideline}" for mark in choice.marks))


def _stake(story: Story, state: State, chosen: Choice) -> Stake:
    """What a decision put at stake and earned overall."""
    choices = story.scenes[state.scene].choices
    offered = tuple(choices[choice] for choice in available(story, state))
    return stake(Decision(0, state.scene, chosen, offered))


def _changed(what: str, was: tuple[str, ...], now: tuple[str, ...]) -> Iterator[str]:
    if was != now:
        yield f"{what}: {', '.join(now) or 'none'}, not {', '.join(was) or 'none'}"
