"""Mutation testing: `uv run --group dev --group mutants python -m benchmarks.code_mutants [COUNT]`.

Draws COUNT mutants (1,000) of `core`, `analysis` and `journal` with a fixed seed: first a place in
the code, then one of the changes that cosmic-ray knows for it. Each is met by the tests that run
its line (set-up and generated stories included), the quickest first, in copies of this folder, on
two processors at once. A mutant that no
test notices has survived: it is printed as a difference, to be judged by a person. The result, with
what was judged, stands in `results/code_mutants.md`.

`--from N` goes on where a run was stopped; `--only NUMBER …` tries some of the same draw again.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import difflib
import functools
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import Queue
from typing import Final

import coverage
import pytest
from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGES: Final = ("core", "analysis", "journal")
TESTS: Final = (
    "tests/unit",
    "tests/journal",
    "tests/app",
    "--ignore=tests/app/test_invocation.py",  # asks how the process was started
    "--ignore=tests/unit/reporting/test_pages_in_a_browser.py",  # no browser starts
    "--ignore=tests/unit/reporting/test_kit_on_paper.py",  # within `MEMORY`
    "tests/stories/test_planted_defects.py",
    "tests/stories/test_planted_slips.py",
    "tests/stories/test_more_slips.py",
    "tests/stories/test_shipped_course.py",
    "tests/front_ends/plain/test_explore.py",
    "tests/front_ends/plain/test_facilitate.py",
    "tests/front_ends/plain/test_plain_face.py",
)
NO_BEHAVIOUR: Final = {"frozen", "slots", "strict"}
"""Arguments that guard against errors of programmers: sound code does the same without."""
PHASES: Final = {"setup", "call"}
SEED: Final = 20231122
WORKERS: Final = 2
SECONDS_OF_TESTS: Final = 20.0
"""What meets one mutant: the quickest of the tests that run its line, this long in all."""
SECONDS: Final = 120
"""Of processor time: a mutant that takes longer is noticed, as it hangs."""
MEMORY: Final = 3 << 30
"""In bytes: a mutant that takes more fails its test."""
SAMPLE: Final = 200
"""Tests that must pass, run as mutants are, before any is tried."""
PROCESSES: Final = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    ["benchmarks.code_mutants", "hypothesis", "msgspec", "pydantic", "pytest", "yaml"]
)


@dataclass(frozen=True, slots=True, order=True)
class Mutant:
    """One change: file below the project's folder, line, operator and which of its uses."""

    file: str
    line: int
    operator: str
    occurrence: int


@dataclass(slots=True)
class Lines:
    """Which tests run a line, as `file:line`, and how long each takes, in seconds."""

    tests: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    of_files: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    at_import: set[str] = field(default_factory=set)
    seconds: dict[str, float] = field(default_factory=dict)

    def of(self, mutant: Mutant) -> list[str]:
        """The tests to run: those of the line, then others, the quickest first.

        What runs when files are imported concerns every test that runs the mutant's file, or its
        folder where the file holds nothing to run. None where no test runs the line.
        """
        place = f"{mutant.file}:{mutant.line}"
        lines = [place, *(f"{mutant.file}:{n}" for n in statement_lines(mutant))]
        found = self.tests.get(place) or self.of_any(self.tests, lines)
        others: set[str] = set()
        if self.at_import.intersection(lines):
            folder = mutant.file.rpartition("/")[0]
            files = [file for file in self.of_files if file.startswith(folder)]
            others = self.of_files.get(mutant.file) or self.of_any(self.of_files, files)
        chosen: list[str] = []
        spent = 0.0
        for test in (*self.in_order(found), *self.in_order(others - found)):
            spent += self.seconds.get(test, 0.0)
            if not chosen or spent <= SECONDS_OF_TESTS:
                chosen.append(test)
        return chosen

    @staticmethod
    def of_any(tests: Mapping[str, set[str]], keys: Iterable[str]) -> set[str]:
        """The tests of any of these lines or files."""
        return set().union(*(tests.get(key, set()) for key in keys))

    def in_order(self, tests: Iterable[str]) -> list[str]:
        """The quickest first."""
        return sorted(tests, key=lambda test: (self.seconds.get(test, 0.0), test))


def statement_lines(mutant: Mutant) -> range:
    """The lines of its statement, or of the head of one that has a body.

    Where one statement fills several lines, not each of them is noted as run.
    """
    tree = ast.parse((ROOT / mutant.file).read_text(encoding="utf-8"))
    found = range(mutant.line, mutant.line + 1)
    for node in ast.walk(tree):  # from the outermost in
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            end = body[0].lineno - 1 if body else node.end_lineno or node.lineno
            if node.lineno <= mutant.line <= end:
                found = range(node.lineno, end + 1)
    return found


