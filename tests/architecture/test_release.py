"""What a release is made with holds what it promises: pins, hashes, permissions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from release.constraints import FILE

from tests.architecture.figures import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def constrained() -> dict[str, tuple[str, list[str]]]:
    """By package: its version, and the hashes of its files."""
    blocks = re.findall(
        r"^([\w.-]+)==([\w.]+)[^\n]*\n((?: +--hash=\S+[^\n]*\n)*)",
        FILE.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    return {
        name: (version, re.findall(r"sha256:([0-9a-f]{64})", hashes))
        for name, version, hashes in blocks
    }


def test_the_constraints_file_holds_the_versions_that_are_tested_and_a_hash_for_each() -> None:
    tested = dict(one.split("==") for one in PROJECT["tool"]["uv"]["constraint-dependencies"])
    kept = constrained()
    assert {name: version for name, (version, _) in kept.items()} == {
        name: tested.get(name) for name in kept
    }
    assert [name for name, (_, hashes) in kept.items() if not hashes] == []
    asked = PROJECT["project"]["dependencies"]
    assert {re.split(r"[><=]", one)[0] for one in asked} <= set(kept)


def test_the_constraints_file_names_no_host() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"index-url|find-links|trusted-host", text)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)
def test_each_action_is_pinned_by_hash_and_a_job_may_do_what_it_needs_and_no_more(
    workflow: Path,
) -> None:
    text = workflow.read_text(encoding="utf-8")
    used = re.findall(r"uses: (.+)", text)
    assert used
    assert [one for one in used if not re.match(r"[\w/-]+@[0-9a-f]{40} # v\d", one)] == []
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert not re.search(r"run: .*\$\{\{", text), "what a tag is called is no command"
