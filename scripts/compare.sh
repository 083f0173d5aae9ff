#!/usr/bin/env bash
# Compares flooding, supernodes and a directory on the same files and queries; with --distribution, a server and a swarm
# that give one file to many. Arguments go to `praline compare`.
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/praline" compare "$@"
