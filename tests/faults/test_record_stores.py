"""Kind: a record store that never ends, never stops, or takes nothing."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from dialogue_game.delivery.exchange import TryLater, exchange_with
from tests.delivery.conftest import Desk, RunLrs, desk, lrs, records
from tests.delivery.lrs import Fault
from tests.faults.listening import listening

__all__ = ["desk", "lrs"]  # fixtures

Behaviour = Callable[[socket.socket, Event], None]
DEADLINE = 0.6


def header_drip(client: socket.socket, stop: Event) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\n")
    while not stop.wait(0.05):
        client.sendall(b"X: y\r\n")


def slow_continue(client: socket.socket, stop: Event) -> None:
    while not stop.wait(0.05):
        client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


def endless_trailers(client: socket.socket, stop: Event) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
    while not stop.wait(0.01):
        client.sendall(b"T: z\r\n")


def body_drip(client: socket.socket, stop: Event) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while not stop.wait(0.05):
        client.sendall(b" ")


def status_drip(client: socket.socket, stop: Event) -> None:
    while not stop.wait(0.05):
        client.sendall(b"H")


def silence(client: socket.socket, stop: Event) -> None:
    stop.wait(30)


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[str]:
    """A server on this machine that treats each connection in this way."""

    def treat(client: socket.socket, stop: Event) -> None:
        client.recv(65536)
        behaviour(client, stop)

    with listening(treat) as address:
        yield f"{address}/xapi/statements"


@pytest.mark.parametrize(
    "behaviour",
    [header_drip, slow_continue, endless_trailers, body_drip, status_drip, silence],
    ids=lambda behaviour: behaviour.__name__,
)
def test_an_exchange_ends_at_its_deadline_wherever_the_store_drags_it_out(
    behaviour: Behaviour,
) -> None:
    exchange = exchange_with(loopback=True, timeout=DEADLINE)
    with serving(behaviour) as url:
        begun = time.monotonic()
        with pytest.raises(TryLater, match="did not answer in time"):
            exchange("POST", url, {"Content-Type": "application/json"}, b"[]")
        assert time.monotonic() - begun < 10 * DEADLINE


def test_a_store_that_refuses_every_record_costs_none(desk: Desk, lrs: RunLrs) -> None:
    every = records(20)
    desk.queue(every)
    store = lrs(bad={record.id for record in every})
    report = desk.sender(store.root).flush()
    assert (report.sent, report.refused, report.waiting) == (0, 0, 20)
    assert report.stopped.startswith("The record store refuses every record: 400:")
    store.bad.clear()
    assert desk.sender(store.root).flush().sent == 20


def test_a_store_that_comes_to_refuse_everything_costs_no_whole_batch(
    desk: Desk, lrs: RunLrs
) -> None:
    every = records(60)
    desk.queue(every)
    store = lrs(bad={record.id for record in every[50:]})
    report = desk.sender(store.root).flush()
    assert (report.sent, report.refused, report.waiting) == (50, 0, 10)


def test_a_first_record_alone_is_not_taken_for_a_bad_one(
    desk: Desk, lrs: RunLrs
) -> None:
    (only,) = records(1)
    desk.queue([only])
    report = desk.sender(lrs(bad={only.id}).root).flush()
    assert (report.refused, report.waiting) == (0, 1)


def test_a_request_that_took_long_in_vain_is_not_made_again_and_again(
    desk: Desk, lrs: RunLrs
) -> None:
    desk.queue(records(5))

    def slow(_: str) -> Fault:
        desk.now += 20_000
        return "cut"

    store = lrs(fault=slow)
    report = desk.sender(store.root).flush()
    assert (report.waiting, len(store.asked), desk.slept) == (5, 1, [])
