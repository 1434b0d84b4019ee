"""What only the leader may see, said as lines in a terminal of their own."""

from __future__ import annotations

from dialogue_game.app.session.leader_view import CompanionView, Outcome
from dialogue_game.plain.console import Talk
from dialogue_game.plain.session.shared import agenda_words
from dialogue_game.reporting.labels import force_words


def show_companion(talk: Talk, view: CompanionView) -> None:
    """The companion's view, the most urgent first: time, tips, notes, then what comes on what."""
    where = f": {view.scene_title}" if view.scene_title else ""
    talk.heading(f"{view.title}{where}")
    if view.ended:
        talk.say(f"This session has ended. Its record: dialogue-game session export {view.session}")
        talk.say("A rehearsal cannot be followed: it keeps nothing.")
        return
    talk.say(agenda_words(view.budget))
    talk.say(view.timer.said)
    if view.following:
        talk.say(f"Next: {view.following}.")
    if view.missing:
        talk.say(f"Ballots still missing: {view.missing} of {view.headcount}.")
    for switch, said in ((view.blanked, "The screen is blank."), (view.paused, "Paused.")):
        if switch:
            talk.say(said)
    for tip in (*view.tips, view.spread):
        if tip:
            talk.say(f"- {tip}", indent="  ")
    _notes(talk, view)
    for outcome in view.consequences:
        _outcome(talk, outcome)
    if view.references:
        talk.heading("References")
        for cited in view.references:
            talk.say(f"- {cited.label}: {cited.title}. {force_words(cited)}", indent="  ")
    talk.say()


def _notes(talk: Talk, view: CompanionView) -> None:
    if view.notes:
        talk.heading("Notes")
        talk.all(view.notes.split("\n\n"))
    if view.questions:
        talk.heading("Questions")
        for question in view.questions:
            talk.say(f"- {question}", indent="  ")


def _outcome(talk: Talk, outcome: Outcome) -> None:
    talk.heading(f"{outcome.letter or 'Locked'}. {outcome.text}")
    talk.all(outcome.consequence)
    for mark in outcome.marks:
        talk.say(f"This {mark.word} guideline {mark.guideline}. {mark.why}", indent="   ")
    talk.say(f"Then: {outcome.follow}.")
