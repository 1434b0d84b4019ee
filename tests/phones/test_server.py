"""A room's phones: blind, one ballot a device, kept, and closed to everybody else."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from dialogue_game.phones import server as server_module
from dialogue_game.phones.ballot_file import BallotFile
from dialogue_game.phones.server import Phones
from dialogue_game.phones.voting_page import PageLanguage

OPTIONS = (
    ("A", "tell", "Tell her."),
    ("B", "wait", "Wait."),
    ("C", "ask_him", "Ask <him> & her."),
)


@dataclass
class Phone:
    """A browser with its cookie."""

    url: str
    cookie: str = ""
    said: list[str] = field(default_factory=list)

    def ask(
        self, method: str = "GET", path: str = "", body: str = "", **headers: str
    ) -> tuple[int, str, dict[str, str]]:
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(
            parts.hostname or "", parts.port, timeout=10
        )
        sent = {"Cookie": self.cookie} if self.cookie else {}
        if body:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(
            method, path or parts.path, body or None, {**sent, **headers}
        )
        answer = connection.getresponse()
        text = answer.read().decode()
        told = {name.lower(): value for name, value in answer.getheaders()}
        connection.close()
        if "set-cookie" in told:
            self.cookie = told["set-cookie"].partition(";")[0]
        return answer.status, text, told

    def vote(self, option: str) -> str:
        """What the page says after a vote."""
        _, text, _ = self.ask()
        state = re.search(r'name="state" value="(\w+)"', text)
        status, text, _ = self.ask(
            "POST",
            body=urlencode({"option": option, "state": state[1] if state else ""}),
        )
        return self.ask()[1] if status == 303 else text


@pytest.fixture
def phones(tmp_path: Path) -> Iterator[Phones]:
    served = Phones("127.0.0.1", tmp_path / "ballots")
    yield served
    with suppress(OSError):
        served.stop()


def opened(phones: Phones, name: str = "s1 door 1") -> Phones:
    phones.open_round(name, "Monday, 09:30", 1, OPTIONS)
    return phones


def closed(phones: Phones) -> dict[str, int]:
    counts = dict(phones.stop_round())
    phones.forget_round()
    return counts


def test_a_round_is_one_form_with_the_options_ids(phones: Phones) -> None:
    status, text, headers = Phone(opened(phones).url).ask()
    assert status == 200
    assert re.findall(r'type="radio" name="option" value="(\w+)"', text) == [
        "tell",
        "wait",
        "ask_him",
    ]
    assert text.count('<form method="post">') == 1
    assert "C: Ask &lt;him&gt; &amp; her." in text
    assert "default-src 'none'" in headers["content-security-policy"]
    assert not re.search(r"https?://", text)


def test_a_device_has_one_ballot_and_the_last_one_counts(phones: Phones) -> None:
    opened(phones)
    one, two = Phone(phones.url), Phone(phones.url)
    assert "Your vote is in" in one.vote("tell")
    assert "Your vote is in" in two.vote("tell")
    assert 'value="wait" checked' in one.vote("wait")
    assert phones.cast == 2
    assert closed(phones) == {"tell": 1, "wait": 1}


def test_a_browser_that_keeps_no_cookie_can_change_its_vote_too(phones: Phones) -> None:
    opened(phones)
    _, text, _ = Phone(phones.url).ask()
    for option in ("tell", "wait"):
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', text))
        assert ("device" in hidden) == (option == "wait")
        body = urlencode({"option": option, **hidden})
        status, text, _ = Phone(phones.url).ask("POST", body=body)
        assert status == 200
        assert f'value="{option}" checked' in text
    assert closed(phones) == {"wait": 1}


def test_a_ballot_that_cannot_be_kept_is_said_to_its_phone(
    phones: Phones, tmp_path: Path
) -> None:
    opened(phones)
    (tmp_path / "ballots").unlink()
    (tmp_path / "ballots").mkdir()
    assert "could not be kept" in Phone(phones.url).vote("tell")
    assert phones.cast == 0


def test_the_programs_own_words_are_marked_where_a_course_is_in_another_language(
    tmp_path: Path,
) -> None:
    served = Phones(
        "127.0.0.1", tmp_path / "ballots", language=PageLanguage("ar", "rtl")
    )
    _, text, _ = Phone(opened(served).url).ask()
    served.stop()
    assert '<html lang="ar" dir="rtl">' in text
    assert '<button type="submit" lang="en" dir="ltr">' in text


def test_people_behind_one_address_are_as_many_as_their_devices(phones: Phones) -> None:
    opened(phones)
    for number in range(12):
        Phone(phones.url).vote(OPTIONS[number % 3][1])
    assert closed(phones) == {"tell": 4, "wait": 4, "ask_him": 4}


def test_no_request_tells_anything_before_the_reveal(phones: Phones) -> None:
    opened(phones)
    watching = Phone(phones.url)
    before = watching.ask()[1], watching.ask(path=f"/{phones.word}/state")[1]
    for _ in range(7):
        Phone(phones.url).vote("tell")
    assert (watching.ask()[1], watching.ask(path=f"/{phones.word}/state")[1]) == before


def test_a_vote_for_a_round_that_is_closed_is_said_to_be_late(phones: Phones) -> None:
    opened(phones)
    phone = Phone(phones.url)
    _, text, _ = phone.ask()
    state = re.search(r'name="state" value="(\w+)"', text)
    assert state is not None
    closed(phones)
    opened(phones, "s1 door 2")
    _, text, _ = phone.ask(
        "POST", body=urlencode({"option": "tell", "state": state[1]})
    )
    assert "That round is closed." in text
    assert phones.cast == 0
    assert "Your vote is in" in phone.vote("wait")


def test_between_rounds_the_page_says_what_goes_on_and_changes_its_state(
    phones: Phones,
) -> None:
    phone = Phone(phones.url)
    phones.show("Omar", "Talk about it. <b>")
    first = phone.ask(path=f"/{phones.word}/state")[1]
    assert "Talk about it. &lt;b&gt;" in phone.ask()[1]
    assert "<form" not in phone.ask()[1]
    opened(phones)
    assert phone.ask(path=f"/{phones.word}/state")[1] != first


def test_nothing_on_disk_links_a_device_to_an_option_once_the_round_is_closed(
    phones: Phones, tmp_path: Path
) -> None:
    opened(phones)
    phone = Phone(phones.url)
    phone.vote("wait")
    device = phone.cookie.partition("=")[2]
    kept = (tmp_path / "ballots").read_bytes()
    assert b"wait" in kept
    assert device.encode() not in kept
    assert b"127.0.0.1" not in kept
    opened_file = os.open(tmp_path / "ballots", os.O_RDONLY)
    closed(phones)
    try:
        assert set(os.read(opened_file, 65536)) == {0}  # what was there is overwritten
    finally:
        os.close(opened_file)
    assert not (tmp_path / "ballots").exists()


def test_an_acknowledged_ballot_survives_a_kill_and_the_device_is_known_again(
    tmp_path: Path,
) -> None:
    script = (
        "import sys, time; from pathlib import Path\n"
        "from dialogue_game.phones.server import Phones\n"
        "phones = Phones('127.0.0.1', Path(sys.argv[1]), word='samewd')\n"
        "phones.open_round('s1 door 1', 'Monday', 1, (('A', 'tell', 'T'), ('B', 'wait', 'W')))\n"
        "print(phones.url, flush=True); time.sleep(60)\n"
    )
    leading = subprocess.Popen(
        (sys.executable, "-c", script, str(tmp_path / "ballots")),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert leading.stdout is not None
    phone = Phone(leading.stdout.readline().strip())
    assert "Your vote is in" in phone.vote("wait")
    os.kill(leading.pid, signal.SIGKILL)
    leading.wait(10)
    leading.stdout.close()
    again = Phones("127.0.0.1", tmp_path / "ballots", word="samewd")
    try:
        opened(again)
        assert again.cast == 1
        phone.url = again.url
        assert 'value="wait" checked' in phone.ask()[1]
        phone.vote("tell")
        assert closed(again) == {"tell": 1}
    finally:
        again.stop()


def test_a_file_of_another_round_is_not_taken_for_this_one(tmp_path: Path) -> None:
    BallotFile(tmp_path / "ballots", "one").put("a" * 32, "tell")
    assert BallotFile(tmp_path / "ballots", "two").cast == 0


def test_a_ballot_that_was_cut_short_by_a_kill_spoils_none_that_comes_after(
    tmp_path: Path,
) -> None:
    file = tmp_path / "ballots"
    BallotFile(file, "one").put("a" * 32, "tell")
    with file.open("ab") as cut:
        cut.write(b'\n{"device": "12')
    BallotFile(file, "one").put("b" * 32, "wait")
    assert BallotFile(file, "one").stop() == {"tell": 1, "wait": 1}


def test_ballots_that_come_together_are_all_on_disk_when_their_phones_are_told(
    tmp_path: Path,
) -> None:
    held = BallotFile(tmp_path / "ballots", "one")

    def vote(number: int) -> None:
        for option in ("tell", "wait"):
            assert held.put(f"{number:032}", option)
            assert (
                BallotFile(tmp_path / "ballots", "one").choice(f"{number:032}")
                == option
            )

    phones = [threading.Thread(target=vote, args=(number,)) for number in range(20)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join(20)
    assert held.stop() == {"wait": 20}
    assert not held.put("x", "tell")


@pytest.mark.parametrize("damage", [b"", b"junk\n", b'{"round": "one"}\n', b"\xff\xfe"])
def test_a_damaged_file_of_ballots_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "ballots").write_bytes(damage)
    held = BallotFile(tmp_path / "ballots", "one")
    held.put("a" * 32, "tell")
    assert held.stop() == {"tell": 1}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/other/",
        "/../etc/passwd",
        "//",
        "/%2e%2e/",
        "/aaaaaa/state",
        "/robots.txt",
        "/\x7f",
    ],
)
def test_whoever_does_not_know_the_word_is_told_nothing(
    phones: Phones, path: str
) -> None:
    opened(phones)
    for method in ("GET", "POST"):
        status, text, _ = Phone(phones.url).ask(
            method, path.replace("\x7f", "%7f"), "option=tell"
        )
        assert (status, text) == (404, server_module.ELSEWHERE)


def test_a_form_on_another_site_cannot_vote(phones: Phones) -> None:
    opened(phones)
    phone = Phone(phones.url)
    _, text, _ = phone.ask()
    state = re.search(r'name="state" value="(\w+)"', text)
    assert state is not None
    body = urlencode({"option": "tell", "state": state[1]})
    for told in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert phone.ask("POST", body=body, **told)[0] == 403
    assert phones.cast == 0


@pytest.mark.parametrize(
    ("length", "body"),
    [("99999999999", "x"), ("-1", "x"), ("abc", "x"), ("5000", "x" * 5000), ("", "")],
)
def test_a_form_that_is_none_is_refused(phones: Phones, length: str, body: str) -> None:
    opened(phones)
    parts = urlsplit(phones.url)
    with socket.create_connection(
        (parts.hostname or "", parts.port or 0), timeout=10
    ) as client:
        head = f"POST {parts.path} HTTP/1.0\r\n"
        head += f"Content-Length: {length}\r\n" if length else ""
        client.sendall((head + "\r\n" + body).encode())
        assert client.recv(65536).split()[1] == b"400"
    assert phones.cast == 0


def test_slow_clients_and_junk_do_not_keep_the_room_from_voting(
    phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "PATIENCE", 0.5)
    opened(phones)
    parts = urlsplit(phones.url)
    where = (parts.hostname or "", parts.port or 0)
    slow = [
        socket.create_connection(where, timeout=10)
        for _ in range(server_module.MOST_AT_ONCE)
    ]
    stop = threading.Event()

    def drip() -> None:
        while not stop.wait(0.1):
            for client in slow:
                with suppress(OSError):
                    client.sendall(b"G")

    dripping = threading.Thread(target=drip, daemon=True)
    dripping.start()
    try:
        begun = time.monotonic()
        assert "Your vote is in" in Phone(phones.url).vote("tell")
        assert time.monotonic() - begun < 8
    finally:
        stop.set()
        dripping.join(5)
        for client in slow:
            client.close()


def test_a_port_that_is_taken_is_an_error_the_leader_can_be_told(
    tmp_path: Path,
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(OSError, match=r"."):
            Phones("127.0.0.1", tmp_path / "other", port=taken)


def test_a_round_that_was_stopped_takes_no_ballot_until_it_goes_on(
    phones: Phones,
) -> None:
    opened(phones)
    phone = Phone(phones.url)
    phone.vote("tell")
    assert phones.stop_round() == {"tell": 1}
    assert "That round is closed." in phone.vote("wait")
    phones.resume_round()
    assert "Your vote is in" in phone.vote("wait")
    assert closed(phones) == {"wait": 1}
