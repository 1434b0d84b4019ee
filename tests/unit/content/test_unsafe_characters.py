"""What an author may not write, and what is never shown, are the same characters."""

from __future__ import annotations

import sys

from dialogue_game.content.places import UNSAFE
from dialogue_game.core.text import safe


def test_an_author_is_told_of_every_character_that_would_be_dropped_and_of_no_other() -> (
    None
):
    everything = [chr(code) for code in range(sys.maxunicode + 1)]
    dropped = {character for character in everything if safe(character) != character}
    refused = {character for character in everything if UNSAFE.search(character)}
    assert refused - dropped == {
        "\ufffe",
        "\uffff",
    }  # no characters: no file can hold them
    assert dropped <= refused
    assert safe("\u200e\u200f") == "\u200e\u200f"
