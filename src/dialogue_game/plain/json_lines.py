"""JSON lines: what a program reads and writes to play a story, or to lead a session.

The machine contracts of `play --json` and of `facilitate --json`, documented in `docs/machine.md`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, TextIO

from dialogue_game.app.explore.rewind import Memory
from dialogue_game.app.game import Game
from dialogue_game.app.player import Player
from dialogue_game.core.engine import CONTINUE_WORDS
from dialogue_game.core.story import CONTINUE
from dialogue_game.core.text import numbered, safe
from dialogue_game.errors import (
    ChoiceNotAvailable,
    DialogueGameError,
    JournalError,
    JournalStreamGone,
)
from dialogue_game.plain.console import continue_unsaved, error_text
from dialogue_game.reporting.play_data import (
    consequence_data,
    debrief_data,
    situation_data,
)

if TYPE_CHECKING:
    from dialogue_game.app.session.facilitation import Facilitation
    from dialogue_game.app.session.leader_view import CompanionView
    from dialogue_game.app.session.shared_view import SharedView

SKIP, DIFFERENCE = ":skip", ":difference"
"""Answers that are no choice's: ids have no colon."""


class _Lines:
    """What writes an object a line, to a program that waits for each."""

    def __init__(self, game: Game, sink: TextIO) -> None:
        self._game, self._output = game, sink

    def _write(self, kind: str, value: Mapping[str, Any]) -> None:
        self._output.write(json.dumps({kind: value}, ensure_ascii=False) + "\n")
        self._output.flush()


class JsonLines(_Lines):
    """One playthrough: situations, consequences and the debrief out, choices in."""

    def __init__(
        self, game: Game, player: Player, sink: TextIO, memory: Memory | None = None
    ) -> None:
        super().__init__(game, sink)
        self._player = player
        self._memory = memory or Memory()

    def play(self, answers: Iterable[str]) -> None:
        """Take choices by id or number until the ending or the end of the answers."""
        self._situation()
        if not self._player.ended:
            for line in answers:
                answer = line.strip()
                if answer and self._choose(answer):
                    self._situation()
                if self._player.ended:
                    break  # what follows is said now: nobody need write another line for it
        self._close()

    def play_picks(self, picks: Sequence[str]) -> bool:
        """Take exactly these choices and stop; False at one that is not available."""
        self._situation()
        for pick in picks:
            while self._player.situation.continues and pick not in CONTINUE_WORDS:
                self._player.read_on()
                self._situation()
            if not self._choose(pick):
                return False
            self._situation()
        if self._player.ended:
            self._close()
        return True

    def _choose(self, answer: str) -> bool:
        try:
            if answer in (SKIP, DIFFERENCE):
                self._skip(to_difference=answer == DIFFERENCE)
                return True
            if self._player.situation.continues and answer.lower() in CONTINUE_WORDS:
                self._player.read_on()
                return True
            consequence = self._player.choose(picked(self._player, answer))
        except (
            ChoiceNotAvailable,
            JournalError,
        ) as error:  # in both cases nothing has moved
            options = [
                option.id
                for option in self._player.situation.options
                if option.available
            ]
            message = safe(error_text(error))
            if isinstance(error, JournalStreamGone):
                continue_unsaved(self._game, self._player, error)
                message = (
                    f"{error.message} Send the choice again: it goes on without saving."
                )
            self._write("error", {"message": message, "options": options})
            return False
        self._write("consequence", consequence_data(consequence))
        return True

    def _skip(self, *, to_difference: bool) -> None:
        """Over pages that were read, or as before over choices too. Raises JournalError."""
        player = self._player
        if not to_difference:
            pages = self._memory.skip_pages(player)
            self._write("skipped", {"decisions": 0, "pages": pages})
            return
        gone = self._memory.skip_to_difference(player)
        self._write("skipped", {"decisions": gone.decisions, "pages": gone.pages})
        if gone.differs and player.last_consequence is not None:
            self._write("consequence", consequence_data(player.last_consequence))

    def _situation(self) -> None:
        player = self._player
        data = situation_data(player.story, player.situation, player.playthrough)
        if self._memory.led:
            led = {
                o.id: self._memory.led.get((player.state.scene, o.id))
                for o in player.situation.options
            }
            data["remembered"] = {
                option: list(to) for option, to in led.items() if to is not None
            }
            before = self._memory.as_before(player)
            data["as_before"] = "continue" if before == CONTINUE else before
        self._write("situation", data)

    def _close(self) -> None:
        player = self._player
        if player.ended:
            self._write("debrief", debrief_data(player.story, player.debrief()))
        else:
            gone = not player.kept or self._game.why_not_kept(player.playthrough)
            kept = None if gone else player.playthrough
            self._write("paused", {"playthrough": kept, "scene": player.state.scene})


def picked(player: Player, answer: str) -> str:
    """The choice id that an answer means: an id, a `scene.choice` path, or a number from 1."""
    options = player.situation.options
    if number := numbered(answer, len(options)):
        return options[number - 1].id
    scene, dot, choice = answer.partition(".")
    return choice if dot and scene == player.state.scene else answer


class SessionLines(_Lines):
    """One session: commands in, both views out.

    `{"shared": …}` is exactly what the room may see, `{"companion": …}` what only the leader may.
    """

    def __init__(self, game: Game, facilitation: Facilitation, sink: TextIO) -> None:
        super().__init__(game, sink)
        self._facilitation, self._url = facilitation, ""

    def lead(self, commands: Iterable[str]) -> None:
        """Obey command after command until they or the session end, or one says to quit."""
        from dialogue_game.plain.leader_commands import execute_command

        self._phones()
        self._views()
        for line in commands:
            command = safe(line).strip()
            if not command:
                continue
            try:
                if not execute_command(self._facilitation, command):
                    return
            except JournalStreamGone as error:
                continue_unsaved(self._game, self._facilitation, error)
                onward = "Send the command again: it goes on without saving."
                self._write("error", {"message": f"{error.message} {onward}"})
                continue
            except DialogueGameError as error:
                self._write("error", {"message": error_text(error)})
                continue
            while self._facilitation.notices:
                self._write("notice", {"message": self._facilitation.notices.pop(0)})
            self._phones()
            self._views()
            if self._facilitation.session.ended:
                return

    def _phones(self) -> None:
        """Where phones vote: said first, and again when it changes."""
        phones = self._facilitation.phones
        if phones is not None and phones.url != self._url:
            self._url = phones.url
            self._write("phones", {"url": phones.url})

    def _views(self) -> None:
        self._write("shared", view_data(self._facilitation.shared()))
        self._write("companion", view_data(self._facilitation.companion()))


def view_data(view: SharedView | CompanionView) -> dict[str, Any]:
    """A view as plain data, field by field."""
    data: dict[str, Any] = _plain(view)
    return data


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            spec.name.rstrip("_"): _plain(getattr(value, spec.name))
            for spec in fields(value)
        }
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value
