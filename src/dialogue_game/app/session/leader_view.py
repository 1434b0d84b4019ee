"""What only the leader may see: notes, references, what comes on each option; here, or followed.

From another terminal a session is followed through the journal: that reads, and never writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dialogue_game.app.session import session_texts as texts
from dialogue_game.app.session.agenda import Agenda, Timer, timer
from dialogue_game.app.session.context import ContextBuilder, SessionContext
from dialogue_game.app.session.phone_voting import ballots_file
from dialogue_game.app.session.sessions import GroupPlace, read_session
from dialogue_game.app.session.shared_view import ShownMark
from dialogue_game.app.session.shared_view_builder import title_card
from dialogue_game.core import engine
from dialogue_game.core.course import Reference
from dialogue_game.core.events import ChoiceMade
from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import letter_of, option_letters
from dialogue_game.core.session.fold import evolve
from dialogue_game.core.session.session_events import SessionEvent
from dialogue_game.core.session.session_state import Session
from dialogue_game.core.text import counted
from dialogue_game.phones.ballot_file import devices_in
from dialogue_game.reporting.labels import guideline_name

if TYPE_CHECKING:
    from dialogue_game.app.game import Game


@dataclass(frozen=True, slots=True)
class OptionPreview:
    """What comes on one option: the consequence, its coaching, where it leads.

    `follow` is a group's next place: the title of a scene, or of an ending and its kind.
    """

    letter: str
    id: str
    text: str
    available: bool
    consequence: tuple[str, ...]
    marks: tuple[ShownMark, ...]
    references: tuple[str, ...]
    follow: str


@dataclass(frozen=True, slots=True)
class CompanionView:
    """Everything the leader's own screen holds now.

    `settles` says where a rule decides and where it does not, in the author's words, or nothing;
    `spread` is a word on the first round for the talk, never a count; `counted` repeats what the
    leader typed of a round that is open, so that a slip is seen before it closes.
    """

    session: str
    step: str
    title: str
    following: str
    tips: tuple[str, ...]
    timer: Timer
    budget: Agenda
    headcount: int
    cast: int
    missing: int
    surplus: int = 0
    scenario: str = ""
    decision: int = 0
    scene: str = ""
    scene_title: str = ""
    form: str = ""
    notes: str = ""
    settles: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    consequences: tuple[OptionPreview, ...] = ()
    questions: tuple[str, ...] = ()
    more_questions: tuple[str, ...] = ()
    spread: str = ""
    counted: str = ""
    undo: bool = False
    blanked: bool = False
    paused: bool = False
    ended: bool = False
    events: int = 0


def companion_view(
    context: SessionContext, events: int = 0, by_phone: int = 0
) -> CompanionView:
    """What the leader may see now.

    `events` is how many the session's stream holds, `by_phone` how many ballots phones have in.
    """
    session = context.session
    place = context.place if session.deciding else None
    round_ = session.open_round
    voting = session.step in steps.VOTING
    cast = (round_.total if round_ else 0) + (by_phone if voting else 0)
    view = {
        "session": context.id,
        "step": session.step,
        "title": texts.TITLES[session.step],
        "following": _following(session),
        "tips": texts.TIPS[session.step],
        "timer": timer(session, context.now),
        "budget": context.agenda,
        "headcount": session.headcount,
        "cast": cast,
        "missing": max(session.headcount - cast, 0) if voting else 0,
        "surplus": max(cast - session.headcount, 0),
        "undo": bool(session.undo),
        "blanked": session.blanked,
        "paused": session.paused,
        "ended": session.ended,
        "events": events,
    }
    if place is not None:
        view |= _decision(session, place)
        if title_card(session, place) is not None:
            tips = (texts.CARD_TIP, *texts.TIPS[session.step])
            view |= {"title": texts.CARD_TITLE, "tips": tips}
    return CompanionView(**view)  # type: ignore[arg-type]


def _decision(session: Session, place: GroupPlace) -> dict[str, object]:
    """What the leader knows about the decision under way."""
    story, situation = place.story, place.situation
    scene = story.scenes[session.deliberation.scene]
    asked = [story.questions[q] for q in situation.discuss if q in story.questions]
    return {
        "scenario": story.title,
        "decision": situation.decision + 1,
        "scene": scene.id,
        "scene_title": situation.title,
        "form": session.deliberation.form,
        "notes": scene.notes,
        "settles": (scene.settled,) if scene.settled else (),
        "references": _references(
            place, (c.references for c in scene.choices.values())
        ),
        "consequences": tuple(_outcome(place, choice) for choice in scene.choices),
        "questions": tuple(asked),
        "more_questions": tuple(q for q in story.questions.values() if q not in asked),
        "spread": _spread(session),
        "counted": texts.counted_words(
            session.deliberation.open_round,
            {
                option: letter
                for letter, option in option_letters(situation.options).items()
            },
        ),
    }


def ballot_words(view: CompanionView) -> str:
    """How many ballots are missing, or more than people; "" where all are in."""
    if view.surplus:
        came = counted(view.surplus, "ballot")
        return (
            f"{came} more than people: {view.cast} from {view.headcount}. Ask who came late, or "
            "who voted twice; the round closes once the numbers fit."
        )
    if view.missing:
        return f"Ballots still missing: {view.missing} of {view.headcount}."
    return ""


def _references(
    place: GroupPlace, cited: Iterable[tuple[str, ...]]
) -> tuple[Reference, ...]:
    ids = dict.fromkeys(reference for several in cited for reference in several)
    known = place.story.references
    return tuple(known[reference] for reference in ids if reference in known)


def _outcome(place: GroupPlace, choice: str) -> OptionPreview:
    consequence = engine.consequence(place.story, place.before, choice)
    options = place.situation.options
    return OptionPreview(
        letter_of(options, choice),
        choice,
        consequence.choice_text,
        any(option.id == choice and option.available for option in options),
        consequence.text,
        tuple(
            ShownMark(
                mark.word,
                guideline_name(place.story.guidelines, mark.guideline),
                mark.why,
            )
            for mark in consequence.marks
        ),
        tuple(cited.label for cited in consequence.references),
        _follow(place, choice),
    )


def _follow(place: GroupPlace, choice: str) -> str:
    made = ChoiceMade(place.situation.scene, choice)
    _, after = engine.read_on(
        place.story, engine.evolve(place.story, place.before, made)
    )
    if after.ended:
        ending = place.story.endings[after.ending]
        return f"The end: {ending.title} ({ending.kind})"
    return place.story.scenes[after.scene].title


def _spread(session: Session) -> str:
    round_ = session.deliberation.last_closed
    if session.step != steps.TALK or round_ is None:
        return ""
    return texts.spread_words(round_)


def _following(session: Session) -> str:
    """The title of the step after this one, as far as the session alone can tell."""
    if session.ended:
        return ""
    if session.deciding:
        target = steps.following_decision(session.step, session.form)
        return (
            texts.TITLES[target]
            if target
            else "The next decision, or the end of the road"
        )
    if session.step in (steps.WELCOME, steps.ENDING):
        if session.more_scenarios:
            return "The next scenario"
        return texts.TITLES[
            steps.COMPARISON if session.scenario > 1 else steps.TAKEAWAYS
        ]
    if session.step == steps.COMPARISON:
        return texts.TITLES[steps.TAKEAWAYS]
    target = steps.following_closing(session.step)
    return texts.TITLES[target] if target else "The end of the session"


class Companion:
    """One session, followed. Any number may follow the same one."""

    def __init__(self, game: Game, session_id: str) -> None:
        """Read the session as it stands. Raises NotFound, JournalError."""
        self.id = session_id
        self._game = game
        self._contexts = ContextBuilder(game)
        game.store.changed()
        self._ballots = ballots_file(game.folders.data, session_id)
        self._looked: tuple[int, int] = (0, 0)
        self.by_phone = 0
        """How many ballots phones have in; the leader's program keeps them in a file."""
        self.session: Session
        self.session, recorded = read_session(game.store, session_id)
        self.events = len(recorded)
        self.look_at_phones()

    def look(self) -> bool:
        """Read what is new; whether there was anything. Raises JournalError."""
        if not self._game.store.changed():
            return False
        fresh = self._game.store.read(self.id, self.events)
        for recorded in fresh:
            if isinstance(recorded.event, SessionEvent):
                self.session = evolve(self.session, recorded.event, recorded.at)
        self.events += len(fresh)
        return bool(fresh)

    def look_at_phones(self) -> bool:
        """Count the ballots of phones; whether there are more or fewer."""
        try:
            there = self._ballots.stat()
            looked = (there.st_mtime_ns, there.st_size)
        except OSError:
            looked = (0, 0)
        before = self.by_phone
        if looked != self._looked:
            self._looked, self.by_phone = looked, devices_in(self._ballots)
        return self.by_phone != before

    def view(self) -> CompanionView:
        """What the leader may see now."""
        context = self._contexts.context(self.id, self.session, self._game.clock())
        return companion_view(context, self.events, self.by_phone)
