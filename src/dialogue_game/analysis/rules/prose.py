"""Prose: markup of another tool, words left from drafting, words doubled, quotes left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress
from operator import eq
from typing import Final

from dialogue_game.analysis.findings import Finding, finding
from dialogue_game.analysis.rules.subject import SlipPatterns, Subject, Text
from dialogue_game.core.story import Story

_TAG: Final = r"(?:b|i|u|em|strong|br|p|div|span|a|h[1-6]|ul|li|img)\b"
MARKUP: Final = (
    ("<", rf"</?{_TAG}[^<>\n]{{0,80}}>"),
    ("**", r"\*\*[^*\n]+\*\*"),
    ("](", r"\[[^\[\]\n]+\]\((?:https?:|mailto:|/)[^()\n]*\)"),
    ("[[", r"\[\[[^\[\]\n]+\]\]"),
    ("<<", r"<<[^<>\n]+>>"),
    ("&", r"&(?:nbsp|amp|lt|gt|quot|#\d+);"),
    ("#", r"(?m:^)#{1,6} \S"),
    (r"\n", r"\\n(?=\\n|[A-Z\s]|(?m:$))"),
)
"""HTML, Markdown, Twine and Yarn, as they stand in a text that shows them as written."""
_WANTED: Final = "name|date|time|place|link|title|number|text|quote|picture"
_BLANKS: Final = (
    r"insert|add|placeholder|your|name|number|title|date|time\]|text|describe|description"
    r"|to ?do|tbd|tbc|fill in|check (?:with|this)|rewrite|reference|citation|source|hier"
    r"|einfügen|ergänzen"
    r"|platzhalter|anzahl|datum|titel|insérer|insérez|ajouter|compléter|nom|nombre|insertar"
    r"|añadir|completar|fecha|número|inserire|nome|inserir"
)
"""What stands first in a bracket that an author means to fill."""
_TAKEN_OUT: Final = (
    r"(?![^\[\]]*(?:remove|withheld|redact|delet|hidden|black|known|entfernt|gelöscht|supprim"
    r"|borrado|eliminad))"
)
"""What a bracket says that stands for something taken out on purpose."""
_ARTICLES: Final = "the |an? |der |die |das |le |la |el "
_FILLED: Final = r"[^\[\]\n]*\b(?:einfügen|ergänzen|here)|x{2,}|n{2,}|_+|\?+"
_GOES: Final = "[Tt]ext|[Dd]escription|[Cc]onsequence|[Tt]itle|[Ll]abel|[Qq]uote"
LEFTOVERS: Final = SlipPatterns(
    *(
        (word, rf"\b{word}\b(?![-\d])")
        for word in ("TODO", "TBD", "TBC", "FIXME", "XXX")
    ),
    ("orem ipsum", r"\b[Ll]orem ipsum\b"),
    (
        "[",
        rf"\[{_TAKEN_OUT}(?i:(?:{_ARTICLES})?(?:{_BLANKS})\b[^\[\]\n]*|{_FILLED})\]",
    ),
    ("???", r"(?<=\w )\?{3,}(?= [a-z]|[.,;:])"),
    ("xxx", r"\bxxx+ (?=[a-z])"),
    ("XX", r"(?<!siglo )(?<!secolo )(?<!século )\bXX (?=[a-z])(?!century|chromosom)"),
    ("TKTK", r"\b(?:TK){2,}\b"),
    ("dolor sit amet", "dolor sit amet"),
    ("asdf", r"\basdf\w*"),
    ("irstname", r"\b[Ff]irstname\b"),
    ("PLACEHOLDER", r"\bPLACEHOLDER\b"),
    ("es here", rf"\b(?:{_GOES}) (?:goes|comes) here\b"),
    (" to come)", r"\((?:name|number|date|title|text|link|quote|more) to come\)"),
    ("ote to self", r"\b[Nn]ote to self:"),
    ("<", rf"(?<![<\w])<(?!{_TAG})[a-z][a-z _]{{1,30}}>"),
    ("<", r"<(?:[A-Z][A-Z _]{2,30}|Name|Date|Title|(?:Insert|Your) [^<>\n]*)>"),
    *(
        (f"({word} ", rf"\({word} {rest}\)")
        for words, rest in (
            (("insert", "Insert"), rf"(?:the |an? )?(?:{_WANTED})s?\b[^()\n,;]*"),
            (("check", "Check"), r"(?:with [^()\n]{1,40}[!?]|this[!?.]?)"),
        )
        for word in words
    ),
)
"""What a draft leaves for later."""
_STOP_AHEAD: Final = r"(?=\s|$)"
STRAYS: Final = SlipPatterns(
    (" .", rf"(?<=\w) \.{_STOP_AHEAD}"),
    (" ,", rf"(?<=\w) ,{_STOP_AHEAD}"),
    ("..", rf"(?<=\w)\.\.{_STOP_AHEAD}"),
    *(
        (stops, rf"(?<=\w){re.escape(stops)}(?=[\s}}|]|$)")
        for stops in (",.", ",,", ",;", ";.", ";,", ";;")
    ),
)
"""A space before a full stop or comma, and two stops."""
KEYS: Final = SlipPatterns(
    *(
        (piece, rf"(?:^|\s){pattern}")
        for piece, pattern in (
            ("goto: ", r"goto: [a-z_]\w*"),
            (
                ": [",
                r"(?:discuss|references|effects|enter|first_enter|due|marks): \[",
            ),
            ("stance: ", r"stance: (?:consult|retreat|bold|wait|act)\b"),
            ("takes: ", r"takes: \d+[dhm]\b"),
            ("defensible: ", r"defensible: true\b"),
            ("group: ", r"group: (?:full|optional)\b"),
            ("marks: -", r"marks: -"),
            (": g", r"- (?:models|upholds|strains|breaches): g\d"),
        )
    )
)
"""What an author writes after a key, and hardly anybody in prose."""
PLACED: Final = SlipPatterns(
    ("ption ", r"\b[Oo]ption (?:[A-D]|[1-4])\b"),
    (" option", r"\b(?:first|second|third|fourth|last)(?: two| three)? options?\b"),
    (" choices", r"\b[Tt]he (?:first|last) (?:two|three) choices\b"),
    ("last choice ", r"\b[Tt]he last choice (?:here|above|below)\b"),
    ("options above", r"\boptions above\b"),
    ("options below", r"\boptions below\b"),
    (
        " of the ",
        r"\b(?:[Nn]one|[Aa]ll|[Bb]oth|[Aa]ny|[Ee]ither|[Nn]either) of the (?:above|below)\b",
    ),
)
"""An option called by its letter, number or rank."""
_SMALL: Final = (
    "the a an of to and for with at by from or was my your we they this but are as"
)
SMALL: Final = frozenset(_SMALL.split())
DOUBLED: Final = re.compile(rf"\b({'|'.join(sorted(SMALL))})\s+\1\b", re.IGNORECASE)
CONDITION: Final = re.compile(r"\{if [^{}:]*|[\[(]if [^{}:\n]*:")
LETTERS: Final = re.compile(r"[^\W\d_]+")
WRAPPED: Final = re.compile(r"^[^\n]{60,}[^\W\d_],?\n(?=[a-z])", re.MULTILINE)
"""A line of some length that ends amid a sentence."""
MISREAD: Final = re.compile(r"[ÂÃâ][\u0080-\u00bf\u0152-\u2122€]{1,3}")
"""What letters and quotes of UTF-8 become where a program takes them for Windows-1252."""
EMPTY_ALTS: Final = re.compile(
    r"(?:an? )?(?:image|photo|photograph|picture|screenshot|alt(?: text)?|img)\.?",
    re.IGNORECASE,
)
FILE_NAME: Final = re.compile(
    r"\S+\.(?:png|jpe?g|gif|svg|webp|bmp|heic|tiff?)\s*", re.IGNORECASE
)
MANY: Final = 5
"""Labels or whys from which one that ends otherwise is a slip."""
OPENING: Final = frozenset('"“”()')
SMILEY: Final = re.compile(r"[:;]['-]?[()]|^[ \t]*\w{1,2}\)", re.MULTILINE)
"""Faces, and letters that number a list: brackets that need no partner."""


def markup(subject: Subject) -> Iterator[Finding]:
    """DG406: markup that is shown as written."""
    slips = SlipPatterns(*MARKUP, *_arrows(subject.story)).within(subject.all_text)
    for text in subject.texts if slips.patterns else ():
        words = text.content
        match = slips.first(words)
        if match and "if " in words:
            match = slips.first(CONDITION.sub("{", words))
        if match:
            yield finding(
                "DG406",
                subject.mention(text.path, match[0].split("\n")[0]),
                f"“{match[0].strip()[:40]}” is shown to players as it stands.",
                "Stories are plain text: take it out, or say it in words.",
            )


def _arrows(story: Story) -> Iterator[tuple[str, str]]:
    """Diverts and variables as other tools write them, of names that this story has."""
    places = "|".join(map(re.escape, (*story.scenes, *story.endings, "END", "DONE")))
    yield "->", rf"->\s*(?:{places})\b"
    names = "|".join(map(re.escape, story.variables))
    asked = "|".join(filter(None, (names, "visited|chose|else|endif|end")))
    yield "{", rf"\{{(?:not )?(?:{asked})\b[^{{}}]*:[^{{}}]*\}}"
    yield "{e", r"\{(?:else|endif|end)\}"
    if names:
        yield "$", rf"\$(?:{names})\b"
        yield "%", rf"%(?:{names})%"
        yield "{{", rf"\{{\{{ ?(?:{names}) ?\}}\}}"
        value = r" ?[\w'\"]"
        yield "=", rf"\b(?:{names}) ?[<>=!+-]={value}"
        yield "<", rf"\b(?:{names}) ?<{value}"
        yield ">", rf"\b(?:{names}) ?>{value}"


def swallowed_keys(subject: Subject) -> Iterator[Finding]:
    """DG406: a key of the file that stands so deep that it belongs to the text above it."""
    slips = KEYS.within(subject.all_text)
    for text in subject.texts if slips.patterns else ():
        match = slips.first(text.content)
        if match:
            yield finding(
                "DG406",
                subject.mention(text.path, match[0].strip().partition("\n")[0]),
                f"“{match[0].strip()}” is shown to players as part of the text above it.",
                "Begin it under the key of that text, as far to the left.",
            )


def wrapped_lines(subject: Subject) -> Iterator[Finding]:
    """DG408: long lines that end amid a sentence, in a text that keeps its line ends."""
    for text in subject.texts:
        match = WRAPPED.search(text.content) if "\n" in text.content else None
        if match:
            yield finding(
                "DG408",
                subject.mention(text.path, match[0].split("\n")[0]),
                "This line ends in the middle of a sentence, and players see it end there.",
                "Write the text below >- and not below |, or end lines where they are to end.",
            )


def misread_letters(subject: Subject) -> Iterator[Finding]:
    """DG408: letters that some program has read in another encoding, and saved so."""
    for text in subject.texts if MISREAD.search(subject.all_text) else ():
        for match in MISREAD.finditer(text.content):
            meant = _meant(match[0])
            if meant:
                yield finding(
                    "DG408",
                    subject.mention(text.path, match[0]),
                    f"“{match[0]}” stands where “{meant}” was meant.",
                    "Write it anew: a program has read the text in another encoding than UTF-8.",
                )
                break


def _meant(letters: str) -> str:
    """The letter that was there before; empty where these letters are meant as they stand."""
    try:
        meant = letters.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""
    return meant if len(meant) == 1 and meant.isprintable() else ""


def leftovers(subject: Subject) -> Iterator[Finding]:
    """DG407: what a draft left for later, in a text that players read."""
    slips = LEFTOVERS.within(subject.all_text)
    for text in subject.texts if slips.patterns else ():
        match = slips.first(text.content)
        if match:
            yield finding(
                "DG407",
                subject.mention(text.path, match[0]),
                f"“{match[0]}” stands in a text that players read.",
                "Write what belongs there, or move the note to todo:.",
            )


def doubled_words(subject: Subject) -> Iterator[Finding]:
    """DG408: a small word or a stop that stands twice in a row, or a space before a stop."""
    strays = STRAYS.within(subject.all_text)
    for text in subject.texts:
        words = subject.casefolded_words(text.content)
        match = None
        if not SMALL.isdisjoint(compress(words, map(eq, words, words[1:]))):
            match = DOUBLED.search(text.content)
        if match:
            yield finding(
                "DG408",
                subject.mention(text.path, match[0].split("\n")[0]),
                f"“{' '.join(match[0].split())}” stands there twice.",
                "Take one of them out.",
            )
        elif strays.patterns:
            yield from _stray(subject, text, strays)


def _stray(subject: Subject, text: Text, strays: SlipPatterns) -> Iterator[Finding]:
    match = strays.first(text.content)
    if match:
        what = (
            "A space stands before a stop" if match[0][0] == " " else "Two stops stand"
        )
        yield finding(
            "DG408",
            subject.mention(text.path, text.content[: match.end()].split()[-1]),
            f"{what} after “{text.content[: match.start()].split()[-1]}”.",
            "Take it out." if match[0][0] == " " else "Take one of them out.",
        )


def open_quotes(subject: Subject) -> Iterator[Finding]:
    """DG409: a quotation mark or bracket that is never closed."""
    texts = subject.texts
    if not any(mark in subject.all_text for mark in OPENING):
        return
    for number, text in enumerate(texts):
        if OPENING.isdisjoint(text.content):
            continue
        after = texts[number + 1].content if number + 1 < len(texts) else ""
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
    for paragraph, following in _pairs(text.content, after):
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
    slips = PLACED.within(subject.all_text)
    for text in subject.texts if slips.patterns else ():
        match = slips.first(text.content) if text.path[0] == "scenes" else None
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
        bare = [text for text in texts if text.content.rstrip()[-1:].isalnum()]
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
        text.path: text.content for text in subject.texts if text.path[-1] == "caption"
    }
    for text in subject.texts:
        words = text.content.strip().casefold()
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
    wrapped_lines,
    misread_letters,
    leftovers,
    doubled_words,
    open_quotes,
    places_of_options,
    open_ends,
    poor_alts,
)
