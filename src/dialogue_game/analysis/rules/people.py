"""People: names in exhibits that are nearly ids of the cast, and cast that nobody meets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import takewhile
from operator import eq
from typing import Final

from dialogue_game.analysis.findings import Finding, PathKey, Severity, finding
from dialogue_game.analysis.rules.subject import Subject, Text
from dialogue_game.core.story import CastMember, Story

FIELDS: Final = ("from", "to", "cc", "author")
"""The fields of exhibits that may hold an id of the cast."""
ID: Final = re.compile(r"[a-z][a-z0-9_]*")
NEAR: Final = 0.75
WORD: Final = re.compile(r"[^\W\d_]{4,}")
NAME: Final = re.compile(r"[A-Z][^\W\d_]{3,}")
YOU_ARE: Final = re.compile(r"\s*You are ([A-Z][\w-]*)(?=[\s.,;:!])")
YOUR_NAME: Final = re.compile(r"\b[Yy]our name is ([A-Z][\w-]*)")
NAMED_AT_ONCE: Final = re.compile(r"[,.;]| and you\b")
"""What follows a name by which a player is called."""
BELONGING: Final = re.compile(r"(?:[ienc]an|man|yan|ish|ese|i|ch|ek|ss)$")
"""How words end that say of what people or belief somebody is."""
YOU: Final = re.compile(r"\b[Yy]ou(?:r|rs|rself)?\b")
THIRD: Final = r"(?:has|is|was|does|had|[a-z]{2,}(?:s|ed))\b(?!')"
"""What follows a name of which something is told."""
QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]|‘[^’]*’")
SHORTEST: Final = 4
LONG: Final = 5
"""Letters from which a name with another letter in it counts as misspelt."""


def near_names(subject: Subject) -> Iterator[Finding]:
    """DG127: a name in an exhibit that is nearly an id of the cast, and nobody's own name."""
    cast = subject.story.cast
    names = {part for one in cast.values() for part in (one.name, *one.name.split())}
    for path, name in _named(subject.story):
        if name in cast or name in names:
            continue
        if name.lower() not in cast and not ID.fullmatch(name):
            continue
        near = max(cast, key=lambda known: _alike(name.lower(), known), default="")
        if near and _alike(name.lower(), near) >= NEAR:
            yield finding(
                "DG127",
                subject.at(*path),
                f"“{name}” is nobody of the cast; players read it as it stands.",
                f"Did you mean “{near}”?",
            )


def _alike(one: str, two: str) -> float:
    return SequenceMatcher(None, one, two).ratio()


def _named(story: Story) -> Iterator[tuple[PathKey, str]]:
    """Every name in an exhibit, as authored, with its path."""
    for scene in story.scenes.values():
        for number, exhibit in enumerate(scene.exhibits):
            here: PathKey = ("scenes", scene.id, "exhibits", number, exhibit.kind)
            yield from _of_fields(here, exhibit.fields)
            key = "messages" if exhibit.kind == "chat" else "posts"
            for position, item in enumerate(exhibit.items):
                yield from _of_fields((*here, key, position), item)


def _of_fields(
    here: PathKey, fields: Mapping[str, str]
) -> Iterator[tuple[PathKey, str]]:
    for field in FIELDS:
        if fields.get(field):
            yield (*here, field), fields[field]


def unmentioned_people(subject: Subject) -> Iterator[Finding]:
    """DG128: a person of the cast whom no scene looks through, and no text or exhibit names."""
    story = subject.story
    if not story.cast:
        return
    met = {scene.as_ for scene in story.scenes.values()}
    met |= {name for _, name in _named(story)}
    met |= {
        choice.cost.person for _, choice in story.choices() if choice.cost is not None
    }
    texts = "\n".join(text.content for text in subject.texts).casefold()
    for person, member in story.cast.items():
        if person in met or person in ("you", "narrator"):
            continue
        names = {
            member.name.casefold(),
            *_telling_parts(member.name),
            member.handle.casefold(),
        }
        if not any(name and name in texts for name in names):
            yield finding(
                "DG128",
                subject.at("cast", person),
                f"Nobody meets “{member.name}”: no scene, exhibit or text names them.",
                "Let them appear, or take them out of the cast.",
            )


def _telling_parts(name: str) -> set[str]:
    """The words of a name by which a text may call a person: not “the”, not “Mr.”."""
    return {
        part.casefold()
        for part in re.findall(r"\w+", name)
        if len(part) > 2 and part.casefold() not in ("the", "mrs", "and", "a")
    }


def misspelt_people(subject: Subject) -> Iterator[Finding]:
    """DG127: a name in a text that is nearly that of somebody, whom the texts name elsewhere."""
    parts = {
        part
        for member in subject.story.cast.values()
        for part in NAME.findall(member.name)
    }
    if not parts:
        return
    where: dict[str, list[Text]] = {}
    small: set[str] = set()
    for text in subject.texts:
        for word in set(WORD.findall(text.content)):
            if word[0].isupper():
                where.setdefault(word, []).append(text)
            else:
                small.add(word)
    for word, texts in where.items():
        if word in parts or len(texts) > 1 or word.casefold() in small:
            continue
        near = [name for name in parts if name in where and one_slip(word, name)]
        if near:
            yield finding(
                "DG127",
                subject.mention(texts[0].path, word),
                f"“{word}” is named only here, and is nearly “{near[0]}”.",
                f"Did you mean “{near[0]}”?",
            )


