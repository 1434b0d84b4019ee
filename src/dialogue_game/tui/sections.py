"""The pages of a debrief, without widgets: what each says, offers, and does when a row is taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from dialogue_game.app.player import Player
from dialogue_game.core.course import Contact
from dialogue_game.core.debrief import Debrief, PathStep
from dialogue_game.core.profile import GuidelineResult
from dialogue_game.reporting.words import VERIFIED, earned_words, force_words, verdict_words
from dialogue_game.tui.blocks import Block, heading, paragraphs
from dialogue_game.tui.prose import MUTED, NOTHING, STRONG, joined, line, muted, prose, strong
from dialogue_game.tui.signs import MARK_WORDS, Signs
from dialogue_game.tui.stage import AGAIN, LEAVE
from dialogue_game.tui.telling import action, ending_head, guideline_name, reference_row
from dialogue_game.tui.widgets.pick_list import Row

VERDICT_CELLS, BAR_CELLS, NUMBER_CELLS = 23, 6, 8


class Section:
    """One page. Rows open and close unless a page does something else with them."""

    name = ""
    asks = False

    def __init__(self, player: Player, back: Debrief, signs: Signs) -> None:
        self.player, self.back, self.signs = player, back, signs
        self.opened: set[str] = set()

    def text(self) -> list[Block]:
        """What is read above the rows."""
        return []

    def rows(self) -> list[Row]:
        """What can be taken."""
        return []

    def pick(self, row: str) -> None:
        """Open the row, or close it. May raise JournalError, and then nothing has changed."""
        self.opened ^= {row}


class EndingSection(Section):
    """Where this road stopped."""

    name = "Ending"

    def text(self) -> list[Block]:
        """The ending, and what there is to look at."""
        ending = self.back.ending
        blocks = [*ending_head(ending), *paragraphs(ending.text)] if ending else []
        made = len(self.back.path)
        decisions = f"{made} decision{'' if made == 1 else 's'}"
        blocks.append(
            Block(muted(f"You made {decisions}. The next pages look back at them, one by one."))
        )
        return blocks


class RoadSection(Section):
    """What was chosen, step by step; coaching opens beneath each."""

    name = "Road"

    def __init__(self, player: Player, back: Debrief, signs: Signs, *, coach: bool) -> None:
        super().__init__(player, back, signs)
        if coach:
            self.opened = {str(number) for number, _ in enumerate(back.path, 1)}

    def text(self) -> list[Block]:
        """What the page is."""
        return [heading("The road you took"), Block(muted("Open a step to see it again."), above=0)]

    def rows(self) -> list[Row]:
        """A row for each step."""
        return [self._row(str(number), step) for number, step in enumerate(self.back.path, 1)]

    def _row(self, number: str, step: PathStep) -> Row:
        told = step.consequence
        opened = number in self.opened
        signs = "  ".join(self.signs.mark(mark.word).strip() for mark in told.marks)
        return Row(
            number,
            line(step.before.title).stylize(STRONG),
            key=number,
            note=line(told.choice_text),
            more=tuple(self._coaching(step)) if opened else (),
            aside=muted(signs),
            gap=1,
        )

    def _coaching(self, step: PathStep) -> Iterator[Content]:
        told = step.consequence
        for block in paragraphs(told.text):
            yield NOTHING_LINE
            yield block.text.stylize(MUTED)
        for mark in told.marks:
            name = guideline_name(self.player.story.guidelines, mark.guideline)
            yield NOTHING_LINE
            word = strong(f"{self.signs.mark(mark.word).strip()} {MARK_WORDS[mark.word]}")
            yield word + prose(f" guideline {name}. {mark.why}")
        if told.references:
            yield NOTHING_LINE
            labels = "; ".join(reference.label for reference in told.references)
            yield muted(f"Where it is written: {labels} (r opens the references)")


NOTHING_LINE = prose(" ")


class GuidelinesSection(Section):
    """The profile: each guideline in words, in a bar and in numbers, with its evidence."""

    name = "Guidelines"

    def text(self) -> list[Block]:
        """Overall, and how far the score key was looked at."""
        overall = self.back.profile.overall
        blocks = [heading("What your road shows")]
        if overall.percent is not None:
            told = earned_words(overall.earned, overall.at_stake)
            blocks.append(
                Block(
                    prose(f"{told} points that were at stake: ")
                    + strong(f"{overall.percent} %")
                    + prose(". Nobody is ranked by this."),
                    above=0,
                )
            )
        blocks.append(Block(muted(status_words(self.player)), above=0))
        return blocks

    def rows(self) -> list[Row]:
        """A row for each guideline."""
        return [self._row(result) for result in self.back.profile.guidelines]

    def _row(self, result: GuidelineResult) -> Row:
        known = self.player.story.guidelines.get(result.guideline)
        opened = result.guideline in self.opened
        return Row(
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
        bar = self.signs.bar(stake.earned / stake.at_stake, BAR_CELLS)
        numbers = f"{stake.earned} of {stake.at_stake}"
        return prose(f"{words:<{VERDICT_CELLS}} {bar} {numbers:>{NUMBER_CELLS}}")

    def _evidence(self, result: GuidelineResult) -> Iterator[Content]:
        known = self.player.story.guidelines.get(result.guideline)
        if known:
            yield prose(known.text).stylize(MUTED)
        yield line(f"On this road: {verdict_words(result)}.")
        for item in result.evidence:
            yield NOTHING_LINE
            sign = strong(f"{self.signs.mark(item.mark.word).strip()} {item.mark.word}")
            chosen = line(f"at decision {item.position + 1}: “{item.choice_text}”")
            yield joined([sign, chosen], " ")
            yield prose(item.mark.why)


class QuestionsSection(Section):
    """What to talk about, and where to read on or ask."""

    name = "Questions"

    def __init__(
        self, player: Player, back: Debrief, signs: Signs, contacts: Sequence[Contact]
    ) -> None:
        super().__init__(player, back, signs)
        self.contacts = contacts

    def text(self) -> list[Block]:
        """Questions met on the road, the others, whom to ask."""
        blocks = [heading("Questions to think or talk about")]
        for title, asked in (
            ("Met on your road", self.back.passed_questions),
            ("Not met on your road", self.back.other_questions),
        ):
            if asked:
                blocks.append(Block(muted(title)))
            for question in asked:
                lead = prose(f"{self.signs.bullet} ")
                told = self.player.story.questions[question]
                blocks.append(Block(prose(told), lead, above=0))
        if self.contacts:
            blocks.append(heading("Whom to ask"))
        for contact in self.contacts:
            parts = (contact.address, contact.email, contact.phone)
            where = joined([line(part) for part in parts if part], f" {self.signs.dot} ")
            blocks.append(Block(line(contact.name).stylize(STRONG), above=0))
            blocks.append(Block(where, above=0))
            if contact.note:
                blocks.append(Block(muted(contact.note), above=0))
        if self.back.resources:
            blocks.append(heading("Where to read on"))
        return blocks

    def rows(self) -> list[Row]:
        """The resources, as cards that open."""
        rows = []
        for number, reference in enumerate(self.back.resources, 1):
            opened = reference.id in self.opened
            row = reference_row(reference, number, self.signs, opened=opened)
            sure = f"{force_words(reference)} {VERIFIED[reference.verified]} {reference.note}"
            more = (prose(reference.summary), muted(sure.strip()), line(reference.url))
            rows.append(
                Row(row.id, row.text, row.key, more=more if opened else (), gap=int(opened))
            )
        return rows

    def pick(self, row: str) -> None:
        """Open a resource's card, or close it."""
        super().pick(row)
        if row in self.opened:
            self.player.open_reference(row)


