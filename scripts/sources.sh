#!/usr/bin/env bash
# Lists the C++ files of the project: sources.sh [EXTENSION], by default headers and sources.
set -euo pipefail
cd "$(dirname "$0")/.."
for folder in include src tests bench examples; do
  [[ -d $folder ]] || continue
  find "$folder" -type f -name "*.${1:-*}" \( -name '*.h' -o -name '*.cc' \)
done | LC_ALL=C sort
