"""Exhibits: letters that greet or are signed by somebody else, and alt texts of other pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dialogue_game.analysis.findings import Finding, PathKey, finding
from dialogue_game.analysis.rules.subject import Subject
from dialogue_game.core.story import CastMember, Exhibit, Story

LETTERS: Final = frozenset(("email", "memo"))
_GREETINGS: Final = (
    r"Dear|Hi|Hello|Hey|Good (?:morning|afternoon|evening),?|Lieber?|Hallo|Sehr geehrter?"
    r"|Guten (?:Tag|Morgen),?|Cher|Chère|Bonjour|Salut|Querid[oa]|Estimad[oa]|Hola|Car[oa]"
    r"|Ciao|Gentile|Prezad[oa]|Olá"
)
_TITLES: Final = (
    r"Mrs|Mr|Ms|Miss|Dr|Prof|Sir|Frau|Herr|Mme|Madame|Monsieur|Señora?|Sra?"
    r"|Signora?|Senhora?"
)
GREETING: Final = re.compile(
    rf"\s*(?:{_GREETINGS}) (?:(?:{_TITLES})\.? )?([A-Z][^\W\d_]{{2,}})((?: [A-Z][\w-]+)?)"
    r"\s*(?:[,:!.–—-]|\n)"
)
BY_NAME: Final = re.compile(r"\s*([A-Z][^\W\d_]{2,})()\s*[,–—]")
"""A letter that begins with a name alone."""
_ANYBODY: Final = (
    "All Both Colleague Colleagues Team Sir Madam Friend Friends Parents Everybody Everyone Coach "
    "Doctor Editor Mum Mom Dad Members Neighbours Neighbors Customer Customers Student Students "
    "Teacher Reader Readers Folks Guys Board Committee There Ladies Kolleginnen Kollegen Eltern "
    "Damen Freunde Collègues Amis Tous Madame Monsieur Todos Amigos Compañeros Colegas Tutti"
)
ANYBODY: Final = frozenset(_ANYBODY.split())
ON_BEHALF: Final = re.compile(
    r"\b(?:for|behalf|office|assistant|secretary|p\.?p\.?|i\. ?A\.|Auftrag|pour|por|per|via|and"
    r"|with|wife|husband|mother|father)\b|[&+]",
    re.IGNORECASE,
)
"""A signature that names somebody for whom, or together with whom, somebody else writes."""
SHORT_LINE: Final = 40
APART: Final = 0.12
"""The share of words in common, below which two alt texts tell of different pictures."""
TELLING: Final = 4
"""Letters of a word, and words of a sentence, that tell something."""
GIVEN_AWAY: Final = 0.8


def greeted_others(subject: Subject) -> Iterator[Finding]:
    """DG134: a letter to one person that greets another."""
    story = subject.story
    for path, exhibit in _letters(story):
        to = exhibit.fields.get("to", "")
        receivers = _names(story, to, exhibit.fields.get("cc", ""))
        body = exhibit.fields.get("body", "")
        match = GREETING.match(body)
        greeted = match[1] if match else _called(story, body)
        if not greeted or to not in story.cast or greeted in receivers | ANYBODY:
            continue
        somebody = any(greeted in _parts(member) for member in story.cast.values())
        role = story.cast[to].role.casefold()
        same = any(name[0] == greeted[0] for name in receivers)
        if "You" in receivers or greeted.casefold() in role or (same and not somebody):
            continue
        yield finding(
            "DG134",
            subject.mention((*path, "body"), match[0].strip() if match else greeted),
            f"This is to {story.name_of(to)}, and greets “{greeted}”.",
            "Look to whom it is written.",
        )


def _called(story: Story, body: str) -> str:
    """The person of the cast with whose name a letter begins."""
    match = BY_NAME.match(body)
    people = (_parts(member)[:1] for member in story.cast.values())
    return match[1] if match and any(match[1] in part for part in people) else ""


def _names(story: Story, *fields: str) -> set[str]:
    """The parts of the names that stand in fields of people."""
    found: set[str] = set()
    for field in fields:
        for one in re.split(r"[,;&]| and ", field):
            found.update(re.findall(r"[^\W\d_]+", story.name_of(one.strip())))
    return found


def _parts(member: CastMember) -> list[str]:
    return re.findall(r"[^\W\d_]{3,}", member.name)


def _letters(story: Story) -> Iterator[tuple[PathKey, Exhibit]]:
    for scene in story.scenes.values():
        for number, exhibit in enumerate(scene.exhibits):
            if exhibit.kind in LETTERS:
                path: PathKey = ("scenes", scene.id, "exhibits", number, exhibit.kind)
                yield path, exhibit


def signed_by_others(subject: Subject) -> Iterator[Finding]:
    """DG134: a letter from one person that another has signed."""
    story = subject.story
    for path, exhibit in _letters(story):
        sender = exhibit.fields.get("from", "")
        field = "signature" if exhibit.fields.get("signature") else "body"
        signature = _signature(exhibit.fields.get(field, ""), field)
        if not signature or ON_BEHALF.search(signature):
            continue
        own = _names(story, sender)
        signed = set(re.findall(r"[^\W\d_]{2,}", signature))
        if signed & own:
            continue
        other = next(
            (
                member
                for person, member in story.cast.items()
                if person != sender and signed.intersection(_parts(member))
            ),
            None,
        )
        if other is not None and other.name[:3] != "You":
            yield finding(
                "DG134",
                subject.at(*path, "from"),
                f"This is from {story.name_of(sender)}, and signed by {other.name}.",
                "Look who writes it.",
            )


def _signature(text: str, field: str) -> str:
    """The line of a letter in which its writer's name stands; empty where there is none."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if field == "signature":
        return " ".join(lines[:2])
    last = lines[-1] if len(lines) > 1 else ""
    return last if len(last) <= SHORT_LINE and last[-1:].isalpha() else ""


