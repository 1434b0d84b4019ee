"""The course that comes with the game: whole, as the guide prints it, fair, and plain to read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from dialogue_game.analysis.check import StoryReport
from dialogue_game.app.authoring.checking import Checked, check
from dialogue_game.content.build_course import build_course
from dialogue_game.content.library import home, shipped_course
from dialogue_game.content.schema import KINDS, schema
from dialogue_game.content.source import read_source
from dialogue_game.core.story import Story
from dialogue_game.reporting.check_report import grade
from tests.stories.guide_texts import GUIDELINES, QUESTIONS

FOLDER = shipped_course()
SCENARIOS = ("omar", "sepideh", "gumisai")
FILES = sorted(path.name for path in FOLDER.glob("*.yaml"))
WORDS = Path(__file__).with_name("words.txt")
OPENING_QUESTIONS = {
    "omar": "When does freedom of expression turn to inappropriate public political partisanship, "
    "partiality, or criticism?",
    "sepideh": "When does voicing personal opinion cross into prohibited conduct such as online "
    "bullying and harassment?",
    "gumisai": "When does sharing of UN-related information become leaking of confidential "
    "official information?",
}


@cache
def checked() -> Checked:
    return check(())


def story(name: str) -> Story:
    return next(told.story for told in checked().stories if told.story.id == name)


def report(name: str) -> StoryReport:
    return next(told.report for told in checked().stories if told.story.id == name)


def kind_of(name: str) -> str:
    if name.endswith(".walks.yaml"):
        return "walks"
    stem = name.removesuffix(".yaml")
    return stem if stem in KINDS else "story"


def test_the_course_has_no_findings_but_notes_on_judgement() -> None:
    known = (
        "DG32",
        "DG314",
        "DG316",
        "DG317",
    )  # what the rewriting of the three scenarios mends
    found = [f for f in checked().findings if not f.code.startswith(known)]
    assert [(f.code, f.place.file, f.place.line) for f in found] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_beside_the_stories_is_the_one_the_program_prints(kind: str) -> None:
    kept = home() / "stories" / "schema" / f"{kind}.schema.json"
    assert json.loads(kept.read_text(encoding="utf-8")) == schema(kind)


@pytest.mark.parametrize("name", FILES)
def test_each_file_tells_editors_its_schema_and_the_schema_accepts_it(
    name: str,
) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    kind = kind_of(name)
    assert text.startswith(
        f"# yaml-language-server: $schema=../schema/{kind}.schema.json\n"
    )
    Draft202012Validator(schema(kind)).validate(read_source(FOLDER / name).data)


def test_the_eleven_guidelines_are_the_guides_word_for_word() -> None:
    course = build_course(FOLDER).course
    assert course is not None
    assert (
        tuple(guideline.text for guideline in course.guidelines.values()) == GUIDELINES
    )


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_guides_questions_are_each_asked_once_and_word_for_word(name: str) -> None:
    told = story(name)
    assert tuple(told.questions.values()) == QUESTIONS[name]
    discussed = [
        question for scene in told.scenes.values() for question in scene.discuss
    ]
    assert len(discussed) == len(set(discussed))
    assert all(len(scene.discuss) <= 3 for scene in told.scenes.values())
    assert told.question == OPENING_QUESTIONS[name]


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_is_as_large_as_it_must_be(name: str) -> None:
    told, figures = story(name), report(name).figures
    assert figures.scenes >= 24
    assert figures.choices >= 60
    assert figures.endings >= 6
    assert {ending.kind for ending in told.endings.values()} == {
        "good",
        "mixed",
        "poor",
    }
    assert figures.decisions.worst.value is not None
    assert figures.decisions.best.value is not None
    assert 7 <= figures.decisions.worst.value <= figures.decisions.best.value <= 11
    assert figures.full_votes.worst.value == figures.full_votes.best.value == 2
    assert any(scene.group == "optional" for scene in told.scenes.values())
    assert len({scene.as_ for scene in told.scenes.values()}) in (2, 3)
    assert len(told.transfer) in (2, 3)
    assert all(scene.notes for scene in told.scenes.values() if scene.group)


@pytest.mark.parametrize("name", SCENARIOS)
def test_everything_in_a_scenario_is_proved_reachable(name: str) -> None:
    solution = report(name).solution
    assert solution.complete
    assert set(solution.verdicts.values()) == {"reachable"}
    assert not solution.stuck
    assert not solution.traps


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_scores_fairly(name: str) -> None:
    fair = report(name).figures.fair
    assert fair is not None
    assert fair.mean is not None
    assert 35 <= fair.mean <= 65
    assert {
        habit: value for habit, value in fair.habits.items() if (value or 0) >= 75
    } == {}
    assert {
        ending: share for ending, share in fair.endings.items() if share < 0.005
    } == {}
    assert fair.best_faults == ()
    good, mixed, poor = (fair.by_kind[kind] or 0 for kind in ("good", "mixed", "poor"))
    assert good > mixed > poor


def test_each_guideline_is_marked_at_five_decisions_or_more() -> None:
    counts = checked().guideline_decisions
    assert sorted(counts) == sorted(f"g{number}" for number in range(1, 12))
    assert min(counts.values()) >= 5


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_guideline_can_only_be_gained_or_only_be_lost(name: str) -> None:
    marks = [mark for _, choice in story(name).choices() for mark in choice.marks]
    for guideline in {mark.guideline for mark in marks}:
        weights = {mark.weight > 0 for mark in marks if mark.guideline == guideline}
        assert weights == {True, False}, guideline


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_reference_of_the_guides_list_is_in_the_stories_resources(
    name: str,
) -> None:
    told = story(name)
    course = build_course(FOLDER).course
    assert course is not None
    cited = {ref.id for ref in course.references.values() if name in ref.cited_in}
    assert cited
    assert cited <= set(told.resources)


def test_every_reference_is_met_in_play_or_among_resources() -> None:
    course = build_course(FOLDER).course
    assert course is not None
    met = {*course.pre_reading, *course.further}
    for name in SCENARIOS:
        told = story(name)
        met |= {
            *told.resources,
            *(ref for _, c in told.choices() for ref in c.references),
        }
    assert {ref.id for ref in course.references.values() if ref.cited_in} <= met


@pytest.mark.parametrize("name", SCENARIOS)
def test_reading_is_no_harder_than_it_must_be(name: str) -> None:
    figures = report(name).figures
    level = grade(story(name))
    assert level is not None
    assert level <= 9  # people read it in their third language
    assert figures.gaps.median <= 150
    assert figures.gaps.most <= 250
    assert figures.option_ratio[1] <= 2


def texts() -> Iterator[str]:
    """Every value of every file that somebody reads."""

    def inside(value: object, key: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for name, item in value.items():
                yield from inside(item, str(name))
        elif isinstance(value, list):
            for item in value:
                yield from inside(item, key)
        elif isinstance(value, str) and key not in UNREAD:
            yield value

    for name in FILES:
        yield from inside(read_source(FOLDER / name).data)


UNREAD = frozenset(
    {
        *(
            "if",
            "goto",
            "to",
            "effects",
            "pick",
            "ending",
            "discuss",
            "references",
            "resources",
        ),
        *(
            "url",
            "address",
            "email",
            "file",
            "start",
            "as",
            "guideline",
            "guidelines",
            "cited_in",
        ),
        *(
            "models",
            "upholds",
            "strains",
            "breaches",
            "link",
            "handle",
            "stories",
            "pre_reading",
        ),
        *("further", "id", "from", "author", "tags", "name", "cc"),
        *("person", "due", "stance", "takes", "enter", "first_enter", "at", "use"),
        *("times", "when", "always"),
    }
)


def test_no_word_is_misspelt() -> None:
    from spellchecker import SpellChecker

    known = set(WORDS.read_text(encoding="utf-8").split())
    checker = SpellChecker()
    words = {
        word.removesuffix("'s").strip("'")
        for text in texts()
        for word in re.findall(r"\b[a-z][a-z']+\b", text.replace("’", "'"))
        if len(word) > 2
    }
    assert sorted(checker.unknown(words - known) - known) == []
