#!/usr/bin/env bash
# Writes what the pull request does to the follow-up into the step summary, and to a file for comment.sh. $BAS is the commit that it
# is to be merged into, empty outside pull requests. What is wrong with the files is for validate.sh to say, so it never fails.
set -euo pipefail

found="$RUNNER_TEMP/uppfoljning-diff.md"
rm -f "$found"
if [ -z "$BAS" ]; then
    exit 0
fi

status=0
"$RUNNER_TEMP/uppfoljning/bin/uppfoljning" -C "$KATALOG" diff --format md "$BAS...HEAD" >"$found.ny" || status=$?
if [ "$status" -gt 1 ]; then
    rm -f "$found.ny"
    echo "::warning::Skillnaden mot grenen går inte att visa. Hämta hela historiken: fetch-depth: 0 i steget actions/checkout."
    exit 0
fi
if [ "$status" -eq 1 ] && [ ! -s "$found.ny" ]; then
    rm -f "$found.ny"
    echo "Det går inte att se vad ändringen gör med uppföljningen, för något kunde inte läsas. Se kontrollen." >>"$GITHUB_STEP_SUMMARY"
    exit 0
fi
mv "$found.ny" "$found"
if [ ! -s "$found" ]; then
    echo "Ändringen påverkar inte uppföljningen." >>"$GITHUB_STEP_SUMMARY"
else
    cat "$found" >>"$GITHUB_STEP_SUMMARY"
fi
