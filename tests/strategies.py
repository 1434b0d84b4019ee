"""Hypothesis strategies that build core stories directly; shared by all tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from dialogue_game.core.course import Guideline
from dialogue_game.core.story import (
    MARK_WEIGHTS,
    Branch,
    Choice,
    Ending,
    Mark,
    MarkWord,
    Paragraph,
    Scene,
    Story,
    Value,
)

VARIABLES: dict[str, Value] = {"trust": 1, "reach": 0, "told": False, "tone": "calm"}
GUIDELINES = {
    f"g{n}": Guideline(f"g{n}", n, f"Guideline {n}", f"What guideline {n} says.")
    for n in (1, 2, 3)
}
ENDING_KINDS = ("good", "mixed", "poor")


def conditions(scenes: Sequence[str]) -> st.SearchStrategy[str]:
    """Conditions over VARIABLES and the given scenes (each with the choices a, b, c)."""
    simple = st.one_of(
        st.builds(
            lambda name, sign, number: f"{name} {sign} {number}",
            st.sampled_from(["trust", "reach"]),
            st.sampled_from([">=", "<", "==", "!=", ">", "<="]),
            st.integers(-2, 4),
        ),
        st.sampled_from(["told", "not told", "tone == 'calm'", "tone != 'cross'"]),
        st.sampled_from(list(scenes)).map(lambda scene: f"visited({scene})"),
        st.builds(
            lambda scene, choice: f"chose({scene}.{choice})",
            st.sampled_from(list(scenes)),
            st.sampled_from("abc"),
        ),
        st.just("trust + reach > 3"),
    )
    joined = st.builds(
        lambda left, joint, right: f"{left} {joint} {right}",
        simple,
        st.sampled_from(["and", "or"]),
        simple,
    )
    return st.one_of(simple, simple, joined, simple.map(lambda text: f"not ({text})"))


TRACKS = ("decisions", "earned", "unrepaired()", "unrepaired(g1)")
"""What generated stories of the second format read of the profile."""
PROFILE_CONDITIONS = st.sampled_from(
    (
        *(
            "earned >= 60",
            "earned < 100",
            "decisions > 1",
            "decisions == 2",
            "unrepaired(g1)",
        ),
        *("not unrepaired()", "unrepaired() and earned <= 50", "decisions + reach > 2"),
    )
)

EFFECTS = (
    "trust += 1",
    "trust -= 1",
    "reach += 2",
    "reach = 0",
    "reach = trust",
    "told = true",
    "told = trust > 1",
    "tone = 'cross'",
    "tone = 'calm'",
)


@st.composite
def stories(
    draw: st.DrawFn,
    max_scenes: int = 5,
    cycles: bool = True,
    conditional: bool = True,
    growing: bool = False,
    kind: str = "scenario",
    second: bool = False,
) -> Story:
    """A small story; with `conditional` it has guards, effects and conditional gotos.

    With `growing`, numbers may grow without end in cycles, so that the full states are endless;
    without it, stories that have cycles only ever set numbers, never add to them. With `second`,
    it has what format 2 brings: continue pages, effects on entering, conditions on the profile.
    """
    scenes = [f"s{n}" for n in range(draw(st.integers(1, max_scenes)))]
    endings = [f"e{n}" for n in range(draw(st.integers(1, 3)))]
    asked = conditions(scenes)
    if second:
        asked = st.one_of(asked, PROFILE_CONDITIONS)
    adds = growing or not cycles
    effects = [e for e in EFFECTS if adds or ("+=" not in e and "-=" not in e)]
    built = {}
    for position, scene in enumerate(scenes):
        onward = (scenes if cycles else scenes[position + 1 :]) + endings
        choices = {}
        for choice in "abc"[: draw(st.integers(1, 3))]:
            extra: dict[str, Any] = {}
            goto: tuple[Branch, ...] = (Branch(draw(st.sampled_from(onward))),)
            if conditional:
                if draw(st.integers(0, 3)) == 0:
                    extra = {"when": draw(asked), "locked": "Not now."}
                extra["effects"] = tuple(
                    draw(st.lists(st.sampled_from(effects), max_size=2))
                )
                if draw(st.integers(0, 3)) == 0:
                    goto = (Branch(draw(st.sampled_from(onward)), draw(asked)), *goto)
            choices[choice] = Choice(
                choice,
                f"Do {choice} in {scene}.",
                (Paragraph("Something happens."),),
                goto,
                marks=draw(_marks()),
                **extra,
            )
        extra = {}
        if second:
            entered = st.lists(st.sampled_from(effects), max_size=2).map(tuple)
            extra = {"enter": draw(entered), "first_enter": draw(entered)}
            if position and draw(st.integers(0, 3)) == 0:
                choices = {}
                last = Branch(draw(st.sampled_from(onward)))
                extra["goto"] = (
                    Branch(draw(st.sampled_from(onward)), draw(asked)),
                    last,
                )
        text = (Paragraph("You are here."),)
        built[scene] = Scene(scene, scene.upper(), text, choices, **extra)
    return Story(
        id="generated",
        title="Generated",
        kind=kind,
        start="s0",
        scenes=built,
        endings={
            e: Ending(
                e,
                draw(st.sampled_from(ENDING_KINDS)),
                e.upper(),
                (Paragraph("The end."),),
            )
            for e in endings
        },
        variables=VARIABLES if conditional else {},
        guidelines=GUIDELINES,
        edition="generated",
        tracks=TRACKS if second else (),
    )


def _marks() -> st.SearchStrategy[tuple[Mark, ...]]:
    words: list[MarkWord] = list(MARK_WEIGHTS)  # type: ignore[arg-type]
    mark = st.builds(
        Mark,
        st.sampled_from(sorted(GUIDELINES)),
        st.sampled_from(words),
        st.just("Because."),
    )
    return st.lists(mark, max_size=2, unique_by=lambda m: m.guideline).map(tuple)
