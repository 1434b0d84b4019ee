"""Situations, consequences, coaching and debriefs, said as lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dialogue_game.app.player import Player
from dialogue_game.core.course import Course, Guideline, Reference
from dialogue_game.core.debrief import Debrief, PathStep
from dialogue_game.core.scoring import GuidelineResult
from dialogue_game.core.state import Consequence, ShownExhibit, Situation
from dialogue_game.core.story import Mark, Option, Story
from dialogue_game.core.text import split_paragraphs
from dialogue_game.plain.console import Console
from dialogue_game.reporting.about import Section, about, law_section
from dialogue_game.reporting.labels import (
    ADDING_UP,
    VERIFIED,
    coaching_notes,
    earned_text,
    exhibit_lines,
    force_text,
    guideline_name,
    length_text,
    progress_text,
    sentence,
    verdict_text,
    who_you_are,
)
from dialogue_game.reporting.run_text import TITLES, questions, run_remarks

NOT_WRITTEN = "Not written yet. The story goes no further here."


def title_card(console: Console, player: Player) -> None:
    """What a story opens with: its cover in words, its question, who you are, how long it is."""
    story, ahead = player.story, player.progress
    card = (
        f"Picture: {story.cover.alt}" if story.cover else "",
        story.question,
        sentence(who_you_are(story, player.situation.as_) or story.title),
        sentence(length_text(story, ahead.least, ahead.most)),
    )
    console.all(card)


def scene(
    console: Console,
    player: Player,
    situation: Situation,
    remembered: Callable[[str, str], str] = lambda _scene, _option: "",
    was: str = "",
) -> None:
    """A scene: title, where one is, exhibits, text, options; in the order of the screen.

    `was` is the person with whose eyes one saw before.
    """
    console.heading(situation.title)
    ahead = player.progress
    where = progress_text(ahead.made, ahead.least, ahead.most) + "."
    eyes = player.story.name_of(situation.as_)
    if was and situation.as_ not in ("", was):
        seen_by = who_you_are(player.story, situation.as_)
        console.say(
            f"{where} Now {seen_by[0].lower()}{seen_by[1:]}." if seen_by else where
        )
    else:
        console.say(f"{where} You are {eyes}." if eyes and eyes != "You" else where)
    console.say()
    exhibits(console, situation.exhibits)
    console.all(situation.text)
    details = sum(len(exhibit.details) for exhibit in situation.exhibits)
    if details:
        console.say(f"You can look closer: type l. There is more to see ({details}).")
        console.say()
    if situation.options:
        scene_id = player.state.scene
        options(console, situation.options, lambda option: remembered(scene_id, option))


def exhibits(console: Console, seen: Sequence[ShownExhibit]) -> None:
    """What would be on a screen that day, line by line."""
    for exhibit in seen:
        for part in exhibit_lines(exhibit):
            for paragraph in split_paragraphs(part):
                console.say(paragraph)
        console.say()


def options(
    console: Console,
    offered: Sequence[Option],
    remembered: Callable[[str], str] = lambda _: "",
) -> None:
    """The options, numbered; locked ones with their reason, others with what they led to."""
    lines = ["What do you do?"]
    for number, option in enumerate(offered, 1):
        locked = "" if option.available else f" ({option.locked})"
        shut = "" if option.available else "Not available: "
        before = remembered(option.id) if option.available else ""
        lines.append(
            f"{number}. {shut}{option.text}{locked}{f' ({before})' if before else ''}"
        )
    console.together(lines, indent="   ")
    console.say()


def details(console: Console, situation: Situation) -> Sequence[tuple[str, str]]:
    """Every detail of every exhibit here; the ids of what was read."""
    found = [(e, d) for e in situation.exhibits for d in e.details]
    if not found:
        console.say("There is nothing here to look at more closely.")
        return ()
    console.heading("Looking closer")
    for number, (_, detail) in enumerate(found, 1):
        console.say(f"{number} of {len(found)}, {detail.look}: {detail.text}")
    console.say()
    return [(exhibit.id, detail.id) for exhibit, detail in found]


def consequence(console: Console, shown: Consequence) -> None:
    """What was chosen and what came of it."""
    console.say()
    console.say(f"You chose: {shown.choice_text}")
    console.heading("What happens")
    console.all(shown.text)


def coaching(console: Console, story: Story, shown: Consequence) -> None:
    """The marks with their whys, and the references by number."""
    notes = coaching_notes(shown)
    if not shown.marks and not shown.references and not notes:
        return
    console.heading("Coaching")
    for mark in shown.marks:
        console.say(mark_line(story, mark), indent="   ")
    for note in notes:
        console.say()
        console.say(note)
    if shown.references:
        console.say()
        console.say("References:")
        for number, reference in enumerate(shown.references, 1):
            console.say(f"{number}. {reference.label}: {reference.title}", indent="   ")
    console.say()


def mark_line(story: Story, mark: Mark) -> str:
    """One mark: the word, the guideline, the why."""
    guideline = guideline_name(story.guidelines, mark.guideline)
    return f"This {mark.word} guideline {guideline}. {mark.why}"


def reference(console: Console, cited: Reference) -> None:
    """One reference in full."""
    console.heading(cited.label)
    console.say(cited.title)
    console.say(cited.summary)
    if cited.quote:
        console.say(f"In its own words: {cited.quote}")
    console.say(force_text(cited))
    console.say(f"{VERIFIED[cited.verified]} {cited.note}".strip())
    if cited.url:
        console.say(f"Address: {cited.url}")
    console.say()


def guidelines(console: Console, listed: Mapping[str, Guideline]) -> None:
    """All guidelines, as the source prints them."""
    console.heading("The guidelines")
    for guideline in listed.values():
        console.say(f"{guideline.number}. {guideline.text}", indent="   ")
    console.say()


def about_course(console: Console, course: Course) -> None:
    """What the course is about, how to prepare, whom to ask."""
    for part in about(course):
        section(console, part)


def section(console: Console, section_: Section) -> None:
    """A heading, paragraphs, a list."""
    console.heading(section_.title)
    console.all(section_.paragraphs)
    for item in section_.items:
        console.say(f"- {item}", indent="  ")


def path_so_far(console: Console, steps: Sequence[PathStep]) -> None:
    """Everything read and chosen so far."""
    console.heading("So far")
    if not steps:
        console.say("Nothing has been chosen yet.")
    for number, step in enumerate(steps, 1):
        console.say(f"{number}. {step.before.title}")
        console.say(f"You chose: {step.consequence.choice_text}")
        console.all(step.consequence.text)


def ending(console: Console, reached: Situation) -> None:
    """The ending that was reached."""
    console.heading(f"The end: {reached.title}")
    console.all(reached.text)
    if reached.stub:
        console.say(NOT_WRITTEN)


def debrief(
    console: Console,
    story: Story,
    look_back: Debrief,
    course: Course,
    *,
    with_coaching: bool,
    in_full: bool = False,
) -> None:
    """The whole look back; `in_full` with all questions and all that has changed in the law."""
    console.heading("Debrief")
    for title, remarks in run_remarks(look_back):
        console.say(f"{title}:")
        for text, at in remarks:
            if at:
                console.say(f"- {at}", indent="  ")
            console.say(f"  {text}" if at else text, indent="  " if at else "")
        console.say()
    _path(console, story, look_back, with_coaching=with_coaching)
    if story.scored:
        _profile(console, story, look_back)
    _questions(console, story, look_back, every=in_full)
    if look_back.resources or course.contacts:
        console.heading("Resources")
        for cited in look_back.resources:
            console.say(f"- {cited.label}: {cited.title}", indent="  ")
        for contact in course.contacts:
            console.say(f"- {contact.line}", indent="  ")
        console.say()
    law = law_section(course)
    if law.paragraphs or law.items:
        section(console, law if in_full else replace(law, items=()))


def _path(
    console: Console, story: Story, look_back: Debrief, *, with_coaching: bool
) -> None:
    console.say(f"{TITLES['path']}:")
    for number, step in enumerate(look_back.path, 1):
        console.say(
            f"{number}. {step.before.title}: {step.consequence.choice_text}",
            indent="   ",
        )
        if with_coaching:
            for mark in step.consequence.marks:
                console.say(f"   {mark_line(story, mark)}", indent="   ")
    console.say()


def _profile(console: Console, story: Story, look_back: Debrief) -> None:
    overall = look_back.profile.overall
    console.heading("Your profile over the guidelines")
    if overall.percent is not None:
        console.say(
            f"Overall: {overall.percent} percent, "
            f"{earned_text(overall.earned, overall.at_stake)} points at stake."
        )
        console.say(ADDING_UP)
        console.say()
    for result in look_back.profile.guidelines:
        _result(console, story, result)
    console.say()
    console.say(f"The score key of this story is {status_text(story)}.")


def _result(console: Console, story: Story, result: GuidelineResult) -> None:
    name = guideline_name(story.guidelines, result.guideline)
    line = f"Guideline {name}: {verdict_text(result)}."
    if result.stake.at_stake:
        line += f" {earned_text(result.stake.earned, result.stake.at_stake)}."
    console.say(line, indent="   ")
    for item in result.evidence:
        shown = f"   {item.mark.word}: “{item.choice_text}” {item.mark.why}"
        console.say(shown, indent="      ")


def status_text(story: Story) -> str:
    """How far the score key has been looked at by others."""
    if story.status == "reviewed":
        return (
            f"reviewed by {', '.join(story.reviewers)}"
            if story.reviewers
            else "reviewed"
        )
    return "drafted: it has not been reviewed by experts yet"


def _questions(
    console: Console, story: Story, look_back: Debrief, *, every: bool
) -> None:
    first, others = questions(story, look_back)
    if not first:
        return
    console.heading(TITLES["questions"])
    for question in first + others if every else first:
        console.say(f"- {question}", indent="  ")
    if others and not every:
        console.say(
            f"{TITLES['questions_others']} ({len(others)}): open this run in history."
        )
    console.say()
