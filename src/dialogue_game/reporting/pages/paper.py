"""Pages made for paper: one HTML frame with its own style, nothing fetched, everything escaped."""

from __future__ import annotations

from html import escape
from typing import Final

from dialogue_game.core.text import safe_on_pages

_STYLE: Final = """
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
@media print { body { padding: 0 0.5mm; max-width: none; } }
"""


_HTML: Final = '<html lang="en">'


def in_language(document: str, language: str, direction: str) -> str:
    """A document of `page` that says which language its texts are in, and how they run."""
    return document.replace(_HTML, f'<html lang="{escaped(language)}" dir="{direction}">', 1)


def page(title: str, body: str) -> str:
    """A whole document; `body` is HTML, with every text in it through `told`."""
    return (
        f'<!doctype html>\n{_HTML}\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escaped(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def escaped(text: str) -> str:
    """A text as HTML: nothing in it is markup."""
    return escape(safe_on_pages(text), quote=True)


def listed(items: tuple[str, ...] | list[str], kind: str = "ul") -> str:
    """A list, or nothing where there are no items."""
    if not items:
        return ""
    return f"<{kind}>" + "".join(f"<li>{escaped(item)}</li>" for item in items) + f"</{kind}>"


def paragraphs(text: str) -> str:
    """A text whose blank lines part paragraphs."""
    parts = [part.strip() for part in text.split("\n\n")]
    return "".join(f"<p>{escaped(part)}</p>" for part in parts if part)
