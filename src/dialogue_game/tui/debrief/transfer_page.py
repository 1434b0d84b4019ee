"""The page with new situations for the same guidelines."""

from __future__ import annotations

from dialogue_game.app.player import Player
from dialogue_game.core.debrief import Debrief
from dialogue_game.reporting.about_you import comes_of
from dialogue_game.tui.debrief.page import DebriefPage
from dialogue_game.tui.text.layout import Block, ListRow, heading, paragraphs
from dialogue_game.tui.text.story_blocks import action_row
from dialogue_game.tui.text.styled import NOTHING, Glyphs, line, muted, prose, strong


class TransferPage(DebriefPage):
    """New situations, the same guidelines: answered one at a time, never scored."""

    name = "Try it"

    def __init__(self, player: Player, back: Debrief, glyphs: Glyphs) -> None:
        super().__init__(player, back, glyphs)
        self.items = tuple(player.story.transfer.values())
        self.answers = dict(back.transfer)
        left = [
            place
            for place, item in enumerate(self.items)
            if item.id not in self.answers
        ]
        self.at = left[0] if left else 0

    def text(self) -> list[Block]:
        """The situation at hand."""
        item = self.items[self.at]
        place = f"{self.at + 1} of {len(self.items)}, not scored"
        blocks = [heading("A new situation"), Block(muted(place), above=0)]
        return blocks + paragraphs([item.situation])

    def rows(self) -> list[ListRow]:
        """The answers; once one is given, what is to be said for each."""
        item = self.items[self.at]
        given = self.answers.get(item.id)
        rows = []
        for number, option in enumerate(item.options):
            note = NOTHING
            if given is not None:
                yours = "Your answer. " if number == given else ""
                note = strong(yours) + prose(comes_of(option))
            rows.append(
                ListRow(
                    str(number), line(option.text), str(number + 1), note=note, gap=1
                )
            )
        if given is not None and self.at + 1 < len(self.items):
            rows.append(action_row("next", "The next situation"))
        return rows

    def pick(self, row: str) -> None:
        """Answer, or go to the next situation."""
        if row == "next":
            self.at += 1
            return
        item = self.items[self.at]
        self.player.answer_transfer(item.id, int(row))
        self.answers[item.id] = int(row)
