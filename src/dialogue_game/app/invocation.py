"""How this program was started, so that what we advise to type works as it stands."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

_COMMAND: Final = re.compile(r"(?<![\w./-])dialogue-game(?= [a-z])")


def program() -> str:
    """What to type for this program: with `uv run` or `uvx` before it, or the one file's name."""
    if getattr(sys, "frozen", False):  # the program in one file, made by PyInstaller
        name = Path(sys.argv[0]).name
        return name if Path(sys.argv[0]).parent == Path() else f".{os.sep}{name}"
    if "UV_RUN_RECURSION_DEPTH" in os.environ:  # set by `uv run` for what it starts
        return "uv run dialogue-game"
    if "UV" in os.environ:  # and by `uvx` this alone
        return f"uvx {_source()}dialogue-game"
    return "dialogue-game"


def _source() -> str:
    """What tells `uvx` where the game is, unless it has it from an index."""
    import json
    import shlex
    from importlib.metadata import distribution
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    origin = distribution("dialogue-game").read_text("direct_url.json")
    if not origin:
        return ""
    folder = Path(url2pathname(urlsplit(json.loads(origin)["url"]).path))
    return f"--from {'.' if folder == Path.cwd() else shlex.quote(str(folder))} "


def with_program_name(text: str) -> str:
    """A text in which each command of ours is written as this program was started."""
    return _COMMAND.sub(lambda _: program(), text) if "dialogue-game " in text else text
