"""`export`, `stats`, `page` and `certificate` on the real course."""

from __future__ import annotations

import csv
import json
import sqlite3
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dialogue_game.app.bootstrap import open_game
from dialogue_game.cli.main import cli
from dialogue_game.core.events import Reflected
from tests.delivery.checker import faults
from tests.front_ends.cli.driving import refused, run


def test_export_is_a_table_of_choices_without_anything_personal(played: str) -> None:
    table = list(csv.DictReader(StringIO(run("export").stdout)))
    assert {row["playthrough"] for row in table} == {played}
    assert [int(row["decision"]) for row in table] == list(range(1, len(table) + 1))
    assert "Monday" not in run("export").stdout


def test_export_as_statements_is_the_same_bytes_each_time(
    played: str, tmp_path: Path
) -> None:
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
    assert "could not be written" in refused(
        capsys, "export", str(tmp_path / "no" / "x.csv")
    )


def test_a_run_that_cannot_be_read_is_named_and_the_others_are_there(
    played: str, home: Path
) -> None:
    begun = open_game().start("how_to_play")
    begun.read_on_to_decision()
    begun.choose(begun.situation.options[0].id)
    other = begun.playthrough
    with sqlite3.connect(home / "journal.sqlite") as db:
        db.execute("UPDATE streams SET checksum = checksum + 1 WHERE id = ?", (other,))
    db.close()
    done = run("export")
    assert f"Left out: {other}" in done.stderr
    assert played in done.stdout


def test_stats_counts_a_folder_and_names_what_is_damaged(
    played: str, tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    table = run("export").stdout
    player = table.splitlines()[1].split(",")[0]
    for number in range(6):
        mine = table.replace(player, f"p{number}").replace(played, f"run{number}")
        (folder / f"{number}.csv").write_text(mine, encoding="utf-8", newline="")
    (folder / "bad.csv").write_bytes(b"\xff\xfe\x00")
    (folder / "torn.csv").write_text(
        table[: len(table) // 2], encoding="utf-8", newline=""
    )
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


def test_pages_are_html_or_markdown_by_the_files_name(
    played: str, tmp_path: Path
) -> None:
    run("page", "run", played[:4], str(tmp_path / "d.html"))
    run("page", "run", "newest", str(tmp_path / "d.md"))
    assert (
        (tmp_path / "d.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    )
    assert "Monday I will knock" in (tmp_path / "d.md").read_text(encoding="utf-8")
    assert run("page", "story", "omar", "--format", "markdown").stdout.startswith(
        "# Reader"
    )
    assert run("map", "omar", "--format", "svg").stdout.startswith("<svg")


def test_a_certificate_is_for_those_who_came_to_the_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "Not brought to an end yet" in refused(capsys, "certificate")
    player = open_game().start("omar")
    while not player.ended:
        player.choose(next(o.id for o in player.situation.options if o.available))
        player.read_on_to_decision()
    page = run("certificate", "--story", "omar", "--name", "Mira Lind").stdout
    assert "Mira Lind" in page
    assert page == run("certificate", "--story", "omar", "--name", "Mira Lind").stdout
    assert "There is no scenario" in refused(
        capsys, "certificate", "--story", "how_to_play"
    )


@pytest.mark.parametrize(
    "command", [["export"], ["stats", "."], ["privacy", "show"], ["send"]]
)
def test_the_help_of_each_says_what_it_does(command: list[str]) -> None:
    done = CliRunner().invoke(cli, [*command[:1], "--help"])
    assert done.exit_code == 0
    assert len(done.output) > 100


def test_what_was_written_by_hand_is_in_no_export(played: str) -> None:
    kinds: list[Any] = ["csv", "jsonl", "xapi"]
    assert isinstance(open_game().store.read(played)[-1].event, Reflected)
    for form in kinds:
        assert "knock" not in run("export", "--format", form).stdout
