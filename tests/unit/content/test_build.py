"""From what authors write to the core's types, with every name checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogue_game.analysis.findings import Severity
from dialogue_game.content.build_course import BuiltCourse, build_course, build_story
from dialogue_game.content.course_models import direction_of
from dialogue_game.core.engine import begin, decide, replay, situation
from dialogue_game.core.story import Branch, Detail, Paragraph, Story
from tests.unit.content.samples import LETTERS, STORY, letters, written


def story_of(built: BuiltCourse, name: str = "small") -> Story:
    assert not built.findings, built.findings
    story = built.stories[name].story
    assert story is not None
    return story


def changed(folder: Path, old: str, new: str) -> Story:
    return story_of(build_story(written(folder, old, new)))


def test_the_small_course_builds_without_a_finding() -> None:
    built = build_course(LETTERS)
    assert not built.findings
    assert built.course is not None
    assert [entry.id for entry in built.course.stories] == [
        "how_to_play",
        "reference_letter",
        "shared_folder",
        "the_interview",
    ]
    assert built.course.stories[3].coming
    assert set(built.stories) == {"how_to_play", "reference_letter", "shared_folder"}


def test_a_course_carries_all_that_its_file_says() -> None:
    course = build_course(LETTERS).course
    assert course is not None
    assert course.steps[1].title == "Play"
    assert course.contacts[0].phone == "+00 1234"
    assert course.evaluation is not None
    assert course.evaluation.items[1] == "There was time to talk."
    assert course.diagram is not None
    assert course.diagram.columns["private_user"] == ("Only you are on it.",)
    assert (course.guide_note, course.video_note) == (
        "Taken from no guide at all.",
        "There is no video.",
    )
    assert course.references["ethics_office"].quote == "Ask first."
    assert course.guidelines["g2"].number == 2


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("ar", "rtl"), ("fa-IR", "rtl"), ("az-Arab", "rtl"), ("uz-Latn", "ltr")],
)
def test_a_course_is_written_in_the_direction_of_its_language(
    tag: str, direction: str
) -> None:
    course = build_course(LETTERS).course
    assert course is not None
    assert course.direction == "ltr"
    assert direction_of(tag) == direction


def test_a_card_counts_what_the_story_has() -> None:
    course = build_course(LETTERS).course
    assert course is not None
    entry = course.entry("reference_letter")
    assert entry is not None
    assert (entry.scenes, entry.choices, entry.decisions) == (3, 9, (2, 3))
    assert entry.endings == ("trusted", "withdrawn", "found_out")
    assert (entry.status, entry.minutes, len(entry.edition)) == ("reviewed", 10, 64)


def test_short_forms_become_the_one_form_of_the_core() -> None:
    story = story_of(build_course(LETTERS), "reference_letter")
    phone = story.scenes["phone"]
    assert [paragraph.when for paragraph in phone.text] == [
        "",
        "chose(doorway.sign) or chose(doorway_again.sign_after_all)",
        "tone == 'calm'",
    ]
    assert phone.choices["praise"].goto == (
        Branch("withdrawn", "chose(doorway.rewrite)"),
        Branch("found_out"),
    )
    assert phone.choices["no"].goto == (Branch("withdrawn"),)
    assert story.variables == {
        "trust": 2,
        "told_board": False,
        "reach": 1,
        "tone": "calm",
    }
    assert story.cover is not None
    assert (story.course, story.status, story.reviewers) == (
        "letters",
        "reviewed",
        ("A. Reader", "B. Reader"),
    )


def test_a_story_carries_all_guidelines_and_only_the_references_that_it_cites() -> None:
    story = story_of(build_course(LETTERS), "shared_folder")
    assert list(story.guidelines) == ["g1", "g2"]
    assert list(story.references) == ["code_4_2", "code_5"]


def test_exhibits_and_details_get_ids_of_their_own(tmp_path: Path) -> None:
    exhibits = """\
    exhibits:
      - note: {body: One}
      - note: {body: Two, id: note_2}
      - note: {body: Three, details: [{look: L, text: T}, {id: seal, look: M, text: U}]}
      - post: {author: you, likes: 12, tags: ["#a", "#b"], shares: 1.50}
    text: It begins."""
    story = changed(tmp_path, "    text: It begins.", exhibits)
    shown = story.scenes["a"].exhibits
    assert [exhibit.id for exhibit in shown] == ["note", "note_2", "note_3", "post"]
    assert shown[2].details == (Detail("detail_1", "L", "T"), Detail("seal", "M", "U"))
    assert shown[3].fields == {
        "author": "you",
        "tags": "#a #b",
        "likes": "12",
        "shares": "1.50",
    }


def test_every_choice_of_the_small_course_can_be_played() -> None:
    for built in build_course(LETTERS).stories.values():
        assert built.story is not None
        for walk in built.walks:
            events = list(begin(built.story))
            for pick in walk.pick:
                state = replay(built.story, events)
                assert state.scene == pick.split(".")[0]
                events += decide(built.story, state, pick.split(".")[1])
            state = replay(built.story, events)
            assert (walk.name, state.ending) == (walk.name, walk.ending)
            assert situation(built.story, state).text


def test_an_edition_is_the_digest_of_what_is_told_and_not_of_how_it_is_written(
    tmp_path: Path,
) -> None:
    plain = changed(tmp_path, "", "")
    respaced = changed(
        tmp_path, "title: The title\n", 'title:   "The title"  # a comment\n\n'
    )
    moved = changed(tmp_path, "format: 1\nid: small\n", "id: small\nformat: 1\n")
    assert plain.edition == respaced.edition == moved.edition
    assert len(plain.edition) == 64


def test_an_edition_changes_with_any_word_of_it(tmp_path: Path) -> None:
    editions = {
        changed(tmp_path, old, new).edition
        for old, new in [
            ("", ""),
            ("It begins.", "It began."),
            ("{short: One", "{short: Won"),
            ("trust: 2", "trust: 3"),
            ("upholds: g1", "models: g1"),
        ]
    }
    assert len(editions) == 5


@pytest.mark.parametrize(
    "removed", ["        consequence: You go on.\n", "        references: [r1]\n"]
)
def test_what_the_rules_of_teaching_ask_for_may_be_missing_from_a_built_story(
    removed: str, tmp_path: Path
) -> None:
    assert changed(tmp_path, removed, "").scenes["a"].choices["go"].text == "Go on."


def test_a_warning_does_not_keep_a_story_from_being_played(tmp_path: Path) -> None:
    path = written(
        tmp_path, "        text: Go on.", "        text: Go on.\n        if: told"
    )
    built = build_story(path)
    assert [(f.code, f.severity) for f in built.findings] == [
        ("DG207", Severity.WARNING)
    ]
    assert built.stories["small"].story is not None


def test_a_broken_story_leaves_a_draft_for_the_analysis(tmp_path: Path) -> None:
    broken = "if: trst > 1\n        locked: No.\n        effects: [trust += true]\n        goto: bb"
    path = written(tmp_path, "goto: b", broken)
    path.write_text(
        path.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8"
    )
    built = build_story(path).stories["small"]
    assert built.story is None
    assert built.draft is not None
    choice = built.draft.scenes["a"].choices["go"]
    assert (choice.when, choice.effects, choice.goto) == ("", (), (Branch("bb"),))


def test_what_stands_below_an_unknown_key_is_checked_in_the_same_run(
    tmp_path: Path,
) -> None:
    path = written(
        tmp_path, "kind: scenario\n", "kind: scenario\nautor: me\nsummary:\n"
    )
    path.write_text(
        path.read_text(encoding="utf-8").replace("goto: b", "goto: nowhere")
    )
    assert [f.code for f in build_story(path).findings] == ["DG010", "DG015", "DG114"]


def test_a_text_below_a_pipe_ends_with_its_last_word(tmp_path: Path) -> None:
    story = changed(
        tmp_path, "    text: It begins.", "    text: |\n      One.\n\n      Two.\n"
    )
    assert story.scenes["a"].text == (Paragraph("One.\n\nTwo."),)


def test_texts_keep_braces_that_are_doubled(tmp_path: Path) -> None:
    story = changed(
        tmp_path, "    text: It begins.", '    text: "A {{brace}} and {trust}."'
    )
    assert story.scenes["a"].text == (Paragraph("A {{brace}} and {trust}."),)


def test_names_are_not_unknown_where_their_own_file_could_not_be_read(
    tmp_path: Path,
) -> None:
    folder = letters(tmp_path)
    (folder / "guidelines.yaml").write_text(
        "g1: {short: Be: honest}\n", encoding="utf-8"
    )
    built = build_course(folder)
    assert {f.code for f in built.findings} == {"DG003"}
    assert built.course is None


def test_one_broken_story_leaves_the_others_playable(tmp_path: Path) -> None:
    folder = letters(tmp_path)
    (folder / "shared_folder.yaml").write_text(
        "title: Half a story\n", encoding="utf-8"
    )
    built = build_course(folder)
    assert built.course is not None
    assert built.stories["shared_folder"].story is None
    assert built.stories["reference_letter"].story is not None
    entry = built.course.entry("shared_folder")
    assert entry is not None
    assert (entry.title, entry.scenes) == ("Half a story", 0)


def test_a_course_may_do_without_guidelines_and_references(tmp_path: Path) -> None:
    folder = letters(tmp_path)
    for name in ("guidelines.yaml", "references.yaml"):
        (folder / name).unlink()
    text = "format: 1\nid: letters\ntitle: Letters\nstories: [how_to_play]\n"
    (folder / "course.yaml").write_text(text, encoding="utf-8")
    built = build_course(folder)
    assert not built.findings
    assert built.course is not None


def test_a_story_of_a_course_brings_no_guidelines_of_its_own(tmp_path: Path) -> None:
    folder = letters(tmp_path)
    path = folder / "how_to_play.yaml"
    more = "guidelines: {g1: {short: One, text: The first.}}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert [f.code for f in build_course(folder).findings] == ["DG010"]


@pytest.mark.parametrize("folder", ["gone", "."])
def test_a_folder_without_a_course_is_one_finding(folder: str, tmp_path: Path) -> None:
    built = build_course(tmp_path / folder)
    assert [f.code for f in built.findings] == ["DG001"]
    assert built.course is None


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = letters(tmp_path)
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: x\n", encoding="utf-8")
    (folder / "shared_folder.yaml").unlink()
    (folder / "shared_folder.yaml").symlink_to(secret)
    findings = build_course(folder).findings
    assert [f.code for f in findings] == ["DG110"]
    assert "password" not in findings[0].place.excerpt


def test_a_picture_that_is_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = letters(tmp_path)
    picture = folder / "assets" / "doorway.png"
    picture.rename(tmp_path / "elsewhere.png")
    picture.symlink_to(tmp_path / "elsewhere.png")
    assert {f.code for f in build_course(folder).findings} == {"DG110"}


def test_the_last_line_of_a_story_may_lack_its_line_end(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(STORY.rstrip(), encoding="utf-8")
    assert story_of(build_story(path)).id == "small"


def test_a_story_of_many_unknown_names_is_refused_quickly_and_briefly(
    tmp_path: Path,
) -> None:
    choices = "".join(f"      c{n}: {{text: T, goto: x{n}}}\n" for n in range(1_900))
    path = written(tmp_path, "endings:", choices + "endings:")
    findings = build_story(path).findings
    assert len(findings) == 200
    assert {f.code for f in findings} == {"DG114"}


def test_a_draft_stays_safe_to_analyse_after_findings_are_no_longer_listed(
    tmp_path: Path,
) -> None:
    choices = "".join(
        f"      c{n}: {{text: T, goto: b, if: lost > {n}, locked: L, effects: [gone += {n}]}}\n"
        for n in range(300)
    )
    draft = (
        build_story(written(tmp_path, "endings:", choices + "endings:"))
        .stories["small"]
        .draft
    )
    assert draft is not None
    assert {(choice.when, choice.effects) for _, choice in draft.choices()} == {
        ("", ())
    }
