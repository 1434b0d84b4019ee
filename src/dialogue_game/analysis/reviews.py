"""What reviewers say of a story's choices, and when a story may call itself reviewed.

A rating of 4 or 5 agrees with the marks of a choice, 1 or 2 does not, 3 is undecided. Enough people
must have rated nearly all of it as it stands now, and agree with nearly all of that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dialogue_game.core.story import Choice, Scene, Story

AGREES_FROM: Final = 4
REVIEWERS: Final = 2
"""Reviewers without whom nothing counts as reviewed."""
AGREEMENT: Final = 0.8
"""Share of all ratings that agree, at least, for a story to count as reviewed."""
RATED: Final = 0.9
"""Share of the choices that each reviewer rated, at least."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What one reviewer says of one choice; `rating` is 0 where only a comment was written.

    `version` is the choice's as it was rated; a sheet that does not tell it is taken for current.
    """

    reviewer: str
    path: str
    rating: int
    comment: str = ""
    version: str = ""


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
    """What came back about one story; `missing` is what it lacks to be reviewed, in words."""

    reviewers: tuple[str, ...]
    agreements: Mapping[str, Agreement]
    share: float
    missing: str

    @property
    def reviewed(self) -> bool:
        """Whether the story may call itself reviewed."""
        return not self.missing

    def backs(self, path: str) -> bool:
        """Whether one choice, `scene.choice`, may call itself reviewed."""
        found = self.agreements.get(path)
        return bool(
            found and found.of >= REVIEWERS and found.agree >= AGREEMENT * found.of
        )


def paths_of(story: Story) -> Iterator[tuple[str, Choice]]:
    """Every choice by its path, `scene.choice`."""
    return ((f"{scene.id}.{choice.id}", choice) for scene, choice in story.choices())


def version_of(choice: Choice) -> str:
    """A short digest of what reviewers judge: label, consequence, marks, references."""
    marks = ((mark.word, mark.guideline, mark.why) for mark in choice.marks)
    texts = [choice.text, *(p.text for p in choice.consequence), *choice.references]
    pieces = "\0".join([*texts, *(" ".join(mark) for mark in marks)])
    return "v" + hashlib.sha256(pieces.encode()).hexdigest()[:8]


def current(story: Story, ratings: Iterable[Rating]) -> list[Rating]:
    """The ratings of choices that are there and say what they said when they were rated."""
    given = list(ratings)
    rated = {rating.path for rating in given}
    versions = {
        path: version_of(choice) for path, choice in paths_of(story) if path in rated
    }
    return [
        r for r in given if r.path in versions and r.version in ("", versions[r.path])
    ]


def review(story: Story, ratings: Iterable[Rating]) -> Review:
    """What all reviewers together say, and whether the story may call itself reviewed."""
    paths = [path for path, _ in paths_of(story)]
    rated = {
        (r.reviewer, r.path): r.rating for r in current(story, ratings) if r.rating
    }
    reviewers = tuple(dict.fromkeys(reviewer for reviewer, _ in rated))
    agreements = {}
    for path in paths:
        mine = [rated[who, path] for who in reviewers if (who, path) in rated]
        agreements[path] = Agreement(
            path, sum(r >= AGREES_FROM for r in mine), len(mine)
        )
    agree = sum(rating >= AGREES_FROM for rating in rated.values())
    share = agree / len(rated) if rated else 0.0
    return Review(
        reviewers, agreements, share, _missing(len(paths), reviewers, rated, share)
    )


def _missing(
    paths: int, reviewers: Sequence[str], rated: Iterable[tuple[str, str]], share: float
) -> str:
    """What a story still lacks before it may be called reviewed; nothing where it lacks nothing."""
    if len(reviewers) < REVIEWERS:
        return (
            f"{REVIEWERS} reviewers at least are needed, and there is {len(reviewers)}"
        )
    counts = [who for who, _ in rated]
    for who in reviewers:
        if counts.count(who) < RATED * paths:
            return f"{who} rated {counts.count(who)} of {paths} choices ({RATED:.0%} are needed)"
    if share < AGREEMENT:
        return f"{share:.0%} of the ratings agree ({AGREEMENT:.0%} are needed)"
    return ""


def with_agreement(story: Story, found: Review) -> Story:
    """The story as players get it: told where reviewers differ, never reviewed without them."""
    claimed = {story.status, *(choice.status for _, choice in story.choices())}
    if not found.reviewers and "reviewed" not in claimed:
        return story

    def choice(path: str, original: Choice) -> Choice:
        agreed = found.agreements[path]
        line = f"{agreed.words} with these marks." if agreed.split else ""
        coaching = "\n\n".join(filter(None, (original.coaching, line)))
        status = (
            "drafted"
            if original.status == "reviewed" and not found.backs(path)
            else original.status
        )
        return replace(original, coaching=coaching, status=status)

    def scene(original: Scene) -> Scene:
        choices = {
            name: choice(f"{original.id}.{name}", c)
            for name, c in original.choices.items()
        }
        return replace(original, choices=choices)

    backed = story.status != "reviewed" or not unbacked(story, found)
    return replace(
        story,
        scenes={name: scene(one) for name, one in story.scenes.items()},
        status=story.status if backed else "drafted",
    )


def unbacked(story: Story, found: Review) -> str:
    """Why the reviewers whom a story names do not make it reviewed; nothing where they do."""
    if not story.reviewers:
        return "it names no reviewers"
    for name in story.reviewers:
        if name not in found.reviewers:
            return f"no ratings by “{name}” are recorded"
    return found.missing
