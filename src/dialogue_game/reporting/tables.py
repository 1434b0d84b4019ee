"""Choices as a table, one row a decision, written and read: CSV and JSON lines.

Texts of stories and of players are not in it, only ids and numbers; and a cell that a spreadsheet
would take for a formula is told to be text by an apostrophe before it (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain
from sys import intern
from typing import Any, Final, NamedTuple

from dialogue_game.core import engine
from dialogue_game.core.events import ChoiceMade, Continued
from dialogue_game.core.scoring import Decision, Stake, stake
from dialogue_game.core.state import State
from dialogue_game.core.story import Story
from dialogue_game.core.text import safe
from dialogue_game.reporting.xapi_model import Attempt, spent, timestamp

COLUMNS: Final[Mapping[str, str]] = {
    "player": "who played: a random name of this installation, the same in all its tables",
    "course": "id of the course",
    "story": "id of the story",
    "edition": "digest of the exact text that was played",
    "playthrough": "id of the run",
    "started": "when the run began, UTC",
    "group": "yes where a group was led through it, no for one person",
    "branched_from": "id of the run that a replay left, empty otherwise",
    "decision": "number of the decision in the run, from 1",
    "scene": "id of the scene",
    "choice": "id of the choice taken",
    "marks": "what the choice did to each guideline, as in g1:breaches g6:upholds",
    "earned": "how far above the worst available option the choice stood",
    "at_stake": "how far the best available option stood above the worst",
    "guidelines": "earned/at stake for each guideline at stake, as in g1:0/3 g6:1/1",
    "success": "yes where at least two thirds of what was at stake were earned, no otherwise",
    "seconds": "time since the decision before; pauses of half an hour and more do not count; "
    "empty where shared",
    "round": "how many rounds of ballots a group took, empty for one person",
    "shared": "yes where the decision was taken over from the run that a replay left",
    "time": "when the choice was made, UTC",
    "ending": "id of the ending that the run reached, empty while it is under way",
    "ending_kind": "good, mixed, poor or neutral",
    "percent": "what the run earned of all that was at stake, empty before its end or unscored",
}
"""Every column and what is in it, in order; `docs/records.md` says the same."""

Cell = str | int | None
Row = list[Cell]

_CELLS: Final = 20_000
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula; full-width signs too."""


@dataclass(frozen=True, slots=True)
class _Decided:
    """What a row says of a decision, whoever took it."""

    marks: str
    stake: Stake
    guidelines: str
    success: str


@dataclass(slots=True)
class Tabulator:
    """Makes rows, and remembers what it found out about decisions it has met.

    The same options, offered in the same scene of the same edition, always have the same stakes.
    """

    player: str
    _known: dict[tuple[str, ...], _Decided] = field(default_factory=dict)

    def rows(self, attempt: Attempt) -> Iterator[Row]:
        """The rows of one playthrough, cells in the order of `COLUMNS`.

        Raises ValueError or KeyError where its events are none of its story's.
        """
        story, start, moments = attempt.story, attempt.start, attempt.moments
        decisions, state = _decisions_and_state(attempt)
        verdicts = [self._decided(story.edition, decision) for decision in decisions]
        head: Row = [
            self.player,
            story.course,
            story.id,
            story.edition,
            attempt.stream,
            timestamp(moments[0].at),
            _yes(bool(start.led_by)),
            start.branched_from,
        ]
        tail = _end(story, state, [one.stake for one in verdicts])
        passed, position = 0, 0
        for place, moment in enumerate(moments):
            passed += spent(moments, place)
            if not isinstance(moment.event, ChoiceMade):
                continue
            decision, known = decisions[position], verdicts[position]
            shared = position < start.branched_at
            ballots = attempt.rounds.get(position)
            yield [
                *head,
                position + 1,
                decision.scene,
                decision.chosen.id,
                known.marks,
                known.stake.earned,
                known.stake.at_stake,
                known.guidelines,
                known.success,
                None if shared else passed // 1000,
                len(ballots) if ballots else None,
                _yes(shared),
                timestamp(moment.at),
                *tail,
            ]
            position, passed = position + 1, 0

    def _decided(self, edition: str, decision: Decision) -> _Decided:
        offered = (option.id for option in decision.offered)
        key = (edition, decision.scene, decision.chosen.id, *offered)
        if key not in self._known:
            marks = " ".join(f"{m.guideline}:{m.word}" for m in decision.chosen.marks)
            success = _yes(decision.success)
            self._known[key] = _Decided(
                marks, stake(decision), _guidelines(decision), success
            )
        return self._known[key]


def as_csv(table: Iterable[Row]) -> Iterator[str]:
    """The table as CSV (RFC 4180) with a line of names, in pieces."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    known: dict[Cell, Cell] = {}
    for row in table:
        # Most cells are those of the row before, and looking is quicker than guarding.
        if len(known) > _CELLS:
            known.clear()
        for cell in row:
            if cell not in known:
                known[cell] = escaped_formula(cell) if isinstance(cell, str) else cell
        writer.writerow([known[cell] for cell in row])
        if buffer.tell() > 65536:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def as_json_lines(table: Iterable[Row]) -> Iterator[str]:
    """The table as JSON lines: an object a row, under the names of the columns."""
    names = tuple(COLUMNS)
    for row in table:
        data: dict[str, Any] = dict(zip(names, row, strict=True))
        yield json.dumps(data, ensure_ascii=False) + "\n"


def escaped_formula(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `unescaped_formula` undoes it."""
    if cell.isascii() and cell.isprintable() and not cell.startswith(_FORMULA):
        return cell
    cell = safe(cell)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def separator(header: str) -> str:
    """What stands between the cells of a table, by its first line.

    Spreadsheets in much of Europe write semicolons or tabs.
    """
    return max((",", ";", "\t"), key=header.count)


