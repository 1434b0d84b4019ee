"""How each kind of exhibit looks: a table of functions from what it holds to blocks of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from textual.content import Content

from dialogue_game.core.state import ShownExhibit
from dialogue_game.core.text import split_paragraphs
from dialogue_game.tui.text.layout import Block, heading, remark
from dialogue_game.tui.text.styled import (
    ACCENT,
    MUTED,
    STRONG,
    Glyphs,
    joined,
    line,
    muted,
    prose,
)

Fields = Mapping[str, str]
Counts = Mapping[str, str]
Blocks = Iterator[Block]
Renderer = Callable[[ShownExhibit, Glyphs, Counts], Blocks]
"""Renders an exhibit; the counts are what it showed when it was last seen."""

COUNT_FIELDS: Final = ("likes", "comments", "shares")
LABEL_CELLS: Final = 9
CHAT_INDENT: Final = 8
PLAY_BAR_CELLS: Final = 28
EDGE: Final = "$border-blurred"
ITALIC: Final = "italic"
LINKED: Final = "underline"


def email(shown: ShownExhibit, glyphs: Glyphs, before: Counts) -> Blocks:
    """Header lines, body, signature, and the banner under it."""
    fields = shown.fields
    yield from _labelled(
        fields, {"from": "From", "to": "To", "cc": "Copy", "date": "Date"}
    )
    for block in _labelled(fields, {"subject": "Subject"}):
        yield block._replace(text=block.text.stylize(STRONG))
    yield from _body(fields.get("body", ""))
    if fields.get("signature"):
        yield remark("--")
        yield remark(fields["signature"], above=0)
    if fields.get("banner"):
        bar = prose(f"{glyphs.cursor} ")
        banner = prose(fields["banner"], ITALIC)
        yield Block(banner, bar, each=True)


def chat(shown: ShownExhibit, glyphs: Glyphs, before: Counts) -> Blocks:
    """Messages in order, one speaker at the left, the others set in."""
    yield from _title(shown)
    first = shown.items[0] if shown.items else {}
    speaker_at_left = first.get("from", "")
    for message in shown.items:
        at_left = message.get("from", "") == speaker_at_left
        indent = "" if at_left else " " * CHAT_INDENT
        yield Block(_person(message, "from"), prose(indent))
        bar = prose(f"{indent}{glyphs.quote} ", EDGE)
        text = prose(message.get("text", ""))
        yield Block(text, bar, above=0, each=True)


def profile(shown: ShownExhibit, glyphs: Glyphs, before: Counts) -> Blocks:
    """The top of somebody's page: name and handle, what it claims, who can see it."""
    fields = shown.fields
    name = line(fields.get("name", ""), STRONG)
    handle = line(fields.get("handle", ""), MUTED)
    yield Block(joined([name, handle], "  "))
    numbers = [f"{fields[key]} {key}" for key in _filled(fields, "posts", "followers")]
    yield from _dotted(map(line, numbers), f"  {glyphs.dot}  ", above=0)
    yield from _body(fields.get("bio", ""))
    labels = {"affiliation": "Works at", "link": "Link", "privacy": "Seen by"}
    for number, block in enumerate(_labelled(fields, labels)):
        yield block._replace(above=0 if number else 1)


def post(shown: ShownExhibit, glyphs: Glyphs, before: Counts) -> Blocks:
    """A post in a feed: who, to whom, what; its counts say when they have changed."""
    fields = shown.fields
    yield Block(_person(fields))
    if fields.get("audience"):
        audience = line(f"Shared with {fields['audience']}")
        yield Block(audience.stylize(MUTED), above=0)
    yield from _body(fields.get("text", ""))
    tags = line(fields.get("tags", ""))
    yield from _unless_empty(tags.stylize(LINKED))
    if shown.alt:
        picture = muted("Picture: ") + prose(shown.alt)
        yield Block(picture, _edge(glyphs), each=True)
    yield from _unless_empty(_counts(fields, before, glyphs))


def thread(shown: ShownExhibit, glyphs: Glyphs, before: Counts) -> Blocks:
    """A conversation in public: posts one after the other, held together by a line."""
    yield from _title(shown)
    bar = prose(f"{glyphs.quote} ", EDGE)
    for number, item in enumerate(shown.items):
        if number:
            yield Block(prose(" "), bar, above=0)
        bullet = prose(f"{glyphs.bullet} ")
        yield Block(_person(item), bullet, above=0 if number else 1)
        tags = line(item.get("tags", ""), LINKED)
        text = prose(item.get("text", ""))
        text = joined([text, tags], " ")
        yield Block(text, bar, above=0, each=True)
        counts = _counts(item, {}, glyphs).stylize(MUTED)
        if counts:
            yield Block(counts, bar, above=0, each=True)


def photo(shown: ShownExhibit, glyphs: Glyphs, before: Counts) -> Blocks:
    """What a glance shows, in words; then caption and credit."""
    fields = shown.fields
    yield Block(prose(shown.alt), _edge(glyphs), each=True)
    yield from _body(fields.get("caption", ""), ITALIC)
    credit = [line(fields[key]) for key in _filled(fields, "credit", "place", "time")]
    above = 0 if fields.get("caption") else 1
    yield from _dotted(credit, f" {glyphs.dot} ", above)


