"""A session led with phones: blind, counted once, kept through a kill, and gone when it ends."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.test_command_line import run
from tests.phones.test_server import Phone
from tests.program import Conversation

PHONES = ("--phones", "--phones-address", "127.0.0.1")


class Leader(Conversation):
    """A program that leads by JSON lines and waits for each answer."""

    def __init__(self, home: Path, *arguments: str) -> None:
        super().__init__(
            "facilitate", *arguments, "--json", *PHONES, DIALOGUE_GAME_HOME=str(home)
        )
        kind, phones = self.read()
        assert kind == "phones"
        self.url = phones["url"]
        self.shared, self.companion = self.read()[1], self.read()[1]

    def do(self, command: str) -> str:
        """The error, "" where it was obeyed."""
        self.write(command)
        kind, value = self.read()
        if kind == "phones":
            self.url = value["url"]
            kind, value = self.read()
        if kind == "error":
            return str(value["message"])
        self.shared, self.companion = value, self.read()[1]
        return ""

    def to_vote(self) -> None:
        """On to the first vote of the scenario, where it is taken in full."""
        assert self.do("next") == ""
        assert self.shared["step"] == "scene"
        assert self.do("full") == ""
        while self.shared["step"] not in ("vote", "vote_again"):
            assert self.do("next") == ""

    def phones(self, *options: str) -> list[Phone]:
        made = [Phone(self.url) for _ in options]
        for phone, option in zip(made, options, strict=True):
            assert "Your vote is in" in phone.vote(option)
        return made


@contextmanager
def leading(home: Path, *arguments: str) -> Iterator[Leader]:
    leader = Leader(home, *arguments)
    try:
        yield leader
    finally:
        leader.process.communicate("quit\n", timeout=20)


def test_three_rounds_by_phone_are_blind_until_the_reveal_and_counted_once(
    tmp_path: Path,
) -> None:
    with leading(tmp_path, "omar", "--headcount", "30") as leader:
        leader.to_vote()
        first, second, *_ = (option["id"] for option in leader.shared["options"])
        phones = leader.phones(*[first] * 18, *[second] * 12)
        assert leader.do("pause") == ""
        assert leader.shared["ballots"]["cast"] == 30
        assert leader.shared["rounds"] == []
        assert first not in json.dumps(leader.companion["cast"])
        assert leader.do("next") == ""
        assert leader.shared["step"] == "talk"
        assert "Talk about it" in phones[0].ask()[1]
        assert leader.do("next") == ""
        for phone in phones[:20]:
            phone.vote(second)
        late = Phone(leader.url)
        late.vote(first)
        assert leader.do("reveal") == ""
        counted = [round_["counts"] for round_ in leader.shared["rounds"]]
        letters = {
            option["id"]: option["letter"] for option in leader.shared["options"]
        }
        assert {k: v for k, v in counted[0].items() if v} == {
            letters[first]: 18,
            letters[second]: 12,
        }
        assert {k: v for k, v in counted[1].items() if v} == {
            letters[first]: 1,
            letters[second]: 20,
        }
        assert [round_["mode"] for round_ in leader.shared["rounds"]] == [
            "phones",
            "phones",
        ]


def test_cards_are_added_to_what_phones_voted(tmp_path: Path) -> None:
    with leading(tmp_path, "omar", "--headcount", "9") as leader:
        leader.to_vote()
        first, second, *_ = (option["id"] for option in leader.shared["options"])
        leader.phones(first, first, first, first)
        assert leader.do(f"cast {second}") == ""
        assert leader.do("next") == ""
        assert leader.do("reveal") == ""
        (round_,) = leader.shared["rounds"]
        assert sorted(filter(None, round_["counts"].values())) == [1, 4]


def test_more_ballots_than_people_are_said_to_the_leader_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    with leading(tmp_path, "omar", "--headcount", "3") as leader:
        leader.to_vote()
        first = leader.shared["options"][0]["id"]
        leader.phones(*[first] * 5)
        assert "5 ballots" in leader.do("next")
        leader.phones(first)
        assert leader.do("headcount 8") == ""
        assert leader.shared["ballots"]["cast"] == 6
        assert leader.do("next") == ""


def test_a_killed_session_comes_back_with_its_ballots_and_its_address(
    tmp_path: Path,
) -> None:
    leader = Leader(tmp_path, "omar", "--headcount", "9")
    leader.to_vote()
    first, second, *_ = (option["id"] for option in leader.shared["options"])
    phones = leader.phones(first, first, second, second, second)
    os.kill(leader.process.pid, signal.SIGKILL)
    leader.process.communicate(timeout=10)
    with leading(tmp_path, "--resume") as again:
        assert again.url == leader.url
        assert again.shared["ballots"]["cast"] == 5
        assert "checked" in phones[0].ask()[1]
        phones[0].vote(second)
        assert again.do("reveal") == ""
        (round_,) = again.shared["rounds"]
        assert sorted(filter(None, round_["counts"].values())) == [1, 4]


def test_ballots_of_a_step_taken_back_are_there_again_and_those_of_phones_turned_off_are_not(
    tmp_path: Path,
) -> None:
    with leading(tmp_path, "omar", "--headcount", "9") as leader:
        leader.to_vote()
        first, second, *_ = (option["id"] for option in leader.shared["options"])
        voted, *_ = leader.phones(first, first, second)
        for command, cast in (
            ("undo", 0),
            ("next", 3),
            ("phones off", 0),
            ("phones 127.0.0.1", 3),
        ):
            assert leader.do(command) == ""
            held = leader.shared["ballots"]
            assert (held["cast"] if held else 0) == cast
        assert leader.do("phones 192.0.2.77").startswith(
            "Phones cannot be served at 192.0.2.77."
        )
        assert "checked" in voted.ask()[1]
        assert leader.do("phones off") == ""
        assert leader.do("tally a=5 b=4") == ""
        assert leader.do("next") == ""
        assert not [*tmp_path.glob("*.ballots"), *tmp_path.glob("*.aside")]
        assert leader.do("reveal") == ""
        (round_,) = leader.shared["rounds"]
        assert sorted(filter(None, round_["counts"].values())) == [4, 5]


def test_a_session_that_has_ended_leaves_nothing_of_its_phones(tmp_path: Path) -> None:
    with leading(tmp_path, "omar", "--headcount", "9") as leader:
        leader.to_vote()
        (phone, *_) = leader.phones(leader.shared["options"][0]["id"])
        device = phone.cookie.partition("=")[2].encode()
        assert leader.do("next") == ""
        assert leader.do("end") == ""
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path.name for path in left if "phones" in path.name]
    assert not [path.name for path in left if device in path.read_bytes()]


@pytest.mark.parametrize("address", ["192.0.2.1", "nowhere", "300.1.1.1"])
def test_an_address_that_is_not_this_machines_is_refused_in_a_sentence(
    tmp_path: Path, address: str
) -> None:
    done = run(
        "facilitate",
        "omar",
        "--json",
        "--phones",
        "--phones-address",
        address,
        home=tmp_path,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(
        f"Phones cannot be served at {address}."
    )


def test_without_being_asked_for_nothing_listens(tmp_path: Path) -> None:
    done = run("facilitate", "omar", "--json", home=tmp_path, answers="quit\n")
    assert "phones" not in json.loads(done.stdout.splitlines()[0])
    assert not list(tmp_path.glob("phones*"))
