"""A session as a fold over its events: every event comes with the time the journal gave it.

Undoing goes back action by action within a step, and once to the step before. A closed round is
never taken back; a miscount in it is put right by a fact of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import Round
from dialogue_game.core.session.session_events import (
    BallotCast,
    BallotClosed,
    BallotOpened,
    Blanked,
    CountCorrected,
    Extended,
    FormChosen,
    HeadcountChanged,
    MinorityReason,
    NamesChanged,
    Parked,
    PathOpened,
    Paused,
    SessionEnded,
    SessionEvent,
    SessionStarted,
    Settled,
    StepReached,
    Takeaway,
    Undone,
)
from dialogue_game.core.session.session_state import (
    Deliberation,
    Reason,
    Session,
    SessionPlaythrough,
    Settlement,
    Times,
    at_time,
)


def fold(recorded: Iterable[tuple[SessionEvent, int]]) -> Session:
    """The session after these events and their times. Raises ValueError where none starts it."""
    session: Session | None = None
    for event, at in recorded:
        session = evolve(session, event, at)
    if session is None:
        raise ValueError("no events")
    return session


def evolve(session: Session | None, event: SessionEvent, at: int) -> Session:
    """The session after one event; the given one is left alone."""
    if session is None:
        if not isinstance(event, SessionStarted):
            raise ValueError("a session begins with its start")
        return Session(event, at, Times(at), event.headcount)
    timed = replace(session, times=at_time(session, at))
    apply = _APPLY.get(type(event))
    return apply(timed, event) if apply else timed


def _step_reached(session: Session, event: StepReached) -> Session:
    """Go to a step. It can be taken back, once, until the next one is taken."""
    moved = replace(
        _left(session),
        step=event.step,
        extra=0,
        times=replace(session.times, step=0),
        earlier_headcounts=session.present,
        undo=(_remembered(session),),
    )
    if event.scene:
        decision = Deliberation(len(moved.paths) - 1, event.scene, event.form)
        return replace(moved, deliberations=(*moved.deliberations, decision))
    if event.step in steps.VOTING:
        return _deliberating(moved, settlement=None)
    if moved.revealed:
        return _deliberating(moved, seen=len(moved.deliberation.rounds))
    return moved


def _left(session: Session) -> Session:
    """The session as the step is left: empty rounds go, a consequence that was read is a choice."""
    if not session.deciding or not session.deliberations:
        return session
    decision = session.deliberation
    session = _deliberating(session, rounds=_held(decision.rounds))
    if (
        session.step != steps.CONSEQUENCE
        or decision.settlement is None
        or not session.paths
    ):
        return session
    path = session.path
    made = (*path.choices, (decision.scene, decision.settlement.option))
    return replace(session, paths=(*session.paths[:-1], replace(path, choices=made)))


def _held(rounds: tuple[Round, ...]) -> tuple[Round, ...]:
    """The rounds without one that was opened and took no ballot."""
    return tuple(held for held in rounds if held.closed or held.total)


def _path_opened(session: Session, event: PathOpened) -> Session:
    left = next(
        (r for r in session.paths if r.playthrough == event.branched_from), None
    )
    shared = left.choices[: event.branched_at] if left and event.branched_from else ()
    path = SessionPlaythrough(
        event.story,
        event.edition,
        event.playthrough,
        shared,
        event.branched_from,
        event.branched_at,
    )
    opened = replace(session, paths=(*session.paths, path))
    return _deliberating(opened, path=len(session.paths))


def _form_chosen(session: Session, event: FormChosen) -> Session:
    return _deliberating(_remembering(session), form=event.form)


def _ballot_opened(session: Session, event: BallotOpened) -> Session:
    if not session.deliberations:
        return session
    decision = session.deliberation
    rounds = _held(decision.rounds)
    opened = Round(len(rounds) + 1, event.mode, shown_before=decision.seen)
    return _deliberating(session, rounds=(*rounds, opened))


def _ballot_cast(session: Session, event: BallotCast) -> Session:
    decision = session.deliberations[-1] if session.deliberations else None
    held = decision.open_round if decision else None
    if decision is None or held is None:
        return session
    counts = held.cast(event.counts, added=event.added)
    after = replace(held, counts=counts, added=event.added)
    return _deliberating(_remembering(session), rounds=(*decision.rounds[:-1], after))


def _ballot_closed(session: Session, _: BallotClosed) -> Session:
    """A closed round stays as it is: nothing before this can be taken back."""
    decision = session.deliberations[-1] if session.deliberations else None
    held = decision.open_round if decision else None
    if decision is None or held is None:
        return session
    closed = replace(held, closed=True)
    session = replace(
        _deliberating(session, rounds=(*decision.rounds[:-1], closed)),
        undo=(),
    )
    # A show of hands is open by nature: the room has seen it as it closes.
    return _deliberating(session, seen=held.number) if session.revealed else session


def _count_corrected(session: Session, event: CountCorrected) -> Session:
    """Other ballots may settle otherwise: what was settled by the miscount is open again."""
    rounds = session.deliberation.rounds if session.deliberations else ()
    corrected = tuple(
        replace(held, counts=held.cast(event.counts, added=False))
        if held.number == event.round
        else held
        for held in rounds
    )
    return _deliberating(_remembering(session), rounds=corrected, settlement=None)


def _settled(session: Session, event: Settled) -> Session:
    # At the consequence it belongs to the step itself, which is taken back as a whole.
    if session.step != steps.CONSEQUENCE:
        session = _remembering(session)
    return _deliberating(session, settlement=Settlement(event.option, event.rule))


def _minority_reason(session: Session, event: MinorityReason) -> Session:
    reasons = session.deliberation.reasons if session.deliberations else ()
    said = Reason(event.text, event.option)
    return _deliberating(_remembering(session), reasons=(*reasons, said))


def _parked(session: Session, event: Parked) -> Session:
    return replace(_remembering(session), parked=(*session.parked, event.text))


def _takeaway(session: Session, event: Takeaway) -> Session:
    return replace(_remembering(session), takeaways=(*session.takeaways, event.text))


def _blanked(session: Session, event: Blanked) -> Session:
    return replace(session, blanked=event.on)


def _extended(session: Session, event: Extended) -> Session:
    return replace(_remembering(session), extra=session.extra + event.seconds * 1000)


def _undone(session: Session, _: Undone) -> Session:
    """Back to before the latest action.

    Time goes on, and so do the switches, the people and the names; what was shown stays shown.
    """
    if not session.undo:
        return session
    before = session.undo[-1]
    stepped = before.step != session.step
    step = before.times.step if stepped else session.times.step
    back = replace(
        before,
        started=session.started,
        times=replace(session.times, step=step),
        headcount=session.headcount,
        counted=session.counted,
        earlier_headcounts=session.earlier_headcounts,
        blanked=session.blanked,
        paused=session.paused,
        undo=session.undo[:-1],
    )
    if len(back.deliberations) < len(session.deliberations) or not back.deliberations:
        return back
    return _deliberating(back, seen=session.deliberation.seen)


def _paused(session: Session, event: Paused) -> Session:
    return replace(session, paused=event.on)


def _headcount(session: Session, event: HeadcountChanged) -> Session:
    return replace(session, headcount=event.headcount, counted=session.times.elapsed)


def _names(session: Session, event: NamesChanged) -> Session:
    started = replace(session.started, entity=event.entity, leader=event.leader)
    return replace(session, started=started)


def _ended(session: Session, _: SessionEnded) -> Session:
    return replace(session, ended=True, undo=())


def _remembered(session: Session) -> Session:
    return replace(session, undo=())


def _remembering(session: Session) -> Session:
    return replace(session, undo=(*session.undo, _remembered(session)))


def _deliberating(session: Session, **changes: Any) -> Session:
    """The session with its newest decision changed, where there is one."""
    if not session.deliberations:
        return session
    *others, last = session.deliberations
    return replace(session, deliberations=(*others, replace(last, **changes)))


_APPLY: Final[Mapping[type, Callable[[Session, Any], Session]]] = {
    StepReached: _step_reached,
    PathOpened: _path_opened,
    FormChosen: _form_chosen,
    BallotOpened: _ballot_opened,
    BallotCast: _ballot_cast,
    BallotClosed: _ballot_closed,
    CountCorrected: _count_corrected,
    Settled: _settled,
    MinorityReason: _minority_reason,
    Parked: _parked,
    Takeaway: _takeaway,
    Blanked: _blanked,
    Extended: _extended,
    Undone: _undone,
    Paused: _paused,
    HeadcountChanged: _headcount,
    NamesChanged: _names,
    SessionEnded: _ended,
}
