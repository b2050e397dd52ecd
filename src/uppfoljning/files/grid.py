"""A table as it lies in its file, before anyone knows which row has the headings: CSV here, workbooks in `workbook`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from uppfoljning.files.csv_records import DELIMITERS, records, split_lines
from uppfoljning.files.text import csv_text

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TABLES = (".csv", ".tsv", *WORKBOOKS)
"""How the names of files that hold a table end."""
_LIMIT = 200 * 1024 * 1024
_WORKBOOK_LIMIT = 50 * 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_HINT = re.compile(r'"?sep=(.)"?\n?', re.IGNORECASE)
_LINES_LOOKED_AT = 30


class Fault(NamedTuple):
    """Why a table cannot be read, and what to do about it."""

    message: str
    remedy: str


class Merge(NamedTuple):
    """Cells that are drawn as one: the first and last row, counted from 1, and the first and last column, from 0."""

    top: int
    bottom: int
    left: int
    right: int


class Grid(NamedTuple):
    """Rows of text with the numbers a spreadsheet shows for them; empty cells are empty texts, empty rows are left out.

    `unread` says why rows of a CSV file cannot be read. `notices` are what the user should know of how it was read.
    """

    rows: list[tuple[int, list[str]]]
    merges: tuple[Merge, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    notices: tuple[str, ...] = ()
    sheet: str = ""


def read_grid(name: str, data: bytes, sheet: str = "") -> Grid | Fault:
    """The table in a file's bytes; `sheet` chooses one of a workbook's. What the file is, its first bytes decide."""
    if not data.strip():
        return Fault("filen är tom", "hämta den på nytt ur källan")
    if data.startswith((_ZIP, _OLE)):
        if len(data) > _WORKBOOK_LIMIT:
            return Fault("arbetsboken är större än 50 MB", "dela upp den, eller spara bladet som CSV")
        from uppfoljning.files.workbook import read_workbook

        return read_workbook(data, sheet)
    if name.lower().endswith(WORKBOOKS):
        return Fault("filen är ingen arbetsbok, fast namnet slutar som en", "öppna den i Excel och spara den som xlsx eller CSV")
    if len(data) > _LIMIT:
        return Fault("filen är större än 200 MB", "dela upp den i flera filer")
    if sheet:
        return Fault("flaggan --blad gäller arbetsböcker, och det här är en CSV-fil", "ta bort flaggan")
    return _read_csv(name, data)


def _read_csv(name: str, data: bytes) -> Grid | Fault:
    text, findings = csv_text(name, data)
    if text is None:
        problem = findings[0].problem
        return Fault(problem.message, problem.remedy)
    lines = split_lines(text)
    hint = _HINT.fullmatch(lines[0]) if lines else None
    delimiter = hint[1] if hint else delimiter_of_table(lines)
    rows: list[tuple[int, list[str]]] = []
    unread: list[tuple[int, str]] = []
    inside = 0
    for _, first, cells in records(["\n", *lines[1:]] if hint else lines, delimiter):
        # A spreadsheet shows a record as one row, whatever line breaks its cells hold.
        number = first + 1 - inside
        if isinstance(cells, csv.Error):
            unread.append((number, "ett citattecken stängs aldrig, eller följs av mer text"))
            continue
        rows.append((number, [cell or "" for cell in cells]))
        inside += sum(cell.count("\n") for cell in cells if cell)
    # F004 says that it was read in another encoding; the others are about signs that nobody sees and that are taken away.
    notices = tuple(found.problem.message for found in findings if found.problem.code in ("F003", "F004"))
    return Grid(rows, unread=tuple(unread), notices=notices)


def delimiter_of_table(lines: Iterable[str]) -> str:
    """What separates the columns: what gives the most cells in rows of one width. Headings may be whole questions."""
    looked_at = list(islice(lines, _LINES_LOOKED_AT))
    return max(DELIMITERS, key=lambda delimiter: _evenness(looked_at, delimiter))


def _evenness(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many cells stand in rows of the commonest width that is more than one, and that width."""
    widths: dict[int, int] = {}
    for _, _, cells in records(lines, delimiter):
        if isinstance(cells, list) and len(cells) > 1:
            widths[len(cells)] = widths.get(len(cells), 0) + 1
    if not widths:
        return 0, 0
    width = max(widths, key=lambda one: (widths[one], one))
    return widths[width], width
