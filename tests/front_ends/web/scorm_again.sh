#!/usr/bin/env bash
# Prints the folder of scorm-again, the SCORM runtime that the package is tested in. Installs it
# where it is not there yet, outside the checkout; fails where npm is missing or cannot reach it.
set -euo pipefail
version=3.4.3
folder="${XDG_CACHE_HOME:-$HOME/.cache}/dialogue-game-tests/scorm-again-$version"
if [ ! -f "$folder/node_modules/scorm-again/dist/scorm12.js" ]; then
  mkdir -p "$folder"
  npm install --silent --no-audit --no-fund --prefix "$folder" "scorm-again@$version" >&2
fi
echo "$folder/node_modules/scorm-again/dist"
