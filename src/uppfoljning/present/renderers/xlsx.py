"""A paper as a workbook: what it is about on the first sheet, then a sheet for each table, with real figures and days."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from uppfoljning.present.document.model import Cell, Column, Document, Grid, is_withheld
from uppfoljning.present.document.tables import plain_names, tables_of
from uppfoljning.present.escape import one_line
from uppfoljning.present.renderers.shapes import BAR, HEAD, TINTS, tint

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

ABOUT = "Om"
MOST_ROWS = 1_048_575
"""Rows that a sheet has room for below its heading."""
LONGEST_TEXT = 32_767
"""UTF-16 units that a cell has room for."""
LONGEST_NAME = 31
WIDEST, NARROWEST, _WIDE = 60, 8, 90
_LINE, _HIGHEST = 15, 409
"""Points of a line, and of the highest row there is."""
_A4 = 9
_PRINTABLE = 220
"""Signs across a page that can still be read on paper; what is wider is printed on several pages beside each other."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_RESERVED = ("history", ABOUT.lower())


def xlsx_bytes(paper: Document) -> bytes:
    """The workbook. Text is always written as text: none of it can become a formula, a link or a number."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    never = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    # The file is dated by the day it tells of, so that the same figures are the same file.
    with Workbook(out, {"in_memory": True, **never}) as book:
        made = datetime.combine(paper.as_of, time())
        book.set_properties({"title": one_line(paper.title), "subject": one_line(paper.when), "created": made})
        about = book.add_worksheet(ABOUT)
        looks = _Looks(book)
        sheets = [(name, grid, rows) for grid in tables_of(paper) for name, rows in _chunks(grid)]
        names = sheet_names(name for name, _, _ in sheets)
        _write_about(about, paper, [(name, grid.title) for name, (_, grid, _) in zip(names, sheets, strict=True)], looks)
        for name, (_, grid, rows) in zip(names, sheets, strict=True):
            _write_sheet(book.add_worksheet(name), grid, rows, looks)
    return out.getvalue()


def _chunks(grid: Grid) -> Iterable[tuple[str, Sequence[Sequence[Cell]]]]:
    """The rows of each sheet that a table needs; one sheet but for the largest of all."""
    yield grid.id, grid.rows[:MOST_ROWS]
    for at in range(MOST_ROWS, len(grid.rows), MOST_ROWS):
        yield f"{grid.id} {at // MOST_ROWS + 1}", grid.rows[at : at + MOST_ROWS]


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names that a workbook takes: short, without signs it refuses, and each only once, large and small letters alike."""
    taken, names = set(_RESERVED), []
    for text in wanted:
        plain = " ".join(_FORBIDDEN.sub(" ", one_line(text)).split()).strip("' ") or "Tabell"
        name = base = plain[0].upper() + plain[1:LONGEST_NAME].rstrip("' ")
        number = 1
        while name.lower() in taken:
            number += 1
            name = f"{base[: LONGEST_NAME - len(str(number)) - 1]} {number}"
        taken.add(name.lower())
        names.append(name)
    return names


class _Looks:
    """The formats of a workbook."""

    def __init__(self, book: Workbook) -> None:
        top: dict[str, Any] = {"valign": "top"}
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.lead = book.add_format({"text_wrap": True, "font_size": 12, **top})
        self.label = book.add_format({"bold": True, **top})
        self.head = book.add_format({"bold": True, "bg_color": f"#{HEAD}", "bottom": 1, "text_wrap": True, **top})
        self.text = book.add_format({"text_wrap": True, **top})
        self.number = book.add_format({"num_format": "#,##0.0#", **top})
        self.whole = book.add_format({"num_format": "#,##0", **top})
        self.share = book.add_format({"num_format": "0.0%", **top})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", **top})
        self.tints = {colour: book.add_format({"text_wrap": True, "bg_color": f"#{colour}", **top}) for colour in TINTS.values()}


