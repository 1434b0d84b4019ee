"""Each rule on a small story: what it says, where, and what it leaves unsaid."""

from __future__ import annotations

from collections.abc import Sequence

from tests.builders import GUIDELINES, choice, scene, story

from dialogue_game.analysis.check import StoryFile, check_course, check_story
from dialogue_game.analysis.findings import Finding, PathKey, Place
from dialogue_game.analysis.walks import Walk
from dialogue_game.core.story import Branch, Paragraph, Scene, Story

WORDS = (Paragraph("word " * 40),)
OTHERS = (Paragraph("another " * 40),)
ROWS = Place("story.yaml", 7, 3)


def found(told: Story, *codes: str, walks: Sequence[Walk] = ()) -> list[Finding]:
    report = check_story(told, {("scenes",): ROWS}, walks)
    return [
        noticed for noticed in report.findings if noticed.code in codes or not codes
    ]


def codes(told: Story, walks: Sequence[Walk] = ()) -> set[str]:
    return {noticed.code for noticed in found(told, walks=walks)}


def aid(*scenes: Scene, **extra: object) -> Story:
    return story(*scenes, kind="aid", **extra)  # type: ignore[arg-type]


WALKED = (Walk("through", ("a.x",), "end"),)


def test_a_clean_story_has_nothing_said_against_it() -> None:
    clean = story(
        scene(
            "a",
            choice("x", "end", "g1 upholds", consequence=WORDS),
            choice("y", "end", "g1 breaches", consequence=OTHERS),
        )
    )
    assert found(clean, walks=WALKED) == []


def test_findings_stand_at_the_nearest_place_known() -> None:
    noticed = found(aid(scene("a", choice("x")), scene("b", choice("x"))), "DG120")
    assert [n.place for n in noticed] == [ROWS]


def test_an_island_of_two_is_two_scenes_and_no_choices() -> None:
    told = aid(
        scene("a", choice("x")),
        scene("b", choice("x", "c")),
        scene("c", choice("x", "b")),
    )
    assert [n.message for n in found(told, "DG120", "DG121", "DG124")] == [
        "No play reaches the scene “b”: only “c” leads here, and cannot be reached either.",
        "No play reaches the scene “c”: only “b” leads here, and cannot be reached either.",
    ]


def test_an_ending_behind_an_impossible_condition_names_it_and_it_is_told_where_it_stands() -> (
    None
):
    told = aid(
        scene("a", choice("x"), choice("y", "far", when="trust > 5", locked="No.")),
        endings={"end": "neutral", "far": "neutral"},
        variables={"trust": 1},
    )
    noticed = found(told, "DG121", "DG122", "DG203")
    assert [n.code for n in noticed] == ["DG122", "DG203"]
    assert "“trust > 5” (a.y, line 7) never holds" in noticed[0].message


def test_an_ending_behind_a_goto_that_always_goes_elsewhere_names_that_condition() -> (
    None
):
    told = aid(
        scene("a", choice("x", goto=(Branch("end", "trust > 0"), Branch("far")))),
        endings={"end": "neutral", "far": "neutral"},
        variables={"trust": 1},
    )
    noticed = found(told, "DG122", "DG203", "DG204")
    assert [n.code for n in noticed] == ["DG122", "DG204"]
    assert "“trust > 0” (a.x, line 7) always holds" in noticed[0].message


def test_a_choice_that_can_never_be_taken_is_told_where_its_target_is_reached_otherwise() -> (
    None
):
    shut = choice("y", when="told", locked="No.")
    told = aid(scene("a", choice("x"), shut), variables={"told": False})
    assert [n.code for n in found(told, "DG121", "DG203")] == ["DG121"]


def test_a_guard_that_always_holds_decides_nothing() -> None:
    told = aid(scene("a", choice("x", when="visited(a)", locked="No.")))
    assert [n.code for n in found(told, "DG121", "DG204")] == ["DG204"]


