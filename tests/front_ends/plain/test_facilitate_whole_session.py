"""Ninety minutes, three scenarios, forty people, in compressed time: from welcome to record."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.session.agenda import plan
from dialogue_game.app.session.documents import record, record_text
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.plain.json_lines import SessionLines
from tests.app.rooms import SetClock
from tests.front_ends.session_script import PEOPLE, next_command

SCENARIOS = ("omar", "sepideh", "gumisai")
SECONDS = {"scene": 40, "talk": 150, "commit": 40, "consequence": 20}


class Scripted(io.StringIO):
    """Takes the lines that are written, and answers the newest view with the next command."""

    def __init__(self, clock: SetClock) -> None:
        super().__init__()
        self.clock = clock
        self.views: list[dict[str, Any]] = []

    def commands(self) -> Iterator[str]:
        while True:
            lines = [json.loads(line) for line in self.getvalue().splitlines()]
            assert not any("error" in line for line in lines), lines
            self.views.append(lines[-2]["shared"] | {"leader": lines[-1]["companion"]})
            self.seek(0)
            self.truncate()
            command = next_command(self.views[-1])
            if not command:
                return
            self.clock.pass_(SECONDS.get(self.views[-1]["step"], 10))
            yield command


def test_a_session_of_three_scenarios_with_forty_people_runs_from_welcome_to_record() -> (
    None
):
    game, clock = open_game(), SetClock()
    game.clock = clock
    planned = plan(game.course, SCENARIOS, PEOPLE, 90, "Field Office", "A. Leader")
    leading = Facilitation.start(game, planned)
    script = Scripted(clock)
    SessionLines(game, leading, script).lead(script.commands())
    assert (
        list(script.commands()) == []
    )  # it has left by itself, and nothing is asked any more

    assert script.views[-1]["ended"]
    assert [view["step"] for view in script.views if view["step"] == "comparison"]
    assert {view["story"] for view in script.views if view["story"]} == set(SCENARIOS)
    assert all(view["leader"]["budget"]["said"] for view in script.views)
    full = {
        (view["story"], view["scene"])
        for view in script.views
        if view["step"] == "talk"
    }
    for story in SCENARIOS:
        assert 2 <= sum(1 for name, _ in full if name == story) <= 3

    told = record(game, leading.id)
    assert len(told["roads"]) == 3
    assert all(path["ending"] for path in told["roads"])
    assert {run.state for run in game.history()} == {"ended"}
    assert {run.led_by for run in game.history()} == {leading.id}
    assert told["participation"].startswith("Field Office; 2023-11-1")
    assert f"{PEOPLE} participants" in told["participation"]
    for decision in told["decisions"]:
        if decision["form"] == "full":
            assert [held["ballots"] for held in decision["rounds"]] == [38, 38]
            assert decision["reasons"]
    assert len(told["takeaways"]) == 3
    assert 60 <= told["minutes_used"] <= 100


def test_the_record_can_be_had_in_four_forms() -> None:
    game, clock = open_game(), SetClock()
    game.clock = clock
    leading = Facilitation.start(
        game, plan(game.course, ("omar",), PEOPLE, 30, "=cmd|' /C calc'!A0")
    )
    leading.next()
    leading.park("+1 for a talk about [this](x) & <that>")
    leading.tally("a=3 b=1") if leading.session.form == "full" else leading.settle("a")
    texts = {
        form: record_text(game, leading.id, form)
        for form in ("md", "html", "json", "csv")
    }
    assert "\\[this\\](x) & \\<that\\>" in texts["md"]
    assert "&lt;that&gt;" in texts["html"]
    assert "<that>" not in texts["html"]
    assert json.loads(texts["json"])["parked"]
    rows = list(csv.DictReader(io.StringIO(texts["csv"])))
    assert {row["entity"] for row in rows} == {"'=cmd|' /C calc'!A0"}
    (parked,) = [row["text"] for row in rows if row["kind"] == "parked"]
    assert parked.startswith("'+1")
