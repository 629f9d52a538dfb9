#!/usr/bin/env bash
# Runs every built fuzzer for some seconds, each on a copy of its committed corpus: fuzz.sh SECONDS
set -euo pipefail
cd "$(dirname "$0")/.."
for program in build/fuzz/*_fuzz; do
  name=$(basename "$program" _fuzz)
  work=build/fuzz/work/$name
  mkdir -p "$work"
  cp tests/fuzz/corpus/"$name"/* "$work"
  echo "== fuzz $name for $1 s"
  "$program" -max_total_time="$1" -max_len=4096 -print_final_stats=1 -artifact_prefix="$work/found-" "$work" 2>&1 |
    grep -E 'stat::number_of_executed_units|SUMMARY|Test unit written' || true
  [[ -z $(ls "$work" | grep '^found-' || true) ]]
done
