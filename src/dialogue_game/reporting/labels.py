"""Marks, verdicts, verification, exhibits and dates in words, the same on every front end and page.

Dates and times are UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from dialogue_game.core.course import Guideline, Reference
from dialogue_game.core.scoring import GuidelineResult
from dialogue_game.core.state import Consequence, ShownExhibit
from dialogue_game.core.story import Story
from dialogue_game.core.text import counted

VERDICTS: Final[Mapping[str, str]] = {
    "not tested": "not tested on this road",
    "passed by": "at stake; what you chose neither upheld nor breached it",
    "upheld": "upheld",
    "strained": "strained",
    "breached": "breached",
    "mixed": "mixed: upheld here, strained there",
}

VERIFIED: Final[Mapping[str, str]] = {
    "yes": "Content checked against a source.",
    "partly": "Content checked in part; see the original before you rely on it.",
    "no": "Content not checked; see the original before you rely on it.",
}


REPAIRED: Final = "breached, later upheld"
ADDING_UP: Final = (
    "A choice may touch several guidelines, so theirs do not add up to this."
)
EARNED: Final = "{earned} of {at_stake}"
NOTHING_AT_STAKE: Final = "nothing at stake"
FORCE: Final[Mapping[str, str]] = {
    "binding": "Binding: staff must.",
    "guidance": "Guidance: staff should.",
    "judgment": "Judgment: a tribunal decided one case.",
    "office": "Office: a place to turn to.",
    "unknown": "Not seen: how far it binds is not known here.",
}
"""How far each kind of reference binds, in a word and what follows from it."""
DEFENSIBLE: Final = "A reasonable colleague could choose this."
SETTLED: Final = "What the rule settles: {settled}"
ENDING_OUTCOMES: Final[Mapping[str, str]] = {
    "good": "it goes well",
    "mixed": "it goes partly well",
    "poor": "it goes badly",
}
"""How an ending goes, by its kind; of a neutral one nothing is said."""


def skipped_text(decisions: int, pages: int) -> str:
    """What was gone through as on the path before."""
    parts = [counted(decisions, "decision")] if decisions else []
    parts += [counted(pages, "page")] if pages else []
    return (
        f"As on the path before: {', '.join(parts)}."
        if parts
        else "What comes now differs."
    )


def verdict_text(result: GuidelineResult) -> str:
    """The verdict as a person would say it."""
    if result.repaired:
        return REPAIRED
    return VERDICTS[result.verdict]


def force_text(reference: Reference) -> str:
    """How far it binds."""
    return FORCE[reference.known_force]


def coaching_notes(consequence: Consequence) -> tuple[str, ...]:
    """What the coaching says beside marks and references.

    That the choice can be defended, its own caveat, and what the rule settles in its scene.
    """
    notes = (
        DEFENSIBLE if consequence.defensible else "",
        consequence.coaching,
        SETTLED.format(settled=consequence.settled) if consequence.settled else "",
    )
    return tuple(note for note in notes if note)


def earned_text(earned: int, at_stake: int) -> str:
    """Earned of at stake, as numbers."""
    return (
        EARNED.format(earned=earned, at_stake=at_stake)
        if at_stake
        else NOTHING_AT_STAKE
    )


def who_you_are(story: Story, person: str) -> str:
    """Whose eyes one sees with, as a short sentence; nothing where the story does not say."""
    if not person:
        return ""
    member = story.cast.get(person)
    name = story.name_of(person)
    role = member.role if member else ""
    if name.casefold() == "you":
        return f"You: {role}" if role else ""
    return f"You are {name}, {role}" if role else f"You are {name}"


def length_text(story: Story, least: int, most: int) -> str:
    """How long a story takes: minutes, and decisions between these two numbers."""
    minutes = f"{story.minutes} minutes, " if story.minutes else ""
    about = "" if least == most else "about "
    return f"{minutes}{about}{round((least + most) / 2)} decisions"


def sentence(text: str) -> str:
    """The text with a full stop, where it ends in no mark of its own."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def progress_text(made: int, least: int, most: int) -> str:
    """Where in a story one is: `made` decisions lie behind, `least` to `most` ahead."""
    if most == 0:
        return "The last page"
    total = made + round((least + most) / 2)
    about = "" if least == most else "about "
    return f"Decision {made + 1} of {about}{max(total, made + 1)}"


