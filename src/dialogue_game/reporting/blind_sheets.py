"""Sheets for blind readers: whether the best option can be named unread, at a glance, or looked at.

Each decision stands as one reachable state shows it, its options shuffled, without marks or ids.
The key that belongs to a sheet says which option is which and what its marks add up to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

from dialogue_game.analysis.solver import solve
from dialogue_game.analysis.walks import Pick, follow, random_play, random_source
from dialogue_game.core.engine import situation
from dialogue_game.core.state import ShownExhibit, Situation
from dialogue_game.core.story import Option, Story
from dialogue_game.core.text import safe
from dialogue_game.reporting.labels import exhibit_lines

T = TypeVar("T")
View = Literal["options", "glance", "closer"]

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
PLAYS: Final = 200
"""Random plays among which each decision's state is looked for, before the solver is asked."""


@dataclass(frozen=True, slots=True)
class BlindSheet:
    """One sheet: what the reader gets, and the key that stays with who asks."""

    text: str
    key: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BlindScore:
    """What a reader's picks earn over some decisions, and what picks by lot would.

    Shares are between 0 and 1; `worst` is the share of worst options named among those asked.
    """

    story: str
    decisions: int
    answered: int
    earned: float
    random: float
    named: float
    chance: float
    worst: float | None


def sheet(stories: Sequence[Story], view: View, seed: int) -> BlindSheet:
    """A sheet over some stories; the same seed gives the same order in every view."""
    lines, key = [], {}
    for story in stories:
        pick = random_source(seed)
        shown = _shuffled(list(_decisions(story, pick)), pick)
        for number, decision in enumerate(shown, 1):
            name = f"{_initials(story, stories)}{number:02d}"
            options = _shuffled(
                [option for option in decision.options if option.available], pick
            )
            worths = story.scenes[decision.scene].choices
            key[name] = {
                "story": story.id,
                "edition": story.edition,
                "scene": decision.scene,
                "options": [[option.id, worths[option.id].worth] for option in options],
            }
            lines += [
                "",
                f"## {name}",
                *_shown(story, decision, view),
                *_lettered(options),
            ]
    return BlindSheet("\n".join([_HEAD[view], *lines]) + "\n", key)


_HOW: Final = (
    "Answer every decision with a line of its own: its name, the letter of the option that you "
    "think best, and the letter of the worst. For example: {0} b c"
)
_HEAD: Final[Mapping[View, str]] = {
    "options": f"Option texts alone.\n\n{_HOW.format('O07')}",
    "glance": f"Each decision with scene and exhibits at a glance.\n\n{_HOW.format('O07')}",
    "closer": "Each decision with its scene, its exhibits and every detail that looking closer "
    f"shows.\n\n{_HOW.format('O07')}",
}


def _initials(story: Story, stories: Sequence[Story]) -> str:
    """The first letters of a story's id that tell it from the others, in capitals."""
    others = [other.id for other in stories if other is not story]
    for length in range(1, len(story.id)):
        if not any(other.startswith(story.id[:length]) for other in others):
            return story.id[:length].upper()
    return story.id.upper()


def _decisions(story: Story, pick: Pick) -> Iterator[Situation]:
    """Each decision with two marked options or more, as one reachable state shows it."""
    wanted = [
        scene.id
        for scene in story.scenes.values()
        if sum(bool(choice.marks) for choice in scene.choices.values()) > 1
    ]
    met: dict[str, Situation] = {}
    for _ in range(PLAYS):
        if len(met) == len(wanted):
            break
        walk = random_play(story, pick).walk
        for position, step in enumerate(walk):
            scene = step.partition(".")[0]
            if scene in wanted and scene not in met:
                _meet(story, walk[:position], scene, met)
    if len(met) < len(wanted):
        solution = solve(story)
        for scene in wanted:
            walk_there = solution.witness(scene)
            if scene not in met and walk_there is not None:
                _meet(story, walk_there, scene, met)
    yield from (met[scene] for scene in wanted if scene in met)


def _meet(
    story: Story, walk: tuple[str, ...], scene: str, met: dict[str, Situation]
) -> None:
    """Note the situation after a walk, where it offers two marked options or more."""
    state = follow(story, walk)
    if state is None or state.scene != scene:
        return
    shown = situation(story, state)
    choices = story.scenes[scene].choices
    if (
        sum(
            option.available and bool(choices[option.id].marks)
            for option in shown.options
        )
        > 1
    ):
        met[scene] = shown