def one_slip(word: str, name: str) -> bool:
    """Whether one letter is too many, missing or, in longer names, another, or two are swapped."""
    if len(word) < len(name):
        word, name = name, word
    if len(name) < SHORTEST or word[0] != name[0] or word in (f"{name}s", f"{name}n"):
        return False
    start = sum(1 for _ in takewhile(bool, map(eq, word, name)))
    if len(word) == len(name) + 1:
        return word[start + 1 :] == name[start:]
    if len(word) != len(name):
        return False
    swapped = word[:start] + word[start : start + 2][::-1] + word[start + 2 :]
    return swapped == name or (
        len(name) >= LONG and word[start + 1 :] == name[start + 1 :]
    )


def people_alike(subject: Subject) -> Iterator[Finding]:
    """DG314: two people of the cast with one name, or one handle."""
    first: dict[str, str] = {}
    for person, member in subject.story.cast.items():
        for what, name in (("name", member.name), ("handle", member.handle)):
            before = (
                first.setdefault(f"{what} {name.casefold()}", person)
                if name
                else person
            )
            if before != person:
                yield finding(
                    "DG314",
                    subject.at("cast", person),
                    f"“{person}” has the same {what} as “{before}”.",
                    "Say what is true of this one, or make one of them.",
                )


def other_eyes(subject: Subject) -> Iterator[Finding]:
    """DG133: a scene of one person whose text begins by saying that the player is another."""
    names = {
        part: person
        for person, member in subject.story.cast.items()
        for part in (member.name, member.name.split(" ")[0])
    }
    for text in subject.texts:
        if text.kind != "text":
            continue
        eyes = subject.story.scenes[str(text.path[1])].as_
        member = subject.story.cast.get(eyes)
        match = YOU_ARE.match(text.content)
        if match is None and "our name is " in text.content:
            match = YOUR_NAME.search(QUOTED.sub(" ", text.content))
        if match is None or member is None:
            continue
        person = names.get(match[1])
        if person is None and not _is_nobody(match, member, subject.all_text):
            continue
        if eyes != person:
            yield finding(
                "DG133",
                subject.mention(text.path, match[0].strip()),
                f"“{match[0].strip()}”, and the scene is seen as “{eyes}”.",
                f"Write as: {person}, or tell it as “{eyes}”."
                if person
                else f"Nobody of the cast has this name; “{eyes}” is {member.name}.",
            )


def _is_nobody(match: re.Match[str], member: CastMember, whole: str) -> bool:
    """Whether “You are Anna,” names somebody, and neither the person, nor a people or a work."""
    name = match[1]
    return (
        member.name[:3] != "You"
        and name not in member.name
        and NAMED_AT_ONCE.match(match.string, match.end()) is not None
        and not BELONGING.search(name)
        and re.search(rf"\b{re.escape(name.casefold())}", member.role + whole) is None
    )


def spoken_of(subject: Subject) -> Iterator[Finding]:
    """DG133: a scene of one person whose text speaks of that person beside “you”."""
    story = subject.story
    first = Counter(member.name.split(" ")[0] for member in story.cast.values())
    told: set[str] = set()
    for text in subject.texts:
        if text.kind != "text" or "you" not in text.content.casefold():
            continue
        scene = story.scenes[str(text.path[1])]
        member = story.cast.get(scene.as_ or "")
        name = member.name.split(" ")[0] if member else ""
        if len(name) < SHORTEST or first[name] > 1 or name not in text.content:
            continue
        bare = QUOTED.sub(" ", text.content)
        acts = re.search(rf"(?:^|[.!?]\s+|\bthat ){re.escape(name)} {THIRD}", bare)
        if acts and YOU.search(bare) and scene.id not in told:
            told.add(scene.id)
            noticed = finding(
                "DG133",
                subject.at("scenes", scene.id, "as"),
                f"The scene is seen as “{scene.as_}”, and its text speaks of {name} beside “you”.",
                "Look whose scene it is, and write that person at as:.",
            )
            yield replace(noticed, severity=Severity.NOTE)


def letters_to_oneself(subject: Subject) -> Iterator[Finding]:
    """DG130: an e-mail or memo from somebody to the same person."""
    for scene in subject.story.scenes.values():
        for number, exhibit in enumerate(scene.exhibits):
            sender, receiver = (
                exhibit.fields.get("from", ""),
                exhibit.fields.get("to", ""),
            )
            if sender and sender == receiver:
                yield finding(
                    "DG130",
                    subject.at(
                        "scenes", scene.id, "exhibits", number, exhibit.kind, "to"
                    ),
                    f"This is from {subject.story.name_of(sender)} to the same person.",
                    "Look who writes to whom.",
                )


RULES = (
    near_names,
    misspelt_people,
    people_alike,
    unmentioned_people,
    other_eyes,
    spoken_of,
    letters_to_oneself,
)
