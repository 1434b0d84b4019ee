"""The pages that lead on: questions, new situations, Monday, and what to play next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogue_game.app.player import Player
from dialogue_game.core.course import Course
from dialogue_game.core.debrief import Debrief
from dialogue_game.reporting.about import law_section
from dialogue_game.reporting.labels import VERIFIED, force_words
from dialogue_game.reporting.run_text import TITLES, comes_of, questions
from dialogue_game.tui.debrief.base_page import DebriefPage
from dialogue_game.tui.explore.navigation import show_history, show_map
from dialogue_game.tui.explore.replay import pick_decision
from dialogue_game.tui.play.play_state import AGAIN, LEAVE
from dialogue_game.tui.text.layout import Block, ListRow, heading, paragraphs
from dialogue_game.tui.text.story_blocks import action_row, action_rows, reference_row
from dialogue_game.tui.text.styled import (
    NOTHING,
    STRONG,
    Glyphs,
    joined,
    line,
    muted,
    prose,
    strong,
)

if TYPE_CHECKING:
    from dialogue_game.tui.debrief.base_page import Destination

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


REPLAY, BESIDE, MAP = "replay", "beside", "map"


class MondayPage(DebriefPage):
    """One line of the player's own."""

    name = "Monday"
    asks = True

    def __init__(self, player: Player, back: Debrief, glyphs: Glyphs) -> None:
        super().__init__(player, back, glyphs)
        self.kept = back.reflection

    def text(self) -> list[Block]:
        """What is asked, and what was kept."""
        blocks = [heading(TITLES["monday"])]
        blocks.append(
            Block(muted("One line for yourself. Enter keeps it and goes on."))
        )
        if self.kept:
            blocks.append(Block(line(self.kept), prose(f"{self.glyphs.done} Kept: ")))
        return blocks

    def save(self, text: str) -> None:
        """Keep the line. May raise JournalError."""
        self.player.reflect(text)
        self.kept = text


class NextPage(DebriefPage):
    """What to do now."""

    name = "Next"

    def text(self) -> list[Block]:
        """The question alone."""
        return [heading(TITLES["what_next"])]

    def rows(self) -> list[ListRow]:
        """Again, any decision, side by side, the map, home."""
        return action_rows(
            [
                (AGAIN, "Play it again, another way"),
                (REPLAY, "Replay a decision"),
                (BESIDE, "Compare with another run"),
                (MAP, "Your map of this story"),
                (LEAVE, "Another scenario"),
            ]
        )

    def leads_to(self, row: str) -> Destination | None:
        """Where a row leads."""
        run = self.player.playthrough
        destinations: dict[str, Destination] = {
            REPLAY: lambda app: pick_decision(app, run),
            BESIDE: lambda app: show_history(app, run),
            MAP: lambda app: show_map(
                app, self.player.story.id, self.player.playthrough
            ),
        }
        return destinations.get(row)
