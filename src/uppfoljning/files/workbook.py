"""A workbook's sheet as a grid of text: what a typed cell holds is written out, so that nothing is lost or guessed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from uppfoljning.files.grid import Fault, Grid, Merge

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_MOST_CELLS = 20_000_000
_MOST_BYTES = 1024 * 1024 * 1024
"""What an unpacked workbook may come to; a year of anybody's forms is a thousandth of it."""
_EXTENT = re.compile(rb'<dimension ref="[A-Z]+[0-9]+:([A-Z]+)([0-9]+)"')
_BROKEN = Fault("arbetsboken går inte att läsa", "öppna den i Excel, spara den på nytt som xlsx och försök igen")
_LOCKED = Fault("arbetsboken är låst med lösenord", "ta bort lösenordet i Excel, eller spara bladet som CSV")


def read_workbook(data: bytes, wanted: str = "") -> Grid | Fault:
    """One sheet of a workbook: the one wanted by name, else the only one that can be seen and has rows."""
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        if (too_large := _size(data)) is not None:
            return too_large
        with load_workbook(io.BytesIO(data)) as book:
            found = _chosen(book, wanted)
            return found if isinstance(found, Fault) else _grid(found)
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        # An encrypted xlsx is an old kind of file that holds the new one, and is only known by the names inside it.
        locked = isinstance(error, PasswordError) or "EncryptedPackage".encode("utf-16-le") in data
        return _LOCKED if locked else _BROKEN


def _size(data: bytes) -> Fault | None:
    """A refusal of what would fill the memory: a sheet is laid out whole, also where one stray cell stands in its far corner."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = archive.infolist()
        if sum(one.file_size for one in inside) > _MOST_BYTES:
            return Fault("arbetsboken är för stor när den packas upp", "spara bladet som CSV")
        for one in inside:
            if one.filename.startswith("xl/worksheets/"):
                with archive.open(one) as sheet:
                    found = _EXTENT.search(sheet.read(4096))
                if found and _column(found[1]) * int(found[2]) > _MOST_CELLS:
                    remedy = "ta bort det som står långt ut åt höger eller långt ner, eller spara bladet som CSV"
                    return Fault("bladet har celler för långt bort från varandra", remedy)
    return None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


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
    with_rows = [sheet for name in seen if (sheet := book.get_sheet_by_name(name)).height]
    if not with_rows:
        return Fault("arbetsboken har inget blad med rader", "kontrollera att det är rätt fil")
    if len(with_rows) > 1:
        return Fault("arbetsboken har flera blad med rader", f"välj med --blad: {', '.join(sheet.name for sheet in with_rows)}")
    return with_rows[0]


def _grid(sheet: CalamineSheet) -> Grid:
    rows = []
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        texts = [written_cell(cell) for cell in cells]
        if any(texts):
            rows.append((number, texts))
    return Grid(rows, tuple(_merges(sheet.merged_cell_ranges or ())), sheet=sheet.name)


def _merges(ranges: Iterable[Any]) -> Iterable[Merge]:
    return (Merge(top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in ranges)


def written_cell(value: Any) -> str:
    """What a cell holds, as a report would have it: days as 2026-03-06, times as 21:30, whole numbers without decimals."""
    match value:
        case str():
            return str(value).strip()
        case bool():
            return "ja" if value else "nej"
        case int():
            return str(value)
        case float():
            return _number(value)
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


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value))
    text = repr(value)
    # A decimal comma cannot be taken for a sign between thousands.
    return (text if "e" not in text else f"{value:.15f}".rstrip("0")).replace(".", ",")


def _to_second(moment: datetime) -> datetime:
    """A moment at its nearest second: a spreadsheet keeps times as parts of a day, and 21:30 may come out a hair before."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0) if moment.microsecond else moment


def _clock(value: time) -> str:
    return value.isoformat("seconds" if value.second else "minutes")
