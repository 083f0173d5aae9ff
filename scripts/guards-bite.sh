#!/usr/bin/env bash
# Plants violations in a copy of the sources and fails unless the build refuses each: a guard that is not bound is silent.
set -euo pipefail
cd "$(dirname "$0")/.."

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z -- pom.xml '*/pom.xml' .mvn src/guards | xargs -0 cp --parents -t "$copy"
package=$copy/protocol/src/main/java/praline/protocol
mkdir -p "$package"

# refuses NAME PHASE EXPECTED…: the build of the planted class must fail in this phase and say all that is expected.
refuses() {
  local name=$1 phase=$2
  shift 2
  cat >"$package/Planted.java"
  if mvn -B -f "$copy/pom.xml" -pl protocol "$phase" >"$copy/log" 2>&1; then
    echo "$name: the build took the planted violation" >&2
    exit 1
  fi
  for expected in "$@"; do
    if ! grep -qF -- "$expected" "$copy/log"; then
      echo "$name: the build failed, but does not say: $expected" >&2
      grep -E 'ERROR|WARN' "$copy/log" | head -20 >&2
      exit 1
    fi
  done
  echo "$name bites"
}

refuses Spotless process-sources 'spotless:apply' <<'JAVA'
package praline.protocol;

class Planted {
  int indentedByTwo;
}
JAVA

refuses 'Every lint' compile 'found raw type' '-Werror' <<'JAVA'
package praline.protocol;

class Planted {
    java.util.List list;
}
JAVA

refuses 'Error Prone and NullAway' compile '[Immutable]' '[NullAway]' '[MissingCasesInEnumSwitch]' '[CheckReturnValue]' <<'JAVA'
package praline.protocol;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.Immutable;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

@NullMarked
class Planted {
    enum Colour {
        RED,
        GREEN
    }

    @Immutable
    record Mutable(byte[] bytes) {}

    static int length(@Nullable String text) {
        return text.length();
    }

    static int number(Colour colour) {
        int number = 0;
        switch (colour) {
            case RED:
                number = 1;
                break;
        }
        return number;
    }

    @CheckReturnValue
    static boolean send() {
        return true;
    }

    static void sendAll() {
        send();
    }
}
JAVA

refuses 'Refused calls' process-classes \
  'Time comes from host.now()' 'Chance comes from host.random()' 'The order differs from JVM to JVM' \
  'Its order follows hashes' 'An engine has one thread' 'It asks a name server' <<'JAVA'
package praline.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

class Planted {
    long time = System.nanoTime();
    double chance = Math.random();
    Set<String> set = Set.of("a", "b");
    Map<String, String> map = new HashMap<>();
    Thread thread = Thread.currentThread();

    static Object name() throws Exception {
        return java.net.InetAddress.getByName("localhost");
    }
}
JAVA

refuses 'Calls that depend on the machine' process-classes 'Uses default locale' <<'JAVA'
package praline.protocol;

class Planted {
    String name = String.format("%d", 7);
}
JAVA
