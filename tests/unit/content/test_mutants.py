"""A thousand mutants of the small course: no exception, no hang, every message with a place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from dialogue_game.analysis.findings import CATALOGUE, Severity
from dialogue_game.content.build_course import build_course
from dialogue_game.content.places import UNSAFE
from tests.unit.content.mutants import Mutant, mutants
from tests.unit.content.samples import LETTERS, letters

SEED = 2023
CHUNK = 100
TEXTS = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted(LETTERS.glob("*.yaml"))
}


@pytest.mark.parametrize("first", range(0, 1_000, CHUNK))
def test_a_mutant_is_built_or_refused_with_places_and_never_an_exception(
    first: int, tmp_path: Path
) -> None:
    folder = letters(tmp_path)
    for mutant in mutants(TEXTS, SEED, CHUNK, first):
        look_at(mutant, folder)
        (folder / mutant.file).write_text(TEXTS[mutant.file], encoding="utf-8")


def look_at(mutant: Mutant, folder: Path) -> None:
    (folder / mutant.file).write_bytes(mutant.content)
    started = time.perf_counter()
    built = build_course(folder)
    assert time.perf_counter() - started < 5, mutant
    for noticed in built.findings:
        assert noticed.code in CATALOGUE, mutant
        assert noticed.place.file.startswith(str(folder)), mutant
        whole_file = noticed.code in {"DG001", "DG002", "DG006", "DG015"}
        assert noticed.place.line > 0 or whole_file, (mutant, noticed)
        said = noticed.message + noticed.advice + noticed.place.excerpt
        assert not UNSAFE.search(said.replace(str(folder), "")), (mutant, noticed)
        assert len(noticed.message) < 300, (mutant, noticed)
    errors = [
        noticed for noticed in built.findings if noticed.severity is Severity.ERROR
    ]
    unplayable = [name for name, told in built.stories.items() if told.story is None]
    if unplayable or built.course is None:
        assert errors, (mutant, "nothing says why")


def test_the_same_seed_makes_the_same_mutants() -> None:
    assert list(mutants(TEXTS, 1, 20)) == list(mutants(TEXTS, 1, 20))
    assert (
        list(mutants(TEXTS, 1, 20, first=10))[:10] == list(mutants(TEXTS, 1, 20))[10:]
    )
    assert len({mutant.content for mutant in mutants(TEXTS, 1, 50)}) > 45
