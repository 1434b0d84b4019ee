"""Home: what there is to play, how far one is, and on whose behalf this speaks (nobody's)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.app.game import Card, Game
from dialogue_game.errors import DialogueGameError, JournalError
from dialogue_game.tui.base.framed_screen import MainScreen
from dialogue_game.tui.explore.navigation import show_history, show_map
from dialogue_game.tui.explore.replay import resume
from dialogue_game.tui.home.home_rows import (
    HISTORY,
    LEAD_GROUP,
    SETTINGS,
    home_rows,
    next_row,
    no_drawing,
    show_covers,
    with_space_for_covers,
)
from dialogue_game.tui.text.drawings import Drawing, drawing
from dialogue_game.tui.text.layout import Block, remark, trouble
from dialogue_game.tui.text.remedy_keys import in_keys
from dialogue_game.tui.text.styled import ACCENT, STRONG, line, muted, prose, strong
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.key_bar import hidden_key
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.split_view import ReadingPane

if TYPE_CHECKING:
    from dialogue_game.app.transfer import TransferDue
    from dialogue_game.tui.exhibits.pictures import PictureSource

ROOMY = 40
"""Rows of the terminal from which on every card has room to say what it is about."""
PICTURED: Final = 24
"""Rows from which on every card has room for its drawing."""


class HomeScreen(MainScreen):
    """The stories as cards. Progress comes from the journal, just after the first picture."""

    PLACE = "Home"

    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n",
            "anew",
            "Start anew",
            id="home.anew",
            tooltip="Start from the beginning",
        ),
        hidden_key("h", "history", "home.history", "All your playthroughs"),
        hidden_key(
            "f",
            "app.prepare_session",
            "home.lead",
            "Prepare a session for a group around one screen",
        ),
        Binding("m", "map", "Map", id="home.map", tooltip="This story as you know it"),
        Binding(
            "t",
            "question",
            "Question",
            id="home.question",
            tooltip="A short question on an earlier guideline, not scored",
        ),
        # Textual's own key for it stands in no bar; here it is told, and / does the same.
        Binding(
            "slash",
            "app.command_palette",
            "Search",
            key_display="Ctrl+P",
            id="search",
            tooltip="Every command by its name",
        ),
        Binding("q", "app.quit", "Quit", id="quit", tooltip="Leave the game"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.intro = Sheet(id="intro")
        self.cards = PickList(id="cards")
        self.notice = Sheet(id="notice")
        self._cards: tuple[Card, ...] = ()
        self._roomy = False
        self._intro_shown: tuple[bool, str, bool] | None = None
        self._due: TransferDue | None = None
        self._read = self._covered = False
        self.pictures: PictureSource | None = None

    def body(self) -> Iterable[Widget]:
        """A title, the stories and what else there is to do, the notice."""
        self.reading = ReadingPane(self.intro, self.cards, self.notice)
        self.show_cards(
            tuple(Card(entry, 0, "", 0, 0) for entry in self.game.course.stories)
        )
        yield self.reading

    def on_mount(self) -> None:
        """The journal is read when the first picture stands."""
        self.show_waiting()
        self.call_after_refresh(self.read_progress)

    def on_screen_resume(self) -> None:
        """Back from playing: the cards may have changed."""
        if self._cards:
            self.call_after_refresh(self.read_progress)

    def on_resize(self, event: events.Resize) -> None:
        """Where there is room, every story says all that it is about."""
        self.show_cards(self._cards)

    def read_progress(self) -> None:
        """Fill in what the journal knows; without it the cards stay as they are."""
        try:
            cards = self.game.cards()
        except JournalError as error:
            self.game.trouble = self.game.trouble or in_keys(error)
            cards = self._cards
        first, self._read = not self._read, True
        self.show_cards(cards, seek=first and self.cards.cursor == 0)
        if self.is_current:
            self.app.send_records_soon()
        if first:
            self.call_after_refresh(self.seek_question)

    def seek_question(self) -> None:
        """Once a start: the question that is due, if one is."""
        from dialogue_game.app.transfer import due_transfer

        try:
            self._due = due_transfer(self.game) if self._any_run else None
        except DialogueGameError:
            self._due = None
        if self._due:
            self.show_cards(self._cards)
            self.refresh_bindings()

    def show_waiting(self) -> None:
        """The first line; at its right, how many records wait where a record store is set up."""
        waiting = self.app.sender.waiting.label
        self.top.show(line(self.game.course.title, STRONG), muted(waiting))

    def show_cards(self, cards: tuple[Card, ...], *, seek: bool = False) -> None:
        """Show these cards; with `seek`, the cursor goes to what one would do next."""
        self._cards = cards
        height = self.app.size.height
        self._roomy = height >= ROOMY
        self.set_class(self._roomy, "-roomy")
        drawn = drawings(self.game) if height >= PICTURED else no_drawing
        covered = False
        if self._roomy:
            from dialogue_game.tui.exhibits.pictures import PictureSource

            self.pictures = self.pictures or PictureSource.of(self.game, self.app)
            covered = self.pictures.sharp
        if covered:
            drawn = with_space_for_covers(drawn)
        rows = home_rows(cards, self.glyphs, drawn, whole=self._roomy and not covered)
        if seek or rows != list(self.cards.rows):
            self.cards.show(
                rows, next_row(cards) if seek else self.cards.cursor, self.glyphs
            )
            self.refresh_bindings()
        if covered or self._covered:
            self._covered = covered
            self.call_after_refresh(show_covers, self.game, self.cards, self.pictures)
        shown = (self._roomy, self.game.trouble, self._due is not None)
        if shown != self._intro_shown:
            self._intro_shown = shown
            self.show_intro()

    def show_intro(self) -> None:
        """What this is, where there is room; trouble, where there is some, in one sentence."""
        course = self.game.course
        intro = [remark(course.summary)] if self._roomy else []
        if self.game.trouble:
            intro.append(trouble(self.game.trouble))
        if self._due:
            intro.append(question_block(self._due))
        self.intro.show(intro)
        self.notice.show([remark(course.notice)] if course.notice else [])

    @on(PickList.Moved)
    def follow(self) -> None:
        """What the keys do depends on the row; above the first one stands the title."""
        self.refresh_bindings()
        if self.cards.cursor == 0:
            self.reading.scroll_home(animate=False)

    @on(PickList.Picked)
    def pick(self, message: PickList.Picked) -> None:
        """Go on with a story or start it; or do what the row says."""
        card = next(
            (card for card in self._cards if card.entry.id == message.row), None
        )
        if card is None:
            actions: dict[str, Callable[[], None]] = {
                LEAD_GROUP: self.app.action_prepare_session,
                HISTORY: self.action_history,
                SETTINGS: partial(self.app.action_panel, "settings"),
            }
            actions[message.row]()
        elif card.paused:
            self.app.attempt(resume(self.app, card.paused))
        else:
            self.app.start_story(card.entry.id)

    @property
    def story(self) -> str:
        """The story at the cursor that can be played, "" where the row is none."""
        place = self.cards.cursor
        card = self._cards[place] if 0 <= place < len(self._cards) else None
        return card.entry.id if card and not card.entry.coming else ""

    def action_anew(self) -> None:
        """Start the story at the cursor from its beginning."""
        if self.story:
            self.app.start_story(self.story)

    def action_history(self) -> None:
        """All playthroughs."""
        self.app.attempt(show_history(self.app))

    def action_map(self) -> None:
        """The map of the story at the cursor."""
        if self.story:
            self.app.attempt(show_map(self.app, self.story))

    def action_question(self) -> None:
        """Put the question that is due; it is not put again at this start."""
        from dialogue_game.tui.home.transfer_panel import TransferPanel

        due, self._due = self._due, None
        self.show_cards(self._cards)
        self.refresh_bindings()
        if due is not None:
            self.app.push_screen(TransferPanel(due))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A question can be answered when one is due; a story's keys need a story."""
        if action in ("anew", "map"):
            return bool(self.story)
        return action != "question" or self._due is not None

    @property
    def _any_run(self) -> bool:
        return any(card.runs for card in self._cards)


def question_block(due: TransferDue) -> Block:
    """That a question waits, and that it may wait for ever."""
    known = due.guideline
    sentence = f"A short question on guideline {known.number}, {known.short}, if you like: press "
    return Block(line(sentence) + strong(" t"), prose("? ", ACCENT))


def drawings(game: Game) -> Callable[[str], Drawing]:
    """What gives the drawing of a story; none where no pictures are wanted."""
    if game.settings.pictures == "off":
        return no_drawing
    return lambda story: drawing(game.assets, story, game.settings.symbols)
