"""`dialogue-game journal`: where, check, repair; and what a damaged edition costs."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from tests.program import run

RUNS = 3


def played(home: Path) -> Path:
    for _ in range(RUNS):
        assert run("play", "omar", "--plain", answers="1\n").returncode == 0
    return home / "journal.sqlite"


def damaged(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("PRAGMA ignore_check_constraints = ON")
    db.execute("UPDATE streams SET length = 'x' WHERE number = 2")
    db.commit()
    db.close()


def test_a_sound_journal_is_said_to_be_so(home: Path) -> None:
    assert "Nothing has been kept yet" in run("journal", "check").stdout
    path = played(home)
    assert json.loads(run("journal", "where", "--json").stdout)["journal"] == str(path)
    done = run("journal", "check")
    assert (done.returncode, done.stdout) == (
        0,
        "All of it can be read: 3 playthroughs.\n",
    )
    assert "nothing to repair" in run("journal", "repair").stdout


def test_damage_is_named_and_repaired_by_hand(home: Path) -> None:
    damaged(played(home))
    checked = run("journal", "check", "--json")
    assert checked.returncode == 1
    assert len(json.loads(checked.stdout)["whole"]) == RUNS
    done = run("journal", "repair")
    assert done.stdout.startswith(
        "3 of 3 playthroughs kept; the damaged file is beside it: "
    )
    assert len(json.loads(run("history", "--json").stdout)) == RUNS
    assert "kept beside it" in run("journal", "where").stdout


def test_the_next_start_saves_what_can_be_read_and_says_so(home: Path) -> None:
    damaged(played(home))
    done = run("play", "omar", "--plain", answers="1\n")
    assert "3 of 3 playthroughs kept; the damaged file is beside it: " in done.stderr
    assert len(json.loads(run("history", "--json").stdout)) == RUNS + 1


def test_a_damaged_edition_is_taken_from_the_course_and_mended(home: Path) -> None:
    path = played(home)
    db = sqlite3.connect(path)
    db.execute("DROP TRIGGER editions_are_never_altered")
    (blob,) = db.execute("SELECT data FROM editions").fetchone()
    broken = bytes([*blob[:100], blob[100] ^ 1, *blob[101:]])
    db.execute("UPDATE editions SET data = ?", (broken,))
    db.commit()
    db.close()
    assert run("journal", "check").returncode == 1
    done = run("play", "omar", "--plain", "--resume", answers="1\n")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert run("journal", "check").returncode == 0
