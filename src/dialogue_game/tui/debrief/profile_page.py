"""The page with the profile over the guidelines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from dialogue_game.app.player import Player
from dialogue_game.core.scoring import GuidelineResult
from dialogue_game.reporting.labels import earned_words, verdict_words
from dialogue_game.tui.debrief.page import DebriefPage
from dialogue_game.tui.text.layout import Block, ListRow, heading
from dialogue_game.tui.text.styled import MUTED, joined, line, muted, prose, strong

VERDICT_CELLS, BAR_CELLS, NUMBER_CELLS = 23, 4, 8
BETWEEN: Final = prose(" ")


class ProfilePage(DebriefPage):
    """The profile: each guideline in words, in a bar and in numbers, with its evidence."""

    name = "Guidelines"

    def text(self) -> list[Block]:
        """Overall, and how far the score key was looked at."""
        overall = self.back.profile.overall
        blocks = [heading("The guidelines on your path")]
        if overall.percent is not None:
            sentence = earned_words(overall.earned, overall.at_stake)
            blocks.append(
                Block(
                    prose(f"{sentence} points that were at stake: ")
                    + strong(f"{overall.percent} %")
                    + prose(". Nobody is ranked by this."),
                    above=0,
                )
            )
        blocks.append(Block(muted(status_words(self.player)), above=0))
        return blocks

    def rows(self) -> list[ListRow]:
        """A row for each guideline."""
        return [self._row(result) for result in self.back.profile.guidelines]

    def _row(self, result: GuidelineResult) -> ListRow:
        known = self.player.story.guidelines.get(result.guideline)
        opened = result.guideline in self.opened
        return ListRow(
            result.guideline,
            line(known.short if known else result.guideline),
            key=str(known.number) if known else "",
            aside=self._aside(result),
            more=tuple(self._evidence(result)) if opened else (),
            gap=1 if opened else 0,
        )

    def _aside(self, result: GuidelineResult) -> Content:
        words = "breached, then repaired" if result.repaired else result.verdict
        stake = result.stake
        if not stake.at_stake:
            cells = VERDICT_CELLS + BAR_CELLS + NUMBER_CELLS + 2
            return prose(words.ljust(cells)).stylize(MUTED)
        bar = self.glyphs.bar(stake.earned / stake.at_stake, BAR_CELLS)
        numbers = f"{stake.earned} of {stake.at_stake}"
        return prose(f"{words:<{VERDICT_CELLS}} {bar} {numbers:>{NUMBER_CELLS}}")

    def _evidence(self, result: GuidelineResult) -> Iterator[Content]:
        known = self.player.story.guidelines.get(result.guideline)
        if known:
            yield prose(known.text).stylize(MUTED)
        yield line(f"On this path: {verdict_words(result)}.")
        for item in result.evidence:
            yield BETWEEN
            sign = self.glyphs.named(item.mark.word, item.mark.word)
            chosen = line(f"at decision {item.position + 1}: “{item.choice_text}”")
            yield joined([sign, chosen], " ")
            yield prose(item.mark.why)


def status_words(player: Player) -> str:
    """How far others have looked at the score key."""
    story = player.story
    if story.status != "reviewed":
        return (
            "The marks were drafted by the authors; experts have not reviewed them yet."
        )
    by = f" by {', '.join(story.reviewers)}" if story.reviewers else ""
    return f"The marks were reviewed{by}."
