"""The shared screen: a group's session, step after step, on one screen that changes in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Digits

from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.session.shared_view import SharedView, TitleCard
from dialogue_game.core.session import steps
from dialogue_game.errors import DialogueGameError, NotNow
from dialogue_game.tui.base.framed_screen import FramedScreen
from dialogue_game.tui.base.panel import with_retry
from dialogue_game.tui.exhibits.gallery import ExhibitFrame, Gallery
from dialogue_game.tui.exhibits.pictures import Cover, PictureSource
from dialogue_game.tui.session import shared_blocks
from dialogue_game.tui.session.ballot_box import BallotBox, BallotMode
from dialogue_game.tui.session.dialogs import (
    ask_first,
    ask_to_leave,
    open_dialog,
    question_before,
)
from dialogue_game.tui.session.keys import ACTIONS, KEYS, QUIET, offered
from dialogue_game.tui.session.session_panels import PhoneFollower
from dialogue_game.tui.text.layout import Block, remark
from dialogue_game.tui.text.remedy_keys import in_keys
from dialogue_game.tui.text.styled import ACCENT, STRONG, Glyphs, line, prose
from dialogue_game.tui.widgets.bases import Sheet, StableWidget
from dialogue_game.tui.widgets.pick_list import PickList
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
        self._digits = ""

    def compose(self) -> ComposeResult:
        """Words at the left, the figure at the right, in the column that all text keeps to."""
        self.digits.display = False
        yield Horizontal(self.words, self.digits)

    def show(self, blocks: Iterable[Block], big_digits: str = "") -> None:
        """Say this instead, and show this figure; without any, the words have all the room."""
        self.words.show(blocks)
        self.count(big_digits)

    def count(self, big_digits: str) -> None:
        """Show another figure beside the same words."""
        if big_digits != self._digits:
            self._digits = big_digits
            self.digits.display = bool(big_digits)
            self.digits.update(big_digits)


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
        self.options.pale = self.options.option_letters = True
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
        again = self.again and view.step in shared_blocks.AFTER_READING
        self.show_time(view)
        self.head.show(shared_blocks.head(view))
        more = shared_blocks.scene_blocks(view) if again else []
        width = min(self.app.size.width - MARGINS, MEASURE)
        self.text.show([*shared_blocks.body(view, self._glyphs, width), *more])
        shows = again or view.step not in shared_blocks.AFTER_READING
        self.gallery.present(view.exhibits if shows else (), self._looked)
        self.options.show(shared_blocks.option_rows(view))
        self.hint.show(shared_blocks.hint(view, self.picked))
        self.reading.scroll_home(animate=False)
        self.deciding.scroll_home(animate=False)

    def _show_card(self, view: SharedView, card: TitleCard) -> None:
        """What the scenario opens with, alone on the screen."""
        self.banner.show([Block(line(view.scenario, STRONG).stylize(ACCENT))])
        self.head.show([])
        self.cover.present(card.cover)
        self.gallery.present((), {})
        self.text.show(shared_blocks.card_blocks(card, self._glyphs))
        self.options.show([])
        self.hint.show([remark("Enter: the first scene")])
        self.reading.scroll_home(animate=False)

    def show_time(self, view: SharedView) -> None:
        """What the clock alone changes; it is painted only where it differs."""
        if self.card_open:
            return
        words, big_digits = (
            tuple(shared_blocks.banner(view)),
            shared_blocks.big_digits(view, self._glyphs),
        )
        if words != self.banner.words.blocks:
            self.banner.show(words, big_digits)
        else:
            self.banner.count(big_digits)

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
        self.show_notice(in_keys(error))

    def show_notice(self, sentence: str) -> None:
        """Say something to the leader there, never over what the room reads."""
        self.hint.show([Block(line(sentence, STRONG), prose("! ", STRONG))])
        self.call_after_refresh(self.deciding.scroll_end, animate=False)


TICK = 1.0
"""Seconds between two looks at the clock."""
CLOSING = ("next", "reveal", "skip")
"""What closes a round."""
SURPLUS = "Your companion says more. How many are here: #."


class SharedScreen(FramedScreen):
    """Leads one session. It shows what `Facilitation.shared` gives, and nothing else."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "session.tcss",
        "../exhibits/exhibits.tcss",
    ]
    AUTO_FOCUS = ""
    PANELS = ("guidelines", "references")

    BINDINGS: ClassVar[list[BindingType]] = [*KEYS, *QUIET]

    def __init__(self, facilitation: Facilitation) -> None:
        super().__init__()
        self.facilitation = facilitation
        self.view = facilitation.shared()
        self.phones = PhoneFollower(self)

    def body(self) -> Iterable[Widget]:
        """What the room sees, and the box for ballots."""
        self.shared = SharedBody(
            self.glyphs, PictureSource.of(self.game, self.app), self.divider
        )
        self.reading = self.shared.reading
        self.box = BallotBox()
        yield self.shared
        yield self.box
        yield self.phones

    def on_mount(self) -> None:
        """Show where the session stands, and look at the clock from now on."""
        self.app.facilitation = self.facilitation
        self.app.use_theme_of("room")
        self.show_view()
        self.set_interval(TICK, self.tick)

    def show_view(self) -> None:
        """Put what the room may see on screen."""
        view = self.view = self.facilitation.shared()
        self.set_class(view.blanked, "-blank")
        self.top.show(
            shared_blocks.top_left(view, self.glyphs), shared_blocks.top_right(view)
        )
        self.shared.show(view)
        self.refresh_bindings()

    def tick(self) -> None:
        """The clock went on: say so where it shows."""
        self.phones.check()
        before, self.view = self.view, self.facilitation.shared()
        if replace(before, timer=self.view.timer, agenda=self.view.agenda) != self.view:
            self.show_view()
        elif not self.view.blanked:
            self.top.show(
                shared_blocks.top_left(self.view, self.glyphs),
                shared_blocks.top_right(self.view),
            )
            self.shared.show_time(self.view)

    def do(self, action: Callable[[], object]) -> str:
        """Lead on, and show what has become of it; the sentence where it was refused, else ""."""
        return self._saved(action, self.shared.refuse)

    def action_do(self, name: str, _: str = "") -> None:
        """What a key stands for. How far ballots and people differ is not for the room."""
        if name == "next" and self.shared.card_open:
            self.shared.card_open = False
            self.show_view()
            return
        if self.facilitation.surplus and name in CLOSING:
            self.shared.refuse(
                NotNow("The ballots do not fit the people here.", SURPLUS)
            )
            return
        action: Callable[[], object] = partial(ACTIONS[name], self.facilitation)
        question = question_before(self.facilitation, name)
        if name == "next" and self.shared.picked:
            action = partial(self.facilitation.settle, self.shared.picked)
        if question is not None:
            self.app.attempt(ask_first(self, question, action))
        else:
            self.do(action)

    def action_settle(self, number: int, option: str = "") -> None:
        """Go on with the option of that number, or with that one, where a letter settles.

        After ballots at once, which can be undone; a show of hands with Enter, once it is shown.
        """
        available = [option.id for option in self.view.options if option.available]
        settling = shared_blocks.settling(self.view) and not self.shared.card_open
        if not settling or number > len(available):
            return
        chosen = option or available[number - 1]
        if self.view.step == steps.SCENE:
            self.shared.picked = chosen
            self.show_view()
        else:
            self.do(lambda: self.facilitation.settle(chosen))

    @on(PickList.Picked, "#options")
    def clicked(self, message: PickList.Picked) -> None:
        """The mouse settles as the letter does."""
        self.action_settle(0, message.row)

    def action_show(self, what: str) -> None:
        """Read the scene once more, or put it away; or open the next detail of what is to see."""
        if what == "look":
            self.shared.look_closer()
        else:
            self.shared.again = not self.shared.again
            self.show_view()

    def action_vote(self, way: str, _: str = "") -> None:
        """Open the box for ballots."""
        self.box.open(BallotMode(way))

    @on(BallotBox.CountsEntered)
    @on(BallotBox.BallotTyped)
    @on(BallotBox.BallotTakenBack)
    @on(BallotBox.Closed)
    def take_ballots(self, message: Message) -> None:
        """Ballots came in, or none come any more."""
        taken = partial(self.box.take, message, self.facilitation)
        self._saved(taken, lambda error: self.box.say(in_keys(error)))

    def action_open(self, name: str, _: str = "") -> None:
        """Open what belongs to the session: a line to write, the agenda, the notes, other paths."""
        self.app.attempt(open_dialog(self, name))

    def action_line(self, lines: int) -> None:
        """Lines down, or up."""
        self.shared.move(lines)

    def action_leave(self, name: str = "") -> None:
        """Leave once that is meant, and after the end; it is said how to come back."""
        if not name:
            self.app.attempt(ask_to_leave(self))
            return
        self.app.use_theme_of("theme")
        kept = not self.game.why_not_kept(self.facilitation.id)
        if not self.facilitation.session.ended and kept and not self.view.rehearsal:
            self.app.say("The session waits. Press f on Home to come back to it.")
        self.dismiss("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are offered where they do something; all of them go to the box while it is open."""
        if self.box.display:
            return False
        if parameters == ("look",):
            return not self.view.blanked and self.shared.gallery.details_left > 0
        return offered(
            self.facilitation.session, action, parameters, self.facilitation.by_phone
        )

    def _saved(
        self, action: Callable[[], object], refused: Callable[[DialogueGameError], None]
    ) -> str:
        """Do what writes to the journal, and show it; a refusal is said, and nothing has moved."""

        def go() -> None:
            action()
            self.show_view()
            while self.facilitation.notices:
                self.app.say(self.facilitation.notices.pop(0))

        try:
            with_retry(self.app, go, self.facilitation.go_on_without_saving)
        except DialogueGameError as error:
            refused(error)
            return in_keys(error)
        return ""
