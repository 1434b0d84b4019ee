"""Addresses that are wrong, servers that are none, and what each is told in a sentence."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping

import pytest

from dialogue_game.delivery.address import Credentials, address_of
from dialogue_game.delivery.client import Client
from dialogue_game.delivery.exchange import Answer, TryLater
from dialogue_game.errors import DialogueGameError, RecordsNotSent
from tests.delivery.conftest import Desk, RunLrs, records
from tests.delivery.lrs import KEY, SECRET, Lrs, running

NOON = 1_767_614_400_000


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("https://lrs.example.org/xapi", "https://lrs.example.org/xapi"),
        (" https://lrs.example.org/xapi/ ", "https://lrs.example.org/xapi"),
        ("https://lrs.example.org/xapi/statements", "https://lrs.example.org/xapi"),
        ("https://lrs.example.org:8443", "https://lrs.example.org:8443"),
    ],
)
def test_an_address_is_taken_as_people_write_it(text: str, root: str) -> None:
    address = address_of(text)
    assert (address.root, address.secure, address.private) == (root, True, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lrs.example.org",
        "ftp://lrs.example.org",
        "https://",
        "https://lrs.example.org:port",
        "https://lrs.example.org:99999",
        "https://lrs.example.org/xapi?key=1",
        "https://lrs.example.org/#here",
        "https://lrs exa.org",
        "https://[::1",
        "https://lrs.example.org/\x1b[2J",
        "https://lrs.exämple.org/",
    ],
)
def test_a_wrong_address_is_said_to_be_one(text: str) -> None:
    with pytest.raises(
        RecordsNotSent, match=r"^The address of the record store cannot be used\."
    ):
        address_of(text)


def test_secrets_in_an_address_are_refused_and_not_repeated() -> None:
    with pytest.raises(RecordsNotSent) as caught:
        address_of("https://me:hunter22@lrs.example.org/xapi")
    assert "hunter22" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("http://lrs.example.org", False),
        ("http://localhost:8100", True),
        ("http://127.0.0.7/xapi", True),
        ("http://[::1]:8100/xapi", True),
        ("http://10.0.0.1", False),
    ],
)
def test_only_tls_and_this_machine_are_private(text: str, private: bool) -> None:
    assert address_of(text).private is private


def test_key_and_secret_are_in_no_representation() -> None:
    shown = repr(Credentials("a-key", "hunter22"))
    assert "a-key" not in shown
    assert "hunter22" not in shown


def client(
    status: int, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> tuple[Client, list[tuple[str, str, Mapping[str, str]]]]:
    """A client whose server always answers the same, and what it was asked."""
    asked: list[tuple[str, str, Mapping[str, str]]] = []

    def exchange(
        method: str, url: str, sent: Mapping[str, str], _: bytes | None
    ) -> Answer:
        asked.append((method, url, sent))
        return Answer(status, headers or {}, body)

    credentials = Credentials(KEY, SECRET)
    address = address_of("https://lrs.example.org/xapi")
    return Client(address, credentials, exchange, lambda: NOON), asked


def refusal(status: int, body: bytes = b"", **headers: str) -> DialogueGameError:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    with pytest.raises(DialogueGameError) as caught:
        client(status, body, headers)[0].store(records(1))
    return caught.value


def test_every_request_has_the_versions_header() -> None:
    speaking, asked = client(204)
    speaking.store(records(1))
    method, url, headers = asked[0]
    assert (method, url) == ("POST", "https://lrs.example.org/xapi/statements")
    assert headers["X-Experience-API-Version"] == "1.0.3"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (302, "The record store sends us elsewhere to https://login.example.org/."),
        (401, "The record store does not accept this key and secret (401)."),
        (403, "The record store does not accept this key and secret (403)."),
        (404, "There is no record store at that address (404)."),
        (405, "There is no record store at that address (405)."),
        (418, "The record store said no (418): short and stout"),
    ],
)
def test_every_refusal_is_one_clear_sentence(status: int, said: str) -> None:
    error = refusal(status, b"short and stout", location="https://login.example.org/")
    assert isinstance(error, RecordsNotSent)
    assert error.message == said
    assert error.next_step


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>Welcome to the hotel</html>", b"[]", b"{}", b'["another"]', b"[[[["],
)
def test_a_friendly_answer_that_confirms_nothing_stores_nothing(body: bytes) -> None:
    assert (
        refusal(200, body).message
        == "What answers at that address is not a record store."
    )


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 599])
def test_a_store_in_trouble_is_tried_later(status: int) -> None:
    assert isinstance(refusal(status), TryLater)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7),
        ("Mon, 05 Jan 2026 12:01:00 GMT", 60),
        ("Mon, 05 Jan 2026 11:00:00 GMT", 0),
        ("soon", 0),
        ("-3", 0),
        ("3599", 3599),
        ("99999999", 3600),
        ("9" * 40, 3600),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(text: str, seconds: float) -> None:
    error = refusal(503, retry_after=text)
    assert isinstance(error, TryLater)
    assert error.after == seconds


def test_what_a_store_says_is_short_clean_and_without_our_secrets() -> None:
    header = Credentials(KEY, SECRET).header
    said = f"{SECRET} {header} \x1b[2J" + "x" * 9000
    outcome = client(400, json.dumps({"detail": said}).encode())[0].store(records(1))
    assert outcome.kind == "rejected"
    assert SECRET not in outcome.message
    assert header[6:] not in outcome.message
    assert "\x1b" not in outcome.message
    assert len(outcome.message) < 400


@pytest.mark.parametrize("body", [b"", b"[]", b"no", b'{"statements": 1}', b"{}"])
def test_a_page_that_is_none_is_refused(body: bytes) -> None:
    with pytest.raises(RecordsNotSent, match="not a record store"):
        client(200, body)[0].known("r", ["a"])


def test_our_credentials_follow_no_link_to_another_machine() -> None:
    page = {"statements": [{"id": "x"}], "more": "https://evil.example.net/more"}
    speaking, asked = client(200, json.dumps(page).encode())
    with pytest.raises(RecordsNotSent, match="another machine"):
        speaking.known("r", ["a"])
    assert len(asked) == 1


def test_pages_without_end_are_left() -> None:
    page = {"statements": [], "more": "/xapi/statements?again"}
    speaking, asked = client(200, json.dumps(page).encode())
    assert speaking.known("r", ["a"]) == set()
    assert len(asked) == 1


def test_another_key_and_secret_are_told_apart_from_a_wrong_address(
    desk: Desk, lrs: RunLrs
) -> None:
    store = lrs()
    with pytest.raises(RecordsNotSent, match="does not accept this key"):
        desk.client(store.root, 5, "another secret").store(records(1))
    with pytest.raises(RecordsNotSent, match="no record store at that address"):
        desk.client(store.root.replace("xapi", "other")).store(records(1))


def test_what_is_no_web_server_is_said_to_be_none(desk: Desk, lrs: RunLrs) -> None:
    store = lrs(fault=lambda _: "garbage")
    with pytest.raises(RecordsNotSent, match="not a web server"):
        desk.client(store.root).store(records(1))


def test_an_address_where_nothing_answers_is_said_to_be_one(desk: Desk) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(RecordsNotSent, match="Nothing answers"):
        desk.client(f"http://127.0.0.1:{port}").store(records(1))


def test_tls_where_there_is_none_is_said_so(desk: Desk, lrs: RunLrs) -> None:
    store = lrs()
    with pytest.raises(RecordsNotSent, match="does not speak TLS"):
        desk.client(store.root.replace("http:", "https:")).store(records(1))


def test_a_redirect_is_never_followed_with_our_credentials(desk: Desk) -> None:
    class Elsewhere(Lrs):
        def post(self, body: bytes) -> tuple[int, object]:
            return 307, {"detail": "over there"}

    with running(Elsewhere()) as store:
        with pytest.raises(RecordsNotSent, match="sends us elsewhere"):
            desk.client(store.root).store(records(1))
        assert store.asked == ["POST"]
