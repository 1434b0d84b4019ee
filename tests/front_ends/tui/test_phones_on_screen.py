"""Ballots by phone on the shared screen and the companion: asked for, followed, read from far."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from rich.color_triplet import ColorTriplet

from dialogue_game.app.game import Game
from dialogue_game.app.session import phone_voting
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.session.leader_view import Companion
from dialogue_game.app.settings import Settings
from dialogue_game.tui.session import prepare_screen
from dialogue_game.tui.session.prepare_screen import PHONES, PrepareScreen
from tests.app.rooms import TALK, WALK, SetClock, led, room
from tests.app.rooms import sitting as sitting_down
from tests.front_ends.tui.driving import Driver, following, leading, preparing
from tests.phones.test_server import Phone

CELL = (8, 16)
FOLLOWED = 0.3
"""Seconds within which the room sees that a ballot came in."""


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of these tests is served to a network."""
    for module in (phone_voting, prepare_screen):
        monkeypatch.setattr(module, "own_addresses", lambda: ("127.0.0.2", "127.0.0.3"))
    monkeypatch.setattr(phone_voting, "outward_address", lambda: "127.0.0.2")


Sitting = Callable[..., tuple[Facilitation, Game, SetClock]]


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    """A session, with a folder of its own for its ballots."""

    def sat(headcount: int = 9) -> tuple[Facilitation, Game, SetClock]:
        session, told, clock = sitting_down(headcount=headcount)
        told.folders = replace(told.folders, data=tmp_path)
        return session, told, clock

    return sat


def serving(session: Facilitation) -> list[Phone]:
    session.serve_phones("127.0.0.1")
    assert session.phones is not None
    return [Phone(session.phones.url) for _ in range(4)]


