"""`export`, `stats`, `page`, `certificate`, `send` and `privacy` on the real course."""

from __future__ import annotations

import csv
import json
import sqlite3
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dialogue_game.app.bootstrap import open_game
from dialogue_game.cli.main import cli
from dialogue_game.cli.output import guarded
from dialogue_game.core.events import Reflected
from tests.delivery.checker import faults
from tests.delivery.lrs import KEY, SECRET, Lrs, running


def run(*arguments: str, answers: str = "", code: int = 0) -> Result:
    done = CliRunner().invoke(cli, arguments, input=answers, standalone_mode=False)
    assert done.exception is None, done.exception
    assert (done.return_value or 0) == code, done.output
    return done


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert guarded(cli, list(arguments)) == 2
    return capsys.readouterr().err


@pytest.fixture
def played() -> str:
    """A whole run of the tutorial with a line of the player's own; its id."""
    player = open_game().start("how_to_play")
    while not player.ended:
        player.choose(next(o.id for o in player.situation.options if o.available))
    player.reflect("On Monday I will knock.")
    return player.playthrough


def test_export_is_a_table_of_choices_without_anything_personal(played: str) -> None:
    table = list(csv.DictReader(StringIO(run("export").stdout)))
    assert {row["playthrough"] for row in table} == {played}
    assert [int(row["decision"]) for row in table] == list(range(1, len(table) + 1))
    assert "Monday" not in run("export").stdout


def test_export_as_statements_is_the_same_bytes_each_time(played: str, tmp_path: Path) -> None:
    first = run("export", "--format", "xapi").stdout
    assert run("export", str(tmp_path / "s.json")).stdout == ""
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == first
    statements = json.loads(first)
    assert [faults(statement) for statement in statements] == [[]] * len(statements)
    assert {s["context"]["extensions"]["http://id.tincanapi.com/extension/attempt-id"]
            for s in statements} == {played}  # fmt: skip


def test_nothing_played_is_an_empty_table_and_no_statements() -> None:
    assert run("export").stdout.startswith("player,course,story")
    assert json.loads(run("export", "--format", "xapi").stdout) == []
    assert run("export", "--format", "jsonl").stdout == ""


