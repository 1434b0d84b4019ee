"""What waits: durable, once each, gone with its playthrough."""

from __future__ import annotations

from pathlib import Path

from dialogue_game.delivery.outbox import Outbox
from dialogue_game.journal.connection import JournalFile, connect
from tests.delivery.conftest import Desk, records


def test_an_outbox_without_a_journal_is_empty_and_makes_none(tmp_path: Path) -> None:
    path = tmp_path / "none" / "journal.sqlite"
    outbox = Outbox(JournalFile(path, 1, connect))
    assert (outbox.waiting(), outbox.sent(), outbox.batch(), outbox.queued()) == (
        0,
        0,
        (),
        {},
    )
    assert outbox.refused() == ()
    assert not path.exists()


def test_what_waits_outlives_the_program(desk: Desk) -> None:
    desk.queue(records(3))
    another = Outbox(JournalFile(desk.store.path, 1, connect))
    assert another.batch() == tuple(records(3))
    assert another.queued() == {"run1": 1}


def test_the_same_events_are_never_queued_twice(desk: Desk) -> None:
    desk.queue(records(3))
    assert not desk.outbox.queue("run1", 0, 1, records(6))
    assert desk.outbox.waiting() == 3
    assert desk.outbox.queue("run1", 1, 2, records(6))
    assert desk.outbox.waiting() == 6


def test_a_playthrough_that_is_gone_is_not_queued(desk: Desk) -> None:
    desk.queue(records(1))
    desk.store.delete("run1")
    assert not desk.outbox.queue("run1", 0, 1, records(3))
    assert desk.outbox.waiting() == 0


def test_deleting_a_playthrough_takes_along_what_waits_and_what_was_refused(
    desk: Desk,
) -> None:
    every = records(4)
    desk.queue(every)
    desk.outbox.mark_sent([every[0].id])
    desk.outbox.mark_refused(every[1].id, "no")
    desk.store.delete("run1")
    assert (desk.outbox.waiting(), desk.outbox.refused(), desk.outbox.sent()) == (
        0,
        (),
        1,
    )
    assert desk.outbox.queued() == {}
    kept = desk.store.path.read_bytes()
    assert b"run1" not in kept
    assert b"scenes/door" not in kept


def test_what_was_sent_leaves_only_its_id(desk: Desk) -> None:
    every = records(2)
    desk.queue(every)
    desk.outbox.mark_sent([record.id for record in every])
    desk.store.delete()
    with desk.outbox._ledger.reading() as db:
        assert db is not None
        assert db.execute("SELECT body FROM outbox").fetchall() == [("",), ("",)]


def test_a_vain_try_is_counted_and_its_reason_kept(desk: Desk) -> None:
    every = records(2)
    desk.queue(every)
    desk.outbox.mark_tried([every[0].id], "out of reach")
    with desk.outbox._ledger.reading() as db:
        assert db is not None
        rows = db.execute(
            "SELECT attempts, said FROM outbox ORDER BY number"
        ).fetchall()
    assert rows == [(1, "out of reach"), (0, "")]


def test_starting_over_forgets_what_was_sent_and_keeps_the_playthroughs(
    desk: Desk,
) -> None:
    desk.queue(records(2))
    desk.outbox.start_over()
    assert (desk.outbox.waiting(), desk.outbox.queued()) == (0, {})
    assert desk.store.read("run1")