class TransferSection(Section):
    """New situations, the same guidelines: answered one at a time, never scored."""

    name = "Try it"

    def __init__(self, player: Player, back: Debrief, signs: Signs) -> None:
        super().__init__(player, back, signs)
        self.items = tuple(player.story.transfer.values())
        self.answers = dict(back.transfer)
        left = [place for place, item in enumerate(self.items) if item.id not in self.answers]
        self.at = left[0] if left else 0

    def text(self) -> list[Block]:
        """The situation at hand."""
        item = self.items[self.at]
        place = f"{self.at + 1} of {len(self.items)}, not scored"
        blocks = [heading("A new situation"), Block(muted(place), above=0)]
        return blocks + paragraphs([item.situation])

    def rows(self) -> list[Row]:
        """The answers; once one is given, what is to be said for each."""
        item = self.items[self.at]
        given = self.answers.get(item.id)
        rows = []
        for number, option in enumerate(item.options):
            note = NOTHING
            if given is not None:
                sound = "Sound" if option.sound else "Less sound"
                yours = "Your answer. " if number == given else ""
                note = strong(f"{yours}{sound}. ") + prose(option.why)
            rows.append(Row(str(number), line(option.text), str(number + 1), note=note, gap=1))
        if given is not None and self.at + 1 < len(self.items):
            rows.append(action("next", "The next situation"))
        return rows

    def pick(self, row: str) -> None:
        """Answer, or go to the next situation."""
        if row == "next":
            self.at += 1
            return
        item = self.items[self.at]
        self.player.answer_transfer(item.id, int(row))
        self.answers[item.id] = int(row)


class MondaySection(Section):
    """One line of the player's own."""

    name = "Monday"
    asks = True

    def __init__(self, player: Player, back: Debrief, signs: Signs) -> None:
        super().__init__(player, back, signs)
        self.kept = back.reflection

    def text(self) -> list[Block]:
        """What is asked, and what was kept."""
        blocks = [heading("On Monday I will …")]
        blocks.append(
            Block(muted("One line for yourself. Enter keeps it with this playthrough and goes on."))
        )
        if self.kept:
            blocks.append(Block(line(self.kept), prose(f"{self.signs.done} Kept: ")))
        return blocks

    def keep(self, text: str) -> None:
        """Keep the line. May raise JournalError."""
        self.player.reflect(text)
        self.kept = text


class NextSection(Section):
    """What to do now."""

    name = "Next"

    def text(self) -> list[Block]:
        """That other roads are worth it."""
        return [
            heading("What next?"),
            Block(
                prose("The other roads cost nothing, and the wrong ones show the most."), above=0
            ),
        ]

    def rows(self) -> list[Row]:
        """Again, another, or home."""
        return [
            action(AGAIN, "Play it again, another way", "1"),
            action(LEAVE, "Another scenario", "2"),
        ]


def status_words(player: Player) -> str:
    """How far others have looked at the score key."""
    story = player.story
    if story.status != "reviewed":
        return "The marks were drafted by the authors; experts have not reviewed them yet."
    by = f" by {', '.join(story.reviewers)}" if story.reviewers else ""
    return f"The marks were reviewed{by}."


def sections(
    player: Player, back: Debrief, signs: Signs, contacts: Sequence[Contact], *, coach: bool
) -> list[Section]:
    """The pages this debrief has."""
    story = player.story
    pages: list[Section] = [
        EndingSection(player, back, signs),
        RoadSection(player, back, signs, coach=coach),
    ]
    if story.scored:
        pages.append(GuidelinesSection(player, back, signs))
    if story.questions or back.resources or contacts:
        pages.append(QuestionsSection(player, back, signs, contacts))
    if story.transfer:
        pages.append(TransferSection(player, back, signs))
    return [*pages, MondaySection(player, back, signs), NextSection(player, back, signs)]
