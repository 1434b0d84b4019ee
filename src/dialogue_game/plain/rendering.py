"""Situations, consequences, coaching and debriefs, said as lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dialogue_game.app.player import Player, Progress
from dialogue_game.core.course import Contact, Course, Guideline, Reference
from dialogue_game.core.debrief import Debrief, PathStep
from dialogue_game.core.profile import GuidelineResult
from dialogue_game.core.state import Consequence, ShownExhibit, Situation
from dialogue_game.core.story import Mark, Option, Story
from dialogue_game.core.text import unfolded
from dialogue_game.plain.console import Talk
from dialogue_game.reporting.about import about
from dialogue_game.reporting.exhibits import exhibit_lines
from dialogue_game.reporting.labels import (
    VERIFIED,
    coaching_notes,
    earned_words,
    force_words,
    verdict_words,
)


def progress_words(progress: Progress) -> str:
    """Where in the story this is, as a sentence."""
    number = progress.made + 1
    about = progress.made + round((progress.least + progress.most) / 2)
    return f"Decision {number} of about {max(about, number)}."


def scene(talk: Talk, player: Player, situation: Situation) -> None:
    """A scene: title, where one is, exhibits, text, options; in the order of the screen."""
    talk.heading(situation.title)
    where = progress_words(player.progress)
    eyes = player.story.name_of(situation.as_)
    talk.say(f"{where} You are {eyes}." if eyes and eyes != "You" else where)
    talk.say()
    exhibits(talk, situation.exhibits)
    talk.all(situation.text)
    details = sum(len(exhibit.details) for exhibit in situation.exhibits)
    if details:
        talk.say(f"You can look closer: type l. There is more to see ({details}).")
        talk.say()
    options(talk, situation.options)


def exhibits(talk: Talk, seen: Sequence[ShownExhibit]) -> None:
    """What would be on a screen that day, line by line."""
    for exhibit in seen:
        for part in exhibit_lines(exhibit):
            for paragraph in unfolded(part):
                talk.say(paragraph)
        talk.say()


def options(talk: Talk, offered: Sequence[Option]) -> None:
    """The options, numbered; locked ones with their reason."""
    lines = ["What do you do?"]
    for number, option in enumerate(offered, 1):
        locked = "" if option.available else f" ({option.locked})"
        shut = "" if option.available else "Not available: "
        lines.append(f"{number}. {shut}{option.text}{locked}")
    talk.together(lines, indent="   ")
    talk.say()


def details(talk: Talk, situation: Situation, note: Callable[[str, str], None]) -> None:
    """Every detail of every exhibit here, as looking closer finds them; each one is noted."""
    found = [(e, d) for e in situation.exhibits for d in e.details]
    if not found:
        talk.say("There is nothing here to look at more closely.")
        return
    talk.heading("Looking closer")
    for number, (exhibit, detail) in enumerate(found, 1):
        talk.say(f"{number} of {len(found)}, {detail.look}: {detail.text}")
        note(exhibit.id, detail.id)
    talk.say()


def consequence(talk: Talk, told: Consequence) -> None:
    """What was chosen and what came of it."""
    talk.say()
    talk.say(f"You chose: {told.choice_text}")
    talk.heading("What happens")
    talk.all(told.text)


def coaching(talk: Talk, story: Story, told: Consequence) -> None:
    """The marks with their whys, and the references by number."""
    notes = coaching_notes(told)
    if not told.marks and not told.references and not notes:
        return
    talk.heading("Coaching")
    for mark in told.marks:
        talk.say(mark_line(story, mark), indent="   ")
    for note in notes:
        talk.say()
        talk.say(note)
    if told.references:
        talk.say()
        talk.say("References:")
        for number, reference in enumerate(told.references, 1):
            talk.say(f"{number}. {reference.label}: {reference.title}", indent="   ")
    talk.say()


def mark_line(story: Story, mark: Mark) -> str:
    """One mark: the word, the guideline, the why."""
    return (
        f"This {mark.word} guideline {guideline_name(story.guidelines, mark.guideline)}. {mark.why}"
    )


def guideline_name(guidelines: Mapping[str, Guideline], guideline: str) -> str:
    """Number and short name of a guideline."""
    known = guidelines.get(guideline)
    return f"{known.number}, {known.short}" if known else guideline


def reference(talk: Talk, cited: Reference) -> None:
    """One reference in full."""
    talk.heading(cited.label)
    talk.say(cited.title)
    talk.say(cited.summary)
    if cited.quote:
        talk.say(f"In its own words: {cited.quote}")
    talk.say(force_words(cited))
    talk.say(f"{VERIFIED[cited.verified]} {cited.note}".strip())
    if cited.url:
        talk.say(f"Address: {cited.url}")
    talk.say()


def guidelines(talk: Talk, listed: Mapping[str, Guideline]) -> None:
    """All guidelines, as the source prints them."""
    talk.heading("The guidelines")
    for guideline in listed.values():
        talk.say(f"{guideline.number}. {guideline.text}", indent="   ")
    talk.say()


def about_course(talk: Talk, course: Course) -> None:
    """What the course is about, how to prepare, whom to ask."""
    for section in about(course):
        talk.heading(section.title)
        talk.all(section.paragraphs)
        for item in section.items:
            talk.say(f"- {item}", indent="  ")


def look_back(talk: Talk, steps: Sequence[PathStep]) -> None:
    """Everything read and chosen so far."""
    talk.heading("So far")
    if not steps:
        talk.say("Nothing has been chosen yet.")
    for number, step in enumerate(steps, 1):
        talk.say(f"{number}. {step.before.title}")
        talk.say(f"You chose: {step.consequence.choice_text}")
        talk.all(step.consequence.text)


def ending(talk: Talk, reached: Situation) -> None:
    """The ending that was reached."""
    talk.heading(f"The end: {reached.title}")
    talk.all(reached.text)


def debrief(
    talk: Talk, story: Story, back: Debrief, contacts: Sequence[Contact], *, with_coaching: bool
) -> None:
    """The whole look back."""
    talk.heading("Debrief")
    _path(talk, story, back, with_coaching=with_coaching)
    if story.scored:
        _profile(talk, story, back)
    _questions(talk, story, back)
    if back.resources or contacts:
        talk.heading("Resources")
        for cited in back.resources:
            talk.say(f"- {cited.label}: {cited.title}", indent="  ")
        for contact in contacts:
            talk.say(f"- {contact.line}", indent="  ")
        talk.say()


def _path(talk: Talk, story: Story, back: Debrief, *, with_coaching: bool) -> None:
    talk.say("The road you took:")
    for number, step in enumerate(back.path, 1):
        talk.say(f"{number}. {step.before.title}: {step.consequence.choice_text}", indent="   ")
        if with_coaching:
            for mark in step.consequence.marks:
                talk.say(f"   {mark_line(story, mark)}", indent="   ")
    talk.say()


def _profile(talk: Talk, story: Story, back: Debrief) -> None:
    overall = back.profile.overall
    talk.heading("Your profile over the guidelines")
    if overall.percent is not None:
        talk.say(
            f"Overall: {overall.percent} percent, "
            f"{earned_words(overall.earned, overall.at_stake)} points at stake."
        )
        talk.say()
    for result in back.profile.guidelines:
        _result(talk, story, result)
    talk.say()
    talk.say(f"The score key of this story is {status_words(story)}.")


def _result(talk: Talk, story: Story, result: GuidelineResult) -> None:
    name = guideline_name(story.guidelines, result.guideline)
    line = f"Guideline {name}: {verdict_words(result)}."
    if result.stake.at_stake:
        line += f" {earned_words(result.stake.earned, result.stake.at_stake)}."
    talk.say(line, indent="   ")
    for item in result.evidence:
        told = f"   {item.mark.word}: “{item.choice_text}” {item.mark.why}"
        talk.say(told, indent="      ")


def status_words(story: Story) -> str:
    """How far the score key has been looked at by others."""
    if story.status == "reviewed":
        return f"reviewed by {', '.join(story.reviewers)}" if story.reviewers else "reviewed"
    return "drafted: it has not been reviewed by experts yet"


def _questions(talk: Talk, story: Story, back: Debrief) -> None:
    if not story.questions:
        return
    talk.heading("Questions to talk about")
    for title, ids in (
        ("Met on your road:", back.passed_questions),
        ("Not met on your road:", back.other_questions),
    ):
        if ids:
            talk.say(title)
            for question in ids:
                talk.say(f"- {story.questions[question]}", indent="  ")
            talk.say()
