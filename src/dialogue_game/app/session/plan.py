"""Preparing a session: the plan, checked; what to tell the leader; an invitation to copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dialogue_game.app.session.agenda import budgets, minutes_words
from dialogue_game.app.session.texts import TITLES
from dialogue_game.core.course import Course, StoryEntry
from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import FEWEST
from dialogue_game.core.session.session_events import SessionStarted
from dialogue_game.core.text import safe
from dialogue_game.errors import NotFound, Remedy, SessionInvalid

LEAST_MINUTES: Final = 10
MOST_MINUTES: Final = 480
MOST_PEOPLE: Final = 10_000
USUAL_MINUTES: Final = 90
LONGEST_NAME: Final = 120
LONGEST_NOTE: Final = 500
SHORT: Final = 60
"""Minutes below which one scenario is enough."""
LEAST_SCENARIO: Final = 15 * 60
"""Seconds below which a scenario has no room for talk."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """What the leader reads and sends before a session, each a list of paragraphs."""

    title: str
    agenda: tuple[str, ...]
    advice: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    invitation: str


def plan(
    course: Course,
    scenarios: Sequence[str] = (),
    headcount: int = 10,
    minutes: int = USUAL_MINUTES,
    entity: str = "",
    leader: str = "",
    *,
    rehearsal: bool = False,
) -> SessionStarted:
    """A session as asked for. Without scenarios: the first two, or one where time is short.

    Raises SessionInvalid for numbers no room has, NotFound for scenarios that are not there.
    """
    if not 1 <= headcount <= MOST_PEOPLE:
        raise SessionInvalid(
            f"A session needs between 1 and {MOST_PEOPLE:,} people.",
            "For example: --headcount 12",
        )
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise SessionInvalid(
            f"A session takes between {LEAST_MINUTES} and {MOST_MINUTES} minutes.",
            "For example: --minutes 90, or 30 with one scenario",
        )
    usual = 2 if minutes >= SHORT else 1
    chosen = tuple(scenarios) or tuple(e.id for e in playable(course)[:usual])
    return SessionStarted(
        course.id,
        line(entity),
        line(leader),
        headcount,
        minutes,
        _checked(course, chosen),
        rehearsal,
    )


def playable(course: Course) -> tuple[StoryEntry, ...]:
    """The scenarios of the course that a group can play."""
    return tuple(e for e in course.stories if e.kind == "scenario" and not e.coming)


def advice(planned: SessionStarted) -> tuple[str, ...]:
    """What is worth knowing before this session begins."""
    said = []
    each = budgets(planned.minutes, planned.scenarios)[planned.scenarios[0]]
    count = len(planned.scenarios)
    if each < LEAST_SCENARIO and count > 1:
        said.append(
            f"{count} scenarios in {planned.minutes} minutes leave {minutes_words(each)} for "
            "each. Fewer scenarios leave more time to talk."
        )
    if count == 1 and planned.minutes >= USUAL_MINUTES:
        said.append("A session of 90 minutes has room for two scenarios at least.")
    if planned.headcount < FEWEST:
        said.append(
            "With fewer than five ballots only the leading option is ever shown, so that nobody "
            "can be told from a count."
        )
    if planned.headcount > 40:
        said.append("In a large room, let people talk in groups of three or four.")
    return tuple(said)


def preparation(course: Course, planned: SessionStarted) -> Preparation:
    """The leader's page: agenda, the course's steps, needs to ask for, an invitation to copy."""
    parts = budgets(planned.minutes, planned.scenarios)
    titles = [_title(course, story) for story in planned.scenarios]
    named = {
        steps.WELCOME: "Welcome and ground rules",
        **dict(zip(planned.scenarios, titles, strict=True)),
        steps.COMPARISON_PART: "The scenarios side by side",
        steps.CLOSING_PART: "Closing and evaluation",
    }
    agenda = tuple(
        f"{minutes_words(seconds)}: {named[part]}" for part, seconds in parts.items()
    )
    return Preparation(
        "Prepare your session",
        agenda,
        advice(planned),
        tuple((step.title, step.text) for step in course.steps),
        (
            "Which languages do people speak freely? Who can translate for a neighbour?",
            "Ask in private, and early, who has a need: a disability, working hours, anything.",
            f"Print the letter cards: {_sets(planned.headcount)}. Put your script on paper.",
            "Play the scenarios once yourself, or run a rehearsal: it keeps nothing.",
        ),
        _invitation(course, planned, titles),
    )


def _sets(people: int) -> str:
    return "one set" if people == 1 else f"{people} sets, one for each person"


def full_round(planned: SessionStarted) -> str:
    """How long a full decision takes in this session, and its steps."""
    each = budgets(planned.minutes, planned.scenarios)[planned.scenarios[0]]
    lengths = {
        step: steps.usual_seconds(step, steps.FULL, each) for step in steps.DECISION
    }
    listed = ", ".join(
        f"{TITLES[step]} {seconds // 60}:{seconds % 60:02}"
        for step, seconds in lengths.items()
    )
    return (
        f"A full decision takes about {minutes_words(sum(lengths.values()))}: {listed}."
    )


def _invitation(course: Course, planned: SessionStarted, titles: Sequence[str]) -> str:
    """A text to copy into an e-mail; what stands in brackets is for the leader to fill in."""
    listed = "\n".join(f"- {title}" for title in titles)
    reading = "\n".join(
        f"- {course.references[r].label}: {course.references[r].title}"
        for r in course.pre_reading
        if r in course.references
    )
    lead = planned.leader or "[your name]"
    before = f"\n\nPlease look at this before we meet:\n{reading}" if reading else ""
    return (
        f"Dear colleagues,\n\nI invite you to our talk: {course.title}\n"
        f"[date, time, place], about {planned.minutes} minutes.\n\n"
        f"We will play through:\n{listed}\n\n"
        "Nobody is graded, and no names are written down. Come with an example of your own, if "
        "you like. Use the language in which you speak freely; colleagues will help to "
        "translate.\n\nPlease tell me, in private, if you need anything to take part fully: "
        f"a need related to a disability, to working hours, or anything else.{before}\n\n{lead}"
    )


def line(text: str) -> str:
    """A name as typed: one clean line of reasonable length."""
    return " ".join(safe(text).split())[:LONGEST_NAME].strip()


def note(text: str) -> str:
    """Something the room said, as one clean line. Raises SessionInvalid where there is nothing."""
    kept = " ".join(safe(text).split())
    if not kept:
        raise SessionInvalid("There is nothing to write down.", Remedy.TYPE_SOMETHING)
    if len(kept) > LONGEST_NOTE:
        raise SessionInvalid(
            f"That is longer than {LONGEST_NOTE} characters.",
            "Say it shorter, or in two notes.",
        )
    return kept


def _title(course: Course, story: str) -> str:
    entry = course.entry(story)
    return entry.title if entry else story


def _checked(course: Course, chosen: tuple[str, ...]) -> tuple[str, ...]:
    known = [entry.id for entry in playable(course)]
    for story in chosen:
        if story not in known:
            from difflib import get_close_matches

            close = get_close_matches(story, known, n=1)
            hint = f"Did you mean “{close[0]}”? " if close else ""
            raise NotFound(
                f"There is no scenario “{story}” for a group.",
                f"{hint}There are: {', '.join(known)}.",
            )
    if len(set(chosen)) < len(chosen):
        raise SessionInvalid("A scenario is named twice.", "Name each scenario once.")
    if not chosen:
        raise SessionInvalid("This course has no scenario for a group.")
    return chosen
