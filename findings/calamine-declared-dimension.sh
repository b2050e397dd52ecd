#!/usr/bin/env bash
# Seen 2026-12-01: python-calamine 0.9.1 reading what XlsxWriter 3.3.1 has written.
# A worksheet states its size in <dimension ref="…">. The reader does not look at it: it lays out every cell from A1 to the last
# that holds something. A limit on the declared size therefore says nothing of how much is laid out: a sheet that declares
# A1:B2 and has a value in the cell Z1000 becomes 1 000 rows of 26 cells.
set -euo pipefail
lib=$(mktemp -d)
trap 'rm -rf "$lib"' EXIT
python3 -m venv "$lib/venv"
"$lib/venv/bin/pip" install -q --disable-pip-version-check python-calamine==0.9.1 XlsxWriter==3.3.1
"$lib/venv/bin/python" - "$lib" <<'PYTHON'
import re
import sys
import zipfile
from pathlib import Path

import python_calamine
import xlsxwriter

whole, small = Path(sys.argv[1]) / "whole.xlsx", Path(sys.argv[1]) / "small.xlsx"
with xlsxwriter.Workbook(str(whole)) as book:
    sheet = book.add_worksheet()
    sheet.write("A1", "first")
    sheet.write("Z1000", "last")
with zipfile.ZipFile(whole) as old, zipfile.ZipFile(small, "w") as new:
    for name in old.namelist():
        text = old.read(name)
        if name.endswith("sheet1.xml"):
            text, changed = re.subn(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B2"', text)
            assert changed == 1
        new.writestr(name, text)
for file in (whole, small):
    rows = python_calamine.CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    print(file.name, len(rows), "rows of", {len(row) for row in rows}, "cells")
    assert len(rows) == 1000 and {len(row) for row in rows} == {26}
PYTHON
