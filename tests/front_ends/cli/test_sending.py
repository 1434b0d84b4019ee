"""`send`: only where somebody set a record store up, and the first time it asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dialogue_game.app.bootstrap import open_game
from tests.delivery.lrs import SECRET, Lrs, running
from tests.front_ends.cli.driving import configure, refused, run


def test_nothing_is_sent_that_nobody_set_up(
    played: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "No record store is set up, so nothing is ever sent" in refused(
        capsys, "send"
    )


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


def begin_omar() -> None:
    """A run with one choice."""
    player = open_game().start("omar")
    player.read_on_to_decision()
    player.choose(next(o.id for o in player.situation.options if o.available))


def test_later_play_is_sent_without_asking_and_with_a_name_only_if_one_is_typed(
    played: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(Lrs()) as store:
        configure(monkeypatch, store)
        run("send", "--yes")
        before = len(store.stored)
        run("send", "--name", "Mira Lind")
        begin_omar()
        run("send")
        new = store.stored[before:]
        assert {statement["actor"]["name"] for statement in new} == {"Mira Lind"}
        assert all("name" not in s["actor"] for s in store.stored[:before])


def test_an_address_of_ones_own_for_ids_holds_for_runs_that_begin_later(
    played: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = run("export", "--format", "xapi").stdout
    said = run("send", "--base", "https://learning.example.org/d/").stderr
    assert "begin with https://learning.example.org/d." in said
    already = len(json.loads(before))
    begin_omar()
    after = json.loads(run("export", "--format", "xapi").stdout)
    assert after[:already] == json.loads(before)
    assert after[-1]["actor"]["account"]["homePage"] == "https://learning.example.org/d"
    run("send", "--base", "")
    begin_omar()
    last = json.loads(run("export", "--format", "xapi").stdout)[-1]
    assert (
        last["actor"]["account"]["homePage"]
        == before.split('"homePage":"')[1].split('"')[0]
    )


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            "learning.example.org",
            "ftp://x.org",
            "https://",
            "https://x.org/?a",
            "https://a b",
        ),
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
