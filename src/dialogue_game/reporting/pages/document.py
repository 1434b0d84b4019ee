"""What every page and sheet is made with: one HTML document, one escaper, two looks.

Nothing is fetched, nothing runs, every text is escaped. Built with `html.escape` alone: what we
write knows twelve tags, and a template language would be a dependency that every player installs
for a page that few of them print.
"""

from __future__ import annotations

from html import escape
from typing import Final

from dialogue_game.core.text import safe_on_pages

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


def page(title: str, body: str) -> str:
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


def paragraphs(text: str) -> str:
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
