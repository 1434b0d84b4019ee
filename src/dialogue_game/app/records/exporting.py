"""What leaves the program as a file: tables, statements, certificates; and many tables counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from dialogue_game.app.game import Game
from dialogue_game.app.records.attempts import PLAYER, Records
from dialogue_game.app.runs import PlaythroughInfo, StoryKey
from dialogue_game.core.events import ChoiceMade
from dialogue_game.errors import NotFound
from dialogue_game.journal.store import StreamInfo
from dialogue_game.reporting.pages.player_pages import Completed
from dialogue_game.reporting.stats import Counting, Statistics
from dialogue_game.reporting.tables import (
    ChoiceRow,
    Row,
    Tabulator,
    as_csv,
    as_json_lines,
    read_csv,
    read_json_lines,
)
from dialogue_game.reporting.xapi_model import timestamp
from dialogue_game.reporting.xapi_statements import serialised

Format = Literal["csv", "jsonl", "xapi"]
ENDINGS: Final = (".csv", ".jsonl")
"""What the names of tables end in."""


def exported(
    records: Records, form: Format, streams: Iterable[StreamInfo]
) -> Iterator[str]:
    """The playthroughs in this format, in pieces. Raises JournalError."""
    if form == "xapi":
        return _statements(records, streams)
    table = _rows(records, streams)
    return as_csv(table) if form == "csv" else as_json_lines(table)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a folder of tables gave; `skipped` are files and why they were left out."""

    statistics: Statistics
    files: int
    skipped: tuple[tuple[str, str], ...]


def counted(folder: Path) -> Counts:
    """The tables in a folder, counted; a damaged one is named and left out whole.

    Raises NotFound where there is no such folder, or no table in it.
    """
    if not folder.is_dir():
        raise NotFound(
            f"There is no folder “{folder}”.", "Name the one with the exported tables."
        )
    counting, skipped, files = Counting(), [], 0
    tables = sorted(p for p in folder.iterdir() if p.suffix.lower() in ENDINGS)
    for file in tables:
        try:
            # Twice: nothing of a file counts before all of it has been read.
            for _ in _read(file):
                pass
            for row in _read(file):
                counting.add(row)
            files += 1
        except (OSError, ValueError) as error:
            skipped.append((file.name, _why(error)))
    if not files and not skipped:
        raise NotFound(
            f"There is no table in “{folder}”.",
            "Make one with: dialogue-game export --format csv FILE",
        )
    return Counts(counting.result(), files, tuple(skipped))


def _read(file: Path) -> Iterator[ChoiceRow]:
    if not file.is_file():  # reading a pipe or a device would never end
        raise ValueError("it is not a file")
    with file.open(encoding=_encoding(file), newline="") as lines:
        read = read_csv if file.suffix.lower() == ".csv" else read_json_lines
        yield from read(lines)


def _encoding(file: Path) -> str:
    """UTF-16 where the file begins as a spreadsheet's “Unicode text” does, else UTF-8."""
    with file.open("rb") as opened:
        return "utf-16" if opened.read(2) in (b"\xff\xfe", b"\xfe\xff") else "utf-8"


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not text in UTF-8"
    if isinstance(error, OSError):
        return f"it cannot be read: {error.strerror}"
    return str(error)


def _rows(records: Records, streams: Iterable[StreamInfo]) -> Iterator[Row]:
    table = Tabulator(records.fact(PLAYER))
    for attempt in records.attempts(streams):
        yield from table.rows(attempt)


def _statements(records: Records, streams: Iterable[StreamInfo]) -> Iterator[str]:
    """A JSON array, a statement a line."""
    before = "[\n"
    for attempt in records.attempts(streams):
        for statement in records.statements_of(attempt):
            yield before + serialised(statement)
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def completed(game: Game, stories: Sequence[str] = ()) -> tuple[Completed, ...]:
    """The scenarios asked for (all of the course by default), in the course's order.

    Raises NotFound where one of them has not been brought to an end by one person.
    """
    first: dict[StoryKey, PlaythroughInfo] = {}
    for run in sorted(game.history(), key=lambda run: (run.ended, run.id)):
        if run.finished and run.alone:
            first.setdefault(run.key, run)
    entries = [e for e in game.course.stories if e.kind == "scenario" and not e.coming]
    wanted = [e for e in entries if not stories or e.id in stories]
    unknown = set(stories) - {entry.id for entry in entries}
    if unknown or not wanted:
        named = ", ".join(sorted(unknown)) or "any"
        raise NotFound(
            f"There is no scenario “{named}” in this course.",
            "Name one of another course by its file, or as COURSE/ID.",
        )
    missing = [entry.title for entry in wanted if game.key(entry.id) not in first]
    if missing:
        raise NotFound(
            f"Not brought to an end yet: {', '.join(missing)}.",
            "Play them, or name those that you have ended with --story.",
        )
    return tuple(
        _completed(game, entry.title, first[game.key(entry.id)]) for entry in wanted
    )


def _completed(game: Game, title: str, run: PlaythroughInfo) -> Completed:
    recorded = game.store.read(run.id)
    made = (item.event for item in recorded if isinstance(item.event, ChoiceMade))
    choices = tuple(f"{event.scene}.{event.choice}" for event in made)
    return Completed(
        run.story, title, run.edition, run.id, timestamp(run.ended), choices
    )
