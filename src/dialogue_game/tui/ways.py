"""Where one can go from roads walked: the answers to what screens wish for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from dialogue_game.app.game import Game
from dialogue_game.errors import DialogueGameError, NotFound
from dialogue_game.tui.base.host import Host
from dialogue_game.tui.base.wishes import (
    AskQuestion,
    Compare,
    CompareFile,
    DeleteRun,
    ExportRun,
    Lead,
    LeadOn,
    OpenOver,
    OpenRun,
    PickDecision,
    Prepare,
    Replay,
    ShowHistory,
    ShowMap,
    Wish,
)
from dialogue_game.tui.session.rooms import Rooms
from dialogue_game.tui.text.remedies import in_keys

if TYPE_CHECKING:
    from dialogue_game.app.explore.carry_over import BroughtOver
    from dialogue_game.app.player import Player
    from dialogue_game.core.comparison import Comparison


class Play(Protocol):
    """Opens a playthrough over the screen in front, or instead of it."""

    def __call__(
        self, opened: Callable[[], Player], *, instead: bool = False, asked: bool = False
    ) -> None:
        """Open it. What goes wrong is told; with `asked` it ends the program."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Opens what is wished for. `play` starts a playthrough, `tell` says one sentence."""

    app: Host
    game: Game
    play: Play
    tell: Callable[[str], None]
    rooms: Rooms

    def grant(self, wish: Wish) -> None:
        """Do what a screen wishes for; what goes wrong is told in a sentence."""
        try:
            self._grant(wish)
        except DialogueGameError as error:
            self.tell(in_keys(error))

    def resume(self, run: str, *, asked: bool = False) -> None:
        """Go on with a run where it was left; where its story was edited, ask on which text."""
        going = partial(self.play, partial(self.game.open, run), asked=asked)
        over = self.game.explore.edited(run)
        if over is None:
            going()
        else:
            self._ask_edition(over, None, going)

    def _grant(self, wish: Wish) -> None:
        match wish:
            case ShowHistory(beside=run):
                self._show_history(run)
            case ShowMap(story=story):
                self._show_map(story)
            case OpenRun(run=run):
                self._open(run)
            case PickDecision(run=run):
                self._pick_decision(run)
            case Replay(run=run, decision=decision):
                self._replay(run, decision)
            case Compare(run=run, other=other):
                self._show_comparison(self.game.explore.compare(run, other))
            case CompareFile(run=run):
                self._ask_file(run)
            case ExportRun(run=run):
                self._ask_export(run)
            case DeleteRun(run=run, done=done):
                self._ask_delete(run, done)
            case AskQuestion():
                self._ask_question()
            case Prepare() | Lead() | LeadOn() | OpenOver():
                self.rooms.grant(wish)

    def _show_history(self, beside: str) -> None:
        from dialogue_game.tui.explore.history_screen import HistoryScreen

        self.app.push_screen(HistoryScreen(beside))

    def _show_map(self, story: str) -> None:
        from dialogue_game.tui.explore.map_screen import MapScreen

        self.app.push_screen(MapScreen(story))

    def _show_comparison(self, compared: Comparison) -> None:
        from dialogue_game.tui.explore.compare_screen import CompareScreen

        self.app.push_screen(CompareScreen(compared))

    def _open(self, run: str) -> None:
        from dialogue_game.tui.debrief.debrief_screen import DebriefScreen

        player = self.game.open(run)
        if player.ended:
            self.app.push_screen(DebriefScreen(player))
        else:
            self.resume(run)

    def _pick_decision(self, run: str) -> None:
        from dialogue_game.app.explore.rewind import refuse_unless_open
        from dialogue_game.tui.explore.decision_dialog import DecisionDialog

        player = self.game.open(run)
        refuse_unless_open(self.game, player.story.id)
        steps = player.road()
        if not steps:
            self.tell("This run has no decision yet that could be taken anew.")
            return

        def picked(number: str | None) -> None:
            if number:
                self.grant(Replay(run, int(number)))

        self.app.push_screen(DecisionDialog(player.story.title, steps), picked)

    def _replay(self, run: str, decision: int) -> None:
        """Stand before a decision; where a paused run stands there already, go on with it."""
        from dialogue_game.app.explore.rewind import refuse_unless_open

        line = self.game.explore.find(run)
        if decision >= line.choices:
            self.resume(run)
            return
        refuse_unless_open(self.game, line.story)
        going = partial(
            self.play, partial(self.game.rewind, run, decision), instead=self._instead()
        )
        over = self.game.explore.edited(run)
        if over is None:
            going()
        else:
            self._ask_edition(over, decision, going)

    def _ask_edition(
        self, over: BroughtOver, decision: int | None, going: Callable[[], None]
    ) -> None:
        from dialogue_game.tui.explore.edition_dialog import BEGUN, NEW, EditionDialog

        def settled(answer: str | None) -> None:
            if answer == BEGUN:
                going()
            elif answer == NEW:
                kept = over if decision is None else replace(over, events=over.events[:decision])
                self.play(kept.start, instead=self._instead())

        self.app.push_screen(EditionDialog(over, decision), settled)

    def _ask_file(self, run: str) -> None:
        from dialogue_game.tui.base.line_dialog import LineDialog

        def named(name: str | None) -> None:
            if name:
                self.grant(Compare(run, Path(name).expanduser()))

        asked = "Another person's exported run:"
        self.app.push_screen(LineDialog("Compare with a file", asked, ""), named)

    def _ask_export(self, run: str) -> None:
        from dialogue_game.tui.base.line_dialog import LineDialog

        def named(name: str | None) -> None:
            if not name:
                return
            try:
                self.game.explore.export(run, Path(name).expanduser())
            except DialogueGameError as error:
                self.tell(in_keys(error))
            else:
                self.tell(f"Written to {name}. Your own line and answers are not in it.")

        name = str(Path.cwd() / f"{self.game.explore.find(run).story}-{run}.json")
        self.app.push_screen(LineDialog("Export this run", "Write it to:", name), named)

    def _ask_delete(self, run: str, done: Callable[[], None]) -> None:
        from dialogue_game.tui.explore.delete_dialog import DeleteDialog

        players = [getattr(screen, "player", None) for screen in self.app.screen_stack]
        if any(player is not None and player.playthrough == run for player in players):
            raise NotFound("This playthrough is still open.", "Leave it first, then delete it.")

        def settled(answer: str | None) -> None:
            if not answer:
                return
            try:
                self.game.delete(run)
            except DialogueGameError as error:
                self.tell(in_keys(error))
            done()

        self.app.push_screen(DeleteDialog(self.game.explore.find(run)), settled)

    def _ask_question(self) -> None:
        from dialogue_game.tui.home.transfer_panel import TransferPanel

        due = self.game.due_transfer()
        if due is not None:
            self.app.push_screen(TransferPanel(due))

    def _instead(self) -> bool:
        """Whether what is in front is a playthrough, which a new one takes the place of."""
        return getattr(self.app.screen, "player", None) is not None
