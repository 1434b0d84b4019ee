"""What an author gives away or contradicts: labels, marks, and ways that lead nowhere.

Also numbers that players see below zero, and counts in a summary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dialogue_game.analysis.condition_queries import Case, reachable_cases
from dialogue_game.analysis.conditions import (
    Watched,
    constant_of,
)
from dialogue_game.analysis.findings import Finding, Place, finding
from dialogue_game.analysis.rules.logic import placed_effects
from dialogue_game.analysis.rules.names import NUMBER, number_of
from dialogue_game.analysis.rules.subject import Subject, walk_text
from dialogue_game.core.course import Course
from dialogue_game.core.expressions import Effect

_JUDGED: Final = (
    "correct|incorrect|right|wrong|best|better|good|bad|worst|ideal|recommended|trap|distractor"
    "|richtige?|falsche?|beste|correcta?|correcto|incorrect[oa]|juste|fausse?|bonne|mauvaise|giusta"
    "|sbagliata|correto|errado"
)
_NOUN: Final = (
    "answer|option|choice|solution|Antwort|Lösung|réponse|respuesta|risposta|resposta"
)
_SAID: Final = "correct|incorrect|wrong|richtig|falsch|correcta?|correcto|juste|faux"
GIVEN_AWAY: Final = re.compile(
    rf"[(\[](?:{_JUDGED})(?: (?:{_NOUN}))?[!?]?[)\]]"
    rf"|^(?:(?:{_SAID})(?: (?:{_NOUN}))?|(?:{_JUDGED}) (?:{_NOUN})): "
    r"|[(\[](?:[+-]\d+|[+-]*\s?g\d+)[)\]]"
    r"|[(\[](?:models|upholds|strains|breaches|defensible)\b[^()\[\]]*[)\]]"
    rf"|[-–—] (?:{_JUDGED}) (?:{_NOUN})\.?$|[✓✔✅☑❌✗✘★⭐👍👎]|^\*+|\*+$",
    re.IGNORECASE,
)
"""What a working copy says of an option, and a player is to find out."""
SIGNS: Final = frozenset("([:-–—✓✔✅☑❌✗✘★⭐👍👎*")
"""What all of them have."""
ASIDE: Final = re.compile(
    r"\b(?:but|still|yet|although|though|instead|rather|before|so that|not|never|only|no"
    r"|nothing|none)\b"
)
WRONGED: Final = re.compile(
    r"\b(?:[Nn]obody|[Nn]o one) (?:had )?asked(?! for| why| [\w'’]+ (?:to|for|why)\b)"
    r"|\bwas (?:never|not) asked(?=[.,;]| about| first)"
    r"|\b[Yy]ou (?:lied|betrayed|violated|breached|broke (?:\w+ )?(?:promise|word|rule|law))"
    r"|\b(?:[Yy]ou|[Ii]t (?:went|was))\b[^.;]* (?:behind (?:\w+ )?backs?\b"
    r"|without (?:asking|(?:her|his|their|any) (?:consent|knowledge|permission)))"
)
"""What is hardly ever said of an act that upholds something."""
ASKED_NOBODY: Final = re.compile(r"\b(?:[Nn]o one|was (?:never|not)) ")
SHOWN_COUNT: Final = re.compile(
    r"\{([a-z_]\w*)\} (?!degrees|points?\b|euros?\b|dollars?\b|francs?\b|pounds?\b"
    r"|per\b|or\b|and\b|to\b|is\b|of\b)"
    r"[a-z]{3,}"
)
"""A number before what it counts."""
_BETWEEN: Final = r"(?!(?:of|or|and|in|to|with|more|other)\b)[a-zà-ÿ-]+"
COUNTED: Final = re.compile(
    rf"\b{NUMBER}(?: {_BETWEEN}){{0,2}}? "
    r"(stories|scenarios|decisions|scenes|endings|Geschichten|histoires|récits|historias"
    r"|storie|histórias)\b",
    re.IGNORECASE,
)
"""How many of what a summary says there are."""
PARTS: Final = frozenset(("decisions", "scenes", "endings"))


def labels_given_away(subject: Subject) -> Iterator[Finding]:
    """DG331: a label that says how its option is judged."""
    labels = [text for text in subject.texts if text.kind in ("label", "option")]
    if SIGNS.isdisjoint("".join(text.content for text in labels)):
        return
    for text in labels:
        match = GIVEN_AWAY.search(text.content)
        if match:
            yield finding(
                "DG331",
                subject.at(*text.path),
                f"“{match[0].strip()}” tells players how this option is judged.",
                "Take it out: marks, whys and defensible: say so after the choice.",
            )


def marks_against_whys(subject: Subject) -> Iterator[Finding]:
    """DG332: a mark and a why of opposite sense, and a breach that is called defensible."""
    for _, _, mark, path in subject.whys():
        wrong = WRONGED.search(mark.why) if mark.weight > 0 else None
        if wrong is None or ASIDE.search(ASKED_NOBODY.sub(" ", mark.why)):
            continue
        yield finding(
            "DG332",
            subject.at(*path[:-1]),
            f"“{mark.word} {mark.guideline}”, and its why says “{wrong[0]}”.",
            "Look at the word of the mark: does the act keep to the guideline?",
        )
    for scene, choice in subject.story.choices():
        words = {mark.word for mark in choice.marks}
        if choice.defensible and words == {"breaches"}:
            yield finding(
                "DG332",
                subject.at("scenes", scene.id, "choices", choice.id, "defensible"),
                f"{scene.id}.{choice.id} is called defensible, and does nothing but breach.",
                "Mark what speaks for it, or take defensible: away.",
            )


def ways_back(subject: Subject) -> Iterator[Finding]:
    """DG215: a choice that leads back to where it stands, as often as one likes, and counts."""
    story = subject.story
    for scene, choice in story.choices():
        back = bool(choice.goto) and all(
            branch.to == scene.id for branch in choice.goto
        )
        if not back or choice.when:
            continue
        if choice.marks:
            yield finding(
                "DG215",
                subject.at("scenes", scene.id, "choices", choice.id, "goto"),
                f"{scene.id}.{choice.id} leads back into its own scene, where it can be taken "
                "again and again.",
                "Lead on, or let it be taken once: if: not chose(…).",
            )


def counts_below_zero(subject: Subject) -> Iterator[Finding]:
    """DG216: a number of something that players see below zero."""
    story = subject.story
    shown = set(SHOWN_COUNT.findall(subject.all_text)) & set(story.variables)
    losses = {
        name: [
            (path, effect)
            for path, _, effect in placed_effects(story)
            if _takes(effect, name)
        ]
        for name in shown
    }
    cases: list[Case] = []
    for text in subject.texts if any(losses.values()) else ():
        for name in set(SHOWN_COUNT.findall(text.content)):
            if losses.get(name) and text.path[0] in ("scenes", "endings"):
                choice = str(text.path[3]) if text.kind == "consequence" else ""
                watched = Watched(str(text.path[1]), f"{name} < 0", choice)
                cases.append(Case(name, text.path, watched))
    told: set[str] = set()
    for case in reachable_cases(subject.solution, cases) if cases else ():
        if case.what in told:
            continue
        told.add(case.what)
        path = next(
            (
                path
                for path, effect in losses[case.what]
                if len(path) > 4 and f"{path[1]}.{path[3]}" in case.walk
            ),
            case.path,
        )
        yield finding(
            "DG216",
            subject.at(*path),
            f"Players read a number below zero for “{case.what}” {walk_text(case.walk)}.",
            "Look at the sign of what is added and taken away.",
        )


def _takes(effect: Effect, name: str) -> bool:
    """Whether an effect takes from a number, or sets it below zero."""
    value = constant_of(effect.value.tree) if effect.target == name else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return value > 0 if effect.operator == "-=" else value < 0


def counted_parts(subject: Subject) -> Iterator[Finding]:
    """DG415: a summary that counts scenes or endings otherwise than there are."""
    story = subject.story
    there = {"scenes": len(story.scenes), "endings": len(story.endings)}
    for number, what in COUNTED.findall(story.summary):
        count, real = number_of(number), there.get(what.casefold())
        if real is not None and count not in (None, real):
            yield finding(
                "DG415",
                subject.at("summary"),
                f"The summary says {number} {what}, and there are {real}.",
                "Count again.",
            )


def counted_stories(course: Course, place: Place) -> Iterator[Finding]:
    """DG415: a course's summary that counts its stories otherwise than there are."""
    there = {len(course.stories), sum(e.kind == "scenario" for e in course.stories)}
    counted = [
        (number, what)
        for number, what in COUNTED.findall(course.summary)
        if what.casefold() not in PARTS
    ]
    for number, what in counted if len(counted) == 1 else ():
        if number_of(number) not in {None, *there}:
            yield finding(
                "DG415",
                place,
                f"The summary says {number} {what}, and {len(course.stories)} are listed.",
                "Count again, or list what is missing.",
            )


RULES = (
    labels_given_away,
    counts_below_zero,
    counted_parts,
)
SCORED_RULES = (marks_against_whys, ways_back)
"""Those for scenarios only."""
