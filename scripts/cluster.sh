#!/usr/bin/env bash
# Starts a cluster of 40 nodes, 5 of which lead, and says what to try. Arguments go to `praline cluster up`, and other sizes
# among them win: an option may be given only once.
set -euo pipefail
praline=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/praline
given=" $* "
size=()
case $given in *" --nodes"* | *" --topology"*) ;; *) size+=(--nodes 40) ;; esac
case $given in *" --supernodes"* | *" --topology"*) ;; *) size+=(--supernodes 5) ;; esac
"$praline" cluster up "${size[@]}" "$@"
case $given in *" --json "* | *" --quiet "* | *" -q "* | *" --help "* | *" -h "* | *" --foreground "*) exit ;; esac
cat <<'TXT'

Try:
  scripts/praline cluster status
  scripts/praline cluster search newton opticks
  scripts/praline cluster kill 1                  # a leader, without a word
  scripts/praline cluster search newton opticks
  scripts/praline cluster stop
TXT
