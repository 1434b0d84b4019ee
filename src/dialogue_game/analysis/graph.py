"""The scene graph: nodes, targets, reachability, cycles, decisions left, layers to draw it in.

Conditions are ignored. All but the layers is linear in scenes plus choices, and iterative, so that
50,000 scenes are fine. Nodes are numbers; `targets[n]` are those that node `n` leads to. Targets
that nothing bears (in a draft; the loader reports them) all lead to one node without a name, which
counts as an ending, so that one slip of the pen has no followers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dialogue_game.core.story import Story

LOST: Final = ""
"""The name of the node that targets without a scene or ending lead to, where there are any."""
Targets = Sequence[Sequence[int]]
SWEEPS: Final = 8
"""How often the layers of a drawing are put in order anew."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Scenes, then endings, as numbered nodes in the author's order.

    `names[:scenes]` are scenes, the rest endings (and LOST). `targets[n]` are the nodes that node
    `n` leads to, each once. `deciding[n]` tells the scenes with choices from continue pages, stubs
    and endings.
    """

    names: tuple[str, ...]
    number: Mapping[str, int]
    scenes: int
    start: int
    targets: tuple[tuple[int, ...], ...]
    deciding: tuple[bool, ...] = ()

    def target(self, name: str) -> int:
        """The node of a goto's target."""
        return self.number.get(name, len(self.names) - 1)

    def ids(self, nodes: Iterable[int]) -> tuple[str, ...]:
        """The ids of these nodes."""
        return tuple(self.names[node] for node in nodes)


def scene_graph(story: Story) -> Graph:
    """The scene graph of a story."""
    names = [*story.scenes, *story.endings]
    number = {name: position for position, name in enumerate(names)}
    lost = len(names)
    targets: list[tuple[int, ...]] = []
    for scene in story.scenes.values():
        leads: dict[int, None] = {}
        for choice in scene.transitions:
            for branch in choice.goto:
                leads[number.get(branch.to, lost)] = None
        targets.append(tuple(leads))
    if any(lost in leads for leads in targets):
        number[LOST] = lost
        names.append(LOST)
    targets += [()] * (len(names) - len(story.scenes))
    deciding = [bool(scene.choices) for scene in story.scenes.values()]
    deciding += [False] * (len(names) - len(deciding))
    return Graph(
        tuple(names),
        number,
        len(story.scenes),
        number.get(story.start, 0),
        tuple(targets),
        tuple(deciding),
    )


def reachable(targets: Targets, roots: Iterable[int]) -> list[bool]:
    """Which nodes can be reached from these roots (the roots themselves included)."""
    reached = [False] * len(targets)
    waiting = list(roots)
    for root in waiting:
        reached[root] = True
    while waiting:
        for node in targets[waiting.pop()]:
            if not reached[node]:
                reached[node] = True
                waiting.append(node)
    return reached


def reversed_targets(targets: Targets) -> list[list[int]]:
    """The same edges, walked backwards."""
    sources: list[list[int]] = [[] for _ in targets]
    for node, leads in enumerate(targets):
        for target in leads:
            sources[target].append(node)
    return sources


def components(targets: Targets) -> list[list[int]]:
    """The strongly connected components, each after all those it leads to (Tarjan, iterative)."""
    count = len(targets)
    order, low = [-1] * count, [0] * count
    on_stack = [False] * count
    stack: list[int] = []
    found: list[list[int]] = []
    clock = 0
    for root in range(count):
        if order[root] >= 0:
            continue
        calls = [(root, iter(targets[root]))]
        order[root] = low[root] = clock
        clock += 1
        stack.append(root)
        on_stack[root] = True
        while calls:
            node, leads = calls[-1]
            for target in leads:
                if order[target] < 0:
                    order[target] = low[target] = clock
                    clock += 1
                    stack.append(target)
                    on_stack[target] = True
                    calls.append((target, iter(targets[target])))
                    break
                if on_stack[target] and order[target] < low[node]:
                    low[node] = order[target]
            else:
                calls.pop()
                if calls and low[node] < low[calls[-1][0]]:
                    low[calls[-1][0]] = low[node]
                if low[node] == order[node]:
                    found.append(_popped(stack, on_stack, node))
    return found


def _popped(stack: list[int], on_stack: list[bool], root: int) -> list[int]:
    """The component whose root is `root`, taken off Tarjan's stack."""
    members = []
    while True:
        node = stack.pop()
        on_stack[node] = False
        members.append(node)
        if node == root:
            return members[::-1]


def cyclic(component: Sequence[int], targets: Targets) -> bool:
    """Whether a component holds a cycle: more than one node, or one that leads to itself."""
    return len(component) > 1 or component[0] in targets[component[0]]


