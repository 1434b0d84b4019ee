"""Ballots: how they are read, what a round holds, and how much of it may ever be named.

A round's counts are by option id. Letters (A, B, C …) stand for the available options in the
author's order, on cards and on the screen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Final

from dialogue_game.core.story import Option
from dialogue_game.errors import BallotInvalid, Remedy

SPREAD_SHARE: Final = 0.8
"""A room is spread where the largest share of a round is below this."""

MIN_PEOPLE: Final = 5
"""With fewer people than this no count of theirs is shown, kept or sent."""

MODES: Final = ("counts", "letters", "secret", "hands", "phones")
"""Cards counted and typed, letters from a chat, the keyboard passed around, open hands, phones."""
TYPED: Final = ("counts", "letters", "hands")
"""Those that the leader counts for the room, and may have miscounted."""

_LOOK_ALIKE: Final = str.maketrans("АВСЕавсеΑΒΕ", "ABCEABCEABE")
"""Cyrillic and Greek letters that look like those of the cards."""
_ROUND: Final = re.compile(r"\s*([0-9]{1,3})\s*[:.)]\s*(?=\D)")
_LETTER: Final = re.compile(r"\s*(\w)\s*[:)]\s*(?=\S)")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,12}\Z")
_SEPARATORS: Final = re.compile(r"[\s,;/|،、]+")


@dataclass(frozen=True, slots=True)
class Round:
    """One round of voting: ballots by option. Once closed, only a miscount is put right.

    `added` says whether ballots came in one by one since the whole was counted; `shown_before` how
    many rounds of the decision the room had been shown when this one was opened.
    """

    number: int
    mode: str
    counts: Mapping[str, int] = field(default_factory=dict)
    closed: bool = False
    added: bool = False
    shown_before: int = 0

    @property
    def total(self) -> int:
        """How many ballots are in."""
        return sum(self.counts.values())

    @property
    def few(self) -> bool:
        """Whether there are too few ballots to name more than the leading option."""
        return self.total < MIN_PEOPLE

    @property
    def leading(self) -> tuple[str, ...]:
        """The option with the most ballots; several where they are level, none without ballots."""
        most = max(self.counts.values(), default=0)
        return tuple(
            option for option, count in self.counts.items() if most and count == most
        )

    @property
    def leader(self) -> str:
        """The one leading option, or "" where there is a tie or no ballot."""
        return self.leading[0] if len(self.leading) == 1 else ""

    @property
    def spread(self) -> bool:
        """Whether the room is of different minds, so that talk is worth its time."""
        return max(self.counts.values(), default=0) < SPREAD_SHARE * self.total

    def cast(self, counts: Mapping[str, int], *, added: bool) -> Mapping[str, int]:
        """The counts with these ballots, without options that nobody chose."""
        whole = dict(self.counts) if added else {}
        for option, count in counts.items():
            whole[option] = whole.get(option, 0) + count
        return {option: count for option, count in sorted(whole.items()) if count}


def may_show_counts(rounds: Sequence[Round], place: int) -> bool:
    """Whether the counts of the round at that place may be shown.

    Not where it has few ballots; nor where a later round has a few more or fewer: who came late or
    left would be known from what is between them. Then only its number and leading option are.
    Where the room had been shown the earlier of two such rounds, the later one is told so instead.
    """
    held = rounds[place]
    if held.few:
        return False
    for other_place, other in enumerate(rounds):
        later = other if other_place > place else held
        was_shown = later.shown_before > min(place, other_place)
        if 0 < abs(other.total - held.total) < MIN_PEOPLE and was_shown == (
            later is held
        ):
            return False
    return True


def plain(text: str) -> str:
    """What was typed as ballots in plain letters and digits, whatever keyboard it came from."""
    typed = unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKE)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in typed)


def option_letters(options: Sequence[Option]) -> dict[str, str]:
    """The ids of the available options by letter, in the author's order."""
    available = [option.id for option in options if option.available]
    return dict(zip(ascii_uppercase, available, strict=False))


def letter_of(options: Sequence[Option], option: str) -> str:
    """The letter of an option, "" where it has none."""
    return next(
        (key for key, known in option_letters(options).items() if known == option), ""
    )


def option_named(name: str, options: Sequence[Option]) -> str:
    """The id of an available option, given by letter or id; the letter goes before the id.

    Raises BallotInvalid.
    """
    letters = option_letters(options)
    found = _found(name, letters)
    if found is None:
        locked = any(option.id == name.strip() for option in options)
        problem = (
            f"“{name[:20]}” is not available"
            if locked
            else f"There is no option “{name[:20]}”"
        )
        raise BallotInvalid(f"{problem} here.", _use(letters))
    return found


