"""What reviewers said is told to players, and backs `status: reviewed` or does not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from dialogue_game.analysis.reviews import Rating, paths_of
from dialogue_game.app.authoring.checking import check
from dialogue_game.content.build_course import build_story
from dialogue_game.core.story import Story
from dialogue_game.reporting.review_sheets import record_text
from tests.stories.test_planted_slips import CLEAN, WALKS

REVIEWED = CLEAN.replace(
    "minutes: 8", "minutes: 8\nstatus: reviewed\nreviewers: [Ann, Ben]", 1
)
Given = Mapping[str, Mapping[str, int]]
"""By reviewer and choice, a rating that is no 5; who rates, rates everything."""
AGREED: Given = {"Ann": {}, "Ben": {}}
SPLIT: Given = {"Ann": {}, "Ben": {}, "Cleo": {"desk.ask": 2}}


def story_of(folder: Path, text: str) -> Story:
    file = folder / "slips.yaml"
    file.write_text(text, encoding="utf-8")
    (folder / "slips.walks.yaml").write_text(WALKS, encoding="utf-8")
    story = build_story(file).stories["slips"].story
    assert story is not None
    return story


def recorded(folder: Path, given: Given, text: str = REVIEWED) -> Story:
    """The story with these ratings recorded beside it."""
    story = story_of(folder, text)
    ratings = [
        Rating(who, path, odd.get(path, 5))
        for who, odd in given.items()
        for path, _ in paths_of(story)
    ]
    told = record_text(story, ratings)
    (folder / "slips.review.yaml").write_text(told, encoding="utf-8")
    return story_of(folder, text)


def said_against(folder: Path) -> list[tuple[str, str, int]]:
    found = check([str(folder / "slips.yaml")]).findings
    return [(noticed.code, noticed.severity, noticed.place.line) for noticed in found]


def test_players_are_told_where_reviewers_differ_after_its_own_caveat(
    tmp_path: Path,
) -> None:
    text = REVIEWED.replace(
        "takes: 1h\n", "takes: 1h\n        coaching: It takes courage.\n", 1
    )
    scene = recorded(tmp_path, SPLIT, text).scenes["desk"]
    told = "It takes courage.\n\n2 of 3 reviewers agree with these marks."
    assert scene.choices["ask"].coaching == told
    assert scene.choices["write"].coaching == ""


def test_a_status_that_recorded_ratings_back_is_shown_and_not_objected_to(
    tmp_path: Path,
) -> None:
    assert recorded(tmp_path, AGREED).status == "reviewed"
    assert said_against(tmp_path) == []


@pytest.mark.parametrize(
    "given",
    [{}, {"Ann": {}}, {"Ann": {}, "Cleo": {}}, {"Ann": {}, "Ben": {"desk.ask": 0}}],
    ids=["nobody", "one reviewer", "another than it names", "not all of it"],
)
def test_a_status_that_nothing_backs_fails_the_check_and_players_see_a_draft(
    given: Given, tmp_path: Path
) -> None:
    assert recorded(tmp_path, given).status == "drafted"
    assert said_against(tmp_path) == [("DG318", "error", 7)]


def test_below_four_of_five_it_stays_a_draft(tmp_path: Path) -> None:
    low = dict.fromkeys(("desk.ask", "desk.write", "desk.wait"), 2)
    assert recorded(tmp_path, {"Ann": {}, "Ben": low}).status == "drafted"


def test_a_choice_that_was_changed_since_counts_no_more(tmp_path: Path) -> None:
    recorded(tmp_path, AGREED)
    changed = REVIEWED.replace("upholds: g2", "models: g2", 1)
    assert story_of(tmp_path, changed).status == "drafted"
    assert said_against(tmp_path) == [("DG318", "error", 7)]


def test_one_choice_calls_itself_reviewed_by_its_own_ratings(tmp_path: Path) -> None:
    text = CLEAN.replace("takes: 1h\n", "takes: 1h\n        status: reviewed\n", 1)
    assert (
        recorded(tmp_path, AGREED, text).scenes["desk"].choices["ask"].status
        == "reviewed"
    )
    assert (
        recorded(tmp_path, SPLIT, text).scenes["desk"].choices["ask"].status
        == "drafted"
    )
    assert [code for code, _, _ in said_against(tmp_path)] == ["DG318"]
