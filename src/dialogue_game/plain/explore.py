"""Going back, in lines: a run gone on with or taken anew, two compared, the player's own map.

A run whose story was edited since goes on with either text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, Final

from dialogue_game.app.game import Game
from dialogue_game.app.player import Player, shared_steps
from dialogue_game.app.runs import StoryKey
from dialogue_game.core.comparison import Comparison, Row, Side
from dialogue_game.core.debrief import PathStep
from dialogue_game.core.discovery import Discovery
from dialogue_game.core.text import counted, numbered
from dialogue_game.errors import DialogueGameError
from dialogue_game.plain import rendering as show
from dialogue_game.plain.console import LEAVE_COMMANDS, Console, error_text
from dialogue_game.reporting.labels import earned_text
from dialogue_game.reporting.run_text import (
    cause_lines,
    choice_of,
    divergence_place,
    divergence_text,
    ending_text,
    endings_text,
    guideline_text,
    opening_text,
)
from dialogue_game.reporting.story_outline import (
    ending_lines,
    option_letter,
    outline_lines,
    scene_lines,
    scenes_by_path,
)

if TYPE_CHECKING:
    from dialogue_game.app.explore.carry_over import BroughtOver
    from dialogue_game.app.explore.what_if import WhatIf

REPLAY_HELP: Final = (
    "Type the number of the decision that you would take anew. A new run begins just before it; "
    "this one is kept as it is. Enter leaves."
)
MAP_PROMPT: Final = (
    "A scene's number, an option as 2a, or e for endings (Enter to leave, ? for help):"
)
ENDINGS: Final = re.compile(r"e(?:ndings)?(\d*)")
"""What asks on the map for the endings, or for the run that came to one of them."""
MAP_HELP: Final = (
    "A number tells all options of that scene. A number and a letter, as 2a, takes that option in "
    "a new run; one that you have tried, the new run stands before. e tells all endings that you "
    "have found, and how many are unknown; e and a number, as e1, reads again the run that came "
    "there last. Enter leaves the map."
)
WHAT_IF_HELP: Final = (
    "y takes that option, in a new run; the one you have played is kept. n names "
    "another decision. Enter leaves it."
)
EDITED_PROMPT: Final = (
    "b for the edition you began, n for the new one, Enter to leave it (? for help):"
)
EDITED_HELP: Final = (
    "b goes on with the text that this run was begun on; nothing changes. n begins a new run on "
    "the present text, with the decisions that still hold. The run as it is stays in your history."
)


def resume_run(game: Game, console: Console, run: str) -> Player | None:
    """A run where it was left; None where the player leaves it. Raises NotFound, JournalError."""
    carry_over = game.explore.edited(run)
    answer = (
        "b" if carry_over is None else _which_text(console, carry_over, carry_over.made)
    )
    if answer == "n" and carry_over is not None:
        return carry_over.start()
    return game.open(run) if answer == "b" else None


def replay_run(game: Game, console: Console, run: str, decision: int) -> Player | None:
    """A new run before a decision (from 0) of another; None where the player leaves it.

    Raises NotFound, NotOpenYet, JournalError.
    """
    from dialogue_game.app.explore.rewind import refuse_unless_open

    carry_over = game.explore.edited(run)
    if carry_over is None:
        return game.rewind(run, decision)
    refuse_unless_open(game, carry_over.story.id)
    answer = _which_text(console, carry_over, decision)
    if answer == "n":
        return replace(carry_over, events=carry_over.events[:decision]).start()
    return game.rewind(run, decision) if answer == "b" else None


def _which_text(console: Console, carry_over: BroughtOver, wanted: int) -> str:
    """On which text: b or n, or nothing."""
    console.heading("The story was edited")
    for line in carry_over.sentences:
        console.say(line)
    carried_count = min(wanted, carry_over.carried)
    carried = (
        f"{counted(carried_count, 'decision')} carried over"
        if carried_count
        else "it begins anew"
    )
    console.say(
        f"With the new edition: {carried}, as a new run; you choose from there."
    )
    while True:
        answer = (console.ask(EDITED_PROMPT, EDITED_HELP) or "").lower()
        if answer in ("b", "n"):
            return answer
        if answer in ("", *LEAVE_COMMANDS):
            console.say("Left as it was.")
            return ""
        console.say("That was not understood. Type b or n, or Enter to leave it.")


def recap(console: Console, player: Player) -> None:
    """What is shared with the run before, one line a step; nothing of it is read again."""
    if not player.shared:
        return
    console.say("What stays as it was (type b to read it in full):")
    for line in shared_steps(player):
        console.say(f"{line.number}. {line.title}: {line.choice_text}", indent="   ")
    console.say()


def ask_decision(console: Console, steps: Sequence[PathStep]) -> int | None:
    """Which decision to go back to, from 0; None when none is named."""
    console.heading("Replay")
    for number, step in enumerate(steps, 1):
        label = step.consequence.choice_text
        console.say(f"{number}. {step.before.title}: {label}", indent="   ")
    while True:
        prompt = (
            f"Back to which decision (1 to {len(steps)}, Enter to leave, ? for help)?"
        )
        answer = console.ask(prompt, REPLAY_HELP)
        if not answer or answer.lower() in LEAVE_COMMANDS:
            console.say("Nothing was taken anew.")
            return None
        if number := numbered(answer, len(steps)):
            return number - 1
        console.say(f"Type a number from 1 to {len(steps)}.")


def comparison(console: Console, compared: Comparison) -> None:
    """Two runs side by side, as one reads them aloud: shared, parting, each path, endings."""
    console.heading(f"{compared.title}: two runs compared")
    if not compared.one_edition:
        console.say(
            "The story was edited between these runs; they are compared as far as it agrees."
        )
    shared = len(compared.shared)
    if shared == 1:
        console.say("The first decision is the same in both runs.")
    elif shared:
        console.say(f"The first {shared} decisions are the same in both runs.")
    where = divergence_place(compared)
    console.say(
        f"{f'They part at {where}. ' if where else ''}{divergence_text(compared)}"
    )
    _rows(console, compared)
    console.heading("What came of it")
    console.say(endings_text(compared))
    _side(console, "This run", compared.left)
    _side(console, "The other run", compared.right)
    for opening in compared.openings:
        console.say(f"- {opening_text(opening)}", indent="  ")
    _guidelines(console, compared)


def show_cause(console: Console, game: Game, run: str) -> None:
    """What another choice changed, after a replay; nothing where the run is no replay."""
    try:
        compared = game.explore.cause(run)
    except DialogueGameError as error:
        console.say(error_text(error))
        return
    said = cause_lines(compared) if compared is not None else ()
    if said:
        console.heading("What that changed")
        for line in said:
            console.say(f"- {line}", indent="  ")
        console.say()


def read_map(console: Console, known: Discovery, *, brief: bool = False) -> None:
    """The map of what the player knows, as an outline."""
    console.heading("Your map")
    _outlined(console, outline_lines(known, brief=brief))


def _outlined(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        bare = line.lstrip()
        hang = 3 if bare[:1].isdecimal() or bare[1:2] == "." else 0
        console.say(line, indent=" " * (len(line) - len(bare) + hang))


def explore_map(
    console: Console, game: Game, story: str | StoryKey, run: str = ""
) -> tuple[Player, str] | None:
    """Read a story's map out; what to play, and the option to take, where one is named.

    A sentence where there is no map, or where no decision is open to be taken anew yet.
    """
    try:
        return _from_map(console, game, game.explore.discovery(story, run=run))
    except DialogueGameError as error:
        console.say(error_text(error))
        return None


def _from_map(
    console: Console, game: Game, known: Discovery
) -> tuple[Player, str] | None:
    read_map(console, known, brief=True)
    scenes = scenes_by_path(known)
    numbers = {scene.id: place for place, scene in enumerate(scenes, 1)}
    endings = {ending.id: ending.title for ending in known.endings}
    while scenes:
        answer = (console.ask(MAP_PROMPT, MAP_HELP) or "").lower().replace(" ", "")
        if not answer or answer in LEAVE_COMMANDS:
            console.say("That was the map.")
            return None
        if ending := ENDINGS.fullmatch(answer):
            _endings(console, game, known, ending[1])
            continue
        place, letter = answer.rstrip(ascii_lowercase), answer.lstrip(digits)
        number = numbered(place, len(scenes))
        scene = scenes[number - 1] if number else None
        options = scene.options if scene else ()
        named = [o for at, o in enumerate(options) if option_letter(at) == letter]
        if scene is None or (letter and not named):
            console.say(f"That was not understood. {MAP_HELP}")
        elif not named:
            _outlined(console, scene_lines(scene, numbers, endings))
        elif named[0].opens is None:
            console.say(
                "Nobody could take this one yet, so there is nothing to replay."
            )
        else:
            visit, option = named[0].opens, named[0]
            take = option.id if option.state == "untried" else ""
            return game.explore.stand_before(visit.run, visit.decision), take
    return None


def _endings(console: Console, game: Game, known: Discovery, number: str) -> None:
    """All endings that were found, or the run in full that came last to the one of that number."""
    place = numbered(number, len(known.endings))
    if place and known.endings[place - 1].latest:
        run_in_full(console, game, game.open(known.endings[place - 1].latest))
    else:
        console.heading("Endings")
        _outlined(console, ending_lines(known))


def what_if(console: Console, game: Game, run: str) -> tuple[Player, str] | None:
    """After a debrief: one alternative at a time; the playthrough to go on with, and the option.

    Raises nothing: trouble with the journal ends the offer with its sentence.
    """
    try:
        for offer in game.explore.what_ifs(run):
            answer = _offered(console, offer)
            if answer in ("y", "yes"):
                player = game.rewind(offer.visit.run, offer.visit.decision)
                recap(console, player)
                return player, offer.option
            if answer not in ("n", "no"):
                console.say("Left as it was. History can take any decision anew.")
                return None
        console.say("That was the last one.")
    except DialogueGameError as error:
        console.say(error_text(error))
    return None


def _offered(console: Console, offer: WhatIf) -> str:
    console.heading("What if you had?")
    number = offer.visit.decision + 1
    console.say(f"{offer.title}, decision {number}. {offer.question}")
    console.say(offer.reason)
    while True:
        prompt = "y to take it, n for another one, Enter to leave it (? for help):"
        answer = (console.ask(prompt, WHAT_IF_HELP) or "").lower()
        if answer in ("y", "yes", "n", "no", "", *LEAVE_COMMANDS):
            return answer
        console.say("That was not understood. Type y or n, or Enter to leave it.")


def _rows(console: Console, compared: Comparison) -> None:
    """Each consequence after the parting, the two runs in turn."""
    if not compared.rows:
        return
    console.heading("After that")
    for row in compared.rows:
        _row(console, row)


def _row(console: Console, row: Row) -> None:
    step = row.left or row.right
    if step is None:
        return
    console.say(f"{step.before.title}")
    if row.alike and row.left:
        console.say(f"Both runs: {choice_of(row.left)}", indent="   ")
        console.all(row.left.consequence.text)
        return
    for name, side in (("This run", row.left), ("The other run", row.right)):
        if side is not None:
            only = "" if row.left and row.right else " alone"
            console.say(f"{name}{only}: {choice_of(side)}", indent="   ")
            console.all(side.consequence.text)


def _side(console: Console, name: str, side: Side) -> None:
    overall = side.profile.overall
    if overall.percent is not None:
        numbers = earned_text(overall.earned, overall.at_stake)
        console.say(
            f"{name} {ending_text(side)}: {overall.percent} percent, {numbers} points at stake."
        )


def _guidelines(console: Console, compared: Comparison) -> None:
    differing = [item for item in compared.guidelines if item.differs]
    console.heading("The guidelines")
    for item in differing:
        console.say(f"- {guideline_text(item)}", indent="  ")
    same = len(compared.guidelines) - len(differing)
    if same:
        console.say(
            f"The other {same} are the same in both."
            if differing
            else "All are the same in both."
        )


def run_in_full(console: Console, game: Game, player: Player) -> None:
    """A run to read, ended or not: the path with its consequences, then the debrief."""
    console.heading(player.story.title)
    show.path_so_far(console, player.steps())
    if player.ended:
        show.ending(console, player.situation)
        show.debrief(
            console,
            player.story,
            player.debrief(),
            game.course,
            with_coaching=True,
            in_full=True,
        )
    else:
        console.say(f"It stands at: {player.situation.title}.")
