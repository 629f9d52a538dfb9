#!/usr/bin/env bash
# clang-tidy over src/, as the preset compiles it, most of it in groups of files: each header is then read once a
# group instead of once a file. Silent where all is well.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset tidy --log-level=WARNING >/dev/null
compiled=$(grep -o '"file": "[^"]*"' build/tidy/compile_commands.json | cut -d '"' -f 4 | grep -E "/Unity/unity_|^$PWD/src/.*[.]cc$")
[[ -n $compiled ]]
found=$(xargs -P "$(nproc)" -n 1 clang-tidy-14 --quiet -p build/tidy --checks=-bugprone-suspicious-include 2>&1 \
  <<<"$compiled" | grep -v 'warnings generated' || true)
[[ -z $found ]] || { echo "$found"; exit 1; }