def option_cast(name: str, options: Sequence[Option]) -> str:
    """The id of an option that a ballot names. Raises BallotInvalid, which repeats nothing of it.

    Ballots are typed where nobody can read along, and what is said about them is read by all.
    """
    letters = option_letters(options)
    found = _found(name, letters)
    if found is None:
        raise BallotInvalid("That names an option that is not here.", _use(letters))
    return found


def _found(name: str, letters: Mapping[str, str]) -> str | None:
    """The id for a letter or an id, None where it is neither."""
    named = plain(name).strip()
    return letters.get(named.upper()) or (named if named in letters.values() else None)


def round_named(text: str) -> tuple[int, str]:
    """The round that counts are said to be of, as in `1: a=4 b=2`, and the counts; 0 without."""
    typed = plain(text)
    found = _ROUND.match(typed)
    return (int(found[1]), typed[found.end() :]) if found else (0, text)


def option_and_reason(text: str, options: Sequence[Option]) -> tuple[str, str]:
    """The id of the option that a reason begins with, as in `c: somebody is away`, and the rest.

    Without the letter of an option and its colon the id is "", and the text is whole.
    """
    found = _LETTER.match(text)
    option = _found(found[1], option_letters(options)) if found else None
    return (option, text[found.end() :]) if found and option else ("", text)


def read_counts(text: str, options: Sequence[Option], headcount: int) -> dict[str, int]:
    """Counts typed as `a=4 b=2 c=1` (also `a4 b2`, `a:4`), by option.

    Raises BallotInvalid where they cannot be read, name what is not there, or do not fit; what is
    said then repeats nothing of what was typed.
    """
    counts: dict[str, int] = {}
    for part in _SEPARATORS.split(re.sub(r"\s*[=:]\s*", "=", plain(text).strip())):
        name, sign, number = part.partition("=")
        if part and not sign:
            name, number = part[:1], part[1:]
        if not part or not name or not number:
            raise BallotInvalid("These counts cannot be read.", Remedy.COUNT_LIKE_THIS)
        option = option_cast(name, options)
        if option in counts:
            raise BallotInvalid(
                "One option is there twice.", "Give each option one number."
            )
        counts[option] = _number(number)
    return fitting(counts, headcount)


def read_letters(
    text: str, options: Sequence[Option], headcount: int
) -> dict[str, int]:
    """Letters pasted from a chat, as `A B B C`, counted by option. Raises BallotInvalid."""
    letters = option_letters(options)
    parts = [
        part.strip(".!)(").upper() for part in _SEPARATORS.split(plain(text).strip())
    ]
    parts = [part for part in parts if part]
    if len(parts) == 1 and set(parts[0]) <= set(letters):
        parts = list(parts[0])
    counts: dict[str, int] = {}
    for part in parts:
        if len(part) > 1:
            raise BallotInvalid(
                "Something in there is not a single letter.",
                Remedy.PASTE_ONLY_LETTERS,
            )
        option = option_cast(part, options)
        counts[option] = counts.get(option, 0) + 1
    return fitting(counts, headcount)


def fitting(
    counts: Mapping[str, int], headcount: int, already: int = 0
) -> dict[str, int]:
    """These counts, which a room of so many people can have cast. Raises BallotInvalid."""
    total = sum(counts.values())
    if not total:
        raise BallotInvalid("There are no ballots in that.", Remedy.GO_ON_UNCOUNTED)
    if total + already > headcount:
        people = "1 person" if headcount == 1 else f"{headcount} people"
        raise BallotInvalid(
            f"That makes {total + already} ballots from {people}.",
            Remedy.COUNT_AGAIN,
        )
    return dict(counts)


def _number(text: str) -> int:
    if not _NUMBER.match(text):
        if re.fullmatch(r"[+-]?[0-9]+", text):
            raise BallotInvalid("That is a huge number of ballots.", "Count again.")
        raise BallotInvalid(
            "Something in there is not a number of ballots.",
            Remedy.USE_WHOLE_NUMBERS,
        )
    number = int(text)
    if number < 0:
        raise BallotInvalid("A count cannot be negative.", Remedy.USE_ZERO_OR_MORE)
    return number


def _use(letters: Mapping[str, str]) -> str:
    named = list(letters)
    if not named:
        return "There is nothing to vote on at this step."
    listed = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
    return f"Use {listed}."
