#!/usr/bin/env bash
# One seed gives one file to one leecher over loopback, without limits: what Praline, aria2 and libtorrent need for it, in one
# run. CPU-seconds are those of whole processes, from their start to the moment when the leecher has everything; those of a
# seed include the check of its file. scripts/swarm-speed.sh [MIB [ROUNDS]], by default 1024 MiB, 3 rounds.
set -euo pipefail
cd "$(dirname "$0")/.."
mib=${1:-1024}
rounds=${2:-3}

here=$PWD
folder=$(mktemp -d "${TMPDIR:-/tmp}/praline-swarm-speed-XXXXXX")
pids=()
cleanup() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$folder"
}
trap cleanup EXIT

ticks=$(getconf CLK_TCK)
# cpu PID: CPU-seconds that a process has used, its threads together.
cpu() { sed 's/.*) //' "/proc/$1/stat" | awk -v t="$ticks" '{ printf "%.2f", ($12 + $13) / t }'; }
now() { date +%s.%N; }

# await FILE PATTERN PID: until a line matches; the process must live meanwhile.
await() {
  for _ in {1..6000}; do
    if grep -qs "$2" "$1"; then return 0; fi
    kill -0 "$3" 2>/dev/null || { echo "it ended early:" >&2; tail -5 "$1" >&2; return 1; }
    sleep 0.02
  done
  echo "no '$2' within two minutes in $1" >&2
  return 1
}

mkdir "$folder/seed"
head -c $((mib * 1048576)) /dev/urandom >"$folder/seed/data.bin"
"$here"/scripts/praline torrent create "$folder/seed/data.bin" --piece 256K -o "$folder/data.torrent" >/dev/null

# report NAME SECONDS SEED_CPU LEECHER_CPU
report() {
  awk -v n="$1" -v s="$2" -v a="$3" -v b="$4" -v m="$mib" 'BEGIN {
    gib = m / 1024
    printf "%-12s %8.0f %10.2f %10.2f\n", n, m * 1.048576 / s, a / gib, b / gib }'
}

finish() { # NAME FROM SEED LEECHER OUT
  local seconds seed_cpu leecher_cpu
  seconds=$(awk -v a="$2" -v b="$(now)" 'BEGIN { print b - a }')
  seed_cpu=$(cpu "$3")
  leecher_cpu=$(cpu "$4")
  kill "$3" "$4" 2>/dev/null || true
  wait "$3" "$4" 2>/dev/null || true
  cmp "$folder/seed/data.bin" "$5/data.bin"
  report "$1" "$seconds" "$seed_cpu" "$leecher_cpu"
}

run_praline() {
  local out=$folder/praline
  rm -rf "$out" && mkdir "$out"
  "$here"/scripts/praline get "$folder/data.torrent" --out "$folder/seed" --listen 127.0.0.2:16881 --stay \
    >"$folder/seed.log" 2>&1 &
  local seed=$!
  pids+=("$seed")
  await "$folder/seed.log" '^done' "$seed"
  mkfifo "$folder/gun"
  "$here"/scripts/praline get "$folder/data.torrent" --out "$out" --listen 127.0.0.3:16881 --peer 127.0.0.2:16881 \
    --gun --stay <"$folder/gun" >"$folder/leecher.log" 2>&1 &
  local leecher=$!
  pids+=("$leecher")
  exec 8>"$folder/gun"
  await "$folder/leecher.log" '^armed' "$leecher"
  local from
  from=$(now)
  echo go >&8
  await "$folder/leecher.log" '^done' "$leecher"
  exec 8>&-
  rm "$folder/gun"
  finish praline "$from" "$seed" "$leecher" "$out"
}

aria=(aria2c --no-conf --quiet --enable-dht=false --enable-dht6=false --bt-enable-lpd=false --file-allocation=none
  --seed-ratio=0 --bt-max-peers=0 --bt-request-peer-speed-limit=1000M)
