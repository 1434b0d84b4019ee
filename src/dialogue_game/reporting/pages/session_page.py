"""A session's record to read: Markdown, and HTML made for paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from dialogue_game.core.session.ballots import FEWEST
from dialogue_game.core.text import safe
from dialogue_game.reporting.pages.paper import escaped, listed, page
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
    return page(title, f"<h1>{escaped(title)}</h1>{body}")


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
    for held in decision["rounds"]:
        yield _round_line(held, letters)
    settled = decision["settled"]
    if settled:
        yield f"Settled: {settled['text']} ({settled['said']})"
    else:
        yield "Nothing was settled here."
    for reason in decision["reasons"]:
        letter = f" for {reason['letter']}" if reason["letter"] else ""
        yield f"A minority’s reason{letter}: {reason['text']}"


def _round_line(held: dict[str, Any], letters: Mapping[str, str]) -> str:
    lead = " and ".join(letters[option] for option in held["leading"])
    led = f"leading: {lead}" if lead else "no single option led"
    ballots = "1 ballot" if held["ballots"] == 1 else f"{held['ballots']} ballots"
    start = f"Round {held['number']} ({held['said']}), {ballots}"
    if not held["counts"]:
        why = (
            "With fewer than five ballots" if held["ballots"] < FEWEST else NEARLY_ALIKE
        )
        return f"{start}, {led}. {why} no more is told."
    counted = ", ".join(
        f"{letter} {held['counts'].get(option, 0)}"
        for option, letter in letters.items()
    )
    return f"{start}: {counted}; {led}."


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
    choices = "1 choice" if path["choices"] == 1 else f"{path['choices']} choices"
    story = titles.get(path["story"], path["story"])
    return f"{story}: {choices}{again}, {ended}"


def _escaped(text: str) -> str:
    """A text on one line in which Markdown sees only letters."""
    flat = " ".join(safe(text).split())
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", flat)
