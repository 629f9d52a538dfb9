#!/usr/bin/env bash
# Lists every C++ source file of the project.
set -euo pipefail
cd "$(dirname "$0")/.."
find include src tests bench examples -name '*.h' -o -name '*.cc' | LC_ALL=C sort
