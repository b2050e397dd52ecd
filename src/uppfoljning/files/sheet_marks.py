"""What the reader of workbooks does not tell of a sheet: rows that are hidden, and formulas that nobody has worked out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from unicodedata import normalize

_MOST_BYTES = 256 * 1024 * 1024
_TOO_LARGE = "bladet är för stort för att se om rader är dolda eller formler saknar värde"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_OWN = re.compile(rb"\br=[\"']([A-Z]*)(\d{1,7})[\"']")
_TABLE = re.compile(rb"<table:table\s([^>]*)>(.*?)</table:table>", re.DOTALL)
_TABLE_ROW = re.compile(rb"<table:table-row\b([^>]*)>")
_REPEATED = re.compile(rb"number-rows-repeated=\"(\d{1,7})\"")
_NAMED = 8
"""So many rows or cells are named, and the rest are counted."""


def sheet_marks(data: bytes, sheet: str) -> tuple[str, ...]:
    """What is to be known of a sheet of an xlsx or ods by its name, a sentence each; of other kinds nothing is known."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            names = set(book.namelist())
            if "content.xml" in names:
                return _of_ods(book, sheet)
            return _of_xlsx(book, names, sheet) if "xl/workbook.xml" in names else ()
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, NotImplementedError):
        return ()


def _of_xlsx(book: zipfile.ZipFile, names: set[str], sheet: str) -> tuple[str, ...]:
    part = _part(book, sheet)
    if part not in names:
        return ()
    if book.getinfo(part).file_size > _MOST_BYTES:
        return (_TOO_LARGE,)
    text = book.read(part)
    hidden = [int(own[2]) for row in _ROW.finditer(text) if _HIDDEN.search(row[1]) and (own := _OWN.search(row[1]))]
    cells = [own for cell in _FORMULA.finditer(text) if (own := _OWN.search(cell[1]))]
    empty = [f"{own[1].decode()}{own[2].decode()}" for own in cells]
    return tuple(filter(None, (_of_hidden(hidden), _of_formulas(empty))))


def _part(book: zipfile.ZipFile, sheet: str) -> str:
    """The part of an xlsx that holds a sheet."""
    wanted = normalize("NFC", sheet)
    sheets = _attributes(book, "xl/workbook.xml", _SHEET)
    own = next((one.get("id", "") for one in sheets if normalize("NFC", one.get("name", "")) == wanted), "")
    for relation in _attributes(book, "xl/_rels/workbook.xml.rels", _RELATION):
        if own and relation.get("Id") == own:
            target = relation.get("Target", "")
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _attributes(book: zipfile.ZipFile, part: str, tag: re.Pattern[bytes]) -> Iterator[dict[str, str]]:
    for found in tag.finditer(book.read(part)):
        pairs = re.findall(r"(?:\w+:)?(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", found[1].decode("utf-8", "replace"))
        yield {name: unescape(one or other) for name, one, other in pairs}


def _of_ods(book: zipfile.ZipFile, sheet: str) -> tuple[str, ...]:
    if book.getinfo("content.xml").file_size > _MOST_BYTES:
        return (_TOO_LARGE,)
    name = re.compile(rb"table:name=\"([^\"]*)\"")
    for table in _TABLE.finditer(book.read("content.xml")):
        own = name.search(table[1])
        if own is None or unescape(own[1].decode("utf-8", "replace")) != sheet:
            continue
        hidden: list[int] = []
        number = 1
        for row in _TABLE_ROW.finditer(table[2]):
            times = int(again[1]) if (again := _REPEATED.search(row[1])) else 1
            if b'visibility="collapse"' in row[1] or b'visibility="filter"' in row[1]:
                hidden += range(number, number + min(times, _NAMED + 1))
            number += times
        return tuple(filter(None, (_of_hidden(hidden),)))
    return ()


def _of_hidden(rows: list[int]) -> str:
    if not rows:
        return ""
    which = "rad" if len(rows) == 1 else "raderna"
    return f"{which} {_listed([str(row) for row in rows])} är {'dold' if len(rows) == 1 else 'dolda'} i arbetsboken, men läses"


def _of_formulas(cells: list[str]) -> str:
    if not cells:
        return ""
    kind = "cellen" if len(cells) == 1 else "cellerna"
    return (
        f"{kind} {_listed(cells)} har en formel utan uträknat värde och läses som tom; öppna filen där den gjordes och spara den"
    )


def _listed(names: list[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" och {rest} till" if rest > 0 else "")
