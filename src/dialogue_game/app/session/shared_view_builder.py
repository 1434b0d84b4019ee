"""Building what the room may see, from the course, the stories, the session and the clock alone.

The view never holds notes, marks and references before their step, what comes on an option, or a
tally, order or hint of one before the last round is closed. Tests compare it between sessions
that differ only in what is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from dialogue_game.app.session import session_texts as texts
from dialogue_game.app.session.agenda import timer
from dialogue_game.app.session.context import (
    SessionContext,
    compared_guidelines,
    options_of,
    what_differed,
)
from dialogue_game.app.session.sessions import GroupPlace
from dialogue_game.app.session.shared_view import (
    Ballots,
    SharedView,
    ShownMark,
    ShownRound,
    TitleCard,
)
from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import (
    Round,
    may_show_counts,
    option_letters,
)
from dialogue_game.core.session.session_state import Session
from dialogue_game.core.story import CastMember
from dialogue_game.reporting.labels import coaching_notes, guideline_name

MOST_QUESTIONS: Final = 3
LEAST_QUESTIONS: Final = 2


def shared_view(context: SessionContext) -> SharedView:
    """What the room may see now."""
    session = context.session
    if session.blanked:
        return SharedView(context.id, session.step, blanked=True)
    step = session.step
    view = SharedView(
        session=context.id,
        step=step,
        title=texts.TITLES[step],
        said=(texts.ROOM[step],),
        scenario_number=session.scenario,
        scenarios=len(session.started.scenarios),
        timer=timer(session, context.now),
        agenda=context.agenda,
        paused=session.paused,
        rehearsal=session.started.rehearsal,
        ended=session.ended,
    )
    if session.deciding and context.place is not None:
        view = _decision(view, session, context.place)
        view = replace(
            view, progress=context.progress, card=title_card(session, context.place)
        )
    elif step == steps.ENDING and context.place is not None:
        view = _ending(view, context, context.place)
    elif step in _PAGES:
        view = _PAGES[step](view, context)
    return replace(view, shown=_shown(view))


def with_phones(view: SharedView, by_phone: int) -> SharedView:
    """The same with the ballots of phones; a surplus is the leader's to see, and not the room's."""
    ballots = view.ballots
    if ballots is None or not by_phone:
        return view
    cast = min(ballots.cast + by_phone, ballots.headcount)
    said = texts.BALLOTS_IN.format(cast=cast, headcount=ballots.headcount)
    return replace(
        view,
        ballots=replace(ballots, mode=ballots.mode or "phones", cast=cast, said=said),
    )


def _decision(view: SharedView, session: Session, place: GroupPlace) -> SharedView:
    """The part of the view that every step of a decision has, and then the step's own."""
    situation, decision = place.situation, session.deliberation
    options = options_of(place)
    reading = session.step not in (steps.CONSEQUENCE, steps.COACHING)
    view = replace(
        view,
        story=place.story.id,
        scenario=place.story.title,
        decision=situation.decision + 1,
        form=decision.form,
        scene=situation.scene,
        scene_title=situation.title,
        as_=place.story.name_of(situation.as_),
        text=situation.text if reading else (),
        exhibits=situation.exhibits if reading else (),
        options=options if reading else (),
    )
    if decision.form == steps.HANDS and session.step == steps.SCENE:
        view = replace(view, said=(texts.HANDS, texts.HANDS_LEADER))
    if session.step in steps.VOTING:
        ballots = _ballots(session)
        kept = texts.KEPT.format(kept=ballots.kept, next=ballots.round)
        view = replace(
            view,
            ballots=ballots,
            said=(*view.said, kept) if ballots.kept else view.said,
        )
    if session.step == steps.TALK:
        view = replace(view, questions=_questions(place))
    if session.revealed:
        view = _rounds(view, session, place)
    elif session.step in (steps.REVEAL, steps.MINORITY):
        view = replace(view, said=(texts.NO_BALLOTS, texts.HANDS_LEADER))
    if (
        session.step in (*steps.REVEALED, steps.SCENE)
        and decision.settlement is not None
    ):
        settled = next((o for o in options if o.id == decision.settlement.option), None)
        rule = texts.RULES.get(decision.settlement.rule, decision.settlement.rule)
        view = replace(view, settled=settled, rule=rule)
    if session.step in (steps.REVEAL, steps.MINORITY):
        reasons = tuple(
            texts.reason_words(said, _letters(place)) for said in decision.reasons
        )
        view = replace(view, reasons=reasons)
    return _with_consequence(view, session, place)


def title_card(session: Session, place: GroupPlace) -> TitleCard | None:
    """What a scenario opens with, at its first scene; None later, or where there is nothing."""
    story = place.story
    if (
        session.step != steps.SCENE
        or place.situation.decision
        or session.path.branched_from
    ):
        return None
    if not (story.question or story.cast):
        return None
    viewpoint = story.cast.get(place.situation.as_)
    people = tuple(
        f"{member.name}: {member.role}" if member.role else member.name
        for member in story.cast.values()
        if member is not viewpoint
    )
    return TitleCard(story.question, _viewpoint(viewpoint), people, story.cover)


def _viewpoint(viewpoint: CastMember | None) -> str:
    """Whose eyes the room sees with, as a sentence; "" where nobody's."""
    if viewpoint is None:
        return ""
    named = viewpoint.name.casefold() != "you"
    about = (viewpoint.name if named else "", viewpoint.role)
    return f"We are {', '.join(filter(None, about))}." if any(about) else ""


