#!/usr/bin/env bash
# The long runs: what is too slow for every push. Each says what it runs; the first failure ends the night.
set -euo pipefail
exec </dev/null
cd "$(dirname "$0")/.."

seed_base=$(($(date +%s) / 86400 * 1000000))

echo "== every property, over seeds of tonight (from $seed_base)"
mvn -B verify -Dpraline.seedBase="$seed_base"
