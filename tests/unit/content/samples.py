"""The sample files that the tests of content share."""

from __future__ import annotations

import shutil
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"
LETTERS = SAMPLES / "good" / "letters"
BAD = SAMPLES / "bad"

STORY = """\
format: 1
id: small
kind: scenario
title: The title
start: a
variables: {trust: 2, told: false, tone: calm}
cast: {you: {name: You}}
questions: {q1: What now?}
guidelines: {g1: {short: One, text: The first.}, g2: {short: Two, text: The second.}}
references: {r1: {symbol: R/1, title: The rule, summary: What it says., verified: yes}}
scenes:
  a:
    title: Monday
    text: It begins.
    choices:
      go:
        text: Go on.
        consequence: You go on.
        marks:
          - upholds: g1
            why: You went on.
        references: [r1]
        goto: b
endings:
  b: {kind: good, title: The end, text: It ends.}
"""
"""A lone story with nothing against it."""


def letters(folder: Path) -> Path:
    """A copy of the small course, to be changed."""
    copy = folder / "letters"
    shutil.copytree(LETTERS, copy)
    return copy


def written(
    folder: Path, old: str = "", new: str = "", name: str = "small.yaml"
) -> Path:
    """The lone story in a file, with one piece of it replaced."""
    assert old in STORY, old
    path = folder / name
    path.write_text(STORY.replace(old, new, 1), encoding="utf-8")
    return path
