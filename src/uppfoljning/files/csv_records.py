"""The records of a CSV text: where each begins, its cells, and the places of the cells.

A record may span lines when a cell in quotes does. Record 0 is the header; blank records are skipped and not counted.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import TypeAlias

from uppfoljning.domain.finding import Span

DELIMITERS = (";", "\t", ",")
"""In order of preference."""

Cells: TypeAlias = "list[str | None]"
Record: TypeAlias = "tuple[int, int, Cells | csv.Error]"
"""Number, index of the first line, and the stripped cells (None where empty); or the error where it cannot be read."""

_LIKE_A_NAME = re.compile(r"[^\W\d][\w.\- /]*")
_MOST_LINES_LOOKED_AT = 50
# A long text in one cell is no fault of form: how large a file may be is for others to say.
csv.field_size_limit(2**31 - 1)


def split_lines(text: str) -> list[str]:
    """The lines with their `\\n`, which is the only line break."""
    return list(io.StringIO(text, newline="\n"))


def delimiter_of(lines: list[str]) -> str:
    """What the header separates its columns with: what gives the most names."""
    return max(DELIMITERS, key=lambda delimiter: _names_in(lines, delimiter))


def records(lines: list[str], delimiter: str) -> Iterator[Record]:
    """The records in order. After one that cannot be read, reading goes on at the line below where it began."""
    number = 0
    line = 0
    while line < len(lines):
        # Not a slice: to pass by all lines above for each that is wrong would take the square of the time.
        below = map(lines.__getitem__, range(line, len(lines)))
        reader = csv.reader(below, delimiter=delimiter, strict=True, skipinitialspace=True)
        offset = first = line
        try:
            for row in reader:
                first = line
                line = offset + reader.line_num
                cells: Cells = [cell.strip() or None for cell in row]
                if any(cells):
                    yield number, first, cells
                    number += 1
            return
        except csv.Error as error:
            yield number, line, error
            number += 1
            line += 1


def cell_spans(lines: list[str], first: int, delimiter: str) -> list[Span]:
    """The span of every cell of the record that begins at line index `first`, without the spaces around it."""
    spans: list[Span] = []
    line, column = first, 0
    while True:
        start, end, closed = _cell(lines, line, column, delimiter)
        spans.append(Span(line + 1, start + 1, end[0] + 1, end[1] + 1))
        line, column = closed
        if not lines[line].startswith(delimiter, column):
            return spans
        column += 1


def unclosed_quote(lines: list[str], first: int, delimiter: str) -> Span:
    """The opening quotation mark of the cell where the record at line index `first` goes wrong."""
    last = cell_spans(lines, first, delimiter)[-1]
    return Span(last.line, last.column, last.line, last.column + 1)


def _names_in(lines: list[str], delimiter: str) -> int:
    try:
        for row in csv.reader(islice(lines, _MOST_LINES_LOOKED_AT), delimiter=delimiter, strict=True, skipinitialspace=True):
            if any(cell.strip() for cell in row):
                return sum(1 for cell in row if _LIKE_A_NAME.fullmatch(cell.strip()))
    except csv.Error:
        pass
    return 0


def _cell(lines: list[str], line: int, column: int, delimiter: str) -> tuple[int, tuple[int, int], tuple[int, int]]:
    """The column where a cell begins, the line and column of its end, and where the next delimiter may stand."""
    text = lines[line].rstrip("\n")
    start = column
    while text.startswith(" ", start):
        start += 1
    if not text.startswith('"', start):
        stop = text.find(delimiter, column)
        stop = len(text) if stop < 0 else stop
        content = text[column:stop].strip()
        start = column + text[column:stop].find(content) if content else column
        return start, (line, start + len(content)), (line, stop)
    end_line, end = _closing_quote(lines, line, start + 1)
    return start, (end_line, end), (end_line, end)


def _closing_quote(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """Just past the quotation mark that closes a cell, or the end of the text."""
    while line < len(lines):
        text = lines[line]
        quote = text.find('"', column)
        while quote >= 0 and text.startswith('"', quote + 1):
            quote = text.find('"', quote + 2)
        if quote >= 0:
            return line, quote + 1
        line, column = line + 1, 0
    return len(lines) - 1, len(lines[-1].rstrip("\n"))
