"""What the room may see, and what only its leader may, as lines."""

from __future__ import annotations

from collections.abc import Sequence

from dialogue_game.app.session.agenda import Agenda
from dialogue_game.app.session.leader_view import (
    CompanionView,
    OptionPreview,
    ballot_words,
)
from dialogue_game.app.session.shared_view import SharedOption, SharedView, TitleCard
from dialogue_game.core.session import steps
from dialogue_game.plain.console import Console
from dialogue_game.plain.rendering import exhibits
from dialogue_game.reporting.labels import force_text


def show_shared(console: Console, view: SharedView, *, whole: bool = False) -> None:
    """The shared view, top to bottom; nothing but a word while it is blanked.

    A scene is read out at its first step, and later only where the `whole` is asked for.
    """
    if view.blanked:
        console.say()
        console.say("The screen is blank. Type b to show it again.")
        return
    console.heading(
        f"{view.title}: {view.scene_title}" if view.scene_title else view.title
    )
    _where(console, view)
    if view.card is not None:
        _card(console, view.card)
    reads = whole or view.step not in steps.DECISION[1:]
    if reads and view.step in steps.DECISION:
        console.all(view.text)
        exhibits(console, view.exhibits)
    console.all(view.said)
    if reads and view.step not in steps.DECISION:
        console.all(view.text)
    _options(console, view.options)
    if view.ballots is not None:
        console.say(view.ballots.said)
    _side_by_side(console, view)
    _listed(
        console,
        "Questions:" if view.step != "welcome" else "Ground rules:",
        view.questions,
    )
    _reveal(console, view)
    _outcome(console, view)
    _closing(console, view)
    if view.timer is not None and not view.ended:
        console.say(view.timer.said)


def _where(console: Console, view: SharedView) -> None:
    parts = []
    if view.scenario:
        parts.append(
            f"{view.scenario}, scenario {view.scenario_number} of {view.scenarios}."
        )
    if view.progress:
        parts.append(f"{view.progress}.")
    if view.as_ and view.as_ != "You":
        parts.append(f"We are {view.as_}.")
    if view.rehearsal:
        parts.append("This is a rehearsal.")
    if parts:
        console.say(" ".join(parts))
    if view.agenda is not None:
        console.say(agenda_text(view.agenda))
    console.say()


def _card(console: Console, card: TitleCard) -> None:
    """What a scenario opens with."""
    console.all(filter(None, (card.question, card.eyes)))
    _listed(console, "Who is who:", card.people)


def agenda_text(agenda: Agenda) -> str:
    """Where in the agenda this is, in a sentence."""
    now = next((part.title for part in agenda.parts if part.state == "now"), "")
    used = round(agenda.elapsed / 60)
    said = f"{now}: minute {used} of {agenda.minutes}. {agenda.said}"
    return f"{said} {agenda.note}".strip()


def _options(console: Console, options: Sequence[SharedOption]) -> None:
    for option in options:
        if option.available:
            console.say(f"{option.letter}. {option.text}", indent="   ")
        else:
            console.say(f"Not available: {option.text} ({option.locked})", indent="   ")
    if options:
        console.say()


def _reveal(console: Console, view: SharedView) -> None:
    if view.step not in (
        steps.CONSEQUENCE,
        steps.COACHING,
    ):  # there they have been read
        for round_ in view.rounds:
            console.say(round_.said)
        console.all(("\n".join(view.shift), "\n".join(view.minority)))
    _listed(console, "Reasons of the minority:", view.reasons)
    if view.settled is not None:
        letter = f"{view.settled.letter}. " if view.settled.letter else ""
        console.say(f"We go on with: {letter}{view.settled.text} ({view.rule})")


def _outcome(console: Console, view: SharedView) -> None:
    console.all(view.consequence)
    for mark in view.coaching:
        console.say(
            f"This {mark.word} guideline {mark.guideline}. {mark.why}", indent="   "
        )
    for note in view.coaching_notes:
        console.say(note)
    _listed(console, "References:", view.references)
    for other in view.other_roads:
        console.say(f"Decision {other.decision}, {other.title}:")
        for option in other.options:
            wanted = (
                " (most of the others chose this)"
                if option.letter == other.wanted
                else ""
            )
            named = (
                f"road {other.decision} {option.letter.lower()}: {option.text}{wanted}"
            )
            console.say(named, indent="   ")


def _closing(console: Console, view: SharedView) -> None:
    for path in () if view.compared else view.roads:
        console.say(f"{path.title}: {path.ending or 'left before its end'}.")
        _listed(console, "", path.lines)
    _listed(console, "We take home:", view.takeaways)
    _listed(console, "Parking lot:", view.parked)
    for contact in view.contacts:
        console.say(f"- {contact.line}", indent="  ")
        console.say(contact.note)
    form = view.evaluation
    if form is not None:
        console.say(f"{form.title}. {form.instructions}")
        console.say(f"Address: {form.url} (type qr for its code)")
        console.say(form.note)
        for number, item in enumerate(form.items, 1):
            console.say(f"{number}. {item}", indent="   ")


def _side_by_side(console: Console, view: SharedView) -> None:
    """Endings, what parted them, each guideline on all of them."""
    if not view.parted:
        return
    for path in view.roads:
        console.say(f"{path.title}: {path.ending or 'left before its end'}.")
    console.say()
    _listed(console, "What parted them:", view.parted)
    rows = []
    for row in view.compared:
        pairs = zip(view.roads, row.verdicts, strict=True)
        verdicts = "; ".join(f"{path.title}: {verdict}" for path, verdict in pairs)
        rows.append(f"Guideline {row.name}. {verdicts}.")
    _listed(console, "Guideline by guideline:", rows)


def _listed(console: Console, title: str, items: Sequence[str]) -> None:
    if not items:
        return
    if title:
        console.say(title)
    for item in items:
        console.say(f"- {item}", indent="  ")
    console.say()


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
    console.say(agenda_text(view.budget))
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
    for option in view.consequences:
        _preview(console, option)
    if view.references:
        console.heading("References")
        for cited in view.references:
            console.say(
                f"- {cited.label}: {cited.title}. {force_text(cited)}", indent="  "
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


def _preview(console: Console, option: OptionPreview) -> None:
    console.heading(f"{option.letter or 'Locked'}. {option.text}")
    console.all(option.consequence)
    for mark in option.marks:
        console.say(
            f"This {mark.word} guideline {mark.guideline}. {mark.why}", indent="   "
        )
    console.say(f"Then: {option.follow}.")