def _write_about(sheet: Worksheet, paper: Document, sheets: Sequence[tuple[str, str]], looks: _Looks) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, _WIDE)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    _text(sheet, 0, 0, paper.title, looks.title)
    facts = [("Gäller", paper.when), ("Svar", paper.answer), *(("Om planen", said) for said in paper.about)]
    facts += [("Underlag", line) for line in paper.foot]
    if paper.command and not any(paper.command in line for line in paper.foot):
        facts.append(("Gör om med", paper.command))
    row = 2
    for label, said in facts:
        _text(sheet, row, 0, label, looks.label)
        _text(sheet, row, 1, said, looks.lead if label == "Svar" else looks.text)
        _make_room(sheet, row, [(said, _WIDE)])
        row += 1
    row += 1
    _text(sheet, row, 0, "Flik", looks.head)
    _text(sheet, row, 1, "Innehåll", looks.head)
    for at, (name, title) in enumerate(sheets, row + 1):
        _text(sheet, at, 0, name, looks.text)
        _text(sheet, at, 1, title, looks.text)


def _write_sheet(sheet: Worksheet, grid: Grid, rows: Sequence[Sequence[Cell]], looks: _Looks) -> None:
    names = [name[:1].upper() + name[1:] for name in plain_names(grid.columns)]
    for at, name in enumerate(names):
        _text(sheet, 0, at, name, looks.head)
    for number, row in enumerate(rows, 1):
        for at, (column, cell) in enumerate(zip(grid.columns, row, strict=True)):
            _write(sheet, number, at, column, cell, looks)
    last = max(len(rows), 1)
    widths = [_width(name, (row[at].shown for row in rows)) for at, name in enumerate(names)]
    for number, row in enumerate(rows, 1):
        _make_room(sheet, number, [(cell.shown, wide) for cell, wide in zip(row, widths, strict=True) if wide == WIDEST])
    for at, column in enumerate(grid.columns):
        sheet.set_column(at, at, widths[at])
        if column.kind == "andel":
            sheet.conditional_format(1, at, last, at, _BARS)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(names) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    sheet.set_landscape()
    sheet.set_paper(_A4)
    if sum(widths) <= _PRINTABLE:
        sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


_BARS = {
    "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": f"#{BAR}", "min_type": "num", "max_type": "num",
    "min_value": 0, "max_value": 1,
}  # fmt: skip


def _make_room(sheet: Worksheet, row: int, texts: Iterable[tuple[str, int]]) -> None:
    """Make a row as high as its folded texts need: not every program does so by itself when it opens a file."""
    lines = max((ceil(len(said) * 1.1 / wide) for said, wide in texts), default=1)
    if lines > 1:
        sheet.set_row(row, min(_LINE * lines, _HIGHEST))


def _width(name: str, shown: Iterable[str]) -> int:
    # Beside the heading stands the button of the filter.
    return min(WIDEST, max(NARROWEST, len(name) + 3, *(len(text) + 2 for text in shown), 0))


def _write(sheet: Worksheet, row: int, at: int, column: Column, cell: Cell, looks: _Looks) -> None:
    """A cell by what it holds; unknown is nothing at all."""
    value = cell.value
    if column.kind == "status" and value is not None:
        _text(sheet, row, at, cell.shown, looks.tints.get(tint(cell), looks.text))
    elif isinstance(value, str):
        if value:
            _text(sheet, row, at, value, looks.text)
    elif isinstance(value, (int, Fraction)):
        kind = looks.share if column.kind == "andel" else looks.whole if value.denominator == 1 else looks.number
        sheet.write_number(row, at, float(value), kind)
    elif isinstance(value, date):
        sheet.write_datetime(row, at, datetime.combine(value, time()), looks.day)
    elif is_withheld(cell):
        _text(sheet, row, at, cell.shown, looks.text)


def _text(sheet: Worksheet, row: int, at: int, said: str, look: Any) -> None:
    sheet.write_string(row, at, fitting(one_line(said)), look)


def fitting(said: str) -> str:
    """As much of a text as a cell has room for, with `…` where it was cut."""
    if len(said) * 2 <= LONGEST_TEXT or len(said.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return said
    return said.encode("utf-16-le")[: (LONGEST_TEXT - 1) * 2].decode("utf-16-le", "ignore") + "…"
