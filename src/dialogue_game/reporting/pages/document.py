"""One HTML document for every page: nothing is fetched, nothing runs, every text is escaped.

Built with `html.escape` alone: what we write knows twelve tags, and a template language would be
a dependency that every player installs for a page that few of them print.
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
