"""The page with the questions to talk about, and where to read on or ask."""

from __future__ import annotations

from dialogue_game.app.player import Player
from dialogue_game.core.course import Course
from dialogue_game.core.debrief import Debrief
from dialogue_game.reporting.about import law_section
from dialogue_game.reporting.about_you import TITLES, questions
from dialogue_game.reporting.labels import VERIFIED, force_words
from dialogue_game.tui.debrief.page import DebriefPage
from dialogue_game.tui.text.layout import Block, ListRow, heading
from dialogue_game.tui.text.story_blocks import reference_row
from dialogue_game.tui.text.styled import STRONG, Glyphs, joined, line, muted, prose

MORE, LAW = "page:more", "page:law"


class QuestionsPage(DebriefPage):
    """What to talk about, and where to read on or ask."""

    name = "Questions"

    def __init__(
        self, player: Player, back: Debrief, glyphs: Glyphs, course: Course
    ) -> None:
        super().__init__(player, back, glyphs)
        self.course = course

    def text(self) -> list[Block]:
        """Three questions, and whom to ask."""
        blocks = [heading(TITLES["questions"])]
        lead = prose(f"{self.glyphs.bullet} ")
        first = questions(self.player.story, self.back)[0]
        blocks += [Block(prose(words), lead, above=0) for words in first]
        if self.course.contacts:
            blocks.append(heading("Whom to ask"))
        for contact in self.course.contacts:
            parts = (contact.address, contact.email, contact.phone)
            where = joined(
                [line(part) for part in parts if part], f" {self.glyphs.dot} "
            )
            blocks.append(Block(line(contact.name).stylize(STRONG), above=0))
            blocks.append(Block(where, above=0))
            if contact.note:
                blocks.append(Block(muted(contact.note), above=0))
        if self.back.resources:
            blocks.append(heading("Where to read on"))
        return blocks

    def rows(self) -> list[ListRow]:
        """The resources, as cards that open; then all other questions, together."""
        rows = []
        for number, reference in enumerate(self.back.resources, 1):
            opened = reference.id in self.opened
            row = reference_row(reference, number, self.glyphs, opened=opened)
            sure = f"{force_words(reference)} {VERIFIED[reference.verified]} {reference.note}"
            card = (prose(reference.summary), muted(sure.strip()), line(reference.url))
            rows.append(
                ListRow(
                    row.id,
                    row.text,
                    row.key,
                    more=card if opened else (),
                    gap=int(opened),
                )
            )
        others = questions(self.player.story, self.back)[1]
        if others:
            more = (
                tuple(prose(words) for words in others) if MORE in self.opened else ()
            )
            title = f"{TITLES['questions_others']} ({len(others)})"
            rows.append(ListRow(MORE, prose(title), more=more, gap=1))
        rows += self._law()
        return rows

    def _law(self) -> list[ListRow]:
        law = law_section(self.course)
        if not (law.paragraphs or law.items):
            return []
        first, *rest = [*law.paragraphs, *law.items]
        more = tuple(prose(words) for words in rest) if LAW in self.opened else ()
        return [ListRow(LAW, prose(law.title), note=muted(first), more=more)]

    def pick(self, row: str) -> None:
        """Open what a row stands for, or close it; an opened resource is noted."""
        super().pick(row)
        if row in self.opened and row not in (MORE, LAW):
            self.player.open_reference(row)
