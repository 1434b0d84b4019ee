"""A group's paper: the kit to print before (cards, script, forms), the session's record after."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import Any, Final

from dialogue_game.core.course import Course, EvaluationForm
from dialogue_game.core.session.ballots import MIN_PEOPLE
from dialogue_game.core.session.session_events import SessionStarted
from dialogue_game.core.story import Scene, Story
from dialogue_game.core.text import counted, safe
from dialogue_game.reporting.pages.markup import (
    escaped,
    html_paragraphs,
    listed,
    paper_page,
)
from dialogue_game.reporting.qr import qr_svg
from dialogue_game.reporting.session_record import Record

NEARLY_ALIKE: Final = "As another round had a few more or fewer,"
Block = tuple[str, tuple[str, ...]]
"""A heading and its lines."""


def record_markdown(record: Record) -> str:
    """The record as Markdown; nothing that was typed is taken for markup."""
    lines = [f"# Session of {_escaped(record['date'])}", ""]
    for heading, texts in blocks(record):
        lines += [
            f"## {_escaped(heading)}",
            "",
            *(f"- {_escaped(text)}" for text in texts),
            "",
        ]
    return "\n".join(lines)


def record_html(record: Record) -> str:
    """The record as a page for paper."""
    body = "".join(
        f'<div class="keep"><h2>{escaped(heading)}</h2>{listed(list(texts))}</div>'
        for heading, texts in blocks(record)
    )
    title = f"Session of {record['date']}"
    return paper_page(title, f"<h1>{escaped(title)}</h1>{body}")


def blocks(record: Record) -> Iterator[Block]:
    """The record part by part, each a heading and its lines."""
    titles = {item["id"]: item["title"] for item in record["scenarios"]}
    scenarios = ", ".join(
        item["title"] if item["played"] else f"{item['title']} (not played)"
        for item in record["scenarios"]
    )
    about = (
        f"Entity: {record['entity'] or 'not named'}",
        f"Led by: {record['leader'] or 'not named'}",
        _people(record["headcounts"]),
        f"Minutes: {record['minutes_used']} of {record['minutes']} planned",
        f"Scenarios: {scenarios}",
        "This was a rehearsal." if record["rehearsal"] else "",
        "" if record["ended"] else "The session has not ended.",
    )
    yield "About", tuple(line for line in about if line)
    branched = [bool(path["branched_from"]) for path in record["roads"]]
    for decision in record["decisions"]:
        heading = _heading(decision, titles, again=branched[decision["road"] - 1])
        yield heading, tuple(_decision_lines(decision))
    paths = tuple(_path_line(path, titles) for path in record["roads"])
    for heading, texts in (
        ("Roads", paths),
        ("What we take home", record["takeaways"]),
        ("Parking lot", record["parked"]),
    ):
        if texts:
            yield heading, tuple(texts)
    yield "For the focal point", (record["participation"],)


def _people(headcounts: Sequence[Mapping[str, int]]) -> str:
    """How many were here at most, and how that changed."""
    first, *later = headcounts
    most = max(here["people"] for here in headcounts)
    changes = "".join(
        f", {here['people']} from minute {here['minute']}" for here in later
    )
    return f"People: {most}" + (
        f" at most ({first['people']} at first{changes})" if later else ""
    )


def _heading(
    decision: dict[str, Any], titles: Mapping[str, str], *, again: bool
) -> str:
    story = titles.get(decision["story"], decision["story"])
    other = ", on the other road" if again else ""
    return f"{story}, decision {decision['decision']}{other}: {decision['title']}"


def _decision_lines(decision: dict[str, Any]) -> Iterator[str]:
    letters = {option["id"]: option["letter"] for option in decision["options"]}
    if decision["rounds"] or decision["reasons"]:
        for option in decision["options"]:
            yield f"{option['letter']}: {option['text']}"
    for round_ in decision["rounds"]:
        yield _round_line(round_, letters)
    result = decision["settled"]
    if result:
        yield f"Settled: {result['text']} ({result['said']})"
    else:
        yield "Nothing was settled here."
    for reason in decision["reasons"]:
        letter = f" for {reason['letter']}" if reason["letter"] else ""
        yield f"A minority’s reason{letter}: {reason['text']}"


def _round_line(round_: dict[str, Any], letters: Mapping[str, str]) -> str:
    lead = " and ".join(letters[option] for option in round_["leading"])
    leading_text = f"leading: {lead}" if lead else "no single option led"
    ballots = counted(round_["ballots"], "ballot")
    start = f"Round {round_['number']} ({round_['said']}), {ballots}"
    if not round_["counts"]:
        why = (
            "With fewer than five ballots"
            if round_["ballots"] < MIN_PEOPLE
            else NEARLY_ALIKE
        )
        return f"{start}, {leading_text}. {why} no more is told."
    counts = ", ".join(
        f"{letter} {round_['counts'].get(option, 0)}"
        for option, letter in letters.items()
    )
    return f"{start}: {counts}; {leading_text}."


def _path_line(path: dict[str, Any], titles: Mapping[str, str]) -> str:
    ended = (
        f"ended in “{path['ending']['title']}”"
        if path["ending"]
        else "was left before its end"
    )
    again = (
        f", from decision {path['shared'] + 1} on the other road"
        if path["branched_from"]
        else ""
    )
    choices = counted(path["choices"], "choice")
    story = titles.get(path["story"], path["story"])
    return f"{story}: {choices}{again}, {ended}"


def _escaped(text: str) -> str:
    """A text on one line in which Markdown sees only letters."""
    flat = " ".join(safe(text).split())
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", flat)


LEAST_CARDS: Final = 4
_OPEN_FIELDS: Final = 3
"""How many items of the form ask for a fact, and not for an opinion: date, name, entity."""


def cards_page(stories: Sequence[Story], people: int) -> str:
    """A sheet of letter cards, one for each option there can be: A to D as a rule.

    How many sets are needed is said where the page is read, and not on the paper.
    """
    most = max(
        (len(s.choices) for story in stories for s in story.scenes.values()), default=0
    )
    letters = ascii_uppercase[: max(most, LEAST_CARDS)]
    cards = "".join(f'<div class="card">{letter}</div>' for letter in letters)
    # The heading is for those who hear the page; on paper it would take a card's room.
    copies = (
        "Print this page once" if people == 1 else f"Print this page {people} times"
    )
    instruction = (
        f"{copies}: one set of cards {letters[0]} to {letters[-1]} for each person."
    )
    return paper_page(
        "Letter cards",
        f'<h1 class="unseen">Letter cards</h1><p class="onscreen">{instruction}</p>'
        f'<div class="cards">{cards}</div>',
    )


def script_page(
    course: Course, agenda: Sequence[str], full_round: str, stories: Sequence[Story]
) -> str:
    """The leader's script: for each scenario a page, with the agenda and its decisions.

    `full_round` says how long the steps of a full decision take.
    """
    sheets = [_story_sheet(story, agenda, full_round) for story in stories]
    return paper_page(f"Script: {course.title}", "\n".join(sheets))


def evaluation_page(form: EvaluationForm) -> str:
    """The course's form on paper; it goes to the focal point, never through the leader."""
    facts = "".join(
        f'<p><b>{number}. {escaped(item)}</b></p><div class="line"></div>'
        for number, item in enumerate(form.items[:_OPEN_FIELDS], 1)
    )
    answers = "".join(
        f'<span class="box"></span>{word}' for word in ("yes", "partly", "no")
    )
    opinions = "".join(
        f'<p class="keep"><b>{number}. {escaped(item)}</b><br>{answers}</p>'
        for number, item in enumerate(form.items[_OPEN_FIELDS:-1], _OPEN_FIELDS + 1)
    )
    last = (
        f"<p><b>{len(form.items)}. {escaped(form.items[-1])}</b></p>"
        + '<div class="line"></div>' * 3
    )
    body = (
        f"<h1>{escaped(form.title)}</h1><p>{escaped(form.instructions)}</p>"
        "<p><b>Give this sheet to the focal point, not to the person who led the session.</b> "
        "You need not sign it. The questions are the course’s; the boxes to tick are ours.</p>"
        f'<div class="keep beside">{qr_svg(form.url, 32)}'
        f"<p><b>Or online:</b> {escaped(form.url)}<br>{escaped(form.note)}</p></div>"
        f"{facts}{opinions}{last}"
    )
    return paper_page(form.title, body)


