"""What the room may see, said as lines."""

from __future__ import annotations

from collections.abc import Sequence

from dialogue_game.app.session.agenda import Agenda
from dialogue_game.app.session.shared_view import SharedOption, SharedView
from dialogue_game.core.session import steps
from dialogue_game.plain.console import Talk
from dialogue_game.plain.rendering import exhibits


def show_shared(talk: Talk, view: SharedView, *, whole: bool = False) -> None:
    """The shared view, top to bottom; nothing but a word while it is blanked.

    A scene is read out at its first step, and later only where the `whole` is asked for.
    """
    if view.blanked:
        talk.say()
        talk.say("The screen is blank. Type b to show it again.")
        return
    talk.heading(f"{view.title}: {view.scene_title}" if view.scene_title else view.title)
    _where(talk, view)
    talk.all(view.said)
    if whole or view.step not in steps.DECISION[1:]:
        talk.all(view.text)
        exhibits(talk, view.exhibits)
    _options(talk, view.options)
    if view.ballots is not None:
        talk.say(view.ballots.said)
    _listed(talk, "Questions:" if view.step != "welcome" else "Ground rules:", view.questions)
    _reveal(talk, view)
    _outcome(talk, view)
    _closing(talk, view)
    if view.timer is not None and not view.ended:
        talk.say(view.timer.said)


def _where(talk: Talk, view: SharedView) -> None:
    parts = []
    if view.scenario:
        parts.append(f"{view.scenario}, scenario {view.scenario_number} of {view.scenarios}.")
    if view.decision:
        parts.append(f"Decision {view.decision}.")
    if view.as_ and view.as_ != "You":
        parts.append(f"We are {view.as_}.")
    if view.rehearsal:
        parts.append("This is a rehearsal.")
    if parts:
        talk.say(" ".join(parts))
    if view.agenda is not None:
        talk.say(agenda_words(view.agenda))
    talk.say()


def agenda_words(agenda: Agenda) -> str:
    """Where in the agenda this is, in a sentence."""
    now = next((part.title for part in agenda.parts if part.state == "now"), "")
    used = round(agenda.elapsed / 60)
    said = f"{now}: minute {used} of {agenda.minutes}. {agenda.said}"
    return f"{said} {agenda.note}".strip()


def _options(talk: Talk, options: Sequence[SharedOption]) -> None:
    for option in options:
        if option.available:
            talk.say(f"{option.letter}. {option.text}", indent="   ")
        else:
            talk.say(f"Not available: {option.text} ({option.locked})", indent="   ")
    if options:
        talk.say()


def _reveal(talk: Talk, view: SharedView) -> None:
    if view.step not in (steps.CONSEQUENCE, steps.COACHING):  # there they have been read
        for held in view.rounds:
            talk.say(held.said)
        talk.all(("\n".join(view.shift), "\n".join(view.minority)))
    _listed(talk, "Reasons of the minority:", view.reasons)
    if view.settled is not None:
        letter = f"{view.settled.letter}. " if view.settled.letter else ""
        talk.say(f"We go on with: {letter}{view.settled.text} ({view.rule})")


def _outcome(talk: Talk, view: SharedView) -> None:
    talk.all(view.consequence)
    for mark in view.coaching:
        talk.say(f"This {mark.word} guideline {mark.guideline}. {mark.why}", indent="   ")
    for note in view.coaching_notes:
        talk.say(note)
    _listed(talk, "References:", view.references)
    for other in view.other_roads:
        talk.say(f"Decision {other.decision}, {other.title}:")
        for option in other.options:
            wanted = " (most of the others chose this)" if option.letter == other.wanted else ""
            named = f"road {other.decision} {option.letter.lower()}: {option.text}{wanted}"
            talk.say(named, indent="   ")


def _closing(talk: Talk, view: SharedView) -> None:
    for road in view.roads:
        talk.say(f"{road.title}: {road.ending or 'left before its end'}.")
        _listed(talk, "", road.lines)
    _listed(talk, "We take home:", view.takeaways)
    _listed(talk, "Parking lot:", view.parked)
    for contact in view.contacts:
        talk.say(f"- {contact.line}", indent="  ")
        talk.say(contact.note)
    form = view.evaluation
    if form is not None:
        talk.say(f"{form.title}. {form.instructions}")
        talk.say(f"Address: {form.url} (type qr for its code)")
        talk.say(form.note)
        for number, item in enumerate(form.items, 1):
            talk.say(f"{number}. {item}", indent="   ")


def _listed(talk: Talk, title: str, items: Sequence[str]) -> None:
    if not items:
        return
    if title:
        talk.say(title)
    for item in items:
        talk.say(f"- {item}", indent="  ")
    talk.say()
