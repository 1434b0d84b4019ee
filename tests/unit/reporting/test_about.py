"""What a newcomer can read of a course: each part where the course has it."""

from __future__ import annotations

from dialogue_game.content.library import open_course, shipped_course
from dialogue_game.core.course import Course
from dialogue_game.reporting.about import about

COURSE = open_course(shipped_course()).course


def test_the_shipped_course_says_why_how_to_prepare_and_whom_to_ask() -> None:
    titles = [section.title for section in about(COURSE)]
    assert titles[0] == COURSE.title
    assert [title for title in titles if title.startswith("Step ")] == [
        f"Step {number}: {step.title}" for number, step in enumerate(COURSE.steps, 1)
    ]
    assert len(COURSE.steps) == 4
    for title in ("To read beforehand", "Whom to ask", "To read on", "Good to know"):
        assert title in titles


def test_the_three_opening_questions_are_each_tied_to_their_scenario() -> None:
    section = next(s for s in about(COURSE) if s.title == "The questions it opens")
    assert len(section.items) == 3
    assert section.items[0].startswith(
        "Omar on Instagram: When does freedom of expression"
    )


def test_what_survives_of_the_diagram_is_shown_and_the_rest_is_said_to_be_missing() -> (
    None
):
    sections = {section.title: section for section in about(COURSE)}
    assert sections["Private user"].items == (
        "Engaged on personal basis and not professional capacity",
    )
    assert len(sections["Social professional"].items) == 3
    assert COURSE.diagram is not None
    assert "did not survive" in sections[COURSE.diagram.title].paragraphs[0]


def test_the_third_scenario_is_said_to_exist_as_a_video() -> None:
    assert any("video" in text for text in about(COURSE)[-1].paragraphs)


def test_what_was_not_checked_is_said_beside_it() -> None:
    section = next(s for s in about(COURSE) if s.title == "To read beforehand")
    assert len(section.items) == 5
    assert any("not checked" in item for item in section.items)


def test_a_course_without_these_parts_has_fewer_sections() -> None:
    bare = Course("c", "A Course", "", "", (), {}, {})
    assert about(bare) == ()
