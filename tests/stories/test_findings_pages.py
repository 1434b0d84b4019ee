"""Every finding has a page, and every page's example shows its finding and no other error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from dialogue_game.analysis.findings import CATALOGUE, UNWRITTEN, Finding, Severity
from dialogue_game.analysis.state_space import DEFAULT_BOUND
from dialogue_game.app.authoring.checking import check, play_at_random

PAGES = Path(__file__).parents[2] / "docs" / "findings"
OURS = [path for path in sorted(PAGES.glob("DG*.md")) if path.stem >= "DG120"]
ELSEWHERE = {"DG201", "DG202", "DG207"}
"""Findings of the loader, whose pages its own tests run."""


@dataclass(frozen=True)
class Page:
    """One page: its front matter, and its example's files by name."""

    front: dict[str, str]
    files: dict[str, str]
    text: str


def page(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2)
    front = dict(line.split(": ", 1) for line in head.splitlines())
    fences = re.findall(r"```yaml\n(.*?)```", body, flags=re.DOTALL)
    assert len(fences) == 1, path.name
    pieces = re.split(r"^# file: (\S+)\n", fences[0], flags=re.MULTILINE)
    files = dict(zip(pieces[1::2], pieces[2::2], strict=True)) or {
        "example.yaml": fences[0]
    }
    return Page(front, files, body)


def findings(told: Page, folder: Path, *, errors_only: bool = False) -> list[Finding]:
    for name, text in told.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    target = folder if "course.yaml" in told.files else folder / "example.yaml"
    bound = int(told.front.get("bound", DEFAULT_BOUND))
    checked = check([str(target)], bound, errors_only=errors_only)
    if "plays" in told.front:
        play_at_random(checked, int(told.front["plays"]), 1)
    return checked.findings


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_the_example_shows_the_finding_and_no_other_error(
    path: Path, tmp_path: Path
) -> None:
    if path.stem in ELSEWHERE:
        pytest.skip("a finding of the loader")
    told = page(path)
    found = findings(told, tmp_path)
    code = told.front["code"]
    assert code == path.stem
    assert code in {noticed.code for noticed in found}
    also = set(told.front.get("with", "").split())
    assert {n.code for n in found if n.severity is Severity.ERROR} <= {code} | also
    shown = next(noticed for noticed in found if noticed.code == code)
    assert shown.place.file
    assert shown.message


@pytest.mark.parametrize(
    "code",
    [p.stem for p in OURS if CATALOGUE[p.stem][0] == "error" or p.stem in UNWRITTEN],
)
def test_the_quick_check_before_an_export_finds_it_too(
    code: str, tmp_path: Path
) -> None:
    told = page(PAGES / f"{code}.md")
    if code in (*ELSEWHERE, "DG506") or "plays" in told.front:
        pytest.skip(
            "a finding of the loader, of random plays, or of what an author declared"
        )
    found = findings(told, tmp_path, errors_only=True)
    assert code in {noticed.code for noticed in found}


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_a_page_agrees_with_the_catalogue_and_says_how_to_mend(path: Path) -> None:
    told = page(path)
    severity, title = CATALOGUE[path.stem]
    assert told.front["severity"] == severity
    assert told.front["title"] == title
    assert "## Example" in told.text
    assert re.search(r"## Mend\n\n\S", told.text)


def test_every_finding_of_the_analysis_has_a_page() -> None:
    wanted = {code for code in CATALOGUE if code >= "DG120"} - ELSEWHERE
    assert wanted <= {path.stem for path in OURS}
