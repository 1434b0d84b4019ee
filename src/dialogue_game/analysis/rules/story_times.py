"""Times: the clock and the times that are told run forwards, and there are such times and days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from dialogue_game.analysis.condition_queries import Case, reachable_cases
from dialogue_game.analysis.conditions import Watched, constant_of
from dialogue_game.analysis.findings import Finding, PathKey, finding
from dialogue_game.analysis.rules.logic import placed_effects
from dialogue_game.analysis.rules.people import one_slip
from dialogue_game.analysis.rules.subject import Subject, walk_text
from dialogue_game.core.clock import WEEK
from dialogue_game.core.expressions import Effect, parse_effect
from dialogue_game.core.story import Choice, Story

SHOWN_TIME: Final = re.compile(
    r"\b([^\W\d_]{3,})\b[^\d\n]{0,12}?\b([01]?\d|2[0-3])[:.]([0-5]\d)\b"
)
CLOCK_TIME: Final = re.compile(r"(?<![\d:.])(\d{1,2}):(\d{2})(?![\d:])")
DAY_ON: Final = re.compile(
    rf"\b(?:{'|'.join(map(str.casefold, WEEK))}|later|next|after|earlier|before|ago|weeks?"
    r"|months?|years?|tomorrow|yesterday)\b"
)
"""What a title says of another day or time than that of the scene before it."""
WORD: Final = re.compile(r"[^\W\d_]{4,}")
FIELDS: Final = ("date", "time")
"""The fields of exhibits that tell a time."""
HALF_A_DAY: Final = 720
"""Minutes; where a time is earlier by more than this, a night has passed."""
LATE: Final = 60
"""Minutes by which what is read in a scene may be later than its title."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The time that a scene's title told last, and whether a choice has taken time since."""

    day: str
    minute: int
    scene: str
    spent: bool = False


def titles_back(subject: Subject) -> Iterator[Finding]:
    """DG210: a title that tells an earlier time of the same day than a path has told before.

    Scenes without a time leave the time as it was; those of another day end it. Past such scenes
    only what some play does is told: a condition may keep the two apart.
    """
    story = subject.story
    times = {name: weekday_time(scene.title) for name, scene in story.scenes.items()}
    known_times = [_Known(*time, name) for name, time in times.items() if time]
    known_times.sort(key=lambda known: -known.minute)  # the latest first is enough
    waiting = [(known.scene, known) for known in known_times]
    seen: set[tuple[str, str, bool]] = set()
    direct: dict[str, Finding] = {}
    doubtful: dict[str, tuple[Case, Finding]] = {}
    for name, known in waiting:
        for choice in story.scenes[name].transitions:
            now = replace(known, spent=known.spent or bool(minutes_spent(choice)))
            for branch in choice.goto:
                to = branch.to
                after = times.get(to)
                if after is not None and name != to and _earlier(after, now, to):
                    if name == known.scene:
                        noticed = _backwards(subject, now, name, choice.id, to)
                        direct.setdefault(to, noticed)
                    elif to != known.scene or not branch.when:
                        noticed = _backwards(subject, now, name, choice.id, to)
                        case = _seen_before(now.scene, name, choice.id, to)
                        doubtful.setdefault(to, (case, noticed))
                key = (to, now.day, now.spent)
                if after is None and to in times and key not in seen:
                    seen.add(key)
                    if _same_day(story.scenes[to].title, now.day):
                        waiting.append((to, now))
    yield from direct.values()
    cases = [case for to, (case, _) in doubtful.items() if to not in direct]
    for case in reachable_cases(subject.solution, cases):
        yield doubtful[case.what][1]


def _seen_before(known: str, scene: str, choice: str, to: str) -> Case:
    """That some play comes to a scene that has seen another before, or comes back to it."""
    path: PathKey = ("scenes", to, "title")
    condition = f"visited({known})"
    if known == to:
        return Case(to, path, Watched(scene, condition, choice))
    return Case(to, path, Watched(to, condition))


def _earlier(after: tuple[str, int], known: _Known, to: str) -> bool:
    """Whether a title's time lies before what is known, or is told again after time was spent."""
    day, minute = after
    return day == known.day and (
        minute < known.minute or (to == known.scene and known.spent)
    )


def _same_day(title: str, day: str) -> bool:
    """Whether a title without a time may still be of this day."""
    named = DAY_ON.findall(title.casefold())
    return all(word == day for word in named)


