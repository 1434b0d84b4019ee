"""What a scored story teaches: choices that say why, guidelines covered, and nothing given away.

Aids and tutorials are exempt. Notes on what gives the best option away are for scenarios of some
length, coverage of the guidelines is over all scenarios of a course.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from dialogue_game.analysis.ending_scores import ContradictingPaths
from dialogue_game.analysis.fairness import Fairness
from dialogue_game.analysis.findings import Finding, Place, Places, finding, place_of
from dialogue_game.analysis.judgement import Judgement
from dialogue_game.analysis.rules.subject import Subject, walk_text
from dialogue_game.analysis.story_figures import guideline_decisions
from dialogue_game.core.course import Guideline
from dialogue_game.core.story import Story

DECISIONS_EACH: Final = 5
"""Decisions at which a whole course marks each guideline, at least."""
WHOLE_COURSE: Final = 3
"""Scenarios from which a course counts as a whole one."""

JUDGED_FROM: Final = 8
"""Decisions below which shares mean nothing."""
QUIZZES: Final = 0.4
DOMINATED: Final = 0.5
FREE: Final = 0.6
SAME_PLACE: Final = 0.6
HABIT_MOST: Final = 62
RANDOM_MEAN: Final = (35, 65)
RAREST_ENDING: Final = 0.005
STANCE_FROM: Final = 4
"""Decisions that offer a stance, from which its figures mean something."""
STANCE_EARNS: Final = (35, 65)
DIFFER_IN_KIND: Final = 0.5
FORGOTTEN: Final = 0.2
NAMED: Final = 6


def bare_choices(subject: Subject) -> Iterator[Finding]:
    """DG301 to DG304: a choice without consequence, mark, reference, or a mark without a why."""
    for scene, choice in subject.story.choices():
        here = ("scenes", scene.id, "choices", choice.id)
        name = f"{scene.id}.{choice.id}"
        if not any(paragraph.text.strip() for paragraph in choice.consequence):
            message = f"{name} has no consequence."
            advice = "Show what happens at once, and by which mechanism."
            yield finding("DG301", subject.at(*here), message, advice)
        if not choice.marks and not choice.tonal:
            message = f"{name} has no mark."
            advice = "Say what it does to a guideline, or mark it tonal: true."
            yield finding("DG302", subject.at(*here), message, advice)
        if not choice.references and not choice.tonal:
            message = f"{name} cites no reference."
            advice = "Name the provision behind it, or mark it tonal: true."
            yield finding("DG303", subject.at(*here), message, advice)
        for number, mark in enumerate(choice.marks):
            if not mark.why.strip():
                message = f"{name} {mark.word} {mark.guideline} and does not say why."
                advice = "Give the reason in one or two sentences."
                yield finding(
                    "DG304", subject.at(*here, "marks", number), message, advice
                )


def questions(subject: Subject) -> Iterator[Finding]:
    """DG310 and DG405: each question is discussed once."""
    first: dict[str, str] = {}
    for scene in subject.story.scenes.values():
        for number, question in enumerate(scene.discuss):
            if (
                question in scene.discuss[:number]
                or first.setdefault(question, scene.id) != scene.id
            ):
                yield finding(
                    "DG405",
                    subject.at("scenes", scene.id, "discuss", number),
                    f"“{question}” is asked in “{first[question]}” already.",
                    "Ask each question once, where it bites.",
                )
    for question in subject.story.questions:
        if question not in first:
            yield finding(
                "DG310",
                subject.at("questions", question),
                f"No scene discusses the question “{question}”.",
                "Name it in a scene's discuss.",
            )


def transfer_items(subject: Subject) -> Iterator[Finding]:
    """DG329: a new situation that asks nothing, because all its answers are sound, or none is."""
    for name, item in subject.story.transfer.items():
        sound = [option.sound for option in item.options]
        if all(sound) or not any(sound):
            yield finding(
                "DG329",
                subject.at("transfer", name),
                f"{'Every' if all(sound) else 'No'} answer of “{name}” is sound.",
                "Give it an answer that is sound and one that is not.",
            )


def best_paths(subject: Subject, fair: Fairness) -> Iterator[Finding]:
    """DG313: taking the best option everywhere breaches something or ends poorly."""
    for path in fair.best_faults:
        kind = f", or is the kind of “{path.ending}” right?" if path.ending else "."
        yield finding(
            "DG313",
            subject.at("endings", path.ending, "kind") if path.ending else subject.at(),
            "Whoever takes the best option at every decision "
            f"{path.fault}. The path: {', '.join(path.walk[-6:])}.",
            f"Let the best way through be a good one{kind}",
        )


RULES = (bare_choices, questions, transfer_items)


def guideline_coverage(
    guidelines: Mapping[str, Guideline],
    stories: Sequence[Story],
    places: Places,
    *,
    whole: bool = True,
) -> Iterator[Finding]:
    """DG305, DG306, DG307, DG312 over the scenarios; `whole` is false while some are coming.

    `places` are those of guidelines.yaml, where guidelines are the top-level keys.
    """
    scenarios = [story for story in stories if story.scored]
    if not scenarios:
        return
    counts = guideline_decisions(scenarios)
    large = len(scenarios) >= WHOLE_COURSE
    for name in guidelines:
        place = place_of(places, (name,))
        weights = [
            mark.weight
            for story in scenarios
            for _, choice in story.choices()
            for mark in choice.marks
            if mark.guideline == name
        ]
        if not weights:
            if whole:
                message = f"No decision of the scenarios tests “{name}”."
                advice = "Mark a choice against it, or take it away."
                yield finding("DG305", place, message, advice)
            continue
        if min(weights) > 0:
            message = f"“{name}” can only be upheld; no choice strains or breaches it."
            yield finding(
                "DG306", place, message, "Let a tempting option cost something here."
            )
        if max(weights) < 0:
            message = f"“{name}” can only be breached; no choice upholds it."
            yield finding(
                "DG307", place, message, "Show what keeping to it looks like."
            )
        if whole and large and counts[name] < DECISIONS_EACH:
            message = f"“{name}” is tested at {counts[name]} decisions, {DECISIONS_EACH} at least."
            yield finding("DG312", place, message, "Mark it at more decisions.")


def judgement_notes(
    subject: Subject, judgement: Judgement, fair: Fairness | None
) -> Iterator[Finding]:
    """DG320 to DG328, for scenarios of eight decisions or more."""
    if judgement.decisions < JUDGED_FROM:
        return
    yield from _options(subject, judgement)
    yield from _places(subject, judgement)
    yield from _stances(subject, judgement)
    yield from _against(subject, judgement.good_below, "A good ending", "below")
    yield from _against(subject, judgement.poor_above, "A poor ending", "above")
    yield from _last(subject, judgement)
    yield from _forgotten(subject, judgement)
    if fair is not None:
        yield from _chances(subject, fair)


def _options(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """DG320, DG321, DG322: one right answer, options nobody would take, virtue that is free."""
    if len(judgement.quizzes) > QUIZZES * judgement.decisions:
        yield finding(
            "DG320",
            subject.at("scenes", judgement.quizzes[0]),
            f"{len(judgement.quizzes)} of {judgement.decisions} decisions have exactly one "
            f"option above zero: {_listed(judgement.quizzes)}.",
            "Let two options uphold something, each at somebody's cost.",
        )
    if len(judgement.pointless) > DOMINATED * judgement.options:
        yield finding(
            "DG321",
            _at(subject, judgement.pointless[0]),
            f"{len(judgement.pointless)} of {judgement.options} options are on no guideline "
            f"better than another that costs no more: {_listed(judgement.pointless)}.",
            "Give them something that speaks for them, or take them away.",
        )
    if len(judgement.free) > FREE * judgement.bests:
        yield finding(
            "DG322",
            _at(subject, judgement.free[0]),
            f"{len(judgement.free)} of {judgement.bests} best options cost nobody anything: "
            f"{_listed(judgement.free)}.",
            "Let the right act cost somebody: a mark that it strains, or cost: with its text.",
        )


def _places(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """DG323: the best option can be picked by its place or its length."""
    for name, shares in (("place", judgement.positions), ("length", judgement.lengths)):
        for rank, share in enumerate(shares, 1):
            if share > SAME_PLACE:
                where = (
                    f"in place {rank}"
                    if name == "place"
                    else f"number {rank} in length"
                )
                yield finding(
                    "DG323",
                    subject.at("scenes"),
                    f"The best option is {where} at {share:.0%} of the decisions.",
                    "Vary where it stands and how long it is.",
                )
    for habit, percent in judgement.habits.items():
        if percent is not None and percent > HABIT_MOST:
            yield finding(
                "DG323",
                subject.at("scenes"),
                f"Always taking the {_habit(habit)} option earns {percent:.0f} % "
                f"({HABIT_MOST} at most).",
                "Vary where the best option stands and how long it is.",
            )


def _habit(name: str) -> str:
    return (
        "one that is neither first nor longest" if name.startswith("neither") else name
    )


def _stances(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """DG324: one way of acting always pays, or never does."""
    low, high = STANCE_EARNS
    for name, stance in judgement.stances.items():
        if stance.offered < STANCE_FROM or stance.earns is None:
            continue
        if not low <= stance.earns <= high:
            yield finding(
                "DG324",
                subject.at("scenes"),
                f"“{name}” earns {stance.earns:.0f} % of what is at stake at the "
                f"{stance.offered} decisions that offer it ({low} to {high} %); it is best in "
                f"{stance.best:.0%} and worst in {stance.worst:.0%} of them.",
                "Let it be right in some scenes and wrong in others, for reasons one can see.",
            )


def _against(
    subject: Subject, paths: ContradictingPaths, what: str, side: str
) -> Iterator[Finding]:
    """DG325: an ending that contradicts the score."""
    if paths.walk:
        count = "" if paths.count is None else f" ({paths.count} paths do)"
        yield finding(
            "DG325",
            subject.at("endings", paths.ending),
            f"{what} is reached {side} {paths.bar} %: “{paths.ending}” at "
            f"{paths.percent:.0f} % {walk_text(paths.walk, len(paths.walk))}{count}.",
            "Let endings follow from the whole path; conditions may read earned and unrepaired().",
        )


def _last(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """DG326: the last choice decides the ending alone."""
    last = judgement.last
    if last.by_two:
        yield finding(
            "DG326",
            subject.at("scenes", last.two_scene),
            f"One last choice decides between a good and a poor ending, "
            f"{walk_text(last.two_walk)} ({last.by_two} of {last.states} states).",
            "Let the last decision move the ending by one grade at most.",
        )
    elif last.by_kind > DIFFER_IN_KIND * last.states:
        yield finding(
            "DG326",
            subject.at("scenes", last.kind_scene),
            f"The last choice alone decides the kind of ending in {last.by_kind} of "
            f"{last.states} states, first {walk_text(last.kind_walk)}.",
            "Let endings follow from the whole path.",
        )


def _forgotten(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """DG327: choices that nothing later depends on."""
    if len(judgement.forgotten) > FORGOTTEN * judgement.options:
        yield finding(
            "DG327",
            _at(subject, judgement.forgotten[0]),
            f"{len(judgement.forgotten)} of {judgement.options} choices are never remembered by a "
            f"text, exhibit, option or way on: {_listed(judgement.forgotten)}.",
            "Let somebody mention them later: if: chose(scene.choice).",
        )


def _chances(subject: Subject, fair: Fairness) -> Iterator[Finding]:
    """DG328: random plays that earn too much or too little, and endings that hardly come."""
    low, high = RANDOM_MEAN
    if fair.mean is not None and not low <= fair.mean <= high:
        yield finding(
            "DG328",
            subject.at("scenes"),
            f"Random players average {fair.mean:.0f} %, outside {low} to {high} %.",
            "Make poor options more tempting, or good ones less plain.",
        )
    for ending, share in fair.endings.items():
        if share < RAREST_ENDING and subject.reached(ending):
            yield finding(
                "DG328",
                subject.at("endings", ending),
                f"The ending “{ending}” is reached by {100 * share:.2f} % of random plays.",
                f"Open it to at least {100 * RAREST_ENDING} %.",
            )


def _at(subject: Subject, path: str) -> Place:
    scene, _, choice = path.partition(".")
    return subject.at("scenes", scene, "choices", choice)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
