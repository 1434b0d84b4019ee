"""What texts say of people against the cast: surnames, titles, pronouns, ages, and who pays."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from dialogue_game.analysis.findings import Finding, PathKey, finding
from dialogue_game.analysis.rules.people import QUOTED, one_slip
from dialogue_game.analysis.rules.subject import Subject, Text
from dialogue_game.core.clock import WEEK
from dialogue_game.core.story import CastMember, Story

_SHE: Final = "Mrs Ms Miss Frau Mme Madame Señora Sra Signora Senhora Doña"
_HE: Final = "Mr Herr Monsieur Señor Sr Signor Senhor Don"
SHE: Final = frozenset(_SHE.split())
TITLE_WORDS: Final = (*_SHE.split(), *_HE.split())
TITLE: Final = rf"\b({'|'.join((*_SHE.split(), *_HE.split()))})\.? "
TITLED: Final = re.compile(rf"{TITLE}([A-Z][^\W\d_]+)")
"""A title and the name that follows it."""
WOMEN: Final = "mother|daughter|sister|wife|aunt|grandmother|girl|woman|niece"
MEN: Final = "father|son|brother|husband|uncle|grandfather|boy|man|nephew"
ROLE: Final = re.compile(
    rf"(?:(?:the|a|an|your|\w+['’]s) )?(?:({WOMEN})|({MEN}))\b", re.IGNORECASE
)
KIN: Final = re.compile(
    rf"\b(?:{WOMEN}|{MEN}|child|couple|family|cousin|partner)s?\b",
    re.IGNORECASE,
)
"""Somebody of a person's, who may have the same name."""
_MONTHS: Final = (
    "January February March April May June July August September October "
    "November December"
)
DATES: Final = frozenset((*WEEK, *_MONTHS.split()))
HEADINGS: Final = frozenset(("title", "subject", "caption", "platform", "look"))
"""Fields in which English writes many words with a capital."""
NOUNS_WITH_CAPITALS: Final = re.compile(r"\b(?:der|die|das|und|ist|nicht|ein|eine)\b")
"""German, where what follows a name with a capital is hardly ever a surname."""
SURNAME: Final = r"([A-Z][^\W\d_]{2,})\b(?! [A-Z])"
OTHERS: Final = re.compile(
    r"[A-Z]|\b(?:the|an?|his|her|him|their|them|your|our|my|this|that|one|who|whom|some\w+"
    r"|another|every\w+)\b"
)
"""What may bring somebody else into a sentence, of whom the next one speaks."""
SHORTEST: Final = 3
HANDLE: Final = re.compile(r"(?<![\w.])@([A-Za-z]\w{3,})")

_UP_TO: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_GERMAN: Final = (
    "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn zwanzig"
)
_FRENCH: Final = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf vingt"
)
_SPANISH: Final = (
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte"
)
_NUMBERS: Final = (_UP_TO, _GERMAN, _FRENCH, _SPANISH)
NUMBERS: Final[Mapping[str, int]] = {
    word: number for words in _NUMBERS for number, word in enumerate(words.split(), 1)
}
NUMBER: Final = rf"(\d{{1,2}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
"""A number in digits or in a word, the longest word first."""
_YEARS: Final = r"(?: years? old| Jahre alt| ans| años| anos| anni)"
AGED: Final = re.compile(
    rf"(?:^|[,;(]\s*)(?:aged )?{NUMBER}{_YEARS}?\s*(?=$|[,;)])|\b{NUMBER}-year-old\b"
    rf"|\b{NUMBER}{_YEARS}|\baged {NUMBER}\b",
    re.IGNORECASE,
)
"""An age in a role: “swimmer, thirteen”, “13 years old”, “a 13-year-old”."""


def other_surnames(subject: Subject) -> Iterator[Finding]:
    """DG127: a person of the cast by first name, with a surname that is not theirs."""
    surnames = _surnames(subject.story)
    known = {part for member in subject.story.cast.values() for part in _parts(member)}
    for first, own in surnames.items():
        if f"{first} " not in subject.all_text:
            continue
        follows = re.compile(rf"(?<![\w-]){re.escape(first)} {SURNAME}")
        met: dict[str, Text] = {}
        counts: Counter[str] = Counter()
        for text in subject.texts:
            if f"{first} " not in text.content or text.path[-1] in HEADINGS:
                continue
            for word in follows.findall(text.content):
                if word not in known | DATES and not _plain(
                    word, text, subject.all_text
                ):
                    met.setdefault(word, text)
                    counts[word] += 1
        right = own or {counts.most_common(1)[0][0]} if counts else own
        for word, text in met.items():
            if word not in right:
                yield finding(
                    "DG127",
                    subject.mention(text.path, f"{first} {word}"),
                    f"“{first} {word}” is named here, and “{first} {min(right)}” elsewhere.",
                    "Give one person one name, or say who the other is.",
                )


