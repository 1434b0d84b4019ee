"""A story that uses every corner of the engine, for the test that both engines agree."""

from __future__ import annotations

from dialogue_game.core.clock import Clock
from dialogue_game.core.course import Guideline, Reference
from dialogue_game.core.story import (
    Branch,
    CastMember,
    Choice,
    Cost,
    Detail,
    Ending,
    Exhibit,
    Mark,
    MarkWord,
    Paragraph,
    Scene,
    Story,
)

GUIDELINES = {
    f"g{n}": Guideline(f"g{n}", n, f"Short {n}", f"What guideline {n} says.")
    for n in (1, 2, 3, 4)
}
REFERENCES = {
    "code": Reference(
        "code", "CODE/1", "A code", "What it asks.", "partly", binding=True
    ),
    "note": Reference(
        "note", "NOTE", "A note", "Says.", "no", "para. 1", "https://example.org"
    ),
}


def marks(*specs: str) -> tuple[Mark, ...]:
    """ "g1 breaches" as marks."""
    found = []
    for spec in specs:
        guideline, word = spec.split()
        typed: MarkWord = word  # type: ignore[assignment]
        found.append(Mark(guideline, typed, f"Because {word}: {{n}}."))
    return tuple(found)


def choice(name: str, to: str, *specs: str, **extra: object) -> Choice:
    """A choice with a consequence that shows what it finds."""
    text = extra.pop("text", f"Do {name}, {{n}}.")
    told = extra.pop(
        "consequence", (Paragraph(f"{name}: {{n}} {{half}} {{flag}} {{word}}"),)
    )
    goto = extra.pop("goto", (Branch(to),))
    return Choice(name, text, told, goto, marks=marks(*specs), **extra)  # type: ignore[arg-type]


def scene(name: str, *choices: Choice, **extra: object) -> Scene:
    """A scene that shows its numbers."""
    text = extra.pop("text", (Paragraph(f"{name} {{n}} {{half}} {{big}} {{tiny}}"),))
    return Scene(name, name.title(), text, {c.id: c for c in choices}, **extra)  # type: ignore[arg-type]


EXHIBITS = (
    Exhibit(
        "mail",
        "email",
        {
            "from": "ann",
            "to": "you; {word}",
            "subject": "{{braces}} {n}",
            "body": "{unknown}|{n",
        },
        "An e-mail, {flag}",
        details=(Detail("d1", "the {word}", "Number {n}"),),
    ),
    Exhibit(
        "thread",
        "thread",
        {"platform": "Chirp"},
        items=({"author": "ann", "text": "Hi {n}", "likes": "{big}"}, {"author": "Bo"}),
        when="flag or n > 3",
    ),
)

