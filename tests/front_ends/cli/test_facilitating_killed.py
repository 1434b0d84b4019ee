"""A scripted session whose process is killed at random moments: nothing lost, nothing doubled.

Twenty-five times; by the nightly flag a hundred times, in two sessions that are led alike and
killed at other moments.
"""

from __future__ import annotations

import os
import random
import time
from typing import Any

import pytest

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.session.agenda import plan
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.core.events import Continued
from dialogue_game.plain.json_lines import view_data
from tests.front_ends.session_script import PEOPLE, fingerprint, next_command
from tests.nightly import NIGHTLY
from tests.program import Conversation

KILLS = 50 if NIGHTLY else 25
"""In each of the two sessions."""
SCENARIOS = ("omar", "sepideh", "gumisai")


def undisturbed() -> tuple[dict[int, dict[str, Any]], list[str]]:
    """What the room sees after so many events, in a session that nobody kills; and its endings."""
    from dialogue_game.plain.leader_commands import execute_command

    game = open_game(keep=False)
    leading = Facilitation.start(game, plan(game.course, SCENARIOS, PEOPLE))
    seen = {}
    while True:
        shared = view_data(leading.shared())
        seen[leading.events] = fingerprint(shared)
        command = next_command(shared)
        if not command:
            return seen, sorted(run.ending for run in game.history())
        execute_command(leading, command)


class Leader(Conversation):
    """One process of the program, and what it has said."""

    def __init__(self, *arguments: str) -> None:
        super().__init__("facilitate", "--json", *arguments)

    def views(self) -> tuple[dict[str, Any], int]:
        """The next pair of views: what the room sees, and how many events there are."""
        (first, shared), (second, companion) = self.read(), self.read()
        assert (first, second) == ("shared", "companion")
        return shared, companion["events"]

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
@pytest.mark.parametrize("moments", [6, 7] if NIGHTLY else [6])
def test_a_session_killed_at_random_moments_loses_nothing_and_doubles_nothing(
    moments: int,
) -> None:
    seen, endings = undisturbed()
    chance = random.Random(moments)  # noqa: S311  they need to be many, not secret
    share = max(
        len(seen) // (KILLS + KILLS // 2), 1
    )  # often enough, whatever a kill leaves kept
    leader = Leader(*SCENARIOS, "--headcount", str(PEOPLE))
    shared, events = leader.views()
    kills = 0
    while not shared["ended"]:
        for _ in range(chance.randint(0, 2 * share - 2)):
            if command := next_command(shared):
                leader.write(command)
                shared, events = leader.views()
                assert fingerprint(shared) == seen[events]
        if kills < KILLS and (command := next_command(shared)):
            leader.write(command)
            time.sleep(chance.random() * 0.012)
            leader.kill()
            kills += 1
            before, leader = events, Leader("--resume")
            shared, events = leader.views()
            assert events >= before
            assert fingerprint(shared) == seen[events]
    leader.kill()
    game = open_game()
    assert kills == KILLS
    assert sorted(run.ending for run in game.history()) == endings
    assert len(game.store.streams("session")) == 1
    for run in game.history():
        recorded_events = [recorded.event for recorded in game.store.read(run.id)]
        pages = [
            event.scene for event in recorded_events if isinstance(event, Continued)
        ]
        assert len(recorded_events) == 1 + run.choices + len(pages)
        assert len(set(pages)) == len(pages)
