"""A room of thirty phones, each a browser of its own, around the real shared screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from benchmarks.phones import ENTER, address, to_vote
from benchmarks.terminal import GAME, Terminal, environment

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.session.sessions import find_session, read_session
from dialogue_game.core.session.ballots import Round
from tests.nightly import NIGHTLY
from tests.unit.reporting.conftest import CHROMIUM, FLAGS

PEOPLE: Final = 30
PATIENCE: Final = 60_000
"""Milliseconds, on a machine that thirty browsers keep busy."""


@pytest.fixture(scope="module")
def phones() -> Iterator[list[Any]]:
    """A page in each of thirty browsers that share nothing."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium; apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        contexts = [
            browser.new_context(viewport={"width": 320, "height": 640})
            for _ in range(30)
        ]
        pages = [context.new_page() for context in contexts]
        for page in pages:
            page.set_default_timeout(PATIENCE)
        yield pages
        browser.close()


def vote(screen: Terminal, phones: Sequence[Any], option: str) -> None:
    """Choose and send on each of them."""
    for phone in phones:
        phone.check(f'input[value="{option}"]')
        phone.click("button")
        phone.wait_for_selector("text=Your vote is in")
        assert phone.is_checked(f'input[value="{option}"]')
        screen.rest(0)


def asked(screen: Terminal, phones: Sequence[Any], number: int) -> None:
    """Each page has come to this round by itself."""
    for phone in phones:
        phone.wait_for_selector(f"text=Round {number}. Choose one")
        screen.rest(0)


def rounds(home: Path) -> tuple[Round, ...]:
    """The rounds of the first decision, as the session's stream has them."""
    game = open_game(environment={"DIALOGUE_GAME_HOME": str(home)})
    session, _ = read_session(game.store, find_session(game.store, "newest").id)
    game.store.close()
    return session.deliberation.rounds


@pytest.mark.skipif(not NIGHTLY, reason="long; thirty browsers")
def test_thirty_phones_vote_three_rounds_and_the_screen_shows_nothing_but_how_many(
    phones: list[Any], tmp_path: Path
) -> None:
    *there, late = phones
    expected: list[Counter[str]] = []
    options = ("--headcount", "30", "--phones", "--phones-address", "127.0.0.1")
    with Terminal(
        (*GAME, "facilitate", "omar", *options), environment(tmp_path)
    ) as screen:
        screen.until("How we talk today")
        url = address(tmp_path)
        for phone in there:
            phone.goto(url)
            phone.wait_for_selector("text=Look at the screen")
            screen.rest(0)
        to_vote(screen)
        asked(screen, there, 1)
        vote(screen, there[:15], "marit")
        vote(screen, there[15:], "ring")
        vote(screen, there[:2], "ring")  # two change their minds
        expected.append(Counter(marit=13, ring=16))
        screen.type(ENTER)
        screen.draws("Speak for the option")
        there[0].wait_for_selector("text=Talk about it")

        lost = there[5]
        lost.context.set_offline(True)
        screen.type(ENTER)
        screen.draws("0 of 30 ballots are in.")
        late.goto(url)  # straight to the round that is open
        asked(screen, [late, *there[:5], *there[6:]], 2)
        vote(screen, [late, *there[:5], *there[6:]], "ring")
        screen.draws("29 of 30 ballots are in.")
        assert "Round 2" not in lost.content()
        lost.wait_for_selector("text=does not answer")
        lost.context.set_offline(False)
        asked(screen, [lost], 2)
        vote(screen, [lost], "chat")
        screen.draws("30 of 30 ballots are in.")
        expected.append(Counter(ring=29, chat=1))
        assert not any("29" in phone.inner_text("body") for phone in phones)
        screen.press("y")

        screen.type("v")
        screen.draws("0 of 30 ballots are in.")
        asked(screen, phones, 3)
        vote(screen, phones, "wait_lunch")
        screen.draws("30 of 30 ballots are in.")
        expected.append(Counter(wait_lunch=30))
        screen.type("y")
        phones[0].wait_for_selector("text=Look at the screen")
    found = rounds(tmp_path)
    assert [Counter(held.counts) for held in found] == expected
    assert {held.mode for held in found} == {"phones"}
    assert not list(tmp_path.glob("phones-*.ballots"))
