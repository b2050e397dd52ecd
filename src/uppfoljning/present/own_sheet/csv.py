"""The sheet as CSV that a Swedish spreadsheet opens right: semicolons, a byte order mark, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
import re

from uppfoljning.collect.table.template_sheet import ROW_HEADING, OwnSheet

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def sheet_csv(sheet: OwnSheet) -> bytes:
    """The bytes of the file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([sheet.mark, *(column.target.key for column in sheet.columns)])
    writer.writerow([ROW_HEADING, *(_guarded(column.target.title) for column in sheet.columns)])
    writer.writerows([_guarded(cell) for cell in row] for row in sheet.rows)
    writer.writerows([name, *("" for _ in sheet.columns)] for name in sheet.blank)
    return text.getvalue().encode("utf-8-sig")


def _guarded(cell: str) -> str:
    """A cell with an apostrophe where a spreadsheet would run it, or where it already looks like one that has been guarded."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
