"""The exception tree; every expected failure of the product is one of these.

DialogueGameError
├── ExpressionError          a condition or an effect that cannot be read
├── ChoiceNotAvailable       a choice that is unknown, locked, or made after the ending
├── NotFound                 a story, playthrough or course that is not there
├── NotOpenYet               an earlier decision taken anew before any ending was reached
├── RunFileInvalid           a file that is no exported playthrough, or cannot be written
├── BallotInvalid            ballots that cannot be read or do not fit the room
├── NotNow                   a session's command that has no place at this step
├── SessionInvalid           a session that cannot be prepared as asked
├── FileInTheWay             a file that cannot be written, or is there already
├── RecordsNotSent           a record store that is named wrongly, out of reach, or says no
├── ContentInvalid           story files with findings; carries them
├── SettingsInvalid          a settings file or value that cannot be used
└── JournalError             the journal could not do its work
    ├── JournalUnreadable    not a journal, or damaged
    │   └── JournalClosed    may not be opened; nothing is said of what is in it
    ├── JournalReadOnly      the file or its folder may not be written
    ├── JournalTooNew        written by a later version of the game
    ├── JournalFull          no room left on the disk
    ├── JournalBusy          another process holds it
    │   └── JournalMovedOn   another process went on with what is under way here
    └── JournalStreamGone    what is under way was deleted by another process

Each carries one sentence for the person in front of the screen and, where there is one, a next
step. Nothing here is for control flow.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto


class Remedy(Enum):
    """What a person can do about an error, where it differs between front ends.

    A screen words it as a key, lines as a command; each has a table over all of these.
    """

    GO_ON = auto()
    """Go on to the next step."""
    GO_ON_UNCOUNTED = auto()
    """Go on to the next step; what was typed is not counted."""
    STEP_BACK = auto()
    """Take back the latest action or step."""
    HOLD_NEW_ROUND = auto()
    COUNT_FIRST = auto()
    COUNT_LIKE_THIS = auto()
    USE_WHOLE_NUMBERS = auto()
    USE_ZERO_OR_MORE = auto()
    PASTE_ONLY_LETTERS = auto()
    ADD_ONE_BY_ONE = auto()
    """Add the other ballots one by one, or take those back first that are in."""
    COUNT_AGAIN = auto()
    """Count the ballots again, or correct how many people are here."""
    COUNT_PEOPLE_AGAIN = auto()
    """Count the people again, or take ballots back."""
    REVEAL_FIRST = auto()
    """Reveal the ballots first, or take a show of hands at the scene."""
    CHOOSE_OPTION = auto()
    """Name the option to go on with; `options` are the letters that there are."""
    TALK_THEN_CHOOSE = auto()
    """Talk, then name the option; or hold a new round."""
    PARK_IT = auto()
    """Keep it for later."""
    TYPE_SOMETHING = auto()
    WRITE_ELSEWHERE = auto()
    """Name another file, or say that this one may be written over."""
    ALLOW_RECHOOSING = auto()
    """Reach an ending first, or allow it in the settings."""


class DialogueGameError(Exception):
    """An expected failure: a sentence to show and what to do about it.

    The next step is a sentence where it is the same in every front end, else a `remedy` that each
    words for itself; `options` are what it speaks of.
    """

    def __init__(
        self, message: str, next_step: str | Remedy = "", options: Sequence[str] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = next_step if isinstance(next_step, Remedy) else None
        self.next_step = next_step if isinstance(next_step, str) else ""
        self.options = tuple(options)

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class ExpressionError(DialogueGameError):
    """A condition or effect that the story language does not allow.

    `offset` is the place in the expression's text, in characters from its start.
    """

    def __init__(self, message: str, next_step: str = "", offset: int = 0) -> None:
        super().__init__(message, next_step)
        self.offset = offset


class ChoiceNotAvailable(DialogueGameError):
    """The choice is unknown here, locked, or the playthrough has ended.

    `options` are the ids that are available now.
    """


class NotFound(DialogueGameError):
    """Something asked for by name is not there."""


class NotOpenYet(DialogueGameError):
    """During a first run one can look back, but not choose again."""


class RunFileInvalid(DialogueGameError):
    """A file that is no exported playthrough, is damaged, or cannot be written."""


class BallotInvalid(DialogueGameError):
    """Ballots that cannot be read, name no option, or are more than there are people."""


class NotNow(DialogueGameError):
    """A command of a session that has no place at the step it is at."""


class SessionInvalid(DialogueGameError):
    """A session that cannot be prepared as asked: numbers, minutes, scenarios."""


class FileInTheWay(DialogueGameError):
    """A file that cannot be written, or that is there and was not to be written over."""


class RecordsNotSent(DialogueGameError):
    """Records could not be sent; they are kept and wait."""


class ContentInvalid(DialogueGameError):
    """Story files that cannot be played; `findings` say where and why."""

    def __init__(
        self, message: str, next_step: str = "", findings: Sequence[object] = ()
    ) -> None:
        super().__init__(message, next_step)
        self.findings = tuple(findings)


class SettingsInvalid(DialogueGameError):
    """A setting that cannot be used."""


class JournalError(DialogueGameError):
    """The journal could not do its work; the state of play has not moved."""

    retry_helps: bool = True
    """False where what is under way is no longer ours, so that it never can be saved there."""


class JournalUnreadable(JournalError):
    """The file is damaged or is no journal at all."""


class JournalClosed(JournalUnreadable):
    """The file or its folder may not be opened: a matter of rights, not of damage."""


class JournalReadOnly(JournalError):
    """The journal may be read but not written."""


class JournalTooNew(JournalError):
    """The journal was written by a later version of the game."""


class JournalFull(JournalError):
    """There is no room left where the journal is kept."""


class JournalStreamGone(JournalError):
    """What is being played or led was deleted, or the journal wiped, by another process."""

    retry_helps = False


class JournalBusy(JournalError):
    """Another process is writing."""


class JournalMovedOn(JournalBusy):
    """Another process has gone on with this stream: nothing can be added from here any more."""

    retry_helps = False
