"""Play: one screen on which scene, consequence and coaching take turns; nothing is pushed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import PurePath
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from dialogue_game.app.player import Player
from dialogue_game.errors import ChoiceNotAvailable
from dialogue_game.tui.base.framed_screen import MainScreen
from dialogue_game.tui.base.panel import with_retry
from dialogue_game.tui.exhibits.gallery import ExhibitFrame, Gallery, needed_by
from dialogue_game.tui.exhibits.pictures import Cover, PictureSource
from dialogue_game.tui.play.play_state import (
    AGAIN,
    DEBRIEF,
    GO_ON,
    LEAVE,
    Phase,
    PlayState,
    story_and_person,
)
from dialogue_game.tui.text.drawings import drawing
from dialogue_game.tui.text.layout import row_index
from dialogue_game.tui.text.styled import MUTED, line
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.pick_list import NO_ROW, PickList
from dialogue_game.tui.widgets.split_view import ChoicePane, ReadingPane, SplitView

MOTION: Final = 0.8
"""Seconds in which the path to an ending draws itself, at most."""
MOST_PACE: Final = 0.1


class PlayScreen(MainScreen):
    """Plays one playthrough. With `aside`, it was opened over something one returns to.

    With `chosen`, it opens with what came of the last choice.
    """

    PLACE = "Story"

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "play.tcss",
        "../exhibits/exhibits.tcss",
    ]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "l", "look", "Look closer", id="play.look", tooltip="See the next detail"
        ),
        Binding(
            "x",
            "skip(False)",
            "Skip",
            id="play.skip",
            tooltip="Over what you have read before, to the next choice",
        ),
        Binding(
            "d",
            "skip(True)",
            "Repeat",
            id="play.as_before",
            tooltip="As on the path before, over choices too, to the next difference",
        ),
        Binding("m", "map", "Map", id="play.map", tooltip="This story as you know it"),
        Binding(
            "b,h",
            "app.panel('look_back')",
            "Look back",
            key_display="b",
            id="panel.look_back",
            tooltip="Everything read and chosen so far",
        ),
    ]

    def __init__(
        self, player: Player, *, nested: bool = False, chosen: bool = False
    ) -> None:
        super().__init__()
        self._player, self._aside, self._chosen = player, nested, chosen
        self._looking = False
        self._skippable = (False, False)
        self._rising: Sheet | None = None
        self._read = False

    @property
    def player(self) -> Player:
        """The playthrough that is under way here."""
        return self._player

    def body(self) -> Iterable[Widget]:
        """Reading above, deciding below."""
        glyphs, after = self.glyphs, self.game.settings.coaching == "after"
        memory = self.game.explore.memory(self._player)
        self.state = PlayState(self._player, glyphs, coaching=after, memory=memory)
        if self._chosen:
            self.state.return_to_consequence()
        pictures = PictureSource.of(self.game, self.app)
        self.cover, self.head = Cover(pictures), Sheet(id="head")
        self.gallery = Gallery(glyphs, pictures, needed_by(self._player.story))
        self.sheet = Sheet(id="text")
        self.coaching, self.card = Sheet(id="coaching"), Sheet(id="card")
        self.card.border_title = line("Reference ")
        self.reading = ReadingPane(
            self.cover, self.head, self.gallery, self.sheet, self.coaching, self.card
        )
        self.options = PickList(glyphs=glyphs, id="options")
        self.split = SplitView(
            self.reading, self.divider, ChoicePane(self.options), steady=True
        )
        yield self.split

    def on_mount(self) -> None:
        """Show where the playthrough stands."""
        self.screen_layout_refresh_signal.subscribe(self, self.bring_up, immediate=True)
        self.show_state()

    def show_state(self) -> None:
        """Put the state on screen: every widget gets what it shows, none is made anew."""
        state = self.state
        scene = state.phase is Phase.SCENE
        self.split.keeps = state.phase in (Phase.CONSEQUENCE, Phase.COACHING)
        above = story_and_person(state, self.game.course.title)
        self.top.show(above, line(state.place(), MUTED))
        self.divider.tone = state.tone
        story, titled = self._player.story, state.phase is Phase.TITLE
        drawn = (
            drawing(self.game.assets, story.id, self.game.settings.symbols)
            if titled
            else ()
        )
        self.cover.present(story.cover if titled else None, drawn)
        exhibits = self._player.situation.exhibits if scene else ()
        ending = state.phase is Phase.ENDING
        if ending and state.path_shown is None and self.game.settings.motion != "none":
            draw_path(self)
        head, text = state.page(whole=not exhibits and not ending)
        self.head.show(head)
        self.sheet.show(text)
        self.coaching.show(state.coached())
        self.gallery.present(exhibits, state.looked())
        self.card.show(self.state.card())
        state.comes_from = "" if self._aside else self.comes_from
        rows = state.rows()
        self._read, self.divider.unread = not self.choosing, False
        # Nothing is preselected where something is chosen: Enter alone commits to nothing.
        first = NO_ROW if self.choosing else 0
        self.options.show(
            rows, len(rows) - 1 if state.phase is Phase.COACHING else first
        )
        self.reading.home()
        self.reading.tell_after_layout()
        if state.phase is Phase.COACHING:
            self._rising = self.coaching
        skippable = (state.may_skip(False), state.may_skip(True))
        if scene or self._looking or skippable != self._skippable:
            self._looking = scene and self.gallery.details_left > 0
            self._skippable = skippable
            self.refresh_bindings()

    def bring_up(self, _screen: Screen[object]) -> None:
        """After a layout: scroll to what has appeared, unless a quick player has left it behind."""
        sheet = self._rising
        if sheet is not None and (sheet.region or not sheet.display):
            self._rising = None
            if sheet.display:
                sheet.scroll_visible(animate=False, top=True, immediate=True)

    def save(self, action: Callable[[], None]) -> None:
        """Do what writes to the journal."""
        with_retry(self.app, action, self._player.go_on_without_saving)

    @property
    def choosing(self) -> bool:
        """Whether options of a decision are offered, rather than a way on."""
        situation = self._player.situation
        return self.state.phase is Phase.SCENE and not (
            situation.continues or situation.stub
        )

    @property
    def has_read(self) -> bool:
        """Whether the whole scene has been on screen."""
        return self._read

    @on(ReadingPane.Scrolled)
    def note_read(self, message: ReadingPane.Scrolled) -> None:
        """The end of the scene has been on screen."""
        if not message.more:
            self._read, self.divider.unread = True, False

    @on(PickList.NoneAtCursor)
    def begin_choosing(self) -> None:
        """Enter, before an option was looked at: read on, then look at the first one."""
        if self._read:
            open_ = (n for n, row in enumerate(self.options.rows) if row.available)
            self.options.cursor = next(open_, 0)
        else:
            self.reading.turn(1)

    def hold_back(self, row: str) -> None:
        """Not yet: look at the option, and say that there is more to read.

        Pressed again on the same option, the key reads on.
        """
        place = row_index(row, self.options.rows)
        if self.options.cursor == place:
            self.reading.turn(1)
        else:
            self.options.cursor = place
        self.divider.unread = True

    @on(PickList.Picked)
    def pick(self, message: PickList.Picked) -> None:
        """Do what the row stands for."""
        message.stop()
        state, row = self.state, message.row
        if row in (DEBRIEF, AGAIN, LEAVE):
            self.finish(row)
        elif state.phase is Phase.SCENE and row == GO_ON:
            self.save(partial(self.move, state.read_on))
        elif state.phase is Phase.SCENE and not self._read:
            self.hold_back(row)
        elif state.phase is Phase.SCENE:
            self.save(partial(self.move, partial(state.choose, row)))
        elif row == GO_ON:
            state.go_on()
            self.show_state()
        else:
            self.save(partial(self.open_reference, row))

    def move(self, step: Callable[[], object]) -> None:
        """Choose, read on or skip, then show what came of it.

        Raises JournalError; nothing has moved then.
        """
        try:
            step()
        except ChoiceNotAvailable:
            self.app.bell()
            return
        self.show_state()

    def open_reference(self, reference: str) -> None:
        """Open or close a reference's card. Raises JournalError."""
        state = self.state
        state.opened = "" if state.opened == reference else reference
        self.card.show(self.state.card())
        self.options.show(state.rows(), self.options.cursor)
        if state.opened:
            self._rising = self.card
            self._player.open_reference(reference)

    def finish(self, row: str) -> None:
        """What comes after an ending."""
        if row == DEBRIEF:
            self.app.open_debrief(self._player, instead=True)
        elif row == AGAIN:
            self.app.start_story(self._player.story.id, instead=True)
        elif row == LEAVE:
            self.action_leave()

    def action_look(self, exhibit: str = "") -> None:
        """Open the next detail of what there is to see here."""
        found = self.gallery.look_closer(exhibit)
        if found:
            self.refresh_bindings()
            self.save(partial(self._player.look, *found))

    @on(ExhibitFrame.LookedAt)
    def look_at(self, message: ExhibitFrame.LookedAt) -> None:
        """The next detail of that exhibit."""
        self.action_look(message.exhibit)

    def action_skip(self, to_difference: bool) -> None:
        """To the next choice, or to what is new; or as before to the next difference."""
        self.save(partial(self.move, partial(self.state.skip, to_difference)))
        if to_difference:
            self.app.say(self.state.skipped)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Looking closer is offered where there is more to see, skipping where all was read.

        The map is one of replays: in a first run there is nothing beside what is being read.
        """
        if action == "map":
            return bool(self.state.memory.led)
        if action == "skip":
            return self.state.may_skip(bool(parameters[0]))
        if action == "look":
            return self.state.phase is Phase.SCENE and self.gallery.details_left > 0
        return True


def draw_path(screen: PlayScreen) -> None:
    """At an ending the path draws itself, in less than a second; every key works meanwhile."""
    state, decisions = screen.state, screen.player.state.decisions
    state.path_shown = 0
    if not decisions:
        return

    def step() -> None:
        state.path_shown = (state.path_shown or 0) + 1
        screen.head.show(state.head())
        if state.path_shown >= decisions:
            timer.stop()

    timer = screen.set_interval(min(MOST_PACE, MOTION / decisions), step)
