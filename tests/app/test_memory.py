"""Going on as on an earlier path: over what is the same, to the first difference."""

from __future__ import annotations

from dialogue_game.app.explore.rewind import Skipped
from tests import fakes
from tests.app.tales import SAME_AGAIN, play


def test_a_replay_goes_on_as_the_run_it_branched_from_until_an_option_differs() -> None:
    game = fakes.game(SAME_AGAIN)
    run = play(game, "wait", "knock", "sit")
    player = game.rewind(run, 0)
    player.choose("ask")
    memory = game.explore.memory(player)
    assert memory.skip_to_difference(player) == Skipped(
        decisions=1, pages=1, differs=False
    )
    assert player.state.scene == "room"
    assert player.steps()[-1].decision.chosen.id == "knock"
    assert memory.as_before(player) is None


def test_where_nothing_differs_the_last_decision_is_left_to_the_player() -> None:
    game = fakes.game(SAME_AGAIN)
    play(game, "wait", "open", "sit")
    player = game.start("tale")
    memory = game.explore.memory(player)
    assert memory.as_before(player) == "wait"
    assert memory.skip_to_difference(player) == Skipped(
        decisions=2, pages=1, differs=False
    )
    assert (player.state.scene, player.ended) == ("room", False)
    assert memory.skip_to_difference(player) == Skipped(0, 0, differs=False)


def test_a_first_run_has_no_path_to_go_on_as() -> None:
    game = fakes.game(SAME_AGAIN)
    play(game, "wait")
    player = game.start("tale")
    assert game.explore.memory(player).as_before(player) is None
