"""What a release is made with holds what it promises: pins, hashes, permissions."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from release.constraints import FILE

from tests.architecture.figures import ROOT
from tests.nightly import NIGHTLY

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROJECT: dict[str, Any] = tomllib.loads(
    (ROOT / "pyproject.toml").read_text(encoding="utf-8")
)


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


def test_the_constraints_file_holds_the_versions_that_are_tested_and_a_hash_for_each() -> (
    None
):
    tested = dict(
        one.split("==") for one in PROJECT["tool"]["uv"]["constraint-dependencies"]
    )
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
    assert [
        one for one in used if not re.match(r"[\w/-]+@[0-9a-f]{40} # v\d", one)
    ] == []
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert not re.search(r"run: .*\$\{\{", text), "what a tag is called is no command"


long = pytest.mark.skipif(
    not NIGHTLY, reason="long; DIALOGUE_GAME_NIGHTLY=1 makes a release"
)


def done(*command: str) -> str:
    """What a command of the release said. Fails where it did."""
    ran = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive and the wheel, built anew."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        ["uv", "build", "--quiet", "--out-dir", str(folder)], cwd=ROOT, check=True
    )
    return folder


@long
def test_nothing_ships_that_does_not_belong_and_nothing_is_missing(files: Path) -> None:
    assert done("release.files", str(files)) == ""


@long
@pytest.mark.parametrize("with_", [(), ("--extra", "report"), ("--locked",)])
def test_the_wheel_plays_a_story_from_an_empty_environment(
    files: Path, with_: tuple[str, ...]
) -> None:
    """The plain install fails where it has grown past 20 packages or 65 MB."""
    assert "a whole story played" in done("release.installed", str(files), *with_)


@long
def test_the_program_in_one_file_is_built_and_plays_a_story(tmp_path: Path) -> None:
    assert "a whole story played" in done("release.program", str(tmp_path))
