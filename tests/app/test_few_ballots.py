"""With fewer than five ballots nothing leaves the program but how many they were and who leads.

Proved over all such rounds: two sessions that differ in nothing else give the same bytes, in
every format there is.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import count, product
from typing import get_args

import pytest

from dialogue_game.app.records.attempts import Records
from dialogue_game.app.records.exporting import Format, exported
from dialogue_game.app.session.documents import record_text
from dialogue_game.core.session.ballots import MIN_PEOPLE, Round
from dialogue_game.plain.console import Console
from dialogue_game.plain.session_views import show_shared
from dialogue_game.reporting.pages.markup import as_html, as_markdown
from dialogue_game.reporting.pages.player_pages import debrief_page
from tests.app.rooms import led, shown, sitting

LETTERS = "abc"
MANY = (4, 2, 1)
"""A round that may be told."""


@dataclass(frozen=True)
class Held:
    """Ballots for A, B and C in one round."""

    counts: tuple[int, ...]

    @property
    def told(self) -> tuple[int, str]:
        """What may be known of it: the number of ballots, and the one option that leads."""
        held = Round(1, "counts", dict(zip(LETTERS, self.counts, strict=True)))
        return held.total, held.leader

    @property
    def command(self) -> str:
        return "tally " + " ".join(
            f"{n}={c}" for n, c in zip(LETTERS, self.counts, strict=True)
        )


SMALL = [
    Held(counts)
    for counts in product(range(MIN_PEOPLE), repeat=3)
    if 0 < sum(counts) < MIN_PEOPLE
]


def everything(first: Held, second: Held) -> dict[str, str]:
    """All that a session of two rounds shows and leaves, by the name of the format."""
    leading, game, _ = sitting()
    views, said = [], StringIO()
    commands = [
        "next",
        "next",
        "next",
        first.command,
        "next",
        "next",
        second.command,
        "next",
    ]
    for command in (*commands, "next", "settle b", "next", "next"):
        led(leading, command)
        views.append(shown(leading))
        show_shared(Console(StringIO(), said), leading.shared(), whole=True)
    numbers = count(1)
    records = Records(
        game, new_uuid=lambda: f"00000000-0000-4000-8000-{next(numbers):012}"
    )
    streams = records.streams()
    found = {
        form: "".join(exported(records, form, streams))
        for form in get_args(Format)  # a new format is looked at as well
    }
    assert records.unread == []
    for form in ("md", "html", "json", "csv"):
        found[f"record {form}"] = record_text(game, leading.id, form)
    player = game.open(streams[0].id)
    page = debrief_page(player.story, player.debrief(), "2026-01-05", game.course)
    found["page html"], found["page markdown"] = as_html(page), as_markdown(page)
    found["shared"], found["lines"] = json.dumps(views), said.getvalue()
    return found


def rounds(place: str) -> Iterator[tuple[Held, tuple[Held, Held]]]:
    """Every small round, before or after one that may be told, or beside another small one."""
    for small in SMALL:
        if place == "first":
            yield small, (small, Held(MANY))
        elif place == "second":
            yield small, (Held(MANY), small)
        else:
            yield small, (small, Held((1, 1, 0)))


@pytest.mark.parametrize("place", ["first", "second", "both"])
def test_rounds_that_may_not_be_told_apart_leave_the_same_bytes(place: str) -> None:
    alike: dict[tuple[int, str], list[dict[str, str]]] = defaultdict(list)
    for small, pair in rounds(place):
        alike[small.told].append(everything(*pair))
    assert sum(len(same) > 1 for same in alike.values()) >= 5
    for told, same in alike.items():
        assert different(same) == [], told


def test_rounds_of_five_and_more_are_told_so_the_test_above_can_fail() -> None:
    one, other = (
        everything(Held((5, 1, 1)), Held(MANY)),
        everything(Held((4, 2, 1)), Held(MANY)),
    )
    assert Held((5, 1, 1)).told == Held((4, 2, 1)).told
    assert set(different([one, other])) == {
        *(
            "xapi",
            "record md",
            "record html",
            "record json",
            "record csv",
            "shared",
            "lines",
        ),
    }


def different(same: Sequence[dict[str, str]]) -> list[str]:
    """The formats in which these are not all alike."""
    return [form for form in same[0] if len({found[form] for found in same}) > 1]
