#!/usr/bin/env bash
# Runs every benchmark that was built; docs/benchmarks.md says how to read it.
set -euo pipefail
cd "$(dirname "$0")/.."
grep -m1 'model name' /proc/cpuinfo || true
build/release/optimizer_bench "$@"
if [[ $# -eq 0 ]]; then build/release/idle_bench; fi
if [[ -x build/release/torch_bench && $# -eq 0 ]]; then
  build/release/torch_bench
  build/release/torch_bench keep-pages
fi
if [[ $# -eq 0 && -d tests/web/node_modules ]]; then
  echo "== the live page: section, redraws while its sliders are dragged, those over 16 ms, the longest in ms"
  page=$(mktemp --suffix .html)
  build/release/halflife lab --out "$page" >/dev/null && node tests/web/frames.mjs "$page" 400
  rm -f "$page"
fi
if [[ $# -eq 0 && -d /usr/share/datasets/fashion-mnist ]]; then
  if /usr/bin/python3 -c 'import torch, sklearn' 2>/dev/null; then build/release/net_bench; fi
  build/release/halving_bench 100
fi
