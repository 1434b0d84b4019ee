"""Kind: what is said about keeping is true, also when another process has wiped the journal."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TextIO, cast

import pytest

from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.session.sessions import sessions
from dialogue_game.errors import JournalStreamGone, NotFound
from dialogue_game.journal.memory_store import InMemoryStore
from dialogue_game.journal.sqlite_store import SqliteStore
from dialogue_game.plain.console import Console
from dialogue_game.plain.facilitate import PlainFacilitation
from dialogue_game.plain.json_lines import JsonLines, SessionLines
from dialogue_game.plain.playthrough import PlainPlay
from tests import fakes
from tests.app import rooms
from tests.app.rooms import TALK, WALK, sitting
from tests.builders import choice, scene, story

TALE = story(
    scene(
        "hall", choice("in", "room", "g1 upholds"), choice("out", "end", "g1 breaches")
    ),
    scene("room", choice("sit", "end")),
)
JOURNAL = "journal.sqlite"
GONE = "It is not in the journal any more: it was deleted meanwhile."


class Wiping:
    """Answers; before one that is `wipe` the journal is removed, as `privacy wipe` does."""

    def __init__(self, answers: str, folder: Path) -> None:
        self._answers, self._folder = iter(answers.splitlines(keepends=True)), folder

    def __iter__(self) -> Iterator[str]:
        return iter(self.readline, "")

    def readline(self) -> str:
        line = next(self._answers, "")
        if line != "wipe\n":
            return line
        for file in self._folder.glob(f"{JOURNAL}*"):
            file.unlink()
        return self.readline()

    def isatty(self) -> bool:
        return False


def played(folder: Path, answers: str) -> str:
    game = fakes.game(TALE, store=SqliteStore(folder / JOURNAL))
    sink = io.StringIO()
    PlainPlay(
        game,
        game.start(TALE.id),
        Console(cast("TextIO", Wiping(answers, folder)), sink),
    ).play()
    return sink.getvalue()


def led(folder: Path, answers: str) -> str:
    leading, game, _ = sitting(WALK, TALK, store=SqliteStore(folder / JOURNAL))
    sink = io.StringIO()
    PlainFacilitation(
        game, leading, Console(cast("TextIO", Wiping(answers, folder)), sink)
    ).lead()
    return sink.getvalue()


@pytest.mark.parametrize(
    ("said", "ending"),
    [
        (lambda folder: played(folder, "in\nwipe\nq\n"), f"Stopped. {GONE}"),
        (lambda folder: played(folder, "in\nwipe\nsit\nq\n"), f"Stopped. {GONE}"),
        (lambda folder: played(folder, "in\nwipe\nsit\nw\nq\n"), "Nothing is saved from here."),
        (lambda folder: led(folder, "next\nwipe\nquit\n"), f"{GONE} Copy the record from here"),
        (lambda folder: led(folder, "next\nwipe\nnext\nq\nquit\n"), f"{GONE} Copy the record"),
        (lambda folder: led(folder, "wipe\npark Later.\nw\nquit\n"), "Nothing was being saved."),
    ],
    ids=["left", "refused", "unsaved", "session left", "session refused", "session unsaved"],
)  # fmt: skip
def test_who_leaves_is_not_told_that_it_is_kept(
    said: object, ending: str, tmp_path: Path
) -> None:
    assert callable(said)
    lines = " ".join(said(tmp_path).split())
    assert ending in lines
    assert "Everything is kept" not in lines
    assert not (tmp_path / JOURNAL).exists()


def test_trying_again_is_not_offered_where_it_never_helps(tmp_path: Path) -> None:
    said = " ".join(played(tmp_path, "in\nwipe\nsit\nt\n?\nw\nq\n").split())
    assert "Type w to go on without saving, or q to leave" in said
    assert "That was not understood. Type w." in said
    assert "t tries" not in said
    assert "Nothing is saved from here." in said


def test_a_line_of_ones_own_that_is_not_kept_is_not_called_kept(tmp_path: Path) -> None:
    said = played(tmp_path, "out\nwipe\nmy own line\nq\n")
    assert "It is not kept." in said
    assert "Kept with" not in said


def test_a_machine_that_plays_goes_on_unsaved_and_is_told_that_nothing_is_kept(
    tmp_path: Path,
) -> None:
    game = fakes.game(TALE, store=SqliteStore(tmp_path / JOURNAL))
    sink = io.StringIO()
    answers = iter(Wiping("in\nwipe\nnope\n", tmp_path))
    JsonLines(game, game.start(TALE.id), sink).play(answers)
    assert json.loads(sink.getvalue().splitlines()[-1])["paused"]["playthrough"] is None
    assert not (tmp_path / JOURNAL).exists()


def test_a_machine_that_leads_is_told_once_and_goes_on_unsaved(tmp_path: Path) -> None:
    leading, game, _ = sitting(WALK, store=SqliteStore(tmp_path / JOURNAL))
    sink = io.StringIO()
    SessionLines(game, leading, sink).lead(
        iter(Wiping("wipe\nnext\nnext\nquit\n", tmp_path))
    )
    told = [json.loads(line) for line in sink.getvalue().splitlines()]
    kinds = [next(iter(line)) for line in told]
    assert kinds == ["shared", "companion", "error", "shared", "companion"]
    assert told[2]["error"]["message"].startswith(
        "This session was deleted while it was led."
    )
    assert told[3]["shared"]["step"] == "scene"
    assert not (tmp_path / JOURNAL).exists()


def test_a_session_goes_on_unsaved_on_the_edition_it_is_on(tmp_path: Path) -> None:
    leading, game, _ = sitting(WALK, store=SqliteStore(tmp_path / JOURNAL))
    leading.next()
    again = Facilitation.resume(game, leading.id)
    game.store.delete(again.id)
    with pytest.raises(JournalStreamGone) as gone:
        again.next()
    fresh = InMemoryStore()
    again.go_on_without_saving(fresh)
    game.stop_saving(fresh, gone.value)
    again.next()
    assert fresh.editions() == (again.session.path.edition,)


def test_a_led_run_that_was_deleted_is_not_made_anew_and_that_is_said_once(
    tmp_path: Path,
) -> None:
    leading, game, _ = sitting(WALK, store=SqliteStore(tmp_path / JOURNAL))
    rooms.led(leading, "next", "hands", "settle b", "next", "next")
    run = leading.session.path.playthrough
    game.store.delete(run)
    sink = io.StringIO()
    PlainFacilitation(
        game, leading, Console(io.StringIO("hands\nsettle a\nnext\nnext\nquit\n"), sink)
    ).lead()
    assert " ".join(sink.getvalue().split()).count("The group’s run was deleted") == 1
    again = Facilitation.resume(game, leading.id)
    assert [stream.id for stream in game.store.streams()] == [leading.id]
    assert again.session.path.choices == leading.session.path.choices


def test_appending_makes_no_journal_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        SqliteStore(tmp_path / JOURNAL).append("p", [], 0, 1)
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_a_repair_could_not_read_is_made_anew_from_what_was_played(
    tmp_path: Path,
) -> None:
    store = SqliteStore(tmp_path / JOURNAL)
    leading, game, _ = sitting(WALK, store=store)
    rooms.led(leading, "next", "hands", "settle b", "next", "next")
    history, listed = game.history(), sessions(store)
    with closing(sqlite3.connect(tmp_path / JOURNAL)) as db, db:
        db.execute("UPDATE streams SET summary = '{}'")
    game.store = SqliteStore(tmp_path / JOURNAL)
    again = game.history()
    assert [(r.story, r.choices) for r in again] == [
        (r.story, r.choices) for r in history
    ]
    assert [(s.scenarios, s.step) for s in sessions(game.store)] == [
        (s.scenarios, s.step) for s in listed
    ]
