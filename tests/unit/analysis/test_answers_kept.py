"""All that the analysis answers about a handful of stories, kept beside the tests.

That the analysis answers rightly is tested by brute force elsewhere in this folder, on other
stories; here it is that none of these answers changes unseen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from tests.builders import choice, scene, story

from dialogue_game.analysis.check import check_story
from dialogue_game.analysis.solver import solve
from dialogue_game.analysis.story_figures import figures
from dialogue_game.analysis.walks import Walk, coverage
from dialogue_game.core.story import Branch, Cost, Exhibit, Paragraph, Story

PEOPLE = {"mood": 1, "told": False, "tone": "calm", "hours": 0}
LONG = Paragraph("A long remark about the day, which says nothing new. " * 9)
OFFICE = story(
    scene(
        "desk",
        choice("ask", "hall", "g1 upholds", stance="consult", effects=("mood += 2",)),
        choice("write it at once", "hall", "g1 strains", "g2 upholds", stance="bold",
               effects=("told = true", "hours += 3"), cost=Cost("Ann waits.", "ann")),
        choice("nod", "hall", stance="wait", consequence=(LONG,)),
        group="full",
        text=(Paragraph("Four words stand here."), Paragraph("Two more.", "mood > 1")),
        exhibits=(
            Exhibit("mail", "email", {"subject": "One two", "body": "Three four five six",
                                      "from": "not counted"}),
            Exhibit("talk", "chat", {}, items=({"text": "Seven eight"}, {"text": "Nine"}),
                    when="told"),
        ),
    ),
    scene("hall", goto=(Branch("room", "told"), Branch("yard"))),
    scene(
        "room",
        choice("stay", "yard", "g2 models", "g1 strains", stance="act"),
        choice("leave", "gone", "g2 breaches", when="hours >= 3", locked="Too soon."),
        choice("never", "gone", when="hours > 9", locked="Not today."),
        text=(Paragraph("Told it.", "told"), Paragraph("Never told.", "not told")),
        enter=("hours += 1",),
    ),
    scene(
        "yard",
        choice("thank", "fine", "g1 models", stance="consult"),
        choice("grumble", "poorly", "g1 breaches", "g3 upholds", stance="retreat",
               goto=(Branch("fine", "mood >= 3"), Branch("poorly"))),
        choice("shrug", "so_so", stance="wait", text="Shrug, look away and say nothing."),
        choice("remember", "fine", "g1 upholds", when="chose(desk.ask)", locked="You did not."),
        text=(Paragraph("The yard.", "visited(room)"), Paragraph("Rain.")),
    ),
    endings={"fine": "good", "poorly": "poor", "so_so": "neutral", "gone": "poor"},
    variables=PEOPLE,
)  # fmt: skip
LOOP = story(
    scene(
        "ring",
        choice("round", "ring", "g1 upholds", effects=("mood += 1",),
               when="mood < 6", locked="No."),
        choice("out", "end", "g1 strains", when="mood > 2", locked="Not yet."),
        choice("down", "pit", when="tone == 'calm'", locked="No."),
    ),
    scene("pit", choice("up", "shaft"), choice("still", "pit", effects=("tone = 'wild'",))),
    scene("shaft", choice("fall", "pit"), choice("climb", "end", when="mood > 7", locked="No.")),
    scene("lost", choice("wait", "end")),
    endings={"end": "good", "nowhere": "poor"},
    variables=PEOPLE,
)  # fmt: skip
GROWING = story(
    scene(
        "pump",
        choice("big", "pump", "g2 upholds", effects=("hours += 2",)),
        choice("small", "pump", effects=("hours -= 1", "mood = hours")),
        choice("stop", "end", when="hours == mood", locked="No."),
        choice("odd", "far", when="hours + mood > 30", locked="No."),
        choice("spare", "far", when="told", locked="No."),
    ),
    scene("far", choice("x", "end", "g1 breaches"), choice("y", "end", "g1 models")),
    variables=PEOPLE,
)
CHAIN = story(
    *(
        scene(
            f"s{n}",
            choice("a", f"s{n + 1}", "g1 upholds", effects=(f"v{n} = true",)),
            choice("b", f"s{n + 1}", "g1 breaches", "g2 upholds"),
            choice("c", f"s{n + 2}", when=f"v{max(n - 2, 0)}", locked="No."),
        )
        for n in range(6)
    ),
    scene("s6", choice("all", "s7", when="v0 and v1 and v4 and not v5", locked="No.")
          , choice("on", "s7"), choice("sum", "s7", when="earned > 60", locked="No.")),
    scene("s7", choice("end", "end"), choice("bad", "bad", when="not v3", locked="No.")),
    endings={"end": "good", "bad": "poor"},
    variables={f"v{n}": False for n in range(6)},
)  # fmt: skip
STORIES = {"office": OFFICE, "loop": LOOP, "growing": GROWING, "chain": CHAIN}


@pytest.mark.parametrize("name", STORIES)
def test_the_figures_are_those_kept(name: str, snapshot: SnapshotAssertion) -> None:
    assert figures(solve(STORIES[name], 5_000)).as_dict() == snapshot


def answers(told: Story, bound: int) -> dict[str, Any]:
    solution = solve(told, bound)
    return {
        "verdicts": {
            key: (str(verdict.value), solution.witness(key))
            for key, verdict in solution.verdicts.items()
        },
        "never": sorted(solution.never),
        "always": sorted(solution.always),
        "stuck": sorted(map(str, (stuck.scene for stuck in solution.stuck))),
        "complete": solution.complete,
    }


@pytest.mark.parametrize("bound", [1, 6, 20, 60, 5_000])
@pytest.mark.parametrize("name", STORIES)
def test_what_is_proved_within_a_bound_is_what_was_kept(
    name: str, bound: int, snapshot: SnapshotAssertion
) -> None:
    assert answers(STORIES[name], bound) == snapshot


@pytest.mark.parametrize("name", ["office", "loop", "chain"])
@pytest.mark.parametrize("kind", ["scenario", "aid"])
def test_what_is_found_is_what_was_kept(
    name: str, kind: str, snapshot: SnapshotAssertion
) -> None:
    told = replace(STORIES[name], kind=kind)
    walks = (
        Walk("first", ("desk.ask", "yard.thank"), "poorly"),
        Walk("no", ("x.y",), "end"),
    )
    found = check_story(told, {}, walks).findings
    assert [f"{n.code} {n.message} {n.advice}" for n in found] == snapshot


def test_coverage_of_the_office_is_counted() -> None:
    walks = [
        ("desk.ask", "yard.thank"),
        ("desk.nod", "yard.shrug"),
        ("desk.ask", "yard.gone"),
    ]
    met = coverage(OFFICE, walks)
    assert met.scenes == {"desk": 3, "hall": 3, "room": 0, "yard": 3}
    assert {name: times for name, times in met.choices.items() if times} == {
        "desk.ask": 2,
        "desk.nod": 1,
        "yard.thank": 1,
        "yard.shrug": 1,
    }
    assert {name: times for name, times in met.endings.items() if times} == {
        "fine": 1,
        "so_so": 1,
    }
