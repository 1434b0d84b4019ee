"""Kind: terminals that say little of themselves."""

from __future__ import annotations

import sys

import pytest

from dialogue_game.cli import front_ends


@pytest.mark.parametrize(
    ("platform", "environment", "terminal", "wanted", "refused"),
    [
        ("linux", {"TERM": "xterm"}, True, False, ""),
        ("linux", {}, True, False, "This terminal cannot show a screen."),
        ("linux", {"TERM": "dumb"}, True, False, "This terminal cannot show a screen."),
        ("linux", {"TERM": "dumb"}, True, True, ""),
        ("win32", {}, True, False, ""),
        ("win32", {"TERM": "dumb"}, True, False, "This terminal cannot show a screen."),
        ("linux", {"TERM": "xterm"}, False, True, "There is no terminal here."),
        (
            "linux",
            {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"},
            False,
            False,
            "",
        ),
    ],
)
def test_a_screen_opens_wherever_there_can_be_one(
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    environment: dict[str, str],
    terminal: bool,
    wanted: bool,
    refused: str,
) -> None:
    for name in ("TERM", "TEXTUAL_DRIVER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: terminal, raising=False)
    assert front_ends.no_screen(wanted=wanted) == refused
