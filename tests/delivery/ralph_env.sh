#!/usr/bin/env bash
# An environment of its own for Ralph, the record store that the tests talk to: about 90 packages
# that have no business in ours. Prints the folder; RALPH_ENV names another one.
set -euo pipefail
folder="${RALPH_ENV:-${XDG_CACHE_HOME:-$HOME/.cache}/dialogue-game-tests/ralph-5.1.0}"
if [ ! -x "$folder/bin/ralph" ]; then
  uv venv --quiet --clear --python 3.11 "$folder"
  folder="$(cd "$folder" && pwd)"
  # From there, because our own pinned versions are not Ralph's: uv heeds the project it stands in.
  (cd "$folder" && uv pip install --quiet --python bin/python "ralph-malph[full]==5.1.0")
fi
echo "$folder"
