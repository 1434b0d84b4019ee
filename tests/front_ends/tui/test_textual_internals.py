"""What we use of Textual beyond its documentation is still there; see the modules named here."""

from __future__ import annotations

import inspect

import pytest
from textual.app import App
from textual.filter import Monochrome, NoColor
from textual.screen import Screen
from textual.widget import Widget

from dialogue_game.tui.base.base_app import BaseApp
from dialogue_game.tui.widgets.bases import BlankContainer, Column


@pytest.mark.parametrize(
    ("kind", "name", "parameters"),
    [
        (Widget, "arrange", ["self", "size", "optimal"]),
        (Widget, "render_lines", ["self", "crop"]),
        (Widget, "get_line_filters", ["self"]),
        (App, "_fatal_error", ["self"]),
        (App, "_close_messages_no_wait", ["self"]),
    ],
)
def test_what_is_overridden_is_called_as_before(
    kind: type, name: str, parameters: list[str]
) -> None:
    assert list(inspect.signature(getattr(kind, name)).parameters) == parameters


def test_a_fresh_app_has_filters_and_no_failure_yet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = BaseApp()
    assert any(isinstance(item, Monochrome) for item in app._filters)
    app.begin_with_theme("textual-dark")
    assert any(isinstance(item, NoColor) for item in app._filters)
    assert app._exception is None
    assert app.failure is None


class Broken(BaseApp):
    """An app that fails as it starts."""

    def on_mount(self) -> None:
        raise ValueError("our own fault")


async def test_a_failure_is_kept_and_the_app_ends() -> None:
    app = Broken()
    with pytest.raises(ValueError, match="our own fault"):
        async with app.run_test():
            pass
    assert isinstance(app.failure, ValueError)


async def test_a_column_asks_its_layout_for_the_size_that_it_then_has() -> None:
    class OneColumn(App[None]):
        def get_default_screen(self) -> Screen[None]:
            return Screen()

    async with OneColumn().run_test(size=(40, 10)) as pilot:
        column = Column(BlankContainer())
        await pilot.app.screen.mount(column)
        await pilot.pause()
        strips = column.render_lines(column.size.region)
        assert len(strips) == column.size.height
        assert all(strip.cell_length == column.size.width for strip in strips)
