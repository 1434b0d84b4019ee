"""How pages look on a screen and on paper: one column, dark on white, no colour that matters."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
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
