"""The record of a session: what was decided and how, without a participant's name anywhere.

With fewer than five ballots in a round only the leading option is named, here as on the screen.
A round that the room has not seen is not in the record.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dialogue_game.core import engine
from dialogue_game.core.course import Course
from dialogue_game.core.events import ChoiceMade, PlaythroughStarted
from dialogue_game.core.session.ballots import Round, may_show_counts, option_letters
from dialogue_game.core.session.session_state import (
    Deliberation,
    Session,
    SessionPlaythrough,
)
from dialogue_game.core.state import State
from dialogue_game.core.story import Story
from dialogue_game.core.text import counted

Record = dict[str, Any]
"""The record as plain data: the machine contract of `session export --format json`."""

COLUMNS: Final = (
    "session", "date", "entity", "leader", "headcount", "minutes", "kind", "scenario", "decision",
    "scene", "round", "mode", "ballots", "option", "count", "rule", "text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordSource:
    """What a record is told from. `stories` are by edition; `date` is the room's own."""

    id: str
    session: Session
    course: Course
    stories: Mapping[str, Story]
    date: str
    rules: Mapping[str, str]
    modes: Mapping[str, str]


def record_data(source: RecordSource) -> Record:
    """The whole record as data."""
    session, started = source.session, source.session.started
    played = {path.story for path in session.paths if path.choices}
    scenarios = [
        {"id": story, "title": _title(source, story), "played": story in played}
        for story in started.scenarios
    ]
    titles = [str(scenario["title"]) for scenario in scenarios if scenario["played"]]
    decisions = [
        _decision(source, place, decision)
        for place, decision in enumerate(session.deliberations)
    ]
    return {
        "session": source.id,
        "date": source.date,
        "course": started.course,
        "entity": started.entity,
        "leader": started.leader,
        "headcount": session.most_people,
        "headcounts": [
            {"minute": round(here.since / 60000), "people": here.people}
            for here in session.present
        ],
        "minutes": started.minutes,
        "minutes_used": round(session.times.elapsed / 60000),
        "ended": session.ended,
        "rehearsal": started.rehearsal,
        "scenarios": scenarios,
        "decisions": decisions,
        "roads": [_playthrough(source, path) for path in session.paths],
        "takeaways": list(session.takeaways),
        "parked": list(session.parked),
        "participation": participation_line(
            source.date, started.entity, session.most_people, titles
        ),
    }


def participation_line(
    date: str, entity: str, headcount: int, titles: Sequence[str]
) -> str:
    """The line that focal points report: entity, date, how many took part, scenarios played."""
    people = counted(headcount, "participant")
    line = ", ".join(titles) or "no scenario was played"
    return f"{entity or 'Entity not named'}; {date}; {people}; {line}"


def record_csv(record: Record) -> str:
    """One row a count, a note or a takeaway; no cell can be taken for a formula (RFC 4180).

    Where there is more than ASCII in it a byte-order mark comes first: without one a spreadsheet
    reads “Genève” in another encoding.
    """
    from dialogue_game.reporting.tables import guarded

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    shared = [
        record[name]
        for name in ("session", "date", "entity", "leader", "headcount", "minutes")
    ]
    for row in _rows(record):
        line = [*shared, *(row.get(column, "") for column in COLUMNS[len(shared) :])]
        writer.writerow(
            [guarded(cell) if isinstance(cell, str) else cell for cell in line]
        )
    text = out.getvalue()
    return text if text.isascii() else f"\ufeff{text}"