def without_behaviour(tree: ast.AST) -> set[tuple[int, int]]:
    """Where no mutant could show, as (line, column).

    Type annotations are never evaluated; for arguments see `NO_BEHAVIOUR`.
    """
    found: set[tuple[int, int]] = set()
    for node in ast.walk(tree):
        parts = [getattr(node, name, None) for name in ("annotation", "returns")]
        if isinstance(node, ast.keyword) and node.arg in NO_BEHAVIOUR:
            parts.append(node.value)
        for part in parts:
            for inner in ast.walk(part) if isinstance(part, ast.AST) else ():
                if isinstance(inner, ast.expr):
                    end = (inner.end_col_offset or 0) + 1
                    columns = range(inner.col_offset, end)
                    found |= {(inner.lineno, column) for column in columns}
    return found


def places(file: Path) -> Iterator[list[Mutant]]:
    """Each place of a file that can be changed, with all changes there are for it."""
    text = file.read_text(encoding="utf-8")
    unmeant = without_behaviour(ast.parse(text))
    found: dict[tuple[int, int], list[Mutant]] = defaultdict(list)
    nodes = list(ast_nodes(get_ast(text)))
    for name in sorted(plugins.operator_names()):
        kind = plugins.get_operator(name)
        if kind.arguments():
            continue
        operator, occurrence = kind(), -1
        for node in nodes:
            for start, _ in operator.mutation_positions(node):
                occurrence += 1
                if start not in unmeant:
                    path = file.relative_to(ROOT).as_posix()
                    found[start].append(Mutant(path, start[0], name, occurrence))
    yield from (found[place] for place in sorted(found))


def drawn(count: int) -> list[Mutant]:
    """The same mutants at each run of the same code."""
    files = [
        file
        for package in PACKAGES
        for file in sorted((ROOT / "src" / "dialogue_game" / package).rglob("*.py"))
    ]
    every = [place for file in files for place in places(file)]
    by_chance = random.Random(SEED)  # noqa: S311  # drawn again by the same seed, nothing secret
    return [
        by_chance.choice(place)
        for place in by_chance.sample(every, min(count, len(every)))
    ]


