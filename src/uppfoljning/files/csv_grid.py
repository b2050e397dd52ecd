"""A CSV file of somebody else's making as a grid of text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from itertools import islice

from uppfoljning.files.csv_records import DELIMITERS, records, split_lines
from uppfoljning.files.grid import Fault, Grid
from uppfoljning.files.text import csv_text

_HINT = re.compile(r'"?sep=(.)"?\n?', re.IGNORECASE)
_LINES_LOOKED_AT = 30


def csv_grid(name: str, data: bytes) -> Grid | Fault:
    """The rows of a CSV file; Windows-1252 is read with a notice."""
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
