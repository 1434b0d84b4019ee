"""The page with the questions to talk about, and where to read on or ask."""

from __future__ import annotations

from collections.abc import Sequence

from dialogue_game.app.player import Player
from dialogue_game.core.course import Contact
from dialogue_game.core.debrief import Debrief
from dialogue_game.reporting.about_you import TITLES, questions
from dialogue_game.reporting.labels import VERIFIED, force_words
from dialogue_game.tui.debrief.page import DebriefPage
from dialogue_game.tui.text.blocks import Block, heading
from dialogue_game.tui.text.glyphs import Glyphs
from dialogue_game.tui.text.prose import STRONG, joined, line, muted, prose
from dialogue_game.tui.text.rows import ListRow
from dialogue_game.tui.text.story_blocks import action_row, reference_row

MORE = "more"


class QuestionsPage(DebriefPage):
    """What to talk about, and where to read on or ask."""

    name = "Questions"

    def __init__(
        self, player: Player, back: Debrief, glyphs: Glyphs, contacts: Sequence[Contact]
    ) -> None:
        super().__init__(player, back, glyphs)
        self.contacts = contacts

    def text(self) -> list[Block]:
        """Three questions, all others once asked for, whom to ask."""
        first, others = questions(self.player.story, self.back)
        blocks = [heading(TITLES["questions"])]
        shown, lead = first + others * (MORE in self.opened), prose(f"{self.glyphs.bullet} ")
        blocks += [Block(prose(words), lead, above=0) for words in shown]
        if self.contacts:
            blocks.append(heading("Whom to ask"))
        for contact in self.contacts:
            parts = (contact.address, contact.email, contact.phone)
            where = joined([line(part) for part in parts if part], f" {self.glyphs.dot} ")
            blocks.append(Block(line(contact.name).stylize(STRONG), above=0))
            blocks.append(Block(where, above=0))
            if contact.note:
                blocks.append(Block(muted(contact.note), above=0))
        if self.back.resources:
            blocks.append(heading("Where to read on"))
        return blocks

    def rows(self) -> list[ListRow]:
        """The other questions, and the resources as cards that open."""
        others = questions(self.player.story, self.back)[1]
        rows = []
        if others and MORE not in self.opened:
            rows.append(action_row(MORE, f"{TITLES['questions_others']} ({len(others)})", "m"))
        for number, reference in enumerate(self.back.resources, 1):
            opened = reference.id in self.opened
            row = reference_row(reference, number, self.glyphs, opened=opened)
            sure = f"{force_words(reference)} {VERIFIED[reference.verified]} {reference.note}"
            more = (prose(reference.summary), muted(sure.strip()), line(reference.url))
            rows.append(
                ListRow(row.id, row.text, row.key, more=more if opened else (), gap=int(opened))
            )
        return rows

    def pick(self, row: str) -> None:
        """Show all questions; open a resource's card, or close it."""
        super().pick(row)
        if row in self.opened and row != MORE:
            self.player.open_reference(row)
