"""Ninety minutes, three scenarios, forty people on the real screens, in compressed time."""

from __future__ import annotations

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.session.agenda import plan
from dialogue_game.app.session.documents import record
from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.session.leader_view import Companion
from dialogue_game.plain.json_lines import view_data
from tests.app.rooms import SetClock
from tests.front_ends.session_script import PEOPLE, next_command
from tests.front_ends.tui.driving import Driver, leading, words

SCENARIOS = ("omar", "sepideh", "gumisai")
SECONDS = {"scene": 40, "talk": 150, "commit": 40, "consequence": 20}
WRITES = {"minority": "m", "takeaway": "t"}


async def act(game: Driver, command: str) -> None:
    """Press what a leader presses for this command."""
    word, _, rest = command.partition(" ")
    if word == "next":
        if game.room.shared.card_open:
            await game.press("enter")
        await game.press("enter")
    elif word == "settle":
        if game.room.shared.card_open:
            await game.press("enter")
        await game.press(rest, *(["enter"] if game.room.view.step == "scene" else []))
    elif word in ("tally", "ballots"):
        await game.press("t")
        await game.paste(rest)
        await game.press("enter")
    else:
        await game.press(WRITES[word])
        await game.screen_is("LineDialog")
        await game.paste(rest)
        await game.press("enter")
        await game.screen_is("SharedScreen")


async def test_forty_people_go_from_the_welcome_to_the_record() -> None:
    told, clock = open_game(keep=False), SetClock()
    told.clock = clock
    session = Facilitation.start(
        told, plan(told.course, SCENARIOS, PEOPLE, entity="OICT")
    )
    follower = Companion(told, session.id)
    steps: list[str] = []
    async with leading(told, session, (100, 28)) as game:
        while command := next_command(view_data(session.shared())):
            view = session.shared()
            steps.append(view.step)
            await game.sees(view.scenario if game.room.shared.card_open else view.title)
            clock.pass_(SECONDS.get(view.step, 15))
            before = session.events
            await act(game, command)
            await game.until(lambda before=before: session.events > before, command)  # type: ignore[misc]
            follower.look()
            assert follower.view().step == session.session.step
        await game.sees("Thank you")
    assert len([step for step in steps if step == "talk"]) >= 6
    assert set(steps) >= {"welcome", "reveal", "minority", "coaching", "ending", "comparison",
                          "profile", "monday", "evaluation", "record"}  # fmt: skip
    kept = record(told, session.id)
    assert kept["ended"]
    assert [path["story"] for path in kept["roads"]] == list(SCENARIOS)
    assert all(path["ending"] for path in kept["roads"])
    assert len(kept["takeaways"]) == 3
    assert "40" in kept["participation"]


async def test_every_option_of_every_scene_that_was_shown_could_be_read_at_the_back() -> (
    None
):
    told, clock = open_game(keep=False), SetClock()
    told.clock = clock
    session = Facilitation.start(told, plan(told.course, ("omar",), PEOPLE, 30))
    async with leading(told, session, (60, 18)) as game:
        while session.session.step != "takeaways":
            view = session.shared()
            if game.room.shared.card_open:
                await game.press("enter")
            for option in view.options:
                shown = words(option.text)
                await game.until(
                    lambda shown=shown: shown in game.text,  # type: ignore[misc]
                    f"{view.step}: {shown}",
                )
            await act(game, next_command(view_data(view)))