ADDING = (
    choice("one", "hub", "g1 upholds", effects=("n += 1", "half += 0.5")),
    choice("doubling", "hub", "g1 strains", effects=("big += big", "n = n + n - 1")),
    choice(
        "flags",
        "hub",
        "g2 models",
        effects=("flag = not flag", "word = 'a\\'b\\u00e9'"),
    ),
    choice(
        "tiny",
        "hub",
        effects=("tiny -= 0.0000003", "half = -half", "n = n - half - 1 + 2"),
    ),
    choice(
        "compare",
        "judge",
        effects=("flag = n >= half and (half > 0 or not visited(judge))",),
    ),
    choice(
        "reset",
        "hub",
        "g3 strains",
        effects=("n = 0", "big = 999999999999", "half = 2.0"),
    ),
    choice(
        "locked",
        "judge",
        "g1 models",
        when="n > 4 and flag",
        locked="Needs {n} to be more than 4.",
    ),
    choice("never", "judge", when="false", locked="", text="Not shown {n}."),
    choice("huge", "hub", effects=("big = 999999999999", *["big += big"] * 15)),
    choice("hidden", "pause", when="flag or decisions > 4"),
    choice(
        "waits",
        "pause",
        effects=("clock += 1000", "big = clock - deadline"),
        takes=1000,
    ),
)
JUDGING = (
    choice("worst", "hub", "g1 breaches", "g2 breaches", "g3 breaches", "g4 strains"),
    choice("best", "hub", "g1 models", "g2 models", "g3 models", "g4 models"),
    choice("repair", "turn", "g1 upholds", "g2 upholds"),
    choice("mixed", "turn", "g1 breaches", "g4 upholds"),
    choice("plain", "turn", text="  Two   spaces, no stop  "),
    choice(
        "once", "turn", "g4 models", when="not chose(judge.once)", locked="Only once!"
    ),
)
TURNING = (
    choice(
        "on",
        "end",
        goto=(
            Branch("hub", "not chose(judge.best) and n < 3"),
            Branch("poor", "big > 999999999999 and not flag or half < -1"),
            Branch("end", "word == 'calm' or word != \"calm\" and flag == true"),
            Branch("judge", "visited(hub) and n - -1 > 0"),
            Branch("other"),
        ),
    ),
    choice("back", "hub", effects=("n += 1",)),
    choice(
        "costs",
        "pause",
        "g2 breaches",
        cost=Cost("It costs {n} {if flag: much|little}.", "ann"),
        coaching="A caveat {if unrepaired(): open|closed}.",
        defensible=True,
        stance="bold",
    ),
)
SCORE = "{earned} {decisions} {if unrepaired(g1): g1|no}{if unrepaired(): any}{if earned < 50: low}"
TIME = "{clock} {if clock < deadline: before {deadline}|after || {{{n}}} {deadline}} {if: {if x} |"

SAMPLER = Story(
    id="sampler",
    title="Every corner",
    kind="scenario",
    start="hub",
    scenes={
        "hub": scene("hub", *ADDING, exhibits=EXHIBITS, as_="ann", discuss=("q1",), group="full"),
        "judge": scene(
            "judge",
            *JUDGING,
            as_="a passer-by",
            discuss=("q2", "q1"),
            shuffled=True,
            settled="Settled {n}.",
        ),
        "pause": scene(
            "pause",
            text=(Paragraph(SCORE), Paragraph(TIME), Paragraph("{if flag: Only with a flag.}")),
            enter=("clock += 30", "n = n + 1"),
            first_enter=("clock = deadline", "half = 7"),
            goto=(
                Branch("end", "decisions > 9"),
                Branch("hub", "earned >= 60 and n < 9"),
                Branch("turn", "flag"),
                Branch("judge"),
            ),
        ),
        "turn": scene(
            "turn",
            *TURNING,
            text=(
                Paragraph("Shown with few: {n}", "n < 2"),
                Paragraph("Shown with many.", "n >= 2"),
                Paragraph("{empty}"),
                Paragraph("{{n}} {n} }} {", "not (flag)"),
            ),
        ),
    },
    endings={
        "end": Ending("end", "good", "The {n} end", (Paragraph("It ends with {n}, {big}."),)),
        "other": Ending(
            "other",
            "mixed",
            "Other",
            (Paragraph("Other.", "flag"), Paragraph(f"{SCORE} {TIME}")),
            enter=("n = 100",),
        ),
        "poor": Ending("poor", "poor", "Poor", (Paragraph("Poor."),)),
    },
    variables={
        "n": 1, "half": 0.5, "big": 3, "tiny": 0.000001, "flag": False, "word": "calm", "empty": "",
    },
    guidelines=GUIDELINES,
    references=REFERENCES,
    cast={"ann": CastMember("ann", "Ann Lee", "boss", "ann_l"), "you": CastMember("you", "You")},
    questions={"q1": "What?", "q2": "Why?", "q3": "Who?"},
    resources=("note", "code"),
    edition="sampler",
    clock=Clock(540, 0, {"deadline": 10_000, "hearing": 13_380}),
    tracks=("earned", "decisions", "unrepaired(g1)", "unrepaired()"),
)  # fmt: skip

ROUND = ("compare", "best")
MASTERED_AND_BREACHED = (*ROUND, *ROUND, *ROUND, "compare", "mixed", "on")
"""Picks that earn enough and leave a breach."""
