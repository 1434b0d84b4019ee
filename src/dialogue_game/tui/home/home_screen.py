"""Home: what there is to play, how far one is, and on whose behalf this speaks (nobody's)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from dialogue_game.app.game import Card
from dialogue_game.errors import DialogueGameError, JournalError
from dialogue_game.tui.base.main_screen import MainScreen
from dialogue_game.tui.explore.navigation import show_history, show_map
from dialogue_game.tui.explore.replay import resume
from dialogue_game.tui.text.blocks import Block, trouble
from dialogue_game.tui.text.glyphs import Glyphs
from dialogue_game.tui.text.prose import (
    ACCENT,
    MUTED,
    NOTHING,
    STRONG,
    joined,
    line,
    muted,
    prose,
    strong,
)
from dialogue_game.tui.text.remedies import in_keys
from dialogue_game.tui.text.rows import ListRow
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet
from dialogue_game.tui.widgets.split_view import ChoicePane, ReadingPane, SplitView

if TYPE_CHECKING:
    from dialogue_game.app.transfer import TransferDue

ROOMY = 38
"""Rows of the terminal from which on every card has room to say what it is about."""


class HomeScreen(MainScreen):
    """The stories as cards. Progress comes from the journal, just after the first picture."""

    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "anew", "Start anew", id="home.anew", tooltip="Start from the beginning"),
        Binding("h", "history", "History", id="home.history", tooltip="All your playthroughs"),
        Binding("f", "app.prepare_session", "Lead a group", id="home.lead",
                tooltip="Prepare a session for a group around one screen"),
        Binding("m", "map", "Map", id="home.map", tooltip="This story as you know it"),
        Binding("t", "question", "Question", id="home.question",
                tooltip="A short question on an earlier guideline, not scored"),
        Binding("q", "app.quit", "Quit", id="quit", tooltip="Leave the game; everything is kept"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.intro = Sheet(id="intro")
        self.cards = PickList(id="cards")
        self.notice = Sheet(id="notice")
        self.about = Sheet(id="about")
        self._cards: tuple[Card, ...] = ()
        self._roomy = False
        self._intro_shown: tuple[bool, str, bool] | None = None
        self._due: TransferDue | None = None
        self._sought = False

    def body(self) -> Iterable[Widget]:
        """A title, the cards, the notice; what the card at the cursor is about."""
        self.reading = ReadingPane(self.intro, self.cards, self.notice)
        self._roomy = self.app.size.height >= ROOMY
        self.show_cards(tuple(Card(entry, 0, "", 0, 0) for entry in self.game.course.stories))
        self.deciding = ChoicePane(self.about)
        yield SplitView(self.reading, self.divider, self.deciding)

    def on_mount(self) -> None:
        """The journal is read when the first picture stands."""
        self.show_waiting()
        self.call_after_refresh(self.read_progress)

    def on_screen_resume(self) -> None:
        """Back from playing: the cards may have changed."""
        if self._cards:
            self.call_after_refresh(self.read_progress)

    def on_resize(self, event: events.Resize) -> None:
        """Where there is room, every card says what it is about; else the one at the cursor."""
        roomy = event.size.height >= ROOMY
        if roomy != self._roomy:
            self._roomy = roomy
            self.show_cards(self._cards)

    def read_progress(self) -> None:
        """Fill in what the journal knows; without it the cards stay as they are."""
        try:
            cards = self.game.cards()
        except JournalError as error:
            self.game.trouble = self.game.trouble or in_keys(error)
            cards = self._cards
        self.show_cards(cards)
        if self.is_current:
            self.app.send_records_soon()
        if not self._sought:
            self._sought = True
            self.call_after_refresh(self.seek_question)

    def seek_question(self) -> None:
        """Once a start: the question that is due, if one is."""
        try:
            self._due = self.game.due_transfer() if self._any_run else None
        except DialogueGameError:
            self._due = None
        if self._due:
            self.show_cards(self._cards)
            self.refresh_bindings()

    def show_waiting(self) -> None:
        """The first line; at its right, how many records wait where a record store is set up."""
        waiting = self.app.sender.waiting.said
        self.top.show(line("dialogue-game").stylize(MUTED), muted(waiting))

    def show_cards(self, cards: tuple[Card, ...]) -> None:
        """Show these cards."""
        self._cards = cards
        rows = [
            card_row(card, number, self.glyphs, whole=self._roomy)
            for number, card in enumerate(cards, 1)
        ]
        if rows != list(self.cards.rows):
            self.cards.show(rows, self.cards.cursor, self.glyphs)
            self.show_about()
        shown = (self._roomy, self.game.trouble, self._due is not None)
        if shown != self._intro_shown:
            self._intro_shown = shown
            self.show_intro()

    def show_intro(self) -> None:
        """What this is; trouble, where there is some, in one sentence."""
        course = self.game.course
        intro = [Block(line(course.title).stylize(STRONG))]
        if self._roomy:
            intro.append(Block(muted(course.summary)))
        if self.game.trouble:
            intro.append(trouble(self.game.trouble))
        if self._due:
            intro.append(question_block(self._due))
        self.intro.show(intro)
        self.notice.show([Block(muted(course.notice))] if course.notice else [])

    @on(PickList.Moved)
    def show_about(self) -> None:
        """What the card at the cursor is about, where the cards themselves cannot say."""
        entry = self._cards[self.cards.cursor].entry if self._cards else None
        sentence = "" if self._roomy or entry is None else entry.summary
        self.about.show([Block(prose(sentence))])
        self.about.display = self.divider.display = bool(sentence)
        if self.cards.cursor == 0:
            self.reading.scroll_home(animate=False)

    @on(PickList.Picked)
    def play(self, message: PickList.Picked) -> None:
        """Go on with a story, or start it."""
        card = next(card for card in self._cards if card.entry.id == message.row)
        if card.paused:
            self.app.attempt(resume(self.app, card.paused))
        else:
            self.app.start_story(card.entry.id)

    def action_anew(self) -> None:
        """Start the story at the cursor from its beginning."""
        row = self.cards.current
        if row and row.available:
            self.app.start_story(row.id)

    def action_history(self) -> None:
        """All playthroughs."""
        self.app.attempt(show_history(self.app))

    def action_map(self) -> None:
        """The map of the story at the cursor."""
        row = self.cards.current
        if row and row.available:
            self.app.attempt(show_map(self.app, row.id))

    def action_question(self) -> None:
        """Put the question that is due; it is not put again at this start."""
        from dialogue_game.tui.home.transfer_panel import TransferPanel

        due, self._due = self._due, None
        self.show_cards(self._cards)
        self.refresh_bindings()
        if due is not None:
            self.app.push_screen(TransferPanel(due))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A question can be answered when one is due."""
        return action != "question" or self._due is not None

    @property
    def _any_run(self) -> bool:
        return any(card.runs for card in self._cards)


