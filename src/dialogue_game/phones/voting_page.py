"""The page on a phone: one form, no script needed, nothing from elsewhere."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Final

# What browsers of eight years ago do not know stands in declarations of its own, which they skip.
STYLE: Final = """\
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--line:#767676;--accent:#0b57a4}
@media(prefers-color-scheme:dark){
:root{--ink:#f2f2f2;--paper:#161616;--line:#8f8f8f;--accent:#8ab8ff}}
body{font:1.125rem/1.5 sans-serif;margin:0 auto;padding:1rem;max-width:34rem;
color:var(--ink);background:var(--paper);overflow-wrap:break-word;word-wrap:break-word}
h1{font-size:1.25rem;margin:0 0 .25rem}fieldset{border:0;margin:1rem 0;padding:0;min-width:0}
legend{font-weight:600;padding:0;margin-bottom:.5rem}
label{display:flex;align-items:flex-start;border:2px solid var(--line);
border-radius:.5rem;padding:.75rem 0;margin:.5rem 0;min-height:1.75rem}
label span{margin:0 .75rem 0 0;min-width:0}[dir=rtl] label span{margin:0 0 0 .75rem}
input[type=radio]{width:1.4rem;height:1.4rem;margin:.15rem .75rem;flex:none}
input[type=radio]{accent-color:var(--accent)}
input:checked+span{font-weight:600}
label:focus-within{border-color:var(--accent)}
label:has(:checked){border-color:var(--accent)}
button{font:inherit;font-weight:600;width:100%;padding:.9rem;border-radius:.5rem;
border:2px solid var(--accent);background:var(--accent);color:var(--paper)}
.said{border:2px solid var(--accent);border-radius:.5rem;padding:.5rem .75rem}
a{color:var(--accent)}[hidden]{display:none}
"""
# It asks rather than listens: a connection held open would hold a thread of the leader's program
# for each phone. A page that nobody looks at asks nothing.
SCRIPT: Final = """\
(function(){var now=document.body.getAttribute("data-state"),missed=0,
lost=document.getElementById("lost");
function fetched(t){missed=0;lost.hidden=true;if(t!==now){location.replace(location.href)}}
function ask(){if(document.hidden){return}
fetch("state",{cache:"no-store"}).then(function(r){
if(!r.ok){throw r}return r.text()}).then(fetched).catch(function(){
missed+=1;lost.hidden=missed<2})}
function again(){ask();setTimeout(again,3000+Math.random()*2000)}
document.addEventListener("visibilitychange",ask);setTimeout(again,3000)})();
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
    late: str = "That round is closed. Below is what is asked now."
    ended: str = "The session has ended. You can close this page."
    unkept: str = (
        "Your vote could not be kept. Tell whoever leads, and vote with a card."
    )
    lost: str = "The leader’s machine does not answer. This page tries again by itself."
    renew: str = "What is asked now?"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What phones are shown now.

    With `options` (letter, id, text) a round is open; without, `text` says what is going on.
    """

    title: str
    text: str
    options: tuple[tuple[str, str, str], ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Voter:
    """Whom a page is for: what the device chose, and its name where it may keep no cookie."""

    chosen: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class PageLanguage:
    """Of the course's texts; the words of the program are English so far."""

    code: str = "en"
    direction: str = "ltr"

    @property
    def ours(self) -> str:
        """What marks the program's own words in a page of this language."""
        return "" if self.code.partition("-")[0] == "en" else ' lang="en" dir="ltr"'


@lru_cache(maxsize=32)  # phones that chose the same read the same page
def page(
    asked: Prompt,
    state: str,
    voter: Voter,
    said: str,
    language: PageLanguage,
    words: Words,
) -> str:
    """The whole page for one phone. `state` changes whenever the page should be read anew."""
    ours = language.ours
    note = f'<p class="said" role="status"{ours}>{escape(said)}</p>' if said else ""
    waiting = f"<p{ours}>{escape(asked.text)}</p>"
    body = _form(asked, state, voter, ours, words) if asked.options else waiting
    seconds = 30 if asked.options else 6
    heard = (
        f"{said} {asked.title}".strip()
    )  # the first thing that a screen reader says of a page
    return (
        f'<!doctype html><html lang="{escape(language.code)}" dir="{language.direction}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<noscript><meta http-equiv="refresh" content="{seconds}"></noscript>'
        f"<title>{escape(heard)}</title><style>{STYLE}</style></head>"
        f'<body data-state="{escape(state)}"><main><h1>{escape(asked.title)}</h1>'
        f'<p class="said" id="lost" role="alert"{ours} hidden>{escape(words.lost)}</p>'
        f'{note}{body}<p{ours}><a href="./">{escape(words.renew)}</a></p>'
        f"</main><script>{SCRIPT}</script></body></html>"
    )


def _form(asked: Prompt, state: str, voter: Voter, ours: str, words: Words) -> str:
    radios = "".join(
        f'<label><input type="radio" name="option" value="{escape(option)}"'
        f"{' checked' if option == voter.chosen else ''} required>"
        f"<span>{escape(letter)}: {escape(text)}</span></label>"
        for letter, option, text in asked.options
    )
    legend = f"{words.round.format(number=asked.number)}. {words.choose}"
    hidden = {"state": state, "device": voter.name}
    return (
        f'<form method="post"><fieldset><legend{ours}>{escape(legend)}</legend>{radios}</fieldset>'
        + "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in hidden.items()
            if value
        )
        + f'<button type="submit"{ours}>{escape(words.vote)}</button></form>'
    )
