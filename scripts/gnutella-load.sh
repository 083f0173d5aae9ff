#!/usr/bin/env bash
# What a supernode carries over TCP for each CPU-second, beside gtk-gnutella's figures, and what an idle leaf costs it:
# scripts/gnutella-load.sh [links N | mesh N | leaves N | idle N]..., by default everything that there are figures for (four
# minutes). The queries and the neighbours come from another process. See praline.bench.GnutellaLoad.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/praline limits >/dev/null # built, if need be
mvn -B -q -ntp -Dquick -DskipTests -pl bench -am package dependency:build-classpath -Dmdep.outputFile=target/quick/classpath
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

exec "$java" -Xmx512m -XX:+UseSerialGC \
  -cp "bench/target/quick/classes:$(cat bench/target/quick/classpath)" praline.bench.GnutellaLoad scripts/praline "$@"
