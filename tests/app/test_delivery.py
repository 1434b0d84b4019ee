"""Sending from a game: what waits, in the background, and what stays silent."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dialogue_game.app.game import Game
from dialogue_game.app.records.attempts import Records
from dialogue_game.app.records.sending import (
    KEY,
    RETRY_AT,
    SECRET,
    RecordSending,
    configure,
    configured,
)
from dialogue_game.app.settings import RECORD_STORE
from dialogue_game.errors import RecordsNotSent
from dialogue_game.journal.sqlite_store import SqliteStore
from dialogue_game.reporting import xapi_model as xapi_terms
from dialogue_game.reporting.tables import COLUMNS, Tabulator
from tests import fakes
from tests.app.rooms import led, sitting
from tests.delivery import lrs
from tests.delivery.checker import faults
from tests.unit.reporting.attempts import tale


@pytest.fixture
def game(tmp_path: Path) -> Game:
    """A game of one story on a journal of its own."""
    return fakes.game(
        tale(), store=SqliteStore(tmp_path / "journal.sqlite"), folder=tmp_path
    )


def environment(root: str) -> dict[str, str]:
    return {RECORD_STORE: root, KEY: lrs.KEY, SECRET: lrs.SECRET}


def delivery(game: Game, root: str) -> RecordSending:
    return RecordSending(
        game, configured(game.folders, environment(root)), sleep=lambda _: None
    )


def test_without_a_record_store_nothing_waits_and_nothing_is_made(game: Game) -> None:
    game.start("tale").choose("sign")
    sending = RecordSending(game, configured(game.folders, {}))
    assert sending.waiting() == 0
    assert sending.refused() == ()
    assert not sending.due
    assert game.store.setting("records.pseudonym") is None
    with pytest.raises(RecordsNotSent, match="No record store"):
        sending.send()


def test_what_is_not_saved_is_not_sent(game: Game) -> None:
    game.saving = False
    sending = delivery(game, "https://lrs.example.org")
    assert (sending.waiting(), sending.refused()) == (0, ())
    with pytest.raises(RecordsNotSent, match="Nothing is being saved"):
        sending.send()


def test_nothing_is_sent_that_was_not_agreed_to(game: Game) -> None:
    sending = delivery(game, "https://lrs.example.org")
    assert not sending.agreed
    assert not sending.due
    with pytest.raises(RecordsNotSent, match="Nobody has agreed"):
        sending.send()


def test_records_wait_as_play_goes_on_and_each_is_queued_once(game: Game) -> None:
    sending = delivery(game, "https://lrs.example.org")
    player = game.start("tale")
    assert sending.waiting() == 0
    player.choose("sign")
    assert sending.waiting() == sending.waiting() == 3
    player.choose("tell")
    player.choose("out")
    assert sending.waiting() == 11
    game.store.delete(player.playthrough)
    assert sending.waiting() == 0


def test_a_replay_points_to_the_answer_it_took_anew_also_two_replays_back(
    game: Game,
) -> None:
    first = game.start("tale")
    for pick in ("sign", "tell", "out"):
        first.choose(pick)
    second = game.rewind(first.playthrough, 2)
    second.choose("stay")
    third = game.rewind(second.playthrough, 0)
    third.choose("ask")
    records = Records(game)
    told = {
        info.id: list(records.statements_of(records.attempt(info.id)))
        for info in records.streams()
    }
    answers = {
        run: [s for s in made if s["verb"]["display"]["en"] == "answered"]
        for run, made in told.items()
    }
    assert len(answers[second.playthrough]) == len(answers[third.playthrough]) == 1
    for again, position in ((second, 2), (third, 0)):
        (answer,) = answers[again.playthrough]
        earlier = answers[first.playthrough][position]["id"]
        assert answer["context"]["statement"]["id"] == earlier


def test_a_store_that_asked_for_time_is_given_it(game: Game) -> None:
    with lrs.running(lrs.Lrs(fault=lambda _: "429")) as store:
        sending = delivery(game, store.root)
        sending.agree()
        game.start("tale").choose("sign")
        report = sending.send()
        assert report.waiting == 3
        assert int(game.store.setting(RETRY_AT) or 0) == report.retry_at
        assert report.retry_at > game.clock()
        assert not sending.due
        sending.game.clock = lambda: report.retry_at
        assert sending.due


def test_the_environment_goes_before_the_file_and_never_mixes_with_it(
    tmp_path: Path,
) -> None:
    folders = fakes.game(folder=tmp_path).folders
    configure(folders, "https://one.example.org/xapi/", "k1", "s1")
    kept = configured(folders, {})
    assert kept is not None
    assert (kept.address.root, kept.credentials.secret) == (
        "https://one.example.org/xapi",
        "s1",
    )
    with pytest.raises(RecordsNotSent, match="needs a key and a secret"):
        configured(folders, {RECORD_STORE: "https://two.example.org"})
    other = configured(folders, environment("https://two.example.org"))
    assert other is not None
    assert other.address.root == "https://two.example.org"
    assert "s1" not in repr(kept)


@pytest.mark.parametrize(
    "command",
    [["export"], ["stats", "."], ["privacy", "show"], ["page", "story", "omar"]],
)
def test_neither_screens_nor_the_network_are_loaded_to_export(
    command: list[str],
) -> None:
    program = (
        "import sys\nfrom dialogue_game.cli.main import cli\n"
        "from dialogue_game.cli.output import run_guarded\n"
        f"run_guarded(cli, {command!r})\n"
        "print([n for n in ('textual', 'urllib.request', 'ssl') if n in sys.modules],"
        " file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_led_session_is_told_as_a_group_with_its_rounds_of_ballots() -> None:
    leading, game, _ = sitting()
    led(
        leading,
        "next",
        "next",
        "next",
        "tally a=5 b=2",
        "next",
        "next",
        "tally a=4 b=3",
    )
    led(leading, "next", "next", "next", "next", "next")
    records = Records(game)
    (info,) = records.streams()
    attempt = records.attempt(info.id)
    told = list(records.statements_of(attempt))
    ballots = [s for s in told if s["verb"]["display"]["en"] == "responded"]
    (answer,) = [s for s in told if s["verb"]["display"]["en"] == "answered"]
    tallies = [s["result"]["extensions"][xapi_terms.TALLY] for s in ballots]
    assert tallies == [{"ask": 5, "wait": 2}, {"ask": 4, "wait": 3}]
    assert answer["context"]["statement"]["id"] == ballots[-1]["id"]
    for statement in told:
        assert faults(statement) == []
        assert statement["actor"]["objectType"] == "Group"
        assert "member" not in statement["actor"]
        assert (
            statement["context"]["registration"] != records.learner("fake").registration
        )
    (row,) = Tabulator("p").rows(attempt)
    assert dict(zip(COLUMNS, row, strict=True))["round"] == 2
