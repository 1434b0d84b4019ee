"""What comes on each option, and the references: rows that open where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from dialogue_game.tui.text.layout import ListRow
from dialogue_game.tui.widgets.pick_list import PickList


def letter_keys(prefix: str) -> list[BindingType]:
    """A key for each letter of a card; the screen's `action_unfold` opens what comes on it."""
    return [
        Binding(
            letter.lower(),
            f"unfold('{letter}')",
            "Open",
            show=False,
            id=f"{prefix}.{letter}",
            tooltip=f"What comes on option {letter}",
        )
        for letter in "ABCDEF"
    ]


class OutcomeList(PickList):
    """Enter opens a row and never chooses an option: this list is for reading."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "pick", "Open", id="rows.pick", tooltip="Open the row, or close it"
        ),
    ]

    def unfolded(self, rows: Sequence[ListRow], row: str) -> None:
        """Show these rows with one of them just opened or closed: it is the one to look at."""
        ids = [shown.id for shown in rows]
        self.show(rows, ids.index(row) if row in ids else self.cursor)
        self.call_after_refresh(self.keep_in_sight)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without rows there is nothing to open."""
        return self.display or action != "pick"
