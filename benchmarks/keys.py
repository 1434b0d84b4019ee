"""Keys: from press to settled screen, beside apps that do only that."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from benchmarks import stories
from benchmarks.measure import Result, Target, compared
from benchmarks.terminal import GAME, Terminal, environment, yardstick

DOWN, UP, ENTER = "\x1b[B", "\x1b[A", "\r"
DRAWER_OPEN, DRAWER_CLOSE = "g", "q"
SMALL, LARGE = 72, 1000
DECISIONS = 20


def measure(rounds: int = 30) -> list[Result]:
    """Highlight, choice and drawer, in a small story and in one of 1,000 scenes."""
    with tempfile.TemporaryDirectory() as folder:
        results: list[Result] = []
        for scenes in (SMALL, LARGE):
            path = stories.write(
                stories.plain(scenes), Path(folder) / f"measured_{scenes}.yaml"
            )
            results += played(path, Path(folder) / "home", rounds, f"{scenes:,} scenes")
        return results


def played(path: Path, home: Path, rounds: int, note: str) -> list[Result]:
    """One playthrough, with the yardsticks open beside it and a key for each in turn."""
    env = environment(home)
    with (
        Terminal((*GAME, "play", str(path)), env) as ours,
        Terminal(yardstick("bare"), env) as swap,
        Terminal(yardstick("in_place"), env) as in_place,
    ):
        ours.until("measured")
        swap.until("Hello")
        in_place.until("Scene")
        for terminal in (ours, swap, in_place):
            terminal.rest(1)
        warm_up(ours, swap, in_place)
        highlights = [
            (ours.press(UP if turn % 2 else DOWN), swap.press(" "))
            for turn in range(rounds)
        ]
        drawers = [
            (ours.press(DRAWER_OPEN), ours.press(DRAWER_CLOSE))
            for _ in range(max(rounds // 3, 3))
        ]
        choices = [decided(ours, in_place) for _ in range(min(rounds, DECISIONS))]
        settled = [(our, their) for our, _, their, _ in choices]
        first = [(our, their) for _, our, _, their in choices]
    opened, closed = (median(times) for times in zip(*drawers, strict=True))
    replaced, unit = "text replaced in place", "ms"
    return [
        compared(
            "Highlight moves",
            unit,
            highlights,
            Target("ratio", 2),
            "a label swap",
            note,
        ),
        compared(
            "Choice until its consequence stands",
            *(unit, settled, Target("ratio", 1.5), replaced, note),
        ),
        compared("of which to the first byte", unit, first, None, replaced, note),
        Result("Drawer opens", unit, opened, Target("figure", 120), note=note),
        Result("Drawer closes", unit, closed, Target("figure", 120), note=note),
    ]


def warm_up(ours: Terminal, swap: Terminal, in_place: Terminal) -> None:
    """Past the title page to the first option: what first keys pay is not what is asked here."""
    ours.press(ENTER)
    ours.press(DOWN)
    for _ in range(2):
        ours.press(DOWN)
        ours.press(UP)
        swap.press(" ")
        in_place.press(ENTER)
    ours.press(DRAWER_OPEN)
    ours.press(DRAWER_CLOSE)
    decided(ours, in_place)
    ours.press(DOWN)  # in a new scene no option is chosen before one moves


def decided(ours: Terminal, in_place: Terminal) -> tuple[float, float, float, float]:
    """Take an option and go on to the next scene: settled and first byte, here and there."""
    our = ours.press("1")
    their = in_place.press(ENTER)
    took = our, ours.first, their, in_place.first
    ours.press(ENTER)
    ours.press(ENTER)
    return took
