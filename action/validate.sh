#!/usr/bin/env bash
# Checks the project in $KATALOG. $STRIKT: true lets warnings fail it; $SEDAN: only what is new since that commit, all when empty.
set -euo pipefail

words=(-C "$KATALOG" validera --format github)
if [ "$STRIKT" = true ]; then
    words+=(--strikt)
fi
if [ -n "$SEDAN" ]; then
    words+=("--sedan=$SEDAN")
fi
exec "$RUNNER_TEMP/uppfoljning/bin/uppfoljning" "${words[@]}"
