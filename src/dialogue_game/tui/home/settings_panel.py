"""The panel with the settings; a change holds at once and is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.app.settings import COLOURS, allowed_values
from dialogue_game.errors import SettingsInvalid
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.text.layout import Block, ListRow
from dialogue_game.tui.text.remedy_keys import in_keys
from dialogue_game.tui.text.styled import STRONG, joined, line, muted, prose
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet

SHOWN: Final = {
    "theme": (
        "Colours",
        {"dark": "dark", "light": "light", "contrast": "high contrast"},
    ),
    "coaching": (
        "Guidelines and references",
        {"after": "after each choice", "end": "at the end, in the debrief"},
    ),
    "motion": ("Motion", {"full": "a little", "none": "none"}),
    "symbols": ("Signs and lines", {"unicode": "◆ ■ ▸", "ascii": "plain: ++ # -"}),
    "pictures": (
        "Pictures",
        {"on": "as sharp as the terminal can", "blocks": "in blocks", "off": "none"},
    ),
    "transfer": ("Short questions afterwards", {"on": "on", "off": "off"}),
    "face": (
        "How to play",
        {"screen": "on a screen", "plain": "in lines of text, from the next start on"},
    ),
    "room": (
        "Colours of a shared screen",
        {"contrast": "high contrast", "dark": "dark", "light": "light"},
    ),
    "language": ("Language of the screens", {"en": "English (the only one so far)"}),
}


ROOMY: Final = 34
"""Rows of the terminal from which on an empty line stands between the settings."""


class SettingsPanel(Panel):
    """Each setting with its value; Enter goes to the next one, or to a page of colours."""

    HEADING = "Settings"
    AUTO_FOCUS = "PickList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "comma",
            "close",
            "Close",
            show=False,
            id="settings.close",
            tooltip="Close this",
        ),
        Binding(
            "left",
            "step(-1)",
            "Before",
            show=False,
            id="settings.before",
            tooltip="Before",
        ),
        Binding(
            "right", "step(1)", "Change", show=False, id="settings.next", tooltip="Next"
        ),
    ]

    def content(self) -> Iterable[Widget]:
        """One list, and where it is kept."""
        self.rows = PickList(self.listed(), glyphs=self.glyphs)
        self.kept_in = Sheet(
            [Block(muted(f"Kept in {self.game.folders.settings_file}"))]
        )
        yield self.rows
        yield self.kept_in

    def listed(self) -> list[ListRow]:
        """Every setting, and what it is now."""
        rows = []
        for number, (name, (label, words)) in enumerate(SHOWN.items(), 1):
            value = getattr(self.game.settings, name)
            others = [word for key, word in words.items() if key != value]
            now = prose(words.get(value, value)).stylize(STRONG)
            rest = muted(f"or {', or '.join(others)}") if others else prose("")
            text = joined([line(label), now], ": ")
            gap = 1 if self.app.size.height >= ROOMY else 0
            rows.append(ListRow(name, text, key=str(number), note=rest, gap=gap))
        return rows

    @on(PickList.Picked)
    def change(self, message: PickList.Picked) -> None:
        """To the next value; colours are chosen from a page that shows them."""
        if message.row in COLOURS:
            self.app.attempt(self.choose_colours(message.row))
        else:
            self.turn_to(message.row, 1)

    async def choose_colours(self, name: str) -> None:
        """Ask for a theme, and have it."""
        from dialogue_game.tui.home.theme_panel import ThemePanel

        chosen = await self.app.push_screen_wait(ThemePanel(name, SHOWN[name][1]))
        if chosen:
            self.have(name, chosen)

    def action_step(self, step: int) -> None:
        """To the next value, or the one before."""
        if self.rows.current:
            self.turn_to(self.rows.current.id, step)

    def turn_to(self, name: str, step: int) -> None:
        """Change a setting; where it cannot be kept, it holds for now, and that is said."""
        now, words = getattr(self.game.settings, name), SHOWN[name][1]
        values = [
            value for value in allowed_values(name) if value in words or value == now
        ]
        place = values.index(now) if now in values else 0
        self.have(name, values[(place + step) % len(values)])

    def have(self, name: str, value: str) -> None:
        """Have this value, and keep it where that can be."""
        try:
            self.game.set(name, value)
        except SettingsInvalid as error:
            self.kept_in.show([Block(line(in_keys(error)))])
            self.call_after_refresh(self.kept_in.scroll_visible, animate=False)
        self.app.apply_settings()
        self.rows.show(self.listed(), self.rows.cursor, self.glyphs)
