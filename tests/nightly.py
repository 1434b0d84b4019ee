"""Whether the long variants of tests run: `DIALOGUE_GAME_NIGHTLY=1` before the command."""

from __future__ import annotations

import os
from typing import Final

NIGHTLY: Final = bool(os.environ.get("DIALOGUE_GAME_NIGHTLY"))
