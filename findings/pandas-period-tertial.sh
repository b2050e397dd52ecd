#!/usr/bin/env bash
# Seen 2026-12-01: pandas 3.1.1, Python 3.11.
# pandas.Period reads a tertial written as 2026-T1 … 2026-T3, a third of a year, as January to March, without an error or a
# warning: the T is taken for what stands between a date and a time. A half-year, 2026-H1, is refused. Of two labels of the
# same kind one is an error and the other silently another time of the year.
set -euo pipefail
lib=$(mktemp -d)
trap 'rm -rf "$lib"' EXIT
python3 -m venv "$lib/venv"
"$lib/venv/bin/pip" install -q --disable-pip-version-check pandas==3.1.1
"$lib/venv/bin/python" - <<'PYTHON'
import warnings

import pandas as pd

warnings.simplefilter("error")
for number in (1, 2, 3):
    read = pd.Period(f"2026-T{number}")
    print(f"2026-T{number}: {read!r}")
    assert (read.freqstr, read.month, read.year) == ("M", number, 2026)
try:
    pd.Period("2026-H1")
except ValueError as error:
    print("2026-H1:", type(error).__name__)
else:
    raise SystemExit("2026-H1 is read now")
PYTHON
