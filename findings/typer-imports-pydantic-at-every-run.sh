#!/usr/bin/env bash
# Seen 2026-12-01: typer 0.29.2 with pydantic 2.14.4, Python 3.11.
# `import typer` leaves pydantic alone, but the first command that is run imports it, also one without a single parameter, where
# there is no value to convert. Where a program must start fast, every command pays for it.
set -euo pipefail
lib=$(mktemp -d)
trap 'rm -rf "$lib"' EXIT
python3 -m venv "$lib/venv"
"$lib/venv/bin/pip" install -q --disable-pip-version-check typer==0.29.2 pydantic==2.14.4
for parameters in "" "name: str = 'x'"; do
    cat >"$lib/try_it.py" <<PYTHON
import sys

import typer

before = "pydantic" in sys.modules
app = typer.Typer(add_completion=False)


@app.command()
def hello($parameters) -> None:
    pass


app([], standalone_mode=False)
print(before, "pydantic" in sys.modules)
PYTHON
    said=$("$lib/venv/bin/python" "$lib/try_it.py")
    echo "hello($parameters): pydantic imported before and after the run: $said"
    [ "$said" = "False True" ]
done
