"""The scene graph, conditions ignored."""

from __future__ import annotations

from tests.builders import choice, scene, story

from dialogue_game.analysis.graph import (
    cycles,
    decisions_range,
    remaining,
    scene_graph,
)
from dialogue_game.core.story import Branch, Story


def diamond() -> Story:
    return story(
        scene("a", choice("left", "b"), choice("right", "c"), choice("out", "end")),
        scene("b", choice("on", "c")),
        scene("c", choice("x", "end"), choice("y", "end")),
    )


def test_edges_name_each_target_once() -> None:
    graph = scene_graph(diamond())
    rows = [graph.ids(targets) for targets in graph.targets]
    assert rows == [("b", "c", "end"), ("c",), ("end",), ()]


def test_decisions_range_from_the_shortest_to_the_longest_road() -> None:
    assert decisions_range(diamond()) == (1, 3)


def test_remaining_counts_the_decisions_left_from_each_scene() -> None:
    left = remaining(diamond())
    assert left["b"] == (2, 2)
    assert left["c"] == (1, 1)
    assert left["end"] == (0, 0)


def test_a_cycle_counts_each_of_its_scenes_once() -> None:
    ring = story(
        scene("a", choice("on", "b"), choice("out", "end")),
        scene("b", choice("back", "a")),
    )
    assert cycles(ring) == (("a", "b"),)
    assert decisions_range(ring) == (1, 2)


def test_a_target_that_nothing_bears_leads_to_a_node_without_a_name() -> None:
    graph = scene_graph(story(scene("a", choice("x", "nowhere"), choice("y", "end"))))
    assert graph.names == ("a", "end", "")
    assert graph.targets[0] == (2, 1)


def test_a_goto_with_conditions_leads_to_all_its_targets() -> None:
    told = story(
        scene("a", choice("x", goto=(Branch("b", "visited(a)"), Branch("end")))),
        scene("b", choice("y", "end")),
    )
    graph = scene_graph(told)
    assert graph.ids(graph.targets[0]) == ("b", "end")


def test_a_chain_of_fifty_thousand_scenes_needs_no_recursion() -> None:
    count = 50_000
    chain = story(
        *(
            scene(f"s{n}", choice("on", f"s{n + 1}" if n + 1 < count else "end"))
            for n in range(count)
        )
    )
    assert decisions_range(chain) == (count, count)
    assert cycles(chain) == ()
