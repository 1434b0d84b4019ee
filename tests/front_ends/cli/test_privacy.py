"""`privacy show` and `wipe`: everything that is kept, and nothing left of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dialogue_game.cli.main import cli
from dialogue_game.cli.output import run_guarded
from tests.delivery.lrs import Lrs, running
from tests.front_ends.cli.driving import configure, run


def test_privacy_shows_everything_and_no_secret(
    played: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_guarded(cli, ["settings", "theme", "light"]) == 0
    (home / "log").mkdir()
    (home / "log" / "20260105-091233.log").write_text(
        "a fault of Mira", encoding="utf-8"
    )
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
    assert {"a playthrough", "settings", "record store"} <= {
        one["what"] for one in told
    }
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
    assert [path.name for path in home.rglob("*") if path.is_file()] == [
        "somebody_elses.txt"
    ]
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
