#!/usr/bin/env bash
# Runs test programs, as many at a time as there are processors: side-by-side.sh FOLDER FILTER NAME...
# What a program prints is shown whole, once it has ended.
set -euo pipefail
folder=$1
filter=$2
shift 2
run() {
  if "$1/$3" --gtest_brief=1 --gtest_filter="$2" >"$1/$3.log" 2>&1; then
    tail -n 2 "$1/$3.log"
  else
    cat "$1/$3.log"
    exit 255 # xargs starts no more
  fi
}
export -f run
printf '%s\n' "$@" | xargs -P "$(nproc)" -I{} bash -c 'run "$@"' _ "$folder" "$filter" {}
