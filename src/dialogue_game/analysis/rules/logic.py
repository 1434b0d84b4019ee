"""Logic: conditions that decide nothing, variables nobody reads, effects that change nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from dialogue_game.analysis.condition_queries import constant_conditions
from dialogue_game.analysis.conditions import (
    all_effects,
    constant_of,
    facts_of,
    facts_read,
    ruling_conditions,
)
from dialogue_game.analysis.findings import Finding, PathKey, Place, finding
from dialogue_game.analysis.rules.subject import Subject
from dialogue_game.analysis.shown_texts import TextCondition, shown_texts
from dialogue_game.analysis.shown_texts import text_conditions as every_text
from dialogue_game.analysis.solver import Verdict
from dialogue_game.core.expressions import Effect, parse, parse_effect
from dialogue_game.core.story import Story
from dialogue_game.core.template import variables_shown

NOT_OR_NOT: Final = re.compile(r"\bnot [^()]*\bor not |!= [^()]*\bor [^()]*!= ")
EARNED_PART: Final = re.compile(r"\bearned\s*[<>=!]=?\s*(?:0?\.\d|1\.0)")


def goto_conditions(subject: Subject) -> Iterator[Finding]:
    """DG203 and DG204, of choices and gotos, where they stand."""
    blamed = subject.blamed
    for condition in sorted(subject.solution.never):
        _, choice, position = condition
        if position >= 0 or condition in blamed:  # else DG121 says it
            target = (
                subject.choice(condition).goto[position].to if position >= 0 else ""
            )
            follows = (
                f"“{target}” is never next"
                if target
                else f"“{choice}” can never be taken"
            )
            yield finding(
                "DG203",
                subject.place(condition),
                f"“{subject.source(condition)}” never holds here, so {follows}."
                + _times(subject, subject.source(condition)),
                "Change the condition, or take this way out.",
            )
    for condition in sorted(subject.solution.always):
        yield finding(
            "DG204",
            subject.place(condition),
            f"“{subject.source(condition)}” always holds here."
            + _times(subject, subject.source(condition)),
            _meaning(subject.source(condition)),
        )


def text_conditions(subject: Subject) -> Iterator[Finding]:
    """DG203 and DG204, of texts and exhibits that some play reads."""
    settled = constant_conditions(subject.solution)
    for item in settled.never:
        if item.due:
            yield _never_due(subject, item)
            continue
        yield finding(
            "DG203",
            _place_of(subject, item),
            f"“{item.watched.condition}” never holds here, so nobody reads this."
            + _times(subject, item.watched.condition),
            "Change the condition, or take the text away.",
        )
    for item in settled.always:
        yield finding(
            "DG204",
            _place_of(subject, item),
            f"“{item.watched.condition}” always holds here."
            + _times(subject, item.watched.condition),
            _meaning(item.watched.condition),
        )


def _meaning(condition: str) -> str:
    """What to do about a condition that always holds."""
    if NOT_OR_NOT.search(condition):
        return "Was “and” meant? One of several things is nearly always not so."
    return "Take the condition away, or make it mean something."


def _times(subject: Subject, condition: str) -> str:
    """When the named times are that a condition reads; a weekday may be a week later than meant.

    And that what is earned is no fraction, where a condition compares it with one.
    """
    clock = subject.story.clock
    if EARNED_PART.search(condition):
        return " “earned” is a whole per cent, from 0 to 100."
    if clock is None:
        return ""
    named = [name for name in parse(condition).names if name in clock.times]
    return "".join(f" “{name}” is {clock.text(clock.times[name])}." for name in named)


def _never_due(subject: Subject, item: TextCondition) -> Finding:
    """A cost that falls due where nobody comes who has taken its choice."""
    path = item.watched.condition.removeprefix("chose(").removesuffix(")")
    scene, _, choice = path.partition(".")
    return finding(
        "DG203",
        subject.at("scenes", scene, "choices", choice, "cost", "due"),
        f"The cost of {path} falls due at “{item.watched.node}”, where no play comes after it.",
        "Name a later scene or ending.",
    )


def _place_of(subject: Subject, item: TextCondition) -> Place:
    """Where the condition of a text stands: its `if`, or the sentence that holds it."""
    if item.path[-1] == "if":
        return subject.at(*item.path)
    return subject.mention(item.path, "{if " + item.watched.condition)


def unread_variables(subject: Subject) -> Iterator[Finding]:
    """DG205: a variable that no condition reads and no text shows."""
    known = read_variables(subject.story) if subject.story.variables else frozenset()
    for name in subject.story.variables:
        if name not in known:
            yield finding(
                "DG205",
                subject.at("variables", name),
                f"Nothing reads the variable “{name}”.",
                "Ask for it in a condition, show it in a text, or take it away.",
            )


def read_variables(story: Story) -> frozenset[str]:
    """The variables that make a difference: asked for, shown, or passed on to one that is."""
    found = {name for _, text in shown_texts(story) for name in variables_shown(text)}
    conditions = [
        condition for item in every_text(story) for condition in item.watched.conditions
    ]
    for condition in (*ruling_conditions(story), *conditions):
        found.update(facts_read(condition))
    passed: dict[str, set[str]] = {}
    for source in all_effects(story):
        effect = parse_effect(source)
        passed.setdefault(effect.target, set()).update(facts_of(effect.value))
    waiting = list(found)
    while waiting:
        for name in passed.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return frozenset(found)


def endless_sums(subject: Subject) -> Iterator[Finding]:
    """DG206: a cycle that adds marks each time round."""
    if not subject.story.scored:
        return
    rings: dict[tuple[str, ...], list[str]] = {}
    sums = {**subject.solution.guidelines, "the sum of marks": subject.solution.overall}
    for name, bounds in sums.items():
        for loop in (*bounds.worst.loops, *bounds.best.loops):
            if name in subject.solution.guidelines or loop.scenes not in rings:
                rings.setdefault(loop.scenes, []).append(f"{loop.gain:+d} to {name}")
    for scenes, gains in rings.items():
        yield finding(
            "DG206",
            subject.at("scenes", scenes[0]),
            f"unbounded: {' → '.join(scenes)} adds {', '.join(gains)}.",
            "Let the play pass here once only, or leave the marks out of the way round.",
        )


def undecided(subject: Subject) -> Iterator[Finding]:
    """DG208: what the bound left open, in one note."""
    solution = subject.solution
    if solution.complete:
        return
    open_ones = solution.of(Verdict.UNDECIDED)
    named = ", ".join(open_ones[:5]) + (", …" if len(open_ones) > 5 else "")
    count = (
        f"{len(open_ones)} undecided: {named}" if open_ones else "all verdicts decided"
    )
    yield finding(
        "DG208",
        subject.at(),
        f"Not every state could be looked at ({solution.transitions:,} steps): {count}; "
        "sums of marks are left open, and a stuck state could be missed.",
        "Raise --bound, or ask for fewer facts in conditions.",
    )


OTHERS: Final = 2
"""How many `+=` and `-=` a variable must have before one `=` looks like a slip."""

Placed = tuple[PathKey, str, Effect]
"""Where an effect stands, the choice or scene it belongs to, and the effect."""


def placed_effects(story: Story) -> Iterator[Placed]:
    """Every effect as authored."""
    for scene in story.scenes.values():
        here: PathKey = ("scenes", scene.id)
        for key, effects in (
            ("first_enter", scene.first_enter),
            ("enter", scene.enter),
        ):
            for number, source in enumerate(effects):
                yield (*here, key, number), scene.id, parse_effect(source)
        for choice in scene.choices.values():
            row: PathKey = (*here, "choices", choice.id)
            spare = (
                1 if choice.takes else 0
            )  # what it takes stands first, and in a field
            for number, source in enumerate(choice.effects[spare:]):
                path = (*row, "effects", number)
                yield path, f"{scene.id}.{choice.id}", parse_effect(source)
    for ending in story.endings.values():
        for number, source in enumerate(ending.enter):
            path = ("endings", ending.id, "enter", number)
            yield path, ending.id, parse_effect(source)


def set_where_others_add(subject: Subject) -> Iterator[Finding]:
    """DG209: one `=` with a number where every other effect on the variable adds or takes away."""
    counts: Counter[tuple[str, bool]] = Counter()
    for _, _, effect in placed_effects(subject.story):
        counts[effect.target, effect.operator == "="] += 1
    for path, name, effect in placed_effects(subject.story):
        if effect.operator != "=" or counts[effect.target, True] > 1:
            continue
        value = constant_of(effect.value.tree)
        if isinstance(value, bool) or not isinstance(value, int | float) or value == 0:
            continue
        if value == subject.story.variables.get(effect.target):
            continue  # back to where it began
        if counts[effect.target, False] >= OTHERS and effect.target != "clock":
            sign = "-=" if value < 0 else "+="
            yield finding(
                "DG209",
                subject.at(*path),
                f"{name} sets “{effect.target}” to {value}; everything else adds to it.",
                f"Write {effect.target} {sign} {abs(value)}, if that is what you mean.",
            )


def idle_effects(subject: Subject) -> Iterator[Finding]:
    """DG211: an effect that leaves its variable as it was."""
    for path, name, effect in placed_effects(subject.story):
        value = effect.value.source.strip()
        same = effect.operator == "=" and value == effect.target
        nothing = effect.operator != "=" and constant_of(effect.value.tree) == 0
        if same or nothing:
            yield finding(
                "DG211",
                subject.at(*path),
                f"“{effect.source}” in {name} changes nothing.",
                "Write what it should change, or take it away.",
            )


def idle_gotos(subject: Subject) -> Iterator[Finding]:
    """DG212: a list of ways on that all lead to the same place."""
    for scene in subject.story.scenes.values():
        here: PathKey = ("scenes", scene.id)
        rows = [((*here, "goto"), scene.id, scene.goto)]
        rows += [
            (
                (*here, "choices", choice.id, "goto"),
                f"{scene.id}.{choice.id}",
                choice.goto,
            )
            for choice in scene.choices.values()
        ]
        for path, name, goto in rows:
            if len(goto) > 1 and len({branch.to for branch in goto}) == 1:
                yield finding(
                    "DG212",
                    subject.at(*path),
                    f"Every way on of {name} leads to “{goto[0].to}”, whatever its condition.",
                    "Lead one of them elsewhere, or write the one target.",
                )


RULES = (
    goto_conditions,
    text_conditions,
    unread_variables,
    endless_sums,
    undecided,
)
EFFECT_RULES = (set_where_others_add, idle_effects, idle_gotos)
"""Those that only warn and note."""