Pictures = list[tuple[PathKey, str, str]]
"""Where each picture with an alt text stands, its file and the alt text."""


def alts_of_others(subject: Subject) -> Iterator[Finding]:
    """DG410: one alt text at two pictures, or two that tell of different things at one."""
    by_alt: dict[str, str] = {}
    by_file: dict[str, list[frozenset[str]]] = {}
    for path, file, alt in _pictures(subject.story):
        words = _telling(alt)
        plain = " ".join(alt.casefold().split())
        if by_alt.setdefault(plain, file) != file:
            yield finding(
                "DG410",
                subject.at(*path, "alt"),
                f"This alt text is that of “{by_alt[plain]}”, and the picture is “{file}”.",
                "Say what this picture shows.",
            )
            continue
        others = by_file.setdefault(file, [])
        if any(_apart(words, other) for other in others):
            yield finding(
                "DG410",
                subject.at(*path, "file"),
                f"“{file}” is shown elsewhere with an alt text that tells of something else.",
                "Look which picture belongs here.",
            )
        others.append(words)


def _pictures(story: Story) -> Pictures:
    found: Pictures = []
    if story.cover is not None:
        found.append((("cover",), story.cover.file, story.cover.alt))
    for scene in story.scenes.values():
        for number, exhibit in enumerate(scene.exhibits):
            file = exhibit.fields.get("file", "")
            if file and exhibit.alt:
                path: PathKey = ("scenes", scene.id, "exhibits", number, exhibit.kind)
                found.append((path, file, exhibit.alt))
    return found


def _telling(text: str) -> frozenset[str]:
    return frozenset(re.findall(rf"[^\W\d_]{{{TELLING},}}", text.casefold()))


def _apart(one: frozenset[str], two: frozenset[str]) -> bool:
    enough = min(len(one), len(two)) >= TELLING
    return enough and len(one & two) < APART * len(one | two)


def details_in_alts(subject: Subject) -> Iterator[Finding]:
    """DG410: an alt text that tells at a glance what a detail hides for a careful look."""
    for scene in subject.story.scenes.values():
        for number, exhibit in enumerate(scene.exhibits):
            alt = " ".join(exhibit.alt.casefold().split())
            known = _telling(exhibit.alt)
            for detail in exhibit.details if alt else ():
                words = _telling(detail.text)
                if not (_sentence_in(detail.text, alt) or _mostly_in(words, known)):
                    continue
                path = ("scenes", scene.id, "exhibits", number, exhibit.kind)
                yield finding(
                    "DG410",
                    subject.at(*path, "alt"),
                    f"This alt text tells what “{detail.look}” is to show.",
                    "Say what a glance shows, and leave the rest to the detail.",
                )
                break


def _sentence_in(text: str, alt: str) -> bool:
    sentences = re.split(r"(?<=[.!?])\s+", text.casefold())
    plain = (" ".join(one.split()).rstrip(".!?") for one in sentences)
    return any(len(one.split()) >= TELLING and one in alt for one in plain)


def _mostly_in(words: frozenset[str], known: frozenset[str]) -> bool:
    return len(words) >= TELLING and len(words & known) >= GIVEN_AWAY * len(words)


RULES = (greeted_others, signed_by_others, alts_of_others, details_in_alts)
