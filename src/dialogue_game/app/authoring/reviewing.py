"""Reviewing: the files that readers and experts send back."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dialogue_game.analysis.findings import place_of
from dialogue_game.analysis.reviews import Rating, Review, current, paths_of, review
from dialogue_game.app.files import put_file
from dialogue_game.content.build_course import BuiltStory
from dialogue_game.content.build_story import recorded_ratings
from dialogue_game.content.folders import REVIEW_SUFFIX, STORY_SUFFIX
from dialogue_game.content.library import build_at, resolve
from dialogue_game.core.story import Story
from dialogue_game.errors import NotFound
from dialogue_game.reporting.review_sheets import read_sheet, record_text, review_lines
from dialogue_game.reporting.tables import separator


@dataclass(frozen=True, slots=True)
class CollectedReviews:
    """What several reviewers' sheets say of one story; `wrong` is what could not be understood.

    `record` is the file beside the story that keeps ratings.
    """

    story: Story
    review: Review
    ratings: Sequence[Rating]
    places: Mapping[str, str]
    wrong: Sequence[str]
    record: Path

    def keep(self) -> None:
        """Record the ratings beside the story. Raises NotFound where that cannot be written."""
        put_file(self.record, [record_text(self.story, self.ratings)], force=True)

    def lines(self) -> Iterator[str]:
        """The report in words."""
        yield f"{self.story.title}: {len(self.review.reviewers)} reviewers."
        yield from review_lines(self.review, self.places, self.ratings)

    def as_dict(self) -> dict[str, Any]:
        """The report as data."""
        return {
            "story": self.story.id,
            "edition": self.story.edition,
            "reviewers": list(self.review.reviewers),
            "share": round(self.review.share, 3),
            "reviewed": self.review.reviewed,
            "missing": self.review.missing,
            "choices": {
                path: {
                    "agree": row.agree,
                    "of": row.of,
                    "place": self.places.get(path, ""),
                }
                for path, row in self.review.agreements.items()
                if row.of
            },
            "comments": [
                {
                    "choice": r.path,
                    "place": self.places.get(r.path, ""),
                    "reviewer": r.reviewer,
                    "rating": r.rating or None,
                    "comment": r.comment,
                }
                for r in self.ratings
                if r.comment
            ],
        }


def collect_reviews(
    files: Sequence[Path], name: str = "", *, recording: bool = False
) -> CollectedReviews:
    """Filled-in sheets brought together; for recording with what is recorded of other reviewers.

    Raises NotFound for what is no sheet, or no story.
    """
    ratings: list[Rating] = []
    wrong: list[str] = []
    for file in files:
        text = text_of(file)
        try:
            rows, troubles = read_sheet(text, file.stem)
        except (ValueError, csv.Error) as error:
            message = f"{file} is no reviewer's sheet: {error}."
            raise NotFound(
                message, "Make one with: dialogue-game review sheet STORY"
            ) from None
        ratings += rows
        wrong += [f"{file.name}, {trouble}" for trouble in troubles]
        name = name or _named_story(text)
    story, built = _story(name)
    known = dict(paths_of(story))
    sound = current(story, ratings)
    for path in dict.fromkeys(rating.path for rating in ratings if rating not in sound):
        why = (
            "was changed since it was rated"
            if path in known
            else "is not there any more"
        )
        wrong.append(f"{path} {why}, so that ratings of it do not count")
    file = Path(built.file)
    if recording:
        ratings = [*recorded_ratings(file, []), *ratings]
    record = file.with_name(file.name.removesuffix(STORY_SUFFIX) + REVIEW_SUFFIX)
    return CollectedReviews(
        story, review(story, ratings), ratings, _lines(story, built), wrong, record
    )


def _named_story(text: str) -> str:
    """The story that a sheet names in its first column."""
    lines = text.removeprefix("\ufeff").splitlines()
    rows = list(csv.DictReader(lines, delimiter=separator(lines[0])))
    return (rows[0].get("story") or "") if rows else ""


def _story(name: str) -> tuple[Story, BuiltStory]:
    """A story by its path or id, and as it was built."""
    target = resolve(name)
    built = build_at(target.course)
    story_built = built.stories.get(target.story or name)
    story_built = story_built or next(iter(built.stories.values()), None)
    if story_built is None or story_built.story is None:
        raise NotFound(
            f"“{name}” cannot be played as it is.",
            f"See why: dialogue-game check {name}",
        )
    return story_built.story, story_built


def _lines(story: Story, built: BuiltStory) -> Mapping[str, str]:
    """The file and line of each choice."""
    places = {}
    for scene, choice in story.choices():
        at = place_of(built.places, ("scenes", scene.id, "choices", choice.id))
        places[f"{scene.id}.{choice.id}"] = f"{at.file}:{at.line}"
    return places


def text_of(file: Path) -> str:
    """A text file, whatever its editor put in front. Raises NotFound."""
    try:
        if not file.is_file():  # reading a pipe or a device would never end
            raise NotFound(f"{file} is not a file.", "Look whether the name is right.")
        raw = file.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        message = f"{file} cannot be read: {reason}."
        raise NotFound(message, "Look whether the name is right.") from None
    for encoding in (
        "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig",
        "cp1252",
    ):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def read_key(file: Path) -> dict[str, Any]:
    """The key of a blind sheet. Raises NotFound where the file is none."""
    try:
        key = json.loads(text_of(file))
        sound = bool(key) and all(
            isinstance(row["story"], str)
            and [(str(o), int(w)) for o, w in row["options"]]
            for row in key.values()
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise NotFound(
            f"{file} is no key of a blind sheet.",
            "Name the folder that review blind wrote.",
        )
    return dict(key)