def cycles(story: Story) -> tuple[tuple[str, ...], ...]:
    """The groups of scenes that lead back to each other, each in the author's order."""
    graph = scene_graph(story)
    return tuple(
        graph.ids(sorted(component))
        for component in components(graph.targets)
        if cyclic(component, graph.targets)
    )


def remaining(story: Story) -> Mapping[str, tuple[int, int]]:
    """The least and the most decisions left from each scene and ending, conditions ignored.

    In a cycle every scene counts once, so that the most stays a number. A scene that leads to no
    ending has 0 as its least.
    """
    graph = scene_graph(story)
    least, most = _least(graph), _most(graph)
    return {name: (least[node], most[node]) for node, name in enumerate(graph.names)}


def decisions_range(story: Story) -> tuple[int, int]:
    """The least and the most decisions on a path from the start, conditions ignored."""
    return remaining(story).get(story.start, (0, 0))


def _least(graph: Graph) -> list[int]:
    """Decisions to the nearest ending, by a search backwards from all endings at once.

    What needs no decision stays in the layer that is gone through; the rest is the next one.
    """
    sources = reversed_targets(graph.targets)
    least = [-1] * len(graph.names)
    layer = [node for node, leads in enumerate(graph.targets) if not leads]
    steps = 0
    while layer:
        following: list[int] = []
        for node in layer:
            if least[node] >= 0:
                continue
            least[node] = steps
            for source in sources[node]:
                if least[source] < 0:
                    (following if graph.deciding[source] else layer).append(source)
        layer, steps = following, steps + 1
    return [max(steps, 0) for steps in least]


def _most(graph: Graph) -> list[int]:
    """Decisions on the longest path, a cycle counted as all of its scenes once."""
    most = [0] * len(graph.names)
    for component in components(graph.targets):
        inside = set(component)
        targets = {to for node in component for to in graph.targets[node]}
        onward = (most[target] for target in targets - inside)
        scenes = sum(graph.deciding[node] for node in component)
        longest = scenes + max(onward, default=0)
        for node in component:
            most[node] = longest
    return most


def layered(targets: Targets, start: int) -> list[list[int]]:
    """Nodes by their longest way from the start, ways that lead back left out.

    Layers and their order are after Sugiyama and others (1981). The kept libraries for it need
    Graphviz or numpy; a story has some dozens of scenes.
    """
    order = _forward(targets, start)
    place = {node: position for position, node in enumerate(order)}
    depth = dict.fromkeys(order, 0)
    for node in order:
        for target in targets[node]:
            if place[target] > place[node]:
                depth[target] = max(depth[target], depth[node] + 1)
    layers: list[list[int]] = [[] for _ in range(max(depth.values(), default=0) + 1)]
    for node in sorted(depth):
        layers[depth[node]].append(node)
    return layers


def ordered(layers: list[list[int]], targets: Targets) -> list[list[int]]:
    """Each layer sorted by the middle of its nodes' neighbours, downwards and upwards in turns."""
    neighbours: dict[int, list[int]] = {node: [] for layer in layers for node in layer}
    for node, others in neighbours.items():
        for target in targets[node]:
            others.append(target)
            neighbours[target].append(node)
    where = _positions(layers)
    for sweep in range(SWEEPS):
        for layer in layers if sweep % 2 == 0 else layers[::-1]:
            middle = {n: _middle(n, neighbours[n], where) for n in layer}
            layer.sort(key=lambda node: middle[node])
            where |= _positions([layer])
    return layers


def _forward(targets: Targets, start: int) -> list[int]:
    """All nodes, each before those it leads to, as far as cycles allow: reversed postorder."""
    seen = [False] * len(targets)
    reached = _finished(targets, [start], seen)
    # What the start cannot reach comes after all that it can.
    others = _finished(targets, range(len(targets)), seen)
    return [*reversed(reached), *reversed(others)]


def _finished(targets: Targets, roots: Iterable[int], seen: list[bool]) -> list[int]:
    """The nodes that roots lead to and that were not seen yet, in postorder."""
    finished: list[int] = []
    for root in roots:
        stack = [] if seen[root] else [(root, iter(targets[root]))]
        seen[root] = True
        while stack:
            following = next(
                (target for target in stack[-1][1] if not seen[target]), None
            )
            if following is None:
                finished.append(stack.pop()[0])
            else:
                seen[following] = True
                stack.append((following, iter(targets[following])))
    return finished


def _positions(layers: Sequence[Sequence[int]]) -> dict[int, float]:
    """Each node's place across, from -0.5 to 0.5 of its layer, weighted by the layer's length."""
    return {
        n: p - (len(layer) - 1) / 2 for layer in layers for p, n in enumerate(layer)
    }


def _middle(node: int, neighbours: Sequence[int], where: Mapping[int, float]) -> float:
    if not neighbours:
        return where[node]
    return sum(where[other] for other in neighbours) / len(neighbours)
