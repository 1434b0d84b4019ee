"""`facilitate --plain` at a real terminal: pasted letters stay unseen; a terminal can vanish."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

import pytest

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.session.agenda import plan
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.session.sessions import find_session, read_session

if sys.platform == "win32":
    pytest.skip("terminals of this kind are POSIX", allow_module_level=True)

import pty

ADOPT = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.executable, [sys.executable, '-m', 'dialogue_game', *sys.argv[1:]])"
)
"""Makes the terminal the program's own, so that closing it hangs up on the program."""
PATIENCE = 30.0
TO_VOTE = ("", "2", "", "", "", "")
"""In omar: from the welcome past the first, quick decision to the first full vote."""


class Terminal:
    """The program in a terminal of its own, and all that the terminal has shown."""

    def __init__(self, *arguments: str) -> None:
        self.screen, inside = pty.openpty()
        self.process = subprocess.Popen(
            (sys.executable, "-c", ADOPT, *arguments),
            stdin=inside, stdout=inside, stderr=inside, start_new_session=True,
            env={**os.environ, "DIALOGUE_GAME_MORE": "off", "TERM": "xterm-256color"},
        )  # fmt: skip
        os.close(inside)
        self.shown = ""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        if self.screen >= 0:
            os.close(self.screen)

    def wait_for(self, text: str) -> str:
        """What is shown until this text is; taken off what was shown."""
        end = time.monotonic() + PATIENCE
        while text not in self.shown:
            ready, _, _ = select.select(
                [self.screen], [], [], max(end - time.monotonic(), 0)
            )
            assert ready, f"never shown: {text!r} in {self.shown!r}"
            self.shown += os.read(self.screen, 4096).decode(errors="replace")
        before, _, self.shown = self.shown.partition(text)
        return before

    def type(self, text: str) -> None:
        os.write(self.screen, text.encode())

    def hang_up(self) -> None:
        os.close(self.screen)
        self.screen = -1


@contextmanager
def at_the_vote() -> Iterator[Terminal]:
    with Terminal("facilitate", "omar", "--plain", "--headcount", "9") as terminal:
        for answer in TO_VOTE:
            terminal.wait_for("? for help):")
            terminal.type(f"{answer}\n")
        terminal.wait_for("ballots are in.")
        terminal.wait_for("? for help):")
        yield terminal


def test_letters_pasted_in_many_lines_are_all_counted_and_none_is_shown() -> None:
    with at_the_vote() as terminal:
        terminal.type("ballots\n")
        terminal.wait_for("then an empty line:")
        terminal.type("D\nD\nC\n\n")
        said = terminal.wait_for("3 of 9 ballots are in.")
        answer = said.partition("Vote: ")[0]
        assert answer.split() == []
        terminal.type("quit\n")
        assert terminal.process.wait(PATIENCE) == 0


def test_a_terminal_closed_under_the_session_hangs_up_and_loses_nothing() -> None:
    with at_the_vote() as terminal:
        terminal.type("cast\n")
        terminal.wait_for("Your letter")
        terminal.type("a\n")
        terminal.wait_for("Recorded.")
        terminal.hang_up()
        terminal.process.wait(PATIENCE)
    store = open_game().store
    session, _ = read_session(store, find_session(store).id)
    assert (session.step, session.ended) == ("vote", False)
    held = session.deliberation.open_round
    assert held is not None
    assert list(held.counts.values()) == [1]
    again = subprocess.run(
        (sys.executable, "-m", "dialogue_game", "facilitate", "--resume", "--json"),
        input="", capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(again.stdout.splitlines()[0])["shared"]["ballots"]["cast"] == 1


@pytest.mark.parametrize("closed", ["<&-", ">&- </dev/null", "<&- >&- 2>&-"])
@pytest.mark.parametrize("face", ["--plain", "--json"])
def test_a_session_begun_with_nothing_to_read_or_write_is_left_at_its_welcome(
    closed: str, face: str
) -> None:
    begun = f'exec "$@" {closed}'
    program = (sys.executable, "-m", "dialogue_game", "facilitate", "omar", face)
    done = subprocess.run(
        ("sh", "-c", begun, "sh", *program), capture_output=True, text=True, check=False
    )
    assert (done.returncode, "went wrong" in done.stderr) == (0, False)
    store = open_game().store
    assert read_session(store, find_session(store).id)[0].step == "welcome"


def test_a_companion_that_was_opened_first_waits_for_the_session_and_follows_it() -> (
    None
):
    with Terminal("companion") as terminal:
        terminal.wait_for("This waits for one")
        game = open_game()
        Facilitation.start(game, plan(game.course, ("omar",), 9))
        terminal.wait_for("Say the ground rules.")
        terminal.type("q")
        assert terminal.process.wait(PATIENCE) == 0