run_aria2() {
  local out=$folder/aria2
  rm -rf "$out" && mkdir "$out"
  # aria2 finds peers by a tracker only: the leader of an overlay of one.
  "$here"/scripts/praline node --role supernode --listen 127.0.0.4:16969 >"$folder/tracker.log" 2>&1 &
  local tracker=$!
  pids+=("$tracker")
  await "$folder/tracker.log" '^ready' "$tracker"
  "${aria[@]}" --interface=127.0.0.2 --bt-external-ip=127.0.0.2 --listen-port=16882 --check-integrity=true \
    --bt-tracker=http://127.0.0.4:16969/announce -d "$folder/seed" "$folder/data.torrent" >"$folder/seed.log" 2>&1 &
  local seed=$!
  pids+=("$seed")
  sleep 4
  local from
  from=$(now)
  "${aria[@]}" --interface=127.0.0.3 --bt-external-ip=127.0.0.3 --listen-port=16882 \
    --bt-tracker=http://127.0.0.4:16969/announce --on-bt-download-complete="$folder/complete.sh" \
    -d "$out" "$folder/data.torrent" >"$folder/leecher.log" 2>&1 &
  local leecher=$!
  pids+=("$leecher")
  await "$folder/complete.log" '^complete' "$leecher"
  finish aria2 "$from" "$seed" "$leecher" "$out"
  rm "$folder/complete.log"
  kill "$tracker"
  wait "$tracker" || true
}
printf '#!/bin/sh\necho complete >%s/complete.log\n' "$folder" >"$folder/complete.sh"
chmod +x "$folder/complete.sh"

cat >"$folder/peer.py" <<'P'
"""One libtorrent session: peer.py IP PORT TORRENT FOLDER [IP PORT of a peer]."""
import sys
import time

import libtorrent

address, port, torrent, folder = sys.argv[1:5]
session = libtorrent.session({
    'listen_interfaces': address + ':' + port, 'outgoing_interfaces': address,
    'enable_dht': False, 'enable_lsd': False, 'enable_upnp': False, 'enable_natpmp': False,
    'enable_outgoing_utp': False, 'enable_incoming_utp': False})
handle = session.add_torrent({'ti': libtorrent.torrent_info(torrent), 'save_path': folder})
if len(sys.argv) > 5:
    handle.connect_peer((sys.argv[5], int(sys.argv[6])))
while not handle.status().is_seeding:
    time.sleep(0.01)
print('done', flush=True)
time.sleep(600)
P
run_libtorrent() {
  local out=$folder/libtorrent
  rm -rf "$out" && mkdir "$out"
  /usr/bin/python3 "$folder/peer.py" 127.0.0.2 16883 "$folder/data.torrent" "$folder/seed" >"$folder/seed.log" 2>&1 &
  local seed=$!
  pids+=("$seed")
  await "$folder/seed.log" '^done' "$seed"
  local from
  from=$(now)
  /usr/bin/python3 "$folder/peer.py" 127.0.0.3 16883 "$folder/data.torrent" "$out" 127.0.0.2 16883 \
    >"$folder/leecher.log" 2>&1 &
  local leecher=$!
  pids+=("$leecher")
  await "$folder/leecher.log" '^done' "$leecher"
  finish libtorrent "$from" "$seed" "$leecher" "$out"
}

echo "1 seed, 1 leecher, loopback, $mib MiB in pieces of 256 KiB"
printf '%-12s %8s %10s %10s\n' '' 'MB/s' 'seed' 'leecher'
printf '%-12s %8s %21s\n' '' '' 'CPU-s per GiB'
for _ in $(seq "$rounds"); do
  run_praline
  if command -v aria2c >/dev/null; then run_aria2; else echo "aria2        not installed"; fi
  if /usr/bin/python3 -c 'import libtorrent' 2>/dev/null; then run_libtorrent; else echo "libtorrent   not installed"; fi
done
