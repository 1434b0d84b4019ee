"""Line protocols with a program that answers line by line: never ahead, and never at an end."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from tests.program import Conversation, run

PATIENCE = 60.0
"""Seconds after which a line that is owed counts as never sent."""


class Client(Conversation):
    """Reads a line when one is due, writes one when it is asked, and keeps its end open."""

    def __init__(self, *arguments: str) -> None:
        super().__init__(*arguments)
        self._watch = threading.Timer(PATIENCE, self.process.kill)
        self._watch.start()

    def left(self) -> int:
        """The exit code, which comes although the input is still open."""
        try:
            return self.process.wait(PATIENCE)
        finally:
            self._watch.cancel()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe is not None:
                    pipe.close()


def answered(client: Client, situation: dict[str, Any]) -> dict[str, Any]:
    """The situation after the first option that is open, or after reading on."""
    if situation.get("continue"):
        client.write("continue")
    else:
        client.write(next(o["id"] for o in situation["options"] if o["available"]))
        kind, _ = client.read()
        assert kind == "consequence"
    kind, following = client.read()
    assert kind == "situation"
    return dict(following)


def to_the_end(client: Client) -> None:
    """Play on line by line; the debrief must follow the ending by itself."""
    kind, situation = client.read()
    assert kind == "situation"
    while not situation.get("ending"):
        situation = answered(client, situation)
    kind, _ = client.read()
    assert kind == "debrief"
    assert client.left() == 0


@pytest.mark.parametrize("story", ["how_to_play", "omar"])
def test_the_debrief_follows_the_ending_at_once(story: str) -> None:
    to_the_end(Client("play", story, "--json"))


def test_a_run_that_had_ended_is_told_and_left_without_another_line() -> None:
    to_the_end(Client("play", "how_to_play", "--json"))
    newest = json.loads(run("history", "--json").stdout)[0]["id"]
    client = Client("play", "how_to_play", "--json", "--resume", newest)
    assert [client.read()[0] for _ in range(2)] == ["situation", "debrief"]
    assert client.left() == 0


def test_a_replay_is_answered_line_by_line() -> None:
    to_the_end(Client("play", "how_to_play", "--json"))
    client = Client("replay", "newest", "--at", "1", "--json")
    assert client.read()[0] == "replayed"
    to_the_end(client)


def test_a_session_is_led_line_by_line_and_left_when_it_has_ended() -> None:
    client = Client("facilitate", "--json", "--headcount", "8", "--minutes", "30")
    for command in ("next", "hands", "dance", "settle a", "next", "end"):
        views = dict(client.read() for _ in range(2))
        assert set(views) == {"shared", "companion"}
        client.write(command)
        if command == "dance":
            assert client.read()[0] == "error"
            client.write("pause")
    views = dict(client.read() for _ in range(2))
    assert views["companion"]["ended"]
    assert client.left() == 0
