"""Panels, which open over what one is doing; dialogs, which ask for a line or a choice.

`with_retry` asks how to go on where the journal refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from dialogue_game.app.player import Player
from dialogue_game.core.text import safe
from dialogue_game.errors import JournalError
from dialogue_game.tui.base.framed_screen import FramedScreen
from dialogue_game.tui.text.layout import Block, ListRow, remark, statement, trouble
from dialogue_game.tui.text.story_blocks import action_row
from dialogue_game.tui.text.styled import STRONG, line
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.key_bar import hidden_key
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.split_view import ReadingPane

if TYPE_CHECKING:
    from dialogue_game.journal.store import Store
    from dialogue_game.tui.app import DialogueGameApp


class Panel(FramedScreen):
    """A title, something to read or pick from, and the keys. `q` closes; so does its own key.

    It covers the whole screen: letting what lies beneath shine through would paint that, too,
    three times over, and a page in its place is calmer than a pane before it.
    """

    HEADING: ClassVar[str] = ""
    CSS_PATH = Path(__file__).with_name("panel.tcss")  # also of a subclass elsewhere

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "close", "Close", id="close", tooltip="Close this"),
        Binding("escape", "close", "Close", id="close", tooltip="Close this"),
        Binding(
            "space,pagedown", "turn(1)", "Read on", id="read.on", tooltip="A page down"
        ),
        hidden_key("down,j", "line(1)", "line.down", "A line down"),
        hidden_key("up,k", "line(-1)", "line.up", "A line up"),
    ]

    def __init__(self, player: Player | None = None) -> None:
        super().__init__()
        self._player = player

    @property
    def player(self) -> Player | None:
        """The playthrough it was opened over."""
        return self._player

    def body(self) -> Iterable[Widget]:
        """Head, then what is held, which scrolls."""
        self.top.show(line(self.HEADING, STRONG))
        yield from self.head()
        self.reading = ReadingPane(*self.content())
        yield self.reading

    def head(self) -> Iterable[Widget]:
        """What stands above and does not scroll."""
        return ()

    def content(self) -> Iterable[Widget]:
        """What the panel shows."""
        return ()

    def action_close(self) -> None:
        """Close it."""
        self.dismiss("")

    def action_line(self, lines: int) -> None:
        """A line up or down."""
        self.reading.scroll_relative(y=lines, animate=False)


class LineInput(Input):
    """One line to write in, of `most` characters where that is given.

    Nothing in it is selected at first, so that Ctrl-C still stops.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "submit",
            "Done",
            id="rows.pick",
            tooltip="That is what you want to say",
        ),
    ]

    def __init__(self, text: str = "", *, id: str, most: int = 0) -> None:
        super().__init__(safe(text), id=id, max_length=most, select_on_focus=False)
        self.cursor_blink = False


class ChoiceDialog(Panel):
    """Something asked, and the answers as rows; closes with the id of the one that is taken."""

    def content(self) -> Iterable[Widget]:
        """What is asked, and the answers."""
        self.rows = PickList(self.answers(), glyphs=self.glyphs)
        if question := tuple(self.question()):
            yield Sheet(question)
        yield self.rows

    def question(self) -> Iterable[Block]:
        """What is to be answered."""
        return ()

    def answers(self) -> list[ListRow]:
        """What can be answered."""
        return []

    @on(PickList.Picked)
    def choose_row(self, message: PickList.Picked) -> None:
        """The person has said."""
        self.dismiss(message.row)


class LineDialog(Panel):
    """One line to write in, under a question of one line or several.

    Closes with what was written, or with "" where nothing was.

    With `empty`, nothing written is an answer, too, and closing without one gives None.
    """

    AUTO_FOCUS = "Input"

    def __init__(
        self,
        title: str,
        question: str,
        given: str = "",
        trouble: str = "",
        *,
        empty: bool = False,
    ) -> None:
        super().__init__()
        self._empty = empty
        self._title, self._asked, self._given, self._trouble = (
            title,
            question,
            given,
            trouble,
        )

    def content(self) -> Iterable[Widget]:
        """What is asked, and the line."""
        self.top.show(line(self._title, STRONG))
        first, *more = self._asked.split("\n")
        blocks = [statement(first), *(statement(part, above=0) for part in more)]
        if self._trouble:
            blocks.append(trouble(self._trouble))
        blocks.append(
            remark("Enter when it is right. Esc closes this, and nothing changes.")
        )
        self.line_input = LineInput(self._given, id="line")
        yield Sheet(blocks)
        yield self.line_input

    @on(Input.Submitted)
    def named(self, message: Input.Submitted) -> None:
        """The person has said."""
        self.dismiss(message.value.strip())

    def action_close(self) -> None:
        """Leave it unanswered."""
        self.dismiss(None if self._empty else "")


RETRY = "retry"
UNSAVED = "unsaved"


def with_retry(
    app: DialogueGameApp,
    action: Callable[[], None],
    go_on_without_saving: Callable[[Store], None] | None = None,
) -> None:
    """Do what writes to the journal. If that fails, nothing has moved; ask, and do it again.

    What is under way says how it goes on with a store that keeps nothing.
    """
    try:
        action()
    except JournalError as error:
        app.attempt(_ask(app, error, action, go_on_without_saving))


async def _ask(
    app: DialogueGameApp,
    error: JournalError,
    action: Callable[[], None],
    go_on_without_saving: Callable[[Store], None] | None,
) -> None:
    from dialogue_game.app.bootstrap import memory_store

    while answer := await app.push_screen_wait(FailureDialog(error)):
        if answer == UNSAVED:
            store = memory_store()
            app.game.stop_saving(store, error)
            if go_on_without_saving is not None:
                go_on_without_saving(store)
        try:
            action()
        except JournalError as again:
            error = again
        else:
            return


class FailureDialog(ChoiceDialog):
    """Nothing has moved; the player says how to go on."""

    HEADING = "This could not be saved"

    def __init__(self, error: JournalError) -> None:
        super().__init__()
        self.error = error

    def question(self) -> Iterable[Block]:
        """What happened."""
        yield statement(str(self.error))
        yield remark("You are still where you were.")

    def answers(self) -> list[ListRow]:
        """What can be done; trying again cannot help where what is under way is no longer ours."""
        answers = [(RETRY, "Try again", "")] if self.error.retry_helps else []
        answers.append((UNSAVED, "Go on without saving", "Until you quit the game."))
        return [
            action_row(answer, text, str(number), note)
            for number, (answer, text, note) in enumerate(answers, 1)
        ]
