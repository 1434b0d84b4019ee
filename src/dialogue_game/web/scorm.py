"""The page as a SCORM 1.2 package: a zip of the page and its manifest."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from dialogue_game.core.text import safe
from dialogue_game.web.export import Exported

PAGE: Final = "index.html"
_EPOCH: Final = (2023, 1, 1, 0, 0, 0)
"""Every file's date, so that the same course gives the same bytes."""
_MASTERY: Final = 70


def package(made: Exported) -> Iterator[bytes]:
    """The bytes of the package."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in (("imsmanifest.xml", manifest(made)), (PAGE, made.page)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, text)
    yield kept.getvalue()


def manifest(made: Exported) -> str:
    """`imsmanifest.xml`: one organization with one item, the page."""
    title = escape(safe(str(made.data["title"])))
    course = quoteattr(f"course-{re.sub(r'[^A-Za-z0-9_-]', '-', str(made.data['id']))}")
    mastery = made.data.get("scorm", {}).get("mastery")
    score = f"<adlcp:masteryscore>{_MASTERY}</adlcp:masteryscore>" if mastery else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier={course} version="1.0"
 xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd
 http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>{title}</title>
      <item identifier="item" identifierref="page"><title>{title}</title>{score}</item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="{PAGE}">
      <file href="{PAGE}"/>
    </resource>
  </resources>
</manifest>
"""
