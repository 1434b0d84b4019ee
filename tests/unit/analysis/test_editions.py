"""Nine edits of a story, each right or said openly; none silent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.builders import choice, scene, story

from dialogue_game.analysis.editions import DecisionVerdict, migrate
from dialogue_game.core.engine import begin, replay
from dialogue_game.core.events import (
    ChoiceMade,
    PlayEvent,
    PlaythroughStarted,
    Reflected,
)
from dialogue_game.core.story import Branch, Paragraph, Scene, Story

V = DecisionVerdict


def doorway(**changes: Any) -> Scene:
    sign = choice(
        "sign",
        "phone",
        "g1 breaches",
        effects=("trust += 1",),
        **changes.pop("sign", {}),
    )
    write = choice("write", "phone", "g1 models")
    return scene("doorway", *changes.pop("choices", (sign, write)), **changes)


def tale(*scenes: Scene, **extra: Any) -> Story:
    phone = scene(
        "phone",
        choice("tell", "good", "g1 upholds"),
        choice("no", "poor", "g1 strains"),
    )
    given = {s.id: s for s in scenes}
    rows = [given.pop("doorway", doorway()), given.pop("phone", phone), *given.values()]
    variables = extra.pop("variables", {"trust": 1, "told": False})
    endings = {"good": "good", "poor": "poor"}
    return story(*rows, endings=endings, variables=variables, **extra)


OLD = tale()
RUN: tuple[PlayEvent, ...] = (
    *begin(OLD),
    ChoiceMade("doorway", "sign"),
    Reflected("On Monday I will ask."),
    ChoiceMade("phone", "tell"),
)


def verdicts(new: Story) -> list[DecisionVerdict]:
    return [decision.verdict for decision in migrate(OLD, new, RUN).verdicts]


def said(new: Story) -> str:
    return "; ".join(d for v in migrate(OLD, new, RUN).verdicts for d in v.differences)


def test_the_same_edition_gives_the_same_playthrough() -> None:
    migration = migrate(OLD, OLD, RUN)
    assert {v.verdict for v in migration.verdicts} <= {DecisionVerdict.SAME}
    assert migration.events == RUN
    assert migration.stopped_at is None


def test_a_text_fix_is_a_change_of_wording() -> None:
    new = tale(doorway(text=(Paragraph("This is the doorway."),)))
    assert verdicts(new) == [V.WORDING_CHANGED, V.SAME]
    assert "the scene's text has changed" in said(new)


def test_a_new_variable_changes_nothing() -> None:
    assert verdicts(tale(variables={"trust": 1, "told": False, "reach": 0})) == [
        V.SAME,
        V.SAME,
    ]


def test_a_changed_effect_is_told_with_what_differs() -> None:
    sign = choice("sign", "phone", "g1 breaches", effects=("trust += 2",))
    new = tale(doorway(choices=(sign, choice("write", "phone", "g1 models"))))
    assert verdicts(new) == [V.EFFECT_CHANGED, V.SAME]
    assert "effects: trust += 2, not trust += 1" in said(new)


def test_a_changed_mark_is_told_with_what_it_earns_now() -> None:
    sign = choice("sign", "phone", "g1 upholds", effects=("trust += 1",))
    new = tale(doorway(choices=(sign, choice("write", "phone", "g1 models"))))
    assert verdicts(new)[0] is V.EFFECT_CHANGED
    assert "marks: upholds g1, not breaches g1" in said(new)


def test_choices_in_another_order_are_the_same_choices() -> None:
    new = tale(doorway(choices=tuple(doorway().choices.values())[::-1]))
    assert verdicts(new) == [V.SAME, V.SAME]


def test_a_choice_inserted_above_never_takes_the_old_ones_place() -> None:
    ask = choice("ask", "phone", "g1 upholds")
    new = tale(doorway(choices=(ask, *doorway().choices.values())))
    migration = migrate(OLD, new, RUN)
    assert [event for event in migration.events if isinstance(event, ChoiceMade)] == [
        ChoiceMade("doorway", "sign"),
        ChoiceMade("phone", "tell"),
    ]
    assert migration.verdicts[0].verdict is V.WORDING_CHANGED
    assert migration.verdicts[0].differences == ("the other options have changed",)


def test_an_inserted_choice_that_moves_the_stakes_is_an_effect() -> None:
    worse = choice("burn", "phone", "g1 breaches", "g2 breaches")
    new = tale(doorway(choices=(worse, *doorway().choices.values())))
    assert verdicts(new) == [V.EFFECT_CHANGED, V.SAME]
    assert "earns 2 of 6, not 0 of 4" in said(new)


def test_a_removed_variable_is_told_where_it_was_set() -> None:
    new = tale(
        doorway(
            choices=(choice("sign", "phone", "g1 breaches"), doorway().choices["write"])
        ),
        variables={},
    )
    assert verdicts(new) == [V.EFFECT_CHANGED, V.SAME]
    assert "effects: none, not trust += 1" in said(new)


def renamed_scene(**extra: Any) -> Story:
    hall = replace(doorway(), id="hall")
    old = tale(**extra)
    return replace(
        old, start="hall", scenes={"hall": hall, "phone": old.scenes["phone"]}
    )


def test_a_renamed_scene_with_an_alias_is_followed() -> None:
    migration = migrate(OLD, renamed_scene(aliases={"doorway": "hall"}), RUN)
    assert [d.verdict for d in migration.verdicts] == [V.RENAMED, V.SAME]
    assert migration.verdicts[0].now == "hall.sign"
    assert migration.events[1] == ChoiceMade("hall", "sign")


def test_a_renamed_choice_with_an_alias_is_followed() -> None:
    put = replace(doorway().choices["sign"], id="put_name")
    new = tale(
        doorway(choices=(put, doorway().choices["write"])),
        aliases={"doorway.sign": "doorway.put_name"},
    )
    assert verdicts(new) == [V.RENAMED, V.SAME]


def test_a_renamed_scene_without_an_alias_stops_there_and_says_so() -> None:
    migration = migrate(OLD, renamed_scene(), RUN)
    assert [d.verdict for d in migration.verdicts] == [V.GONE]
    assert migration.stopped_at == 0
    assert migration.reason == "the scene “doorway” is gone"
    assert migration.events == (PlaythroughStarted("tale", "first"),)


def test_a_removed_choice_stops_there_and_keeps_what_came_before() -> None:
    phone = scene("phone", choice("no", "poor", "g1 strains"))
    migration = migrate(OLD, tale(phone), RUN)
    assert [d.verdict for d in migration.verdicts] == [V.SAME, V.GONE]
    assert migration.stopped_at == 1
    assert "“tell” is gone from “phone”" in migration.reason
    assert replay(tale(phone), migration.events).scene == "phone"
    assert Reflected("On Monday I will ask.") in migration.events


def test_a_choice_that_is_locked_now_stops_with_its_reason() -> None:
    tell = replace(
        OLD.scenes["phone"].choices["tell"], when="trust >= 5", locked="No trust."
    )
    migration = migrate(OLD, tale(scene("phone", tell, choice("no", "poor"))), RUN)
    assert migration.stopped_at == 1
    assert "locked here: No trust." in migration.reason


def test_a_choice_that_leads_elsewhere_is_told_and_the_next_decision_stops() -> None:
    sign = replace(doorway().choices["sign"], goto=(Branch("cafe"),))
    cafe = scene("cafe", choice("wait", "poor"))
    new = tale(doorway(choices=(sign, doorway().choices["write"])), cafe)
    migration = migrate(OLD, new, RUN)
    assert [d.verdict for d in migration.verdicts] == [V.EFFECT_CHANGED, V.GONE]
    assert "leads to “cafe”, not to “phone”" in migration.verdicts[0].differences
    assert migration.reason == "the story now leads to “cafe” here, not to “phone”"


@pytest.mark.parametrize("edition", ["first", "second"])
def test_the_replayed_start_is_of_the_new_edition(edition: str) -> None:
    start = migrate(OLD, replace(OLD, edition=edition), RUN).events[0]
    assert start == PlaythroughStarted("tale", edition)
