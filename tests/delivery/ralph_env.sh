#!/usr/bin/env bash
# An environment of its own for Ralph, the record store that the tests talk to: about 90 packages
# that have no business in ours. Prints the folder; RALPH_ENV names another one.
set -euo pipefail
folder="${RALPH_ENV:-${XDG_CACHE_HOME:-$HOME/.cache}/dialogue-game-tests/ralph-5.1.0}"
if [ ! -x "$folder/bin/ralph" ]; then
  uv venv --quiet --clear --python 3.11 "$folder"
  uv pip install --quiet --python "$folder/bin/python" "ralph-malph[full]==5.1.0"
fi
echo "$folder"
