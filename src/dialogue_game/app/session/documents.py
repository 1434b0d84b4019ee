"""What a session leaves on paper: its record, and the kit to print before it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dialogue_game.app.files import already_exists, put_file
from dialogue_game.app.session.agenda import full_round, line, preparation
from dialogue_game.app.session.session_texts import MODES, RULES
from dialogue_game.app.session.sessions import read_session
from dialogue_game.core.session.session_events import SessionStarted
from dialogue_game.errors import FileInTheWay
from dialogue_game.reporting.labels import moment
from dialogue_game.reporting.session_record import (
    Record,
    RecordSource,
    record_csv,
    record_data,
)

if TYPE_CHECKING:
    from dialogue_game.app.game import Game


def record(game: Game, session_id: str, entity: str = "", leader: str = "") -> Record:
    """The record of a session as data; with names where the session has none or others.

    Raises NotFound, JournalError.
    """
    session, _ = read_session(game.store, session_id)
    known = session.started
    named = replace(
        known, entity=line(entity) or known.entity, leader=line(leader) or known.leader
    )
    session = replace(session, started=named)
    stories = {
        path.edition: game.edition(path.story, path.edition) for path in session.paths
    }
    date = moment(session.begun).astimezone().date().isoformat()
    return record_data(
        RecordSource(session_id, session, game.course, stories, date, RULES, MODES)
    )


def record_text(
    game: Game, session_id: str, form: str, entity: str = "", leader: str = ""
) -> str:
    """The record as "md", "html", "json" or "csv". Raises NotFound, JournalError."""
    data = record(game, session_id, entity, leader)
    if form == "json":
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return record_csv(data)
    from dialogue_game.reporting.pages.session_pages import record_html, record_markdown

    if form == "html":
        session, _ = read_session(game.store, session_id)
        led = [game.edition(path.story, path.edition) for path in session.paths[:1]]
        return _in_course_language(
            game, record_html(data), *(story.course for story in led)
        )
    return record_markdown(data)


def _in_course_language(game: Game, document: str, course: str | None = None) -> str:
    """A page for paper in the language of a course, of the open one by default."""
    from dialogue_game.app.runs import language_of
    from dialogue_game.reporting.pages.markup import in_language

    written = language_of(game, game.course.id if course is None else course)
    return in_language(document, *written)


def kit_pages(game: Game, planned: SessionStarted) -> dict[str, str]:
    """The kit's files by name. Raises NotFound, ContentInvalid."""
    from dialogue_game.reporting.pages import session_pages

    stories = [game.story(story) for story in planned.scenarios]
    ready = preparation(game.course, planned)
    pages = {
        "prepare.html": session_pages.prepare_page(
            ready.title,
            ready.agenda,
            ready.advice,
            ready.steps,
            ready.needs,
            ready.invitation,
        ),
        "script.html": session_pages.script_page(
            game.course, ready.agenda, full_round(planned), stories
        ),
        "cards.html": session_pages.cards_page(stories, planned.headcount),
        "participation.html": session_pages.participation_page(
            game.course, planned, [story.title for story in stories]
        ),
    }
    if game.course.evaluation is not None:
        pages["evaluation.html"] = session_pages.evaluation_page(game.course.evaluation)
    return {name: _in_course_language(game, text) for name, text in pages.items()}


def write_kit(
    game: Game, planned: SessionStarted, folder: Path, *, force: bool = False
) -> Iterator[Path]:
    """Write the kit into a folder, made where it is missing; each file as it is written.

    Raises FileInTheWay before anything is written where a file is there and `force` is not given.
    """
    pages = kit_pages(game, planned)
    for file in (folder / name for name in pages):
        if not force and file.exists():
            raise already_exists(file)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileInTheWay(
            f"The folder {folder} cannot be made: {error.strerror}.",
            "Name another folder.",
        ) from None
    for name, text in pages.items():
        put_file(folder / name, [text], force=force)
        yield folder / name
