"""Checking: the whole command beside PyYAML's C loader on the same file, and the solver alone.

Whole processes are measured by processor time: beside other work a clock on the wall tells of it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from benchmarks import stories
from benchmarks.measure import Result, Target, compared, in_turns
from benchmarks.terminal import GAME, environment
from dialogue_game.analysis.check import check_story
from dialogue_game.analysis.solver import Verdict, solve
from dialogue_game.core.story import Story

SIZES = (1_000, 10_000)
LOAD = (
    "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8'), yaml.CSafeLoader)"
)
YARDSTICK = "the C loader"


def measure(rounds: int = 3) -> list[Result]:
    """Whole processes at two sizes, then exact sums and verdicts within the process."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for scenes, most in ((SIZES[0], 2), (SIZES[1], 1.2)):
            file = stories.write(
                stories.plain(scenes), Path(folder) / f"s{scenes}" / "measured.yaml"
            )
            env = environment(Path(folder) / "home")
            check = _whole([*GAME, "check", str(file), "--format", "json"], env)
            load = _whole([sys.executable, "-c", LOAD, str(file)], env)
            check()  # so that our modules are compiled, as PyYAML's are
            pairs = in_turns(check, load, rounds)
            results.append(
                compared(
                    "check, whole process", "s", pairs, Target("ratio", most), YARDSTICK,
                    f"{scenes:,} scenes, processor time",
                )
            )  # fmt: skip
    unconditional = stories.compiled(stories.plain(1_000))
    results.append(
        _solved("Exact sums, 1,000 scenes", [unconditional], 0.2, rounds, sums=True)
    )
    for scenes, bound in ((60, 0.3), (120, 3.0)):
        told = [stories.guarded(scenes, seed) for seed in range(1, rounds + 1)]
        name = f"Exact verdicts, {scenes} scenes, a quarter guarded"
        results.append(_solved(name, told, bound, 1))
    results.append(_trapped(rounds))
    return results


def _trapped(rounds: int) -> Result:
    """Seconds for all rules over 957 scenes, a quarter guarded, with five traps in them."""
    taken, missed = [], 0
    for seed in range(1, rounds + 1):
        story = stories.trapped(957, seed)
        began = time.perf_counter()
        found = check_story(story, {}).findings
        taken.append(time.perf_counter() - began)
        told = " ".join(
            n.message for n in found if n.code in ("DG123", "DG124", "DG125")
        )
        missed += sum(trap not in told for trap in stories.TRAPS)
    name = (
        f"Five traps among 957 scenes, {f'{missed} MISSED' if missed else 'all found'}"
    )
    return Result(name, "s", max(taken), Target("figure", 10))


def _solved(
    name: str, told: list[Story], bound: float, rounds: int, *, sums: bool = False
) -> Result:
    """Seconds at the median; the name says so where a verdict (or a sum) was left open."""
    taken = []
    for story in told * rounds:
        began = time.perf_counter()
        solution = solve(story)
        taken.append(time.perf_counter() - began)
        if solution.of(Verdict.UNDECIDED) or (sums and not solution.overall.exact):
            name = f"{name}, NOT exact"
    return Result(name, "s", median(taken), Target("figure", bound))


def _whole(command: list[str], env: Mapping[str, str]) -> Callable[[], float]:
    return lambda: _processor_time(command, env)


def _processor_time(command: list[str], env: Mapping[str, str]) -> float:
    """Seconds of processor time of a whole process."""
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(  # noqa: S603 - our own program
        command,
        check=False,
        env=dict(env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime
