"""Rows handed to the reader of rows: their lines as a file by themselves, and what is found there put at its right place."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

from uppfoljning.domain.finding import Finding, Place, Span
from uppfoljning.fast.bulk_csv.head import Head, Piece, Refusal
from uppfoljning.files.csv_records import records, split_lines
from uppfoljning.files.csv_rows import CsvTable
from uppfoljning.files.gate import read_given
from uppfoljning.files.text import csv_text
from uppfoljning.project.document import take_in
from uppfoljning.project.file_result import FileResult, read_document
from uppfoljning.project.reports import Reports


class Handed(NamedTuple):
    """What some rows of a file say, and which of them are blank: those are no records and are not counted."""

    read: FileResult
    blanks: frozenset[int]


def read_handed(head: Head, rows: Sequence[int], number: int, reports: Reports) -> Handed:
    """Read some rows of a file, counted from 0 and in order; there should be so many rows in all."""
    lines, places = _lines(head, rows, number)
    if not all(map(_stands_alone, lines, repeat(head.delimiter))):
        raise Refusal(head.file)
    data = b"\n".join([head.line.rstrip(b"\r\n"), *lines, b""])
    document = take_in(Piece(head.file, data), head.file)
    text, _ = csv_text(head.file, data)
    if text is None or document.table is None:
        raise Refusal(head.file)
    found = [(record, first) for record, first, _ in records(split_lines(text), head.delimiter)][1:]
    used = {first for _, first in found}
    blanks = [row for at, row in enumerate(rows, 1) if at not in used]
    real = {0: 0}
    passed = 0
    for record, first in found:
        row = rows[first - 1]
        while passed < len(blanks) and blanks[passed] < row:
            passed += 1
        real[record] = row - passed + 1
    where = _Where(real, (0, *places))
    document.table = CsvTable(document.table.columns, [(real[record], cells) for record, cells in document.table.rows])
    document.findings = [where.put(finding) for finding in document.findings]
    read = read_document(document, reports)
    if read.left_out:
        raise Refusal(head.file)
    return Handed(read, frozenset(blanks))


def _lines(head: Head, rows: Sequence[int], number: int) -> tuple[list[bytes], list[int]]:
    """The lines of some rows, and which lines of the file they are, counted from 0. Empty lines are no rows."""
    if not rows:
        return [], []
    try:
        lines = read_given(head.path, head.size).split(b"\n")
    except OSError:
        raise Refusal(head.file) from None
    places = [at for at, line in enumerate(lines) if line and line != b"\r"][1:]
    if len(places) != number:
        raise Refusal(head.file)
    chosen = [places[row] for row in rows]
    return [lines[place].rstrip(b"\r") for place in chosen], chosen


def _stands_alone(line: bytes, delimiter: str) -> bool:
    """Whether a line is a whole record: what stands within quotation marks may go on at the line below."""
    if b'"' not in line:
        return True
    try:
        return len(list(csv.reader([line.decode()], delimiter=delimiter, strict=True, skipinitialspace=True))) == 1
    except csv.Error:
        return False


class _Where(NamedTuple):
    """Where records and lines of the part stand in the whole file."""

    records: dict[int, int]
    lines: tuple[int, ...]

    def put(self, finding: Finding) -> Finding:
        """A finding at its place in the whole file."""
        return Finding(self._place(finding.place), finding.problem, finding.also and self._place(finding.also))

    def _place(self, place: Place) -> Place:
        path, span = place.path, place.span
        if path and isinstance(path[0], int):
            path = (self.records[path[0]], *path[1:])
        if span is not None:
            span = Span(self._line(span.line), span.column, self._line(span.end_line), span.end_column)
        return Place(place.file, path, place.on_key, span)

    def _line(self, line: int) -> int:
        return self.lines[line - 1] + 1
