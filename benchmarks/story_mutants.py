"""Mutants of the shipped stories: `uv run python -m benchmarks.story_mutants [COUNT]`.

Each mutant changes one file of the course by a fixed seed; the story it belongs to is then built,
and every fifth is checked whole, with all proofs. Prints how many were refused and how many
are still fine, the slowest, the peak of memory, and every mutant that went wrong in any way.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Final

from tests.unit.content.mutants import Mutant, mutants

from dialogue_game.analysis.findings import Severity
from dialogue_game.app.authoring.checking import check
from dialogue_game.content.build_course import build_course
from dialogue_game.content.library import shipped_course

SEED: Final = 20231122
WHOLE: Final = 5
LIMIT_SECONDS: Final = 5.0
SHARED: Final = ("course.yaml", "guidelines.yaml", "references.yaml")


class Tally:
    """What came of the mutants so far."""

    def __init__(self) -> None:
        self.refused = self.fine = self.whole = 0
        self.slowest = 0.0
        self.wrong: list[str] = []

    def add(self, mutant: Mutant, folder: Path) -> None:
        """Build, and now and then check, one mutant."""
        started = time.perf_counter()
        try:
            findings = build_course(folder).findings
            if mutant.number % WHOLE == 0:
                self.whole += 1
                findings = tuple(check([str(folder)]).findings)
        except Exception:
            self.wrong.append(
                f"{mutant.number} {mutant.file}: {traceback.format_exc(limit=-2)}"
            )
            return
        taken = time.perf_counter() - started
        self.slowest = max(self.slowest, taken)
        if taken > LIMIT_SECONDS:
            self.wrong.append(f"{mutant.number} {mutant.file}: {taken:.1f} s")
        if any(not noticed.place.file for noticed in findings):
            self.wrong.append(
                f"{mutant.number} {mutant.file}: a message without a place"
            )
        if any(noticed.severity is Severity.ERROR for noticed in findings):
            self.refused += 1
        else:
            self.fine += 1


def main(count: int) -> int:
    """Run that many mutants; 1 if any went wrong."""
    source = shipped_course()
    texts = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted(source.glob("*.yaml"))
    }
    tally = Tally()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / source.name
        shutil.copytree(source, folder)
        for mutant in mutants(texts, SEED, count):
            _prepare(folder, texts, mutant)
            tally.add(mutant, folder)
            (folder / mutant.file).write_text(texts[mutant.file], encoding="utf-8")
            if mutant.number % 500 == 499:
                sys.stderr.write(f"… {mutant.number + 1}\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = (
        f"{count} mutants with seed {SEED}: {tally.refused} refused, {tally.fine} still fine,",
        f"{tally.whole} of them checked whole; slowest {tally.slowest:.2f} s, peak {peak:.0f} MiB,",
        f"{len(tally.wrong)} went wrong.",
        *tally.wrong,
    )
    sys.stdout.write("\n".join(told) + "\n")
    return 1 if tally.wrong else 0


def _prepare(folder: Path, texts: dict[str, str], mutant: Mutant) -> None:
    """A course of the one story that this mutant concerns, so that the others cost nothing."""
    story = mutant.file.removesuffix(".yaml").removesuffix(".walks")
    only = "how_to_play" if mutant.file in SHARED else story
    head, _, rest = texts["course.yaml"].partition("stories:\n")
    _, _, tail = rest.partition("pre_reading:")
    course = f"{head}stories:\n  - {only}\npre_reading:{tail}"
    (folder / "course.yaml").write_text(course, encoding="utf-8")
    (folder / mutant.file).write_bytes(mutant.content)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
