"""Past the bound: guided plays that find what is within reach, and sums that none goes beyond."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from dialogue_game.analysis.graph import components, cyclic
from dialogue_game.analysis.plays import Trace, lots, trace
from dialogue_game.analysis.quotient import Quotient
from dialogue_game.analysis.reachable_values import Estimate, estimate
from dialogue_game.analysis.search_tables import Program
from dialogue_game.analysis.state_search import States

MOST_STEPS: Final = 60_000
"""Decisions spent on guided plays; in long stories, four for each choice."""
SEED: Final = 20_231_101


@dataclass(slots=True)
class Findings:
    """What the over-estimate leaves possible, and what the guided plays found.

    `nodes` and `choices` (by number) are found in a play after some steps: (play, steps).
    """

    estimate: Estimate = field(default_factory=Estimate)
    plays: list[list[int]] = field(default_factory=list)
    nodes: dict[int, tuple[int, int]] = field(default_factory=dict)
    choices: dict[int, tuple[int, int]] = field(default_factory=dict)

    def walk(self, program: Program, where: tuple[int, int]) -> tuple[str, ...]:
        """The first steps of a play."""
        play, steps = where
        return program.walk(self.plays[play][:steps])


def look_beyond(found: States) -> Findings:
    """Estimate from above and play from below, until they meet or the plays are spent."""
    program = found.program
    beyond = Findings(estimate(program))
    wanted = beyond.estimate.choices - set(found.choice_state)
    missing = beyond.estimate.nodes - set(found.node_state)
    uses = [0] * len(program.names)
    pick = lots(SEED)

    def least_used(menu: tuple[int, ...]) -> int:
        if pick(4) == 0:
            return pick(len(menu))
        fewest = min(uses[choice] for choice in menu)
        rows = [n for n, choice in enumerate(menu) if uses[choice] == fewest]
        return rows[pick(len(rows))]

    spent = 0
    enough = max(MOST_STEPS, 4 * len(program.names))
    while (wanted or missing) and spent < enough:
        made = trace(program, least_used)
        spent += len(made.taken) + 1
        for choice in made.taken:
            uses[choice] += 1
        _note(beyond, wanted, missing, made)
    return beyond


def _note(beyond: Findings, wanted: set[int], missing: set[int], made: Trace) -> None:
    """Keep a play that met something new."""
    play, news = len(beyond.plays), len(wanted) + len(missing)
    for position, (node, _) in enumerate(made.places):
        if node in missing:
            missing.discard(node)
            beyond.nodes[node] = (play, position)
    for position, menu in enumerate(made.menus):
        for choice in menu:
            if choice in wanted:
                wanted.discard(choice)
                beyond.choices[choice] = (play, position)
    if len(wanted) + len(missing) < news:
        beyond.plays.append(made.taken)


def relaxed(program: Program, beyond: Findings) -> Quotient:
    """The places as if they were states: every path is among its paths, and others may be.

    Where places lead in circles nothing is folded, and the result has no start.
    """
    parts = components(program.graph.targets)
    built = Quotient(whole=False)
    if any(cyclic(part, program.graph.targets) for part in parts):
        return built
    possible = beyond.estimate
    number = [-1] * len(program.graph.names)
    for part in parts:
        node = part[0]
        moves = [
            (step.number, number[way.target])
            for step in program.steps[node]
            for position, way in enumerate(step.ways)
            if (step.number, position) in possible.ways and number[way.target] >= 0
        ]
        if not moves and node < program.graph.scenes:
            continue
        number[node] = len(built.place)
        built.place.append(node)
        built.menu.append(len(built.menus))
        built.menus.append(tuple(choice for choice, _ in moves))
        built.to.append(tuple(target for _, target in moves))
    built.start = number[program.graph.start]
    return built
