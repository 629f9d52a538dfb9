#!/usr/bin/env bash
# clang-tidy over src/, in the groups of files that the preset compiles together (each header is then read once a group
# instead of once a file), and file by file what kernels and report leave out of them. Silent where all is well.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset tidy --log-level=WARNING >/dev/null
groups=$(find build/tidy/src -name 'unity_*.cxx')
alone=$(scripts/sources.sh cc | grep -E '^src/(kernels|report)/' | grep -vxFf <(grep -hoP "^#include \"\Q$PWD/\E\K[^\"]*" $groups))
found=$(xargs -P "$(nproc)" -n 1 clang-tidy-14 --quiet -p build/tidy --checks=-bugprone-suspicious-include 2>&1 \
  <<<"$groups"$'\n'"$alone" | grep -v 'warnings generated' || true)
[[ -z $found ]] || { echo "$found"; exit 1; }