def participation_page(
    course: Course, planned: SessionStarted, titles: Sequence[str]
) -> str:
    """What the focal point is told: entity, date, how many took part, which scenarios."""
    rows = (
        ("Entity", planned.entity),
        ("Date", ""),
        ("How many took part", ""),
        ("Scenarios", "; ".join(titles)),
    )
    table = "".join(
        f"<tr><th>{escaped(name)}</th><td>{escaped(value)}&nbsp;</td></tr>"
        for name, value in rows
    )
    body = (
        f"<h1>Participation</h1><p>{escaped(course.title)}</p><p>Send this to your focal point "
        "after the session. It holds no participant’s name. Cross out a scenario that was not "
        f"played.</p><table>{table}</table>"
    )
    return paper_page("Participation", body)


def prepare_page(
    title: str,
    agenda: Sequence[str],
    advice: Sequence[str],
    steps: Sequence[tuple[str, str]],
    needs: Sequence[str],
    invitation: str,
) -> str:
    """How to prepare, with an invitation to copy."""
    guide = "".join(
        f"<h3>{escaped(name)}</h3>{html_paragraphs(text)}" for name, text in steps
    )
    body = (
        f"<h1>{escaped(title)}</h1><h2>Agenda</h2>{listed(list(agenda))}{listed(list(advice))}"
        f"<h2>The course’s steps</h2>{guide}<h2>For you, before the day</h2>{listed(list(needs))}"
        f'<h2>An invitation to copy</h2><pre class="keep">{escaped(invitation)}</pre>'
    )
    return paper_page(title, body)


