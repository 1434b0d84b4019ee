"""Asked before a run is played on: which decision is taken anew, and on which text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual import on
from textual.widget import Widget

from dialogue_game.app.explore.carry_over import BroughtOver
from dialogue_game.core.debrief import PathStep
from dialogue_game.core.text import counted
from dialogue_game.tui.base.panel import ChoiceDialog, Panel
from dialogue_game.tui.text.layout import Block, ListRow, heading, remark, statement
from dialogue_game.tui.text.story_blocks import action_row
from dialogue_game.tui.text.styled import STRONG, line, muted, prose
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.split_view import ChoicePane, ReadingPane, SplitView


class DecisionDialog(ChoiceDialog):
    """Each decision with what was chosen. Closes with its number from 0, as a word."""

    HEADING = "Replay a decision"

    def __init__(self, title: str, steps: Sequence[PathStep]) -> None:
        super().__init__()
        self._story, self._steps = title, steps

    def question(self) -> Iterable[Block]:
        """What that does."""
        yield heading(self._story)
        sentence = (
            "Everything before the decision stays as it was. This run is kept, too."
        )
        yield remark(sentence, above=0)

    def answers(self) -> list[ListRow]:
        """A row for each decision: where, and what was chosen."""
        return [
            ListRow(
                str(place),
                line(step.before.title, STRONG),
                key=str(place + 1),
                note=muted(f"{self.glyphs.done} ") + line(step.consequence.choice_text),
                gap=1,
            )
            for place, step in enumerate(self._steps)
        ]


BEGUN: Final = "begun"
NEW: Final = "new"


class EditionDialog(Panel):
    """What was edited, as far as it concerns this run, and both ways on.

    With `decision` (from 0) it is about taking that decision anew. Closes with one of the words
    above, or with "".
    """

    HEADING = "The story was edited"

    def __init__(self, brought_over: BroughtOver, decision: int | None = None) -> None:
        super().__init__()
        self._brought_over, self._decision = brought_over, decision

    def body(self) -> Iterable[Widget]:
        """How far the run holds, then the ways on."""
        self.top.show(line(self.HEADING, STRONG))
        brought_over = self._brought_over
        first, *rest = brought_over.sentences
        blocks = [
            heading(brought_over.story.title),
            statement(first, above=0),
        ]
        prefix = prose(f"{self.glyphs.bullet} ")
        blocks += [
            Block(line(sentence), prefix, above=0 if place else 1)
            for place, sentence in enumerate(rest)
        ]
        blocks.append(
            remark("Whatever you take, the run as it is stays in your history.")
        )
        self.reading = ReadingPane(Sheet(blocks))
        yield SplitView(
            self.reading,
            self.divider,
            ChoicePane(PickList(self.options(), glyphs=self.glyphs)),
        )

    def options(self) -> list[ListRow]:
        """The edition begun with, or the new one from where it can go on."""
        brought_over, decision = self._brought_over, self._decision
        wanted = brought_over.made if decision is None else decision
        held = min(wanted, brought_over.carried)
        doing = "Go on" if decision is None else f"Take decision {wanted + 1} anew"
        old = action_row(
            BEGUN, f"{doing} with the edition you began", "1", "Nothing changes."
        )
        if held < wanted:
            sentence = (
                f"{counted(held, 'decision')} carried over; you choose from there."
            )
            return [
                old,
                action_row(
                    NEW,
                    f"Start at decision {held + 1} of the new edition",
                    "2",
                    sentence,
                ),
            ]
        sentence = f"{counted(held, 'decision')} carried over, as a new run."
        new = (
            "Bring it over to the new edition"
            if decision is None
            else f"{doing} in the new one"
        )
        return [old, action_row(NEW, new, "2", sentence)]

    @on(PickList.Picked)
    def choose_row(self, message: PickList.Picked) -> None:
        """The person has said."""
        self.dismiss(message.row)
