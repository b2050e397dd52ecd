"""Any file that holds a table, read as a grid of text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from uppfoljning.files.csv import CellGrid, Fault, Merge, csv_grid
from uppfoljning.files.extent import BROKEN, FAR_APART, MOST_CELLS, OLE, TOO_LARGE, largest_sheet, reach_of_old
from uppfoljning.files.sheet_marks import sheet_marks

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


# A workbook's sheet as a grid of text: what a typed cell holds is written out, so that nothing is lost or guessed.


_SHEETS = 5
"""How many times the most cells of a workbook may be laid out while its sheets are looked at."""
_LOCKED = Fault("arbetsboken är låst med lösenord", "spara den utan lösenord, eller spara bladet som CSV")


def read_workbook(data: bytes, wanted: str = "") -> CellGrid | Fault:
    """One sheet of a workbook: the one wanted by name, else the only one that can be seen and has rows."""
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        cells = _largest_sheet(data)
        if isinstance(cells, Fault):
            return cells
        with load_workbook(io.BytesIO(data)) as book:
            # Several sheets may be one and the same part of the file, and each is laid out for itself.
            if cells * len(book.sheets_metadata) > _SHEETS * MOST_CELLS:
                return TOO_LARGE
            found = _chosen(book, wanted)
            return found if isinstance(found, Fault) else _grid(found)._replace(notices=sheet_marks(data, found.name))
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        # An encrypted xlsx is an old kind of file that holds the new one, and is only known by the names inside it.
        locked = isinstance(error, PasswordError) or "EncryptedPackage".encode("utf-16-le") in data
        return _LOCKED if locked else BROKEN


def _largest_sheet(data: bytes) -> int | Fault:
    """How many cells the largest sheet is laid out as, or a refusal: what would fill the memory never reaches the reader."""
    if data.startswith(OLE) and reach_of_old(data) > MOST_CELLS:
        return FAR_APART
    return largest_sheet(data) if zipfile.is_zipfile(io.BytesIO(data)) else 0


def _chosen(book: CalamineWorkbook, wanted: str) -> CalamineSheet | Fault:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    names = [one.name for one in sheets]
    if wanted:
        same = {normalize("NFC", name).casefold(): name for name in names}
        name = same.get(normalize("NFC", wanted).casefold())
        if name is None:
            return Fault(f"bladet ”{wanted}” finns inte", f"välj bland: {', '.join(names)}")
        return book.get_sheet_by_name(name)
    seen = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
    with_rows = [name for name in seen if book.get_sheet_by_name(name).height]
    if not with_rows:
        return Fault("arbetsboken har inget blad med rader", "kontrollera att det är rätt fil")
    if len(with_rows) > 1:
        return Fault("arbetsboken har flera blad med rader", f"välj med --blad: {', '.join(with_rows)}")
    return book.get_sheet_by_name(with_rows[0])


def _grid(sheet: CalamineSheet) -> CellGrid:
    rows = []
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        texts = [written_cell(cell) for cell in cells]
        if any(texts):
            rows.append((number, texts))
    return CellGrid(rows, tuple(_merges(sheet.merged_cell_ranges or ())), sheet=sheet.name)


def _merges(ranges: Iterable[Any]) -> Iterable[Merge]:
    return (Merge(top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in ranges)


def written_cell(value: Any) -> str:
    """What a cell holds, as a report would have it: days as 2026-03-06, times as 21:30, whole numbers without decimals."""
    match value:
        case str():
            text = str(value).strip()
            return _length(length) if (length := _ODS_LENGTH.fullmatch(text)) else text
        case bool():
            return "ja" if value else "nej"
        case int():
            return str(value)
        case float():
            return _number(value)
        case date() if value.year in _FIRST_YEARS:
            # A clock time of 24 hours or more in a cell that shows hours and minutes is a day long before any report.
            moment = value if isinstance(value, datetime) else datetime.combine(value, time())
            return written_cell(moment - _FIRST_YEARS[value.year])
        case datetime():
            value = _to_second(value)
            clock = _clock(value.time())
            return f"{value.date().isoformat()} {clock}" if value.time() != time() else value.date().isoformat()
        case date():
            return str(value.isoformat())
        case time():
            return _clock(_to_second(datetime.combine(date.min, value)).time())
        case timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return "" if value is None else str(value)


_ODS_LENGTH = re.compile(r"PT(?=\d)(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5}(?:\.\d+)?)S)?")
_TWO_WAYS = re.compile(r"-?[1-9]\d{0,2},\d{3}")
_FIRST_YEARS = {1899: datetime(1899, 12, 31), 1900: datetime(1899, 12, 31), 1904: datetime(1904, 1, 1)}
"""What is day 0 where the days of a workbook begin, by the year of the first ones."""


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value))
    text = repr(value)
    text = (text if "e" not in text else f"{value:.15f}".rstrip("0")).replace(".", ",")
    # What a workbook keeps as a number is no sign between thousands: 1,234 could be, and 1,2340 could not.
    return f"{text}0" if _TWO_WAYS.fullmatch(text) else text


def _length(found: re.Match[str]) -> str:
    """A length of time of an OpenDocument sheet, as hours and minutes."""
    return written_cell(timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0), seconds=round(float(found[3] or 0))))


def _to_second(moment: datetime) -> datetime:
    """A moment at its nearest second: a spreadsheet keeps times as parts of a day, and 21:30 may come out a hair before."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0) if moment.microsecond else moment


def _clock(value: time) -> str:
    return value.isoformat("seconds" if value.second else "minutes")


WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TABLES = (".csv", ".tsv", *WORKBOOKS)
"""How the names of files that hold a table end."""
LARGEST = 200 * 1024 * 1024
"""The most bytes of any table."""
_WORKBOOK_LIMIT = 50 * 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_grid(name: str, data: bytes, sheet: str = "") -> CellGrid | Fault:
    """The table in a file's bytes; `sheet` chooses one of a workbook's. What the file is, its first bytes decide."""
    if not data.strip():
        return Fault("filen är tom", "hämta den på nytt ur källan")
    if data.startswith((_ZIP, _OLE)):
        if len(data) > _WORKBOOK_LIMIT:
            return Fault("arbetsboken är större än 50 MB", "dela upp den, eller spara bladet som CSV")

        return read_workbook(data, sheet)
    if name.lower().endswith(WORKBOOKS):
        return Fault(
            "filen är ingen arbetsbok, fast namnet slutar som en",
            "öppna den i ditt kalkylprogram och spara den som xlsx eller CSV",
        )
    if len(data) > LARGEST:
        return Fault("filen är större än 200 MB", "dela upp den i flera filer")
    if sheet:
        return Fault("flaggan --blad gäller arbetsböcker, och det här är en CSV-fil", "ta bort flaggan")
    return csv_grid(name, data)