EXHIBIT_NAMES: Final[Mapping[str, str]] = {
    "email": "E-mail",
    "chat": "Chat",
    "profile": "Profile page",
    "post": "Post",
    "thread": "Thread",
    "photo": "Photo",
    "video": "Video",
    "memo": "Memo",
    "headline": "Headline",
    "web": "Web page",
    "note": "Note",
}
"""What each kind is called."""

FIELD_LABELS: Final[Mapping[str, str]] = {
    "from": "From",
    "to": "To",
    "cc": "Copy",
    "date": "Date",
    "time": "Time",
    "subject": "Subject",
    "signature": "Signature",
    "banner": "Banner under it",
    "platform": "On",
    "name": "Name",
    "handle": "Handle",
    "bio": "Bio",
    "affiliation": "Affiliation",
    "link": "Link",
    "posts": "Posts",
    "followers": "Followers",
    "privacy": "Privacy",
    "author": "By",
    "audience": "Seen by",
    "tags": "Tags",
    "likes": "Likes",
    "comments": "Comments",
    "shares": "Shares",
    "caption": "Caption",
    "credit": "Credit",
    "place": "Place",
    "title": "Title",
    "duration": "Length",
    "outlet": "In",
    "address": "Address",
    "footer": "At the bottom",
}
"""What each field of an exhibit is called."""
_UNLABELLED: Final = ("text", "body")
_HIDDEN: Final = ("file",)


def name_of(exhibit: ShownExhibit) -> str:
    """What the exhibit is called: its kind, and where it stands."""
    kind = EXHIBIT_NAMES.get(exhibit.kind, exhibit.kind)
    platform = exhibit.fields.get("platform", "")
    return f"{kind} on {platform}" if platform else kind


def exhibit_lines(exhibit: ShownExhibit) -> tuple[str, ...]:
    """The exhibit as paragraphs of text, without its details."""
    lines = [f"{name_of(exhibit)}:"]
    if exhibit.alt:
        lines.append(f"What a glance shows: {exhibit.alt}")
    lines += _field_lines(exhibit.fields)
    for number, item in enumerate(exhibit.items, 1):
        lines.append(_item_line(number, len(exhibit.items), item))
    return tuple(lines)


def _field_lines(fields: Mapping[str, str]) -> list[str]:
    lines = []
    for name, text in fields.items():
        if name in _HIDDEN or name == "platform" or not text:
            continue
        lines.append(
            text if name in _UNLABELLED else f"{FIELD_LABELS.get(name, name)}: {text}"
        )
    return lines


def _item_line(number: int, count: int, item: Mapping[str, str]) -> str:
    person = item.get("author") or item.get("from", "")
    who = " ".join(filter(None, (person, item.get("handle", ""))))
    counts = [
        f"{FIELD_LABELS[name].lower()}: {item[name]}"
        for name in ("likes", "shares")
        if item.get(name)
    ]
    content = " ".join(filter(None, (item.get("text", ""), item.get("tags", ""))))
    when = f", {item['time']}" if item.get("time") else ""
    tail = f" ({', '.join(counts)})" if counts else ""
    return f"{number} of {count}, {who}{when}: {content}{tail}"


def guideline_name(guidelines: Mapping[str, Guideline], guideline: str) -> str:
    """Number and short name of a guideline."""
    known = guidelines.get(guideline)
    return f"{known.number}, {known.short}" if known else guideline


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LEAST: Final = -62_135_510_400_000
_MOST: Final = 253_402_214_400_000
"""Milliseconds of the second day and the last that a calendar here has, in every time zone."""


def moment(milliseconds: int) -> datetime:
    """Milliseconds since the epoch; what no calendar has is its nearest day."""
    return _EPOCH + timedelta(milliseconds=min(max(milliseconds, _LEAST), _MOST))


def day(milliseconds: int) -> str:
    """A date."""
    return moment(milliseconds).date().isoformat()


def to_the_second(milliseconds: int) -> str:
    """A time for programs, in ISO 8601."""
    return moment(milliseconds).isoformat(timespec="seconds").replace("+00:00", "Z")
