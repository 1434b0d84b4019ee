"""The kit to print: letter cards, the leader's script, the evaluation sheet, the line to report."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Final

from dialogue_game.core.course import Course, EvaluationForm
from dialogue_game.core.session_events import SessionStarted
from dialogue_game.core.story import Scene, Story
from dialogue_game.reporting.paper import listed, page, paragraphs, told
from dialogue_game.reporting.qr import qr_svg

LEAST_CARDS: Final = 4
_OPEN_FIELDS: Final = 3
"""How many items of the form ask for a fact, and not for an opinion: date, name, entity."""


def cards_page(stories: Sequence[Story]) -> str:
    """A sheet of letter cards, one for each option there can be: A to D as a rule."""
    most = max((len(s.choices) for story in stories for s in story.scenes.values()), default=0)
    letters = ascii_uppercase[: max(most, LEAST_CARDS)]
    cards = "".join(f'<div class="card">{letter}</div>' for letter in letters)
    # The heading is for those who hear the page; on paper it would take a card's room.
    return page(
        "Letter cards", f'<h1 class="unseen">Letter cards</h1><div class="cards">{cards}</div>'
    )


def script_page(
    course: Course, planned: SessionStarted, agenda: Sequence[str], stories: Sequence[Story]
) -> str:
    """The leader's script: the agenda, and for each scenario a page with its decisions."""
    sheets = [_story_sheet(story, agenda) for story in stories]
    return page(f"Script: {course.title}", "\n".join(sheets))


def evaluation_page(form: EvaluationForm) -> str:
    """The guide's form on paper; it goes to the focal point, never through the leader."""
    facts = "".join(
        f'<p><b>{number}. {told(item)}</b></p><div class="line"></div>'
        for number, item in enumerate(form.items[:_OPEN_FIELDS], 1)
    )
    answers = "".join(f'<span class="box"></span>{word}' for word in ("yes", "partly", "no"))
    opinions = "".join(
        f'<p class="keep"><b>{number}. {told(item)}</b><br>{answers}</p>'
        for number, item in enumerate(form.items[_OPEN_FIELDS:-1], _OPEN_FIELDS + 1)
    )
    last = (
        f"<p><b>{len(form.items)}. {told(form.items[-1])}</b></p>" + '<div class="line"></div>' * 3
    )
    body = (
        f"<h1>{told(form.title)}</h1><p>{told(form.instructions)}</p>"
        "<p><b>Give this sheet to the focal point, not to the person who led the session.</b> "
        "You need not sign it. The questions are the guide’s; the boxes to tick are ours.</p>"
        f'<div class="keep">{qr_svg(form.url, 32)}'
        f"<p>{told(form.url)}<br>{told(form.note)}</p></div>"
        f"{facts}{opinions}{last}"
    )
    return page(form.title, body)


def participation_page(course: Course, planned: SessionStarted, titles: Sequence[str]) -> str:
    """What the focal point is told: entity, date, how many took part, which scenarios."""
    rows = (
        ("Entity", planned.entity),
        ("Date", ""),
        ("How many took part", ""),
        ("Scenarios", "; ".join(titles)),
    )
    table = "".join(
        f"<tr><th>{told(name)}</th><td>{told(value)}&nbsp;</td></tr>" for name, value in rows
    )
    body = (
        "<h1>Participation</h1><p>Send this line to your focal point after the session. It holds "
        f"no names.</p><table>{table}</table><p>{told(course.title)}</p>"
    )
    return page("Participation", body)


def prepare_page(
    title: str,
    agenda: Sequence[str],
    advice: Sequence[str],
    steps: Sequence[tuple[str, str]],
    needs: Sequence[str],
    invitation: str,
) -> str:
    """How to prepare, with an invitation to copy."""
    guide = "".join(f"<h3>{told(name)}</h3>{paragraphs(text)}" for name, text in steps)
    body = (
        f"<h1>{told(title)}</h1><h2>Agenda</h2>{listed(list(agenda))}{listed(list(advice))}"
        f"<h2>The guide’s steps</h2>{guide}<h2>For you, before the day</h2>{listed(list(needs))}"
        f"<h2>An invitation to copy</h2><pre>{told(invitation)}</pre>"
    )
    return page(title, body)


def _story_sheet(story: Story, agenda: Sequence[str]) -> str:
    decided = [scene for scene in story.scenes.values() if scene.group]
    parts = "".join(_scene_part(story, scene) for scene in decided)
    quick = len(story.scenes) - len(decided)
    return (
        f'<section class="sheet small"><h1>{told(story.title)}</h1>'
        f"<p>{told(' · '.join(agenda))}</p><p>{told(story.question)}</p>"
        "<p>Full decision: read, think and commit, vote, talk, vote again, reveal, minority view, "
        f"consequence, coaching. The other scenes ({quick}) by a show of hands. You vote last, or "
        f'not at all.</p><div class="columns">{parts}</div></section>'
    )


def _scene_part(story: Story, scene: Scene) -> str:
    where = "full" if scene.group == "full" else "if there is time"
    questions = [story.questions[q] for q in scene.discuss if q in story.questions]
    options = "".join(f"<li>{told(choice.text)}</li>" for choice in scene.choices.values())
    notes = paragraphs(scene.notes)
    return (
        f'<div class="keep"><h2>{told(scene.title)} ({where})</h2>{notes}'
        f'<ol type="A">{options}</ol>{listed(questions)}</div>'
    )
