"""What format 2 brings to the engine: pages, entering, conditions in sentences, time, order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.core import engine
from dialogue_game.core.clock import Clock
from dialogue_game.core.events import ChoiceMade, Continued, PlayEvent
from dialogue_game.core.scoring import decisions, profile
from dialogue_game.core.state import State
from dialogue_game.core.story import (
    Branch,
    Cost,
    Ending,
    Exhibit,
    Option,
    Paragraph,
    Scene,
    Story,
)
from dialogue_game.core.template import (
    conditional_texts,
    fnv1a,
    render,
    shuffled_options,
    template,
    with_literal_conditions,
)
from dialogue_game.errors import ChoiceNotAvailable
from tests.builders import choice, scene, story
from tests.strategies import stories

TURNS = st.lists(st.integers(0, 5), max_size=12)


def page(name: str, *goto: Branch, **extra: object) -> Scene:
    return replace(scene(name, **extra), goto=goto)


def played(told: Story, turns: list[int]) -> tuple[list[PlayEvent], list[State]]:
    """The events and states of a run that turns as told."""
    events = list(engine.begin(told))
    states = [engine.replay(told, events)]
    for turn in turns:
        here = states[-1]
        if here.ended:
            break
        options = engine.available(told, here)
        if told.scenes[here.scene].continues:
            events.append(Continued(here.scene))
        elif options:
            events.append(ChoiceMade(here.scene, options[turn % len(options)]))
        else:
            break
        states.append(engine.evolve(told, here, events[-1]))
    return events, states


@given(stories(second=True), TURNS)
def test_a_replay_is_the_same_as_evolving_event_by_event(
    told: Story, turns: list[int]
) -> None:
    events, states = played(told, turns)
    assert engine.replay(told, events) == states[-1]


@given(stories(second=True), TURNS)
def test_reading_on_follows_from_the_choices_alone(
    told: Story, turns: list[int]
) -> None:
    events, states = played(told, turns)
    bare = [event for event in events if not isinstance(event, Continued)]
    if isinstance(events[-1], Continued):
        states.append(engine.read_on(told, engine.replay(told, bare))[1])
    else:
        assert engine.replay(told, bare) == states[-1]
    assert decisions(told, bare) == decisions(told, events)


@given(stories(second=True), TURNS)
def test_what_conditions_read_of_the_profile_is_what_the_profile_says(
    told: Story, turns: list[int]
) -> None:
    events, states = played(told, turns)
    shows = profile(told, decisions(told, events))
    known = states[-1].variables
    at_stake = shows.overall.at_stake
    assert known["earned"] == (
        100 * shows.overall.earned // at_stake if at_stake else 100
    )
    assert known["decisions"] == states[-1].decisions
    breached = {
        result.guideline for result in shows.guidelines if _open_breach(result.evidence)
    }
    assert known["unrepaired()"] == bool(breached)
    assert known["unrepaired(g1)"] == ("g1" in breached)


def _open_breach(evidence: tuple[object, ...]) -> bool:
    open_ = False
    for item in evidence:
        mark = item.mark  # type: ignore[attr-defined]
        open_ = mark.word == "breaches" or (open_ and mark.weight < 0)
    return open_


def test_a_continue_page_is_read_and_is_no_decision() -> None:
    told = story(page("first", Branch("second")), scene("second", choice("go")))
    begun = engine.replay(told, engine.begin(told))
    assert engine.situation(told, begun).continues
    assert engine.situation(told, begun).options == ()
    for word in ("continue", "next", "1"):
        assert engine.decide(told, begun, word) == (Continued("first"),)
    after = engine.evolve(told, begun, Continued("first"))
    assert (after.scene, after.decisions) == ("second", 0)
    assert after.visited == {"first", "second"}
    with pytest.raises(ChoiceNotAvailable):
        engine.decide(told, begun, "go")


def test_entering_does_its_effects_the_first_time_and_then_every_time() -> None:
    told = story(
        scene(
            "hall",
            choice("again", "hall"),
            choice("go"),
            first_enter=("seen += 10",),
            enter=("seen += 1",),
            text=(Paragraph("{seen}"),),
        ),
        variables={"seen": 0},
    )
    state = engine.replay(told, engine.begin(told))
    assert engine.situation(told, state).text == ("11",)
    state = engine.evolve(told, state, ChoiceMade("hall", "again"))
    assert engine.situation(told, state).text == ("12",)


def test_effects_of_a_guarded_choice_are_done() -> None:
    told = story(
        scene(
            "hall",
            choice("go", when="trust > 0", locked="No.", effects=("trust += 1",)),
            choice("leave"),
        ),
        endings={"end": "good"},
        variables={"trust": 1},
    )
    state = engine.replay(told, engine.begin(told))
    assert engine.evolve(told, state, ChoiceMade("hall", "go")).variables["trust"] == 2


def test_a_choice_that_cannot_be_taken_and_gives_no_reason_is_not_shown() -> None:
    told = story(
        scene(
            "hall",
            choice("go", when="false"),
            choice("stay", when="false", locked="Shut."),
        )
    )
    state = engine.replay(told, engine.begin(told))
    assert [(o.id, o.locked) for o in engine.situation(told, state).options] == [
        ("stay", "Shut.")
    ]


def test_an_unwritten_scene_ends_a_play_and_says_so() -> None:
    told = story(
        scene("hall", choice("go", "later")), Scene("later", "Not written yet", (), {})
    )
    state = engine.evolve(
        told, engine.replay(told, engine.begin(told)), ChoiceMade("hall", "go")
    )
    assert engine.situation(told, state).stub
    with pytest.raises(ChoiceNotAvailable, match="not written"):
        engine.decide(told, state, "go")


def test_a_cost_without_a_due_scene_is_the_last_thing_the_consequence_says() -> None:
    told = story(
        scene("hall", choice("go", cost=Cost("It cost {price}.", "ann"))),
        variables={"price": 3},
    )
    shown = engine.consequence(told, engine.replay(told, engine.begin(told)), "go")
    assert shown.text == ("go happens.", "It cost 3.")
    assert shown.cost == Cost("It cost 3.", "ann")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("You {if trust > 1: stay|go}.", "You stay."),
        ("You {if trust > 2: stay|go}.", "You go."),
        ("You{if trust > 2:  stay}.", "You."),
        ("{if tone == 'a:b': yes|no}", "yes"),
        ("{if trust > 1: {trust} || more|less}", "2 | more"),
        ("{if trust > 1: {{a}}}", "{a}"),
        ("{{if trust > 1: x}}", "{if trust > 1: x}"),
        ("{if trust > 1 nothing}", "{if trust > 1 nothing}"),
        ("{if trust > 1: never closed", "{if trust > 1: never closed"),
    ],
)
def test_a_condition_inside_a_sentence(text: str, shown: str) -> None:
    assert render(text, {"trust": 2, "tone": "a:b"}, set(), set()) == shown


@pytest.mark.parametrize(
    "text", ["{if a b}", "{if a: b", "{if a: b|c|d}", "{if a: {if b: c}}"]
)
def test_what_is_no_condition_is_told_to_the_author(text: str) -> None:
    assert template(text).problems


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for written in (text, "{if " + text, "{if true: " + text + "}"):
        for piece in conditional_texts(written):
            assert piece.condition in written
    assert isinstance(template("{if " + text).pieces, tuple)


def test_format_one_shows_the_form_as_it_stands() -> None:
    text = "{if trust > 1: x} {trust}"
    assert (
        render(with_literal_conditions(text), {"trust": 2}, set(), set())
        == "{if trust > 1: x} 2"
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 2166136261),
        ("a", 3826002220),
        ("1/desk/call", 2236679917),
        ("1/desk/wait", 70340420),
        ("1/desk/ask", 3364275150),
        ("4294967295/desk/call", 3001992991),
    ],
)
def test_the_hash_is_fnv_1a(text: str, number: int) -> None:
    assert fnv1a(text) == number


@given(st.integers(1, 2**32 - 1))
def test_a_seed_orders_the_same_options_always_alike(seed: int) -> None:
    options = [Option(name, name) for name in ("call", "wait", "ask", "leave")]
    ordered = shuffled_options(options, "hall", seed)
    assert sorted(ordered, key=lambda o: o.id) == sorted(options, key=lambda o: o.id)
    assert shuffled_options(options[::-1], "hall", seed) == ordered


def test_only_a_seed_and_a_shuffled_scene_change_the_order() -> None:
    told = story(
        scene("desk", choice("call"), choice("wait"), choice("ask"), shuffled=True)
    )

    def order(seed: int) -> tuple[str, ...]:
        begun = engine.replay(told, engine.begin(told, seed=seed))
        return tuple(option.id for option in engine.situation(told, begun).options)

    assert len({order(seed) for seed in range(1, 40)}) == 6
    assert order(1) == ("wait", "call", "ask")
    assert order(0) == ("call", "wait", "ask")


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (540, "Monday 09:00"),
        (1439, "Monday 23:59"),
        (1440, "Tuesday 00:00"),
        (6 * 1440 + 980, "Sunday 16:20"),
        (7 * 1440, "Monday 00:00, day 8"),
        (11 * 1440 + 980, "Friday 16:20, day 12"),
    ],
)
def test_a_clock_is_shown_as_a_day_and_a_time(minutes: int, told: str) -> None:
    assert Clock(540, 0).text(minutes) == told


def test_a_clock_that_counts_days_says_so() -> None:
    assert Clock(540).text(1440 + 605) == "day 2 10:05"


def test_an_ending_may_have_effects_of_entering() -> None:
    told = story(scene("hall", choice("go", "out")), variables={"n": 1})
    told = replace(
        told,
        endings={"out": Ending("out", "good", "Out", (Paragraph("{n}"),), ("n += 1",))},
    )
    state = engine.evolve(
        told, engine.replay(told, engine.begin(told)), ChoiceMade("hall", "go")
    )
    assert engine.situation(told, state).text == ("2",)


def test_an_exhibit_is_there_only_where_its_condition_on_a_choice_holds() -> None:
    letter = Exhibit("note", "note", {"body": "Hello."}, when="chose(hall.go)")
    told = story(
        scene("hall", choice("go", "attic"), choice("wait", "attic")),
        scene("attic", choice("leave"), exhibits=(letter,)),
    )
    begun = engine.replay(told, engine.begin(told))
    gone = engine.evolve(told, begun, ChoiceMade("hall", "go"))
    waited = engine.evolve(told, begun, ChoiceMade("hall", "wait"))
    assert [exhibit.id for exhibit in engine.situation(told, gone).exhibits] == ["note"]
    assert engine.situation(told, waited).exhibits == ()
