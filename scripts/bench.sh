#!/usr/bin/env bash
# Builds and runs the benchmarks. Arguments go to JMH: scripts/bench.sh QueryPath -f 1; without any, all of them run.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -B -q -ntp -Dquick -Dpraline.build=target/bench -DskipTests package -pl bench -am
classes=$(mvn -B -q -ntp -Dquick -Dpraline.build=target/bench -DskipTests package dependency:build-classpath \
  -Dmdep.outputFile=/dev/stdout -pl bench -am | tail -1)
exec java -cp "bench/target/bench/classes:$classes" org.openjdk.jmh.Main "$@"
