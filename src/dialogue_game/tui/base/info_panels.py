"""The panels that open anywhere: about the course, its guidelines and references, every key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Center
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from dialogue_game.core.course import Reference
from dialogue_game.reporting.about import HOW_TO_PLAY, SAVED_NOTE, UNSAVED_NOTE, about
from dialogue_game.reporting.labels import VERIFIED, force_text
from dialogue_game.tui.base.panel import LineInput, Panel, with_retry
from dialogue_game.tui.text.layout import (
    Block,
    ListRow,
    heading,
    paragraphs,
    remark,
    row_index,
)
from dialogue_game.tui.text.story_blocks import guideline_blocks, map_glyphs
from dialogue_game.tui.text.styled import (
    ACCENT,
    MARK_WORDS,
    MUTED,
    NOTHING,
    STRONG,
    joined,
    line,
    muted,
    prose,
)
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.key_bar import hidden_key
from dialogue_game.tui.widgets.pick_list import PickList


class AboutPanel(Panel):
    """The welcome, the steps, what to read first, what survives of the diagram, contacts."""

    HEADING = "About this course"
    BINDINGS: ClassVar[list[BindingType]] = [
        hidden_key("i", "close", "about.close", "Close this")
    ]

    def content(self) -> Iterable[Widget]:
        """One sheet of all sections."""
        blocks = [
            heading("How it works"),
            *paragraphs(
                (*HOW_TO_PLAY, SAVED_NOTE if self.game.saving else UNSAVED_NOTE)
            ),
        ]
        for section in about(self.game.course):
            blocks.append(heading(section.title))
            blocks += paragraphs(section.paragraphs)
            blocks += [
                Block(prose(item), prose("- "), above=0) for item in section.items
            ]
        yield Sheet(blocks)


class GuidelinesPanel(Panel):
    """All guidelines, verbatim, under our short names."""

    HEADING = "The guidelines"
    BINDINGS: ClassVar[list[BindingType]] = [
        hidden_key("g", "close", "guidelines.close", "Close this")
    ]

    def content(self) -> Iterable[Widget]:
        """One sheet."""
        course = self.game.course
        listed = course.guidelines or (
            self.player.story.guidelines if self.player else {}
        )
        blocks = list(guideline_blocks(listed))
        if course.guide_note:
            blocks.append(remark(course.guide_note))
        yield Sheet(blocks)


class ReferencesPanel(Panel):
    """Cards that open where they stand; `/` looks for words in them."""

    HEADING = "References"
    AUTO_FOCUS = "PickList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash",
            "search",
            "Search",
            id="references.search",
            tooltip="Look for words",
        ),
        hidden_key("r", "close", "references.close", "Close this"),
    ]

    def head(self) -> Iterable[Widget]:
        """What is looked for."""
        self.wanted = LineInput(id="search")
        self.wanted.display = False
        yield Center(self.wanted)

    def content(self) -> Iterable[Widget]:
        """One list."""
        self.opened: set[str] = set()
        known = self.game.course.references
        self.known = dict(
            known or (self.player.story.references if self.player else {})
        )
        self.cards = PickList(self.rows(), glyphs=self.glyphs)
        yield self.cards

    def rows(self, words: str = "") -> list[ListRow]:
        """The references that have these words in them."""
        wanted = words.casefold().split()
        rows = []
        for reference in self.known.values():
            text = f"{reference.label} {reference.title} {reference.summary}".casefold()
            if all(word in text for word in wanted):
                rows.append(self._row(reference))
        return rows or [
            ListRow("", muted("No reference has these words in it."), available=False)
        ]

    @on(PickList.Picked)
    def open_card(self, message: PickList.Picked) -> None:
        """Open a card, or close it."""
        reference = message.row
        self.opened ^= {reference}
        rows = self.rows(self.wanted.value)
        self.cards.show(rows, row_index(reference, rows))
        self.call_after_refresh(self.cards.keep_in_sight)
        player = self.player
        if player and reference in self.opened and reference in player.story.references:
            with_retry(
                self.app,
                lambda: player.open_reference(reference),
                player.go_on_without_saving,
            )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While one writes, a slash is a slash."""
        return not (action == "search" and self.wanted.has_focus)

    def action_search(self) -> None:
        """Ask for words."""
        self.wanted.display = True
        self.wanted.focus()

    @on(Input.Changed)
    def narrow(self, message: Input.Changed) -> None:
        """Only the cards with these words."""
        self.cards.show(self.rows(message.value))

    @on(Input.Submitted)
    def found(self) -> None:
        """Back to the cards."""
        self.cards.focus()

    def action_close(self) -> None:
        """Leave the search first, then the panel."""
        if self.wanted.has_focus:
            self.wanted.value = ""
            self.wanted.display = False
            self.cards.focus()
        else:
            self.dismiss("")

    def _row(self, reference: Reference) -> ListRow:
        opened = reference.id in self.opened
        sign = self.glyphs.opened if opened else self.glyphs.closed
        text = prose(f"{sign} ") + line(reference.label, STRONG)
        more: tuple[Content, ...] = ()
        if opened:
            sure = f"{VERIFIED[reference.verified]} {reference.note}".strip()
            more = (
                prose(reference.summary),
                prose(reference.quote, "italic") if reference.quote else NOTHING,
                joined([prose(force_text(reference)), muted(sure)], " "),
                line(reference.url, "underline"),
            )
        gap = 1 if opened else 0
        return ListRow(
            reference.id,
            text,
            note=line(reference.title, MUTED),
            more=more,
            gap=gap,
        )


