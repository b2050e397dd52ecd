"""Any file that holds a table, read as a grid of text."""

from __future__ import annotations

from uppfoljning.files.csv_grid import csv_grid
from uppfoljning.files.grid import Fault, Grid

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TABLES = (".csv", ".tsv", *WORKBOOKS)
"""How the names of files that hold a table end."""
LARGEST = 200 * 1024 * 1024
"""The most bytes of any table."""
_WORKBOOK_LIMIT = 50 * 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


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
    if len(data) > LARGEST:
        return Fault("filen är större än 200 MB", "dela upp den i flera filer")
    if sheet:
        return Fault("flaggan --blad gäller arbetsböcker, och det här är en CSV-fil", "ta bort flaggan")
    return csv_grid(name, data)
