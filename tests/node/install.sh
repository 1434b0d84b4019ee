#!/usr/bin/env bash
# Installs what package.json names into a cache outside the checkout, once, and prints the folder
# that holds node_modules. DIALOGUE_GAME_NODE names another folder.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
digest="$(cksum < "$here/package.json" | cut -d' ' -f1)"
folder="${DIALOGUE_GAME_NODE:-${XDG_CACHE_HOME:-$HOME/.cache}/dialogue-game-tests/node-$digest}"
if [ ! -e "$folder/complete" ]; then
  mkdir -p "$folder"
  cp "$here/package.json" "$folder/"
  (cd "$folder" && npm install --silent --no-audit --no-fund --ignore-scripts >&2)
  touch "$folder/complete"
fi
echo "$folder"
