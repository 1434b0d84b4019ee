"""A session's record to read: Markdown, and HTML made for paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from dialogue_game.core.text import safe
from dialogue_game.reporting.paper import listed, page, told
from dialogue_game.reporting.session_record import Record

Block = tuple[str, tuple[str, ...]]
"""A heading and its lines."""


def record_markdown(record: Record) -> str:
    """The record as Markdown; nothing that was typed is taken for markup."""
    lines = [f"# Session of {_escaped(record['date'])}", ""]
    for heading, texts in blocks(record):
        lines += [f"## {_escaped(heading)}", "", *(f"- {_escaped(text)}" for text in texts), ""]
    return "\n".join(lines)


def record_html(record: Record) -> str:
    """The record as a page for paper."""
    body = "".join(
        f'<div class="keep"><h2>{told(heading)}</h2>{listed(list(texts))}</div>'
        for heading, texts in blocks(record)
    )
    title = f"Session of {record['date']}"
    return page(title, f"<h1>{told(title)}</h1>{body}")


def blocks(record: Record) -> Iterator[Block]:
    """The record part by part, each a heading and its lines."""
    scenarios = ", ".join(item["title"] for item in record["scenarios"])
    kept = "This was a rehearsal." if record["rehearsal"] else ""
    about = (
        f"Entity: {record['entity'] or 'not named'}",
        f"Led by: {record['leader'] or 'not named'}",
        f"People: {record['headcount']}",
        f"Minutes: {record['minutes_used']} of {record['minutes']} planned",
        f"Scenarios: {scenarios}",
        kept,
    )
    yield "About", tuple(line for line in about if line)
    for decision in record["decisions"]:
        yield _heading(decision), tuple(_decision_lines(decision))
    roads = tuple(_road_line(road) for road in record["roads"])
    for heading, texts in (
        ("Roads", roads),
        ("What we take home", record["takeaways"]),
        ("Parking lot", record["parked"]),
    ):
        if texts:
            yield heading, tuple(texts)
    yield "For the focal point", (record["participation"],)


def _heading(decision: dict[str, Any]) -> str:
    again = ", the other road" if decision["road"] > 1 and _branched(decision) else ""
    return f"{decision['story']}, decision {decision['decision']}: {decision['title']}{again}"


def _branched(decision: dict[str, Any]) -> bool:
    settled = decision["settled"]
    return bool(settled and settled["rule"] == "other_road")


def _decision_lines(decision: dict[str, Any]) -> Iterator[str]:
    for held in decision["rounds"]:
        yield _round_line(held)
    settled = decision["settled"]
    if settled:
        yield f"Settled: {settled['text']} ({settled['said']})"
    for reason in decision["reasons"]:
        yield f"A minority’s reason: {reason}"


def _round_line(held: dict[str, Any]) -> str:
    lead = _joined(held["leading"])
    led = f"leading: {lead}" if lead else "no single option led"
    start = f"Round {held['number']} ({held['said']}), {held['ballots']} ballots"
    if not held["counts"]:
        return f"{start}, {led}. Too few to show more."
    counted = ", ".join(f"{option} {count}" for option, count in held["counts"].items())
    return f"{start}: {counted}; {led}."


def _road_line(road: dict[str, Any]) -> str:
    ended = f"ended in “{road['ending']['title']}”" if road["ending"] else "was left before its end"
    again = (
        f", from decision {road['shared'] + 1} on the other road" if road["branched_from"] else ""
    )
    return f"{road['story']}: {road['choices']} choices{again}, {ended}"


def _joined(items: Sequence[str]) -> str:
    return " and ".join(items)


def _escaped(text: str) -> str:
    """A text on one line in which Markdown sees only letters."""
    flat = " ".join(safe(text).split())
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", flat)
