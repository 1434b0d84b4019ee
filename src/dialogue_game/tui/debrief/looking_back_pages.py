"""What a page of the debrief is, and the pages that look back: you, your path, the guidelines."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any, Final

from textual.content import Content

from dialogue_game.app.player import Player
from dialogue_game.core.debrief import Debrief, PathStep
from dialogue_game.core.scoring import GuidelineResult
from dialogue_game.reporting.labels import (
    ADDING_UP,
    REPAIRED,
    earned_text,
    guideline_name,
    verdict_text,
)
from dialogue_game.reporting.run_text import TITLES, run_remarks
from dialogue_game.tui.text.layout import Block, ListRow, heading, paragraphs, remark
from dialogue_game.tui.text.styled import (
    MARK_WORDS,
    MUTED,
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
    from dialogue_game.tui.app import DialogueGameApp

    Destination = Callable[[DialogueGameApp], Coroutine[Any, Any, None]]


class DebriefPage:
    """One page. Rows open and close unless a page does something else with them."""

    name = ""
    asks = False

    def __init__(self, player: Player, debrief: Debrief, glyphs: Glyphs) -> None:
        self.player, self.debrief, self.glyphs = player, debrief, glyphs
        self.opened: set[str] = set()

    def text(self) -> list[Block]:
        """What is read above the rows."""
        return []

    def rows(self) -> list[ListRow]:
        """What can be taken."""
        return []

    def pick(self, row: str) -> None:
        """Open the row, or close it. May raise JournalError, and then nothing has changed."""
        self.opened ^= {row}

    def leads_to(self, row: str) -> Destination | None:
        """Where that row leads to, if it leads away from the debrief."""
        return None


class AboutYouPage(DebriefPage):
    """What one tends to do, the moments that decided, what was protected and paid with."""

    name = "You"

    def text(self) -> list[Block]:
        """Each passage under its title."""
        blocks = []
        for title, remarks in run_remarks(self.debrief):
            blocks.append(heading(title))
            for text, at in remarks:
                prefix = line(at, MUTED) + prose(" ") if at else NOTHING
                blocks.append(Block(prefix + prose(text), above=0))
        return blocks


BETWEEN: Final = prose(" ")
"""An empty line between two pieces of coaching."""


class PathPage(DebriefPage):
    """What was chosen, step by step; coaching opens beneath each."""

    name = "Path"

    def __init__(
        self, player: Player, debrief: Debrief, glyphs: Glyphs, *, coach: bool
    ) -> None:
        super().__init__(player, debrief, glyphs)
        if coach:
            self.opened = {str(number) for number, _ in enumerate(debrief.path, 1)}

    def text(self) -> list[Block]:
        """What the page is."""
        return [
            heading(TITLES["path"]),
            remark("Open a step to see it again.", above=0),
        ]

    def rows(self) -> list[ListRow]:
        """A row for each step."""
        return [
            self._row(str(number), step)
            for number, step in enumerate(self.debrief.path, 1)
        ]

    def _row(self, number: str, step: PathStep) -> ListRow:
        consequence = step.consequence
        opened = number in self.opened
        marks = joined(
            [self.glyphs.named(mark.word) for mark in consequence.marks], "  "
        )
        return ListRow(
            number,
            line(step.before.title, STRONG),
            key=number,
            note=line(consequence.choice_text),
            more=tuple(self._coaching(step)) if opened else (),
            trailing=marks,
            gap=1,
        )

    def _coaching(self, step: PathStep) -> Iterator[Content]:
        consequence = step.consequence
        for block in paragraphs(consequence.text):
            yield BETWEEN
            yield block.text.stylize(MUTED)
        for mark in consequence.marks:
            name = guideline_name(self.player.story.guidelines, mark.guideline)
            yield BETWEEN
            word = self.glyphs.named(mark.word, MARK_WORDS[mark.word])
            yield word + prose(f" guideline {name}. {mark.why}")
        if consequence.references:
            yield BETWEEN
            labels = "; ".join(reference.label for reference in consequence.references)
            yield muted(f"Where it is written: {labels} (r opens the references)")


VERDICT_CELLS, BAR_CELLS, NUMBER_CELLS = 23, 4, 8


class ProfilePage(DebriefPage):
    """The profile: each guideline in words, in a bar and in numbers, with its evidence."""

    name = "Guidelines"

    def text(self) -> list[Block]:
        """Overall, and how far the score key was looked at."""
        overall = self.debrief.profile.overall
        blocks = [heading("The guidelines on your path")]
        if overall.percent is not None:
            sentence = earned_text(overall.earned, overall.at_stake)
            blocks.append(
                Block(
                    prose(f"{sentence} points that were at stake: ")
                    + strong(f"{overall.percent} %")
                    + prose(". Nobody is ranked by this."),
                    above=0,
                )
            )
            blocks.append(remark(ADDING_UP, above=0))
        blocks.append(remark(status_text(self.player), above=0))
        return blocks

    def rows(self) -> list[ListRow]:
        """A row for each guideline."""
        return [self._row(result) for result in self.debrief.profile.guidelines]

    def _row(self, result: GuidelineResult) -> ListRow:
        known = self.player.story.guidelines.get(result.guideline)
        opened = result.guideline in self.opened
        return ListRow(
            result.guideline,
            line(known.short if known else result.guideline),
            key=str(known.number) if known else "",
            trailing=self._aside(result),
            more=tuple(self._evidence(result)) if opened else (),
            gap=1 if opened else 0,
        )

    def _aside(self, result: GuidelineResult) -> Content:
        words = REPAIRED if result.repaired else result.verdict
        stake = result.stake
        if not stake.at_stake:
            cells = VERDICT_CELLS + BAR_CELLS + NUMBER_CELLS + 2
            return prose(words.ljust(cells), MUTED)
        bar = self.glyphs.bar(stake.earned / stake.at_stake, BAR_CELLS)
        numbers = f"{stake.earned} of {stake.at_stake}"
        return prose(f"{words:<{VERDICT_CELLS}} {bar} {numbers:>{NUMBER_CELLS}}")

    def _evidence(self, result: GuidelineResult) -> Iterator[Content]:
        known = self.player.story.guidelines.get(result.guideline)
        if known:
            yield prose(known.text, MUTED)
        yield line(f"On this path: {verdict_text(result)}.")
        for item in result.evidence:
            yield BETWEEN
            sign = self.glyphs.named(item.mark.word, item.mark.word)
            chosen = line(f"at decision {item.position + 1}: “{item.choice_text}”")
            yield joined([sign, chosen], " ")
            yield prose(item.mark.why)


def status_text(player: Player) -> str:
    """How far others have looked at the score key."""
    story = player.story
    if story.status != "reviewed":
        return (
            "The marks were drafted by the authors; experts have not reviewed them yet."
        )
    by = f" by {', '.join(story.reviewers)}" if story.reviewers else ""
    return f"The marks were reviewed{by}."
