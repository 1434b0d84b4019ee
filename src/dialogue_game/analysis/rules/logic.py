"""Logic: conditions that decide nothing, variables that nothing reads, sums without end."""

from __future__ import annotations

from collections.abc import Iterator

from dialogue_game.analysis.constant_conditions import TextCondition, settle
from dialogue_game.analysis.constant_conditions import text_conditions as every_text
from dialogue_game.analysis.facts import all_effects, facts_of, reads, ruling_conditions
from dialogue_game.analysis.findings import Finding, Place, finding
from dialogue_game.analysis.rules.subject import Subject
from dialogue_game.analysis.solver import Verdict
from dialogue_game.analysis.texts import shown_texts
from dialogue_game.core.expressions import parse_effect
from dialogue_game.core.story import Story
from dialogue_game.core.template import names_shown


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
                f"“{subject.source(condition)}” never holds here, so {follows}.",
                "Change the condition, or take this way out.",
            )
    for condition in sorted(subject.solution.always):
        yield finding(
            "DG204",
            subject.place(condition),
            f"“{subject.source(condition)}” always holds here.",
            "Take the condition away, or make it mean something.",
        )


def text_conditions(subject: Subject) -> Iterator[Finding]:
    """DG203 and DG204, of texts and exhibits that some play reads."""
    settled = settle(subject.solution)
    for item in settled.never:
        yield finding(
            "DG203",
            _place_of(subject, item),
            f"“{item.watched.condition}” never holds here, so nobody reads this.",
            "Change the condition, or take the text away.",
        )
    for item in settled.always:
        yield finding(
            "DG204",
            _place_of(subject, item),
            f"“{item.watched.condition}” always holds here.",
            "Take the condition away, or make it mean something.",
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
    found = {name for _, text in shown_texts(story) for name in names_shown(text)}
    asked = [
        condition for item in every_text(story) for condition in item.watched.conditions
    ]
    for condition in (*ruling_conditions(story), *asked):
        found.update(reads(condition))
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
        "sums may be limits only, and a stuck state could be missed.",
        "Raise --bound, or ask for fewer facts in conditions.",
    )


RULES = (
    goto_conditions,
    text_conditions,
    unread_variables,
    endless_sums,
    undecided,
)
