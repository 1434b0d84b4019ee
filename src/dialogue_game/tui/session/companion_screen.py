"""What only the leader may see: in a second terminal, or as notes over the shared screen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from dialogue_game.app.invocation import with_program_name
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.session.leader_view import (
    Companion,
    CompanionView,
    OptionPreview,
    ballot_words,
)
from dialogue_game.core.text import split_paragraphs
from dialogue_game.errors import JournalError
from dialogue_game.reporting.labels import force_text
from dialogue_game.tui.base.framed_screen import GUIDELINES, REFERENCES, FramedScreen
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.session.shared_blocks import minute_words
from dialogue_game.tui.text.layout import (
    Block,
    ListRow,
    bulleted,
    heading,
    remark,
    row_index,
    statement,
    trouble,
)
from dialogue_game.tui.text.story_blocks import reference_row
from dialogue_game.tui.text.styled import (
    ACCENT,
    MARK_WORDS,
    MUTED,
    NOTHING,
    STRONG,
    Glyphs,
    line,
    muted,
    prose,
    strong,
)
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.key_bar import hidden_key
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.split_view import ReadingPane


def letter_keys(prefix: str) -> list[BindingType]:
    """A key for each letter of a card; the screen's `action_unfold` opens what comes on it."""
    return [
        hidden_key(
            letter.lower(),
            f"unfold('{letter}')",
            f"{prefix}.{letter}",
            f"What comes on option {letter}",
        )
        for letter in "ABCDEF"
    ]


class OutcomeList(PickList):
    """Enter opens a row and never chooses an option: this list is for reading."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "pick", "Open", id="rows.pick", tooltip="Open the row, or close it"
        ),
    ]

    def unfolded(self, rows: Sequence[ListRow], row: str) -> None:
        """Show these rows with one of them just opened or closed: it is the one to look at."""
        self.show(rows, row_index(row, rows, self.cursor))
        self.call_after_refresh(self.keep_in_sight)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without rows there is nothing to open."""
        return self.display or action != "pick"


MORE: Final = "more questions"


POLL_SECONDS = 0.1
"""Seconds between two looks into the journal."""


TICK = 1.0
"""Seconds between two looks at the clock."""


class CompanionScreen(FramedScreen):
    """Time, advice and notes above; what comes on each option, and the references, to open."""

    CSS_PATH = "session.tcss"
    AUTO_FOCUS = ""  # Textual's own would scroll to what it focuses, past the advice
    PANELS = ("guidelines", "references")

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,pagedown", "turn(1)", "Read on", id="read.on", tooltip="A page down"
        ),
        *letter_keys("companion"),
        GUIDELINES,
        REFERENCES,
        Binding(
            "q,escape",
            "leave",
            "Leave",
            key_display="q",
            id="leave",
            tooltip="Stop following; the session goes on",
        ),
    ]

    def __init__(self, followed: Companion) -> None:
        super().__init__()
        self.followed = followed
        self._opened: set[str] = set()
        self._step = ""

    def body(self) -> Iterable[Widget]:
        """The time, the advice, the rows."""
        self.now, self.advice = Sheet(id="now"), Sheet(id="advice")
        self.outcomes = OutcomeList(glyphs=self.glyphs, id="outcomes")
        self.reading = ReadingPane(self.now, self.advice, self.outcomes)
        yield self.reading
        yield self.divider

    def on_mount(self) -> None:
        """Show how things stand, and follow from now on."""
        self.show_view()
        self.set_interval(POLL_SECONDS, self.look)
        self.set_interval(TICK, lambda: self.show_time(self.followed.view()))

    def look(self) -> None:
        """Show what is new, if anything is."""
        try:
            if self.followed.look() | self.followed.look_at_phones():
                self.show_view()
        except JournalError as error:
            self.now.show([trouble(f"{error} This tries again.")])

    def show_view(self) -> None:
        """Everything the leader may know now; a new step begins at its top."""
        view = self.followed.view()
        place = f"{view.step} {view.scenario} {view.decision}"
        fresh, self._step = place != self._step, place
        if fresh:
            self._opened = set()
        self.show_time(view)
        self.advice.show(advice_blocks(view, self.glyphs))
        cursor = 0 if fresh else self.outcomes.cursor
        self.outcomes.show(leader_rows(view, self._opened, self.glyphs), cursor)
        if fresh:
            self.reading.scroll_home(animate=False)

    def show_time(self, view: CompanionView) -> None:
        """What the clock alone changes."""
        self.top.show(top_left(view, self.glyphs), top_right(view))
        blocks = tuple(now_blocks(view))
        if blocks != self.now.blocks:
            self.now.show(blocks)

    @on(PickList.Picked)
    def toggle_row(self, message: PickList.Picked) -> None:
        """Open a row, or close it, and have it in sight."""
        self._opened ^= {message.row}
        rows = leader_rows(self.followed.view(), self._opened, self.glyphs)
        self.outcomes.unfolded(rows, message.row)

    def action_unfold(self, letter: str) -> None:
        """Open what comes on the option with that letter, or close it."""
        self.outcomes.action_key(letter)

    def action_leave(self) -> None:
        """Stop following."""
        self.dismiss("")


