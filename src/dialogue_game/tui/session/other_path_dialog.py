"""A dialog with the options that a group did not take: one of them is played together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual import on
from textual.widget import Widget

from dialogue_game.app.session.shared_view import OtherPath
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.text.layout import Block, ListRow
from dialogue_game.tui.text.styled import joined, line, muted, strong
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet

LINES: Final = 3
"""How many lines an option and its decision take at most, as a rule."""


class OtherPathDialog(Panel):
    """Each decision with its other options. Closes with decision and option, as "2 ask"."""

    HEADING = "The other road, together"

    def __init__(self, paths: Sequence[OtherPath]) -> None:
        super().__init__()
        self._paths = paths

    def content(self) -> Iterable[Widget]:
        """What that does, then the options."""
        sentence = "Both roads are kept, and can be compared later."
        yield Sheet(
            [
                Block(line("Which one did a minority want?")),
                Block(muted(sentence), above=0),
            ]
        )
        self.listed = PickList(path_rows(self._paths), glyphs=self.glyphs)
        yield self.listed

    def action_turn(self, pages: int) -> None:
        """A page of options on: the cursor goes along, so that Enter never takes an unseen one."""
        rows = max(1, self.reading.size.height // LINES)
        self.listed.cursor = max(
            0, min(self.listed.cursor + pages * rows, len(self.listed.rows) - 1)
        )

    @on(PickList.Picked)
    def choose_row(self, message: PickList.Picked) -> None:
        """The option is named."""
        self.dismiss(message.row)


def path_rows(paths: Sequence[OtherPath]) -> list[ListRow]:
    """A row for each option that was not taken, with its decision."""
    rows: list[ListRow] = []
    for path in paths:
        for option in path.options:
            number = len(rows) + 1
            sentence = f"Decision {path.decision}: {path.title}"
            if option.letter == path.wanted:
                sentence += ". Most of the others chose this."
            rows.append(
                ListRow(
                    f"{path.decision} {option.id}",
                    joined([strong(option.letter), line(option.text)], "  "),
                    key=str(number) if number <= 9 else "",
                    note=muted(sentence),
                )
            )
    return rows
