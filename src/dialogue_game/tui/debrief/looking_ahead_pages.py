"""The pages that lead on: paths not taken, questions, new situations, Monday, what to play next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dialogue_game.app.game import Game
from dialogue_game.app.player import Player
from dialogue_game.core.comparison import Comparison
from dialogue_game.core.course import Course
from dialogue_game.core.debrief import Debrief
from dialogue_game.errors import DialogueGameError
from dialogue_game.reporting.about import law_section
from dialogue_game.reporting.labels import VERIFIED, force_text
from dialogue_game.reporting.run_text import (
    TITLES,
    cause_lines,
    questions,
    quoted,
)
from dialogue_game.tui.debrief.looking_back_pages import DebriefPage
from dialogue_game.tui.explore.navigation import compare, show_history, show_map
from dialogue_game.tui.explore.replay import pick_decision, replay
from dialogue_game.tui.play.play_state import AGAIN, LEAVE
from dialogue_game.tui.text.layout import (
    Block,
    ListRow,
    heading,
    paragraphs,
    remark,
    statement,
)
from dialogue_game.tui.text.story_blocks import (
    action_row,
    action_rows,
    answer_rows,
    reference_row,
)
from dialogue_game.tui.text.styled import (
    MUTED,
    Glyphs,
    joined,
    line,
    muted,
    prose,
)

if TYPE_CHECKING:
    from dialogue_game.app.explore.what_if import WhatIf
    from dialogue_game.tui.debrief.looking_back_pages import Destination


@dataclass(slots=True)
class Alternatives:
    """Looked for once, when first asked; where the journal cannot tell, there are none."""

    game: Game
    player: Player
    _offers: tuple[WhatIf, ...] | None = field(default=None, init=False)

    def offers(self) -> tuple[WhatIf, ...]:
        """The decisions worth another look. It takes a third of a second in a long story."""
        if self._offers is None:
            self._offers = self._found()
        return self._offers

    def cause(self) -> Comparison | None:
        """The run beside the one it branched from; None where it is no replay."""
        if not self.player.story.scored:
            return None
        try:
            return self.game.explore.cause(self.player.playthrough)
        except DialogueGameError:
            return None

    def _found(self) -> tuple[WhatIf, ...]:
        if not self.player.story.scored:
            return ()
        try:
            return self.game.explore.what_ifs(self.player.playthrough)
        except DialogueGameError:
            return ()


TRY, OTHER, BESIDE = "try", "other", "beside"


class WhatIfPage(DebriefPage):
    """What else there was, one alternative at a time."""

    name = "What if"

    def __init__(
        self, player: Player, debrief: Debrief, glyphs: Glyphs, others: Alternatives
    ) -> None:
        super().__init__(player, debrief, glyphs)
        self._others = others
        self.at = 0

    @property
    def offer(self) -> WhatIf | None:
        """The decision worth another look that is offered now."""
        offers = self._others.offers()
        return offers[self.at % len(offers)] if offers else None

    def text(self) -> list[Block]:
        """The alternative, with its reason; where there is none, that other paths are worth it."""
        offer = self.offer
        if offer is None:
            sentence = "The other roads cost nothing, and the wrong ones show the most."
            return [heading("What if?"), Block(prose(sentence), above=0)]
        number, chosen = offer.visit.decision + 1, quoted(offer.chosen)
        where = f"{offer.title}, decision {number}. You chose {chosen}"
        return [
            heading("What if you had …?"),
            Block(line(where, MUTED)),
            heading(offer.question, above=0),
            statement(offer.reason),
        ]

    def rows(self) -> list[ListRow]:
        """Take it, or see another one."""
        if not self.offer:
            return []
        more = [(OTHER, "What else?")] if len(self._others.offers()) > 1 else []
        return action_rows([(TRY, "Take it: see what comes of it"), *more])

    def pick(self, row: str) -> None:
        """The next alternative."""
        self.at += row == OTHER

    def leads_to(self, row: str) -> Destination | None:
        """Back to that decision, with the other option taken."""
        offer = self.offer
        if row != TRY or offer is None:
            return None
        visit = offer.visit
        return lambda app: replay(app, visit.run, visit.decision, offer.option)


class ChangedPage(DebriefPage):
    """The cause of the difference: this run beside the one it branched from."""

    name = "Changed"

    def __init__(
        self, player: Player, debrief: Debrief, glyphs: Glyphs, cause: Comparison
    ) -> None:
        super().__init__(player, debrief, glyphs)
        self._cause = cause

    def text(self) -> list[Block]:
        """What the other choice changed, and how far it alone is the cause."""
        prefix = prose(f"{self.glyphs.bullet} ")
        causes = [Block(line(said), prefix) for said in cause_lines(self._cause)]
        return [heading("What that changed"), *causes]

    def rows(self) -> list[ListRow]:
        """Both paths in full."""
        return [action_row(BESIDE, "See both runs side by side", "1")]

    def leads_to(self, row: str) -> Destination | None:
        """Both, this run first."""
        return lambda app: compare(app, self.player.playthrough, self._cause.left.run)


MORE, LAW = "page:more", "page:law"


class QuestionsPage(DebriefPage):
    """What to talk about, and where to read on or ask."""

    name = "Questions"

    def __init__(
        self, player: Player, debrief: Debrief, glyphs: Glyphs, course: Course
    ) -> None:
        super().__init__(player, debrief, glyphs)
        self.course = course

    def text(self) -> list[Block]:
        """Three questions, and whom to ask."""
        blocks = [heading(TITLES["questions"])]
        prefix = prose(f"{self.glyphs.bullet} ")
        first = questions(self.player.story, self.debrief)[0]
        blocks += [Block(prose(words), prefix, above=0) for words in first]
        if self.course.contacts:
            blocks.append(heading("Whom to ask"))
        for contact in self.course.contacts:
            parts = (contact.address, contact.email, contact.phone)
            where = joined(
                [line(part) for part in parts if part], f" {self.glyphs.dot} "
            )
            blocks.append(heading(contact.name, above=0))
            blocks.append(Block(where, above=0))
            if contact.note:
                blocks.append(remark(contact.note, above=0))
        if self.debrief.resources:
            blocks.append(heading("Where to read on"))
        return blocks

    def rows(self) -> list[ListRow]:
        """The resources, as cards that open; then all other questions, together."""
        rows = []
        for number, reference in enumerate(self.debrief.resources, 1):
            opened = reference.id in self.opened
            row = reference_row(reference, number, self.glyphs, opened=opened)
            sure = f"{force_text(reference)} {VERIFIED[reference.verified]} {reference.note}"
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
        others = questions(self.player.story, self.debrief)[1]
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

    def __init__(self, player: Player, debrief: Debrief, glyphs: Glyphs) -> None:
        super().__init__(player, debrief, glyphs)
        self.items = tuple(player.story.transfer.values())
        self.answers = dict(debrief.transfer)
        open_ = (n for n, each in enumerate(self.items) if each.id not in self.answers)
        self.at = next(open_, 0)

    def text(self) -> list[Block]:
        """The situation at hand."""
        item = self.items[self.at]
        place = f"{self.at + 1} of {len(self.items)}, not scored"
        blocks = [heading("A new situation"), remark(place, above=0)]
        return blocks + paragraphs([item.situation])

    def rows(self) -> list[ListRow]:
        """The answers; once one is given, what is to be said for each."""
        item = self.items[self.at]
        given = self.answers.get(item.id)
        rows = answer_rows(item, given)
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


class MondayPage(DebriefPage):
    """One line of the player's own."""

    name = "Monday"
    asks = True

    def __init__(self, player: Player, debrief: Debrief, glyphs: Glyphs) -> None:
        super().__init__(player, debrief, glyphs)
        self.kept = debrief.reflection

    def text(self) -> list[Block]:
        """What is asked, and what was kept."""
        blocks = [heading(TITLES["monday"])]
        blocks.append(remark("One line for yourself. Enter keeps it and goes on."))
        if self.kept:
            blocks.append(Block(line(self.kept), prose(f"{self.glyphs.done} Kept: ")))
        return blocks

    def save(self, text: str) -> None:
        """Keep the line. May raise JournalError."""
        self.player.reflect(text)
        self.kept = text


REPLAY, MAP = "replay", "map"


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