def _story_sheet(story: Story, agenda: Sequence[str], full_round: str) -> str:
    decided = [scene for scene in story.scenes.values() if scene.group]
    alike = Counter(scene.title for scene in decided)
    parts = "".join(_scene_part(story, scene, alike[scene.title]) for scene in decided)
    return (
        f'<section class="sheet small"><h1>{escaped(story.title)}</h1>'
        f"<p>{escaped(' · '.join(agenda))}</p><p><b>{escaped(story.question)}</b></p>"
        f"<p>{escaped(full_round)} All other decisions: a show of hands. You vote last, or not at "
        f'all.</p><div class="columns">{parts}</div></section>'
    )


def _scene_part(story: Story, scene: Scene, alike: int) -> str:
    """One decision; of several with one title the group meets the one that its path leads to."""
    where = "full" if scene.group == "full" else "if there is time"
    if alike > 1:
        where += f"; one of {alike}, as your road leads"
    questions = [story.questions[q] for q in scene.discuss if q in story.questions]
    options = "".join(f"<li>{escaped(line)}</li>" for line in _lettered(scene))
    return (
        f'<div class="keep"><h2>{escaped(scene.title)} <span class="quiet">({where})</span></h2>'
        f'{html_paragraphs(scene.notes)}<ul class="letters">{options}</ul>{listed(questions)}</div>'
    )


def _lettered(scene: Scene) -> Iterator[str]:
    """The options with the letters they have on the screen.

    An option that is not there on every path moves the letters of those behind it, so that these
    are left without one here.
    """
    sure = True
    for letter, choice in zip(ascii_uppercase, scene.choices.values(), strict=False):
        always = choice.when in ("", "true")
        named = f"{letter}. {choice.text}" if sure else choice.text
        yield named if always else f"{named} (not on every road)"
        sure = sure and always