def _shown(story: Story, situation: Situation, view: View) -> Iterator[str]:
    if view == "options":
        return
    yield from ("", f"### {_line(situation.title)}")
    if situation.as_:
        yield f"You are {_line(story.name_of(situation.as_))}."
    for paragraph in situation.text:
        yield from ("", safe(paragraph))
    for exhibit in situation.exhibits:
        yield ""
        yield from (safe(line) for line in exhibit_lines(exhibit))
        if view == "closer":
            yield from _details(exhibit)
    yield ""


def _details(exhibit: ShownExhibit) -> Iterator[str]:
    for detail in exhibit.details:
        yield f"Looking closer at {_line(detail.look)}: {safe(detail.text)}"


def _lettered(options: Iterable[Option]) -> Iterator[str]:
    for letter, option in zip(LETTERS, options, strict=False):
        yield f"  {letter}) {_line(option.text)}"


def _line(text: str) -> str:
    return " ".join(safe(text).split())


def _shuffled(items: list[T], pick: Pick) -> list[T]:
    for last in range(len(items) - 1, 0, -1):
        other = pick(last + 1)
        items[last], items[other] = items[other], items[last]
    return items


Answer = tuple[str, str]
"""The letters of the option named best and of the one named worst ("" where none is)."""


def read_answers(
    lines: Iterable[str], key: Mapping[str, Any]
) -> tuple[dict[str, Answer], list[str]]:
    """A reader's answers by decision, and what of the lines could not be understood."""
    answers: dict[str, Answer] = {}
    wrong = []
    for number, line in enumerate(lines, 1):
        parts = line.replace(":", " ").replace(",", " ").split()
        if not parts or parts[0].startswith("#"):
            continue
        name, letters = (
            parts[0].upper(),
            [part.strip("().").lower() for part in parts[1:3]],
        )
        if name not in key:
            wrong.append(
                f"line {number}: there is no decision “{_line(parts[0])[:20]}”"
            )
            continue
        known = LETTERS[: len(key[name]["options"])]
        if not letters or any(letter not in tuple(known) for letter in letters):
            wrong.append(f"line {number}: {name} has the options {', '.join(known)}")
            continue
        answers[name] = (letters[0], letters[1] if len(letters) > 1 else "")
    return answers, wrong


def scores(
    key: Mapping[str, Any], answers: Mapping[str, Answer]
) -> tuple[BlindScore, ...]:
    """The score of each story, and, of more than one, of all together."""
    names = list(dict.fromkeys(decision["story"] for decision in key.values()))
    found = [
        _score(name, [k for k in key if key[k]["story"] == name], key, answers)
        for name in names
    ]
    if len(names) > 1:
        found.append(_score("all", list(key), key, answers))
    return tuple(found)


def _score(
    story: str,
    names: Sequence[str],
    key: Mapping[str, Any],
    answers: Mapping[str, Answer],
) -> BlindScore:
    """As the game scores: earned is how far above the worst option a pick stands."""
    earned = by_lot = at_stake = named = chance = 0.0
    worst: list[bool] = []
    for name in names:
        sums = [int(worth) for _, worth in key[name]["options"]]
        at_stake += max(sums) - min(sums)
        by_lot += sum(sums) / len(sums) - min(sums)
        chance += sums.count(max(sums)) / len(sums)
        if name in answers:
            best_pick, worst_pick = answers[name]
            picked = sums[LETTERS.index(best_pick)]
            earned += picked - min(sums)
            named += picked == max(sums)
            if worst_pick:
                worst.append(sums[LETTERS.index(worst_pick)] == min(sums))
    stake, count = at_stake or 1, len(names) or 1
    return BlindScore(
        story=story,
        decisions=len(names),
        answered=sum(name in answers for name in names),
        earned=earned / stake,
        random=by_lot / stake,
        named=named / count,
        chance=chance / count,
        worst=sum(worst) / len(worst) if worst else None,
    )


def score_text(score: BlindScore) -> str:
    """A score in one line."""
    missing = score.decisions - score.answered
    left = f"; {missing} not answered" if missing else ""
    worst = "" if score.worst is None else f"; worst named in {score.worst:.0%}"
    earned = (
        f"earned {score.earned:.0%} of what was at stake (random {score.random:.0%})"
    )
    named = f"best named in {score.named:.0%} of {score.decisions} (chance {score.chance:.0%})"
    return f"{score.story}: {earned}; {named}{worst}{left}"
