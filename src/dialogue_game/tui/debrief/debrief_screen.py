"""The debrief: you, what if, the path, the guidelines, questions, new situations, Monday, next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from dialogue_game.app.player import Player
from dialogue_game.core.course import Course
from dialogue_game.core.debrief import Debrief
from dialogue_game.reporting.run_text import run_remarks
from dialogue_game.tui.base.framed_screen import MainScreen
from dialogue_game.tui.base.panel import LineInput, with_retry
from dialogue_game.tui.debrief.looking_ahead_pages import (
    Alternatives,
    ChangedPage,
    MondayPage,
    NextPage,
    QuestionsPage,
    TransferPage,
    WhatIfPage,
)
from dialogue_game.tui.debrief.looking_back_pages import (
    AboutYouPage,
    DebriefPage,
    PathPage,
    ProfilePage,
)
from dialogue_game.tui.play.play_state import AGAIN, LEAVE
from dialogue_game.tui.text.layout import row_index
from dialogue_game.tui.text.story_blocks import action_row
from dialogue_game.tui.text.styled import ACCENT, MUTED, NOTHING, Glyphs, line, prose
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.split_view import ChoicePane, ReadingPane, SplitView

ONWARD = "onward"
LATER = 0.5
"""Seconds; by then the first page stands."""


def debrief_pages(
    player: Player,
    debrief: Debrief,
    glyphs: Glyphs,
    course: Course,
    others: Alternatives,
    *,
    coach: bool,
) -> list[DebriefPage]:
    """The pages this debrief has; that of a replay says what it changed."""
    story, cause = player.story, others.cause()
    pages: list[DebriefPage] = []
    if run_remarks(debrief):
        pages.append(AboutYouPage(player, debrief, glyphs))
    if cause is not None:
        pages.append(ChangedPage(player, debrief, glyphs, cause))
    if story.scored:
        pages.append(WhatIfPage(player, debrief, glyphs, others))
    pages.append(PathPage(player, debrief, glyphs, coach=coach))
    if story.scored:
        pages.append(ProfilePage(player, debrief, glyphs))
    if story.questions or debrief.resources or course.contacts:
        pages.append(QuestionsPage(player, debrief, glyphs, course))
    if story.transfer:
        pages.append(TransferPage(player, debrief, glyphs))
    return [
        *pages,
        MondayPage(player, debrief, glyphs),
        NextPage(player, debrief, glyphs),
    ]


class PageBar(Widget):
    """Names that can be clicked; arrows belong to the screen."""

    ALLOW_SELECT = False

    class Opened(Message):
        """A name was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)
        self._at = 0

    def show(self, at: int) -> None:
        """Mark another page as the open one."""
        self._at = at
        self.refresh()

    def render(self) -> RenderResult:
        """All names; where there is no room, the open one and its neighbours."""
        bar = NOTHING
        for place in self._visible():
            name = line(self._names[place])
            own = (
                name.stylize(f"{ACCENT} bold underline") if place == self._at else name
            )
            bar += (own if place == self._at else own.stylize(MUTED)) + prose("  ")
        return bar

    def on_click(self, event: events.Click) -> None:
        """Open what was clicked."""
        offset = event.get_content_offset(self)
        start = 0
        for place in self._visible():
            end = start + len(self._names[place])
            if offset is not None and start <= offset.x < end:
                self.post_message(self.Opened(place))
            start = end + 2

    def _visible(self) -> list[int]:
        places = list(range(len(self._names)))
        width = self.content_size.width
        while (
            len(places) > 1 and sum(len(self._names[p]) + 2 for p in places) > width + 2
        ):
            places.remove(max(places, key=lambda place: abs(place - self._at)))
        return places