def luminance(colour: ColorTriplet) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
             for part in colour.normalized]  # fmt: skip
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def photographed(game: Driver) -> Image.Image:
    """The screen as a camera sees it: half a cell a pixel row, in the colours that are painted."""
    strips = game.app.screen._compositor.render_strips(game.app.size)
    picture = Image.new("RGB", (game.app.size[0], 2 * len(strips)))
    for row, strip in enumerate(strips):
        column = 0
        for text, style, _ in strip:
            ink, paper = (
                (found.get_truecolor() if found else ColorTriplet(*default))
                for found, default in (
                    (style and style.color, (255, 255, 255)),
                    (style and style.bgcolor, (0, 0, 0)),
                )
            )
            for character in text:
                for half, full in enumerate(("█▀", "█▄")):
                    picture.putpixel(
                        (column, 2 * row + half), ink if character in full else paper
                    )
                column += 1
    return picture.resize((picture.width * CELL[0], picture.height * CELL[1] // 2), 0)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (160, 50)])
@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
async def test_the_code_on_the_screen_is_read_at_every_size_in_every_theme(
    sitting: Sitting, size: tuple[int, int], theme: str
) -> None:
    session, told, _ = sitting()
    told.settings = Settings(theme=theme, room=theme, welcomed="yes")
    session.serve_phones("127.0.0.1")
    assert session.phones is not None
    async with leading(told, session, size) as game:
        await game.press("f")
        await game.screen_is("PhonesPanel")
        await game.sees(session.phones.short)
        [found] = zxingcpp.read_barcodes(photographed(game))
        assert found.text.lower() == session.phones.url.rstrip("/")
        corners = (found.position.top_left, found.position.bottom_right)
        modules = (corners[1].x - corners[0].x) / CELL[0] / 25
        assert modules >= (2 if size[1] >= 40 else 1) * 0.95
        colours = photographed(game).crop(
            (corners[0].x, corners[0].y, corners[1].x, corners[1].y)
        ).getcolors()  # fmt: skip
        shades = [luminance(ColorTriplet(*colour)) for _, colour in colours or ()]  # type: ignore[misc]
        assert (max(shades) + 0.05) / (min(shades) + 0.05) >= 15


async def test_a_code_in_ascii_is_drawn_in_colours_where_there_is_room(
    sitting: Sitting,
) -> None:
    session, told, _ = sitting()
    told.settings = Settings(symbols="ascii", welcomed="yes")
    session.serve_phones("127.0.0.1")
    async with leading(told, session, (120, 40)) as game:
        await game.press("f")
        await game.screen_is("PhonesPanel")
        await game.sees("Read the code")
        assert "█" not in "".join(game.rows)
        assert zxingcpp.read_barcodes(photographed(game))


async def test_a_phone_that_types_the_address_as_it_is_read_comes_to_the_page(
    sitting: Sitting,
) -> None:
    session, _, _ = sitting()
    phones = serving(session)
    assert session.phones is not None
    for address in (
        session.phones.code,
        session.phones.code + "/",
        f"http://{session.phones.short}",
        f"http://{session.phones.short}?from=chat",
    ):
        status, _, headers = Phone(address).ask(path=address[address.index("/", 8) :])
        assert (status, headers["location"]) == (
            303,
            phones[0].url[phones[0].url.index("/", 8) :],
        )
    session.stop_phones()


async def test_the_screen_follows_ballots_at_once_and_says_only_how_many(
    sitting: Sitting,
) -> None:
    session, told, _ = sitting()
    led(session, "next", "next", "next")
    phones = serving(session)
    async with leading(told, session) as game:
        await game.sees("0 of 9 ballots are in.")
        for number, (phone, option) in enumerate(
            zip(phones, ("ask", "wait", "ask"), strict=False), 1
        ):
            sent = time.monotonic()
            phone.vote(option)
            sent = min(sent, time.monotonic())
            await game.sees(f"{number} of 9 ballots are in.")
            assert (
                time.monotonic() - sent < FOLLOWED + 1
            )  # a loaded machine takes its time
        phones[0].vote("leave")
        assert session.shared().ballots.cast == 3  # type: ignore[union-attr]
        assert "A 2" not in game.text
        await game.sees("y Reveal")
        await game.press("enter")
        await game.sees("Speak for the option")
    assert session.session.deliberation.rounds[0].counts == {
        "ask": 1,
        "leave": 1,
        "wait": 1,
    }


async def test_f_at_the_vote_lets_the_room_vote_by_phone_and_o_ends_it(
    sitting: Sitting,
) -> None:
    session, told, _ = sitting()
    led(session, "next", "next", "next")
    async with leading(told, session) as game:
        await game.sees("f Phones")
        assert session.phones is None
        await game.press("f")
        await game.screen_is("PhonesPanel")
        assert session.phones is not None
        url = session.phones.url
        Phone(url).vote("ask")
        await game.sees("1 of 9 ballots are in.")
        await game.press("right")
        await game.sees("127.0.0.3:")
        await game.press("o")
        await game.screen_is("SharedScreen")
        await game.sees("Phones are off.")
        assert session.phones is None
        with pytest.raises(ConnectionRefusedError):
            Phone(url).ask()


async def test_the_companion_counts_phones_and_alone_says_that_there_are_too_many(
    sitting: Sitting,
) -> None:
    session, told, _ = sitting(headcount=2)
    led(session, "next", "next", "next")
    phones = serving(session)
    follower = Companion(told, session.id)
    async with following(told, session.id) as game:
        for phone in phones[:1]:
            phone.vote("ask")
        await game.sees("Ballots still missing: 1 of 2.")
        for phone in phones[1:]:
            phone.vote("wait")
        await game.sees("2 ballots more than people: 4 from 2.")
    follower.look_at_phones()
    assert follower.view().surplus == session.companion().surplus == 2
    async with leading(told, session) as game:
        await game.sees("2 of 2 ballots are in.")
        await game.press("enter")
        await game.sees(
            "The ballots do not fit the people here.", "How many are here: #."
        )
        assert "4" not in game.text.replace("4 behind", "")
        await game.press("number_sign", "4", "enter")
        await game.screen_is("SharedScreen")
        await game.press("enter")
        await game.sees("Speak for the option")


async def test_phones_are_a_row_of_the_page_before_a_session_with_an_address_to_pick(
    tmp_path: Path,
) -> None:
    told = room(WALK, TALK)[0]
    told.folders = replace(told.folders, data=tmp_path)
    async with preparing(told, (80, 40)) as game:
        await game.sees("Phones: off")
        page = game.app.screen
        assert isinstance(page, PrepareScreen)
        page.rows.cursor = [row.id for row in page.rows.rows].index(PHONES)
        for said in ("on, at 127.0.0.2", "on, at 127.0.0.3", "off", "on, at 127.0.0.2"):
            await game.press("enter")
            await game.sees(f"Phones: {said}")
        await game.press("1")
        await game.screen_is("SharedScreen")
        phones = game.room.facilitation.phones
        assert phones is not None
        assert phones.address == "127.0.0.2"
        await game.press("q", "2")
        await game.until(lambda: not game.app.is_running)
    assert game.app.facilitation is not None
    assert game.app.facilitation.phones is None


async def test_a_lost_address_is_said_and_the_code_is_right_again(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, told, _ = sitting()
    led(session, "next", "next", "next")
    phones = serving(session)
    async with leading(told, session) as game:
        phones[0].vote("ask")
        await game.sees("1 of 9 ballots are in.")
        await game.press("f")
        await game.screen_is("PhonesPanel")
        for lost, now in (("127.0.0.1", "127.0.0.3"), ("127.0.0.3", "127.0.0.1")):
            with monkeypatch.context() as moved:
                moved.setattr(
                    phone_voting,
                    "is_own_address",
                    lambda address, lost=lost: address != lost,
                )
                moved.setattr(phone_voting, "outward_address", lambda now=now: now)
                await game.sees(f"{now}:")
        await game.sees("This machine is in no network", "Or count cards.")
        monkeypatch.setattr(phone_voting, "outward_address", lambda: "127.0.0.3")
        await game.sees("127.0.0.3:", "1 of 9 ballots are in.")
        assert session.phones is not None
        [found] = zxingcpp.read_barcodes(photographed(game))
        assert found.text.lower() == session.phones.url.rstrip("/")
        assert "Your vote is in" in Phone(session.phones.url, phones[0].cookie).ask()[1]


async def test_a_port_that_is_taken_is_said_and_the_session_goes_on(
    sitting: Sitting,
) -> None:
    first, _, _ = sitting()
    first.serve_phones("127.0.0.1")
    assert first.phones is not None
    port = int(first.phones.short.split(":")[1].split("/")[0])
    session, told, _ = sitting()
    async with leading(told, session) as game:
        game.room.phones.serve("127.0.0.1", port)
        await game.sees(
            "Phones cannot be served at 127.0.0.1", "Count cards, or try again: f."
        )
        await game.press("f")
        await game.screen_is("PhonesPanel")
    first.stop_phones()