def unescaped_formula(cell: str) -> str:
    """What `escaped_formula` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _decisions_and_state(attempt: Attempt) -> tuple[list[Decision], State]:
    """The decisions of a path, and the state it has reached: one fold for both."""
    story = attempt.story
    decisions: list[Decision] = []
    state = engine.replay(story, [attempt.start])
    for moment in attempt.moments:
        event = moment.event
        if isinstance(event, Continued):
            state = engine.evolve(story, state, event)
        elif isinstance(event, ChoiceMade):
            state = engine.state_at_decision(story, state, event.scene)
            choices = story.scenes[event.scene].choices
            offered = tuple(
                [choices[choice] for choice in engine.available(story, state)]
            )
            decisions.append(
                Decision(len(decisions), event.scene, choices[event.choice], offered)
            )
            state = engine.evolve(story, state, event)
    return decisions, state


def _end(story: Story, state: State, stakes: Iterable[Stake]) -> Row:
    if not state.ended:
        return ["", "", None]
    whole = sum(stakes, Stake()).percent if story.scored else None
    return [state.ending, story.endings[state.ending].kind, whole]


def _guidelines(decision: Decision) -> str:
    named = dict.fromkeys(
        m.guideline for option in decision.offered for m in option.marks
    )
    stakes = ((name, stake(decision, name)) for name in named)
    return " ".join(
        f"{name}:{s.earned}/{s.at_stake}" for name, s in stakes if s.at_stake
    )


def _yes(true: bool) -> str:
    return "yes" if true else "no"


_STAKES: Final = re.compile(r"([a-z][a-z0-9_]*):([0-9]{1,9})/([0-9]{1,9})\Z")
_ID: Final = re.compile(r"[a-z][a-z0-9_]*\Z")
_LONGEST: Final = 10_000  # decisions in a run that somebody could have made


class ChoiceRow(NamedTuple):
    """What counting needs of a row; `stakes` are (guideline, earned, at stake)."""

    player: str
    story: str
    edition: str
    playthrough: str
    started: str
    group: bool
    decision: int
    scene: str
    choice: str
    stakes: tuple[tuple[str, int, int], ...]
    shared: bool
    time: str
    finished: bool


def read_csv(lines: Iterable[str]) -> Iterator[ChoiceRow]:
    """The rows of a CSV table. Raises ValueError where it is none of ours, or damaged."""
    source = iter(lines)
    first = next(source, "").removeprefix("\ufeff")  # what spreadsheets put in front
    reader = csv.reader(
        chain((first,), source), delimiter=separator(first), strict=True
    )
    try:
        names = next(reader, [])
        positions = _column_positions(names)
        for cells in reader:
            if len(cells) != len(names):
                raise ValueError(f"line {reader.line_num} has another number of cells")
            yield _choice_row(
                {
                    name: unescaped_formula(cells[place])
                    for name, place in positions.items()
                }
            )
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num}: {error}") from None


def read_json_lines(lines: Iterable[str]) -> Iterator[ChoiceRow]:
    """The rows of a table in JSON lines. Raises ValueError likewise."""
    for number, line in enumerate(lines, 1):
        try:
            fields = json.loads(line)
            _column_positions(list(fields))
            yield _choice_row({name: str(fields[name]) for name in _USED})
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ValueError(f"line {number}: {safe(str(error))[:100]}") from None


_USED: Final = (
    "player",
    "course",
    "story",
    "edition",
    "playthrough",
    "started",
    "group",
    "decision",
    "scene",
    "choice",
    "guidelines",
    "shared",
    "time",
    "ending",
)


def _column_positions(names: list[str]) -> Mapping[str, int]:
    """Where each column stands that counting needs. Raises ValueError for another table."""
    if not set(_USED) <= set(names):
        raise ValueError("it is no table of choices")
    return {name: names.index(name) for name in _USED}


def _choice_row(row: Mapping[str, str]) -> ChoiceRow:
    for name in ("story", "scene", "choice"):
        if not _ID.match(row[name]):
            raise ValueError(f"“{safe(row[name])[:20]}” is no {name}")
    for name in ("group", "shared"):
        if row[name] not in ("yes", "no"):
            raise ValueError(f"{name} is neither yes nor no")
    decision = int(row["decision"])
    if not row["player"] or not row["playthrough"] or not 1 <= decision <= _LONGEST:
        raise ValueError("it has a row without a player, a run or a decision")
    return ChoiceRow(
        player=intern(row["player"]),
        story=intern(f"{row['course']}/{row['story']}"),
        edition=intern(row["edition"]),
        playthrough=intern(row["playthrough"]),
        started=intern(row["started"]),
        group=row["group"] == "yes",
        decision=decision,
        scene=intern(row["scene"]),
        choice=intern(row["choice"]),
        stakes=_stakes(row["guidelines"]),
        shared=row["shared"] == "yes",
        time=row["time"],
        finished=bool(row["ending"]) and row["ending"] != "None",
    )


def _stakes(text: str) -> tuple[tuple[str, int, int], ...]:
    found = []
    for part in text.split():
        match = _STAKES.match(part)
        if match is None or not int(match[2]) <= int(match[3]) > 0:
            raise ValueError(f"“{safe(part)[:20]}” is no guideline's share")
        found.append((intern(match[1]), int(match[2]), int(match[3])))
    return tuple(found)
