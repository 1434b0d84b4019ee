"""The page as a package, SCORM 1.2 or 2004 or cmi5: a zip of the page and its manifest.

And which stories may have runs that are too long for the few characters that a platform keeps.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from dialogue_game.core.story import Story
from dialogue_game.core.text import safe
from dialogue_game.reporting import xapi_model as xapi
from dialogue_game.web.course_page import CMI5, Exported

PAGE: Final = "index.html"
_FILE_DATE: Final = (2023, 1, 1, 0, 0, 0)
"""Every file's date, so that the same course gives the same bytes."""
_MASTERY: Final = 70
SUSPEND_LIMIT: Final = 4096
"""Characters that SCORM 1.2 keeps for a learner."""
LETTERS: Final = 36
"""A decision is one character, where a scene has no more choices than there are of these."""
HEADER_LENGTH: Final = 60
"""Characters of a story's mark and a run's seed and times, and what stands between them."""


def package(exported: Exported) -> Iterator[bytes]:
    """The bytes of the package."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        cmi5 = exported.data["scorm"]["version"] == CMI5
        listed = (
            ("cmi5.xml", structure(exported))
            if cmi5
            else ("imsmanifest.xml", manifest(exported))
        )
        for name, text in (listed, (PAGE, exported.page)):
            entry = zipfile.ZipInfo(name, _FILE_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, text)
    yield kept.getvalue()


@dataclass(frozen=True, slots=True)
class _Version:
    """What a manifest says differently from one version of SCORM to the other."""

    schema: str
    packaging: str
    adl: str
    kind: str


_VERSIONS: Final = {
    "1.2": _Version(
        "1.2",
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
        "http://www.adlnet.org/xsd/adlcp_rootv1p2",
        "scormtype",
    ),
    "2004": _Version(
        "2004 4th Edition",
        "http://www.imsglobal.org/xsd/imscp_v1p1",
        "http://www.adlnet.org/xsd/adlcp_v1p3",
        "scormType",
    ),
}


def manifest(exported: Exported) -> str:
    """`imsmanifest.xml`: one organization with one item, the page."""
    title = escape(safe(str(exported.data["title"])))
    course = quoteattr(
        f"course-{re.sub(r'[^A-Za-z0-9_-]', '-', str(exported.data['id']))}"
    )
    settings = exported.data.get("scorm", {})
    name = settings.get("version", "1.2")
    version = _VERSIONS[name]
    # In 2004 the page itself says passed or failed; 1.2 asks the manifest for the mark.
    mark = settings.get("mastery") and name == "1.2"
    score = f"<adlcp:masteryscore>{_MASTERY}</adlcp:masteryscore>" if mark else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier={course} version="1.0" xmlns="{version.packaging}" xmlns:adlcp="{version.adl}">
  <metadata><schema>ADL SCORM</schema><schemaversion>{version.schema}</schemaversion></metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>{title}</title>
      <item identifier="item" identifierref="page"><title>{title}</title>{score}</item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:{version.kind}="sco" href="{PAGE}">
      <file href="{PAGE}"/>
    </resource>
  </resources>
</manifest>
"""


def structure(exported: Exported) -> str:
    """`cmi5.xml`: a course with one unit, the page."""
    course = f"{xapi.BASE}/courses/{exported.data['id']}"
    texts = (
        exported.data["title"],
        exported.data.get("summary") or exported.data["title"],
    )
    language = quoteattr(str(exported.data.get("language", "en")))
    title, description = (
        f"<{name}><langstring lang={language}>{escape(safe(str(text)))}</langstring></{name}>"
        for name, text in zip(("title", "description"), texts, strict=True)
    )
    mastery = exported.data["scorm"]["mastery"]
    move_on = "CompletedAndPassed" if mastery else "Completed"
    score = f' masteryScore="{_MASTERY / 100}"' if mastery else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id={quoteattr(course)}>{title}{description}</course>
  <au id={quoteattr(f"{course}/page")} moveOn="{move_on}"{score} launchMethod="AnyWindow">
    {title}{description}<url>{PAGE}</url>
  </au>
</courseStructure>
"""


def too_long(stories: Iterable[Story]) -> tuple[str, ...]:
    """Sentences on the stories whose longest path does not fit, or that can go round and round."""
    found = []
    for story in stories:
        most = most_decisions(story)
        widest = max((len(scene.choices) for scene in story.scenes.values()), default=0)
        letters = 1 if widest <= LETTERS else 2 + math.ceil(math.log(widest, LETTERS))
        needed = HEADER_LENGTH + len(story.id) + letters * (most or 0)
        if most is None:
            why = "it can go round and round"
        elif needed > SUSPEND_LIMIT:
            why = f"the longest takes {most:,} decisions, {needed:,} characters"
        else:
            continue
        found.append(
            f"A run of “{story.title}” may not fit into what a platform keeps "
            f"({SUSPEND_LIMIT:,} characters): {why}. Such a run goes on unsaved there."
        )
    return tuple(found)


def most_decisions(story: Story) -> int | None:
    """Decisions on the longest path; None where a path has no bound, or none could be proved.

    Conditions count only where scenes lead back to each other: there every state is looked at.
    """
    from dialogue_game.analysis.graph import cycles, decisions_range

    if not any(
        story.scenes[name].choices for circle in cycles(story) for name in circle
    ):
        return decisions_range(story)[1]
    return _through_states(story)


def _through_states(story: Story) -> int | None:
    from dialogue_game.analysis.graph import components, cyclic
    from dialogue_game.analysis.state_space import compile_program, explore

    tables = compile_program(story)
    found = explore(tables)
    if not found.complete:
        return None
    most = [0] * len(found.node)
    for component in components(found.successors):
        if cyclic(component, found.successors):
            return None
        state = component[0]
        name = tables.graph.names[found.node[state]]
        decides = name in story.scenes and bool(story.scenes[name].choices)
        most[state] = decides + max(
            (most[lead] for lead in found.successors[state]), default=0
        )
    return most[0]