def _rows(record: Record) -> Iterator[dict[str, Any]]:
    for decision in record["decisions"]:
        where = {
            "scenario": decision["story"],
            "decision": decision["decision"],
            "scene": decision["scene"],
        }
        texts = {option["id"]: option["text"] for option in decision["options"]}
        for held in decision["rounds"]:
            about = {
                **where,
                "round": held["number"],
                "mode": held["mode"],
                "ballots": held["ballots"],
            }
            for option in held["leading"]:
                yield {
                    **about,
                    "kind": "leading",
                    "option": option,
                    "text": texts[option],
                }
            for option, count in held["counts"].items():
                row = {"option": option, "count": count, "text": texts[option]}
                yield {**about, "kind": "ballots", **row}
        if decision["settled"]:
            settled = decision["settled"]
            yield {
                **where,
                "kind": "settled",
                "option": settled["option"],
                "rule": settled["rule"],
                "text": settled["text"],
            }
        for reason in decision["reasons"]:
            yield {
                **where,
                "kind": "minority",
                "option": reason["option"],
                "text": reason["text"],
            }
    for kind in ("takeaways", "parked"):
        for text in record[kind]:
            yield {"kind": kind, "text": text}
    yield {"kind": "participation", "text": record["participation"]}


def _decision(
    source: RecordSource, place: int, decision: Deliberation
) -> dict[str, Any]:
    session = source.session
    path = session.paths[decision.path]
    own = [d for d in session.deliberations[: place + 1] if d.path == decision.path]
    shown = engine.situation(
        source.stories[path.edition],
        _state(source, path, path.branched_at + len(own) - 1),
    )
    texts = {option.id: option.text for option in shown.options}
    letters = {
        option: letter for letter, option in option_letters(shown.options).items()
    }
    newest = place == len(session.deliberations) - 1
    seen = session.revealed or not (newest and session.deciding)
    settled = decision.settlement
    return {
        "story": path.story,
        "road": decision.path + 1,
        "decision": path.branched_at + len(own),
        "scene": decision.scene,
        "title": shown.title,
        "form": decision.form,
        "options": [
            {"letter": letter, "id": option, "text": texts[option]}
            for option, letter in letters.items()
        ],
        "rounds": _rounds(source, decision.rounds[: decision.seen]) if seen else [],
        "settled": {
            "option": settled.option,
            "text": texts[settled.option],
            "rule": settled.rule,
            "said": source.rules.get(settled.rule, settled.rule),
        }
        if settled
        else None,
        "reasons": [
            {
                "option": said.option,
                "letter": letters.get(said.option, ""),
                "text": said.text,
            }
            for said in decision.reasons
        ],
    }


def _rounds(source: RecordSource, rounds: Sequence[Round]) -> list[dict[str, Any]]:
    shown = [may_show_counts(rounds, place) for place in range(len(rounds))]
    return [
        {
            "number": held.number,
            "mode": held.mode,
            "said": source.modes.get(held.mode, held.mode),
            "ballots": held.total,
            "leading": sorted(held.leading if whole else filter(None, [held.leader])),
            "counts": dict(sorted(held.counts.items())) if whole else {},
        }
        for held, whole in zip(rounds, shown, strict=True)
    ]


def _playthrough(source: RecordSource, path: SessionPlaythrough) -> dict[str, Any]:
    story, state = source.stories[path.edition], _state(source, path, len(path.choices))
    ending = story.endings[state.ending] if state.ended else None
    return {
        "story": path.story,
        "edition": path.edition,
        "playthrough": path.playthrough,
        "choices": len(path.choices),
        "branched_from": path.branched_from or None,
        "shared": path.branched_at,
        "ending": {"id": ending.id, "kind": ending.kind, "title": ending.title}
        if ending
        else None,
    }


def _state(source: RecordSource, path: SessionPlaythrough, made: int) -> State:
    """The story's state on a path after so many of its choices."""
    start = PlaythroughStarted(
        path.story, path.edition, path.branched_from, path.branched_at
    )
    choices = (ChoiceMade(*choice) for choice in path.choices[:made])
    story = source.stories[path.edition]
    return engine.read_on(story, engine.replay(story, (start, *choices)))[1]


def _title(source: RecordSource, story: str) -> str:
    """A scenario's title; by the editions that were played where its course is not at hand."""
    if entry := source.course.entry(story):
        return entry.title
    return next((s.title for s in source.stories.values() if s.id == story), story)
