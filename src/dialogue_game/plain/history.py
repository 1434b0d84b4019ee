"""All playthroughs in lines: newest first, the first and the best of each story apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from dialogue_game.app.game import Game
from dialogue_game.app.runs import Landmarks, PlaythroughInfo
from dialogue_game.errors import DialogueGameError
from dialogue_game.plain import explore
from dialogue_game.plain.talk import LEAVING, Talk

HELP = (
    "o and a number reads that run again. r and a number replays a decision of it. "
    "c and two numbers compares two. d and a number deletes one. Enter leaves."
)
DELETING = "yes deletes this run and all that was kept with it; it cannot be brought back."
PAGE = 20
"""How many runs are read out before asking."""


def run_line(run: PlaythroughInfo) -> str:
    """One run as a sentence or two."""
    choices = "1 choice" if run.choices == 1 else f"{run.choices} choices"
    scored = f", {run.percent} percent" if run.percent is not None else ""
    ending = run.ending_title or run.ending
    ended = f"ended in “{ending}”{scored}" if run.finished else "paused"
    who = "" if run.alone else ", with a group"
    back = f", replayed from decision {run.branched_at + 1}" if run.branched_from else ""
    return f"{run.title or run.story}, {day(run.updated)}{who}{back}: {choices}, {ended}."


def landmark_lines(marks: Iterable[Landmarks]) -> list[str]:
    """The first and the best finished run of each story, where they say something."""
    lines = []
    for mark in marks:
        first, best = mark.first, mark.best
        title = first.title or first.story
        if best is None or best.percent is None or first.percent is None:
            lines.append(f"{title}: first finished {day(first.ended)}.")
        elif best.id == first.id:
            lines.append(f"{title}: first run {first.percent} percent, the best so far.")
        else:
            lines.append(
                f"{title}: first run {first.percent} percent, best run {best.percent} percent."
            )
    return lines


def day(milliseconds: int) -> str:
    """A date, in UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()


def visit(game: Game, talk: Talk) -> PlaythroughInfo | None:
    """Read out history and do what is asked; the run whose replay is wanted, if one is."""
    while True:
        history = game.history()
        runs = history[:PAGE]
        talk.heading("History")
        if not runs:
            talk.say("Nothing has been played yet.")
            return None
        for number, run in enumerate(runs, 1):
            talk.say(f"{number}. {run_line(run)}", indent="   ")
        if len(history) > PAGE:
            talk.say(f"And {len(history) - PAGE} older ones: dialogue-game history lists them all.")
        for line in landmark_lines(game.explore.landmarks(history).values()):
            talk.say(line)
        talk.say(HELP)
        answer = talk.ask("What now (Enter to leave, ? for help)?", HELP)
        if not answer or answer.lower() in LEAVING:
            return None
        word, *rest = answer.lower().split()
        named = [runs[int(n) - 1] for n in rest if n.isdecimal() and 1 <= int(n) <= len(runs)]
        if word == "r" and len(named) == 1:
            return named[0]
        try:
            _do(game, talk, word, named)
        except DialogueGameError as error:
            talk.say(str(error))


def _do(game: Game, talk: Talk, word: str, named: list[PlaythroughInfo]) -> None:
    if word == "o" and len(named) == 1:
        explore.run_in_full(talk, game, game.open(named[0].id))
    elif word == "c" and len(named) == 2:
        explore.comparison(talk, game.explore.compare(named[0].id, named[1].id))
    elif word == "d" and len(named) == 1:
        _delete(game, talk, named[0])
    else:
        talk.say(f"That was not understood. {HELP}")


def _delete(game: Game, talk: Talk, run: PlaythroughInfo) -> None:
    talk.say(run_line(run))
    answer = talk.ask("Delete it for good? Type yes, or Enter to keep it (? for help):", DELETING)
    if answer is not None and answer.lower() == "yes":
        game.delete(run.id)
        talk.say("Deleted.")
    else:
        talk.say("Kept.")
