#!/usr/bin/env bash
# Floods a large network in virtual time and says how fast that went and how much memory it took:
# scripts/speed.sh [NODES [LINKS [TTL [QUERIES]]]], by default 100000 2 7 200. See praline.bench.FloodSpeed.
set -euo pipefail
cd "$(dirname "$0")/.."

mvn -B -q -ntp -Dquick -DskipTests -pl bench -am package dependency:build-classpath -Dmdep.outputFile=target/quick/classpath
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

# No collection in mid-flood, nodes in the order in which they were made, and large pages: a flood waits for memory.
exec "$java" -Xmx6g -Xmn3g -XX:+UseParallelGC -XX:+UseTransparentHugePages \
  -cp "bench/target/quick/classes:$(cat bench/target/quick/classpath)" praline.bench.FloodSpeed "$@"
