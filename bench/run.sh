#!/bin/sh
# Measures Kronika against notmuch, mu and openssl on the same files in one run; see bench/README.md.
#
#   bench/run.sh                      everything
#   bench/run.sh import search ...    only these parts: import, command, search, verify, start, timeline, log
exec python3 "$(dirname "$0")/measure.py" "$@"
