"""Prose: markup of another tool, words left from drafting, words doubled, quotes left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from dialogue_game.analysis.findings import Finding, finding
from dialogue_game.analysis.rules.subject import Subject, Text
from dialogue_game.core.story import Story
from dialogue_game.core.template import Inline, template

MARKUP: Final = re.compile(
    r"</?(?:b|i|u|em|strong|br|p|div|span|a|h[1-6]|ul|li|img)\b[^<>\n]{0,80}>"
    r"|\*\*[^*\n]+\*\*|\[[^\[\]\n]+\]\((?:https?:|mailto:|/)[^()\n]*\)|\[\[[^\[\]\n]+\]\]"
    r"|<<[^<>\n]+>>|&(?:nbsp|amp|lt|gt|quot|#\d+);|^#{1,6} \S|\\n(?=\\n|[A-Z\s]|$)",
    re.MULTILINE,
)
"""HTML, Markdown, Twine and Yarn, as they stand in a text that shows them as written."""
LEFTOVER: Final = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX)\b(?![-\d])|\b[Ll]orem ipsum\b"
    r"|\[(?:[Ii]nsert|INSERT|[Aa]dd|[Nn]ame|[Pp]laceholder|PLACEHOLDER)\b[^\[\]\n]*\]"
    r"|(?<![<\w])<(?!(?:b|i|u|em|strong|br|p|div|span|a|h[1-6]|ul|li|img)\b)[a-z][a-z _]{1,30}>",
)
"""What a draft leaves for later."""
_SMALL: Final = (
    "the a an of to and for with at by from or was my your we they this but are as"
)
SMALL: Final = frozenset(_SMALL.split())
DOUBLED: Final = re.compile(rf"\b({'|'.join(sorted(SMALL))})\s+\1\b", re.IGNORECASE)
STRAY: Final = re.compile(
    r"(?<=\w) [.,](?=\s|$)|(?<=\w)\.\.(?=\s|$)|(?<=\w)[,;][.,;](?=[\s}|]|$)"
)
STRAYS: Final = (" .", " ,", "..", ",.", ",,", ",;", ";.", ";,", ";;")
CONDITION: Final = re.compile(r"\{if [^{}:]*")
GLUED: Final = re.compile(r"[a-z][.!?,;][A-Za-z]")
KEYS: Final = (
    "goto: ",
    ": [",
    "stance: ",
    "takes: ",
    "defensible: ",
    "marks: -",
    "group: ",
    ": g",
)
KEY: Final = re.compile(
    r"(?:^|\s)(?:goto: [a-z_]\w*|(?:discuss|references|effects|enter|first_enter|due|marks): \["
    r"|stance: (?:consult|retreat|bold|wait|act)\b|takes: \d+[dhm]\b|defensible: true\b"
    r"|group: (?:full|optional)\b|marks: -|- (?:models|upholds|strains|breaches): g\d)"
)
"""What an author writes after a key, and hardly anybody in prose."""
"""A space before a full stop or comma, and two stops."""
EMPTY_ALTS: Final = re.compile(
    r"(?:an? )?(?:image|photo|photograph|picture|screenshot|alt(?: text)?|img)\.?",
    re.IGNORECASE,
)
FILE_NAME: Final = re.compile(
    r"\S+\.(?:png|jpe?g|gif|svg|webp|bmp|heic|tiff?)\s*", re.IGNORECASE
)
MARKS: Final = frozenset("<*[&#$>%{\\=")
PLACED: Final = re.compile(
    r"\b[Oo]ption (?:[A-D]|[1-4])\b|\b(?:first|second|third|fourth|last) option\b"
)
MANY: Final = 5
"""Labels or whys from which one that ends otherwise is a slip."""
LEFT: Final = ("TODO", "TBD", "TBC", "FIXME", "XXX", "orem ipsum", "[", "<")
"""One of these stands in whatever LEFTOVER finds; most stories have none."""
OPENING: Final = frozenset('"“”()')
SMILEY: Final = re.compile(r"[:;]['-]?[()]|^[ \t]*\w{1,2}\)", re.MULTILINE)
"""Faces, and letters that number a list: brackets that need no partner."""


def markup(subject: Subject) -> Iterator[Finding]:
    """DG406: markup that is shown as written."""
    if not any(mark in subject.whole for mark in MARKS):
        return
    arrows = _arrows(subject.story)
    for text in subject.texts:
        if MARKS.isdisjoint(text.words):
            continue
        words = CONDITION.sub("{", text.words)
        match = MARKUP.search(words) or (arrows and arrows.search(words))
        if match:
            yield finding(
                "DG406",
                subject.mention(text.path, match[0].split("\n")[0]),
                f"“{match[0].strip()[:40]}” is shown to players as it stands.",
                "Stories are plain text: take it out, or say it in words.",
            )


def _arrows(story: Story) -> re.Pattern[str] | None:
    """Diverts and variables as other tools write them, of names that this story has."""
    places = "|".join(map(re.escape, (*story.scenes, *story.endings, "END", "DONE")))
    names = "|".join(map(re.escape, story.variables))
    compared = rf"|\b(?:{names}) ?(?:[<>=!+-]=|[<>]) ?[\w'\"]" if names else ""
    shown = (
        rf"|\$(?:{names})\b|%(?:{names})%|\{{\{{ ?(?:{names}) ?\}}\}}" if names else ""
    )
    asked = "|".join(filter(None, (names, "visited|chose|else|endif|end")))
    shown += rf"|\{{(?:not )?(?:{asked})\b[^{{}}]*:[^{{}}]*\}}|\{{(?:else|endif|end)\}}"
    return re.compile(rf"->\s*(?:{places})\b{shown}{compared}")


def swallowed_keys(subject: Subject) -> Iterator[Finding]:
    """DG406: a key of the file that stands so deep that it belongs to the text above it."""
    for text in subject.texts if any(piece in subject.whole for piece in KEYS) else ():
        match = KEY.search(text.words)
        if match:
            yield finding(
                "DG406",
                subject.mention(text.path, match[0].strip().partition("\n")[0]),
                f"“{match[0].strip()}” is shown to players as part of the text above it.",
                "Begin it under the key of that text, as far to the left.",
            )


def glued_sentences(subject: Subject) -> Iterator[Finding]:
    """DG408: two sentences without a space, where a condition stands between them."""
    for text in subject.texts:
        pieces = template(text.words).pieces if "{if" in text.words else ()
        for before, piece in pairwise(pieces):
            if not isinstance(piece, Inline) or not isinstance(before, str):
                continue
            if GLUED.search(before[-2:] + str((*piece.then, "")[0])[:2]):
                yield finding(
                    "DG408",
                    subject.mention(text.path, "{if " + piece.condition),
                    f"No space parts what “{piece.condition}” shows from the sentence before it.",
                    "Write two spaces after its colon: one belongs to the form.",
                )


def leftovers(subject: Subject) -> Iterator[Finding]:
    """DG407: what a draft left for later, in a text that players read."""
    if not any(piece in subject.whole for piece in LEFT):
        return
    for text in subject.texts:
        for match in LEFTOVER.finditer(text.words):
            yield finding(
                "DG407",
                subject.mention(text.path, match[0]),
                f"“{match[0]}” stands in a text that players read.",
                "Write what belongs there, or move the note to todo:.",
            )
            break


def doubled_words(subject: Subject) -> Iterator[Finding]:
    """DG408: a small word or a stop that stands twice in a row, or a space before a stop."""
    words = subject.whole.lower().split()
    twice = {word for word, after in pairwise(words) if word == after} & SMALL
    stray = any(piece in subject.whole for piece in STRAYS)
    for text in subject.texts if twice or stray else ():
        match = DOUBLED.search(text.words) if twice else None
        if stray and not match:
            yield from _stray(subject, text)
        if match:
            yield finding(
                "DG408",
                subject.mention(text.path, match[0].split("\n")[0]),
                f"“{' '.join(match[0].split())}” stands there twice.",
                "Take one of them out.",
            )


def _stray(subject: Subject, text: Text) -> Iterator[Finding]:
    match = STRAY.search(text.words)
    if match:
        what = (
            "A space stands before a stop" if match[0][0] == " " else "Two stops stand"
        )
        yield finding(
            "DG408",
            subject.mention(text.path, text.words[: match.end()].split()[-1]),
            f"{what} after “{text.words[: match.start()].split()[-1]}”.",
            "Take it out." if match[0][0] == " " else "Take one of them out.",
        )


def open_quotes(subject: Subject) -> Iterator[Finding]:
    """DG409: a quotation mark or bracket that is never closed."""
    texts = subject.texts
    if not any(mark in subject.whole for mark in OPENING):
        return
    for number, text in enumerate(texts):
        if OPENING.isdisjoint(text.words):
            continue
        after = texts[number + 1].words if number + 1 < len(texts) else ""
        what = _unclosed(text, after)
        if what:
            yield finding(
                "DG409",
                subject.at(*text.path),
                f"{what} is opened here and never closed, or closed and never opened.",
                "Close it.",
            )


def _unclosed(text: Text, after: str) -> str:
    """What is left open; speech that goes on in the next paragraph opens there anew."""
    for paragraph, following in _pairs(text.words, after):
        if paragraph.count('"') % 2 and not following.lstrip().startswith('"'):
            return "A quotation mark"
        if "„" not in paragraph and paragraph.count("“") != paragraph.count("”"):
            goes_on = following.lstrip().startswith("“")
            if not (goes_on and paragraph.count("“") == paragraph.count("”") + 1):
                return "A quotation mark"
        bare = SMILEY.sub(" ", paragraph)
        if bare.count("(") != bare.count(")"):
            return "A bracket"
    return ""


def _pairs(words: str, after: str) -> Iterator[tuple[str, str]]:
    parts = [part for part in words.split("\n\n") if part.strip()]
    yield from zip(parts, [*parts[1:], after], strict=False)


def places_of_options(subject: Subject) -> Iterator[Finding]:
    """DG412: an option called by its letter, number or rank where each run shuffles them."""
    story = subject.story
    for text in subject.texts if "ption" in subject.whole else ():
        match = PLACED.search(text.words) if text.path[0] == "scenes" else None
        if match is None:
            continue
        if story.scenes[str(text.path[1])].shuffled:
            yield finding(
                "DG412",
                subject.mention(text.path, match[0]),
                f"“{match[0]}” stands at another place in each run: the options are shuffled.",
                "Say in words which option is meant, or write order: author at the scene.",
            )


def open_ends(subject: Subject) -> Iterator[Finding]:
    """DG408: the one label or why that ends without a stop, where all others have one."""
    for kind in ("label", "why"):
        texts = [text for text in subject.texts if text.kind == kind]
        bare = [text for text in texts if text.words.rstrip()[-1:].isalnum()]
        if len(texts) >= MANY and len(bare) == 1:
            yield finding(
                "DG408",
                subject.at(*bare[0].path),
                f"This {kind} ends without a stop, and all {len(texts) - 1} others have one.",
                "End it as the others end.",
            )


def poor_alts(subject: Subject) -> Iterator[Finding]:
    """DG410: an alt text that is only a file's name, a word for picture, or the caption again."""
    captions = {
        text.path: text.words for text in subject.texts if text.path[-1] == "caption"
    }
    for text in subject.texts:
        words = text.words.strip().casefold()
        if text.kind != "alt":
            continue
        if FILE_NAME.fullmatch(words):
            why = "is the name of a file"
        elif EMPTY_ALTS.fullmatch(words):
            why = "says only that there is a picture"
        elif words == captions.get((*text.path[:-1], "caption"), "").strip().casefold():
            why = "is the caption again, so that it is heard twice"
        else:
            continue
        yield finding(
            "DG410",
            subject.at(*text.path),
            f"This alt text {why}.",
            "Say what a glance at the picture shows.",
        )


RULES = (
    markup,
    swallowed_keys,
    glued_sentences,
    leftovers,
    doubled_words,
    open_quotes,
    places_of_options,
    open_ends,
    poor_alts,
)