def test_a_stuck_scene_tells_the_walk_to_it() -> None:
    told = aid(
        scene("a", choice("x", "b"), choice("y", "b", effects=("keys += 1",))),
        scene("b", choice("open", when="keys > 0", locked="Locked.")),
        variables={"keys": 0},
    )
    assert [n.message for n in found(told, "DG125")] == [
        "Every option of “b” may be locked: after a.x."
    ]


def test_a_cycle_that_a_condition_can_leave_is_no_trap() -> None:
    told = aid(
        scene(
            "a",
            choice(
                "x", effects=("n += 1",), goto=(Branch("end", "n > 3"), Branch("a"))
            ),
        ),
        variables={"n": 0},
    )
    assert not found(told, "DG124", "DG125")


def test_a_cycle_that_a_condition_shuts_for_good_is_a_trap() -> None:
    told = aid(
        scene("a", choice("x", "b"), choice("y", "b", effects=("lost = true",))),
        scene("b", choice("go", when="not lost", locked="No."), choice("wait", "b")),
        variables={"lost": False},
    )
    assert [n.message for n in found(told, "DG124")] == [
        "There is no way out of b → b, after a.y."
    ]


def test_a_variable_that_a_text_shows_counts_as_read() -> None:
    shown = scene(
        "a", choice("x", effects=("n += 1",)), text=(Paragraph("{n} of them."),)
    )
    assert not found(aid(shown, variables={"n": 0}), "DG205")
    assert found(
        aid(scene("a", choice("x", effects=("n += 1",))), variables={"n": 0}), "DG205"
    )


def test_a_variable_passed_on_to_one_that_is_read_counts_as_read() -> None:
    told = aid(
        scene("a", choice("x", "b", effects=("n = m",)), choice("y", "b")),
        scene("b", choice("z", when="n > 0", locked="No."), choice("w")),
        variables={"n": 0, "m": 1},
    )
    assert not found(told, "DG205")


def test_a_text_that_nobody_reads_is_told() -> None:
    told = aid(
        scene("a", choice("x", "b"), choice("y")),
        scene(
            "b", choice("z"), text=(Paragraph("Here."), Paragraph("Y.", "chose(a.y)"))
        ),
    )
    assert [n.message for n in found(told, "DG203")] == [
        "“chose(a.y)” never holds here, so nobody reads this."
    ]


def test_a_cycle_that_adds_marks_is_named() -> None:
    told = story(
        scene("a", choice("x", "b", "g1 upholds"), choice("out", "end", "g1 strains")),
        scene("b", choice("back", "a", "g2 upholds")),
    )
    assert [n.message for n in found(told, "DG206")] == [
        "unbounded: a → b → a adds +1 to g1, +1 to g2."
    ]


def test_past_the_bound_one_note_says_what_is_open() -> None:
    told = aid(
        scene(
            "a",
            choice("up", "a", effects=("n += 1",)),
            choice("down", "a", effects=("m += 1",)),
            choice("out", when="n > m", locked="No."),
        ),
        variables={"n": 0, "m": 0},
    )
    report = check_story(told, {}, bound=50)
    noticed = [n for n in report.findings if n.code == "DG208"]
    assert len(noticed) == 1
    assert "Not every state" in noticed[0].message


def test_aids_are_exempt_from_teaching_rules() -> None:
    bare = scene("a", choice("x", consequence=()))
    assert "DG301" in codes(story(bare))
    assert not {"DG301", "DG302", "DG403"} & codes(aid(bare))


def test_a_tonal_choice_needs_no_marks() -> None:
    assert "DG302" not in codes(story(scene("a", choice("x", tonal=True))))


