#!/usr/bin/env bash
# Runs a command and says how long that part took: timed.sh NAME COMMAND...
set -euo pipefail
name=$1
shift
start=$(date +%s%N)
echo "== $name"
"$@"
took=$(( ($(date +%s%N) - start) / 100000000 ))
echo "== $name took $((took / 10)).$((took % 10)) s"
