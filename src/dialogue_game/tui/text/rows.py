"""What a list shows: one row, ready to be laid out."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from dialogue_game.tui.text.prose import NOTHING


class ListRow(NamedTuple):
    """One thing to pick: its text, a key of its own, and muted notes beneath it.

    `aside` stands at the right of the first line where there is room, beneath the text where not.
    `gap` empty lines follow. A `brief` row keeps its text to one line. A `picture` of a few lines
    stands at the left of the text, where there is room.
    """

    id: str
    text: Content
    key: str = ""
    note: Content = NOTHING
    more: tuple[Content, ...] = ()
    aside: Content = NOTHING
    available: bool = True
    gap: int = 0
    brief: bool = False
    picture: tuple[Content, ...] = ()
