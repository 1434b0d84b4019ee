"""Times that the clock does not show: titles off by an hour, named times that have passed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from dialogue_game.analysis.condition_queries import Case, reachable_cases
from dialogue_game.analysis.conditions import Watched
from dialogue_game.analysis.findings import Finding, PathKey, finding
from dialogue_game.analysis.rules.story_times import minutes_spent, weekday_time
from dialogue_game.analysis.rules.subject import Subject, walk_text
from dialogue_game.core.clock import DAY, Clock
from dialogue_game.core.expressions import parse_effect
from dialogue_game.core.story import Story

TO_COME: Final = (
    r"\b(?:meets?|begins?|starts?|opens?|closes?|is due|are due|leaves?|arrives?|will \w+|until|by"
    r"|before|bis|avant|hasta)(?: \w+){0,2} \{NAME\}"
)
AN_HOUR: Final = 60
MOST_TIMES: Final = 40
"""Readings of the clock at one scene, beyond which none is compared."""


def titles_and_clock(subject: Subject) -> Iterator[Finding]:
    """DG217: a title's time that the clock passes by an hour, where other plays read it in time."""
    story, clock = subject.story, subject.story.clock
    times = _readings(story, clock) if clock is not None else None
    if clock is None or times is None:
        return
    cases = []
    for name, readings in times.items():
        scene = story.scenes.get(name)
        told = _told(scene.title, clock) if scene is not None else None
        if told is None or told not in readings:
            continue
        for off in sorted(one for one in readings if abs(one - told) >= AN_HOUR)[:2]:
            watched = Watched(name, f"clock == {off}")
            cases.append(Case(clock.text(off), ("scenes", name, "title"), watched))
    told_paths: set[PathKey] = set()
    for case in reachable_cases(subject.solution, cases) if cases else ():
        if case.path not in told_paths:
            told_paths.add(case.path)
            title = story.scenes[case.watched.node].title
            yield finding(
                "DG217",
                subject.at(*case.path),
                f"It is {case.what} here {walk_text(case.walk)}, and the title says “{title}”.",
                "Look at takes: of the choices that lead here.",
            )
    yield from _passed_times(subject, clock, times)


def _passed_times(
    subject: Subject, clock: Clock, times: Mapping[str, set[int]]
) -> Iterator[Finding]:
    """DG217: a named time told as still to come, where it has passed in every play."""
    for text in subject.texts:
        if text.path[0] not in ("scenes", "endings") or "{" not in text.content:
            continue
        readings = times.get(str(text.path[1]))
        for name, at in clock.times.items() if readings else ():
            match = None
            if f"{{{name}}}" in text.content and readings and at < min(readings):
                match = re.search(TO_COME.replace("NAME", name), text.content)
            if match:
                yield finding(
                    "DG217",
                    subject.mention(text.path, f"{{{name}}}"),
                    f"“{name}” is {clock.text(at)}, which has passed here in every play.",
                    "Look at the day of the named time.",
                )


def _readings(story: Story, clock: Clock) -> Mapping[str, set[int]] | None:
    """By scene and ending, what the clock may show there; None where that is not simply a sum."""
    sources = [
        *(
            s
            for scene in story.scenes.values()
            for s in (*scene.first_enter, *scene.enter)
        ),
        *(s for ending in story.endings.values() for s in ending.enter),
    ]
    if any(parse_effect(source).target == "clock" for source in sources):
        return None
    found: dict[str, set[int]] = {story.start: {clock.start}}
    waiting = [story.start]
    while waiting:
        name = waiting.pop()
        for move in story.scenes[name].transitions if name in story.scenes else ():
            spent = minutes_spent(move)
            if spent is None:
                return None
            for branch in move.goto:
                known = found.setdefault(branch.to, set())
                more = {time + spent for time in found[name]} - known
                known |= more
                if len(known) > MOST_TIMES:
                    return None
                if more:
                    waiting.append(branch.to)
    return found


def _told(title: str, clock: Clock) -> int | None:
    """The minutes that a title tells, the first such time from the beginning on."""
    told = weekday_time(title)
    days = [day.casefold() for day in clock.days]
    if told is None or clock.weekday < 0 or told[0] not in days:
        return None
    minutes = (days.index(told[0]) - clock.weekday) % len(days) * DAY + told[1]
    return minutes if minutes >= clock.start else None


RULES = (titles_and_clock,)