def _backwards(
    subject: Subject, known: _Known, scene: str, choice: str, to: str
) -> Finding:
    scenes = subject.story.scenes
    title, before = scenes[to].title, scenes[known.scene].title
    by = f"{scene}.{choice}" if choice else scene
    lead = "which leads here by" if scene == known.scene else "and a path leads here by"
    message = f"“{title}” is earlier than “{before}”, {lead} {by}."
    if to == known.scene:
        here = ("scenes", scene, "choices", choice) if choice else ("scenes", scene)
        return finding(
            "DG210",
            subject.at(*here, "goto"),
            f"“{title}” is told again after time has passed, by {by}.",
            "Lead elsewhere, or take the time out of that title.",
        )
    return finding(
        "DG210",
        subject.at("scenes", to, "title"),
        message,
        "Look at the two times; a later day needs its name.",
    )


def weekday_time(title: str) -> tuple[str, int] | None:
    """The weekday and the minutes that a title begins with, where it names both."""
    match = SHOWN_TIME.search(title)
    if match is None or match[1].casefold() not in map(str.casefold, WEEK):
        return None
    return match[1].casefold(), int(match[2]) * 60 + int(match[3])


def time_turned_back(subject: Subject) -> Iterator[Finding]:
    """DG210: an effect that takes time away from the clock."""
    for path, name, effect in placed_effects(subject.story):
        if effect.target != "clock":
            continue
        value = constant_of(effect.value.tree)
        if effect.operator == "=":
            yield from _set_back(subject, path, name, effect)
        back = isinstance(value, int | float) and (
            (effect.operator == "-=" and value > 0)
            or (effect.operator == "+=" and value < 0)
        )
        if back:
            yield finding(
                "DG210",
                subject.at(*path),
                f"{name} turns the clock back by {abs(value)} minutes.",
                "Time only passes: write clock += minutes, or takes: on the choice.",
            )


def _set_back(
    subject: Subject, path: PathKey, name: str, effect: Effect
) -> Iterator[Finding]:
    """A clock set to a time before the story begins."""
    clock = subject.story.clock
    if clock is None:
        return
    value = constant_of(effect.value.tree)
    if value is None:
        value = clock.times.get(effect.value.source.strip())
    if isinstance(value, int | float) and value < clock.start:
        yield finding(
            "DG210",
            subject.at(*path),
            f"{name} sets the clock to a time before the story begins.",
            "Time only passes: name a later time.",
        )


def clock_set_back(subject: Subject) -> Iterator[Finding]:
    """DG210: a clock set to a time that some play has passed."""
    for case in reachable_cases(subject.solution, _settings(subject.story)):
        yield finding(
            "DG210",
            subject.at(*case.path),
            f"{case.what} sets the clock to a time that has passed {walk_text(case.walk)}.",
            "Time only passes: name a later time, or lead late plays elsewhere.",
        )


def _settings(story: Story) -> Iterator[Case]:
    """That the clock is later than the time it is set to, at each choice that sets it so."""
    for scene in story.scenes.values():
        for choice in scene.choices.values():
            spare = 1 if choice.takes else 0
            for number, source in enumerate(choice.effects[spare:]):
                to = _set_to(story, parse_effect(source))
                if to is not None:
                    path: PathKey = (
                        *("scenes", scene.id, "choices", choice.id),
                        *("effects", number),
                    )
                    watched = Watched(scene.id, f"clock > {to}", choice.id)
                    yield Case(f"{scene.id}.{choice.id}", path, watched)
    entered = {
        node.id: ((where, node.id, "enter", number), to)
        for where, nodes in (("scenes", story.scenes), ("endings", story.endings))
        for node in nodes.values()
        for number, source in enumerate(node.enter)
        if (to := _set_to(story, parse_effect(source))) is not None
    }
    for scene, choice in story.transitions():
        spent = minutes_spent(choice)
        for branch in (
            choice.goto if spent is not None and len(choice.goto) == 1 else ()
        ):
            if branch.to in entered:
                path, to = entered[branch.to]
                watched = Watched(scene.id, f"clock > {to - (spent or 0)}", choice.id)
                yield Case(branch.to, path, watched)


def _set_to(story: Story, effect: Effect) -> int | None:
    """The minutes to which an effect sets the clock."""
    if effect.target != "clock" or effect.operator != "=" or story.clock is None:
        return None
    value = constant_of(effect.value.tree)
    if value is None:
        value = story.clock.times.get(effect.value.source.strip())
    return int(value) if isinstance(value, int | float) else None


