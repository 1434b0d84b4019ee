#!/usr/bin/env bash
# Installs inkjs (the yardstick of the page's engine; pinned here) into the user's cache, once, and
# says where: INKJS=$(bash benchmarks/yardsticks/inkjs.sh) python -m benchmarks web
set -euo pipefail
version=2.4.0
folder="${XDG_CACHE_HOME:-$HOME/.cache}/dialogue-game-tests/inkjs-$version"
mkdir -p "$folder"
[ -d "$folder/node_modules/inkjs" ] ||
  npm install --silent --no-audit --no-fund --prefix "$folder" "inkjs@$version" >&2
echo "$folder/node_modules/inkjs"
