"""The panel with every key, and what the signs mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.widget import Widget

from dialogue_game.reporting.about import KEEPS, UNSAVED
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.text.layout import Block, heading, paragraphs
from dialogue_game.tui.text.story_blocks import map_glyphs
from dialogue_game.tui.text.styled import ACCENT, MARK_WORDS, STRONG, prose
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.key_bar import hidden_key

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
        blocks = [heading("While you play"), *_table(PLAYING)]
        blocks += [heading("At any time"), *_table(ANYWHERE)]
        blocks += paragraphs([KEEPS if self.game.saving else UNSAVED])
        blocks += [heading("Other paths"), *_table(AGAIN)]
        blocks.append(heading("What the signs mean"))
        glyphs = [
            (f"{self.glyphs.mark(word)} {said}", MEANINGS[word])
            for word, said in MARK_WORDS.items()
        ]
        blocks += _table(glyphs)
        blocks.append(heading("On the map"))
        blocks += _table(
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


def _table(lines: Iterable[tuple[str, str]]) -> list[Block]:
    found = []
    for number, (key, does) in enumerate(lines):
        prefix = prose(key.ljust(14), ACCENT).stylize(STRONG)
        found.append(Block(prose(does), prefix, above=0 if number else 1))
    return found
