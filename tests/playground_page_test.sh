#!/bin/sh
# The page of the playground around a program of a few bytes, so that no emscripten is needed: playground_page_test.sh
# Skipped without node, or with one that is older than what a browser must have.
set -eu
command -v node >/dev/null || { echo "skipped: no node"; exit 77; }
node -e 'process.exit(typeof DecompressionStream === "function" && WebAssembly.compileStreaming ? 0 : 1)' ||
  { echo "skipped: node $(node --version) is too old"; exit 77; }
here=$(cd "$(dirname "$0")" && pwd -P)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
node "$here/playground_page_test.mjs" "$here/../packaging/playground/assemble.mjs" "$folder"
