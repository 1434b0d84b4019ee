"""The panel with everything read and chosen so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.app.explore.rewind import may_rechoose
from dialogue_game.app.player import Player
from dialogue_game.core.debrief import PathStep
from dialogue_game.errors import DialogueGameError
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.explore.replay import pick_decision
from dialogue_game.tui.text.layout import Block, paragraphs, remark
from dialogue_game.tui.text.story_blocks import chosen_block, mark_blocks
from dialogue_game.tui.text.styled import MUTED, STRONG, Glyphs, line, prose
from dialogue_game.tui.widgets.bases import Sheet
from dialogue_game.tui.widgets.key_bar import hidden_key


class LookBackPanel(Panel):
    """The path so far: what was there, what was chosen, what came of it. Nothing is re-chosen."""

    HEADING = "The road so far"
    BINDINGS: ClassVar[list[BindingType]] = [
        hidden_key("b,h", "close", "look_back.close", "Close this"),
        Binding(
            "p",
            "replay",
            "Replay",
            id="look_back.replay",
            tooltip="Take one of these decisions anew; this run is kept",
        ),
    ]

    def content(self) -> Iterable[Widget]:
        """One sheet, the newest step at its end."""
        steps = self.player.steps() if self.player else ()
        coached = self.game.settings.coaching == "after"
        blocks: list[Block] = []
        for number, step in enumerate(steps, 1):
            blocks += step_blocks(self.player, number, step, self.glyphs, coached)
        yield Sheet(blocks or [remark("You have not chosen anything yet.")])

    def on_mount(self) -> None:
        """The newest step is what one looks for first."""
        self.call_after_refresh(self.reading.scroll_end, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A replay is offered where decisions are open to be taken anew."""
        return action != "replay" or self._may_replay

    def action_replay(self) -> None:
        """Ask which decision."""
        if self.player:
            app, run = self.app, self.player.playthrough
            self.dismiss("")
            app.attempt(pick_decision(app, run))

    @cached_property
    def _may_replay(self) -> bool:
        player = self.player
        if player is None or not player.state.decisions:
            return False
        try:
            return may_rechoose(self.game, self.game.key_of(player))
        except DialogueGameError:
            return False


def step_blocks(
    player: Player | None, number: int, step: PathStep, glyphs: Glyphs, coached: bool
) -> Iterator[Block]:
    """One step of a path, in full."""
    consequence = step.consequence
    yield Block(
        line(step.before.title, STRONG),
        prose(f"{number}. ", MUTED),
        above=2,
    )
    yield from paragraphs(step.before.text)
    yield chosen_block(consequence.choice_text, glyphs)
    yield from paragraphs(consequence.text)
    if coached and player is not None:
        for mark in consequence.marks:
            yield from mark_blocks(player.story, mark, glyphs)
