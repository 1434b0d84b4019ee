"""The story as its player knows it: what was met, what stays a number, what opens in the end."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.core.discovery import Discovery, KnownOption, Lead
from dialogue_game.core.played_path import Visit
from dialogue_game.core.story import Story
from dialogue_game.errors import NotFound
from dialogue_game.reporting.story_outline import discovery_data, outline_lines
from tests import fakes
from tests.app.tales import TALE, edited, play, shelf
from tests.strategies import stories


def option(known: Discovery, scene: str, name: str) -> KnownOption:
    found = known.scene(scene)
    assert found is not None
    return next(each for each in found.options if each.id == name)


def test_before_the_first_run_there_are_only_numbers() -> None:
    known = fakes.game(TALE).explore.discovery("tale")
    assert (known.scenes, known.endings) == ((), ())
    assert (known.hidden_scenes, known.hidden_endings, known.runs) == (3, 2, 0)


def test_options_are_tried_untried_or_locked_where_they_were_met() -> None:
    game = fakes.game(TALE)
    play(game, "wait", "back", "sit")
    known = game.explore.discovery("tale")
    states = {(s.id, o.id): o.state for s in known.scenes for o in s.options}
    assert states == {
        ("hall", "tell"): "untried",
        ("hall", "wait"): "tried",
        ("hall", "leave"): "untried",
        ("yard", "back"): "tried",
        ("yard", "stay"): "untried",
        ("room", "sit"): "tried",
        ("room", "ask"): "locked",
        ("room", "shout"): "untried",
    }
    assert option(known, "room", "ask").locked == "He knows nothing yet."


def test_an_option_that_was_once_available_is_no_longer_locked() -> None:
    game = fakes.game(TALE)
    play(game, "wait", "back", "sit")
    run = play(game, "tell", "sit")
    ask = option(game.explore.discovery("tale"), "room", "ask")
    assert (ask.state, ask.opens, ask.locked) == ("untried", Visit(run, 1), "")


def test_what_was_not_seen_is_a_number_and_never_its_text() -> None:
    game = fakes.game(TALE)
    play(game, "leave")
    known = game.explore.discovery("tale")
    told = json.dumps(discovery_data(known)) + "\n".join(outline_lines(known))
    for secret in (
        "Yard",
        "Room",
        "Sit down.",
        "He knows nothing",
        '"end"',
        "yard",
        "room",
    ):
        assert secret not in told
    assert (known.hidden_scenes, known.hidden_endings, known.doors) == (2, 1, 2)
    assert (
        "2 ways not taken yet, 2 scenes not seen yet, 1 ending not found yet." in told
    )


def test_roads_walked_are_counted_and_lead_back_to_where_a_replay_begins() -> None:
    game = fakes.game(TALE)
    play(game, "wait", "stay")
    newest = play(game, "wait", "back", "shout")
    known = game.explore.discovery("tale")
    room = known.scene("room")
    assert room is not None
    assert room.visits == 1
    assert room.latest == Visit(newest, 2)
    assert option(known, "room", "shout").leads == (Lead("sad", 1),)
    assert option(known, "hall", "wait").leads == (Lead("yard", 2),)
    again = game.rewind(room.latest.run, room.latest.decision)
    assert again.situation.scene == "room"


def test_everything_shows_once_all_endings_are_found() -> None:
    game = fakes.game(TALE)
    play(game, "leave")
    assert not game.explore.discovery("tale").open
    play(game, "tell", "sit")
    known = game.explore.discovery("tale")
    assert known.open
    assert (known.hidden_scenes, known.hidden_endings) == (0, 0)
    yard = known.scene("yard")
    assert yard is not None
    assert (yard.seen, yard.latest) == (False, None)
    assert option(known, "yard", "stay").state == "unseen"
    assert option(known, "yard", "stay").leads == (Lead("sad", 0),)


def test_the_authors_switch_shows_everything_at_once() -> None:
    known = fakes.game(TALE).explore.discovery("tale", everything=True)
    assert [s.id for s in known.scenes] == ["hall", "yard", "room"]
    assert [e.found for e in known.endings] == [False, False]


def test_coverage_counts_endings_options_and_guidelines_seen_from_both_sides() -> None:
    game = fakes.game(TALE)
    play(game, "tell", "sit")
    play(game, "wait", "back", "sit")
    covered = game.explore.discovery("tale").coverage
    assert (covered.endings_found, covered.endings) == (1, 2)
    assert (covered.options_tried, covered.options) == (4, 8)
    assert (covered.both_sides, covered.two_sided) == (("g1",), ("g1", "g2"))


def test_runs_under_older_editions_are_counted_apart_and_show_nothing() -> None:
    game = fakes.game(TALE)
    play(game, "wait", "back", "sit")
    scenes = {k: v for k, v in TALE.scenes.items() if k != "yard"}
    shelf(game).edit(edited(TALE, scenes=scenes))
    known = game.explore.discovery("tale")
    assert (known.scenes, known.endings, known.hidden_scenes) == ((), (), 2)
    assert (known.older, known.runs, known.coverage.endings_found) == (1, 0, 0)
    assert "1 on an older edition" in "\n".join(outline_lines(known))
    play(game, "tell")
    known = game.explore.discovery("tale")
    assert [scene.id for scene in known.scenes] == ["hall", "room"]
    assert (known.older, known.runs) == (1, 1)


def test_a_story_that_is_no_longer_installed_keeps_its_map() -> None:
    game = fakes.game(TALE)
    play(game, "leave")
    shelf(game).remove("tale")
    assert game.explore.discovery("tale").scene("hall") is not None
    with pytest.raises(NotFound):
        game.explore.discovery("never_played")


def test_the_outline_names_each_scene_once_in_the_order_of_the_road() -> None:
    game = fakes.game(TALE)
    play(game, "wait", "back", "sit")
    lines = outline_lines(game.explore.discovery("tale"))
    scenes = [line for line in lines if line[:1].isdecimal() and ". " in line[:4]]
    assert [line.split(" (")[0] for line in scenes] == ["1. Hall", "2. Yard", "3. Room"]
    assert "   b. not open whenever you met it: Do ask. He knows nothing yet." in lines
    assert "   a. tried 1 time: Sit down. Leads to the end “End”." in lines


@given(stories(), st.lists(st.lists(st.integers(0, 2), max_size=6), max_size=4))
def test_a_map_of_any_story_counts_what_it_does_not_show(
    told: Story, roads: list[list[int]]
) -> None:
    game = fakes.game(told)
    met: set[str] = set()
    for picks in roads:
        player = game.start("generated")
        seen = {player.state.scene}
        for pick in picks:
            options = [o.id for o in player.situation.options if o.available]
            if not options:
                break
            player.choose(options[pick % len(options)])
            seen.add(player.state.ending or player.state.scene)
        met |= seen if player.kept else set()
    known = game.explore.discovery("generated")
    shown = {s.id for s in known.scenes if s.seen} | {
        e.id for e in known.endings if e.found
    }
    assert shown == met
    assert len(known.scenes) + known.hidden_scenes == len(told.scenes)
    assert len(known.endings) + known.hidden_endings == len(told.endings)
    assert outline_lines(known)
    for scene in known.scenes:
        for each in scene.options:
            assert known.open or {lead.to for lead in each.leads} <= met
            if each.state == "tried" and each.opens is not None:
                kept = game.open(each.opens.run).steps()
                assert len(kept) >= each.opens.decision
