#!/usr/bin/env bash
# Keeps one comment on pull request $NUMMER that says what it does to the follow-up, from the file that summary.sh wrote. $FRAN is the
# repository that the change comes from: from a fork the token may only read. A comment that cannot be written fails nothing.
# `diff --format md` begins with the mark, and keeps itself short enough for a comment.
set -euo pipefail

mark='<!-- uppfoljning:diff -->'
found="$RUNNER_TEMP/uppfoljning-diff.md"

notice() {
    echo "::notice::$1"
    exit 0
}

if [ -z "$NUMMER" ]; then
    notice "Ingen kommentar: det här är ingen pull request."
fi
if [ "$FRAN" != "$GITHUB_REPOSITORY" ]; then
    notice "Ingen kommentar: ändringen kommer från en fork. Skillnaden står i sammanfattningen av körningen."
fi
if [ ! -f "$found" ]; then
    notice "Ingen kommentar: skillnaden gick inte att räkna ut."
fi
if ! command -v gh >/dev/null; then
    notice "Ingen kommentar: programmet gh finns inte på den här datorn."
fi

refused() {
    notice "Ingen kommentar: GitHub sade nej. Jobbet behöver permissions: pull-requests: write."
}

# Only a comment by a bot is ours: anyone may begin one with the mark.
own=".[] | select(.user.type == \"Bot\" and ((.body // \"\") | startswith(\"$mark\"))) | .id"
ids=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$NUMMER/comments?per_page=100" --jq "$own") || refused
id=${ids%%$'\n'*}

body="$RUNNER_TEMP/uppfoljning-kommentar.md"
if [ ! -s "$found" ]; then
    if [ -z "$id" ]; then
        exit 0
    fi
    printf '%s\nÄndringen påverkar inte uppföljningen.\n' "$mark" >"$body"
else
    cp "$found" "$body"
fi

if [ -n "$id" ]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$body" || refused
else
    gh api --silent --method POST "repos/$GITHUB_REPOSITORY/issues/$NUMMER/comments" --field "body=@$body" || refused
fi
