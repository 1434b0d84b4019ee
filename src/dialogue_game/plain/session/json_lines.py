"""Leading a session by JSON lines: commands in, both views out.

The machine contract of `facilitate --json`, documented in `docs/machine.md`: a line
`{"shared": …}` is exactly what the room may see, `{"companion": …}` what only the leader may.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, TextIO

from dialogue_game.app.game import Game
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.session.leader_view import CompanionView
from dialogue_game.app.session.shared_view import SharedView
from dialogue_game.core.text import safe
from dialogue_game.errors import DialogueGameError, JournalStreamGone
from dialogue_game.plain.remedies import in_commands
from dialogue_game.plain.session.commands import obey
from dialogue_game.plain.unsaved import go_on_unsaved


class SessionLines:
    """One session as JSON lines."""

    def __init__(self, game: Game, leading: Facilitation, sink: TextIO) -> None:
        self._game, self._leading, self._sink = game, leading, sink
        self._url = ""

    def lead(self, commands: Iterable[str]) -> None:
        """Obey command after command until they or the session end, or one says to quit."""
        self._phones()
        self._views()
        for line in commands:
            command = safe(line).strip()
            if not command:
                continue
            try:
                if not obey(self._leading, command):
                    return
            except JournalStreamGone as error:
                go_on_unsaved(self._game, self._leading, error)
                onward = "Send the command again: it goes on without saving."
                self._write("error", {"message": f"{error.message} {onward}"})
                continue
            except DialogueGameError as error:
                self._write("error", {"message": in_commands(error)})
                continue
            self._phones()
            self._views()
            if self._leading.session.ended:
                return

    def _phones(self) -> None:
        """Where phones vote: said first, and again when it changes."""
        phones = self._leading.phones
        if phones is not None and phones.url != self._url:
            self._url = phones.url
            self._write("phones", {"url": phones.url})

    def _views(self) -> None:
        self._write("shared", view_data(self._leading.shared()))
        self._write("companion", view_data(self._leading.companion()))

    def _write(self, kind: str, value: Mapping[str, Any]) -> None:
        self._sink.write(json.dumps({kind: value}, ensure_ascii=False) + "\n")
        self._sink.flush()


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
