"""Run benchmarks: `uv run python -m benchmarks [NAME …] [--rounds N] [--markdown] [--table]`."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

if (
    not __package__
):  # run as a script: make the repository importable, and not this folder
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.measure import Result, table

NAMES = (
    "startup",
    "keys",
    "memory",
    "engine",
    "journal",
    "explore",
    "check",
    "session",
    "phones",
    "export",
    "statements",
    "web",
)
BEGIN, END = "<!-- benchmarks: begin -->", "<!-- benchmarks: end -->"
TABLE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def main(arguments: list[str]) -> int:
    """Run what was asked for; 1 where a target was missed."""
    options = parsed(arguments)
    results: list[Result] = []
    for name in options.names or NAMES:
        sys.stderr.write(f"{name} … ")
        sys.stderr.flush()
        began = time.perf_counter()
        module = importlib.import_module(f"benchmarks.{name}")
        found: list[Result] = module.measure(
            *([options.rounds] if options.rounds else [])
        )
        sys.stderr.write(f"{time.perf_counter() - began:.0f} s\n")
        results += found
    if options.json:
        rows = [asdict(result) | {"met": result.met} for result in results]
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
    else:
        sys.stdout.write(
            (table(results) if options.markdown else report(results)) + "\n"
        )
    if options.table:
        put_into(TABLE, table(results))
    return 1 if any(result.met is False for result in results) else 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME")
    parser.add_argument(
        "--rounds", type=int, help="How often to measure each; fewer is quicker."
    )
    parser.add_argument(
        "--markdown", action="store_true", help="The table of docs/performance.md."
    )
    parser.add_argument("--json", action="store_true", help="All figures.")
    parser.add_argument(
        "--table", action="store_true", help="Put the table into docs/performance.md."
    )
    return parser.parse_args(arguments)


def report(results: list[Result]) -> str:
    """The table for a terminal."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in table(results).split("\n")
    ]
    del rows[1]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place in (0, 4, 5) else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def put_into(readme: Path, markdown: str) -> None:
    """Replace what stands between the page's two marks. Raises ValueError without them."""
    text = readme.read_text(encoding="utf-8")
    before, found, rest = text.partition(BEGIN)
    _, found_end, after = rest.partition(END)
    if not (found and found_end):
        raise ValueError(f"{readme} has no place for the table.")
    readme.write_text(f"{before}{BEGIN}\n{markdown}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
