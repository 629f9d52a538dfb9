#!/usr/bin/env bash
# Installs what is missing from scripts/packages.txt: install-packages.sh GROUP...
set -euo pipefail
cd "$(dirname "$0")/.."

wanted=()
for group in "$@"; do
  while read -r name program; do
    [[ -n $program ]] && command -v "$program" >/dev/null || wanted+=("$name")
  done < <(awk -v g="$group" '$1 == g {print $2, $3}' scripts/packages.txt)
done

if ! command -v dpkg-query >/dev/null; then
  echo "halflife: no dpkg here; the following Debian packages (or their equals) are needed: ${wanted[*]}" >&2
  exit 0  # the build itself names the first library that it cannot find
fi

missing=()
for name in "${wanted[@]}"; do
  status=$(dpkg-query -W -f '${Status}' "$name" 2>/dev/null || true)
  [[ $status == "install ok installed" ]] || missing+=("$name")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

if ! command -v apt-get >/dev/null; then
  echo "halflife: these packages are missing and there is no apt-get to install them: ${missing[*]}" >&2
  exit 1
fi
as_root=()
if [[ $(id -u) -ne 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "halflife: run this as root, or install these packages first: ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
