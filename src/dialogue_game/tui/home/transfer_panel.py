"""One new situation for an earlier guideline, at a later start. Skipping it is fine."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from dialogue_game.app.transfer import TransferDue, answer_transfer, record_asked
from dialogue_game.tui.base.panel import Panel, with_retry
from dialogue_game.tui.text.layout import ListRow, paragraphs, remark
from dialogue_game.tui.text.story_blocks import action_row, answer_rows
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.key_bar import hidden_key
from dialogue_game.tui.widgets.pick_list import PickList

SKIP: Final = "skip"
CLOSE: Final = "close"


class TransferPanel(Panel):
    """The situation and its answers; then what is to be said for each. Never scored."""

    HEADING = "A new situation, an earlier guideline"

    BINDINGS: ClassVar[list[BindingType]] = [
        hidden_key("t", "close", "question.close", "Close this"),
    ]

    def __init__(self, due: TransferDue) -> None:
        super().__init__()
        self._due = due
        self.given: int | None = None

    def content(self) -> Iterable[Widget]:
        """Whence it comes, the situation, the answers."""
        due, known = self._due, self._due.guideline
        sentence = (
            f"Guideline {known.number}, {known.short}. You met it in “{due.title}”."
        )
        yield Sheet(
            [
                remark(" ".join(sentence.split())),
                *paragraphs([due.item.situation]),
            ]
        )
        self.answers = PickList(self.listed(), glyphs=self.glyphs)
        yield self.answers

    def listed(self) -> list[ListRow]:
        """The answers, with what is to be said for each once one is given."""
        item = self._due.item
        rows, last_key = answer_rows(item, self.given), str(len(item.options) + 1)
        if self.given is not None:
            return [*rows, action_row(CLOSE, "To the stories", last_key)]
        sentence = "Not scored. Settings (,) turn these questions off."
        return [*rows, action_row(SKIP, "Skip it", last_key, sentence)]

    @on(PickList.Picked)
    def choose_row(self, message: PickList.Picked) -> None:
        """Answer, pass it over, or close."""
        if message.row == CLOSE:
            self.dismiss(CLOSE)
        elif message.row == SKIP:
            with_retry(self.app, self._skip)
        elif self.given is None:
            with_retry(self.app, partial(self._answer, int(message.row)))

    def _skip(self) -> None:
        record_asked(self.game, self._due)
        self.dismiss(SKIP)

    def _answer(self, option: int) -> None:
        answer_transfer(self.game, self._due, option)
        self.given = option
        self.answers.show(self.listed(), len(self._due.item.options))
