"""What the screens promise one another: every key has an id and a tooltip, no bare text."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

import dialogue_game.tui
from dialogue_game.tui.widgets.key_bar import ORDER
from tests.front_ends.tui.everywhere import ours

FOLDER = Path(dialogue_game.tui.__file__).parent
FILES = sorted(FOLDER.rglob("*.py"))
TAKES_TEXT = {"Static", "Label", "Button", "update", "Content", "from_markup"}


@pytest.mark.parametrize("kind", list(ours()), ids=lambda kind: kind.__name__)
def test_every_binding_has_an_id_and_a_tooltip(kind: type[DOMNode]) -> None:
    for binding in kind.__dict__.get("BINDINGS", ()):
        assert isinstance(binding, Binding)
        assert binding.id, binding
        assert binding.tooltip, binding


def test_every_key_that_is_shown_has_its_place_in_the_last_line() -> None:
    shown = {
        binding.id
        for kind in ours()
        for binding in kind.__dict__.get("BINDINGS", ())
        if isinstance(binding, Binding) and binding.show
    }
    assert shown <= set(ORDER)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_text_reaches_widgets_only_through_prose(file: Path) -> None:
    if file.name == "styled.py":
        return
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = (
            node.func.attr
            if isinstance(node.func, ast.Attribute)
            else getattr(node.func, "id", "")
        )
        if name in TAKES_TEXT:
            for argument in node.args:
                plain = isinstance(argument, ast.JoinedStr) or (
                    isinstance(argument, ast.Constant)
                    and isinstance(argument.value, str)
                )
                assert not plain, f"{file.name}:{node.lineno}"


@pytest.mark.parametrize(
    "kind",
    [kind for kind in ours() if issubclass(kind, Screen)],
    ids=lambda kind: kind.__name__,
)
def test_no_screen_has_many_more_than_fifteen_methods(
    kind: type[Screen[object]],
) -> None:
    own = [name for name, found in vars(kind).items() if inspect.isfunction(found)]
    assert len(own) <= 17, own
