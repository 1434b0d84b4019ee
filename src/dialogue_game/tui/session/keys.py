"""The keys of the shared screen: when each is offered, and what errors say in terms of keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from textual.binding import Binding, BindingType

from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import TYPED
from dialogue_game.core.session.session_state import Session
from dialogue_game.tui.base.framed_screen import GUIDELINES, REFERENCES
from dialogue_game.tui.session.shared_blocks import AFTER_READING
from dialogue_game.tui.widgets.key_bar import hidden_key


def _key(
    key: str, action: str, description: str, tip: str, *, shown: bool = True
) -> Binding:
    name = action.replace("('", ".").replace("')", "")
    return Binding(key, action, description, show=shown, id=f"room.{name}", tooltip=tip)


BACK: Final = "back"
LETTERS: Final = "ABCDE"
"""Keys that are an option's, and nothing else's, wherever options stand."""
KEYS: Final[list[BindingType]] = [
    # A key with two lines has two names; the one that is offered is what it does now.
    Binding(
        "enter", "do('next')", "Next", id="room.next", tooltip="On to the next step"
    ),
    Binding(
        "enter",
        "leave('ended')",
        "Leave",
        id="room.next",
        tooltip="Leave, after the end",
    ),
    _key(
        "t",
        "vote('count')",
        "Type counts",
        "Type counts from cards, or letters from a chat",
    ),
    _key("t", "vote('correct')", "Correct", "Correct a count: the round is replaced"),
    _key("k", "vote('round')", "Keyboard", "The keyboard goes round: secret ballots"),
    _key("y", "do('reveal')", "Reveal", "Close the round and show the ballots"),
    _key(
        "v", "do('reopen')", "Vote again", "A new round; closed ones stay as they are"
    ),
    Binding(
        "h",
        "do('hands')",
        "By hands",
        id="room.do.form",
        tooltip="Take this decision by a show of hands",
    ),
    Binding(
        "h",
        "do('full')",
        "In full",
        id="room.do.form",
        tooltip="Take this decision in full: vote, talk, vote again",
    ),
    _key(
        "m", "open('minority')", "Reason", "What would have to be true, without names"
    ),
    _key("t", "open('takeaway')", "Take home", "Something we take home"),
    _key("o", "open('other_path')", "Other road", "Play one option that was not taken"),
    _key("z", "open('code')", "Code", "The form’s address as a code for phones"),
    _key(
        "f",
        "open('phones')",
        "Phones",
        "The code and the address with which phones vote",
    ),
    Binding(
        "s",
        "show('scene')",
        "Scene",
        id="room.scene",
        tooltip="Read the scene again, or put it away",
    ),
    Binding(
        "l",
        "show('look')",
        "Look closer",
        id="room.look",
        tooltip="See the next detail",
    ),
    _key("w", "open('park')", "For later", "Write something into the parking lot"),
    Binding(
        "full_stop",
        "do('blank')",
        "Blank",
        key_display=".",
        id="room.do.blank",
        tooltip="Make the screen blank",
    ),
    Binding(
        "full_stop",
        f"do('blank', '{BACK}')",
        "Show again",
        key_display=".",
        id="room.do.blank",
        tooltip="Show the screen again",
    ),
    _key("p", "do('pause')", "Pause", "Stop the timer"),
    Binding(
        "p",
        f"do('pause', '{BACK}')",
        "Go on",
        id="room.do.pause",
        tooltip="Let the timer go on",
    ),
    Binding(
        "plus,equals_sign",
        "do('extend')",
        "2 minutes",
        key_display="+",
        id="room.extend",
        tooltip="Two minutes more for this step",
    ),
    _key("u", "do('undo')", "Undo", "Take the latest thing back, then the step"),
    _key(
        "i", "open('agenda')", "Agenda", "What is planned, and whether we are on time"
    ),
    _key(
        "n",
        "open('notes')",
        "Notes",
        "The leader’s notes; blanks the screen first",
        shown=False,
    ),
    replace(GUIDELINES, show=False),
    replace(REFERENCES, show=False),
    _key(
        "x", "do('skip')", "Skip part", "On to the next part of the agenda", shown=False
    ),
    hidden_key(
        "number_sign",
        "open('headcount')",
        "room.headcount",
        "How many people are here now; entity and leader, for the record",
    ),
    Binding(
        "question_mark,f1",
        "open('help')",
        "Help",
        key_display="?",
        id="help",
        tooltip="Every key",
    ),
    Binding(
        "q", "leave", "Leave", id="leave", tooltip="Leave, or end the session; it asks"
    ),
    *(
        hidden_key(
            f"{letter.lower()},{letter},{number}",
            f"settle({number})",
            f"room.settle.{letter}",
            f"Go on with option {letter}",
        )
        for number, letter in enumerate(LETTERS, 1)
    ),
]

ACTIONS: Final[Mapping[str, Callable[[Facilitation], object]]] = {
    "next": Facilitation.next,
    "reveal": Facilitation.reveal,
    "reopen": Facilitation.reopen,
    "hands": lambda facilitation: facilitation.take_form(steps.HANDS),
    "full": lambda facilitation: facilitation.take_form(steps.FULL),
    "blank": Facilitation.blank,
    "pause": Facilitation.pause,
    "extend": lambda facilitation: facilitation.extend(),
    "undo": Facilitation.undo,
    "skip": Facilitation.skip,
}
"""What the keys with a `do` do."""
EARLY: Final = "early"
ANY: Final = "any"
QUIET: Final[list[BindingType]] = [
    hidden_key(
        "t",
        f"vote('count', '{EARLY}')",
        "room.early.count",
        "Type ballots before the step for it",
    ),
    hidden_key(
        "k",
        f"vote('round', '{EARLY}')",
        "room.early.round",
        "The keyboard goes round before the step for it",
    ),
    hidden_key(
        "f",
        f"open('phones', '{ANY}')",
        "room.phones",
        "The code and the address with which phones vote",
    ),
    hidden_key("down", "line(1)", "line.down", "A line down"),
    hidden_key("up", "line(-1)", "line.up", "A line up"),
]
"""Keys that work and are not shown: ballots that come early, and a line at a time."""

OFFERED: Final[Mapping[str, tuple[str, ...]]] = {
    "vote": steps.VOTING,
    "vote.correct": (steps.REVEAL, steps.MINORITY),
    "do.reveal": (steps.VOTE, steps.TALK, steps.VOTE_AGAIN),
    "do.reopen": (steps.REVEAL, steps.MINORITY),
    "do.hands": (steps.SCENE,),
    "do.full": (steps.SCENE,),
    "open.minority": AFTER_READING[2:],
    "open.takeaway": steps.CLOSING,
    "open.other_path": (steps.ENDING,),
    "open.phones": steps.VOTING,
    f"open.phones.{ANY}": tuple(
        step for step in steps.STEPS if step not in steps.VOTING
    ),
    "open.code": (steps.EVALUATION,),
    "show.scene": AFTER_READING,
    "do.extend": steps.STEPS[:-1],
    "do.pause": steps.STEPS[:-1],
}
"""At which steps an action is offered; the others always are."""
FORMS: Final[Mapping[str, str]] = {"do.hands": steps.HANDS, "do.full": steps.FULL}
"""The way of deciding that each of two actions chooses; neither is offered where it is planned."""
WHILE_BLANK: Final = (f"do.blank.{BACK}", "leave", "open.help", "open.notes")


def offered(
    session: Session, action: str, parameters: tuple[object, ...], by_phone: int = 0
) -> bool:
    """Whether an action has a place at this step, where phones have so many ballots in."""
    name = ".".join((action, *(str(p) for p in parameters if isinstance(p, str))))
    if session.ended:
        return name in ("leave", "leave.ended", "open.help")
    if session.blanked:
        return name in WHILE_BLANK
    if name in (f"do.blank.{BACK}", "leave.ended"):
        return False
    if (
        action == "do"
        and parameters[0] == "pause"
        and session.paused != (BACK in parameters)
    ):
        return False
    if name == "do.undo":
        return bool(session.undo)
    if session.form == (steps.HANDS if action == "vote" else FORMS.get(name)):
        return False
    if EARLY in parameters:
        return session.step in (steps.SCENE, steps.COMMIT, steps.TALK)
    where = OFFERED.get(name, OFFERED.get(action))
    if where is not None and session.step not in where:
        return False
    if name == "vote.correct":
        return any(round_.mode in TYPED for round_ in session.deliberation.rounds)
    if name != "do.reveal":
        return True
    return by_phone > 0 or any(round_.total for round_ in session.deliberation.rounds)
