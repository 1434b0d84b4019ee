"""What every test shares: a home of its own, and hypothesis without clocks."""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
for variable in ("UV_RUN_RECURSION_DEPTH", "UV"):
    os.environ.pop(variable, None)  # hints name the bare command, however tests run

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # In the background nobody's Ctrl-C is heard, and programs that are started would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """Let the collector pass over the tests themselves, which stay to the end anyway."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for settings, cache and journal, so that no test meets another's."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DIALOGUE_GAME_HOME", str(folder))
    for name in list(os.environ):
        if name.startswith("DIALOGUE_GAME_") and name != "DIALOGUE_GAME_HOME":
            monkeypatch.delenv(name)
    return folder
