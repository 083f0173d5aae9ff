#!/usr/bin/env bash
# Starts a cluster of 40 nodes, 5 of which lead, and says what to try. Arguments go to `praline cluster up`.
set -euo pipefail
praline=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/praline
"$praline" cluster up --nodes 40 --supernodes 5 "$@"
cat <<'TXT'

Try:
  scripts/praline cluster status
  scripts/praline cluster search newton opticks
  scripts/praline cluster kill 1                  # a leader, without a word
  scripts/praline cluster search newton opticks
  scripts/praline cluster stop
TXT
