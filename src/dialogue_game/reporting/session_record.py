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
SHARED_COLUMNS: Final = 6
"""How many columns, from the first, are the same in all rows of a record."""


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
    titles = {story: _title(source, story) for story in started.scenarios}
    scenarios = [
        {"id": story, "title": title, "played": story in played}
        for story, title in titles.items()
    ]
    decisions = [
        _decision(source, number) for number in range(len(session.deliberations))
    ]
    participation = participation_line(
        source.date,
        started.entity,
        session.most_people,
        [title for story, title in titles.items() if story in played],
    )
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
        "participation": participation,
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
    from dialogue_game.reporting.tables import escaped_formula

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    shared = {column: record[column] for column in COLUMNS[:SHARED_COLUMNS]}
    for row in _rows(record):
        cells = [{**shared, **row}.get(column, "") for column in COLUMNS]
        writer.writerow(
            [escaped_formula(cell) if isinstance(cell, str) else cell for cell in cells]
        )
    text = out.getvalue()
    return text if text.isascii() else f"\ufeff{text}"


def _rows(record: Record) -> Iterator[dict[str, Any]]:
    for decision in record["decisions"]:
        scene = {
            "scenario": decision["story"],
            "decision": decision["decision"],
            "scene": decision["scene"],
        }
        for row in _decision_rows(decision):
            yield scene | row
    for kind in ("takeaways", "parked"):
        for text in record[kind]:
            yield {"kind": kind, "text": text}
    yield {"kind": "participation", "text": record["participation"]}


def _decision_rows(decision: dict[str, Any]) -> Iterator[dict[str, Any]]:
    texts = {option["id"]: option["text"] for option in decision["options"]}
    for round_ in decision["rounds"]:
        about = {
            "round": round_["number"],
            "mode": round_["mode"],
            "ballots": round_["ballots"],
        }
        for option in round_["leading"]:
            row = {"kind": "leading", "option": option, "text": texts[option]}
            yield about | row
        for option, count in round_["counts"].items():
            row = {"kind": "ballots", "option": option, "text": texts[option]}
            yield about | row | {"count": count}
    if result := decision["settled"]:
        yield {
            "kind": "settled",
            "option": result["option"],
            "rule": result["rule"],
            "text": result["text"],
        }
    for reason in decision["reasons"]:
        yield {"kind": "minority", "option": reason["option"], "text": reason["text"]}


def _decision(source: RecordSource, number: int) -> dict[str, Any]:
    session = source.session
    decision = session.deliberations[number]
    path = session.paths[decision.path]
    before = [d for d in session.deliberations[:number] if d.path == decision.path]
    position = path.branched_at + len(before)
    story = source.stories[path.edition]
    shown = engine.situation(story, _state(source, path, position))
    texts = {option.id: option.text for option in shown.options}
    letters = {
        option: letter for letter, option in option_letters(shown.options).items()
    }
    newest = number == len(session.deliberations) - 1
    rounds = decision.rounds[: decision.seen]
    if newest and session.deciding and not session.revealed:
        rounds = ()
    return {
        "story": path.story,
        "road": decision.path + 1,
        "decision": position + 1,
        "scene": decision.scene,
        "title": shown.title,
        "form": decision.form,
        "options": [
            {"letter": letter, "id": option, "text": texts[option]}
            for option, letter in letters.items()
        ],
        "rounds": _rounds(source, rounds),
        "settled": _settlement(source, decision, texts),
        "reasons": [
            {
                "option": reason.option,
                "letter": letters.get(reason.option, ""),
                "text": reason.text,
            }
            for reason in decision.reasons
        ],
    }


def _settlement(
    source: RecordSource, decision: Deliberation, texts: Mapping[str, str]
) -> dict[str, str] | None:
    settlement = decision.settlement
    if settlement is None:
        return None
    return {
        "option": settlement.option,
        "text": texts[settlement.option],
        "rule": settlement.rule,
        "said": source.rules.get(settlement.rule, settlement.rule),
    }


def _rounds(source: RecordSource, rounds: Sequence[Round]) -> list[dict[str, Any]]:
    return [
        _round(source, round_, counts_shown=may_show_counts(rounds, place))
        for place, round_ in enumerate(rounds)
    ]


def _round(
    source: RecordSource, round_: Round, *, counts_shown: bool
) -> dict[str, Any]:
    """A round of ballots; where its counts may not be shown, only who leads alone."""
    if counts_shown:
        leading, counts = sorted(round_.leading), dict(sorted(round_.counts.items()))
    else:
        leading, counts = [round_.leader] if round_.leader else [], {}
    return {
        "number": round_.number,
        "mode": round_.mode,
        "said": source.modes.get(round_.mode, round_.mode),
        "ballots": round_.total,
        "leading": leading,
        "counts": counts,
    }


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
