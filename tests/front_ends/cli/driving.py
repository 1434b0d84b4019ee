"""Running our own commands in this process, and what they left to do."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from dialogue_game.cli.main import cli
from dialogue_game.cli.output import run_guarded
from tests.delivery.lrs import KEY, SECRET, Lrs


def run(*arguments: str, answers: str = "", code: int = 0) -> Result:
    done = CliRunner().invoke(cli, arguments, input=answers, standalone_mode=False)
    assert done.exception is None, done.exception
    assert (done.return_value or 0) == code, done.output
    return done


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run_guarded(cli, list(arguments)) == 2
    return capsys.readouterr().err


def configure(monkeypatch: pytest.MonkeyPatch, store: Lrs) -> None:
    monkeypatch.setenv("DIALOGUE_GAME_RECORD_STORE", store.root)
    monkeypatch.setenv("DIALOGUE_GAME_RECORD_STORE_KEY", KEY)
    monkeypatch.setenv("DIALOGUE_GAME_RECORD_STORE_SECRET", SECRET)
