"""Something that `check` noticed: code, severity, place, advice; and the catalogue of codes.

DG0xx reading a file · DG1xx names and structure · DG2xx logic · DG3xx teaching and scoring ·
DG4xx text · DG5xx walks and editions. Each code has a page in `docs/findings/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The story cannot be played, or would mislead its player."""
    WARNING = "warning"
    """It plays, and somebody will stumble; fails only under --strict."""
    NOTE = "note"
    """Worth knowing: a matter of judgement, a figure at the edge. Never fails."""


EXCERPT_LENGTH: Final = 160
EXCERPT_LEAD: Final = 40
"""How many characters of a clipped excerpt stand before the place itself, its “…” included."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: line and column count from 1; 0 is "the file as a whole".

    `excerpt` is the offending line as the author wrote it, made safe to print; a long one is
    clipped around the place and then begins with “…”.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = ""

    @property
    def caret(self) -> int:
        """How many characters of the excerpt stand before the place itself."""
        clipped = (
            self.excerpt.startswith("…") and self.column > EXCERPT_LENGTH - EXCERPT_LEAD
        )
        return EXCERPT_LEAD if clipped else max(self.column - 1, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed, where, and what to do about it."""

    code: str
    severity: Severity
    message: str
    advice: str = ""
    place: Place = Place()

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Sorts by place, then code."""
        return (self.place.file, self.place.line, self.place.column, self.code)


PathKey = tuple[str | int, ...]
"""A path of keys and list positions in an authored file, ("scenes", "doorway", "title")."""

Places = Mapping[PathKey, Place]
"""Where each authored value stands in its file."""


def place_of(places: Places, path: PathKey) -> Place:
    """The place of a path, or of its nearest ancestor that has one."""
    while path:
        if path in places:
            return places[path]
        path = path[:-1]
    return places.get((), Place())


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

UNWRITTEN: Final = frozenset({"DG114", "DG404"})
"""What is still to be written: it plays, and is not published."""

CATALOGUE: Final[Mapping[str, tuple[Severity, str]]] = {
    "DG001": (_E, "the file cannot be read"),
    "DG002": (_E, "the file is not UTF-8 text"),
    "DG003": (_E, "the YAML is broken"),
    "DG004": (_E, "a key stands twice"),
    "DG005": (_E, "anchors, aliases, merge keys or tags are used"),
    "DG006": (_E, "the file is too large or nested too deeply"),
    "DG007": (_E, "a control, escape or direction-changing character"),
    "DG008": (_E, "the format is unknown"),
    "DG010": (_E, "an unknown key"),
    "DG011": (_E, "a required key is missing"),
    "DG012": (_E, "a value of the wrong type"),
    "DG013": (_E, "a value that is not allowed"),
    "DG014": (_E, "an id that is not an id"),
    "DG015": (_E, "a key or item without a value"),
    "DG016": (_E, "a field of format 2 in a file of format 1"),
    "DG017": (_E, "a character that cannot be seen, or looks like another"),
    "DG018": (_E, "a word of the story language as a name"),
    "DG019": (_W, "a text that is cut off at a #"),
    "DG101": (_E, "an unknown scene or ending"),
    "DG102": (_E, "an unknown guideline"),
    "DG103": (_E, "an unknown reference"),
    "DG104": (_E, "an unknown variable"),
    "DG105": (_E, "an unknown choice"),
    "DG106": (_E, "an unknown question"),
    "DG107": (_E, "an unknown person"),
    "DG108": (_E, "an id that is used twice"),
    "DG109": (_E, "an exhibit's file that is not there"),
    "DG110": (_E, "a path outside the course's folder"),
    "DG111": (_E, "a picture without alt text"),
    "DG112": (_E, "an unknown story"),
    "DG113": (_E, "an alias that leads nowhere"),
    "DG114": (_W, "something that is not written yet"),
    "DG115": (_E, "an unknown fragment"),
    "DG116": (_E, "a picture that cannot be shown"),
    "DG117": (_W, "a picture that is too large"),
    "DG118": (_N, "a picture that no story shows"),
    "DG119": (_E, "a file's name in two Unicode forms"),
    "DG120": (_E, "a scene that cannot be reached"),
    "DG121": (_E, "a choice that can never be taken"),
    "DG122": (_E, "an ending that cannot be reached"),
    "DG123": (_E, "a dead end"),
    "DG124": (_E, "a cycle without a way out"),
    "DG125": (_E, "a scene whose options may all be locked"),
    "DG126": (_W, "a screen that may be blank"),
    "DG127": (_W, "a name that is nearly somebody of the cast"),
    "DG128": (_W, "a person whom nobody meets"),
    "DG129": (_N, "an id of the course that comes with the game"),
    "DG130": (_W, "a letter to oneself"),
    "DG131": (_W, "a file of a course that nothing lists"),
    "DG132": (_W, "a fragment that nothing uses"),
    "DG133": (_W, "a scene through other eyes than its text says"),
    "DG134": (_W, "a letter that greets or is signed by somebody else"),
    "DG135": (_W, "two texts that say different things of a person"),
    "DG201": (_E, "a condition or effect that cannot be read"),
    "DG202": (_E, "numbers, flags and words are mixed up"),
    "DG203": (_W, "a condition that never holds"),
    "DG204": (_W, "a condition that always holds"),
    "DG205": (_W, "a variable that nothing reads"),
    "DG206": (_W, "a cycle that changes the score without bound"),
    "DG207": (_W, "a guard without a reason, or a reason without a guard"),
    "DG208": (_N, "reachability that could not be decided within the bound"),
    "DG209": (_W, "a variable that is set where all else adds to it"),
    "DG210": (_W, "time that runs backwards"),
    "DG211": (_W, "an effect that changes nothing"),
    "DG212": (_W, "ways on that all lead to the same place"),
    "DG213": (_W, "a word that is nearly one that is asked for"),
    "DG214": (_W, "a word where a flag is meant"),
    "DG215": (_W, "a choice that leads back into its own scene"),
    "DG216": (_W, "a number shown below zero"),
    "DG217": (_W, "a time that the clock does not show"),
    "DG301": (_E, "a choice without a consequence"),
    "DG302": (_E, "a choice without a mark"),
    "DG303": (_E, "a choice without a reference"),
    "DG304": (_E, "a mark without a why"),
    "DG305": (_W, "a guideline that no decision tests"),
    "DG306": (_W, "a guideline that can only be upheld"),
    "DG307": (_W, "a guideline that can only be breached"),
    "DG310": (_W, "a question that no scene discusses"),
    "DG312": (_W, "a guideline tested too rarely over the course"),
    "DG313": (_W, "a best path that breaches or ends poorly"),
    "DG314": (_N, "a text that stands twice, or nearly"),
    "DG315": (_W, "options that do the same"),
    "DG316": (_N, "a reference that backs none of its choice's marks"),
    "DG317": (_N, "a reference that nothing cites"),
    "DG318": (_E, "reviewed by too few, or by nobody"),
    "DG319": (_W, "a reference that stands twice"),
    "DG320": (_N, "decisions with exactly one option above zero"),
    "DG321": (_N, "options that are nowhere better than another"),
    "DG322": (_N, "best options that cost nobody"),
    "DG323": (_N, "a best option that its place or length gives away"),
    "DG324": (_N, "a stance that always pays, or never"),
    "DG325": (_N, "an ending that contradicts the score"),
    "DG326": (_N, "a last choice that decides the ending alone"),
    "DG327": (_N, "choices that are never remembered"),
    "DG328": (_N, "random plays that earn too much, or endings that hardly come"),
    "DG329": (_W, "a new situation that asks nothing"),
    "DG330": (_W, "a why that names another guideline"),
    "DG331": (_W, "a label that says how it is judged"),
    "DG332": (_W, "a mark that its why contradicts"),
    "DG401": (_W, "text that is too long"),
    "DG402": (_W, "options of very unequal length"),
    "DG403": (_W, "a consequence that is too short or too long"),
    "DG404": (_W, "an author's todo"),
    "DG405": (_W, "a question asked in more than one scene"),
    "DG406": (_W, "markup that is shown as written"),
    "DG407": (_W, "words left from drafting"),
    "DG408": (_W, "a slip of typing"),
    "DG409": (_W, "a quotation mark or bracket left open"),
    "DG410": (_W, "an alt text that tells nothing, or what it should not"),
    "DG411": (_W, "an address that no browser opens"),
    "DG412": (_W, "an option called by its place where options are shuffled"),
    "DG413": (_N, "minutes that the story does not take"),
    "DG414": (_W, "a text left in another language"),
    "DG415": (_W, "a count that is not so"),
    "DG501": (_E, "a walk that no longer ends as written"),
    "DG502": (_E, "a walk whose choice is not there or not available"),
    "DG503": (_W, "an ending without a walk"),
    "DG504": (_W, "a walk that stands twice"),
    "DG505": (_E, "random plays that do not end"),
    "DG506": (_E, "a fact that does not hold"),
}
"""Every code, with its severity and what it is about."""


def finding(code: str, place: Place, message: str, advice: str = "") -> Finding:
    """A finding of the catalogue, with the catalogue's severity."""
    return Finding(code, CATALOGUE[code][0], message, advice, place)
