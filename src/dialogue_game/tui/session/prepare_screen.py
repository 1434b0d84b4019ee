"""Preparing a session: which scenarios, how many people, how long; then begin, or come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.app.game import Game
from dialogue_game.app.session.agenda import plan, playable, preparation
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.session.phone_voting import LOOPBACK, own_addresses
from dialogue_game.app.session.session_texts import TITLES
from dialogue_game.app.session.sessions import SessionInfo, place_of, sessions
from dialogue_game.content.folders import expand_home
from dialogue_game.core.course import StoryEntry
from dialogue_game.core.session.session_events import SessionStarted
from dialogue_game.errors import DialogueGameError, JournalError, SessionInvalid
from dialogue_game.tui.base.framed_screen import FramedScreen
from dialogue_game.tui.base.panel import LineDialog, with_retry
from dialogue_game.tui.session.shared_screen import SharedScreen
from dialogue_game.tui.text.layout import (
    ListRow,
    heading,
    remark,
    row_index,
    statement,
    trouble,
)
from dialogue_game.tui.text.story_blocks import action_row, action_rows
from dialogue_game.tui.text.styled import (
    MUTED,
    NOTHING,
    STRONG,
    Glyphs,
    joined,
    line,
    muted,
    prose,
)
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.key_bar import hidden_key
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.split_view import ReadingPane

BEGIN, PREPARE, KIT, RESUME = "begin", "prepare", "kit", "resume"
ALWAYS: Final = (
    (PREPARE, "How to prepare, and an invitation"),
    (KIT, "Write what to print: cards, your script, the evaluation"),
)
EVERY_KEY: Final = "Every key of a session"
REHEARSAL: Final = "rehearsal"
PHONES: Final = "phones"
QUESTIONS: Final = {
    "headcount": ("How many people", "How many people will be in the room?"),
    "minutes": (
        "Minutes",
        "How many minutes? 90 is usual; for one scenario 30 are enough.",
    ),
    "entity": ("Entity", "Your entity, for the record. It may stay empty."),
    "leader": ("Leader", "The session’s leader, for the record. It may stay empty."),
}
STEP: Final = {"headcount": 1, "minutes": 15}
"""By how much the arrows change a number."""


class PrepareScreen(FramedScreen):
    """A list of what can be set, the agenda that follows from it, and what can be done."""

    CSS_PATH = "session.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        hidden_key("left", "step(-1)", "prepare.fewer", "Fewer"),
        hidden_key("right", "step(1)", "prepare.more", "More"),
        Binding(
            "question_mark,f1",
            "help",
            "Help",
            key_display="?",
            id="help",
            tooltip=EVERY_KEY,
        ),
        Binding(
            "q,escape",
            "leave",
            "Leave",
            key_display="q",
            id="leave",
            tooltip="Leave this",
        ),
    ]

    def __init__(
        self, planned: SessionStarted, phones: str | None = None, port: int = 0
    ) -> None:
        super().__init__()
        self.planned = planned
        self.phones = phones
        """At which address phones are served; None where they are not asked for."""
        self._port = port
        self._open: SessionInfo | None = None
        self._rehearsing = False

    @classmethod
    def of(cls, game: Game) -> PrepareScreen:
        """The page for this game's course. Raises SessionInvalid where no session can be had."""
        return cls(plan(game.course))

    def body(self) -> Iterable[Widget]:
        """What it is, the list, the agenda."""
        self._open = left_open(self.game)
        self.rows = PickList(self.listed(), glyphs=self.glyphs, id="cards")
        self.rows.cursor = row_index(BEGIN, self.rows.rows)
        self.agenda = Sheet()
        sentence = (
            "One screen that everybody sees, and you. Nobody has to have a phone."
        )
        intro = [heading("Lead a group"), remark(sentence, above=0)]
        self.reading = ReadingPane(Sheet(intro), self.rows, self.agenda)
        yield self.reading
        yield self.divider

    def on_mount(self) -> None:
        """Show the agenda."""
        self.top.show(line("dialogue-game", MUTED))
        self.show_plan()

    def on_screen_resume(self) -> None:
        """After a rehearsal the real session is next: it is not to be lost for a switch left on."""
        if self._rehearsing:
            self._rehearsing = False
            self.plan_anew(rehearsal=False)
            self.app.say(
                "The rehearsal is over, and nothing was kept. The next one is real."
            )

    def show_plan(self) -> None:
        """The list and the agenda, as planned now."""
        self.rows.show(self.listed(), self.rows.cursor)
        ready = preparation(self.game.course, self.planned)
        blocks = [heading(f"The {self.planned.minutes} minutes")]
        blocks += [statement(part, above=0) for part in ready.agenda]
        blocks += [trouble(said) for said in ready.advice]
        self.agenda.show(blocks)

    def listed(self) -> list[ListRow]:
        """Scenarios to choose, numbers and names to set, and what can be done."""
        rows = [
            _scenario(entry, entry.id in self.planned.scenarios, self.glyphs)
            for entry in playable(self.game.course)
        ]
        rows[-1] = rows[-1]._replace(gap=1)
        for name, (label, _) in QUESTIONS.items():
            arrows = "fewer and more: ← →" if name in STEP else ""
            rows.append(
                _value(name, label, str(getattr(self.planned, name)) or "–", arrows)
            )
        rows.append(
            _value(PHONES, "Phones", _phones_words(self.phones), "also later: f")
        )
        note = "on: nothing is kept" if self.planned.rehearsal else "off"
        rows.append(_value(REHEARSAL, "Rehearsal", note)._replace(gap=1))
        begin = "Begin the rehearsal" if self.planned.rehearsal else "Begin the session"
        rows += action_rows([(BEGIN, begin), *ALWAYS])
        if self._open is not None:
            where = TITLES.get(self._open.step, self._open.step)
            note = f"{', '.join(self._open.scenarios)}, at: {where}"
            rows.append(
                action_row(RESUME, "Come back to the session left last", "4", note)
            )
        return rows

    @on(PickList.Picked)
    def choose_row(self, message: PickList.Picked) -> None:
        """Change what can be set; do what can be done."""
        row = message.row
        if row == BEGIN:
            self.begin()
        elif row == RESUME and self._open is not None:
            self.app.attempt(
                self.lead(partial(Facilitation.resume, self.game, self._open.id))
            )
        elif row == PREPARE:
            from dialogue_game.tui.session.session_panels import PreparationPanel

            self.app.push_screen(
                PreparationPanel(preparation(self.game.course, self.planned))
            )
        elif row == KIT:
            self.app.attempt(
                self.ask(
                    "Write what to print",
                    "Into which folder?",
                    "print_me",
                    self.write_kit,
                )
            )
        elif row in QUESTIONS:
            label, question = QUESTIONS[row]
            given = str(getattr(self.planned, row))
            self.app.attempt(
                self.ask(label, question, given, partial(self.change, row))
            )
        elif row == PHONES:
            self.phones = _next_address(self.phones)
            self.show_plan()
        elif row == REHEARSAL:
            self.plan_anew(rehearsal=not self.planned.rehearsal)
        else:
            self.choose(row)

    def begin(self) -> None:
        """Begin; after a rehearsal the real session is a key away, with all that was set."""
        self._rehearsing = self.planned.rehearsal
        game = unsaved(self.game) if self._rehearsing else self.game
        start = partial(Facilitation.start, game, self.planned)
        self.app.attempt(self.lead(start, stays=self._rehearsing))

    async def lead(
        self, opened: Callable[[], Facilitation], *, stays: bool = False
    ) -> None:
        """Lead a session on the shared screen; then this page closes, unless it `stays`."""

        def left(_: str | None) -> None:
            if not stays:
                self.dismiss("")

        def go() -> None:
            screen = SharedScreen(opened())
            self.app.push_screen(screen, left)
            if self.phones is not None:
                screen.phones.serve(self.phones, self._port)

        with_retry(self.app, go)

    def choose(self, story: str) -> None:
        """Play a scenario, or leave it out; in the order of the course."""
        chosen = set(self.planned.scenarios) ^ {story}
        ordered = tuple(e.id for e in playable(self.game.course) if e.id in chosen)
        if ordered:
            self.plan_anew(scenarios=ordered)
        else:
            self.app.say("A session needs one scenario at least.")

    def change(self, name: str, text: str) -> None:
        """Set a number or a name."""
        if name not in STEP:
            self.plan_anew(**{name: text})
        elif text.strip().isdecimal() and len(text.strip()) < 7:
            self.plan_anew(**{name: int(text)})
        else:
            self.app.say("Type a whole number, such as 12.")

    def plan_anew(self, **changes: object) -> None:
        """Plan with something changed; what no room can have is said, and stays as it was."""
        wished = replace(self.planned, **changes)  # type: ignore[arg-type]
        try:
            self.planned = plan(
                self.game.course,
                wished.scenarios,
                wished.headcount,
                wished.minutes,
                wished.entity,
                wished.leader,
                rehearsal=wished.rehearsal,
            )
        except SessionInvalid as error:
            self.app.say(error.message)
        self.show_plan()

    def write_kit(self, folder: str) -> None:
        """Write the pages to print, if a folder is named."""
        if not folder:
            return
        from dialogue_game.app.session.documents import write_kit

        try:
            place = expand_home(folder).absolute()
            written = list(write_kit(self.game, self.planned, place))
        except DialogueGameError as error:
            self.app.say(error.message)
        else:
            self.app.say(
                f"{len(written)} pages are in {place}. Open them in a browser."
            )

    def action_step(self, step: int) -> None:
        """Fewer or more of the number at the cursor."""
        row = self.rows.current
        if row is not None and row.id in STEP:
            self.plan_anew(
                **{row.id: getattr(self.planned, row.id) + step * STEP[row.id]}
            )

    def action_help(self) -> None:
        """Every key of the session that is being prepared."""
        from dialogue_game.tui.session.session_panels import SessionHelpPanel

        self.app.push_screen(SessionHelpPanel())

    def action_leave(self) -> None:
        """Back to what was before."""
        self.dismiss("")

    async def ask(
        self, label: str, question: str, given: str, then: Callable[[str], None]
    ) -> None:
        """Ask for a line, and do something with it."""
        text = await self.app.push_screen_wait(
            LineDialog(label, question, given, empty=True)
        )
        if text is not None:
            then(text)


