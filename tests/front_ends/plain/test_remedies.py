"""What an error advises where commands are typed."""

from __future__ import annotations

import pytest

from dialogue_game.errors import BallotInvalid, NotNow, Remedy
from dialogue_game.plain.console import REMEDY_COMMANDS, error_text


@pytest.mark.parametrize("remedy", Remedy)
def test_every_remedy_has_words_for_those_who_type(remedy: Remedy) -> None:
    assert error_text(NotNow("No.", remedy)) == f"No. {REMEDY_COMMANDS[remedy]}"


def test_an_error_with_a_sentence_of_its_own_is_said_as_it_is() -> None:
    assert error_text(BallotInvalid("No.", "Count again.")) == "No. Count again."


def test_the_options_that_there_are_become_commands() -> None:
    error = NotNow("Nothing is settled yet.", Remedy.CHOOSE_OPTION, ("A", "B"))
    assert error_text(error) == "Nothing is settled yet. Then: settle A, settle B"
