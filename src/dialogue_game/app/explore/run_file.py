"""A playthrough as one portable file: its choices and the edition they were made on.

Another person can read it, compare it with a run of theirs, and nothing else: a file is never
taken into the journal, and every choice in it is checked against the story that it carries.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final

from dialogue_game.app.files import write_whole
from dialogue_game.app.player import Player
from dialogue_game.core import engine
from dialogue_game.core.debrief import path_steps
from dialogue_game.core.events import ChoiceMade, PlayEvent, PlaythroughStarted
from dialogue_game.core.played_path import PlayedPath
from dialogue_game.core.scoring import profile
from dialogue_game.core.story import Story, Value
from dialogue_game.errors import DialogueGameError, Remedy, RunFileInvalid

FORMAT: Final = "dialogue-game run"
VERSION: Final = 1
LARGEST: Final = 16 * 1024 * 1024
"""Bytes; a story with its run is well under one of these sixteen megabytes."""
MOST_CHOICES: Final = 10_000
MOST_SHOWN: Final = 20_000_000
"""Bytes of scenes and values that the choices of one run may show, each time counted.

A small file can be made so that it grows without end: a large scene visited again and again, or a
word that doubles itself. An honest run shows less than a hundredth of this.
"""
LONGEST_WORD: Final = 10_000
"""Characters that a variable's word may grow to."""


def run_data(player: Player, started: int, ended: int) -> dict[str, Any]:
    """A playthrough as plain data; the player's own line and answers stay at home."""
    import msgspec

    start = player.events[0]
    return {
        "format": FORMAT,
        "version": VERSION,
        "run": {
            "id": player.playthrough,
            "story": player.story.id,
            "title": player.story.title,
            "edition": player.story.edition,
            "group": isinstance(start, PlaythroughStarted) and bool(start.led_by),
            "started": started,
            "ended": ended,
            "seed": start.seed if isinstance(start, PlaythroughStarted) else 0,
            "choices": [
                {"scene": event.scene, "choice": event.choice}
                for event in player.events
                if isinstance(event, ChoiceMade)
            ],
        },
        "edition": msgspec.to_builtins(player.story),
    }


def write(data: Mapping[str, Any], file: Path, *, force: bool = False) -> None:
    """Write a run's data to a file, whole or not at all.

    Raises RunFileInvalid where there is a file already (without `force`) or none can be written.
    """
    try:
        write_whole(file, [json.dumps(data, ensure_ascii=False), "\n"], force=force)
    except FileExistsError:
        raise RunFileInvalid(
            f"“{file}” is there already.", Remedy.WRITE_ELSEWHERE
        ) from None
    except OSError as error:
        raise RunFileInvalid(
            f"“{file}” could not be written: {error.strerror}.", "Name another file."
        ) from None


def read(file: Path) -> PlayedPath:
    """Another person's run. Raises RunFileInvalid."""
    try:
        status = file.stat()
        if not S_ISREG(status.st_mode):  # reading a pipe or a device would never end
            raise RunFileInvalid(
                f"“{file}” is not a file.", "Name the file of an exported run."
            )
        if status.st_size > LARGEST:
            raise RunFileInvalid(f"“{file}” is too large to be an exported run.")
        data = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise RunFileInvalid(f"“{file}” could not be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise _foreign(file) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise _foreign(file)
    if data.get("version") != VERSION:
        raise RunFileInvalid(
            f"“{file}” was written by a later version of the game.",
            "Update the game to read it.",
        )
    return _played_path(file, data)


def _played_path(file: Path, data: Mapping[str, Any]) -> PlayedPath:
    import msgspec

    try:
        story = msgspec.convert(data.get("edition"), Story)
        run = data["run"]
        choices = [
            ChoiceMade(str(c["scene"]), str(c["choice"])) for c in run["choices"]
        ]
        events = _checked(story, choices, int(run.get("seed", 0)))
        return PlayedPath(str(run["id"]), story, events, "other")
    except DialogueGameError as error:
        raise RunFileInvalid(
            f"“{file}” does not fit the story it carries: {error.message}",
            "Ask for it to be exported again.",
        ) from None
    except Exception:  # a stranger's story: whatever breaks in it, the file is at fault
        raise RunFileInvalid(
            f"“{file}” is damaged: its story or its choices cannot be read.",
            "Ask for it to be exported again.",
        ) from None


def _checked(
    story: Story, choices: Iterable[ChoiceMade], seed: int
) -> tuple[PlayEvent, ...]:
    """The run's events, every one of which the engine allows, and all of which can be told.

    Reading on from continue pages follows from the choices, and is not written in the file.
    """
    import msgspec

    events = list(engine.begin(story, seed=seed))
    state = engine.replay(story, events)
    sizes = {
        scene.id: len(msgspec.json.encode(scene)) for scene in story.scenes.values()
    }
    shown = 0
    for number, made in enumerate(choices):
        pages, state = engine.read_on(story, state)
        events += pages
        if number >= MOST_CHOICES or made.scene != state.scene:
            raise RunFileInvalid(
                f"choice {number + 1} was not made where the story was then."
            )
        shown += sizes[made.scene] + _size_of_values(state.variables)
        if shown > MOST_SHOWN:
            raise RunFileInvalid("its choices show more text than any run does.")
        for event in engine.decide(story, state, made.choice):
            state = engine.evolve(story, state, event)
            events.append(event)
    events += engine.read_on(story, state)[0]
    steps, _ = path_steps(story, events)
    profile(story, [step.decision for step in steps])
    engine.situation(story, engine.read_on(story, state)[1])
    return tuple(events)


def _size_of_values(variables: Mapping[str, Value]) -> int:
    """Roughly the bytes that these values take. Raises RunFileInvalid where one has run away."""
    size = 0
    for name, value in variables.items():
        length = len(value) if isinstance(value, str) else 8
        if length > LONGEST_WORD:
            raise RunFileInvalid(f"the value of {name[:50]} grows without end.")
        size += len(name) + length
    return size


def _foreign(file: Path) -> RunFileInvalid:
    return RunFileInvalid(
        f"“{file}” is not an exported run.",
        "Export one with: dialogue-game history --export RUN FILE",
    )
