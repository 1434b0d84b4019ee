"""The commands that lead a session, one a line, as people and scripts type them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Final

from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.core.session import steps
from dialogue_game.errors import NotNow

QUIT: Final = ("quit", "q")

HELP: Final[Mapping[str, str]] = {
    "next": "go on to the next step; what was left out is skipped",
    "tally a=4 b=2 c=1": "count raised cards; again, or at The ballots: correct the count",
    "tally 1: a=4 b=2": "correct the count of round 1",
    "ballots a b b c": "paste letters from a chat",
    "cast a": "one secret ballot, when the keyboard is passed around",
    "reveal": "close the last round and show the ballots",
    "settle ID": "go on with this option (its id or letter)",
    "reopen": "hold a new round; closed ones stay",
    "hands / full": "take this decision by a show of hands, or in full",
    "minority C: TEXT": "write down a reason for option C, without names",
    "park TEXT": "keep something for later",
    "takeaway TEXT": "write down what the room takes home",
    "road NUMBER ID": "after an ending, play another option of that decision",
    "phones / phones off": "vote by phone, and how many did; or no longer; `phones ADDRESS`: there",
    "blank": "blank the shared screen, or show it again",
    "pause": "stop the timer, or let it go on",
    "extend": "two minutes more",
    "undo": "take the latest deed back, until the next step is taken",
    "skip": "go on to the next part of the agenda",
    "headcount N": "say how many are in the room now",
    "entity NAME / leader NAME": "name your entity, or the leader, for the record",
    "end": "end the session here",
    "quit": "leave; it is said then how to come back",
}
"""Each command as it is typed, and what it does."""


def execute_command(facilitation: Facilitation, line: str) -> bool:
    """Do what one line says; False where it says to leave.

    Raises NotNow for a command that is not known, and what the command raises.
    """
    word, _, rest = line.strip().partition(" ")
    word, rest = word.lower(), rest.strip()
    if word in QUIT:
        return False
    command = COMMANDS.get(word)
    if command is None:
        close = get_close_matches(word, [*COMMANDS, "quit"], n=1)
        hint = f"Did you mean “{close[0]}”? " if close else ""
        raise NotNow(
            f"There is no command “{word[:20]}”.",
            f"{hint}There are: {', '.join(COMMANDS)}, quit.",
        )
    command(facilitation, rest)
    return True


def _settle(facilitation: Facilitation, rest: str) -> None:
    name, _, rule = rest.partition(" ")
    facilitation.settle(name, rule.strip())


def _other_path(facilitation: Facilitation, rest: str) -> None:
    number, _, name = rest.partition(" ")
    facilitation.other_path(_number(number, "road 3 b"), name.strip())


def _extend(facilitation: Facilitation, rest: str) -> None:
    facilitation.extend()


def _blanked(facilitation: Facilitation, rest: str) -> None:
    """The notes are read on this screen: the shared view goes dark first."""
    if not facilitation.session.blanked:
        facilitation.blank()


def _phones(facilitation: Facilitation, rest: str) -> None:
    if rest.lower() == "off":
        facilitation.stop_phones()
    elif rest or facilitation.phones is None:
        facilitation.serve_phones(rest)


def _number(text: str, example: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise NotNow(f"“{text[:20]}” is not a number.", f"For example: {example}")
    return int(text)


COMMANDS: Final[Mapping[str, Callable[[Facilitation, str], None]]] = {
    "next": lambda facilitation, _: facilitation.next(),
    "tally": lambda facilitation, rest: facilitation.tally(rest),
    "ballots": lambda facilitation, rest: facilitation.ballots(rest),
    "cast": lambda facilitation, rest: facilitation.cast(rest),
    "reveal": lambda facilitation, _: facilitation.reveal(),
    "settle": _settle,
    "reopen": lambda facilitation, _: facilitation.reopen(),
    "hands": lambda facilitation, _: facilitation.take_form(steps.HANDS),
    "full": lambda facilitation, _: facilitation.take_form(steps.FULL),
    "minority": lambda facilitation, rest: facilitation.minority(rest),
    "park": lambda facilitation, rest: facilitation.park(rest),
    "takeaway": lambda facilitation, rest: facilitation.takeaway(rest),
    "road": _other_path,
    "phones": _phones,
    "blank": lambda facilitation, _: facilitation.blank(),
    "notes": _blanked,
    "pause": lambda facilitation, _: facilitation.pause(),
    "extend": _extend,
    "undo": lambda facilitation, _: facilitation.undo(),
    "skip": lambda facilitation, _: facilitation.skip(),
    "headcount": lambda facilitation, rest: facilitation.headcount(
        _number(rest, "headcount 12")
    ),
    "entity": lambda facilitation, rest: facilitation.name(entity=rest),
    "leader": lambda facilitation, rest: facilitation.name(leader=rest),
    "end": lambda facilitation, _: facilitation.end(),
}
