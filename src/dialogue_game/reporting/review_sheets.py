"""Reviewers' sheets: every choice with its marks, to be rated in a spreadsheet; and back."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Final

from dialogue_game.analysis.reviews import Rating, Review, current, paths_of, version_of
from dialogue_game.core.story import Choice, Story
from dialogue_game.core.text import safe
from dialogue_game.reporting.tables import escaped_formula, separator, unescaped_formula

COLUMNS: Final = (
    "story",
    "version",
    "scene",
    "scene_title",
    "choice",
    "option",
    "consequence",
    "marks",
    "references",
    "rating",
    "comment",
    "reviewer",
)
RATINGS: Final = ("1", "2", "3", "4", "5")


def sheet_text(story: Story) -> str:
    """The sheet: a line of names, then a line for each choice; rating and comment are empty."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for scene, choice in story.choices():
        cells = (
            story.id,
            version_of(choice),
            scene.id,
            _line(scene.title),
            choice.id,
            *(_line(choice.text), _line(" ".join(p.text for p in choice.consequence))),
            _marks(story, choice),
            _references(story, choice),
            "",
            "",
            "",
        )
        writer.writerow([escaped_formula(cell) for cell in cells])
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
    rows = list(csv.reader(lines, delimiter=separator(lines[0] if lines else "")))
    names = [cell.strip().lower() for cell in rows[0]] if rows else []
    if not {"scene", "choice", "rating"} <= set(names):
        raise ValueError("it has no columns scene, choice and rating")
    ratings = [
        dict(zip(names, map(unescaped_formula, row), strict=False)) for row in rows[1:]
    ]
    who = next(
        (row["reviewer"].strip() for row in ratings if row.get("reviewer", "").strip()),
        name,
    )
    found, wrong = [], []
    for number, row in enumerate(ratings, 2):
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
            Rating(
                _line(who),
                path,
                int(whole or 0),
                _line(comment),
                row.get("version", "").strip(),
            )
        )
    return found, wrong


def review_lines(
    found: Review, places: Mapping[str, str], ratings: Sequence[Rating]
) -> Iterator[str]:
    """The report: where reviewers differ, every comment at its file and line, and what follows."""
    for agreement in found.agreements.values():
        if agreement.split:
            yield f"{places.get(agreement.path, '')}: {agreement.path}: {agreement.words}."
    for rating in ratings:
        if rating.comment:
            stars = f", {rating.rating} of 5" if rating.rating else ""
            where = places.get(rating.path, "")
            yield f"{where}: {rating.path} ({rating.reviewer}{stars}): {rating.comment}"
    if found.reviewed:
        named = ", ".join(found.reviewers)
        yield (
            f"{found.share:.0%} agree. Recorded with --record, the story may say: "
            f"status: reviewed, reviewers: [{named}]"
        )
    else:
        yield f"It stays drafted: {found.missing}."


def record_text(story: Story, ratings: Sequence[Rating]) -> str:
    """What is kept beside a story: who rated which of its present choices how, no comments."""
    rated = {
        (r.reviewer, r.path): r.rating for r in current(story, ratings) if r.rating
    }
    reviewers = tuple(dict.fromkeys(who for who, _ in rated))
    named = ", ".join(json.dumps(who, ensure_ascii=False) for who in reviewers)
    lines = [
        "# How reviewers rated each choice (1 to 5; 0 is not rated), in the order of their names.",
        "# Written by: dialogue-game review read --record. A changed choice counts no more.",
        f"reviewers: [{named}]",
        "choices:" if rated else "choices: {}",
    ]
    for path, choice in paths_of(story):
        mine = [rated.get((who, path), 0) for who in reviewers]
        if any(mine):
            lines.append(
                f"  {path}: {{version: {version_of(choice)}, ratings: {mine}}}"
            )
    return "\n".join(lines) + "\n"
