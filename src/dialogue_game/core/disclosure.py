"""How few people are too few to say anything of them."""

from __future__ import annotations

from typing import Final

FEWEST: Final = 5
"""With fewer people than this no count of theirs is shown, kept or sent."""
