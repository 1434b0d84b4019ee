"""A real record store: Ralph, in an environment of its own, on loopback while the tests run."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from dialogue_game.core.events import ReferenceOpened
from dialogue_game.core.session.ballots import Round
from dialogue_game.delivery.outbox import Record
from dialogue_game.reporting.xapi_model import PAUSE
from dialogue_game.reporting.xapi_statements import Statement, serialised, statements
from tests.delivery.conftest import Desk, records
from tests.delivery.lrs import KEY, SECRET
from tests.unit.reporting.attempts import LEARNER, attempt, tale

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
RALPH = Path(
    os.environ.get("RALPH_ENV") or CACHE / "dialogue-game-tests" / "ralph-5.1.0"
)
PATIENCE = 60

pytestmark = [
    pytest.mark.skipif(
        "RALPH_ENV" not in os.environ and not (RALPH / "bin" / "ralph").exists(),
        reason="Ralph is not installed; tests/delivery/ralph_env.sh does it",
    ),
    pytest.mark.xdist_group("ralph"),
]


class Ralph(NamedTuple):
    """A Ralph that answers: where, and the file that it keeps its statements in."""

    root: str
    file: Path


@pytest.fixture(scope="module")
def ralph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ralph]:
    """One for all tests here."""
    folder = tmp_path_factory.mktemp("ralph")
    (folder / "lrs").mkdir()
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "RALPH_APP_DIR": str(folder),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(folder / "lrs"),
        "RALPH_BACKENDS__LRS__FS__DEFAULT_LRS_FILE": "statements.jsonl",
    }
    who = (
        "-u",
        KEY,
        "-p",
        SECRET,
        "-s",
        "all",
        "-N",
        "Game",
        "-A",
        "game",
        "https://example.org",
    )
    subprocess.run(
        [RALPH / "bin" / "ralph", "auth", *who, "-w"],
        env=environment,
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    with socket.socket() as listening:
        # Bound here and handed over, so that no other program takes the port in between.
        listening.bind(("127.0.0.1", 0))
        at = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = subprocess.Popen(
            [
                *(RALPH / "bin" / "python", "-m", "uvicorn", "ralph_app:app"),
                *("--fd", str(listening.fileno()), "--log-level", "error"),
            ],
            cwd=HERE,
            env=environment,
            pass_fds=[listening.fileno()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(f"{at}/__heartbeat__", server)
            yield Ralph(f"{at}/xAPI", folder / "lrs" / "statements.jsonl")
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(10)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, "Ralph has stopped"
        try:
            with opener.open(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("Ralph does not answer")


def every_kind() -> list[Statement]:
    """At least one statement of every verb and every form."""
    rounds = (
        Round(1, "counts", {"ask": 3, "sign": 3}, closed=True),
        Round(2, "counts", {"ask": 5, "sign": 1}, closed=True),
    )
    paused = attempt("ask", "tell", stream="a", every=PAUSE + 1)
    given = [
        paused,
        attempt("ask", "tell", "out", stream="b"),
        attempt("sign", "wait", "stay", stream="c"),
        attempt("sign", "wait", "stay", stream="d", told=tale(kind="aid")),
        attempt("ask", stream="e", more=[ReferenceOpened("code")]),
        attempt("sign", stream="f", branched_from="b", earlier=LEARNER.pseudonym),
        attempt("ask", stream="g", led_by="session", rounds={0: rounds}),
    ]
    return [statement for one in given for statement in statements(one, LEARNER)]


def test_ralphs_models_agree_with_every_statement() -> None:
    lines = "".join(f"{serialised(statement)}\n" for statement in every_kind())
    assert opinion(lines) == ""


def test_ralphs_models_would_say_if_something_were_wrong() -> None:
    good = every_kind()[1]
    bad = [
        good | {"surprise": 1},
        good | {"id": "no"},
        good | {"result": {"response": 1}},
    ]
    assert opinion("".join(f"{json.dumps(one)}\n" for one in bad)).count("\n") == 3


def opinion(lines: str) -> str:
    done = subprocess.run(
        [RALPH / "bin" / "python", HERE / "ralph_opinion.py"],
        input=lines.encode(),
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    return done.stdout.decode()


def test_a_whole_outbox_goes_to_ralph_once_and_is_known_the_second_time(
    desk: Desk, ralph: Ralph
) -> None:
    made = [
        Record(s["id"], s["context"]["registration"], serialised(s))
        for s in every_kind()
    ]
    made += records(120)
    desk.queue(made)
    report = desk.sender(ralph.root, timeout=30).flush()
    assert (report.sent, report.refused, report.stopped) == (len(made), 0, "")
    assert there(desk, ralph.root, made) == set(ids_of(made))
    desk.outbox.start_over()
    assert desk.outbox.queue("run1", 0, 1, made)
    report = desk.sender(ralph.root, timeout=30).flush()
    assert (report.sent, report.waiting, report.stopped) == (len(made), 0, "")
    assert there(desk, ralph.root, made) == set(ids_of(made))
    kept = [
        json.loads(line) for line in ralph.file.read_text(encoding="utf-8").splitlines()
    ]
    assert sorted(str(statement["id"]) for statement in kept) == sorted(ids_of(made))


def there(desk: Desk, root: str, made: list[Record]) -> set[str]:
    """The ids that Ralph holds, by asking for each registration, page by page."""
    client = desk.client(root, 30)
    found: set[str] = set()
    for registration in {record.registration for record in made}:
        found |= client.known(registration, ids_of(made))
    return found


def ids_of(made: list[Record]) -> list[str]:
    return [record.id for record in made]
