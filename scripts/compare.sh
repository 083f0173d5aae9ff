#!/usr/bin/env bash
# Compares flooding, supernodes and a directory on the same files and queries. Arguments go to `praline compare`.
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/praline" compare "$@"