def _value(name: str, label: str, value: str, trailing: str = "") -> ListRow:
    text = joined([line(label), line(value, STRONG)], ": ")
    return ListRow(name, joined([text, muted(trailing)], "   "))


def _scenario(entry: StoryEntry, chosen: bool, glyphs: Glyphs) -> ListRow:
    sign = glyphs.done if chosen else glyphs.untried
    text = line(entry.title, STRONG) if chosen else line(entry.title)
    note = NOTHING if chosen else muted("not today")
    return ListRow(entry.id, prose(f"{sign} ") + joined([text, note], "  "))


def _phones_words(phones: str | None) -> str:
    """Whether the room may vote by phone, and at which address of this machine."""
    if phones is None:
        return "off"
    address = phones or own_addresses()[0]
    alone = " (this machine only)" if address == LOOPBACK else ""
    return f"on, at {address}{alone}"


def _next_address(phones: str | None) -> str | None:
    """After off the likeliest address, then each other one of this machine, then off."""
    addresses: list[str | None] = [None, *own_addresses()]
    now = phones if phones in addresses else addresses[1]
    return addresses[(addresses.index(now) + 1) % len(addresses)]


def left_open(game: Game) -> SessionInfo | None:
    """The session of this course that was left last and can be come back to."""
    try:
        own = place_of(game.course)
        left = (i for i in sessions(game.store) if not i.ended and i.place == own)
        return next(left, None)
    except JournalError:
        return None


def unsaved(game: Game) -> Game:
    """The same game for a rehearsal, on a store that keeps nothing."""
    from dialogue_game.app.bootstrap import memory_store

    return replace(game, store=memory_store(), saving=False)
