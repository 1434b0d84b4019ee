"""Paths: the own map of many runs, also on screen, two long runs compared, a long history."""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import count
from pathlib import Path

from benchmarks import stories
from benchmarks.keys import DOWN, ENTER, UP
from benchmarks.measure import Result, Target, compared, in_turns
from benchmarks.terminal import GAME, Terminal, environment, yardstick
from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.game import Game
from dialogue_game.app.player import summary
from dialogue_game.app.runs import landmarks
from dialogue_game.app.settings import Folders, Settings
from dialogue_game.content.cache import decode_edition, encode_edition
from dialogue_game.content.library import OpenCourse
from dialogue_game.core import engine
from dialogue_game.core.course import Course
from dialogue_game.core.events import ChoiceMade, PlayEvent
from dialogue_game.core.story import Story
from dialogue_game.journal.sqlite_store import SqliteStore

SCENES, RUNS = 80, 500
LONG = 200
HISTORY = 5_000
SEED = 20231122
MAP, HOME = "m", "\x1b[H"


class OneStory(OpenCourse):
    """A course of the one story that is measured."""

    def __init__(self, told: Story) -> None:
        made_up = told.guidelines, told.references
        super().__init__(Course(told.course, "Measured", "", "", (), *made_up), Path())
        self._stories = {told.id: told}


def measure(rounds: int = 11) -> list[Result]:
    """All of it, each on a journal of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return [
            read_map(Path(folder) / "map", rounds),
            *map_on_screen(Path(folder) / "screen", rounds),
            comparing(Path(folder) / "compare", rounds),
            history(Path(folder) / "history", rounds),
        ]


def read_map(folder: Path, rounds: int) -> Result:
    """The map of 80 scenes and 500 runs; beside json.loads of the same events as lines."""
    told = stories.compiled(stories.plain(SCENES, layers=12))
    game, lines = game_of(folder, told), []
    for number in range(RUNS):
        events = path(told, random.Random(SEED + number), 10_000)  # noqa: S311 - repeatable
        keep(game, told, events)
        lines += [json.dumps(asdict(event)) for event in events]
    return side_by_side(
        f"Own map, {SCENES} scenes, {RUNS} runs",
        lambda: game.explore.discovery(told.id),
        lines,
        Target("figure", 200),
        rounds,
    )


def map_on_screen(home: Path, rounds: int) -> list[Result]:
    """The same map in a terminal: from its key until it stands, and from scene to scene."""
    home.mkdir(parents=True)
    path = stories.write(stories.plain(SCENES, layers=12), home / "measured.yaml")
    env = environment(home)
    game = open_game(path, environment=env)
    told = game.story("measured")
    for number in range(RUNS):
        player, chance = game.start(told.id), random.Random(SEED + number)  # noqa: S311
        while not player.ended:
            player.choose(chance.choice(engine.available(told, player.state)))
    with (
        Terminal((*GAME, "play", str(path)), env) as ours,
        Terminal(yardstick("bare"), env) as swap,
    ):
        ours.until("measured")
        swap.until("Hello")
        ours.rest(1)
        ours.press(ENTER)
        ours.press(MAP)
        ours.press(MAP)
        opened = []
        for _ in range(rounds):
            began = time.perf_counter()
            ours.type(MAP)
            stood = (ours.draws("endings found") - began) * 1000
            opened.append((stood, swap.press(" ")))
            ours.rest()
            ours.press(MAP)
            ours.rest()
        ours.press(MAP)
        ours.rest()
        ours.press(HOME)
        moved = [(ours.press(" "), swap.press(" ")) for _ in range(rounds)]
        moved += [
            (ours.press(UP if n % 2 else DOWN), swap.press(" ")) for n in range(rounds)
        ]
    note = f"{SCENES} scenes, {RUNS} runs"
    label = "a label swap"
    return [
        compared("Map opens", "ms", opened, Target("figure", 200), label, note),
        compared("Map moves", "ms", moved, Target("figure", 20), label, note),
    ]


def comparing(folder: Path, rounds: int) -> Result:
    """Two runs of 200 decisions that part early; beside json.loads of the same events."""
    told = stories.compiled(stories.plain(480, loop=True))
    game = game_of(folder, told)
    paths = [path(told, random.Random(SEED + n), LONG) for n in range(2)]  # noqa: S311
    left, right = (keep(game, told, events) for events in paths)
    lines = [json.dumps(asdict(event)) for events in paths for event in events]
    return side_by_side(
        f"Compare two runs of {LONG} decisions",
        lambda: game.explore.compare(left, right),
        lines,
        Target("figure", 50),
        rounds,
    )


def history(folder: Path, rounds: int) -> Result:
    """The history of 5,000 runs with first and best; beside json.loads of their summaries."""
    told = stories.compiled(stories.plain(SCENES, layers=12))
    game = game_of(folder, told)
    events = path(told, random.Random(SEED), 10_000)  # noqa: S311 - repeatable
    line = summary(told, events, engine.replay(told, events), 1)
    for number in range(HISTORY):
        game.store.create(f"run{number}", "playthrough", events[:1], number, line)

    def opened() -> object:
        return landmarks(game.history())

    target = Target("figure", 300)
    lines = [json.dumps(line)] * HISTORY
    return side_by_side(
        f"Open a history of {HISTORY:,} runs", opened, lines, target, rounds
    )


def game_of(folder: Path, told: Story) -> Game:
    """A game of one story, with a journal in this folder."""
    folder.mkdir(parents=True)
    numbers = count(1)
    return Game(
        shelf=OneStory(told),
        store=SqliteStore(folder / "journal.sqlite"),
        settings=Settings(),
        folders=Folders(folder, folder, folder, folder),
        clock=lambda: 1_700_000_000_000,
        new_id=lambda: f"run{next(numbers)}",
        encode_edition=encode_edition,
        decode_edition=decode_edition,
    )


def path(told: Story, chance: random.Random, most: int) -> tuple[PlayEvent, ...]:
    """A run that chooses by lot, to an ending or to `most` decisions."""
    events: list[PlayEvent] = [*engine.begin(told)]
    state = engine.replay(told, events)
    while not state.ended and state.decisions < most:
        made = ChoiceMade(state.scene, chance.choice(engine.available(told, state)))
        events.append(made)
        state = engine.evolve(told, state, made)
    return tuple(events)


def keep(game: Game, told: Story, events: Sequence[PlayEvent]) -> str:
    """A run in the journal; its id."""
    game.store.keep_edition(told.edition, game.encode_edition(told))
    run, line = game.new_id(), summary(told, events, engine.replay(told, events), 1)
    game.store.create(run, "playthrough", events, game.clock(), line)
    return run


def side_by_side(
    name: str,
    ours: Callable[[], object],
    lines: Sequence[str],
    target: Target,
    rounds: int,
) -> Result:
    """Milliseconds of ours and of reading the same facts with json.loads, in turns."""

    def loads() -> object:
        return [json.loads(line) for line in lines]

    pairs = in_turns(lambda: timed(ours), lambda: timed(loads), rounds)
    return compared(name, "ms", pairs, target, "json.loads")


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
