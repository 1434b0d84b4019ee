"""Findings as text with the offending line, as data, and as annotations for a code host."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dialogue_game.analysis.findings import Finding, Severity
from dialogue_game.core.text import safe

_GITHUB = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def as_text(findings: Sequence[Finding]) -> str:
    """Each finding with its place, the line with a caret, and advice."""
    return "\n".join(_text(finding) for finding in findings)


def _text(finding: Finding) -> str:
    place = finding.place
    where = ":".join(
        str(part) for part in (place.file, place.line, place.column) if part
    )
    lines = [
        f"{safe(where)}: {finding.severity} {finding.code}: {safe(finding.message)}"
    ]
    if place.excerpt:
        excerpt = safe(place.excerpt)
        lines += [f"  | {excerpt}", f"  | {' ' * place.caret}^"]
    if finding.advice:
        lines.append(f"  {safe(finding.advice)}")
    return "\n".join(lines) + "\n"


def as_data(finding: Finding) -> dict[str, Any]:
    """One finding as the machine contract of `check --format json` has it."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": safe(finding.message),
        "advice": safe(finding.advice),
    }


def as_github(findings: Sequence[Finding]) -> str:
    """Each finding as a workflow command."""
    return "".join(
        f"::{_GITHUB[f.severity]} file={_property(f.place.file)},line={f.place.line or 1},"
        f"col={f.place.column or 1},title={f.code}::{_data(f'{f.message} {f.advice}'.strip())}\n"
        for f in findings
    )


def tally(findings: Sequence[Finding]) -> str:
    """How many of each severity, in words."""
    counts = Counter(finding.severity for finding in findings)
    parts = [
        f"{counts[severity]} {severity}{'' if counts[severity] == 1 else 's'}"
        for severity in Severity
        if counts[severity]
    ]
    return ", ".join(parts) if parts else "no findings"


def _data(text: str) -> str:
    return safe(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