def _plain(word: str, text: Text, whole: str) -> bool:
    """Whether a word with a capital is a word like others, or a text writes all nouns so."""
    return (
        word.isupper()
        or NOUNS_WITH_CAPITALS.search(text.content) is not None
        or re.search(rf"\b{word.casefold()}\b", whole) is not None
    )


def _parts(member: CastMember) -> list[str]:
    return re.findall(r"[^\W\d_]+", member.name)


def _is_first_name(member: CastMember) -> bool:
    """Whether a name begins with a first name: not with a title, and not with an article."""
    first = member.name.split()[0]
    return (
        len(first) >= SHORTEST
        and first[0].isupper()
        and first not in ("The", "You", "Your")
        and not TITLED.match(member.name)
    )


def _called(member: CastMember) -> str:
    """How texts call a person: by first name, or by a whole name without one."""
    return member.name.split()[0] if _is_first_name(member) else member.name


def _surnames(story: Story) -> Mapping[str, set[str]]:
    """By first name, the surnames that people of the cast have."""
    found: dict[str, set[str]] = defaultdict(set)
    for member in story.cast.values():
        first, *rest = member.name.split()
        if _is_first_name(member):
            found[first].update(part for part in rest if part[0].isupper())
    return found


def other_titles(subject: Subject) -> Iterator[Finding]:
    """DG135: a person of the cast with the title of the other sex."""
    own = {
        match[2]: match[1]
        for member in subject.story.cast.values()
        if (match := TITLED.match(member.name))
    }
    for text in subject.texts if own else ():
        for match in TITLED.finditer(text.content):
            title = own.get(match[2])
            if title is None or (title in SHE) is (match[1] in SHE):
                continue
            if not KIN.search(text.content):
                yield finding(
                    "DG135",
                    subject.mention(text.path, match[0]),
                    f"“{match[0]}” is named here, and the cast has “{title}” {match[2]}.",
                    "Write the title as the cast has it, or say who the other is.",
                )


def other_pronouns(subject: Subject) -> Iterator[Finding]:
    """DG135: a sentence about a person alone, and one after it that says he of a woman, say."""
    women = _women(subject.story)
    if not women and not any(word in subject.all_text for word in TITLE_WORDS):
        return
    names = "|".join(sorted(map(re.escape, women), key=len, reverse=True))
    who = rf"{TITLE}[A-Z][^\W\d_]+" + (rf"|\b({names})\b" if names else "|(?!)()")
    told = re.compile(
        rf"(?:{who})([^.!?]*)(?:[.!?] (He|She|Er)|,? (?:and|but|then) (he|she)) (?=[a-zäöü])"
    )
    roles = _role_words(subject.story)
    for text in subject.texts:
        if not (
            " he " in text.content
            or " she " in text.content
            or " He " in text.content
            or " She " in text.content
            or " Er " in text.content
        ):
            continue
        bare = QUOTED.sub("“”", text.content)
        for match in told.finditer(bare):
            pronoun = match[4] or match[5]
            woman = match[1] in SHE if match[1] else women[match[2]]
            if woman is (pronoun.casefold() == "she") or OTHERS.search(match[3]):
                continue
            if _somebody_else(bare[: match.start()], roles):
                continue
            yield finding(
                "DG135",
                subject.mention(text.path, match[0].strip()),
                f"“{pronoun}” is said of {_said_of(match)}.",
                f"Was “{'she' if woman else 'he'}” meant?",
            )


def _said_of(match: re.Match[str]) -> str:
    end = match.start(3) - match.start()
    return f"“{match[0][:end]}”"


def _somebody_else(before: str, roles: frozenset[str]) -> bool:
    """Whether a text has spoken of a person already, so that a pronoun may mean that one."""
    words = re.findall(r"[^\W\d_]+", before)
    names = any(word[0].isupper() for word in words if f". {word}" not in f". {before}")
    others = roles | {"he", "she", "him", "her", "his", "man", "woman", "boy", "girl"}
    return (
        names
        or not others.isdisjoint(map(str.casefold, words))
        or bool(KIN.search(before))
    )


def _women(story: Story) -> Mapping[str, bool]:
    """Those of whom title or role tells whether they are women, by name and first name."""
    found: dict[str, bool] = {}
    for member in story.cast.values():
        title, role = TITLED.match(member.name), ROLE.match(member.role)
        if title:
            found[title[2]] = title[1] in SHE
        elif role and _is_first_name(member):
            found[_called(member)] = role[1] is not None
    return found


def _role_words(story: Story) -> frozenset[str]:
    return frozenset(
        word.casefold()
        for member in story.cast.values()
        for word in re.findall(r"[^\W\d_]{4,}", member.role)
    )