def lines_run(folder: Path) -> Lines:
    """Run the tests once, whole, and note which of them runs which line. Raises on a red test."""
    folder.chmod(0o777)  # some tests lay down root's rights, and are measured then, too
    config = folder / "coverage.ini"
    measured_files = [f"    src/dialogue_game/{package}/*" for package in PACKAGES]
    config.write_text(
        "\n".join(("[run]", "include =", *measured_files)), encoding="utf-8"
    )
    data = folder / ".coverage"
    data.touch()
    data.chmod(0o666)  # SQLite would make it for root alone
    command = [
        sys.executable,
        "-m",
        "coverage",
        "run",
        "--append",
        f"--rcfile={config}",
        f"--data-file={data}",
    ]
    options = ["-p", "no:cacheprovider", "-p", "benchmarks.code_mutants"]
    durations = ["--durations=0", "--durations-min=0.01"]
    done = subprocess.run(  # noqa: S603  # our own tests, by our own Python
        [*command, "-m", "pytest", "-q", *options, *durations, *TESTS],
        cwd=folder, env=environment(folder), check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(
            f"The tests must pass before mutants are tried.\n{done.stdout[-3000:]}"
        )
    known = Lines()
    for line in done.stdout.splitlines():
        words = line.split(maxsplit=2)
        if len(words) == 3 and words[0].endswith("s") and words[1] in PHASES:
            seconds = known.seconds.get(words[2], 0.0)
            known.seconds[words[2]] = seconds + float(words[0][:-1])
    measured = coverage.CoverageData(str(data))
    measured.read()
    for file in measured.measured_files():
        path = Path(file).relative_to(folder).as_posix()
        for number, contexts in measured.contexts_by_lineno(file).items():
            tests = {context for context in contexts if context}
            known.tests[f"{path}:{number}"] |= tests
            known.of_files[path] |= tests
            if "" in contexts:
                known.at_import.add(f"{path}:{number}")
    return known


def pytest_runtest_logstart(nodeid: str, location: object) -> None:
    """While lines are noted: from here on they are this test's, its set-up's included.

    pytest calls it, as `lines_run` names this module as a plugin. What is kept from test to test
    is forgotten, as its lines would seem to concern the first test alone.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith(("dialogue_game.", "tests.")):
            for kept in vars(module).values():
                if isinstance(kept, functools._lru_cache_wrapper):
                    kept.cache_clear()
    running = coverage.Coverage.current()
    if running is not None:
        running.switch_context(nodeid)


def environment(folder: Path) -> dict[str, str]:
    """The present one, with the copy's code in front."""
    paths = f"{folder / 'src'}{os.pathsep}{folder}"
    return {**os.environ, "PYTHONPATH": paths}


def changed(folder: Path, mutant: Mutant) -> tuple[str, str]:
    """The file's text before and after."""
    before = (folder / mutant.file).read_text(encoding="utf-8")
    after = mutate_code(
        before, plugins.get_operator(mutant.operator)(), mutant.occurrence
    )
    return before, after or before


def outcome(folder: Path, mutant: Mutant, tests: Sequence[str]) -> str:
    """One of killed, hangs, survived, and untested where no test runs the line."""
    if not tests:
        return "untested"
    before, after = changed(folder, mutant)
    file = folder / mutant.file
    file.write_text(after, encoding="utf-8")
    try:
        code = exit_code(folder, tests)
    finally:
        file.write_text(before, encoding="utf-8")
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "hangs"
    return "killed" if code else "survived"


def exit_code(folder: Path, tests: Sequence[str]) -> int:
    """What pytest ends with, 0 where all is well; negative where a bound ended it."""
    running = PROCESSES.Process(target=run_tests, args=(folder, tests))
    running.start()
    running.join(20 * SECONDS)
    if running.exitcode is None:  # it waits, which takes no processor time
        os.killpg(running.pid or 0, signal.SIGKILL)
        running.join()
    return running.exitcode or 0


def run_tests(folder: Path, tests: Sequence[str]) -> None:
    """In a process of its own that has what tests import, and nothing yet of the game."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    os.chdir(folder)
    os.environ.update(environment(folder), PYTHONDONTWRITEBYTECODE="1")
    sys.dont_write_bytecode = True
    sys.path[:0] = [str(folder / "src"), str(folder)]
    quiet = [
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
    ]  # loaded before the fork
    sys.exit(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *quiet, *tests]))


def copy_of(place: Path) -> Path:
    """The project's folder, without what git and the tools keep in it."""
    left_out = shutil.ignore_patterns(
        ".git", ".venv", "__pycache__", "*.egg-info", ".mypy_cache"
    )
    shutil.copytree(ROOT, place, ignore=left_out, symlinks=True)
    by_hash = PycInvalidationMode.CHECKED_HASH  # never older than its source
    compileall.compile_dir(place / "src", quiet=2, invalidation_mode=by_hash)
    return place


def tell(number: int, mutant: Mutant, result: str, folder: Path) -> None:
    """A survivor is shown as a difference."""
    sys.stdout.write(
        f"{number} {result} {mutant.file}:{mutant.line} {mutant.operator}\n"
    )
    if result in ("survived", "untested"):
        before, after = changed(folder, mutant)
        shown = difflib.unified_diff(
            before.splitlines(), after.splitlines(), lineterm="", n=0
        )
        sys.stdout.writelines(f"    {line}\n" for line in list(shown)[3:])
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Draw, try, count."""
    parser = argparse.ArgumentParser(prog="benchmarks.code_mutants")
    parser.add_argument("count", type=int, nargs="?", default=1_000)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--only", type=int, nargs="*", default=[])
    options = parser.parse_args(arguments)
    wanted = list(enumerate(drawn(options.count)))[options.first :]
    if options.only:
        wanted = [
            (number, mutant) for number, mutant in wanted if number in options.only
        ]
    started, counts = (
        time.monotonic(),
        dict.fromkeys(("killed", "hangs", "survived", "untested"), 0),
    )
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        first = copy_of(Path(place) / "first")
        known = lines_run(first)
        quickest = sorted(known.seconds, key=lambda test: known.seconds[test])
        if exit_code(first, quickest[:SAMPLE]):
            raise SystemExit("Tests fail where nothing is changed.")
        copies: Queue[Path] = Queue()
        for number in range(WORKERS):
            copies.put(Path(shutil.copytree(first, Path(place) / str(number))))

        def tried(one: tuple[int, Mutant]) -> None:
            folder = copies.get()
            result = outcome(folder, one[1], known.of(one[1]))
            counts[result] += 1
            tell(*one, result, folder)
            copies.put(folder)

        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(tried, wanted))
    noticed = counts["killed"] + counts["hangs"]
    sys.stdout.write(
        f"{len(wanted)} mutants with seed {SEED}: {noticed} noticed, "
        f"{counts['hangs']} of them by hanging, {counts['survived']} survived, "
        f"{counts['untested']} on lines that no test runs: "
        f"{100 * noticed / max(1, len(wanted)):.1f} % noticed, "
        f"{time.monotonic() - started:.0f} s.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