def question_block(due: TransferDue) -> Block:
    """That a question waits, and that it may wait for ever."""
    known = due.guideline
    sentence = f"A short question on guideline {known.number}, {known.short}, if you like: press "
    return Block(line(sentence) + strong(" t"), prose("? ").stylize(ACCENT))


def card_row(card: Card, number: int, glyphs: Glyphs, *, whole: bool) -> ListRow:
    """A story as a card: its title, how long, how far; with `whole`, what it is about."""
    entry = card.entry
    return ListRow(
        entry.id,
        line(entry.title).stylize(STRONG),
        key=str(number) if number <= 9 else "",
        note=prose(entry.summary) if whole and entry.summary else NOTHING,
        more=(joined(_facts(card), f" {glyphs.dot} "),),
        available=not entry.coming,
        gap=1,
    )


def _facts(card: Card) -> Iterator[Content]:
    entry = card.entry
    if card.state == "coming":
        yield muted("Not written yet. It is coming.")
        return
    if card.paused:
        made = card.paused_decisions
        sentence = f"Enter goes on after decision {made}" if made else "Enter goes on"
        yield line(sentence).stylize(ACCENT)
    if entry.minutes:
        yield muted(f"{entry.minutes} minutes")
    if entry.kind == "tutorial" and card.state == "new":
        yield muted("a good place to begin")
    elif entry.kind == "aid":
        yield muted("for a post of your own; the key s opens it anywhere")
    elif card.state == "new":
        yield muted("new")
    if entry.kind == "scenario" and card.runs:
        yield muted(f"{card.endings_found} of {len(entry.endings)} endings found")
