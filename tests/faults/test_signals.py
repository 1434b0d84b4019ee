"""Kind: a program that is told to go leaves the terminal as it found it, and nothing half done."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import pytest

from tests.nightly import NIGHTLY
from tests.program import PROGRAM

if sys.platform == "win32":
    pytest.skip("signals and terminals of this kind are POSIX", allow_module_level=True)

import termios

from tests.front_ends.cli.test_facilitating_in_a_terminal import Terminal

RESTORED = ("\x1b[?1049l", "\x1b[?25h", "\x1b[?1000l", "\x1b[?1003l", "\x1b[?2004l")
"""The alternate screen left, the cursor shown, no mouse, no marked pastes."""
HISTORY = "What is kept is shown by: dialogue-game history"
WAY_BACK = {
    "facilitate": "Everything is kept. Come back with: dialogue-game facilitate --resume "
}
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


def rest_of(terminal: Terminal) -> str:
    """What is still shown until the program has ended."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        ended = terminal.process.poll() is not None
        if select.select([terminal.screen], [], [], 0.1)[0]:
            try:
                terminal.shown += os.read(terminal.screen, 65536).decode(
                    errors="replace"
                )
            except OSError:  # the last who had it open is gone
                break
        elif ended:
            break
    return terminal.shown


COMMANDS = (
    (("--screen",), "Omar"),
    (("play", "how_to_play", "--screen"), "How to play"),
    (("facilitate", "omar"), "Welcome"),
    (("play", "how_to_play", "--plain"), "? for help"),
    (("facilitate", "omar", "--plain"), "? for help"),
    (("play", "how_to_play", "--json"), "situation"),
)
MET = tuple(product(COMMANDS, CODES))
DAILY = tuple(zip(COMMANDS, (*CODES, *CODES), strict=True))
"""Each command, and each signal both on screen and in lines; at night each with each."""


@pytest.mark.parametrize(
    ("command", "seen", "number"),
    [(*command, number) for command, number in (MET if NIGHTLY else DAILY)],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else str(given),
)
def test_a_signal_restores_the_terminal_and_says_so_in_its_exit_code(
    command: tuple[str, ...],
    seen: str,
    number: signal.Signals,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DIALOGUE_GAME_WELCOMED", "yes")
    with Terminal(*command) as terminal:
        before = termios.tcgetattr(terminal.screen)
        terminal.wait_for(seen)
        os.kill(terminal.process.pid, number)
        said = rest_of(terminal)
        assert terminal.process.wait(30) == CODES[number]
        assert termios.tcgetattr(terminal.screen) == before
        assert "Stopped. " + WAY_BACK.get(command[0], HISTORY) in said
        if "--plain" not in command and "--json" not in command:
            assert [code for code in RESTORED if code not in said] == []


def test_letters_that_were_typed_unseen_are_seen_again_after_a_signal() -> None:
    with Terminal("facilitate", "omar", "--plain", "--headcount", "9") as terminal:
        before = termios.tcgetattr(terminal.screen)
        for answer in ("", "2", "", "", "", ""):
            terminal.wait_for("? for help):")
            terminal.type(f"{answer}\n")
        terminal.wait_for("ballots are in.")
        terminal.wait_for("? for help):")
        terminal.type("ballots\n")
        terminal.wait_for("then an empty line:")
        os.kill(terminal.process.pid, signal.SIGTERM)
        rest_of(terminal)
        assert terminal.process.wait(30) == 143
        assert termios.tcgetattr(terminal.screen) == before


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name
)
def test_a_signal_in_the_midst_of_writing_leaves_nothing_half(
    tmp_path: Path, number: signal.Signals
) -> None:
    script = (
        "import sys, time; from pathlib import Path; import click\n"
        "from dialogue_game.app.files import write_whole\n"
        "from dialogue_game.cli.output import end_at_signals, run_guarded\n"
        "def pieces():\n"
        "    yield 'half'\n"
        "    print('half', flush=True)\n"
        "    time.sleep(60)\n"
        "@click.command()\n"
        "def export():\n"
        "    write_whole(Path(sys.argv[1]), pieces())\n"
        "del __import__('os').O_TMPFILE\n"
        "end_at_signals()\n"
        "sys.exit(run_guarded(export, []))\n"
    )
    out = tmp_path / "out"
    out.mkdir()
    writing = subprocess.Popen(
        (sys.executable, "-c", script, str(out / "table.csv")),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert writing.stdout is not None
    assert writing.stdout.readline() == "half\n"
    writing.send_signal(number)
    _, said = writing.communicate(timeout=30)
    assert (writing.returncode, list(out.iterdir())) == (CODES[number], [])
    assert said == "Stopped. What is kept is shown by: dialogue-game history\n"


@pytest.mark.parametrize("number", CODES, ids=lambda number: number.name)
def test_a_signal_that_comes_where_python_drops_it_ends_the_program_all_the_same(
    number: signal.Signals,
) -> None:
    script = (
        "import os, sys, time; import click\n"
        "from dialogue_game.cli.output import end_at_signals, run_guarded\n"
        "class Destroyed:\n"
        "    def __del__(self):\n"
        f"        os.kill(os.getpid(), {int(number)}); time.sleep(60)\n"
        "@click.command()\n"
        "def wait():\n"
        "    Destroyed()\n"
        "    time.sleep(60)\n"
        "end_at_signals()\n"
        "sys.exit(run_guarded(wait, []))\n"
    )
    done = subprocess.run(
        (sys.executable, "-c", script),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    said = "Stopped. What is kept is shown by: dialogue-game history"
    assert (done.returncode, done.stderr.strip()) == (CODES[number], said)


def test_a_hang_up_that_is_ignored_stays_so() -> None:
    begun = "trap '' HUP; exec \"$@\""
    playing = subprocess.Popen(
        ("sh", "-c", begun, "sh", *PROGRAM, "play", "how_to_play", "--json"),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert playing.stdout is not None
    assert playing.stdout.readline()
    playing.send_signal(signal.SIGHUP)
    said, _ = playing.communicate("1\n", timeout=30)
    assert (playing.returncode, "consequence" in said) == (0, True)
