"""Memory over a long evening: a hundred scenes on the Play screen."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import stories
from benchmarks.keys import ENTER
from benchmarks.measure import Result, Target
from benchmarks.terminal import GAME, Terminal, environment

BEFORE, SCENES = 10, 100


def measure(rounds: int = SCENES) -> list[Result]:
    """How much the game grows from the tenth scene to the hundred-and-tenth."""
    story = stories.plain(3 * (SCENES + 20), SCENES + 20)
    with tempfile.TemporaryDirectory() as folder:
        path = stories.write(story, Path(folder) / "long_story.yaml")
        with Terminal(
            (*GAME, "play", str(path)), environment(Path(folder) / "home")
        ) as terminal:
            terminal.until("measured")
            terminal.rest(1)
            for _ in range(BEFORE):
                scene(terminal)
            before = terminal.rss_mib()
            for _ in range(rounds):
                scene(terminal)
            grown = terminal.rss_mib() - before
    name = f"Memory grows over {rounds} scenes"
    return [
        Result(name, "MiB", grown, Target("figure", 5), note=f"from {before:.0f} MiB")
    ]


def scene(terminal: Terminal) -> None:
    """Take the first option, read what comes of it, go on."""
    terminal.press("1")
    terminal.press(ENTER)
    terminal.press(ENTER)