def video(shown: ShownExhibit, glyphs: Glyphs, before: Counts) -> Blocks:
    """A clip that has been stopped: a still in words, and the bar to play it."""
    fields = shown.fields
    yield Block(_person(fields))
    if fields.get("title"):
        yield heading(fields["title"], above=0)
    yield Block(prose(shown.alt), _edge(glyphs), each=True)
    bar, duration = glyphs.rule * PLAY_BAR_CELLS, fields.get("duration", "")
    yield remark(f"{glyphs.closed} {bar} {duration}", above=0)
    yield from _body(fields.get("caption", ""), ITALIC)


def memo(shown: ShownExhibit, glyphs: Glyphs, before: Counts) -> Blocks:
    """A page from an office: to, from, date, subject; then the text."""
    fields = shown.fields
    yield from _labelled(fields, {"to": "To", "from": "From", "date": "Date"})
    if fields.get("subject"):
        yield heading(fields["subject"])
    yield from _body(fields.get("body", ""))


def headline(shown: ShownExhibit, glyphs: Glyphs, before: Counts) -> Blocks:
    """A cutting: the paper's name, the line, the first sentences."""
    fields = shown.fields
    outlet = fields.get("outlet", "").upper()
    printed = [line(outlet), line(fields.get("date", ""))]
    yield from _dotted(printed, f" {glyphs.dot} ")
    yield heading(fields.get("title", ""))
    yield from _body(fields.get("text", ""))


def web(shown: ShownExhibit, glyphs: Glyphs, before: Counts) -> Blocks:
    """A page in a browser: its address, its title, what it says, its foot."""
    fields = shown.fields
    if fields.get("address"):
        address = line(fields["address"])
        yield Block(address.stylize(LINKED), muted(f"{glyphs.closed} "))
    yield from _title(shown)
    yield from _body(fields.get("body", ""))
    yield from _body(fields.get("footer", ""), MUTED)


def note(shown: ShownExhibit, glyphs: Glyphs, before: Counts) -> Blocks:
    """A few words on a piece of paper, and who wrote them."""
    yield from _title(shown)
    yield from _body(shown.fields.get("body", ""))
    if shown.fields.get("author"):
        yield remark(f"– {shown.fields['author']}")


NOTE: Final = "note"
RENDERERS: Final[Mapping[str, Renderer]] = {
    "email": email,
    "chat": chat,
    "profile": profile,
    "post": post,
    "thread": thread,
    "photo": photo,
    "video": video,
    "memo": memo,
    "headline": headline,
    "web": web,
    NOTE: note,
}
"""By the name that an author writes. A new kind takes its place here."""


def kind_of(kind: str) -> str:
    """The kind as which an exhibit is drawn; one that is not known is a note."""
    return kind if kind in RENDERERS else NOTE


def _title(shown: ShownExhibit) -> Blocks:
    if shown.fields.get("title"):
        yield heading(shown.fields["title"])


def _edge(glyphs: Glyphs) -> Content:
    return prose(f"{glyphs.cursor} ", EDGE)


def _labelled(fields: Fields, labels: Mapping[str, str]) -> Blocks:
    """Header lines, `From  Mira Lind`, of the fields that are there."""
    for name in _filled(fields, *labels):
        label = labels[name].ljust(LABEL_CELLS)
        yield Block(line(fields[name]), muted(label), above=0)


def _filled(fields: Fields, *names: str) -> list[str]:
    """Those of the fields that have something in them."""
    return [name for name in names if fields.get(name)]


def _body(text: str, style: str = "") -> Blocks:
    """Paragraphs of a field, if it is there."""
    for part in split_paragraphs(text):
        yield Block(prose(part, style))


def _person(fields: Fields, name: str = "author") -> Content:
    """Who wrote it, with handle and time."""
    who = line(fields.get(name, ""), STRONG)
    rest = [line(fields[key]) for key in _filled(fields, "handle", "time")]
    return joined([who, *(part.stylize(MUTED) for part in rest)], "  ")


def _counts(fields: Fields, before: Counts, glyphs: Glyphs) -> Content:
    """Likes, comments and shares, and what they were when last seen."""
    counts = [
        _count(name, fields[name], before.get(name, ""))
        for name in _filled(fields, *COUNT_FIELDS)
    ]
    return joined(counts, f" {glyphs.dot} ")


def _count(name: str, now: str, before: str) -> Content:
    one = name.removesuffix("s")
    text = line(f"{now} {one if now == '1' else name}")
    if not before or before == now:
        return text
    return text.stylize(ACCENT).stylize(STRONG) + muted(f" (was {before})")


def _dotted(parts: Iterable[Content], dot: str, above: int = 1) -> Blocks:
    """What there is of several short facts, muted, in one line."""
    yield from _unless_empty(joined(list(parts), dot).stylize(MUTED), above)


def _unless_empty(content: Content, above: int = 1) -> Blocks:
    if content:
        yield Block(content, above=above)
