"""Which files can be read in columns, and what can be seen at their beginning."""

from __future__ import annotations

import csv
import mmap
import os
import re
from collections.abc import Sequence
from itertools import repeat
from pathlib import Path
from typing import NamedTuple
from unicodedata import is_normalized
from zlib import crc32

from uppfoljning.domain.finding import Finding, Place, Span
from uppfoljning.files.csv import CsvTable, delimiter_of, records, split_lines
from uppfoljning.files.gate import opened, read_given
from uppfoljning.files.source import is_csv, size_limit
from uppfoljning.files.text import csv_text
from uppfoljning.project.document import REPORTS, take_in
from uppfoljning.project.file_result import FileResult, read_document, read_file
from uppfoljning.project.indicators import SERIES
from uppfoljning.project.reports import Reports
from uppfoljning.rules.privacy_look import may_be_personal

_BOM = "\ufeff"
_PATTERN = re.compile(r"[*?\[\]{}\\]")
"""Signs of a path that DuckDB would take for a pattern."""
_LONGEST_HEAD = 16 * 1024
_FIRST, _PIECES, _PIECE = 8 * 1024, 48, 1024
"""How many bytes of a file's beginning are looked at beforehand, and how many pieces of the rest, of how many bytes."""
_TRIED = 40
"""How many rows are read one by one first: where most of them have a fault, all of them must be."""


class BulkRefusal(Exception):  # noqa: N818 - nothing is wrong: the files are for the reader of rows
    """Some files cannot be read in columns; all of them where none is named."""

    def __init__(self, *files: str) -> None:
        super().__init__()
        self.files = frozenset(files)


class Head(NamedTuple):
    """A file, the line that names its columns, how they are parted, and some of the rows as they stand."""

    file: str
    path: str
    size: int
    line: bytes
    columns: tuple[str, ...]
    delimiter: str
    seen: tuple[str, ...]


class Piece:
    """A source of a single file, of which only some lines are there."""

    def __init__(self, file: str, data: bytes) -> None:
        self._file = file
        self._data = data

    def names(self) -> list[str]:
        """The one file."""
        return [self._file]

    def read(self, name: str) -> bytes:
        """Its bytes."""
        assert name == self._file
        return self._data


def head_of(root: Path, file: str, reports: Reports) -> Head | None:
    """The head of a file, or None where it must be read row by row."""
    if not is_csv(file) or not file.startswith(REPORTS) or file.startswith(SERIES):
        return None
    path = (root / file).as_posix()
    if _PATTERN.search(path):
        return None
    try:
        # The engine opens the file by its name, and must not be led away by a link.
        if os.path.islink(path):
            return None
        number, size = opened(str(root), file)
        with os.fdopen(number, "rb") as there:
            if not 0 < size <= size_limit(file):
                return None
            data = mmap.mmap(there.fileno(), 0, access=mmap.ACCESS_READ)
        with data:
            line = bytes(data[: data.find(b"\n", 0, _LONGEST_HEAD) + 1])
            pieces = [bytes(data[len(line) : len(line) + _FIRST])]
            pieces += (bytes(data[at : at + _PIECE]) for at in _starts(file, len(line) + _FIRST, len(data)))
    except OSError:
        return None
    return _head(file, path, size, line, pieces, reports)


def _starts(file: str, first: int, end: int) -> range:
    """Where the pieces begin: spread, and not at the same places in every file, for files are often in the same order."""
    step = max((end - first) // _PIECES, _PIECE)
    return range(first + crc32(file.encode()) % step, end, step)


def _head(file: str, path: str, size: int, line: bytes, pieces: Sequence[bytes], reports: Reports) -> Head | None:
    try:
        text = line.decode().removeprefix(_BOM)
        # The first and the last line of a piece may be cut, those of the file's beginning only at the end.
        whole = [b"\n" + piece if at == 0 else piece for at, piece in enumerate(pieces)]
        seen = [row.rstrip("\r") for piece in whole for row in _inner(piece).decode().split("\n")]
    except UnicodeDecodeError:
        return None
    delimiter = delimiter_of([text])
    found = next(records([text], delimiter), None)
    plain = text.rstrip("\r\n").replace("\t", "")
    if found is None or not isinstance(found[2], list) or not plain.isprintable() or not is_normalized("NFC", text):
        return None
    columns = tuple(name for name in found[2] if name is not None)
    if len(set(columns)) < len(found[2]) or may_be_personal(line):
        return None
    tried = read_file(Piece(file, "\n".join([text.rstrip("\r\n"), *seen[:_TRIED]]).encode()), file, reports)
    faulty = {finding.place.path[:1] for finding in tried.findings}
    if tried.left_out or len(faulty) * 2 > min(len(seen), _TRIED):
        return None
    return Head(file, path, size, line, columns, delimiter, tuple(row for row in seen if row))


def _inner(piece: bytes) -> bytes:
    """The lines that are whole."""
    return piece[piece.find(b"\n") + 1 : piece.rfind(b"\n") + 1]


# Rows handed to the reader of rows: their lines as a file by themselves, and what is found there put at its right place.


class Handed(NamedTuple):
    """What some rows of a file say, and which of them are blank: those are no records and are not counted."""

    read: FileResult
    blanks: frozenset[int]


def read_handed(head: Head, rows: Sequence[int], number: int, reports: Reports) -> Handed:
    """Read some rows of a file, counted from 0 and in order; there should be so many rows in all."""
    lines, places = _lines(head, rows, number)
    if not all(map(_stands_alone, lines, repeat(head.delimiter))):
        raise BulkRefusal(head.file)
    data = b"\n".join([head.line.rstrip(b"\r\n"), *lines, b""])
    document = take_in(Piece(head.file, data), head.file)
    text, _ = csv_text(head.file, data)
    if text is None or document.table is None:
        raise BulkRefusal(head.file)
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
        raise BulkRefusal(head.file)
    return Handed(read, frozenset(blanks))


def _lines(head: Head, rows: Sequence[int], number: int) -> tuple[list[bytes], list[int]]:
    """The lines of some rows, and which lines of the file they are, counted from 0. Empty lines are no rows."""
    if not rows:
        return [], []
    try:
        lines = read_given(head.path, head.size).split(b"\n")
    except OSError:
        raise BulkRefusal(head.file) from None
    places = [at for at, line in enumerate(lines) if line and line != b"\r"][1:]
    if len(places) != number:
        raise BulkRefusal(head.file)
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