def other_ages(subject: Subject) -> Iterator[Finding]:
    """DG135: two ages of one person, in the cast and in a text, or in two texts."""
    for member in subject.story.cast.values():
        name = _called(member)
        if len(name) < SHORTEST or name not in subject.all_text:
            continue
        stated = AGED.search(member.role)
        known = _number(stated) if stated else None
        here = re.compile(
            rf"\b{re.escape(name)}(?: [A-Z]\w+)?(?:"
            rf"(?: is|, who is| ist) (?:only |just |erst )?{NUMBER}(?:{_YEARS})?"
            rf"(?=[.,;:!?]|$| and | but | und )| (?:a|tiene|tem|ha) {NUMBER}{_YEARS}"
            rf"|,? \(?(?:aged )?{NUMBER}[,)])|\b(?i:{NUMBER})-year-old {re.escape(name)}\b"
            rf"|\b(?i:{NUMBER}) years old, {re.escape(name)}\b"
        )
        for text in subject.texts:
            match = here.search(text.content) if name in text.content else None
            age = _number(match) if match else None
            if match is None or age is None:
                continue
            if known is None:
                known = age
            elif age != known:
                yield finding(
                    "DG135",
                    subject.mention(text.path, match[0]),
                    f"{member.name} is {age} here, and {known} "
                    f"{'in the cast' if stated else 'in another text'}.",
                    "Look which is right.",
                )


def _number(match: re.Match[str]) -> int | None:
    for word in filter(None, match.groups()):
        return number_of(word)
    return None


def number_of(word: str) -> int | None:
    """A number in digits or in a word, as NUMBER matches it.

    None for a word with another alphabet's i, which a pattern without case takes for an i.
    """
    return int(word) if word.isdigit() else NUMBERS.get(word.casefold())


def other_payers(subject: Subject) -> Iterator[Finding]:
    """DG135: a cost whose text begins with somebody of the cast, and not with who pays it."""
    cast = subject.story.cast
    first = {_called(member): name for name, member in cast.items()}
    for scene, choice in subject.story.choices():
        cost = choice.cost
        payer = cast.get(cost.person) if cost is not None else None
        if cost is None or payer is None:
            continue
        named = next((cast[first[n]] for n in first if _begins(cost.text, n)), None)
        if named is None or named is payer or _speaks_of(payer, cost.text):
            continue
        if re.search(r"\b[Yy]ou", cost.text) and _is_played(subject.story, cost.person):
            continue
        path: PathKey = ("scenes", scene.id, "choices", choice.id, "cost", "person")
        yield finding(
            "DG135",
            subject.at(*path),
            f"{payer.name} pays this, and its text tells of {named.name}.",
            "Look whom it costs something.",
        )


def _begins(text: str, name: str) -> bool:
    return re.match(rf"{re.escape(name)}\b(?!['’])", text) is not None


def _speaks_of(member: CastMember, text: str) -> bool:
    """Whether a text may mean a person: by name, by role, or as somebody of another's."""
    words = {*_parts(member), *re.findall(r"[^\W\d_]{4,}", member.role)}
    spoken = set(map(str.casefold, re.findall(r"[^\W\d_]+", text)))
    aside = {"him", "her", "them", "everybody", "nobody", "all", "team", "both"}
    return not spoken.isdisjoint({*map(str.casefold, words), *aside}) or bool(
        KIN.search(text)
    )


def _is_played(story: Story, person: str) -> bool:
    return any(scene.as_ == person for scene in story.scenes.values())


def other_handles(subject: Subject) -> Iterator[Finding]:
    """DG127: a handle that is nearly one of the cast, or a profile with another than the cast's."""
    people = [member for member in subject.story.cast.values() if member.handle]
    handles = {member.handle.lstrip("@"): member for member in people}
    if not handles:
        return
    for text in subject.texts if "@" in subject.all_text else ():
        for handle in HANDLE.findall(text.content) if "@" in text.content else ():
            near = [known for known in handles if one_slip(handle, known)]
            if near and handle not in handles:
                yield finding(
                    "DG127",
                    subject.mention(text.path, f"@{handle}"),
                    f"“@{handle}” is nobody's handle, and is nearly “@{near[0]}”.",
                    f"Did you mean “@{near[0]}”?",
                )
    for scene in subject.story.scenes.values():
        for number, exhibit in enumerate(scene.exhibits):
            shown = exhibit.fields.get("handle", "").lstrip("@")
            named = exhibit.fields.get("name", "")
            own = {m.handle.lstrip("@") for m in people if m.name == named}
            if exhibit.kind == "profile" and shown and own and shown not in own:
                yield finding(
                    "DG127",
                    subject.at(
                        "scenes", scene.id, "exhibits", number, "profile", "handle"
                    ),
                    f"The cast gives {named} the handle “@{min(own)}”, and not “@{shown}”.",
                    "Look which is right.",
                )


RULES = (
    other_handles,
    other_surnames,
    other_titles,
    other_pronouns,
    other_ages,
    other_payers,
)
