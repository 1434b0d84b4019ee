"""The pages of the loader's findings: there is one for each code, and its example triggers it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dialogue_game.analysis.findings import CATALOGUE
from dialogue_game.content.build_course import build_course, build_story

PAGES = Path(__file__).parents[3] / "docs" / "findings"
CODES = [code for code in CATALOGUE if code < "DG120"] + ["DG201", "DG202", "DG207"]


def page(code: str) -> tuple[dict[str, str], str]:
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    _, front, body = text.split("---\n", 2)
    return dict(line.split(": ", 1) for line in front.strip().splitlines()), body


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_a_page_that_agrees_with_the_catalogue(code: str) -> None:
    front, body = page(code)
    severity, title = CATALOGUE[code]
    assert (front["code"], front["severity"], front["title"]) == (
        code,
        severity.value,
        title,
    )
    assert body.count("## Example\n\n```yaml\n") == 1
    assert "\n## Mend\n\n" in body


@pytest.mark.parametrize(
    "code", [c for c in CODES if page(c)[0].get("runnable") != "false"]
)
def test_the_example_triggers_the_finding_and_nothing_else(
    code: str, tmp_path: Path
) -> None:
    example = re.search(r"```yaml\n(.*?)```", page(code)[1], re.DOTALL)
    assert example is not None
    named = re.match(r"# file: (\S+)\n", example[1])
    path = tmp_path / (named[1] if named else "example.yaml")
    path.write_text(example[1], encoding="utf-8")
    built = build_course(tmp_path) if path.name == "course.yaml" else build_story(path)
    assert {noticed.code for noticed in built.findings} - {"DG011"} == {code} - {
        "DG011"
    }
    assert code in {noticed.code for noticed in built.findings}