def test_one_run_or_one_story_can_be_exported(
    played: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert played in run("export", "--run", "newest", "--format", "jsonl").stdout
    assert played in run("export", "--story", "how_to_play").stdout
    assert "no run of “omar”" in refused(capsys, "export", "--story", "omar")


@pytest.mark.parametrize(
    "command", [["export"], ["page", "run", "newest"], ["page", "story", "how_to_play"]]
)
def test_a_file_that_is_there_is_written_over_only_with_force(
    played: str, command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.csv"
    file.write_text("precious", encoding="utf-8")
    assert "is there already" in refused(capsys, *command, str(file))
    assert file.read_text(encoding="utf-8") == "precious"
    run(*command, str(file), "--force")
    assert file.read_text(encoding="utf-8") != "precious"
    assert [path.name for path in tmp_path.iterdir() if "new" in path.name] == []


def test_a_file_that_cannot_be_written_is_said_so(
    played: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "could not be written" in refused(capsys, "export", str(tmp_path / "no" / "x.csv"))


def test_a_run_that_cannot_be_read_is_named_and_the_others_are_there(
    played: str, home: Path
) -> None:
    other = open_game().start("how_to_play").playthrough
    with sqlite3.connect(home / "journal.sqlite") as db:
        db.execute("UPDATE streams SET checksum = checksum + 1 WHERE id = ?", (other,))
    db.close()
    done = run("export")
    assert f"Left out: {other}" in done.stderr
    assert played in done.stdout


def test_stats_counts_a_folder_and_names_what_is_damaged(played: str, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    table = run("export").stdout
    player = table.splitlines()[1].split(",")[0]
    for number in range(6):
        mine = table.replace(player, f"p{number}").replace(played, f"run{number}")
        (folder / f"{number}.csv").write_text(mine, encoding="utf-8", newline="")
    (folder / "bad.csv").write_bytes(b"\xff\xfe\x00")
    (folder / "torn.csv").write_text(table[: len(table) // 2], encoding="utf-8", newline="")
    (folder / "notes.txt").write_text("not ours", encoding="utf-8")
    done = run("stats", str(folder))
    assert "6 people, 6 runs." in done.stdout
    assert "6 (100 %)" in done.stdout
    assert "Left out: bad.csv: it is not text in UTF-8." in done.stderr
    assert "Left out: torn.csv" in done.stderr
    told = json.loads(run("stats", str(folder), "--json").stdout)
    assert (told["files"], told["people"]) == (6, 6)
    assert [item["file"] for item in told["skipped"]] == ["bad.csv", "torn.csv"]


def test_stats_without_tables_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "There is no table" in refused(capsys, "stats", str(tmp_path))
    assert "There is no folder" in refused(capsys, "stats", str(tmp_path / "none"))
    (tmp_path / "bad.jsonl").write_text("{", encoding="utf-8")
    assert "No table could be read" in run("stats", str(tmp_path), code=1).stderr


def test_pages_are_html_or_markdown_by_the_files_name(played: str, tmp_path: Path) -> None:
    run("page", "run", played[:4], str(tmp_path / "d.html"))
    run("page", "run", "newest", str(tmp_path / "d.md"))
    assert (tmp_path / "d.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "Monday I will knock" in (tmp_path / "d.md").read_text(encoding="utf-8")
    assert run("page", "story", "omar", "--format", "markdown").stdout.startswith("# Reader")
    assert run("map", "omar", "--format", "svg").stdout.startswith("<svg")


def test_a_certificate_is_for_those_who_came_to_the_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "Not brought to an end yet" in refused(capsys, "certificate")
    player = open_game().start("omar")
    while not player.ended:
        player.choose(next(o.id for o in player.situation.options if o.available))
    page = run("certificate", "--story", "omar", "--name", "Mira Lind").stdout
    assert "Mira Lind" in page
    assert page == run("certificate", "--story", "omar", "--name", "Mira Lind").stdout
    assert "There is no scenario" in refused(capsys, "certificate", "--story", "how_to_play")


def configure(monkeypatch: pytest.MonkeyPatch, store: Lrs) -> None:
    monkeypatch.setenv("DIALOGUE_GAME_RECORD_STORE", store.root)
    monkeypatch.setenv("DIALOGUE_GAME_RECORD_STORE_KEY", KEY)
    monkeypatch.setenv("DIALOGUE_GAME_RECORD_STORE_SECRET", SECRET)


def test_nothing_is_sent_that_nobody_set_up(
    played: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "No record store is set up, so nothing is ever sent" in refused(capsys, "send")


def test_the_first_time_asks_and_then_everything_is_stored_once(
    played: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(Lrs()) as store:
        configure(monkeypatch, store)
        assert "Nothing was sent." in run("send", answers="n\n").stderr
        assert "Nothing was sent." in run("send").stderr
        assert store.asked == []
        waiting = json.loads(run("send", "--status", "--json").stdout)
        assert (waiting["agreed"], waiting["sent"]) == (False, 0)
        done = run("send", answers="y\n")
        assert f"{waiting['waiting']} sent, 0 records wait." in done.stdout
        assert SECRET not in done.output
        expected = json.loads(run("export", "--format", "xapi").stdout)
        assert store.stored == expected
        assert "0 sent, 0 records wait." in run("send").stdout
        assert json.loads(run("send", "--json").stdout)["waiting"] == 0


def test_later_play_is_sent_without_asking_and_with_a_name_only_if_one_is_typed(
    played: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(Lrs()) as store:
        configure(monkeypatch, store)
        run("send", "--yes")
        before = len(store.stored)
        run("send", "--name", "Mira Lind")
        open_game().start("omar")
        run("send")
        (new,) = store.stored[before:]
        assert new["actor"]["name"] == "Mira Lind"
        assert all("name" not in s["actor"] for s in store.stored[:before])


def test_an_address_of_ones_own_for_ids_holds_for_runs_that_begin_later(
    played: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = run("export", "--format", "xapi").stdout
    said = run("send", "--base", "https://learning.example.org/d/").stderr
    assert "begin with https://learning.example.org/d." in said
    open_game().start("omar")
    after = json.loads(run("export", "--format", "xapi").stdout)
    assert after[:-1] == json.loads(before)
    assert after[-1]["actor"]["account"]["homePage"] == "https://learning.example.org/d"
    run("send", "--base", "")
    open_game().start("omar")
    last = json.loads(run("export", "--format", "xapi").stdout)[-1]
    assert last["actor"]["account"]["homePage"] == before.split('"homePage":"')[1].split('"')[0]


@pytest.mark.parametrize(
    "wrong",
    [
        *("learning.example.org", "ftp://x.org", "https://", "https://x.org/?a", "https://a b"),
        *("https://me@x.org", "https://x.org:99999", f"https://x.org/{'a' * 300}"),
    ],
)
def test_ids_begin_with_no_address_that_is_none(
    wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Ids cannot begin with that." in refused(capsys, "send", "--base", wrong)


def test_what_a_store_refuses_is_told_and_can_be_sent_again(
    played: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(Lrs()) as store:
        configure(monkeypatch, store)
        store.bad.add(json.loads(run("export", "--format", "xapi").stdout)[1]["id"])
        assert "1 refused by the store" in run("send", "--yes", code=1).stdout
        assert "does not like it" in run("send", "--status").stdout
        store.bad.clear()
        assert "1 sent" in run("send", "--again").stdout


def test_setting_a_store_up_asks_for_what_is_not_protected_and_keeps_it_for_one_user(
    home: Path, played: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run("send", "--setup", answers="http://lrs.example.org\nn\n")
    assert not (home / "record_store.json").exists()
    answers = "https://lrs.example.org/xapi\nkey\nhunter22\n"
    done = run("send", "--setup", answers=answers)
    file = home / "record_store.json"
    assert file.stat().st_mode & 0o077 == 0
    assert "hunter22" not in done.output
    assert "hunter22" not in run("send", "--status").output
    assert b"hunter22" not in (home / "journal.sqlite").read_bytes()
    file.write_text("{", encoding="utf-8")
    assert "cannot be read" in refused(capsys, "send")


def test_another_store_is_asked_about_and_gets_everything(
    played: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(Lrs()) as first, running(Lrs()) as second:
        configure(monkeypatch, first)
        run("send", "--yes")
        configure(monkeypatch, second)
        asked = run("send").stderr
        assert "everything so far" in asked
        assert "Nothing was sent." in asked
        run("send", "--yes")
        assert second.stored == first.stored


def test_privacy_shows_everything_and_no_secret(
    played: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert guarded(cli, ["settings", "theme", "light"]) == 0
    (home / "log").mkdir()
    (home / "log" / "20260105-091233.log").write_text("a fault of Mira", encoding="utf-8")
    run("send", "--setup", answers="https://lrs.example.org\nkey\nhunter22\n")
    run("export")
    run("send", "--status")
    waiting = json.loads(run("export", "--format", "xapi").stdout)
    shown = run("privacy", "show").stdout
    for told in (played, "On Monday I will knock.", "theme: light", "records.player",
                 "a fault of Mira", "choice_made", "https://lrs.example.org"):  # fmt: skip
        assert told in shown, told
    assert "hunter22" not in shown
    told = json.loads(run("privacy", "show", "--json").stdout)
    assert {"a playthrough", "settings", "record store"} <= {one["what"] for one in told}
    (records,) = [one for one in told if one["what"] == "records for a record store"]
    assert records["content"]["statements"] == waiting
    assert waiting[0]["id"] in shown


def test_privacy_wipe_asks_removes_everything_and_says_what_it_cannot_reach(
    played: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(Lrs()) as store:
        configure(monkeypatch, store)
        run("send", "--yes")
        sent = len(store.stored)
        root = store.root
    (home / "journal-damaged-20260105-091233.sqlite").write_bytes(b"old")
    (home / "somebody_elses.txt").write_text("not ours", encoding="utf-8")
    assert "Nothing was removed." in run("privacy", "wipe", answers="n\n").stderr
    assert (home / "journal.sqlite").exists()
    done = run("privacy", "wipe", "--yes").stdout
    assert f"{sent} records that were sent to {root}" in done
    assert "Files that you exported" in done
    assert [path.name for path in home.rglob("*") if path.is_file()] == ["somebody_elses.txt"]
    assert run("privacy", "show").stdout.startswith("Nothing is kept about you")
    assert run("privacy", "wipe").stdout.startswith("Nothing is kept about you")


def test_privacy_can_show_and_wipe_a_journal_that_cannot_be_read(home: Path) -> None:
    home.mkdir()
    (home / "journal.sqlite").write_bytes(b"this is no database at all" * 100)
    assert "a journal that cannot be read" in run("privacy", "show").stdout
    run("privacy", "wipe", "--yes")
    assert not home.exists()


def test_wiping_follows_no_links(home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "20260105-091233.log").write_text("theirs", encoding="utf-8")
    home.mkdir()
    (home / "log").symlink_to(outside)
    (home / "settings.json").write_text("{}", encoding="utf-8")
    run("privacy", "wipe", "--yes")
    assert (outside / "20260105-091233.log").exists()


@pytest.mark.parametrize("command", [["export"], ["stats", "."], ["privacy", "show"], ["send"]])
def test_the_help_of_each_says_what_it_does(command: list[str]) -> None:
    done = CliRunner().invoke(cli, [*command[:1], "--help"])
    assert done.exit_code == 0
    assert len(done.output) > 100


def test_what_was_written_by_hand_is_in_no_export(played: str) -> None:
    kinds: list[Any] = ["csv", "jsonl", "xapi"]
    assert isinstance(open_game().store.read(played)[-1].event, Reflected)
    for form in kinds:
        assert "knock" not in run("export", "--format", form).stdout
