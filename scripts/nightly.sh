#!/usr/bin/env bash
# The long runs: what is too slow for every push. Each says what it runs; the first failure ends the night.
set -euo pipefail
exec </dev/null
cd "$(dirname "$0")/.."

seed_base=$(($(date +%s) / 86400 * 1000000))

# Decoders see a million inputs each: 50 times what a build gives them.
echo "== every test, also the long ones, its properties over seeds of tonight (from $seed_base)"
mvn -B verify -Dpraline.leftOut= -Dpraline.seedBase="$seed_base" -Dpraline.seedTimes=50

# One target at a time, because a JVM fuzzes only one; five minutes each unless its annotation says otherwise. What fails
# is kept as an input below src/test/resources: once committed, every build replays it.
for file in $(git grep -lE '^ *@FuzzTest' -- '*.java'); do
  module=${file%%/src/*}
  class=$(basename "$file" .java)
  for target in $(grep -A2 -E '^ *@FuzzTest' "$file" | sed -nE 's/.*void (\w+)\(.*/\1/p'); do
    echo "== fuzzing $class#$target"
    JAZZER_FUZZ=1 mvn -B -q test -pl "$module" -am -Dtest="$class#$target" \
      -Dsurefire.failIfNoSpecifiedTests=false -Djazzer.hooks=true
  done
done
