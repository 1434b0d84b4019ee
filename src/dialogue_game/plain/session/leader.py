"""What only the leader may see, said as lines in a terminal of their own."""

from __future__ import annotations

from dialogue_game.app.session.leader_view import (
    CompanionView,
    OptionPreview,
    ballot_words,
)
from dialogue_game.plain.console import Console
from dialogue_game.plain.session.shared import agenda_words
from dialogue_game.reporting.labels import force_words


def show_companion(console: Console, view: CompanionView) -> None:
    """The companion's view, the most urgent first: time, tips, notes, then what comes on what."""
    where = f": {view.scene_title}" if view.scene_title else ""
    console.heading(f"{view.title}{where}")
    if view.ended:
        console.say(
            f"This session has ended. Its record: dialogue-game session export {view.session}"
        )
        console.say("A rehearsal cannot be followed: it keeps nothing.")
        return
    console.say(agenda_words(view.budget))
    console.say(view.timer.said)
    if view.following:
        console.say(f"Next: {view.following}.")
    for sentence in filter(None, (ballot_words(view), view.counted)):
        console.say(sentence)
    for switch, said in (
        (view.blanked, "The screen is blank."),
        (view.paused, "Paused."),
    ):
        if switch:
            console.say(said)
    for tip in (*view.tips, view.spread):
        if tip:
            console.say(f"- {tip}", indent="  ")
    _notes(console, view)
    for outcome in view.consequences:
        _outcome(console, outcome)
    if view.references:
        console.heading("References")
        for cited in view.references:
            console.say(
                f"- {cited.label}: {cited.title}. {force_words(cited)}", indent="  "
            )
    console.say()


def _notes(console: Console, view: CompanionView) -> None:
    if view.notes:
        console.heading("Notes")
        console.all(view.notes.split("\n\n"))
    if view.questions:
        console.heading("Questions")
        for question in view.questions:
            console.say(f"- {question}", indent="  ")


def _outcome(console: Console, outcome: OptionPreview) -> None:
    console.heading(f"{outcome.letter or 'Locked'}. {outcome.text}")
    console.all(outcome.consequence)
    for mark in outcome.marks:
        console.say(
            f"This {mark.word} guideline {mark.guideline}. {mark.why}", indent="   "
        )
    console.say(f"Then: {outcome.follow}.")
