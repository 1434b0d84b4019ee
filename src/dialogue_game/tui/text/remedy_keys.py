"""What an error advises, as a key to press."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dialogue_game.app.invocation import with_program_name
from dialogue_game.errors import DialogueGameError, Remedy

IN_KEYS: Final[Mapping[Remedy, str]] = {
    Remedy.GO_ON: "Enter goes on.",
    Remedy.GO_ON_UNCOUNTED: "Nothing was counted.",
    Remedy.STEP_BACK: "A step back: u.",
    Remedy.HOLD_NEW_ROUND: "For a new round: v.",
    Remedy.COUNT_FIRST: "Count them first: t.",
    Remedy.COUNT_LIKE_THIS: "Write them like this: a=4 b=2 c=1",
    Remedy.USE_WHOLE_NUMBERS: "Use whole numbers, as in a=4 b=2 c=1.",
    Remedy.USE_ZERO_OR_MORE: "Use 0 or more, as in a=4 b=2 c=1.",
    Remedy.PASTE_ONLY_LETTERS: "Paste only the letters, without names, like this: A B B C",
    Remedy.ADD_ONE_BY_ONE: "Press Esc. Then k adds the others one by one, and u takes those back.",
    Remedy.COUNT_AGAIN: "Count again. Or press Esc, then # to say how many are here.",
    Remedy.COUNT_PEOPLE_AGAIN: "Count the people again. Or press Esc, then u to take ballots back.",
    Remedy.REVEAL_FIRST: "Reveal the ballots first: y.",
    Remedy.CHOOSE_OPTION: "Press the letter of the option, then Enter.",
    Remedy.TALK_THEN_CHOOSE: "Talk, then press the letter of the option. For a new round: v.",
    Remedy.PARK_IT: "Keep it with w.",
    Remedy.TYPE_SOMETHING: "Type a few words.",
    Remedy.WRITE_ELSEWHERE: "Name another file.",
    Remedy.ALLOW_RECHOOSING: "Every decision opens once you have reached an ending; "
    "or allow it now in the settings: the comma key.",
}
"""What an error advises, for those who press keys and type no commands."""


def in_keys(error: DialogueGameError) -> str:
    """An error's sentence, and its next step as a key."""
    step = IN_KEYS[error.remedy] if error.remedy else error.next_step
    return with_program_name(f"{error.message} {step}".strip())
