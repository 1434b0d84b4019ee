"""The JavaScript engine says the same as the Python engine, to the letter."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dialogue_game.app.bootstrap import open_game
from dialogue_game.core.story import Story
from tests.front_ends.web.equality import (
    Batch,
    Walk,
    differences,
    every_way,
    needs_node,
    play,
    random_walk,
    random_walks,
    told,
    ways_taken,
    ways_written,
)
from tests.front_ends.web.sampler import SAMPLER
from tests.nightly import NIGHTLY
from tests.strategies import stories

pytestmark = needs_node


def shipped() -> list[Story]:
    game = open_game(keep=False)
    return [game.story(entry.id) for entry in game.course.stories]


def agree(batch: Batch) -> None:
    found = list(differences(batch))
    assert not found, (
        f"{len(found)} differ, such as {found[0]}:\n{told(batch, found[0])}"
    )


def test_walks_of_the_shipped_stories_read_the_same() -> None:
    agree(random_walks(shipped(), 10_000 if NIGHTLY else 300))


@pytest.mark.parametrize("at", range(5))
def test_every_choice_and_every_branch_of_the_shipped_stories_is_taken_and_reads_the_same(
    at: int,
) -> None:
    story = shipped()[at]
    batch = Batch([story], list(every_way(story, 0)))
    taken = {
        way for walk in batch.walks for way in ways_taken(play(story, walk.picks).lines)
    }
    assert taken == ways_written(story)
    agree(batch)


def test_the_sampler_of_every_corner_reads_the_same() -> None:
    agree(random_walks([SAMPLER], 2_000 if NIGHTLY else 200))


def test_generated_stories_read_the_same() -> None:
    """Each generated story is walked three times; all of them in one run of node."""
    made: list[Story] = []

    @settings(
        max_examples=500 if NIGHTLY else 80,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(stories(growing=True), st.randoms(use_true_random=False))
    def collect(story: Story, chance: object) -> None:
        made.append(story)
        for seed in (0, 7, 4_000_000_000):
            picks = random_walk(story, chance, seed)  # type: ignore[arg-type]
            batch.walks.append(Walk(len(made) - 1, picks, seed))
        batch.pairs.append((len(batch.walks) - 1, len(batch.walks) - 2))

    batch = Batch(made)
    collect()
    agree(batch)


@pytest.mark.parametrize(
    "pick", ["", "   ", "0", "99", "scene.", ".", "__proto__", "constructor"]
)
def test_nonsense_is_refused_in_the_same_words(pick: str) -> None:
    agree(Batch(shipped()[1:2], [Walk(0, (pick,))]))
