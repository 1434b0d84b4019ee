"""What a group sees: the banner, what is read, the options; filled from a `SharedView`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Digits

from dialogue_game.app.session.shared_view import SharedView, TitleCard
from dialogue_game.errors import DialogueGameError
from dialogue_game.tui.exhibits.gallery import ExhibitFrame, Gallery
from dialogue_game.tui.exhibits.graphics import PictureSource
from dialogue_game.tui.exhibits.picture import Cover
from dialogue_game.tui.session import shared_blocks
from dialogue_game.tui.session import step_blocks as pages
from dialogue_game.tui.text.layout import Block
from dialogue_game.tui.text.remedy_keys import in_keys
from dialogue_game.tui.text.styled import ACCENT, STRONG, Glyphs, line, muted, prose
from dialogue_game.tui.widgets.bases import StableWidget
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet
from dialogue_game.tui.widgets.split_view import (
    ChoicePane,
    Divider,
    ReadingPane,
    SplitView,
)

MEASURE: Final = 74
MARGINS: Final = 6
"""The widest column of text, and the cells beside it."""


class Banner(StableWidget):
    """Stays in sight while what is read scrolls beneath it."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self.words = Sheet()
        self.digits = Digits()
        self._figure = ""

    def compose(self) -> ComposeResult:
        """Words at the left, the figure at the right, in the column that all text keeps to."""
        self.digits.display = False
        yield Horizontal(self.words, self.digits)

    def show(self, blocks: Iterable[Block], figure: str = "") -> None:
        """Say this instead, and show this figure; without any, the words have all the room."""
        self.words.show(blocks)
        self.count(figure)

    def count(self, figure: str) -> None:
        """Show another figure beside the same words."""
        if figure != self._figure:
            self._figure = figure
            self.digits.display = bool(figure)
            self.digits.update(figure)


class SharedBody(StableWidget):
    """Shows one view after another; no widget is made anew.

    `again` says whether the scene is open once more, at a step that comes after it was read; the
    next step puts it away, so that it never stands before what that step is about.
    """

    def __init__(
        self, glyphs: Glyphs, pictures: PictureSource, divider: Divider
    ) -> None:
        super().__init__()
        self._glyphs, self._divider = glyphs, divider
        self.banner = Banner()
        self.head, self.text = Sheet(id="head"), Sheet(id="text")
        self.gallery = Gallery(glyphs, pictures)
        self.cover = Cover(pictures)
        self.reading = ReadingPane(self.cover, self.head, self.gallery, self.text)
        self.options, self.hint = (
            PickList(glyphs=glyphs, id="options"),
            Sheet(id="hint"),
        )
        self.deciding = ChoicePane(self.options, self.hint)
        # No cursor: Enter goes on, and a letter or the mouse takes an option.
        self.options.pale = self.options.lettered = True
        self.options.can_focus = False
        self.again = False
        self.card_open = False
        """Whether the scenario's title card still stands before its first scene."""
        self.picked = ""
        """The option that Enter settles a show of hands with, once its letter was pressed."""
        self._looked: dict[str, int] = {}
        self._scene, self._step = ("", 0), ""
        self._view: SharedView | None = None

    def compose(self) -> ComposeResult:
        """The banner stays; the page beneath it scrolls above its options."""
        yield self.banner
        yield SplitView(self.reading, self._divider, self.deciding)

    def on_resize(self) -> None:
        """A table is drawn for a width."""
        if self._view is not None and self._view.compared:
            self.show(self._view)

    def show(self, view: SharedView) -> None:
        """Show everything the room may see now."""
        self._view = view
        scene = (view.scene, view.decision)
        if scene != self._scene and not view.blanked:
            self._scene, self._looked, self.picked = scene, {}, ""
            self.card_open = view.card is not None
        if view.step != self._step:
            self._step, self.again, self.picked = view.step, False, ""
        self.card_open = self.card_open and view.card is not None
        if self.card_open and view.card is not None:
            self._show_card(view, view.card)
            return
        self.cover.present(None)
        again = self.again and view.step in shared_blocks.ASIDE
        self.show_time(view)
        self.head.show(shared_blocks.head(view))
        more = pages.scene_blocks(view) if again else []
        width = min(self.app.size.width - MARGINS, MEASURE)
        self.text.show([*pages.body(view, self._glyphs, width), *more])
        shows = again or view.step not in shared_blocks.ASIDE
        self.gallery.present(view.exhibits if shows else (), self._looked)
        self.options.show(shared_blocks.option_rows(view))
        self.hint.show(shared_blocks.hint(view, self.picked))
        self.reading.scroll_home(animate=False)
        self.deciding.scroll_home(animate=False)

    def _show_card(self, view: SharedView, card: TitleCard) -> None:
        """What the scenario opens with, alone on the screen."""
        self.banner.show([Block(line(view.scenario).stylize(STRONG).stylize(ACCENT))])
        self.head.show([])
        self.cover.present(card.cover)
        self.gallery.present((), {})
        self.text.show(pages.card_blocks(card, self._glyphs))
        self.options.show([])
        self.hint.show([Block(muted("Enter: the first scene"))])
        self.reading.scroll_home(animate=False)

    def show_time(self, view: SharedView) -> None:
        """What the clock alone changes; it is painted only where it differs."""
        if self.card_open:
            return
        words, figure = (
            tuple(shared_blocks.banner(view)),
            shared_blocks.figure(view, self._glyphs),
        )
        if words != self.banner.words.blocks:
            self.banner.show(words, figure)
        else:
            self.banner.count(figure)

    def move(self, lines: int) -> None:
        """Lines down, or up, at a pace that a room can read; past the text, the options move."""
        read_all = self.reading.scroll_y >= self.reading.max_scroll_y
        options = read_all if lines > 0 else self.deciding.scroll_y > 0
        moved = self.deciding if options else self.reading
        moved.scroll_relative(y=lines, animate=False, immediate=True)

    def look_closer(self, exhibit: str = "") -> None:
        """Open the next detail of what there is to see, or of that exhibit."""
        found = self.gallery.look_closer(exhibit)
        if found:
            self._looked[found[0]] = self._looked.get(found[0], 0) + 1
            self.screen.refresh_bindings()

    @on(ExhibitFrame.LookedAt)
    def look_at(self, message: ExhibitFrame.LookedAt) -> None:
        """The exhibit was clicked."""
        self.look_closer(message.exhibit)

    def refuse(self, error: DialogueGameError) -> None:
        """Say why something was not done, where the eye goes for what can be done."""
        self.tell(in_keys(error))

    def tell(self, sentence: str) -> None:
        """Say something to the leader there, never over what the room reads."""
        self.hint.show(
            [Block(line(sentence).stylize(STRONG), prose("! ").stylize(STRONG))]
        )
        self.call_after_refresh(self.deciding.scroll_end, animate=False)
