"""An outbox emptied into a strict store, whatever the store and the network do."""

from __future__ import annotations

import json
import random

import pytest

from dialogue_game.delivery.client import TRIES
from dialogue_game.delivery.outbox import LARGEST, Record
from tests.delivery.conftest import Desk, RunLrs, records
from tests.delivery.lrs import Fault, Lrs


def test_everything_is_stored_in_order_in_batches_of_fifty(
    desk: Desk, lrs: RunLrs
) -> None:
    desk.queue(records(120))
    store = lrs()
    report = desk.sender(store.root).flush()
    assert (report.sent, report.refused, report.waiting, report.stopped) == (
        120,
        0,
        0,
        "",
    )
    assert store.ids == [record.id for record in records(120)]
    assert store.asked == ["POST"] * 3


def test_a_batch_is_never_larger_than_it_may_be(desk: Desk, lrs: RunLrs) -> None:
    long = [with_length(record, 60_000) for record in records(9)]
    desk.queue(long)
    store = lrs()
    assert desk.sender(store.root).flush().sent == 9
    assert len(store.batches) == 3
    assert max(store.batches) <= LARGEST


def test_a_statement_larger_than_a_batch_goes_alone(desk: Desk, lrs: RunLrs) -> None:
    desk.queue([with_length(record, LARGEST + 10) for record in records(2)])
    store = lrs()
    assert desk.sender(store.root).flush().sent == 2
    assert store.asked == ["POST", "POST"]


@pytest.mark.parametrize(("duplicates", "most"), [("skip", 3), ("conflict", 9)])
def test_what_is_there_already_is_asked_for_and_not_sent_one_by_one(
    desk: Desk, lrs: RunLrs, duplicates: str, most: int
) -> None:
    """All acknowledgements lost: 120 statements are there, and the outbox knows of none."""
    desk.queue(records(120))
    store = lrs(
        duplicates=duplicates, stored=[json.loads(r.body) for r in records(120)]
    )
    report = desk.sender(store.root).flush()
    assert (report.sent, report.refused, report.waiting) == (120, 0, 0)
    assert len(store.stored) == 120
    assert len(store.asked) <= most


@pytest.mark.parametrize("duplicates", ["skip", "conflict"])
def test_a_batch_that_is_there_in_part_is_completed(
    desk: Desk, lrs: RunLrs, duplicates: str
) -> None:
    every = records(50)
    desk.queue(every)
    store = lrs(
        duplicates=duplicates, stored=[json.loads(r.body) for r in every[10:20]], page=7
    )
    assert desk.sender(store.root).flush().sent == 50
    assert sorted(store.ids) == sorted(record.id for record in every)


def test_a_poisoned_statement_is_found_by_halving_and_kept_with_the_stores_words(
    desk: Desk, lrs: RunLrs
) -> None:
    every = records(20)
    desk.queue(every)
    store = lrs(bad={every[13].id})
    report = desk.sender(store.root).flush()
    assert (report.sent, report.refused, report.waiting) == (19, 1, 0)
    assert len(store.asked) <= 11
    (kept,) = desk.outbox.refused()
    assert (kept.id, kept.stream) == (every[13].id, "run1")
    assert kept.said == "400: this store does not like it"
    assert desk.outbox.retry_refused() == 1
    store.bad.clear()
    assert desk.sender(store.root).flush().sent == 1


def test_a_store_that_calls_batches_too_large_gets_smaller_ones(
    desk: Desk, lrs: RunLrs
) -> None:
    desk.queue(records(50))
    store = lrs(largest=8_000)
    assert desk.sender(store.root).flush().sent == 50
    assert len(store.stored) == 50


def test_a_409_that_no_known_statement_explains_is_kept_with_its_words(
    desk: Desk, lrs: RunLrs
) -> None:
    every = records(4)
    desk.queue(every)

    class Stubborn(Lrs):
        def post(self, body: bytes) -> tuple[int, object]:
            if every[2].id.encode() in body:
                return 409, {"detail": "I had that in another form"}
            return super().post(body)

    from tests.delivery.lrs import running

    with running(Stubborn()) as store:
        report = desk.sender(store.root).flush()
    assert (report.sent, report.refused) == (3, 1)
    assert desk.outbox.refused()[0].said == "409: I had that in another form"


@pytest.mark.parametrize(
    "fault", ["500", "503", "429", "cut", "lost", "stored 500", "hang"]
)
def test_a_passing_fault_is_waited_out(desk: Desk, lrs: RunLrs, fault: Fault) -> None:
    desk.queue(records(60))
    faults = iter([fault, fault])
    store = lrs(fault=lambda _: next(faults, ""))
    report = desk.sender(store.root, timeout=0.3).flush()
    assert (report.sent, report.waiting, report.stopped) == (60, 0, "")
    assert sorted(store.ids) == sorted(record.id for record in records(60))
    assert len(desk.slept) == 2
    asked_to_wait = fault in ("500", "503", "429")
    assert all(wait == 7 if asked_to_wait else 0.5 <= wait <= 2 for wait in desk.slept)


def test_waits_grow_and_end_with_the_rest_kept(desk: Desk, lrs: RunLrs) -> None:
    desk.queue(records(60))
    store = lrs(fault=lambda _: "cut")
    report = desk.sender(store.root).flush()
    assert (report.sent, report.waiting) == (0, 60)
    assert (
        report.stopped == "The connection to the record store was cut. The rest waits."
    )
    assert report.retry_at > desk.now
    assert len(store.asked) == TRIES
    assert len(desk.slept) == TRIES - 1
    assert all(0.5 * 2**n <= wait <= 2**n for n, wait in enumerate(desk.slept))


def test_a_store_that_asks_for_more_patience_than_there_is_is_left_alone(
    desk: Desk, lrs: RunLrs
) -> None:
    desk.queue(records(5))
    store = lrs(fault=lambda _: "429")
    report = desk.sender(store.root, patience=5).flush()
    assert (report.waiting, len(store.asked), desk.slept) == (5, 1, [])
    assert report.stopped == "The record store asks us to slow down. The rest waits."


@pytest.mark.parametrize("duplicates", ["skip", "conflict"])
@pytest.mark.parametrize("seed", [1])
def test_two_thousand_statements_through_a_flaky_store_are_each_stored_exactly_once(
    desk: Desk, lrs: RunLrs, duplicates: str, seed: int
) -> None:
    every = records(2000)
    desk.queue(every)
    chance = random.Random(seed)  # noqa: S311 - the same faults every time
    kinds: list[Fault] = [
        "",
        "",
        "",
        "500",
        "429",
        "cut",
        "lost",
        "lost",
        "stored 500",
        "hang",
    ]
    store = lrs(duplicates=duplicates, fault=lambda _: chance.choice(kinds))
    for _ in range(50):
        report = desk.sender(store.root, timeout=0.15, patience=1e9).flush()
        if not report.waiting:
            break
    assert len(store.stored) == 2000
    assert sorted(store.ids) == sorted(record.id for record in every)
    assert (desk.outbox.waiting(), desk.outbox.sent()) == (0, 2000)
    assert not desk.outbox.refused()


def with_length(record: Record, length: int) -> Record:
    statement = json.loads(record.body)
    statement["object"]["definition"]["description"] = {"en": "x" * length}
    return record._replace(body=json.dumps(statement))