class NotesPanel(Panel):
    """Opens on a page that the room may see, and shows the notes when that is confirmed."""

    HEADING = "For the leader"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n", "reveal", "Show the notes", id="notes.show", tooltip="Show them now"
        ),
        hidden_key("n", "hide", "notes.hide", "Put them away again"),
        *letter_keys("notes"),
    ]

    def __init__(self, facilitation: Facilitation) -> None:
        super().__init__()
        self._leading = facilitation
        self._opened: set[str] = set()
        self._shown = False

    def content(self) -> Iterable[Widget]:
        """A warning, and room for the notes."""
        question = prose(
            "The notes are not for the room. Turn the projector’s picture off, then: "
        )
        self.words = Sheet(
            [
                Block(question + strong("n")),
                remark(
                    with_program_name(
                        "A second terminal is better: dialogue-game companion"
                    )
                ),
            ]
        )
        self.outcomes = OutcomeList(glyphs=self.glyphs)
        self.outcomes.display = False
        yield self.words
        yield self.outcomes

    def action_reveal(self) -> None:
        """Show the notes."""
        self._shown = True
        self.show_notes()
        self.refresh_bindings()

    def action_hide(self) -> None:
        """Put them away, with the key that has shown them."""
        self.action_close()

    def show_notes(self) -> None:
        """Everything the leader may know."""
        view = self._leading.companion()
        self.words.show(
            [
                *now_blocks(view),
                *advice_blocks(view, self.glyphs),
            ]
        )
        self.outcomes.show(
            leader_rows(view, self._opened, self.glyphs), self.outcomes.cursor
        )
        self.set_focus(self.outcomes, scroll_visible=False)

    @on(PickList.Picked)
    def unfold(self, message: PickList.Picked) -> None:
        """Open a row, or close it, and have it in sight."""
        self._opened ^= {message.row}
        rows = leader_rows(self._leading.companion(), self._opened, self.glyphs)
        self.outcomes.unfolded(rows, message.row)

    def action_unfold(self, letter: str) -> None:
        """Open what comes on the option with that letter, once the notes are shown."""
        if self._shown:
            self.outcomes.action_key(letter)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One key shows the notes, and then puts them away."""
        if action in ("reveal", "hide"):
            return self._shown == (action == "hide")
        return True


def top_left(view: CompanionView, glyphs: Glyphs) -> Content:
    """The left of the first line."""
    decision = (f"Decision {view.decision}",) if view.decision else ()
    parts = ("Companion", *decision, view.scenario or view.title)
    return line(f" {glyphs.dot} ".join(parts), MUTED)


def top_right(view: CompanionView) -> Content:
    """The right of the first line."""
    return line(minute_words(view.budget), MUTED)


def now_blocks(view: CompanionView) -> list[Block]:
    """The step, its time, what comes next; ballots that are missing; what is switched off."""
    if view.ended:
        return [
            heading("The session has ended."),
            remark(with_program_name("Its record: dialogue-game session export")),
            remark(
                "To follow another session, leave this and begin it again.", above=0
            ),
        ]
    title = line(view.title, STRONG).stylize(ACCENT)
    if view.scene_title:
        title += prose(f"  {view.scene_title}", STRONG)
    follows = f" Next: {view.following}." if view.following else ""
    blocks = [Block(title), statement(f"{view.timer.said}{follows}", above=0)]
    if sentence := ballot_words(view):
        blocks.append(heading(sentence, above=0))
    if view.counted:
        blocks.append(heading(view.counted, above=0))
    if view.blanked:
        blocks.append(heading("The shared screen is blank.", above=0))
    return blocks


def advice_blocks(view: CompanionView, glyphs: Glyphs) -> Iterator[Block]:
    """What to do at this step, what the room is like, the notes, what a rule settles."""
    if view.ended:
        return
    tips = [with_program_name(tip) for tip in (view.spread, *view.tips) if tip]
    yield from bulleted(tips, glyphs)
    notes = " ".join(view.notes.split())
    for settled in view.settles:
        notes = notes.replace(settled, "")
    if notes.strip():
        yield heading("Notes")
        yield statement(notes, above=0)
    if view.settles:
        yield heading("What a rule settles, and what it does not")
        yield from bulleted(view.settles, glyphs)
    if view.questions:
        yield heading("Questions for the talk")
        yield from bulleted(view.questions, glyphs)


def leader_rows(
    view: CompanionView, opened: Collection[str], glyphs: Glyphs
) -> list[ListRow]:
    """What comes on each option, the references, more questions: each opens where it stands."""
    if view.ended:
        return []
    shown = [_outcome_row(outcome, opened, glyphs) for outcome in view.consequences]
    for number, cited in enumerate(view.references, len(shown) + 1):
        row = reference_row(cited, number, glyphs, opened=cited.id in opened)
        if cited.id in opened:
            more = [line(part) for part in split_paragraphs(cited.summary)]
            row = row._replace(more=(*more, muted(force_text(cited))), gap=1)
        shown.append(row)
    if view.more_questions:
        shown.append(_more_row(view, opened, glyphs, len(shown) + 1))
    return shown


def _outcome_row(
    outcome: OptionPreview, opened: Collection[str], glyphs: Glyphs
) -> ListRow:
    is_open = outcome.id in opened
    sign = glyphs.opened if is_open else glyphs.closed
    locked = NOTHING if outcome.letter else muted("Locked: ")
    text = prose(f"{sign} ") + locked + line(outcome.text)
    more = tuple(_outcome_lines(outcome, glyphs)) if is_open else ()
    note = muted(f"  {glyphs.leads} {outcome.follow}")
    return ListRow(outcome.id, text, outcome.letter, note, more, gap=int(is_open))


def _outcome_lines(outcome: OptionPreview, glyphs: Glyphs) -> Iterator[Content]:
    for text in outcome.consequence:
        yield from (prose(part) for part in split_paragraphs(text))
    for mark in outcome.marks:
        word = strong(
            f"{glyphs.mark(mark.word).strip()} {MARK_WORDS.get(mark.word, mark.word)}"
        )
        yield word + prose(f" guideline {mark.guideline}. {mark.why}")


def _more_row(
    view: CompanionView, opened: Collection[str], glyphs: Glyphs, number: int
) -> ListRow:
    is_open = MORE in opened
    sign = glyphs.opened if is_open else glyphs.closed
    more = tuple(
        line(f"{glyphs.bullet} {question}") for question in view.more_questions
    )
    key = str(number) if number <= 9 else ""
    text = prose(f"{sign} ") + strong("Other questions of the scenario")
    return ListRow(MORE, text, key, more=more if is_open else ())
