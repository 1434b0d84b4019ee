"""Kind: what strangers name, write and send, on the real program."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from dialogue_game.app.files import write_whole
from dialogue_game.cli.main import cli
from dialogue_game.cli.output import run_guarded
from dialogue_game.content.new_course import write_starter
from tests.program import PROGRAM
from tests.program import run as run_program

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m"


def run(
    *arguments: str, home: Path, answers: str = ""
) -> subprocess.CompletedProcess[str]:
    """What the program does with a data folder of its own."""
    return run_program(*arguments, answers=answers, DIALOGUE_GAME_HOME=str(home))


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="there is no full device here"
)
@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("list", "--json"),
        ("map", "omar"),
        ("history",),
        ("schema",),
        ("--help",),
    ],
    ids=" ".join,
)
def test_output_that_cannot_be_written_is_no_fault_of_ours(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            (*PROGRAM, *arguments),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
            env={**os.environ, "DIALOGUE_GAME_HOME": str(tmp_path)},
        )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("The output could not be written: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "~nouser/x"),
        ("play", "~nouser/x", "--plain"),
        ("map", "~nouser/x"),
        ("new", "~nouser/x"),
        ("export", "course", "--html", "~nouser/x"),
    ],
    ids=" ".join,
)
def test_the_home_of_nobody_is_said_in_a_sentence(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    done = run(*arguments, home=tmp_path)
    assert done.returncode == 2
    assert (
        done.stderr.strip()
        == "There is no home folder for “~nouser/x”. Write the whole path."
    )


def test_a_data_folder_in_the_home_of_nobody_is_said_in_a_sentence() -> None:
    done = run("list", home=Path("~nouser/x"))
    assert done.returncode == 2
    assert (
        done.stderr.strip()
        == "There is no home folder for “~nouser/x”. Write the whole path."
    )


NAMED = (
    ("play", f"omar{ESCAPES}"),
    ("play", "omar", "--pick", f"x{ESCAPES}", "--json"),
    ("play", "how_to_play", "--pick", "1", "--keep"),
    ("compare", f"a{ESCAPES}", "b"),
    ("check", f"/nowhere/{ESCAPES}.yaml"),
    ("stats", f"/nowhere/{ESCAPES}"),
    (f"nothing{ESCAPES}",),
    ("list", f"--nothing{ESCAPES}"),
    ("settings", f"x{ESCAPES}", "1"),
    ("settings",),
    ("doctor",),
    ("journal", "where"),
    ("new", f"x{ESCAPES}"),
    ("session", "kit", f"kit{ESCAPES}"),
    ("history", "--export", "newest", f"run{ESCAPES}.json"),
    ("export", "choices", f"table{ESCAPES}.csv"),
    ("page", "run", "newest", f"page{ESCAPES}.html"),
    ("privacy", "show"),
    ("privacy", "wipe", "--yes"),
)


@pytest.mark.skipif(os.name == "nt", reason="no file has such a name there")
def test_no_escape_code_that_somebody_named_reaches_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIALOGUE_GAME_HOME", str(tmp_path / f"home{ESCAPES}"))
    monkeypatch.setenv("TERM", f"xterm{ESCAPES}")
    monkeypatch.chdir(tmp_path)
    for arguments in NAMED:
        assert run_guarded(cli, arguments) != 3, arguments
        assert not set("\x1b\x9b\x07") & set("".join(capsys.readouterr())), arguments


@pytest.fixture
def a_run(tmp_path: Path) -> tuple[str, Path]:
    """A kept run of the practice story, and its exported file."""
    run("play", "how_to_play", "--json", "--keep", "--pick", "1", home=tmp_path)
    listed = json.loads(run("history", "--json", home=tmp_path).stdout)
    file = tmp_path / "run.json"
    assert (
        run("history", "--export", listed[0]["id"], str(file), home=tmp_path).returncode
        == 0
    )
    return listed[0]["id"], file


def test_an_exported_run_with_escape_codes_is_refused_without_them(
    a_run: tuple[str, Path], tmp_path: Path
) -> None:
    name, file = a_run
    data = json.loads(file.read_text(encoding="utf-8"))
    data["run"]["choices"] = [{"scene": "kitchen", "choice": f"fly{ESCAPES}"}]
    file.write_text(json.dumps(data), encoding="utf-8")
    done = run("compare", name, str(file), home=tmp_path)
    assert done.returncode == 2
    assert "does not fit the story it carries" in done.stderr
    assert not set("\x1b\x9b\x07") & set(done.stderr)


def test_a_pipe_in_place_of_a_run_is_refused_at_once(
    a_run: tuple[str, Path], tmp_path: Path
) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes with names here")
    os.mkfifo(tmp_path / "pipe.json")
    done = run("compare", a_run[0], str(tmp_path / "pipe.json"), home=tmp_path)
    assert (done.returncode, "is not a file" in done.stderr) == (2, True)


def loop(data: dict[str, object], **scene: object) -> None:
    """Make the run's story one scene that leads back to itself, 10,000 times taken."""
    edition = data["edition"]
    assert isinstance(edition, dict)
    first = edition["scenes"][edition["start"]]
    choice = next(iter(first["choices"].values()))
    choice |= {"goto": [{"to": first["id"], "when": ""}], "when": "", "locked": ""}
    choice["effects"] = scene.pop("effects", [])
    first["choices"] = {choice["id"]: choice}
    first |= scene
    edition["scenes"] = {first["id"]: first}
    edition["variables"] = {"word": "a"}
    run_ = data["run"]
    assert isinstance(run_, dict)
    run_["choices"] = [{"scene": first["id"], "choice": choice["id"]}] * 9_000


@pytest.mark.parametrize(
    "scene",
    [
        {"text": [{"text": "x" * 400_000, "when": ""}]},
        {"effects": ["word = word + word"]},
        {"exhibits": [{"id": "n", "kind": "note", "fields": {"body": "y" * 400_000}}]},
    ],
    ids=["a large scene again and again", "a word that doubles", "a large exhibit"],
)
def test_a_small_file_that_grows_without_end_is_refused_soon(
    a_run: tuple[str, Path], tmp_path: Path, scene: dict[str, object]
) -> None:
    name, file = a_run
    data = json.loads(file.read_text(encoding="utf-8"))
    loop(data, **scene)
    file.write_text(json.dumps(data), encoding="utf-8")
    done = run("compare", name, str(file), home=tmp_path)
    assert done.returncode == 2
    assert "Ask for it to be exported again." in done.stderr


def test_a_course_is_played_drawn_and_printed_from_inside_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIALOGUE_GAME_HOME", str(tmp_path / "home"))
    (tmp_path / "course").mkdir()
    monkeypatch.chdir(tmp_path / "course")
    write_starter(Path(), {})
    for asked in (
        "check .",
        "play . --json --pick 1",
        "map .",
        "map . --mine",
        "page story .",
    ):
        assert run_guarded(cli, asked.split()) == 0, asked
        assert "no story" not in capsys.readouterr().err


def test_a_file_is_not_written_over_a_folder(tmp_path: Path) -> None:
    for folder in (tmp_path, Path("/")):
        with pytest.raises(OSError, match="it is a folder"):
            write_whole(folder, ["x"], force=True)
