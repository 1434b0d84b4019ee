"""Sheets for blind readers give nothing away, and are scored as the game scores."""

from __future__ import annotations

from dialogue_game.core.story import Detail, Exhibit, Paragraph, Story
from dialogue_game.reporting.blind_sheets import read_answers, scores, sheet
from tests.builders import choice, scene, story


def tale() -> Story:
    memo = Exhibit(
        "memo",
        "memo",
        {"text": "Come at nine."},
        details=(Detail("d", "the date", "It is old."),),
    )
    first = scene(
        "first",
        choice("best_id", "second", "g1 models", text="Go there."),
        choice("worst_id", "second", "g1 breaches", text="Stay here."),
        choice("hidden_id", "second", "g1 upholds", text="Never shown.", when="late"),
        text=(Paragraph("It rings."), Paragraph("Too late.", "late")),
        exhibits=(memo,),
    )
    second = scene(
        "second",
        choice("left_id", "end", "g2 upholds", text="Turn left."),
        choice("right_id", "end", "g2 strains", text="Turn right."),
    )
    return story(first, second, variables={"late": False})


def test_a_sheet_of_options_has_no_ids_no_marks_and_no_scene() -> None:
    text = sheet([tale()], "options", 1).text
    assert "Go there." in text
    assert "Never shown." not in text
    for given in ("best_id", "models", "g1", "It rings.", "Come at nine."):
        assert given not in text


def test_a_glance_shows_the_scene_as_one_state_has_it_and_closer_the_details() -> None:
    glance, closer = sheet([tale()], "glance", 1), sheet([tale()], "closer", 1)
    assert "It rings." in glance.text
    assert "Come at nine." in glance.text
    assert "Too late." not in glance.text
    assert "It is old." not in glance.text
    assert "Looking closer at the date: It is old." in closer.text
    assert glance.key == closer.key == sheet([tale()], "options", 1).key


def test_another_seed_is_another_order() -> None:
    keys = {str(sheet([tale()], "options", seed).key) for seed in range(8)}
    assert len(keys) > 2


def test_picks_earn_what_they_stand_above_the_worst_option() -> None:
    key = {
        "T01": {"story": "tale", "options": [["a", 2], ["b", -2], ["c", 1]]},
        "T02": {"story": "tale", "options": [["a", 1], ["b", -1]]},
    }
    answers, wrong = read_answers(["T01 c b", "t02: b", "", "T09 a", "T01 z"], key)
    assert answers == {"T01": ("c", "b"), "T02": ("b", "")}
    assert len(wrong) == 2
    (score,) = scores(key, answers)
    assert (score.earned, score.named, score.answered) == (0.5, 0, 2)
    assert score.worst == 1
    assert round(score.chance, 3) == round((1 / 3 + 1 / 2) / 2, 3)
    assert round(score.random, 3) == round((7 / 3 + 1) / 6, 3)
