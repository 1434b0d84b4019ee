"""The covers of the stories on Home, in full, where the terminal draws pictures itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.geometry import Size

from dialogue_game.app.game import Game
from dialogue_game.errors import DialogueGameError
from dialogue_game.tui.exhibits.pictures import (
    PictureRole,
    PictureSource,
    PictureWidget,
)
from dialogue_game.tui.text.drawings import Drawing
from dialogue_game.tui.text.styled import prose
from dialogue_game.tui.widgets.pick_list import PickList

COVER: Final = Size(21, 6)
"""Cells of a cover, which is about sixteen by nine."""
LEFT: Final = 5
"""Cells of a row before its picture: the cursor, and its key."""


class StoryCover(PictureWidget):
    """The cover of one story."""

    def __init__(self, story: str, pictures: PictureSource) -> None:
        super().__init__(pictures)
        self.story = story


def with_space_for_covers(drawn: Callable[[str], Drawing]) -> Callable[[str], Drawing]:
    """The drawings, each in the place of a cover that will be laid over it."""

    def placed(story: str) -> Drawing:
        lines = drawn(story)
        blank = prose(" " * COVER.width)
        whole = [line.pad_right(COVER.width - line.cell_length) for line in lines]
        return (*whole, *[blank] * (COVER.height - len(whole))) if lines else ()

    return placed


def show_covers(game: Game, cards: PickList, pictures: PictureSource) -> None:
    """Lay every story's cover over its drawing; one that cannot be shown leaves the drawing.

    Where rows have no room for covers they are taken down.
    """
    if not cards.laid.tops:
        return  # out of sight, under another screen
    if not any(len(row.picture) == COVER.height for row in cards.rows):
        cards.query(StoryCover).remove()
        return
    covers = {each.story: each for each in cards.query(StoryCover)}
    for place, row in enumerate(cards.rows):
        if not row.picture:
            continue
        picture_widget = covers.get(row.id)
        if picture_widget is None:
            try:
                cover = game.story(row.id).cover
            except DialogueGameError:
                continue
            picture_widget = StoryCover(row.id, pictures)
            cards.mount(picture_widget)
            picture_widget.show(cover.file if cover else "", PictureRole.COVER)
        picture_widget.styles.offset = (LEFT, cards.laid.tops[place])
