"""Options that several commands have, in the same words."""

from __future__ import annotations

import click

plain = click.option("--plain", is_flag=True, help="Lines of text instead of a screen.")
screen = click.option(
    "--screen", is_flag=True, help="The full screen, also where it is not the setting."
)
ascii_only = click.option(
    "--ascii", "ascii_", is_flag=True, help="Only ASCII characters."
)
json_object = click.option("--json", "as_json", is_flag=True, help="A JSON object.")
force = click.option("--force", is_flag=True, help="Write over a file.")
