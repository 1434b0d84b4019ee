"""All playthroughs in lines: newest first, the first and the best of each story apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dialogue_game.app.game import Game
from dialogue_game.app.runs import Landmarks, PlaythroughInfo, landmarks
from dialogue_game.content.folders import expand_home
from dialogue_game.core.text import counted, numbered
from dialogue_game.errors import DialogueGameError
from dialogue_game.plain import explore
from dialogue_game.plain.console import LEAVE_COMMANDS, Console, error_text
from dialogue_game.reporting.labels import day

COMMANDS_HELP = (
    "o and a number reads that run again; p goes on with it, r takes a decision of it anew, and m "
    "is your map of its story. c and two numbers compares two. ? tells the rest. Enter leaves."
)
HELP = (
    f"{COMMANDS_HELP} c, a number and a file compares a run with another person’s exported one. "
    "x, a number and a file writes such a file. f reads only the first and the best of each "
    "story. d and a number deletes one."
)
DELETE_HELP = (
    "yes deletes this run and all that was kept with it; it cannot be brought back."
)
PAGE = 20
"""How many runs are read out before asking."""


def run_line(run: PlaythroughInfo) -> str:
    """One run as a sentence or two."""
    choices = counted(run.choices, "choice")
    scored = f", {run.percent} percent" if run.percent is not None else ""
    ending = run.ending_title or run.ending
    ended = f"ended in “{ending}”{scored}" if run.finished else "paused"
    who = "" if run.alone else ", with a group"
    back = (
        f", replayed from decision {run.branched_at + 1}" if run.branched_from else ""
    )
    who += ", an earlier edition" if run.earlier else ""
    return (
        f"{run.title or run.story}, {day(run.updated)}{who}{back}: {choices}, {ended}."
    )


def landmark_lines(marks: Iterable[Landmarks]) -> list[str]:
    """The first and the best finished run of each story, where they say something."""
    lines = []
    for mark in marks:
        first, best = mark.first, mark.best
        title = first.title or first.story
        if best is None or best.percent is None or first.percent is None:
            lines.append(f"{title}: first finished {day(first.ended)}.")
        elif best.id == first.id:
            lines.append(
                f"{title}: first run {first.percent} percent, the best so far."
            )
        else:
            lines.append(
                f"{title}: first run {first.percent} percent, best run {best.percent} percent."
            )
    return lines


@dataclass(frozen=True, slots=True)
class HistoryAction:
    """A run that should be played on, or of which a decision should be taken anew."""

    action: Literal["resume", "replay"]
    run: PlaythroughInfo


def show_history(game: Game, console: Console) -> HistoryAction | None:
    """Read out history and do what is asked, until a run should be played or it is left."""
    runs = _list_runs(game, console)
    while runs:
        answer = console.ask("What now (Enter to leave, ? for help)?", HELP)
        if not answer or answer.lower() in LEAVE_COMMANDS:
            return None
        command, *rest = answer.split(maxsplit=2)
        command = command.lower()
        named = [runs[n - 1] for n in (numbered(w, len(runs)) for w in rest) if n]
        if command in ("r", "p") and len(named) == 1:
            return _history_action(command, named[0])
        try:
            if _run_command(game, console, command, named, rest):
                runs = _list_runs(game, console)
        except DialogueGameError as error:
            console.say(error_text(error))
    return None


def _list_runs(game: Game, console: Console) -> tuple[PlaythroughInfo, ...]:
    """The newest runs with their numbers."""
    history = game.history()
    runs = history[:PAGE]
    console.heading("History")
    if not runs:
        unread = f"What was played before cannot be read now. {game.unread}"
        console.say(unread if game.unread else "Nothing has been played yet.")
        return ()
    for number, run in enumerate(runs, 1):
        console.say(f"{number}. {run_line(run)}", indent="   ")
    if len(history) > PAGE:
        console.say(
            f"And {len(history) - PAGE} older ones: dialogue-game history lists them all."
        )
    _landmarks(game, console)
    console.say(COMMANDS_HELP)
    return runs


def _landmarks(game: Game, console: Console) -> None:
    for line in landmark_lines(landmarks(game.history()).values()):
        console.say(line)


def _history_action(command: str, run: PlaythroughInfo) -> HistoryAction:
    """A run that has ended is not gone on with: a decision of it is taken anew."""
    return HistoryAction("replay" if command == "r" or run.finished else "resume", run)


def _run_command(
    game: Game,
    console: Console,
    command: str,
    named: list[PlaythroughInfo],
    rest: list[str],
) -> bool:
    """Do what was asked for; whether history is another one now."""
    match command, len(named), len(rest):
        case "o", 1, 1:
            explore.run_in_full(console, game, game.open(named[0].id))
        case "m", 1, 1:
            explore.read_map(console, game.explore.discovery(named[0].key))
        case "f", 0, 0:
            _landmarks(game, console)
        case "c", 2, 2:
            explore.comparison(console, game.explore.compare(named[0].id, named[1].id))
        case "c", 1, 2:
            explore.comparison(
                console, game.explore.compare(named[0].id, expand_home(rest[1]))
            )
        case "x", 1, 2:
            game.explore.export(named[0].id, expand_home(rest[1]))
            console.say(
                f"Written to {rest[1]}. Your own line and answers are not in it."
            )
        case "d", 1, 1:
            return _delete(game, console, named[0])
        case _:
            console.say(f"That was not understood. {HELP}")
    return False


def _delete(game: Game, console: Console, run: PlaythroughInfo) -> bool:
    """Delete a run after a yes; whether it is gone."""
    console.say(run_line(run))
    answer = console.ask(
        "Delete it for good? Type yes, or Enter to keep it (? for help):", DELETE_HELP
    )
    if answer is not None and answer.lower() == "yes":
        game.store.delete(run.id)
        console.say("Deleted.")
        return True
    console.say("Kept.")
    return False
