"""The panel with the settings; a change holds at once and is kept. Colours have their own page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from dialogue_game.app.settings import COLOURS, allowed_values, own_themes, theme_file
from dialogue_game.errors import SettingsInvalid
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.text.layout import (
    Block,
    ListRow,
    heading,
    remark,
    statement,
    trouble,
)
from dialogue_game.tui.text.remedy_keys import in_keys
from dialogue_game.tui.text.styled import (
    MARK_WORDS,
    NOTHING,
    STRONG,
    VIEWPOINTS,
    joined,
    line,
    muted,
    prose,
)
from dialogue_game.tui.themes import PALETTES, own_theme, theme_name
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.key_bar import hidden_key
from dialogue_game.tui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from dialogue_game.tui.app import DialogueGameApp

SETTINGS: Final = {
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
        hidden_key("comma", "close", "settings.close", "Close this"),
        hidden_key("left", "step(-1)", "settings.before", "Before"),
        hidden_key("right", "step(1)", "settings.next", "Next"),
    ]

    def content(self) -> Iterable[Widget]:
        """One list, and where it is kept."""
        self.rows = PickList(self.listed(), glyphs=self.glyphs)
        self.kept_in = Sheet([remark(f"Kept in {self.game.folders.settings_file}")])
        yield self.rows
        yield self.kept_in

    def listed(self) -> list[ListRow]:
        """Every setting, and what it is now."""
        rows = []
        for number, (name, (label, labels)) in enumerate(SETTINGS.items(), 1):
            value = getattr(self.game.settings, name)
            others = [word for key, word in labels.items() if key != value]
            now = prose(labels.get(value, value), STRONG)
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
            self.cycle(message.row, 1)

    async def choose_colours(self, name: str) -> None:
        """Ask for a theme, and have it."""
        chosen = await self.app.push_screen_wait(ThemePanel(name, SETTINGS[name][1]))
        if chosen:
            self.apply(name, chosen)

    def action_step(self, step: int) -> None:
        """To the next value, or the one before."""
        if self.rows.current:
            self.cycle(self.rows.current.id, step)

    def cycle(self, name: str, step: int) -> None:
        """Change a setting; where it cannot be kept, it holds for now, and that is said."""
        now, labels = getattr(self.game.settings, name), SETTINGS[name][1]
        values = [
            value for value in allowed_values(name) if value in labels or value == now
        ]
        place = values.index(now) if now in values else 0
        self.apply(name, values[(place + step) % len(values)])

    def apply(self, name: str, value: str) -> None:
        """Have this value, and keep it where that can be."""
        try:
            self.game.set(name, value)
        except SettingsInvalid as error:
            self.kept_in.show([statement(in_keys(error))])
            self.call_after_refresh(self.kept_in.scroll_visible, animate=False)
        self.app.apply_settings()
        self.rows.show(self.listed(), self.rows.cursor, self.glyphs)


class ThemePanel(Panel):
    """Closes with the name of the theme, or with "" where all stays as it was."""

    HEADING = "Colours"
    AUTO_FOCUS = "PickList"

    def __init__(self, setting: str, labels: dict[str, str]) -> None:
        super().__init__()
        self._setting, self._labels = setting, labels

    def content(self) -> Iterable[Widget]:
        """The themes, and a page in the colours of the one at the cursor."""
        config = self.game.folders.config
        names = allowed_values(self._setting, own_themes(config))
        rows = [
            ListRow(
                name,
                line(self._labels.get(name, name)),
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
        yield remark("Enter keeps these colours. Esc leaves everything as it was.")

    @on(PickList.Moved)
    def preview(self, message: PickList.Moved) -> None:
        """Show these colours; where they cannot be used, say why."""
        wrong = register_own_theme(self.app, message.row)
        if not wrong:
            self.app.theme = theme_name(message.row)
        self.sample.show([trouble(wrong)] if wrong else self.sampled())

    @on(PickList.Picked)
    def keep(self, message: PickList.Picked) -> None:
        """Take these, if they can be used."""
        wrong = register_own_theme(self.app, message.row)
        if wrong:
            self.sample.show([trouble(wrong)])
        else:
            self.dismiss(message.row)

    def action_close(self) -> None:
        """Leave everything as it was."""
        self.app.apply_settings()
        self.dismiss("")


def register_own_theme(app: DialogueGameApp, name: str) -> str:
    """Have that theme, if it is a person's own; what is wrong with it, in a sentence."""
    if theme_name(name) not in app.available_themes:
        try:
            app.register_theme(own_theme(app.game.folders.config, name))
        except SettingsInvalid as error:
            return in_keys(error)
    return ""
