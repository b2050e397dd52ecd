"""The sheet as CSV that a Swedish spreadsheet opens right: semicolons, a byte order mark, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from uppfoljning.collect.table.columns import CLOCK, COUNT, DAY, END, NAMES, NUMBER, TEXT
from uppfoljning.collect.table.template_sheet import ROW_HEADING, OwnSheet, SheetColumn

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

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


# The sheet as a workbook: headings that stay in sight, answers to choose among, and every text a text.


_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:,[0-9]{1,6})?")
_LONGEST_CHOICE_LIST = 255
_LISTS = "listor"
_WIDTHS = {DAY: 12, CLOCK: 9, END: 9, TEXT: 40}
_SPARE_ROWS = 200
"""Rows below the last one that also offer the answers, for who needs more than there were."""
_HINTS = {DAY: "2026-03-06", CLOCK: "21:30", END: "00:45"}


def sheet_xlsx(sheet: OwnSheet) -> bytes:
    """The bytes of the workbook, the same every time."""
    from xlsxwriter import Workbook

    data = io.BytesIO()
    with Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": sheet.title, "created": datetime(2000, 1, 1)})
        _fill(book, book.add_worksheet("Rapporter"), sheet)
    return data.getvalue()


def _fill(book: Workbook, page: Worksheet, sheet: OwnSheet) -> None:
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    plain = book.add_format({"valign": "top"})
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EEF4"})
    quiet = book.add_format({"font_color": "#595959", "valign": "top", "num_format": "@"})
    page.write_string(0, 0, sheet.mark, quiet)
    page.write_string(1, 0, ROW_HEADING, heading)
    # The keys are for the program; they are hidden, and come back with the file.
    page.set_row(0, None, None, {"hidden": True})
    page.set_column(0, 0, 16, quiet)
    page.freeze_panes(2, 2)
    last = 1 + len(sheet.rows) + len(sheet.blank) + _SPARE_ROWS
    lists: list[tuple[str, ...]] = []
    for at, column in enumerate(sheet.columns, 1):
        page.write_string(0, at, column.target.key, quiet)
        page.write_string(1, at, column.target.title, heading)
        page.set_column(at, at, _width(column), text if column.target.kind == TEXT else plain)
        if rule := _rule(column, lists):
            page.data_validation(2, at, last, at, rule)
    for number, row in enumerate(sheet.rows, 2):
        for at, cell in enumerate(row):
            _write(page, number, at, cell, sheet, text, plain)
    for number, name in enumerate(sheet.blank, 2 + len(sheet.rows)):
        page.write_string(number, 0, name, quiet)
    if lists:
        _write_lists(book, lists)


def _write(page: Worksheet, number: int, at: int, cell: str, sheet: OwnSheet, text: Format, plain: Format) -> None:
    """A cell as what it is: figures can be summed, all else is text, whatever it begins with."""
    kind = sheet.columns[at - 1].target.kind if at else TEXT
    if cell and kind in (COUNT, NUMBER) and _NUMBER.fullmatch(cell):
        page.write_number(number, at, float(cell.replace(",", ".")), plain)
    elif cell:
        page.write_string(number, at, cell, text)


def _width(column: SheetColumn) -> int:
    longest = max(map(len, column.choices), default=0)
    return max(_WIDTHS.get(column.target.kind, 14), min(longest + 2, 40))


def _rule(column: SheetColumn, lists: list[tuple[str, ...]]) -> dict[str, Any] | None:
    """What a cell offers and asks about; it never forbids, for the program says more of what is wrong than a spreadsheet can."""
    from xlsxwriter.utility import xl_col_to_name

    target = column.target
    if column.choices:
        several = "Flera skrivs med komma mellan." if target.kind == NAMES else ""
        rule: dict[str, Any] = {"validate": "list", "source": list(column.choices), "error_type": "information"}
        if len(",".join(column.choices)) > _LONGEST_CHOICE_LIST or any("," in one for one in column.choices):
            lists.append(column.choices)
            letter = xl_col_to_name(len(lists) - 1)
            rule["source"] = f"={_LISTS}!${letter}$1:${letter}${len(column.choices)}"
        return rule | {"error_title": "Finns inte i listan", "error_message": several or "Välj ett av svaren i listan."}
    if target.kind == COUNT:
        return {
            "validate": "integer", "criteria": ">=", "value": 0, "error_type": "information",
            "error_title": "Inget heltal", "error_message": "Skriv ett heltal, till exempel 12. Ungefär skrivs ca 12.",
        }  # fmt: skip
    if target.kind in _HINTS:
        return {"validate": "any", "input_title": target.title[:32], "input_message": f"Skriv som {_HINTS[target.kind]}"}
    return None


def _write_lists(book: Workbook, lists: list[tuple[str, ...]]) -> None:
    page = book.add_worksheet(_LISTS)
    page.hide()
    for at, choices in enumerate(lists):
        for number, choice in enumerate(choices):
            page.write_string(number, at, choice)
