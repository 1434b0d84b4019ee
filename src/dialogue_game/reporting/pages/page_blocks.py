"""Pages to keep: a few kinds of blocks, once as HTML that needs nothing, once as Markdown.

The HTML has headings in order, tables with headers, a language, no scripts, and asks for nothing
from anywhere (its policy forbids it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dialogue_game.core.text import safe
from dialogue_game.reporting.pages.document import READING, document, escaped


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that matter."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: to an https address, or to a heading as `#anchor`."""

    text: str
    to: str


Inline = str | Strong | Link
Text = Inline | tuple[Inline, ...]
"""One piece of a line, or several in order."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, level 2 to 4; the page's title is the only one of level 1."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `kind` is "" or the name of a style: note, flag, quote."""

    text: Text
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: Sequence[Text]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, its header, and rows whose first cell is a header, too."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[Text]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG that carries its own title and description, and words for Markdown."""

    svg: str
    caption: str


Block = Heading | Para | Items | Table | Drawing


@dataclass(frozen=True, slots=True)
class Page:
    """A page: title, blocks, and a line at its foot."""

    title: str
    blocks: Sequence[Block]
    foot: str = ""
    language: str = "en"
    direction: str = "ltr"


def paragraphs(texts: Sequence[str], kind: str = "") -> Iterator[Para]:
    """Each paragraph of these texts, which blank lines part."""
    for text in texts:
        for part in re.split(r"\n\s*\n", text.strip()):
            if part.strip():
                yield Para(part.strip(), kind)


def as_html(page: Page) -> str:
    """The page as one file of HTML 5."""
    body = "\n".join(_html(block) for block in page.blocks)
    foot = f"<footer><p>{escaped(page.foot)}</p></footer>\n" if page.foot else ""
    title = escaped(page.title)
    main = f"<main>\n<h1>{title}</h1>\n{body}\n</main>\n{foot}"
    return document(page.title, main, READING, page.language, page.direction)


def as_markdown(page: Page) -> str:
    """The page as Markdown (CommonMark, with tables as GitHub has them)."""
    blocks = [f"# {_marked(page.title)}", *(_markdown(block) for block in page.blocks)]
    if page.foot:
        blocks += ["---", _marked(page.foot)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _html(block: Block) -> str:
    match block:
        case Heading(level, text, anchor):
            name = f' id="{escaped(anchor)}"' if anchor else ""
            return f"<h{level}{name}>{escaped(text)}</h{level}>"
        case Para(text, kind):
            style = f' class="{escaped(kind)}"' if kind else ""
            return f"<p{style}>{_inline(text)}</p>"
        case Items(items, ordered):
            tag = "ol" if ordered else "ul"
            lines = "".join(f"<li>{_inline(item)}</li>\n" for item in items)
            return f"<{tag}>\n{lines}</{tag}>"
        case Table():
            return _html_table(block)
        case Drawing(svg, caption):
            # A drawing wider than the page is scrolled, and so must be reached by keys, too.
            below = f"<figcaption>{escaped(caption)}</figcaption>"
            return f'<figure tabindex="0">\n{svg}\n{below}\n</figure>'


def _html_table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escaped(cell)}</th>' for cell in table.header)
    lines = []
    for first, *others in table.rows:
        cells = "".join(f"<td>{_inline(cell)}</td>" for cell in others)
        lines.append(f'<tr><th scope="row">{_inline(first)}</th>{cells}</tr>')
    body = "\n".join(lines)
    caption = f"<caption>{escaped(table.caption)}</caption>"
    head = f"<thead><tr>{head}</tr></thead>"
    return f"<table>\n{caption}\n{head}\n<tbody>\n{body}\n</tbody>\n</table>"


def _inline(text: Text) -> str:
    if isinstance(text, tuple):
        return "".join(_inline(piece) for piece in text)
    if isinstance(text, Strong):
        return f"<strong>{_inline(text.text)}</strong>"
    if isinstance(text, Link):
        if not text.to.startswith(("https://", "#")):
            return escaped(text.text)
        return f'<a href="{escaped(text.to)}">{escaped(text.text)}</a>'
    return _LONG.sub(_breakable, escaped(text)).replace("\n", "<br>\n")


_LONG: Final = re.compile(r"\w{32,}")


def _breakable(found: re.Match[str]) -> str:
    """A word as long as a digest, with places where a line may end."""
    word = found[0]
    return "<wbr>".join(word[place : place + 8] for place in range(0, len(word), 8))


def _markdown(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {_marked(text)}"
        case Para(text, kind):
            return (
                f"> {_marked_inline(text)}" if kind == "quote" else _marked_inline(text)
            )
        case Items(items, ordered):
            sign = "{}." if ordered else "-"
            return "\n".join(
                f"{sign.format(n)} {_marked_inline(i)}" for n, i in enumerate(items, 1)
            )
        case Table():
            return _markdown_table(block)
        case Drawing(_, caption):
            return _marked(caption)


def _markdown_table(table: Table) -> str:
    lines = [f"**{_marked(table.caption)}**", ""]
    lines.append(_row([_marked(cell) for cell in table.header]))
    lines.append(_row(["---"] * len(table.header)))
    lines += [_row([_marked_inline(cell) for cell in row]) for row in table.rows]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _marked_inline(text: Text) -> str:
    if isinstance(text, tuple):
        return "".join(_marked_inline(piece) for piece in text)
    if isinstance(text, Strong):
        # A star with a space before it closes nothing.
        words = _marked(text.text)
        return f"**{words.rstrip()}**{' ' if words.endswith(' ') else ''}"
    if isinstance(text, Link):
        if text.to.startswith("https://"):
            return f"[{_marked(text.text)}](<{safe(text.to).replace('>', '%3E')}>)"
        return _marked(text.text)
    return _marked(text)


_SIGNS: Final = re.compile(r"([\\`*_\[\]<>#|~&])")
_LINE_SIGNS: Final = re.compile(r"^(\d*)([-+=.)])")


def _marked(text: str) -> str:
    """Text that means itself in Markdown, on one line."""
    line = re.sub(r"\s+", " ", safe(text))
    return _LINE_SIGNS.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", line))
