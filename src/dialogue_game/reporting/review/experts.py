"""Sheets for expert reviewers: every choice with its marks, to be rated in a spreadsheet; and back.

A rating of 4 or 5 agrees with the marks of a choice, 1 or 2 does not, 3 is undecided. A story may
call itself reviewed when enough people rated nearly all of it and agree with nearly all of that.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from dialogue_game.core.story import Choice, Story
from dialogue_game.core.text import safe
from dialogue_game.reporting.tables import guarded, unguarded

COLUMNS: Final = (
    *("story", "edition", "scene", "scene_title", "choice", "option", "consequence"),
    *("marks", "references", "rating", "comment", "reviewer"),
)
AGREES_FROM: Final = 4
RATINGS: Final = ("1", "2", "3", "4", "5")
REVIEWERS: Final = 2
"""Reviewers without whom nothing counts as reviewed."""
AGREEMENT: Final = 0.8
"""Share of all ratings that agree, at least, for a story to count as reviewed."""
RATED: Final = 0.9
"""Share of the choices that each reviewer rated, at least."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What one reviewer says of one choice; `rating` is 0 where only a comment was written."""

    reviewer: str
    path: str
    rating: int
    comment: str
    edition: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far reviewers agree with the marks of one choice."""

    path: str
    agree: int
    of: int

    @property
    def split(self) -> bool:
        """Whether they differ, which players are told."""
        return self.of > 0 and self.agree < self.of

    @property
    def words(self) -> str:
        """As players read it."""
        return f"{self.agree} of {self.of} reviewers agree"


@dataclass(frozen=True, slots=True)
class Review:
    """What came back about one story."""

    reviewers: tuple[str, ...]
    agreements: Mapping[str, Agreement]
    share: float
    reviewed: bool
    missing: str


def sheet_text(story: Story) -> str:
    """The sheet: a line of names, then a line for each choice; rating and comment are empty."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for scene, choice in story.choices():
        cells = (
            *(story.id, story.edition, scene.id, _line(scene.title), choice.id),
            *(_line(choice.text), _line(" ".join(p.text for p in choice.consequence))),
            *(_marks(story, choice), _references(story, choice), "", "", ""),
        )
        writer.writerow([guarded(cell) for cell in cells])
    return buffer.getvalue()


def _marks(story: Story, choice: Choice) -> str:
    return " | ".join(
        f"{mark.word} {mark.guideline} ({_short(story, mark.guideline)}): {_line(mark.why)}"
        for mark in choice.marks
    )


def _short(story: Story, guideline: str) -> str:
    known = story.guidelines.get(guideline)
    return _line(known.short) if known else ""


def _references(story: Story, choice: Choice) -> str:
    labels = [story.references[name].label for name in choice.references]
    return " | ".join(_line(label) for label in labels)


def _line(text: str) -> str:
    return " ".join(safe(text).split())


def read_sheet(text: str, name: str) -> tuple[list[Rating], list[str]]:
    """The ratings of one filled-in sheet, and what could not be understood, a sentence each.

    Spreadsheets write commas, semicolons or tabs between cells; all are read. The reviewer is who
    stands in the column of that name, else the name of the file. Raises ValueError where it is
    no sheet of ours.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    head = lines[0] if lines else ""
    between = max(",;\t", key=head.count)
    rows = list(csv.reader(lines, delimiter=between))
    names = [cell.strip().lower() for cell in rows[0]] if rows else []
    if not {"scene", "choice", "rating"} <= set(names):
        raise ValueError("it has no columns scene, choice and rating")
    told = [dict(zip(names, map(unguarded, row), strict=False)) for row in rows[1:]]
    who = next((row["reviewer"].strip() for row in told if row.get("reviewer", "").strip()), name)
    found, wrong = [], []
    for number, row in enumerate(told, 2):
        rating, comment = row.get("rating", "").strip(), row.get("comment", "").strip()
        if not rating and not comment:
            continue
        path = f"{row.get('scene', '').strip()}.{row.get('choice', '').strip()}"
        whole = rating.removesuffix(".0").removesuffix(",0")
        if whole and whole not in RATINGS:
            wrong.append(
                f"row {number}, {_line(path)}: “{_line(rating)[:20]}” is no rating from 1 to 5"
            )
            whole = ""
        found.append(
            Rating(_line(who), path, int(whole or 0), _line(comment), row.get("edition", ""))
        )
    return found, wrong


def review(story: Story, ratings: Sequence[Rating]) -> Review:
    """What all reviewers together say, and whether the story may call itself reviewed."""
    paths = [f"{scene.id}.{choice.id}" for scene, choice in story.choices()]
    rated = {(r.reviewer, r.path): r.rating for r in ratings if r.rating and r.path in paths}
    reviewers = tuple(dict.fromkeys(reviewer for reviewer, _ in rated))
    agreements = {}
    for path in paths:
        mine = [rated[who, path] for who in reviewers if (who, path) in rated]
        agreements[path] = Agreement(path, sum(r >= AGREES_FROM for r in mine), len(mine))
    agree = sum(rating >= AGREES_FROM for rating in rated.values())
    share = agree / len(rated) if rated else 0.0
    missing = _missing(len(paths), reviewers, rated.keys(), share)
    return Review(reviewers, agreements, share, not missing, missing)


def _missing(
    paths: int, reviewers: Sequence[str], rated: Iterable[tuple[str, str]], share: float
) -> str:
    """What a story still lacks before it may be called reviewed; nothing where it lacks nothing."""
    if len(reviewers) < REVIEWERS:
        return f"{REVIEWERS} reviewers at least are needed, and there is {len(reviewers)}"
    counts = [who for who, _ in rated]
    for who in reviewers:
        if counts.count(who) < RATED * paths:
            return f"{who} rated {counts.count(who)} of {paths} choices ({RATED:.0%} are needed)"
    if share < AGREEMENT:
        return f"{share:.0%} of the ratings agree ({AGREEMENT:.0%} are needed)"
    return ""


def review_lines(
    found: Review, places: Mapping[str, str], ratings: Sequence[Rating]
) -> Iterator[str]:
    """The report: where reviewers differ, every comment at its file and line, and what follows."""
    for agreement in found.agreements.values():
        if agreement.split:
            yield (
                f"{places.get(agreement.path, '')}: {agreement.path}: {agreement.words}. "
                f"Players are told by: agreement: {agreement.agree} of {agreement.of}"
            )
    for rating in ratings:
        if rating.comment:
            stars = f", {rating.rating} of 5" if rating.rating else ""
            where = places.get(rating.path, "")
            yield f"{where}: {rating.path} ({rating.reviewer}{stars}): {rating.comment}"
    if found.reviewed:
        named = ", ".join(found.reviewers)
        yield f"It may say so now ({found.share:.0%} agree): status: reviewed, reviewers: [{named}]"
    else:
        yield f"It stays drafted: {found.missing}."