def test_a_walk_that_ends_elsewhere_and_one_that_is_locked_are_told() -> None:
    told = aid(
        scene(
            "a", choice("x"), choice("y", "far"), choice("z", when="no", locked="No.")
        ),
        endings={"end": "neutral", "far": "neutral"},
        variables={"no": False},
    )
    walks = (
        Walk("one", ("a.x",), "far"),
        Walk("two", ("a.z",), "end"),
        Walk("three", (), "end"),
    )
    messages = [n.message for n in found(told, "DG501", "DG502", walks=walks)]
    assert sorted(messages) == [
        "Walk “one” reaches “end”, not “far”.",
        "Walk “three” reaches only the scene “a”, not “end”.",
        "Walk “two”: a.z is locked here; available are x, y.",
    ]


def test_a_walk_reads_on_through_continue_pages() -> None:
    told = story(
        scene("a", choice("x", "page")),
        scene("page", goto=(Branch("b"),)),
        scene("b", choice("y")),
    )
    assert not found(
        told, "DG501", "DG502", walks=(Walk("through", ("a.x", "b.y"), "end"),)
    )


def test_a_walks_verdicts_are_checked() -> None:
    told = story(
        scene("a", choice("x", "end", "g1 upholds"), choice("y", "end", "g1 breaches"))
    )
    walks = (Walk("one", ("a.x",), "end", {"g1": "breached", "g2": "not tested"}),)
    assert [n.message for n in found(told, "DG501", walks=walks)] == [
        "Walk “one” ends with g1 upheld, not breached."
    ]


def test_words_before_a_decision_count_consequence_and_scene_together() -> None:
    long = (Paragraph("word " * 130),)
    told = aid(
        scene("a", choice("x", "b", consequence=long)),
        scene("b", choice("y"), text=long),
    )
    noticed = found(told, "DG401")
    assert len(noticed) == 1
    assert noticed[0].message.startswith("260 words")


def test_texts_that_exclude_each_other_are_not_added_up() -> None:
    either = (Paragraph("word " * 140, "told"), Paragraph("word " * 140, "not told"))
    told = aid(
        scene("a", choice("x", "b", effects=("told = true",)), choice("y", "b")),
        scene("b", choice("z"), text=either),
        variables={"told": False},
    )
    assert not found(told, "DG401")


def test_a_draft_with_a_dangling_target_has_no_followers() -> None:
    told = aid(scene("a", choice("x", "nowhere"), choice("y")))
    report = check_story(told, {}, draft=True)
    assert [n.code for n in report.findings] == []


def test_guidelines_are_looked_at_over_the_scenarios_of_a_course() -> None:
    one = story(
        scene("a", choice("x", "end", "g1 upholds"), choice("y", "end", "g2 strains"))
    )
    report = check_course([StoryFile(one, {})], GUIDELINES, {("g1",): ROWS})
    about = {
        n.code: n for n in report.findings if n.code in ("DG305", "DG306", "DG307")
    }
    assert "g3" in about["DG305"].message
    assert about["DG306"].place == ROWS
    assert "g2" in about["DG307"].message
    assert report.guideline_decisions == {"g1": 1, "g2": 1}


def test_nothing_is_missing_from_a_course_that_is_not_whole() -> None:
    one = story(
        scene("a", choice("x", "end", "g1 upholds"), choice("y", "end", "g1 strains"))
    )
    report = check_course([StoryFile(one, {})], GUIDELINES, {}, whole=False)
    assert "DG305" not in {n.code for n in report.findings}


def test_places_are_asked_for_by_the_paths_of_the_file() -> None:
    path: PathKey = ("scenes", "a", "choices", "x", "marks", 0)
    mark_place = Place("story.yaml", 12, 9)
    bare = choice("x", "end", "g1 upholds")
    silent = type(bare.marks[0])("g1", "upholds", "")
    told = story(
        scene("a", choice("y"), type(bare)("x", "X.", WORDS, bare.goto, (silent,)))
    )
    report = check_story(told, {path: mark_place})
    assert [n.place for n in report.findings if n.code == "DG304"] == [mark_place]
