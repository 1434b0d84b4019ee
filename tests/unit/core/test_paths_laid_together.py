"""Runs laid over one another and side by side: what a player's own map and a comparison hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from dialogue_game.core.comparison import compare
from dialogue_game.core.discovery import Lead, discover
from dialogue_game.core.events import (
    ChoiceMade,
    Continued,
    PlayEvent,
    PlaythroughStarted,
)
from dialogue_game.core.played_path import PlayedPath
from dialogue_game.core.story import Branch, Story
from tests.builders import choice, scene, story

TALE = story(
    scene(
        "hall",
        choice("ask", "page", "g1 upholds", effects=("key = true",)),
        choice("go", "page", "g1 breaches", "g2 upholds"),
    ),
    scene("page", goto=(Branch("room"),)),
    scene(
        "room",
        choice("open", "end", when="key", locked="It is locked."),
        choice("back", "hall", "g2 upholds"),
        choice("leave", "gone"),
    ),
    endings={"end": "good", "gone": "poor"},
    variables={"key": False},
)


def walked(
    run: str, *picks: str, who: Literal["you", "group"] = "you", tale: Story = TALE
) -> PlayedPath:
    events: list[PlayEvent] = [PlaythroughStarted(tale.id, tale.edition)]
    for pick in picks:
        at = "hall" if pick in ("ask", "go", "run") else "room"
        events.append(ChoiceMade(at, pick) if pick != "on" else Continued("page"))
    return PlayedPath(run, tale, tuple(events), who)


LONG = walked("long", "go", "on", "back", "ask", "on", "open")
SHORT = walked("short", "go", "on", "leave")


def test_a_map_counts_visits_tries_and_where_they_led() -> None:
    known = discover(TALE, [LONG, SHORT, walked("led", "ask", who="group")])
    hall, page, room = known.scenes
    assert [place.visits for place in known.scenes] == [3, 3, 3]
    assert [(o.id, o.state, o.taken, o.leads) for o in hall.options] == [
        ("ask", "tried", 1, (Lead("page", 1),)),
        ("go", "tried", 2, (Lead("page", 2),)),
    ]
    assert page.onward == (Lead("room", 3),)
    assert [(o.id, o.state, o.taken) for o in room.options] == [
        ("open", "tried", 1),
        ("back", "tried", 1),
        ("leave", "tried", 1),
    ]
    assert (known.runs, known.finished, known.groups, known.older) == (2, 2, 1, 0)
    assert known.open
    assert known.doors == 0
    assert [(end.id, end.times, end.latest) for end in known.endings] == [
        ("end", 1, "long"),
        ("gone", 1, "short"),
    ]
    assert (known.coverage.endings_found, known.coverage.options_tried) == (2, 5)
    assert known.coverage.both_sides == ("g1",)


def test_a_map_of_one_run_shows_what_it_met_and_counts_what_it_did_not() -> None:
    known = discover(TALE, [SHORT])
    assert not known.open
    assert (known.hidden_scenes, known.hidden_endings) == (0, 1)
    hall, room = known.scene("hall"), known.scene("room")
    assert hall is not None
    assert room is not None
    assert [(o.id, o.state, o.locked) for o in (*hall.options, *room.options)] == [
        ("ask", "untried", ""),
        ("go", "tried", ""),
        ("open", "locked", "It is locked."),
        ("back", "untried", ""),
        ("leave", "tried", ""),
    ]
    assert (hall.doors, room.doors, known.doors) == (1, 2, 3)
    assert (known.coverage.options_tried, known.coverage.options) == (2, 5)
    assert (known.coverage.both_sides, known.coverage.two_sided) == ((), ("g1",))


def test_the_run_that_stands_out_is_the_one_named_else_the_newest() -> None:
    paths = [LONG, SHORT, walked("third", "ask", "on", "open")]
    for named, shown in (
        ("", "long"),
        ("none", "long"),
        ("short", "short"),
        ("third",) * 2,
    ):
        known = discover(TALE, paths, run=named)
        assert known.shown == shown
    assert known.path == ("hall", "page", "room", "end")
    alone = discover(TALE, [walked("old", "go", tale=replace(TALE, edition="old"))])
    assert (alone.shown, alone.older, alone.runs, alone.scenes) == ("", 1, 0, ())


def test_a_door_open_on_one_side_alone_is_told_with_its_side_and_its_reason() -> None:
    asked, went = walked("one", "ask", "on", "open"), walked("two", "go", "on", "leave")
    for left, right, side in ((asked, went, "left"), (went, asked, "right")):
        compared = compare(left, right)
        assert compared.parting == "another choice"
        [door] = compared.openings
        assert (door.scene, door.choice) == ("room", "open")
        assert (door.locked, door.open_on) == ("It is locked.", side)
        assert [line.guideline.id for line in compared.guidelines if line.differs] == [
            "g1",
            "g2",
        ]


def test_what_another_edition_renamed_is_compared_as_the_same() -> None:
    hall = TALE.scenes["hall"]
    renamed = replace(
        TALE,
        edition="second",
        scenes={
            **TALE.scenes,
            "hall": replace(
                hall,
                choices={
                    "ask": hall.choices["ask"],
                    "run": replace(
                        hall.choices["go"], id="run", when="key", locked="No."
                    ),
                },
            ),
        },
        aliases={"hall.go": "hall.run"},
    )
    compared = compare(
        walked("one", "ask", "on", "back", "go"),
        walked("two", "ask", "on", "back", "run", tale=renamed),
    )
    assert compared.parting == "same road"
    assert len(compared.shared) == 3
    assert not compared.one_edition
    fresh = compare(walked("one", "go"), walked("two", "ask", tale=renamed))
    assert [(door.scene, door.choice, door.open_on) for door in fresh.openings] == [
        ("hall", "go", "left")
    ]
    swapped = compare(walked("two", "ask", tale=renamed), walked("one", "go"))
    assert [(door.choice, door.open_on) for door in swapped.openings] == [
        ("run", "right")
    ]
