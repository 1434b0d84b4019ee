"""The plain way: every full state by the engine itself, nothing projected away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dialogue_game.core.engine import available, begin, evolve, replay
from dialogue_game.core.events import ChoiceMade, Continued, PlayEvent
from dialogue_game.core.expressions import holds
from dialogue_game.core.state import State
from dialogue_game.core.story import Branch, Ending, Story, Value

Key = tuple[object, ...]


@dataclass
class Brute:
    """All full states of a story: keys, the moves between them, what was met."""

    states: dict[Key, State] = field(default_factory=dict)
    moves: dict[Key, list[tuple[str, Key]]] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    complete: bool = True


def key_of(state: State) -> Key:
    world = tuple(sorted((name, str(value)) for name, value in state.variables.items()))
    return (state.scene, state.ending, world, state.visited, state.chosen, state.score)


def brute(story: Story, most: int = 20_000) -> Brute:
    start = replay(story, begin(story))
    found = Brute()
    waiting = [start]
    found.states[key_of(start)] = start
    while waiting:
        state = waiting.pop(0)
        key = key_of(state)
        found.met.add(state.scene or state.ending)
        moves = found.moves.setdefault(key, [])
        steps: list[tuple[str, PlayEvent]] = [
            (f"{state.scene}.{choice}", ChoiceMade(state.scene, choice))
            for choice in available(story, state)
        ]
        found.met.update(path for path, _ in steps)
        if not state.ended and story.scenes[state.scene].continues:
            steps = [("", Continued(state.scene))]
        for path, event in steps:
            after = evolve(story, state, event)
            moves.append((path, key_of(after)))
            if key_of(after) not in found.states:
                if len(found.states) >= most:
                    found.complete = False
                    continue
                found.states[key_of(after)] = after
                waiting.append(after)
    return found


def hopeful(found: Brute) -> set[Key]:
    """The states from which an ending can be reached."""
    hope = {key for key, state in found.states.items() if state.ended}
    grown = True
    while grown:
        grown = False
        for key, moves in found.moves.items():
            if key not in hope and any(to in hope for _, to in moves):
                hope.add(key)
                grown = True
    return hope


def best_sum(
    story: Story, found: Brute, weights: Mapping[str, int]
) -> int | str | None:
    """The greatest sum over all walks to an ending, "unbounded", or None without any."""
    hope = hopeful(found)
    start = next(iter(found.states))
    if start not in hope:
        return None
    best = {key: (0 if found.states[key].ended else -(10**9)) for key in hope}
    for _ in range(len(hope) + 1):
        grown = False
        for key in hope:
            for path, to in found.moves[key]:
                if to in hope and best[to] > -(10**8):
                    total = weights.get(path, 0) + best[to]
                    if total > best[key]:
                        best[key], grown = total, True
        if not grown:
            return best[start]
    return "unbounded"


def path_count(found: Brute) -> int | None:
    """The number of walks to an ending; None where there are endlessly many."""
    hope = hopeful(found)
    counts: dict[Key, int] = {}
    under_way: set[Key] = set()

    def count(key: Key) -> int | None:
        if found.states[key].ended:
            return 1
        if key in counts:
            return counts[key]
        if key in under_way:
            return None
        under_way.add(key)
        total = 0
        for _, to in found.moves[key]:
            if to in hope:
                onward = count(to)
                if onward is None:
                    return None
                total += onward
        counts[key] = total
        return total

    start = next(iter(found.states))
    return count(start) if start in hope else 0


def stuck_scenes(found: Brute) -> set[str]:
    """The scenes that some reachable state leaves without any option."""
    return {found.states[k].scene for k, m in found.moves.items() if not m and k[0]}


def condition_truths(
    story: Story, found: Brute
) -> dict[tuple[str, str, int], set[bool]]:
    """How each condition of a choice (-1) or goto came out in the states that asked it."""
    truths: dict[tuple[str, str, int], set[bool]] = {}
    for state in found.states.values():
        if not state.scene:
            continue
        for choice in story.scenes[state.scene].transitions:
            path = (state.scene, choice.id)
            if choice.when:
                truth = holds(choice.when, state.variables, state.visited, state.chosen)
                truths.setdefault((*path, -1), set()).add(truth)
                if not truth:
                    continue
            variables, chosen = state.variables, state.chosen
            if choice.id:
                made = ChoiceMade(state.scene, choice.id)
                variables = live_before_goto(story, state, made)
                chosen = chosen | {f"{state.scene}.{choice.id}"}
            for position, branch in enumerate(choice.goto):
                if not branch.when:
                    break
                truth = holds(branch.when, variables, state.visited, chosen)
                truths.setdefault((*path, position), set()).add(truth)
                if truth:
                    break
    return truths


def live_before_goto(
    story: Story, state: State, made: ChoiceMade
) -> Mapping[str, Value]:
    """The variables once a choice's effects are done, as the engine itself has them."""
    scene = story.scenes[made.scene]
    ends = {
        **scene.choices,
        made.choice: replace(scene.choices[made.choice], goto=(Branch("out"),)),
    }
    ended = replace(
        story,
        scenes={**story.scenes, made.scene: replace(scene, choices=ends)},
        endings={**story.endings, "out": Ending("out", "poor", "Out", ())},
    )
    return evolve(ended, state, made).variables
