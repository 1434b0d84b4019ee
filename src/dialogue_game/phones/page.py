"""The page on a phone: one form, no script needed, nothing from elsewhere."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

STYLE: Final = """\
:root{color-scheme:light dark;--line:#767676;--accent:#0b57a4}
@media(prefers-color-scheme:dark){:root{--line:#8f8f8f;--accent:#8ab8ff}}
body{font:1.125rem/1.5 system-ui,sans-serif;margin:0 auto;padding:1rem;max-width:34rem}
h1{font-size:1.25rem;margin:0 0 .25rem}fieldset{border:0;margin:1rem 0;padding:0}
legend{font-weight:600;padding:0;margin-bottom:.5rem}
label{display:flex;gap:.75rem;align-items:flex-start;border:2px solid var(--line);
border-radius:.5rem;padding:.75rem;margin:.5rem 0;min-height:1.75rem}
label:focus-within,label:has(:checked){border-color:var(--accent)}
input[type=radio]{width:1.4rem;height:1.4rem;margin:.15rem 0 0;flex:none;accent-color:var(--accent)}
button{font:inherit;font-weight:600;width:100%;padding:.9rem;border-radius:.5rem;
border:2px solid var(--accent);background:var(--accent);color:Canvas}
.said{border-inline-start:.35rem solid var(--accent);padding-inline-start:.75rem}
"""
SCRIPT: Final = """\
(function(){var now=document.body.getAttribute("data-state");
function ask(){fetch("state",{cache:"no-store"}).then(function(r){return r.text()})
.then(function(t){if(t!==now){location.replace(location.href)}},function(){});
setTimeout(ask,3000+Math.random()*2000)}
setTimeout(ask,3000)})();
"""


def _hash(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


POLICY: Final = (
    "default-src 'none'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    f"frame-ancestors 'none'; style-src 'sha256-{_hash(STYLE)}'; "
    f"script-src 'sha256-{_hash(SCRIPT)}'"
)


@dataclass(frozen=True, slots=True)
class Words:
    """What the page says, in the course's language."""

    vote: str = "Send my vote"
    voted: str = "Your vote is in. You can change it until the round closes."
    choose: str = "Choose one, then send."
    round: str = "Round {number}"
    nothing: str = "Choose an option first, then send it."
    closed: str = "That round is closed. Look at the screen."
    ended: str = "The session has ended. You can close this page."


@dataclass(frozen=True, slots=True)
class Prompt:
    """What phones are shown now.

    With `options` (letter, id, text) a round is open; without, `text` says what is going on.
    """

    title: str
    text: str
    options: Sequence[tuple[str, str, str]] = ()
    number: int = 0


def page(
    asked: Prompt, state: str, chosen: str, said: str, language: str, direction: str, words: Words
) -> str:
    """The whole page for one phone. `state` changes whenever the page should be read anew."""
    note = f'<p class="said" role="status">{escape(said)}</p>' if said else ""
    body = _form(asked, state, chosen, words) if asked.options else f"<p>{escape(asked.text)}</p>"
    seconds = 30 if asked.options else 6
    return (
        f'<!doctype html><html lang="{escape(language, quote=True)}" dir="{direction}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<noscript><meta http-equiv="refresh" content="{seconds}"></noscript>'
        f"<title>{escape(asked.title)}</title><style>{STYLE}</style></head>"
        f'<body data-state="{escape(state, quote=True)}"><main><h1>{escape(asked.title)}</h1>'
        f"{note}{body}</main><script>{SCRIPT}</script></body></html>"
    )


def _form(asked: Prompt, state: str, chosen: str, words: Words) -> str:
    radios = "".join(
        f'<label><input type="radio" name="option" value="{escape(option, quote=True)}"'
        f"{' checked' if option == chosen else ''} required>"
        f"<span>{escape(letter)}: {escape(text)}</span></label>"
        for letter, option, text in asked.options
    )
    number = words.round.format(number=asked.number)
    return (
        f'<form method="post"><fieldset><legend>{escape(number)}. {escape(words.choose)}</legend>'
        f'{radios}</fieldset><input type="hidden" name="state" value="{escape(state, quote=True)}">'
        f'<button type="submit">{escape(words.vote)}</button></form>'
    )