def minutes_spent(choice: Choice) -> int | None:
    """The minutes that a choice takes; None where it does something else to the clock."""
    minutes = 0
    for effect in map(parse_effect, choice.effects):
        if effect.target == "clock":
            value = constant_of(effect.value.tree)
            if effect.operator != "+=" or not isinstance(value, int | float):
                return None
            minutes += int(value)
    return minutes


def shown_times(subject: Subject) -> Iterator[Finding]:
    """DG408: an hour that no day has, or a weekday misspelt, where a time is told."""
    days = _days(subject.story)
    for path, words in _time_texts(subject.story):
        for hour, minute in CLOCK_TIME.findall(words):
            if int(hour) > 24 or int(minute) > 59:
                message = f"“{hour}:{minute}” is no time of day."
                yield finding(
                    "DG408", subject.at(*path), message, "Look at the two numbers."
                )
        for word in WORD.findall(words):
            near = [day for day in days if one_slip(word, day)]
            if near and word not in days:
                message = f"“{word}” is no day of the week."
                yield finding(
                    "DG408", subject.at(*path), message, f"Did you mean “{near[0]}”?"
                )


def _days(story: Story) -> tuple[str, ...]:
    return story.clock.days if story.clock is not None else WEEK


def _time_texts(story: Story) -> Iterator[tuple[PathKey, str]]:
    """The texts that tell a time and little else: titles of scenes, dates and times of exhibits."""
    for scene in story.scenes.values():
        here: PathKey = ("scenes", scene.id)
        yield (*here, "title"), scene.title
        for number, exhibit in enumerate(scene.exhibits):
            path = (*here, "exhibits", number, exhibit.kind)
            for field in FIELDS:
                if exhibit.fields.get(field):
                    yield (*path, field), exhibit.fields[field]
            key = "messages" if exhibit.kind == "chat" else "posts"
            for position, item in enumerate(exhibit.items):
                if item.get("time"):
                    yield (*path, key, position, "time"), item["time"]


def messages_back(subject: Subject) -> Iterator[Finding]:
    """DG210: a message that is earlier than the one before it; a thread may begin with the last."""
    for scene in subject.story.scenes.values():
        for number, exhibit in enumerate(scene.exhibits):
            times = [
                CLOCK_TIME.fullmatch(item.get("time", "")) for item in exhibit.items
            ]
            steps = list(_steps(times))
            if exhibit.kind == "thread" and all(step < 0 for _, step in steps):
                continue
            key = "messages" if exhibit.kind == "chat" else "posts"
            for position, step in steps:
                if -HALF_A_DAY < step < 0:
                    path = (
                        "scenes",
                        scene.id,
                        "exhibits",
                        number,
                        exhibit.kind,
                        key,
                        position,
                    )
                    yield finding(
                        "DG210",
                        subject.at(*path, "time"),
                        f"{exhibit.items[position]['time']} is earlier than the message before it.",
                        "Look at the two times; a later day needs its name.",
                    )


def _steps(times: Sequence[re.Match[str] | None]) -> Iterator[tuple[int, int]]:
    """Each position with the minutes from the time before it, where both are told."""
    minutes = [
        None if time is None else int(time[1]) * 60 + int(time[2]) for time in times
    ]
    for position, (before, after) in enumerate(pairwise(minutes)):
        if before is not None and after is not None:
            yield position + 1, after - before


def letters_ahead(subject: Subject) -> Iterator[Finding]:
    """DG210: an exhibit that is dated later on the day on which its scene shows it."""
    for scene in subject.story.scenes.values():
        now = weekday_time(scene.title)
        if now is None:
            continue
        for number, exhibit in enumerate(scene.exhibits):
            for field in FIELDS:
                then = weekday_time(exhibit.fields.get(field, ""))
                if then is not None and then[0] == now[0] and then[1] > now[1] + LATE:
                    yield finding(
                        "DG210",
                        subject.at(
                            "scenes", scene.id, "exhibits", number, exhibit.kind, field
                        ),
                        f"“{exhibit.fields[field]}” is later than “{scene.title}”, where it is "
                        "read.",
                        "Look at the two times; an earlier day needs its name.",
                    )


RULES = (
    titles_back,
    time_turned_back,
    clock_set_back,
    shown_times,
    messages_back,
    letters_ahead,
)
