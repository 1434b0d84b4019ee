"""Texts: how long they may be, and what is unfinished in them.

Unfinished are notes that an author left, texts that break off or are still in English, and
conditions in brackets that are not braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dialogue_game.analysis.findings import Finding, finding
from dialogue_game.analysis.rules.people import QUOTED
from dialogue_game.analysis.rules.prose import LETTERS, MANY
from dialogue_game.analysis.rules.subject import Subject, Text
from dialogue_game.analysis.story_figures import (
    Figures,
    Gaps,
    option_length_ratio,
    text_words,
)

MOST_BETWEEN: Final = 250
"""Words from one decision to the next, at most (story craft: decide, don't read)."""
CONSEQUENCE: Final = (5, 120)
READ: Final = 150
"""Words that are read in a minute."""
THOUGHT: Final = 0.4
"""Minutes for a decision."""
MUCH: Final = 10
OPTION_RATIO: Final = 2.0
OPTION_SLACK: Final = 12
"""Characters by which short labels may differ whatever their ratio."""


def long_reading(subject: Subject, gaps: Gaps) -> Iterator[Finding]:
    """DG401: too many words before the next decision; told once a scene."""
    program = subject.solution.program
    longest: dict[int, tuple[int, int]] = {}
    for (choice, node), words in gaps.words.items():
        if words > MOST_BETWEEN and words > longest.get(node, (0, 0))[0]:
            longest[node] = (words, choice)
    for node, (words, choice) in longest.items():
        scene = program.graph.names[node]
        start = f"after {program.path(choice)}" if choice >= 0 else "at the start"
        yield finding(
            "DG401",
            subject.at("scenes", scene, "text"),
            f"{words} words stand before the decision in “{scene}” {start} "
            f"({MOST_BETWEEN} at most).",
            "Shorten them, or let the player decide something on the way.",
        )


def unequal_options(subject: Subject) -> Iterator[Finding]:
    """DG402: options of which one is more than twice as long as another."""
    for scene in subject.story.scenes.values():
        sizes = [len(choice.text) for choice in scene.choices.values()]
        if not sizes or max(sizes) - min(sizes) <= OPTION_SLACK:
            continue
        if option_length_ratio(scene) > OPTION_RATIO:
            yield finding(
                "DG402",
                subject.at("scenes", scene.id, "choices"),
                f"The options of “{scene.id}” are {min(sizes)} to {max(sizes)} characters long.",
                "Keep them within a factor of two, so that length tells nothing.",
            )


def consequence_lengths(subject: Subject) -> Iterator[Finding]:
    """DG403: a consequence of fewer than 5 or more than 120 words, in scored stories."""
    if not subject.story.scored:
        return
    low, high = CONSEQUENCE
    for scene, choice in subject.story.choices():
        least, most = text_words(choice.consequence)
        if 0 < most < low or least > high:
            count = least if least > high else most
            yield finding(
                "DG403",
                subject.at("scenes", scene.id, "choices", choice.id, "consequence"),
                f"The consequence of {scene.id}.{choice.id} has {count} "
                f"word{'' if count == 1 else 's'}; {low} to {high} are asked for.",
                "Tell what happens and by which mechanism, no less and no more.",
            )


def announced_minutes(subject: Subject, measured: Figures) -> Iterator[Finding]:
    """DG413: minutes that are many times what a play reads, or a small part of it."""
    least, most = measured.decisions.worst.value, measured.decisions.best.value
    minutes = subject.story.minutes
    if not minutes or least is None or most is None:
        return
    needed = (least + most) / 2 * (measured.gaps.median / READ + THOUGHT)
    if minutes > MUCH * max(needed, 1) or needed > MUCH / 2 * minutes:
        yield finding(
            "DG413",
            subject.at("minutes"),
            f"{minutes} minutes are announced; a play reads and decides for about {needed:.0f}.",
            "Look at the number: players plan by it.",
        )


def todos(subject: Subject) -> Iterator[Finding]:
    """DG404: an author's note to themselves."""
    for scene in subject.story.scenes.values():
        here = ("scenes", scene.id)
        if scene.todo:
            yield finding(
                "DG404", subject.at(*here, "todo"), f"todo: {_line(scene.todo)}"
            )
        for choice in scene.choices.values():
            if choice.todo:
                place = subject.at(*here, "choices", choice.id, "todo")
                yield finding("DG404", place, f"todo: {_line(choice.todo)}")


def _line(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 120 else words[:119] + "…"


PROSE: Final = ("text", "consequence", "why", "ending")
"""Kinds of text that are told in whole sentences."""
SENTENCE_END: Final = re.compile(r"[.!?…。؟।][\"'”’»)]*\s+(?=\S)")
ENDED: Final = frozenset('.!?…”"’»)}')
"""What most texts end with."""
STYLE: Final = 5
"""Of texts of one kind, one in so many may end without a stop; beyond that it is how they end."""
LONG: Final = 8
FEWEST: Final = 3
"""Words of a text, and different small words of English in it, that tell its language."""
_ENGLISH: Final = (
    "the and of to is are was were you your with for that this it they she he her his from "
    "at have has not what which would when under them their before about"
)
ENGLISH: Final = frozenset(_ENGLISH.split())
_OWN: Final = {
    "fr": "le la les des du une et est que qui dans vous il elle sur pour pas ne",
    "es": "el la los las del una y es que en por con para se usted su",
    "de": "der die das und ist ein eine nicht mit sie den dem zu auf es im",
    "pt": "o os das dos uma e é que em por com para não se você sua seu",
    "it": "il la gli della una e è che di per con non si lei sua suo del",
}
OWN: Final = {name: frozenset(words.split()) for name, words in _OWN.items()}
"""Small words of other languages that hardly any English text has."""
_TELLING: Final = {
    "fr": "il le la de du et en que qui je tu nous vous ils elle cette mais avec au aux sont dans "
    "une les des est pas pour",
    "es": "la de en es un se no el los las del una que por para con está pero como más muy "
    "usted sobre ya lo le al son",
    "de": "der das und ist nicht ein eine einen einem mit dem den zu auf du ich wir sie ihr noch "
    "sind für aus bei nach wie aber oder wenn im am vom zum zur sich hat haben wird",
    "pt": "de que em um se na no não uma você que com para por mais está são dos das pelo "
    "pela como mas ele ela seu",
    "it": "di la le un si il gli della una che non con per sono come anche più questo "
    "questa nel nella suo sua",
}
TELLING: Final = {name: frozenset(words.split()) for name, words in _TELLING.items()}
"""Small words by which a sentence is known to be in another language than English."""
ANY_OTHER: Final = frozenset[str]().union(*TELLING.values())
LANGUAGES: Final = {
    "fr": "French",
    "es": "Spanish",
    "de": "German",
    "pt": "Portuguese",
    "it": "Italian",
}
SENTENCE: Final = re.compile(r"[^.!?…]+")
SENTENCE_LONG: Final = 5
SMALL_SHARE: Final = 0.6
"""Words without a capital, of those of a sentence that is one."""
OTHER_SCRIPTS: Final = frozenset(("ar", "ru", "zh"))
LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f]+")
SHORT: Final = 40
"""Letters in a last line that stands by itself, such as a name under a letter."""


def broken_off(subject: Subject) -> Iterator[Finding]:
    """DG408: a text of more than one sentence that ends on a word or a comma."""
    bare: dict[str, list[Text]] = {kind: [] for kind in PROSE}
    count = dict.fromkeys(PROSE, 0)
    for text in subject.texts:
        if text.kind in count:
            count[text.kind] += 1
            if text.content[-1:] not in ENDED:
                bare[text.kind].append(text)
    for kind, texts in bare.items():
        if len(texts) > 1 and len(texts) * 2 > count[kind]:
            continue  # that is how they end here
        if kind == "why" and count[kind] >= MANY and _only_bare(texts):
            continue  # it is told as the only one without a stop
        found = [text for text in texts if _breaks_off(text.content.rstrip())]
        if len(found) == 1 or len(found) * STYLE <= count[kind]:
            yield from (_broken(subject, text) for text in found)


def _only_bare(texts: Sequence[Text]) -> bool:
    return sum(text.content.rstrip()[-1:].isalnum() for text in texts) == 1


def _broken(subject: Subject, text: Text) -> Finding:
    words = text.content.split()
    return finding(
        "DG408",
        subject.mention(text.path, " ".join(words[-2:])),
        f"This text breaks off: it ends on “{' '.join(words[-3:])}”.",
        "Write its end, or a stop.",
    )


def _breaks_off(words: str) -> bool:
    """Whether the last sentence of several has no end; a signature or a sign may have none."""
    if not (words[-1:].isalpha() or words[-1:] == ","):
        return False
    before, _, line = words.rpartition("\n")
    if before and len(line) < SHORT and not before.rstrip(" ")[-1:].isalpha():
        return False
    last = words.rsplit(maxsplit=1)[-1].rstrip(",")
    named = any(mark in last for mark in "./@_{}") or (len(last) > 1 and last.isupper())
    return not named and SENTENCE_END.search(words) is not None


def wrong_brackets(subject: Subject) -> Iterator[Finding]:
    """DG406: a condition or a variable in brackets that are not braces."""
    story = subject.story
    if "[" not in subject.all_text and "(if " not in subject.all_text:
        return
    clock = ("clock",) if story.clock is not None else ()
    names = "|".join(map(re.escape, (*story.variables, *clock)))
    asked = "|".join(
        filter(None, (names and rf"(?:{names})\b", r"visited\(", r"chose\("))
    )
    shown = rf"|\[(?:{names})\]" if names else ""
    slip = re.compile(rf"[\[(]if (?:not )?(?:{asked})[^\[\]{{}}:\n]*:{shown}")
    for text in subject.texts:
        match = (
            slip.search(text.content)
            if "[" in text.content or "(if" in text.content
            else None
        )
        if match:
            inner = match[0].strip("[]():")
            meant = f"{{{inner}: …}}" if match[0][-1] == ":" else f"{{{inner}}}"
            yield finding(
                "DG406",
                subject.mention(text.path, match[0]),
                f"“{match[0][:40]}” is shown to players as it stands.",
                f"Write it in braces: {meant}.",
            )


def left_in_english(subject: Subject, language: str) -> Iterator[Finding]:
    """DG414: a whole text in English, in a course of another language that is known here."""
    known = language.partition("-")[0].casefold()
    own = OWN.get(known)
    if own is None and known not in OTHER_SCRIPTS:
        return
    for text in subject.texts:
        if len(ENGLISH.intersection(subject.casefolded_words(text.content))) < FEWEST:
            continue
        bare = QUOTED.sub(" ", text.content)
        whole = _is_english(bare, own)
        part = "" if whole else _english_sentence(bare, own)
        if whole or part:
            yield finding(
                "DG414",
                subject.mention(
                    text.path, " ".join((part or text.content).split()[:3])
                ),
                f"{'A sentence of this' if part else 'This'} {text.kind} is in English, and the "
                f"course is in “{language}”.",
                "Translate it; an English quotation stands in quotation marks.",
            )


def _is_english(text: str, own: frozenset[str] | None) -> bool:
    """Whether a text has small words of English, and none of the course's language."""
    words = LETTERS.findall(text.casefold())
    own_words = (
        not own.isdisjoint(words)
        if own is not None
        else any(map(str.isalpha, LATIN.sub("", text)))
    )
    return (
        len(words) >= LONG
        and not own_words
        and len(ENGLISH.intersection(words)) >= FEWEST
    )


def _english_sentence(text: str, own: frozenset[str] | None) -> str:
    """The first sentence of a text that is in English."""
    sentences = SENTENCE.findall(text)
    return next((one for one in sentences if _is_english(one, own)), "")


def left_in_another(subject: Subject, language: str) -> Iterator[Finding]:
    """DG414: a sentence in another language, in a course that is in English."""
    if language.partition("-")[0].casefold() != "en":
        return
    for text in subject.texts:
        if ANY_OTHER.isdisjoint(subject.casefolded_words(text.content)):
            continue
        bare = QUOTED.sub(" ", text.content)
        for sentence in SENTENCE.findall(bare):
            name = _other_language(LETTERS.findall(sentence))
            if name:
                yield finding(
                    "DG414",
                    subject.mention(text.path, " ".join(sentence.split()[:3])),
                    f"A sentence of this {text.kind} is in {LANGUAGES[name]}, and the course is "
                    "in English.",
                    "Translate it; a quotation stands in quotation marks.",
                )
                break


def _other_language(words: Sequence[str]) -> str:
    """The language of a sentence that has no small word of English; empty where none is sure.

    A sentence of many capitals is a name: of a street, or of a newspaper.
    """
    small = [word.casefold() for word in words]
    if len(words) < SENTENCE_LONG or not ENGLISH.isdisjoint(small):
        return ""
    if sum(map(str.islower, words)) < SMALL_SHARE * len(words):
        return ""
    known = {
        name: len(telling.intersection(small)) for name, telling in TELLING.items()
    }
    name = max(known, key=known.__getitem__)
    return name if known[name] >= FEWEST else ""


RULES = (unequal_options, consequence_lengths, todos)
DRAFT_RULES = (broken_off, wrong_brackets)
