"""Faults planted in the JavaScript engine: the comparison with Python finds every one.

Every fourth daily, all of them by the nightly flag; that each can still be planted, always.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.front_ends.web.equality import (
    ENGINE,
    Batch,
    Walk,
    differences,
    needs_node,
    python,
    random_walks,
)
from tests.front_ends.web.sampler import MASTERED_AND_BREACHED, SAMPLER
from tests.nightly import NIGHTLY

pytestmark = [needs_node, pytest.mark.xdist_group("planted")]

FAULTS = {
    "halves round up": (
        "profile.mjs",
        "return floor % 2 === 0 ? floor : floor + 1;",
        "return floor + 1;",
    ),
    "a repaired breach stays a breach": (
        "profile.mjs",
        '["mixed", true]',
        '["breached", false]',
    ),
    "a breach outweighs what came after": (
        "profile.mjs",
        "weights.slice(breach + 1)",
        "weights.slice(0, breach)",
    ),
    "the first breach counts, not the last": (
        "profile.mjs",
        "findLastIndex",
        "findIndex",
    ),
    "nothing at stake is nothing earned": ("profile.mjs", "return null;", "return 0;"),
    "success without asking for breaches": (
        "profile.mjs",
        'guidelines.some((one) => one.verdict === "breached")',
        "guidelines.some((one) => one.verdict === null)",
    ),
    "stakes over locked options, too": (
        "engine.mjs",
        "Object.values(scene.choices).filter((other) => holds(other.when, this))",
        "Object.values(scene.choices)",
    ),
    "the consequence is read after the effects": (
        "engine.mjs",
        "const consequence = this.consequence(choice);",
        "apply(choice.effects ?? [], this); const consequence = this.consequence(choice);",
    ),
    "effects come after the way on": (
        "engine.mjs",
        "apply(choice.effects ?? [], this);\n    this.enter(this.way(choice.goto));",
        "this.enter(this.way(choice.goto));\n    apply(choice.effects ?? [], this);",
    ),
    "a scene is forgotten": ("engine.mjs", "if (!ending) this.visited.add(place);", ""),
    "flags are shown as true": (
        "text.mjs",
        'return value ? "yes" : "no";',
        "return String(value);",
    ),
    "exponents are shown": (
        "text.mjs",
        'written.includes("e") ? withoutExponent(written) : written',
        "written",
    ),
    "empty paragraphs are kept": ("engine.mjs", ".filter((text) => text)", ""),
    "and is read before or is": (
        "expressions.mjs",
        'const parts = [this.both()];\n    while (this.passed("or")) parts.push(this.both());',
        'const parts = [this.negated()];\n    while (this.passed("or")) parts.push(this.both());',
    ),
    "subtraction from the right": (
        "expressions.mjs",
        "const second = this.signed();",
        "const second = add ? this.signed() : this.sum();",
    ),
    "numbers know no bounds": (
        "expressions.mjs",
        "return Math.min(Math.max(value, -LARGEST), LARGEST);",
        "return value;",
    ),
    "escapes are left in words": (
        "expressions.mjs",
        "value += unquoted(this.tokens[this.place][1]);",
        "value += this.tokens[this.place][1].slice(1, -1);",
    ),
    "the author's handle is lost": (
        "engine.mjs",
        "if (handle) shown.handle",
        "if (false) shown.h",
    ),
    "runs part a step too late": (
        "compare.mjs",
        "left.steps.slice(0, shared)",
        "left.steps.slice(0, shared + 1)",
    ),
    "the later of two equal matches": (
        "sequences.mjs",
        "if (length > best[2])",
        "if (length >= best[2])",
    ),
    "doors open on the wrong side": (
        "compare.mjs",
        'here.available ? "left" : "right"',
        'here.available ? "right" : "left"',
    ),
    "inline conditions take the other branch": (
        "text.mjs",
        "? piece.then : piece.otherwise",
        "? piece.otherwise : piece.then",
    ),
    "entering has no effect": ("engine.mjs", "apply(reached.enter ?? [], this);", ""),
    "the first entering is every entering": (
        "engine.mjs",
        "if (first) apply(reached.first_enter",
        "apply(reached.first_enter",
    ),
    "the seed is not asked": ("engine.mjs", "!scene.shuffled || !this.seed", "true"),
    "a repaired guideline stays unrepaired": (
        "engine.mjs",
        "this.breached.delete(mark.guideline)",
        "this.breached.has(mark.guideline)",
    ),
    "what was earned is rounded up": (
        "engine.mjs",
        "Math.floor((100",
        "Math.ceil((100",
    ),
    "the clock starts a day late": (
        "text.mjs",
        "clock.weekday + day)",
        "clock.weekday + day + 1)",
    ),
}


@pytest.fixture(scope="module")
def batch() -> Batch:
    found = random_walks([SAMPLER], 150)
    found.walks.append(Walk(0, MASTERED_AND_BREACHED))
    return found


@pytest.fixture(scope="module")
def wanted(batch: Batch) -> dict[str, list[str]]:
    return python(batch)


def test_the_engine_as_it_is_has_no_fault(
    batch: Batch, wanted: dict[str, list[str]]
) -> None:
    assert list(differences(batch, wanted=wanted)) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_has_its_line_to_be_planted_in(name: str) -> None:
    file, sound, _ = FAULTS[name]
    source = (ENGINE / file).read_text(encoding="utf-8")
    assert source.count(sound) == 1, f"{file} no longer has this line once: {sound}"


@pytest.mark.parametrize("name", list(FAULTS)[:: 1 if NIGHTLY else 4])
def test_a_planted_fault_is_found(
    name: str, batch: Batch, wanted: dict[str, list[str]], tmp_path: Path
) -> None:
    file, sound, faulty = FAULTS[name]
    planted = tmp_path / "engine"
    shutil.copytree(ENGINE, planted)
    source = (planted / file).read_text(encoding="utf-8")
    (planted / file).write_text(source.replace(sound, faulty), encoding="utf-8")
    assert next(differences(batch, planted, wanted), "")
