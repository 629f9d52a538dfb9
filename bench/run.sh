#!/usr/bin/env bash
# Runs every benchmark that was built; docs/benchmarks.md says how to read it.
set -euo pipefail
cd "$(dirname "$0")/.."
grep -m1 'model name' /proc/cpuinfo || true
build/release/optimizer_bench "$@"
if [[ -x build/release/torch_bench && $# -eq 0 ]]; then
  build/release/torch_bench
  build/release/torch_bench keep-pages
fi
if [[ $# -eq 0 && -d /usr/share/datasets/fashion-mnist ]]; then
  if /usr/bin/python3 -c 'import torch, sklearn' 2>/dev/null; then build/release/net_bench; fi
  build/release/halving_bench 100
fi
