"""The colours to choose from; each is shown while the cursor stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from dialogue_game.app.own_look import theme_file
from dialogue_game.app.settings import allowed_values, own_themes
from dialogue_game.errors import SettingsInvalid
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.own_look import own_theme
from dialogue_game.tui.text.layout import Block, ListRow, heading, trouble
from dialogue_game.tui.text.remedy_keys import in_keys
from dialogue_game.tui.text.styled import (
    MARK_WORDS,
    NOTHING,
    STRONG,
    VIEWPOINTS,
    line,
    muted,
    prose,
)
from dialogue_game.tui.themes import PALETTES, theme_name
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from dialogue_game.tui.app import DialogueGameApp


class ThemePanel(Panel):
    """Closes with the name of the theme, or with "" where all stays as it was."""

    HEADING = "Colours"
    AUTO_FOCUS = "PickList"

    def __init__(self, setting: str, words: dict[str, str]) -> None:
        super().__init__()
        self._setting, self._words = setting, words

    def content(self) -> Iterable[Widget]:
        """The themes, and a page in the colours of the one at the cursor."""
        config = self.game.folders.config
        names = allowed_values(self._setting, own_themes(config))
        rows = [
            ListRow(
                name,
                line(self._words.get(name, name)),
                key=str(number) if number <= 9 else "",
                note=NOTHING
                if name in PALETTES
                else muted(str(theme_file(config, name))),
            )
            for number, name in enumerate(names, 1)
        ]
        self.rows, self.sample = PickList(rows, glyphs=self.glyphs), Sheet()
        self.rows.show(rows, names.index(getattr(self.game.settings, self._setting)))
        self.sample.show(self.sampled())
        yield self.rows
        yield self.sample

    def sampled(self) -> Iterator[Block]:
        """Every kind of text there is."""
        yield heading("How it looks")
        yield Block(
            prose("What happens is told like this, ")
            + muted("and this may be passed over.")
        )
        for mark, word in MARK_WORDS.items():
            yield Block(
                self.glyphs.named(mark, word), above=0 if mark != "models" else 1
            )
        people = (
            prose(f"{self.glyphs.cursor} Person {n}  ")
            for n in range(1, 1 + len(VIEWPOINTS))
        )
        named = (
            who.stylize(f"{STRONG} {tone}")
            for who, tone in zip(people, VIEWPOINTS, strict=True)
        )
        yield Block(sum(named, NOTHING))
        if self.app.theme == theme_name("light") and self.app.current_theme.dark:
            yield trouble(
                "This console has no white ground, so these are the dark colours."
            )
        yield Block(
            muted("Enter keeps these colours. Esc leaves everything as it was.")
        )

    @on(PickList.Moved)
    def preview(self, message: PickList.Moved) -> None:
        """Show these colours; where they cannot be used, say why."""
        wrong = take_theme(self.app, message.row)
        if not wrong:
            self.app.theme = theme_name(message.row)
        self.sample.show([trouble(wrong)] if wrong else self.sampled())

    @on(PickList.Picked)
    def keep(self, message: PickList.Picked) -> None:
        """Take these, if they can be used."""
        wrong = take_theme(self.app, message.row)
        if wrong:
            self.sample.show([trouble(wrong)])
        else:
            self.dismiss(message.row)

    def action_close(self) -> None:
        """Leave everything as it was."""
        self.app.apply_settings()
        self.dismiss("")


def take_theme(app: DialogueGameApp, name: str) -> str:
    """Have that theme, if it is a person's own; what is wrong with it, in a sentence."""
    if theme_name(name) not in app.available_themes:
        try:
            app.register_theme(own_theme(app.game.folders.config, name))
        except SettingsInvalid as error:
            return in_keys(error)
    return ""
