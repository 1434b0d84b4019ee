"""Every key of the screens by its id, and a person's own keys for them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys
from textual.screen import Screen

from dialogue_game.app.settings import keys_file, read_object
from dialogue_game.errors import SettingsInvalid

MODIFIERS: Final = ("ctrl+", "shift+", "alt+", "super+", "meta+")


class KnownKey(NamedTuple):
    """A binding: what its id is, the keys it has, and what they do."""

    id: str
    keys: str
    does: str


def known_keys() -> Mapping[str, KnownKey]:
    """Every binding of the screens by its id, in the order of their ids."""
    found: dict[str, KnownKey] = {}
    for binding in sorted(_bindings(), key=lambda binding: binding.id or ""):
        name, keys = binding.id or "", binding.key
        if name in found:
            keys = ",".join(
                dict.fromkeys([*found[name].keys.split(","), *keys.split(",")])
            )
        found[name] = KnownKey(name, keys, binding.tooltip or binding.description)
    return found


def _bindings() -> Iterator[Binding]:
    for kind in _kinds():
        yield from _own_bindings(kind)


def _kinds() -> Iterator[type[DOMNode]]:
    import dialogue_game.tui

    for module in pkgutil.walk_packages(
        dialogue_game.tui.__path__, "dialogue_game.tui."
    ):
        for _, kind in inspect.getmembers(
            importlib.import_module(module.name), inspect.isclass
        ):
            if issubclass(kind, DOMNode) and kind.__module__ == module.name:
                yield kind


def _own_bindings(kind: type) -> list[Binding]:
    own = vars(kind).get("BINDINGS", ())
    return [each for each in own if isinstance(each, Binding) and each.id]


def _clashes(given: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """A key, what it was given to, and what has it already in the same place."""
    from dialogue_game.tui.widgets.pick_list import PickList

    for kind in _kinds():
        if not issubclass(kind, Screen):
            continue
        here = [
            each for one in (*kind.__mro__, PickList) for each in _own_bindings(one)
        ]
        usual = {each.id or "": each.key.split(",") for each in here}
        holders = {
            key: name
            for name, keys in usual.items()
            if name not in given
            for key in keys
        }
        for name, keys in usual.items():
            for key in given.get(name, "").split(",") if name in given else ():
                other = holders.setdefault(key, name)
                if other != name and not (key in keys and key in usual[other]):
                    yield key, name, other


def own_keys(config: Path) -> Mapping[str, str]:
    """The keymap of a person; empty without one. Raises SettingsInvalid with one sentence."""
    file = keys_file(config)
    if not file.is_file():
        return {}
    given, known = read_object(file), known_keys()
    for name, keys in given.items():
        if name not in known:
            raise SettingsInvalid(
                f"In {file}, there is no key “{name}”.",
                "See them with: dialogue-game keys",
            )
        if not isinstance(keys, str) or not all(
            _is_key(key) for key in keys.split(",")
        ):
            raise SettingsInvalid(
                f"In {file}, “{name}” has no key that exists.",
                "Write it like this: ctrl+g.",
            )
    for key, name, other in _clashes(given):
        raise SettingsInvalid(
            f"In {file}, the key {key} is given to “{name}”, but “{other}” has it there, too.",
            "Give one of them another key.",
        )
    return given


def _is_key(key: str) -> bool:
    for modifier in MODIFIERS:
        key = key.removeprefix(modifier)
    if len(key) == 1:
        return key.isprintable() and key != " "
    try:
        return key in {named.value for named in Keys} or bool(
            unicodedata.lookup(key.replace("_", " "))
        )
    except KeyError:
        return False