PLAYING: Final = (
    ("1 … 9", "take that option, or open that reference"),
    ("↑ ↓", "to another row; past the last one, the text scrolls"),
    ("Enter", "take the row at the cursor; go on"),
    ("Space", "read on where there is more below (Page Up goes back)"),
    ("l", "look closer at what is shown, one detail at a time"),
    ("x", "in a replay: skip what you have read, to the next choice"),
    ("d", "in a replay: on as before, over choices too, to the next difference"),
)
ANYWHERE: Final = (
    ("g", "the guidelines"),
    ("r", "the references; / searches them"),
    ("b", "look back over the path so far (while playing)"),
    ("s", "Should I post this? For a post of your own"),
    ("i", "about this course: how to prepare, what to read first, whom to ask"),
    ("f", "lead a group, from Home: prepare a session around one screen"),
    (",", "settings: colours, coaching, motion, signs"),
    ("Ctrl+P", "all commands by name"),
    ("q", "close this, or leave"),
    ("Ctrl+Q", "quit at once"),
)
AGAIN: Final = (
    ("h", "history, from Home: open, replay, compare, export, delete"),
    ("m", "the map of a story as you know it; Enter replays from there"),
    ("p", "replay a decision, from history or from looking back"),
    ("c", "compare: mark one run, then another of the same story"),
    ("→ ←", "on the map: to where an option led, and back"),
    ("u", "on the map: to the next option you have not tried; Enter takes it"),
    ("e", "on the map: the endings that you have found, each with its picture"),
    ("z", "on the map: a stretch of it with titles, or the whole again"),
    ("x o", "in history: export a run; compare with another person's file"),
    ("t", "the short question that waits on Home, if one does"),
)
MEANINGS: Final = {
    "models": "the best that can be done here",
    "upholds": "in keeping with the guideline",
    "strains": "not quite in keeping with it",
    "breaches": "against it",
}


class HelpPanel(Panel):
    """Every key, in words."""

    HEADING = "Help"
    BINDINGS: ClassVar[list[BindingType]] = [
        hidden_key("question_mark,f1", "close", "help.close", "Close this")
    ]

    def content(self) -> Iterable[Widget]:
        """Keys, then signs."""
        blocks = [heading("While you play"), *_key_rows(PLAYING)]
        blocks += [heading("At any time"), *_key_rows(ANYWHERE)]
        blocks += paragraphs([SAVED_NOTE if self.game.saving else UNSAVED_NOTE])
        blocks += [heading("Other paths"), *_key_rows(AGAIN)]
        blocks.append(heading("What the signs mean"))
        glyphs = [
            (f"{self.glyphs.mark(word)} {said}", MEANINGS[word])
            for word, said in MARK_WORDS.items()
        ]
        blocks += _key_rows(glyphs)
        blocks.append(heading("On the map"))
        blocks += _key_rows(
            (sign, meaning) for sign, _, meaning in map_glyphs(self.glyphs)
        )
        blocks += paragraphs(
            [
                (
                    "The marks are a reading of the guidelines by the authors of the story. "
                    "They are not a ruling, and nobody is ranked by them."
                ),
                (
                    "Every option can be taken with the keyboard or the mouse. A plain version "
                    "for screen readers starts with: dialogue-game --plain"
                ),
            ]
        )
        yield Sheet(blocks)


def _key_rows(lines: Iterable[tuple[str, str]]) -> list[Block]:
    found = []
    for number, (key, does) in enumerate(lines):
        prefix = prose(key.ljust(14), ACCENT).stylize(STRONG)
        found.append(Block(prose(does), prefix, above=0 if number else 1))
    return found