class DebriefScreen(MainScreen):
    """One page at a time, in place; left and right turn them."""

    PLACE = "Debrief"

    CSS_PATH = "debrief.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right,n,enter",
            "page(1)",
            "Next page",
            key_display="→",
            id="debrief.next",
            tooltip="The next page of the debrief",
        ),
        Binding(
            "left,p",
            "page(-1)",
            "Page before",
            key_display="←",
            id="debrief.before",
            tooltip="The page before",
        ),
        Binding(
            "m", "map", "Map", id="debrief.map", tooltip="This story as you know it"
        ),
        Binding("escape", "leave", "Home", id="leave", tooltip="Leave this"),
        Binding(
            "b,h",
            "app.panel('look_back')",
            "Look back",
            key_display="b",
            show=False,
            id="panel.look_back",
            tooltip="Everything read and chosen, in full",
        ),
    ]

    def __init__(self, player: Player) -> None:
        super().__init__()
        self._player = player
        self.pages: list[DebriefPage] = []
        self.at = 0

    @property
    def player(self) -> Player:
        """The playthrough that is looked back on."""
        return self._player

    @property
    def page(self) -> DebriefPage:
        """The page that is open."""
        return self.pages[self.at]

    def body(self) -> Iterable[Widget]:
        """Names of the pages, the page, the way on."""
        coach = self.game.settings.coaching == "end"
        self.others = Alternatives(self.game, self._player)
        debrief, course = self._player.debrief(), self.game.course
        ended = debrief.ending.title if debrief.ending else "debrief"
        self.head = line(f"{self._player.story.title}: {ended}", MUTED)
        self.pages = debrief_pages(
            self._player, debrief, self.glyphs, course, self.others, coach=coach
        )
        self.bar = PageBar([page.name for page in self.pages])
        self.sheet, self.items = Sheet(), PickList(glyphs=self.glyphs, id="items")
        self.answer = LineInput(id="monday", most=300)
        self.onward = PickList(glyphs=self.glyphs, id="onward")
        self.onward.can_focus = False
        self.reading = ReadingPane(self.sheet, self.items, self.answer)
        yield self.bar
        yield SplitView(self.reading, self.divider, ChoicePane(self.onward))

    def on_mount(self) -> None:
        """Open the first page; while it is read, look for what is worth another look."""
        self.show_page()
        self.set_timer(LATER, self.others.offers)

    def show_page(self) -> None:
        """Put the page on screen, from its top."""
        page = self.page
        self.top.show(
            self.head,
            line(f"Page {self.at + 1} of {len(self.pages)}", MUTED),
        )
        self.bar.show(self.at)
        self.sheet.show(page.text())
        self.items.show(page.rows())
        self.answer.display = page.asks
        last = self.at + 1 == len(self.pages)
        words = "" if last else f"Go on: {self.pages[self.at + 1].name}"
        self.onward.pale = page.asks or bool(self.items.rows)
        self.onward.show([] if last else [action_row(ONWARD, words, "→")], cursor=0)
        self.reading.scroll_home(animate=False)
        if page.asks:
            self.answer.focus()
        elif self.items.rows:
            self.items.focus(scroll_visible=False)
        else:
            self.set_focus(None)
        self.refresh_bindings()

    @on(PickList.Picked, "#items")
    def pick(self, message: PickList.Picked) -> None:
        """Open a row, or do what it stands for."""
        if message.row == AGAIN:
            self.app.start_story(self._player.story.id, instead=True)
        elif message.row == LEAVE:
            for _ in self.app.screen_stack[1:]:
                self.app.pop_screen()
        elif destination := self.page.leads_to(message.row):
            self.app.attempt(destination(self.app))
        else:
            self.save(partial(self.take, message.row))

    def take(self, row: str) -> None:
        """Let the page act on a row, then show what has changed. Raises JournalError."""
        page = self.page
        page.pick(row)
        rows = page.rows()
        self.sheet.show(page.text())
        self.items.show(rows, row_index(row, rows))
        self.call_after_refresh(self.items.keep_in_sight)

    def save(self, action: Callable[[], None]) -> None:
        """Do what writes to the journal."""
        with_retry(self.app, action, self._player.go_on_without_saving)

    @on(PickList.Picked, "#onward")
    def go_on(self) -> None:
        """To the next page."""
        self.action_page(1)

    @on(PageBar.Opened)
    def open_page(self, message: PageBar.Opened) -> None:
        """To the page that was clicked."""
        self.action_page(message.place - self.at)

    @on(Input.Submitted)
    def reflect(self, message: Input.Submitted) -> None:
        """Keep the line; an empty one just goes on."""
        page, text = self.page, message.value.strip()
        if text and isinstance(page, MondayPage):
            self.save(partial(page.save, text))
        self.action_page(1)

    def action_page(self, pages: int) -> None:
        """To another page."""
        self.at = max(0, min(len(self.pages) - 1, self.at + pages))
        self.show_page()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No page is offered before the first and after the last."""
        if action != "page" or not isinstance(parameters[0], int):
            return True
        return 0 <= self.at + parameters[0] < len(self.pages)