def _with_consequence(
    view: SharedView, session: Session, place: GroupPlace
) -> SharedView:
    """The consequence at its step; its coaching and references at theirs."""
    consequence = place.consequence
    if consequence is None or session.step not in (steps.CONSEQUENCE, steps.COACHING):
        return view
    if session.step == steps.CONSEQUENCE:
        return replace(view, consequence=consequence.text)
    marks = tuple(
        ShownMark(
            mark.word, guideline_name(place.story.guidelines, mark.guideline), mark.why
        )
        for mark in consequence.marks
    )
    references = tuple(
        f"{cited.label}: {cited.title}" for cited in consequence.references
    )
    return replace(
        view,
        coaching=marks,
        coaching_notes=coaching_notes(consequence),
        references=references,
    )


def _rounds(view: SharedView, session: Session, place: GroupPlace) -> SharedView:
    rounds, letters = session.deliberation.rounds, _letters(place)
    view = replace(
        view,
        rounds=tuple(
            shown_round(rounds, place, letters) for place in range(len(rounds))
        ),
        shift=texts.shift_words(rounds, letters),
    )
    if session.step == steps.MINORITY:
        decided = session.deliberation.settlement
        onward = decided.option if decided else rounds[-1].leader
        others = [letter for option, letter in letters.items() if option != onward]
        view = replace(view, minority=texts.what_would(others))
    return view


def _letters(place: GroupPlace) -> dict[str, str]:
    """The letter of each option that is there."""
    return {
        option: letter
        for letter, option in option_letters(place.situation.options).items()
    }


def shown_round(
    rounds: Sequence[Round], place: int, letters: Mapping[str, str]
) -> ShownRound:
    """A closed round as it may be shown: where few ballots would tell more, its leader only."""
    round_, whole = rounds[place], may_show_counts(rounds, place)
    counts = {
        letter: round_.counts.get(option, 0) for option, letter in letters.items()
    }
    leading = round_.leading if whole else (round_.leader,)
    return ShownRound(
        round_.number,
        round_.mode,
        round_.total,
        counts if whole else {},
        tuple(sorted(letters.get(option, option) for option in leading if option)),
        texts.round_words(round_, letters, whole=whole),
    )


def _ballots(session: Session) -> Ballots:
    """How many are in: of the open round, or else of the newest of this step."""
    round_ = session.deliberation.open_round
    rounds = len(session.deliberation.rounds)
    if round_ is None:
        empty = Round(rounds + 1, "counts")
        said = texts.in_words(empty, session.headcount)
        before = 0 if session.step == steps.VOTE else 1
        kept = rounds if rounds > before else 0
        return Ballots(empty.number, "", 0, session.headcount, said, kept)
    said = texts.in_words(round_, session.headcount)
    return Ballots(round_.number, round_.mode, round_.total, session.headcount, said)


def _questions(place: GroupPlace) -> tuple[str, ...]:
    """The guide's questions for this decision, two or three; ours where it has fewer."""
    known = place.story.questions
    asked = [known[q] for q in place.situation.discuss if q in known][:MOST_QUESTIONS]
    return (*asked, *texts.ALWAYS_ASKED[: max(LEAST_QUESTIONS - len(asked), 0)])


def _ending(view: SharedView, context: SessionContext, place: GroupPlace) -> SharedView:
    if not place.here.ended:
        return view
    reached = place.arrived
    view = replace(
        view,
        story=place.story.id,
        scenario=place.story.title,
        scene_title=reached.title,
        text=reached.text,
        ending=reached.ending,
        ending_kind=reached.ending_kind,
        other_roads=context.other_paths,
    )
    return _side_by_side(view, context) if len(context.sides) > 1 else view


def _welcome(view: SharedView, context: SessionContext) -> SharedView:
    titles = [
        context.course.entry(story) for story in context.session.started.scenarios
    ]
    text = tuple(entry.title for entry in titles if entry)
    return replace(
        view, scene_title=context.course.title, text=text, questions=texts.GROUND_RULES
    )


def _side_by_side(view: SharedView, context: SessionContext) -> SharedView:
    """Endings, what parted them, their profiles, and two questions for the room."""
    compared = compared_guidelines(context.sides)
    return replace(
        view,
        roads=tuple(replace(path, lines=()) for path in context.path_lines),
        parted=what_differed(context.sides, compared),
        compared=compared,
        questions=texts.SIDE_BY_SIDE,
    )


def _takeaways(view: SharedView, context: SessionContext) -> SharedView:
    session = context.session
    return replace(view, takeaways=session.takeaways, parked=session.parked)


def _contacts(view: SharedView, context: SessionContext) -> SharedView:
    return replace(view, contacts=context.course.contacts)


def _profile(view: SharedView, context: SessionContext) -> SharedView:
    return replace(view, roads=context.path_lines)


def _evaluation(view: SharedView, context: SessionContext) -> SharedView:
    return replace(view, evaluation=context.course.evaluation)


_PAGES: Final[Mapping[str, Callable[[SharedView, SessionContext], SharedView]]] = {
    steps.WELCOME: _welcome,
    steps.COMPARISON: _side_by_side,
    steps.TAKEAWAYS: _takeaways,
    steps.CONTACTS: _contacts,
    steps.PROFILE: _profile,
    steps.EVALUATION: _evaluation,
}

_PARTS: Final = (
    "text",
    "exhibits",
    "options",
    "ballots",
    "questions",
    "rounds",
    "minority",
    "reasons",
    "settled",
    "consequence",
    "coaching",
    "coaching_notes",
    "references",
    "ending",
    "other_roads",
    "roads",
    "parted",
    "compared",
    "card",
    "takeaways",
    "parked",
    "contacts",
    "evaluation",
)


def _shown(view: SharedView) -> tuple[str, ...]:
    """The names of the parts that hold something."""
    return tuple(part for part in _PARTS if getattr(view, part))
