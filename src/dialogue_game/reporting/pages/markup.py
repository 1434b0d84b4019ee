"""What every page is made with: one HTML document, one escaper, two styles, and a page of blocks.

A page of blocks is written as HTML or as Markdown. The HTML has headings in order, tables with
headers, a language, no scripts, and asks for nothing from anywhere (its policy forbids it).

Built with `html.escape` alone: what we write knows twelve tags, and a template language would be
a dependency that every player installs for a page that few of them print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from dialogue_game.core.text import safe, safe_on_pages

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""For the browser: our own style, and no picture, script or address from anywhere."""


def document(
    title: str, body: str, style: str, language: str = "en", direction: str = "ltr"
) -> str:
    """A whole document; `body` is HTML, with every text in it through `escaped`."""
    return (
        f'<!doctype html>\n<html lang="{escaped(language)}" dir="{escaped(direction)}">\n'
        '<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{body}</body>\n</html>\n"
    )


def escaped(text: str) -> str:
    """A text as HTML: nothing in it is markup."""
    return escape(safe_on_pages(text), quote=True)


_ENGLISH: Final = '<html lang="en" dir="ltr">'


def in_language(text: str, language: str, direction: str) -> str:
    """A document of `page` that says which language its texts are in, and how they run."""
    return text.replace(
        _ENGLISH, f'<html lang="{escaped(language)}" dir="{direction}">', 1
    )


def paper_page(title: str, body: str) -> str:
    """A whole document; `body` is HTML, with every text in it through `escaped`."""
    return document(title, f"<main>\n{body}\n</main>\n", PAPER)


def listed(items: tuple[str, ...] | list[str], kind: str = "ul") -> str:
    """A list, or nothing where there are no items."""
    if not items:
        return ""
    return (
        f"<{kind}>"
        + "".join(f"<li>{escaped(item)}</li>" for item in items)
        + f"</{kind}>"
    )


def html_paragraphs(text: str) -> str:
    """A text whose blank lines part paragraphs."""
    parts = [part.strip() for part in text.split("\n\n")]
    return "".join(f"<p>{escaped(part)}</p>" for part in parts if part)


READING: Final = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem; background: #fff; color: #1a1a1a;
  font: 1.05rem/1.6 Georgia, "Times New Roman", serif; overflow-wrap: break-word; }
h1, h2, h3, h4, th, caption, figcaption { font-family: Verdana, "DejaVu Sans", sans-serif;
  line-height: 1.3; text-align: left; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.3rem; margin-top: 2.2rem; }
h3 { font-size: 1.1rem; margin-top: 1.8rem; } h4 { font-size: 1rem; margin-bottom: 0; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { font-weight: bold; padding-bottom: .4rem; }
th, td { border: 1px solid #767676; padding: .35rem .6rem; text-align: left;
  vertical-align: top; }
thead th { background: #eee; } tbody th { font-weight: normal; }
a { color: #00509e; } a:focus { outline: 3px solid #00509e; outline-offset: 2px; }
.quote { border-left: 4px solid #767676; padding-left: 1rem; }
.flag { font: .95rem/1.5 "DejaVu Sans Mono", Consolas, monospace; color: #404040; }
.note { color: #404040; }
figure { margin: 1rem 0; overflow-x: auto; } figcaption { font-size: .95rem; }
footer { border-top: 1px solid #767676; margin-top: 3rem; color: #404040; }
@media (max-width: 34rem) {
  body { padding: .75rem; }
  th, td { padding: .25rem .3rem; overflow-wrap: anywhere; hyphens: auto; font-size: .92rem; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h1, h2, h3, h4 { break-after: avoid; } table, figure, li { break-inside: avoid; }
  svg { max-width: 100%; height: auto; } figure { overflow: visible; }
  a { color: inherit; } a[href^="https"]::after { content: " (" attr(href) ")"; }
}
"""
"""Pages that are read: one column, tables, figures."""

PAPER: Final = """
@page { size: A4; margin: 12mm; }
* { box-sizing: border-box; }
body { font: 11pt/1.4 Georgia, "Noto Serif", serif; color: #000; background: #fff;
       max-width: 182mm; margin: 0 auto; padding: 6mm 0; }
h1 { font-size: 17pt; margin: 0 0 3mm; } h2 { font-size: 13pt; margin: 5mm 0 2mm; }
h3 { font-size: 11pt; margin: 3mm 0 1mm; } p, ul, ol { margin: 0 0 2mm; }
h1, h2, h3 { break-after: avoid; }
ul, ol { padding-left: 6mm; } table { border-collapse: collapse; width: 100%; }
th, td { border: 0.3mm solid #000; padding: 1.5mm 2mm; text-align: left; vertical-align: top; }
.sheet { break-after: page; } .sheet:last-child { break-after: auto; }
.small { font-size: 9.2pt; line-height: 1.25; } .small h1 { font-size: 15pt; margin: 0 0 1mm; }
.small h2 { font-size: 10.5pt; margin: 2.5mm 0 0.5mm; } .small p, .small ul, .small ol
{ margin: 0 0 1.2mm; } .small .keep:first-child h2 { margin-top: 0; }
.letters { list-style: none; } .letters li { text-indent: -5mm; } .quiet { font-weight: normal; }
.line { border-bottom: 0.3mm solid #000; height: 8mm; margin: 0 0 3mm; }
.beside { display: flex; gap: 6mm; align-items: center; margin: 0 0 3mm; } .beside svg
{ flex: none; } .box { display: inline-block; width: 4mm; height: 4mm; border: 0.4mm solid #000;
       margin: 0 1mm 0 4mm; vertical-align: -0.5mm; }
.columns { columns: 2; column-gap: 8mm; } .keep { break-inside: avoid; }
.cards { display: grid; grid-template-columns: 1fr 1fr; }
.card { border: 0.3mm dashed #000; height: 128mm; display: flex; align-items: center;
        justify-content: center; font: bold 210pt/1 Arial, "Noto Sans", sans-serif; }
pre { font: inherit; white-space: pre-wrap; border: 0.3mm solid #000; padding: 4mm; }
svg { display: block; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media screen and (max-width: 700px) {
  body { padding: 4mm; overflow-wrap: anywhere; } .columns { columns: 1; }
  .cards { grid-template-columns: 1fr; } .card { height: auto; font-size: 40vw; }
}
@media print { body { padding: 0 0.5mm; max-width: none; } .onscreen { display: none; } }
"""
"""Sheets and cards that are printed: A4, in millimetres."""


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
