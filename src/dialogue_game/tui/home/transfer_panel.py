"""One new situation for an earlier guideline, at a later start. Skipping it is fine."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.app.transfer import TransferDue
from dialogue_game.tui.base.panel import Drawer
from dialogue_game.tui.base.retry import keep
from dialogue_game.tui.text.blocks import Block, paragraphs
from dialogue_game.tui.text.prose import NOTHING, line, muted, prose, strong
from dialogue_game.tui.text.rows import Row
from dialogue_game.tui.text.story_blocks import action
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet

SKIP: Final = "skip"
CLOSE: Final = "close"


class QuestionDrawer(Drawer):
    """The situation and its answers; then what is to be said for each. Never scored."""

    TITLE_WORDS = "A new situation, an earlier guideline"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "close", "Close", show=False, id="question.close", tooltip="Close this"),
    ]

    def __init__(self, due: TransferDue) -> None:
        super().__init__()
        self._due = due
        self.given: int | None = None

    def held(self) -> Iterable[Widget]:
        """Whence it comes, the situation, the answers."""
        due, known = self._due, self._due.guideline
        told = f"Guideline {known.number}, {known.short}. You met it in “{due.title}”."
        yield Sheet([Block(muted(" ".join(told.split()))), *paragraphs([due.item.situation])])
        self.answers = PickList(self.listed(), signs=self.signs)
        yield self.answers

    def listed(self) -> list[Row]:
        """The answers, with what is to be said for each once one is given."""
        rows = []
        options = self._due.item.options
        for number, option in enumerate(options):
            note = NOTHING
            if self.given is not None:
                sound = "Sound" if option.sound else "Less sound"
                yours = "Your answer. " if number == self.given else ""
                note = strong(f"{yours}{sound}. ") + prose(option.why)
            rows.append(Row(str(number), line(option.text), str(number + 1), note=note, gap=1))
        if self.given is not None:
            return [*rows, action(CLOSE, "To the stories", str(len(options) + 1))]
        told = "Not scored. Settings (,) turn these questions off."
        return [*rows, action(SKIP, "Skip it", str(len(options) + 1), told)]

    @on(PickList.Picked)
    def settle(self, message: PickList.Picked) -> None:
        """Answer, pass it over, or close."""
        if message.row == CLOSE:
            self.dismiss(CLOSE)
        elif message.row == SKIP:
            keep(self.ours, self._skip)
        elif self.given is None:
            keep(self.ours, partial(self._answer, int(message.row)))

    def _skip(self) -> None:
        self.game.explore.skip_transfer(self._due)
        self.dismiss(SKIP)

    def _answer(self, option: int) -> None:
        self.game.explore.answer_transfer(self._due, option)
        self.given = option
        self.answers.show(self.listed(), len(self._due.item.options))
