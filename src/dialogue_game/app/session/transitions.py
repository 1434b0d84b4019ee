"""What each command of a session would cause: events, or a sentence why not now. All of it pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dialogue_game.app.session.session_texts import MODES, RULES
from dialogue_game.core import engine
from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import (
    TYPED,
    Round,
    fitting,
    letter_of,
    option_named,
)
from dialogue_game.core.session.session_events import (
    BallotCast,
    BallotClosed,
    BallotOpened,
    CountCorrected,
    FormChosen,
    PathOpened,
    SessionEnded,
    SessionEvent,
    Settled,
    StepReached,
    Undone,
)
from dialogue_game.core.session.session_state import Deliberation, Session
from dialogue_game.core.state import State
from dialogue_game.core.story import Option, Story
from dialogue_game.core.text import counted
from dialogue_game.errors import NotNow, Remedy

Events = tuple[SessionEvent, ...]


@dataclass(frozen=True, slots=True)
class SessionSituation:
    """What a move is decided on.

    `options` are those of the decision under way; `here` is the story's state once its settled
    option is chosen; `open_story` finds the story of a coming scenario; `form_of` tells how a
    scene is decided (the time left counts); `new_id` names a new playthrough.
    """

    session: Session
    options: tuple[Option, ...]
    here: State | None
    open_story: Callable[[str], Story]
    form_of: Callable[[Story, str], str]
    new_id: Callable[[], str]
    story: Story | None = None


def next_step(situation: SessionSituation) -> Events:
    """On to the next step; whatever was left out is skipped. Raises NotNow, NotFound."""
    session = situation.session
    require_open(session)
    if session.deciding:
        return (*_closing(session), *_in_decision(situation))
    if session.step in (steps.WELCOME, steps.ENDING):
        return _next_part(situation)
    if session.step == steps.COMPARISON:
        return (StepReached(steps.TAKEAWAYS),)
    following = steps.following_closing(session.step)
    return (StepReached(following),) if following else (SessionEnded(),)


def skip_part(situation: SessionSituation) -> Events:
    """On to the next part of the agenda, from wherever the session is. Raises NotNow, NotFound."""
    session = situation.session
    require_open(session)
    if session.step == steps.RECORD:
        return (SessionEnded(),)
    if session.step in steps.CLOSING:
        return (StepReached(steps.RECORD),)
    if session.step == steps.COMPARISON:
        return (StepReached(steps.TAKEAWAYS),)
    return (*_closing(session), *_next_part(situation))


def cast(
    situation: SessionSituation,
    counts: Mapping[str, int],
    mode: str,
    *,
    added: bool = False,
) -> Events:
    """Ballots for the round that is open, or for a new one. Raises NotNow, BallotInvalid."""
    session = situation.session
    require_open(session)
    if not session.deciding:
        raise NotNow("There is nothing to vote on at this step.", Remedy.GO_ON)
    decision = session.deliberation
    if session.step == steps.SCENE and decision.form == steps.HANDS:
        if decision.last_closed:
            return correct_counts(situation, counts)
        return (BallotOpened("hands"), BallotCast(dict(counts)), BallotClosed())
    if session.step in (*steps.REVEALED, steps.ENDING):
        raise NotNow(
            "The rounds of this decision are closed and stay as they are.",
            Remedy.HOLD_NEW_ROUND,
        )
    round_ = decision.open_round
    if round_ and round_.total and round_.mode != mode and not added:
        _refuse_mixing(round_)
    fitting(counts, session.headcount, round_.total if round_ and added else 0)
    to: Events = ()
    if session.step not in steps.VOTING:
        again = session.step == steps.TALK
        to = (StepReached(steps.VOTE_AGAIN if again else steps.VOTE),)
    opened: Events = () if round_ and round_.total else (BallotOpened(mode),)
    return (*to, *opened, BallotCast(dict(counts), added))


def correct_counts(
    situation: SessionSituation, counts: Mapping[str, int], number: int = 0
) -> Events:
    """Other counts for a closed round, the newest by default. Raises NotNow, BallotInvalid."""
    session = situation.session
    require_open(session)
    if not session.deciding or session.step in (steps.CONSEQUENCE, steps.COACHING):
        raise NotNow("There is no count to correct at this step.", Remedy.STEP_BACK)
    closed = [round_ for round_ in session.deliberation.rounds if round_.closed]
    round_ = next((r for r in reversed(closed) if number in (0, r.number)), None)
    if round_ is None:
        raise NotNow(
            f"There is no closed round {number or 1} here.", Remedy.COUNT_FIRST
        )
    if round_.mode not in TYPED:
        raise NotNow(
            f"Round {round_.number} was not counted by hand: {MODES[round_.mode]}.",
            Remedy.HOLD_NEW_ROUND,
        )
    fitting(counts, max(session.headcount, round_.total))
    return (CountCorrected(round_.number, dict(counts)),)


def _refuse_mixing(round_: Round) -> None:
    """Raise NotNow: neither to lose the ballots that are in, nor to count anybody twice."""
    came = counted(round_.total, "ballot is", "ballots are")
    raise NotNow(
        f"{came} in already, in another way: {MODES[round_.mode]}.",
        Remedy.ADD_ONE_BY_ONE,
    )


def reveal(situation: SessionSituation) -> Events:
    """Close the last round and show all of them. Raises NotNow where there is none."""
    session = situation.session
    require_open(session)
    if not session.deciding or session.step in steps.REVEALED:
        raise NotNow("There is nothing to reveal at this step.", Remedy.GO_ON)
    if not any(round_.total for round_ in session.deliberation.rounds):
        raise NotNow("There are no ballots to reveal yet.", Remedy.COUNT_FIRST)
    if session.form == steps.HANDS:
        raise NotNow("A show of hands is open already.", Remedy.CHOOSE_OPTION)
    return (*_closing(session), StepReached(steps.REVEAL))


def settle_on(situation: SessionSituation, name: str, rule: str = "") -> Events:
    """Go on with this option. Raises NotNow, BallotInvalid."""
    session = situation.session
    require_open(session)
    if rule and rule not in RULES:
        raise NotNow(f"“{rule}” is not a rule.", f"Use one of: {', '.join(RULES)}.")
    hands = session.step == steps.SCENE and session.form == steps.HANDS
    if not hands and session.step not in (steps.REVEAL, steps.MINORITY):
        raise NotNow(
            "This cannot be settled at this step.",
            Remedy.REVEAL_FIRST,
        )
    option = option_named(name, situation.options)
    by_rule = rule or rule_for(session.deliberation, option)
    if hands:
        return (StepReached(steps.CONSEQUENCE), Settled(option, by_rule))
    return (Settled(option, by_rule),)


def reopen(situation: SessionSituation) -> Events:
    """A new round for this decision; the ones that are closed stay. Raises NotNow."""
    session = situation.session
    require_open(session)
    if not session.deciding or session.form != steps.FULL:
        raise NotNow("There is no vote to hold again at this step.", Remedy.GO_ON)
    if session.step not in (steps.TALK, steps.REVEAL, steps.MINORITY):
        raise NotNow(
            "A new round can be held until the consequence is shown.", Remedy.STEP_BACK
        )
    return (StepReached(steps.VOTE_AGAIN),)


def choose_form(situation: SessionSituation, form: str) -> Events:
    """Take this decision in full, or by a show of hands. Raises NotNow."""
    session = situation.session
    require_open(session)
    if session.step != steps.SCENE:
        raise NotNow(
            "How a decision is taken is chosen at its scene.", Remedy.STEP_BACK
        )
    return (FormChosen(form),)


def other_path(
    situation: SessionSituation,
    decision: int,
    name: str,
    taken_at: State,
    offered: tuple[Option, ...],
) -> Events:
    """From an ending back to a decision (from 1), to play another option; both are kept.

    `taken_at` is the story's state there and `offered` its options. Raises NotNow, BallotInvalid.
    """
    session = situation.session
    option = option_named(name, offered)
    path = session.path
    if path.choices[decision - 1] == (taken_at.scene, option):
        raise NotNow(
            "That is the road you have taken.", "Choose one of the other options."
        )
    branch = PathOpened(
        path.story, path.edition, situation.new_id(), path.playthrough, decision - 1
    )
    begun = StepReached(steps.CONSEQUENCE, taken_at.scene, steps.HANDS)
    return (begun, branch, Settled(option, "other_road"))


def undo_latest(session: Session) -> Events:
    """Take back the latest action of this step, or the step. Raises NotNow."""
    if not session.undo:
        raise NotNow(
            "There is nothing to take back here.",
            "A step can be undone until the next is taken; a closed round stays closed.",
        )
    return (Undone(),)


def require_open(session: Session) -> None:
    """Raise NotNow where the session has ended."""
    if session.ended:
        raise NotNow(
            "This session has ended.", "Its record: dialogue-game session export"
        )


def rule_for(decision: Deliberation, option: str) -> str:
    """By which rule an option is settled, as far as the ballots say."""
    if decision.form == steps.HANDS:
        return "show_of_hands"
    round_ = decision.last_closed
    if round_ is None:
        return "show_of_hands"
    if round_.leader != option:
        return "room"
    over_half = not round_.few and round_.counts[option] * 2 > round_.total
    return "majority" if over_half else "most"


def _closing(session: Session) -> Events:
    round_ = session.open_round
    return (BallotClosed(),) if round_ and round_.total else ()


def _in_decision(situation: SessionSituation) -> Events:
    session = situation.session
    target = steps.following_decision(session.step, session.form)
    if target == steps.CONSEQUENCE:
        return _to_consequence(situation)
    if target:
        return (StepReached(target),)
    here, story = situation.here, situation.story
    if here is None or story is None or here.ended:
        return (StepReached(steps.ENDING),)
    form = (
        steps.HANDS
        if session.path.branched_from
        else situation.form_of(story, here.scene)
    )
    return (StepReached(steps.SCENE, here.scene, form),)


def _to_consequence(situation: SessionSituation) -> Events:
    """What the group goes on with: as settled, or the one leading option. A tie is the room's."""
    decision = situation.session.deliberation
    if decision.settlement is not None:
        return (StepReached(steps.CONSEQUENCE),)
    round_ = decision.last_closed
    if round_ is None:
        letters = [
            letter_of(situation.options, o.id) for o in situation.options if o.available
        ]
        raise NotNow(
            "Nothing is settled yet: take a show of hands.",
            Remedy.CHOOSE_OPTION,
            letters,
        )
    if not round_.leader:
        raise NotNow(
            "No single option leads. The room settles it, not the program.",
            Remedy.TALK_THEN_CHOOSE,
        )
    rule = rule_for(decision, round_.leader)
    return (StepReached(steps.CONSEQUENCE), Settled(round_.leader, rule))


def _next_part(situation: SessionSituation) -> Events:
    session = situation.session
    if session.more_scenarios:
        story = situation.open_story(session.started.scenarios[session.scenario])
        first = engine.read_on(story, engine.replay(story, engine.begin(story)))[
            1
        ].scene
        begun = StepReached(steps.SCENE, first, situation.form_of(story, first))
        return (begun, PathOpened(story.id, story.edition, situation.new_id()))
    if session.scenario > 1:
        return (StepReached(steps.COMPARISON),)
    return (StepReached(steps.TAKEAWAYS),)
