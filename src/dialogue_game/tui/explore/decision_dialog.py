"""A dialog with the decisions of a run: one of them is taken anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.widget import Widget

from dialogue_game.core.debrief import PathStep
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.text.layout import Block, ListRow
from dialogue_game.tui.text.styled import STRONG, Glyphs, line, muted
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet


class DecisionDialog(Panel):
    """Each decision with what was chosen. Closes with its number from 0, as a word."""

    HEADING = "Replay a decision"

    def __init__(self, title: str, steps: Sequence[PathStep]) -> None:
        super().__init__()
        self._story, self._steps = title, steps

    def content(self) -> Iterable[Widget]:
        """What that does, then the decisions."""
        sentence = (
            "Everything before the decision stays as it was. This run is kept, too."
        )
        yield Sheet(
            [Block(line(self._story).stylize(STRONG)), Block(muted(sentence), above=0)]
        )
        yield PickList(decision_rows(self._steps, self.glyphs), glyphs=self.glyphs)

    @on(PickList.Picked)
    def choose_row(self, message: PickList.Picked) -> None:
        """The decision is named."""
        self.dismiss(message.row)


def decision_rows(steps: Sequence[PathStep], glyphs: Glyphs) -> list[ListRow]:
    """A row for each decision: where, and what was chosen."""
    return [
        ListRow(
            str(place),
            line(step.before.title).stylize(STRONG),
            key=str(place + 1),
            note=muted(f"{glyphs.done} ") + line(step.consequence.choice_text),
            gap=1,
        )
        for place, step in enumerate(steps)
    ]
