"""Reading several lines that must not be shown, as a chat gives them when letters are pasted."""

from __future__ import annotations

import sys
from getpass import getpass


def pasted(prompt: str) -> str:
    """What is typed or pasted up to an empty line, without showing any of it.

    The echo is off from the first line to the last: asking line by line with `getpass` would
    throw away what was pasted behind the first one. Raises EOFError where nothing more comes.
    """
    try:
        import termios
    except ImportError:  # Windows, where `getpass` throws nothing away
        return "\n".join(iter(lambda: getpass(prompt).strip(), ""))
    terminal = sys.stdin.fileno()
    shown = termios.tcgetattr(terminal)
    silent = [*shown[:3], shown[3] & ~termios.ECHO, *shown[4:]]
    try:
        termios.tcsetattr(terminal, termios.TCSADRAIN, silent)
        sys.stdout.write(prompt)
        sys.stdout.flush()
        return "\n".join(iter(_line, ""))
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, shown)
        sys.stdout.write("\n")


def _line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()
