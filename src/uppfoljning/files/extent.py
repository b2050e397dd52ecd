"""How far the cells of a zipped workbook really reach, before any program lays its sheets out.

A sheet is laid out from its first cell to its last, so that a file of some kilobytes with a cell in the far corner fills the
memory. What is counted here is never less than what the reader of workbooks counts: tags are found wherever they stand, also in
a comment, and every part may be a sheet, whatever it is called."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from struct import error, unpack_from
from typing import NamedTuple

from uppfoljning.files.csv import Fault

# How far the cells reach in the workbooks that are no text: Excel's of before 2007, and its binary ones.


_ROW = 0
_LAST_CELL = 11
"""The numbers of the records of an xlsb that tell a row, and up to which they tell a cell."""
_BEGINNING = b"\x91\x01"
"""How the record before the rows of an xlsb is written; what has none is no sheet."""
OLE = b"\xd0\xcf\x11\xe0"
_FREE = 0xFFFFFFFA
"""Numbers of sectors from which on they are none."""
_ENTRY, _HEADER = 128, 512
_SMALL = 4096
_STREAMS = ("Workbook", "Book")
_SHEET, _END = 0x0085, 0x000A
_LOCK = 0x002F
_MANY = 0x00BD
_CELLS = frozenset((
    0x0001, 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x0206, 0x0207,
    0x0406, 0x027E, 0x00BD, 0x00BE, 0x00D6, 0x00FD,
))  # fmt: skip
"""The records of an xls that tell a cell; each begins with its row and its column."""
_BLANK = (0x0001, 0x0201, 0x00BE, 0x0207)


def reach_of_records(data: bytes) -> int:
    """How many cells a part of an xlsb would be laid out as; 0 for what is no sheet."""
    if (_BEGINNING + b"\0" if data.startswith(OLE) else _BEGINNING) not in data:
        return 0
    at = row = last_row = last_column = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        if kind == _ROW and size >= 4:
            row = int.from_bytes(data[at : at + 4], "little")
        elif 0 < kind <= _LAST_CELL and size >= 4:
            last_row = max(last_row, row + 1)
            last_column = max(last_column, int.from_bytes(data[at : at + 4], "little") + 1)
        at += size
    return last_row * last_column


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number written seven bits a byte, and where it ends."""
    found = 0
    for step in range(most):
        byte = data[at + step] if at + step < len(data) else 0
        found |= (byte & 0x7F) << (7 * step)
        if not byte & 0x80:
            return found, at + step + 1
    return found, at + most


def reach_of_old(data: bytes) -> int:
    """How many cells all the sheets of an xls would be laid out as, together. ValueError where it is broken."""
    try:
        return sum(map(_reach_of_stream, _streams(data)))
    except error:
        raise ValueError("a file that is cut") from None


def _reach_of_stream(stream: bytes) -> int:
    """The sheets begin where the stream says; each is read to its end, also where one begins within another."""
    starts = []
    for kind, body in _records(stream, 0):
        if kind == _LOCK and body[:2] != b"\0\0":
            # What follows is a secret, and the reader says so before it reads any of it.
            return 0
        if kind == _END:
            break
        if kind == _SHEET:
            starts.append(unpack_from("<I", body)[0])
    return sum(_reach_of_sheet(stream, start) for start in starts)


def _reach_of_sheet(stream: bytes, start: int) -> int:
    last_row = last_column = 0
    for kind, body in _records(stream, start):
        if kind == _END:
            break
        if kind in _CELLS and kind not in _BLANK and len(body) >= 4:
            row, column = unpack_from("<HH", body)
            last = unpack_from("<H", body, len(body) - 2)[0] if kind == _MANY else column
            last_row, last_column = max(last_row, row + 1), max(last_column, column + 1, last + 1)
    return last_row * last_column


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _chain(first: int, following: bytes, sector: Callable[[int], bytes]) -> bytes:
    """The sectors from the first on, each followed by what the list says."""
    found: list[bytes] = []
    seen: set[int] = set()
    while first < _FREE and first not in seen and 4 * first + 4 <= len(following):
        seen.add(first)
        found.append(sector(first))
        first = unpack_from("<I", following, 4 * first)[0]
    return b"".join(found)


def _streams(data: bytes) -> Iterator[bytes]:
    """The streams of an OLE file that may hold a workbook."""
    if len(data) < _HEADER:
        raise ValueError("no OLE file")
    shift, small_shift = unpack_from("<HH", data, 30)
    first_folder = unpack_from("<I", data, 48)[0]
    first_small, _, first_more, _ = unpack_from("<4I", data, 60)
    if not 7 <= shift <= 16 or not 4 <= small_shift < shift:
        raise ValueError("no OLE file")
    size = 1 << shift

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    lists = list(unpack_from("<109I", data, 76))
    seen: set[int] = set()
    while first_more < _FREE and first_more not in seen:
        seen.add(first_more)
        more = sector(first_more)
        lists += unpack_from(f"<{size // 4 - 1}I", more)
        first_more = unpack_from("<I", more, size - 4)[0]
    following = b"".join(sector(number) for number in lists if number < _FREE)
    folder = _chain(first_folder, following, sector)
    entries = [folder[at : at + _ENTRY] for at in range(0, len(folder) - _ENTRY + 1, _ENTRY)]
    small_following = _chain(first_small, following, sector)
    for entry in entries:
        name = entry[: max(unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        first, length = unpack_from("<IQ", entry, 116)
        length &= 0xFFFFFFFF
        if name not in _STREAMS:
            continue
        if length >= _SMALL:
            yield _chain(first, following, sector)[:length]
        else:
            inside = _chain(unpack_from("<I", entries[0], 116)[0], following, sector)
            step = 1 << small_shift

            def small(number: int, inside: bytes = inside, step: int = step) -> bytes:
                return inside[number * step : (number + 1) * step]

            yield _chain(first, small_following, small)[:length]


# The parts of a zip archive as they really are when they are unpacked, whatever the archive says of their size.


_LOCAL_HEADER = 30
_MOST_PARTS = 10_000
_STEP = 256 * 1024


class Budget:
    """How many bytes may still be unpacked."""

    def __init__(self, left: int) -> None:
        self.left = left


class TooLarge(Exception):  # noqa: N818 - nothing is wrong with the archive
    """More than may be unpacked."""


class ArchivePart(NamedTuple):
    """One part of an archive, by its name."""

    name: str
    data: bytes
    at: int
    size: int
    method: int

    def pieces(self, budget: Budget) -> Iterator[bytes]:
        """Its content, piece by piece. TooLarge past what may be unpacked, BadZipFile where it is broken."""
        head = self.data[self.at : self.at + _LOCAL_HEADER]
        if len(head) < _LOCAL_HEADER or not head.startswith(b"PK\x03\x04"):
            raise zipfile.BadZipFile
        first = self.at + _LOCAL_HEADER + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        packed = memoryview(self.data)[first : first + self.size]
        pieces: Iterator[bytes]
        if self.method == zipfile.ZIP_STORED:
            pieces = (bytes(packed[at : at + _STEP]) for at in range(0, len(packed), _STEP))
        elif self.method == zipfile.ZIP_DEFLATED:
            pieces = _inflated(packed)
        else:
            raise zipfile.BadZipFile
        for piece in pieces:
            budget.left -= len(piece)
            if budget.left < 0:
                raise TooLarge
            yield piece


def parts_of(data: bytes) -> list[ArchivePart]:
    """What an archive holds. TooLarge where that is more than any workbook has, BadZipFile where it is broken."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = archive.infolist()
    if len(inside) > _MOST_PARTS:
        raise TooLarge
    return [ArchivePart(one.filename, data, one.header_offset, one.compress_size, one.compress_type) for one in inside]


def _inflated(packed: memoryview) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), _STEP):
            waiting = bytes(packed[at : at + _STEP])
            while waiting and not unpacker.eof:
                if piece := unpacker.decompress(waiting, _STEP):
                    yield piece
                waiting = unpacker.unconsumed_tail
    except zlib.error:
        raise zipfile.BadZipFile from None


MOST_CELLS = 20_000_000
"""The most cells that all the sheets of a workbook are laid out as."""
MOST_BYTES = 512 * 1024 * 1024
"""What an unpacked workbook may come to, and the texts of its cells; a year of anybody's forms is a thousandth of it."""
_MOST_MERGES = 20_000
_LONGEST_TAG = 1024 * 1024

TOO_LARGE = Fault("arbetsboken är för stor när den packas upp", "spara bladet som CSV")
FAR_APART = Fault(
    "bladet har celler för långt bort från varandra",
    "ta bort det som står långt ut åt höger eller långt ner, eller spara bladet som CSV",
)
MANY_MERGES = Fault("bladet har för många hopslagna celler", "spara bladet som CSV")
BROKEN = Fault(
    "arbetsboken går inte att läsa",
    "öppna den i programmet som den gjordes i, spara den på nytt som xlsx eller CSV och försök igen",
)

_CONTENT = "content.xml"
"""Where OpenDocument has its tables."""
_BINARY = "xl/_rels/workbook.bin.rels"
"""What an xlsb names its sheets in."""
_P = rb"(?:[\w.-]+:)?"
_TAG = re.compile(rb"<" + _P + rb"(row|c)(?=[\s/>])")
_UNNUMBERED = re.compile(_TAG.pattern + rb"(?!\s+r\s*=\s*[\"'][A-Za-z]*[0-9])")
_EMPTY = rb"(?:\s+s\s*=\s*\"[0-9]*\")?\s*/>"
_CELL = re.compile(rb"r\s*=\s*[\"']([A-Za-z]+)([0-9]+)[\"'](?!" + _EMPTY + rb")")
_ANY = re.compile(rb"r\s*=\s*[\"']([A-Za-z]*)([0-9]+)")
_TEXT = re.compile(rb"<" + _P + rb"si(?=[\s/>])")
_OF_TEXT = re.compile(rb"t\s*=\s*[\"']s[\"']")
_INDEX = re.compile(rb"<" + _P + rb"v(?:\s[^<>]*)?>\s*([0-9]+)")
_MERGE = re.compile(rb"<" + _P + rb"mergeCell(?=[\s/>])")
_ODS = re.compile(rb"<(/?)" + _P + rb"(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<]*)")
_REPEATED = re.compile(rb"number-(?:columns|rows)-repeated\s*=\s*[\"'][^0-9\"']*([0-9]+)")
_ALONE = re.compile(rb"(?:[^>\"']|\"[^\"]*\"|'[^']*')*/>")
_SAYS = re.compile(rb"value|formula")


def largest_sheet(data: bytes) -> int | Fault:
    """How many cells the largest sheet of a zipped workbook is laid out as, or why it must not be laid out."""
    try:
        parts = parts_of(data)
        budget = Budget(MOST_BYTES)
        named = b"".join(piece for part in parts if part.name == _BINARY for piece in part.pieces(budget))
        sheets = [_Sheet() for _ in parts]
        for part, sheet in zip(parts, sheets, strict=True):
            sheet.take_in(part, budget, binary=part.name.rpartition("/")[2].encode() in named)
        cells = [sheet.cells for sheet in sheets]
        if sum(cells) > MOST_CELLS:
            again = Budget(MOST_BYTES)
            cells = [sheet.without_empty(part, again) for part, sheet in zip(parts, sheets, strict=True)]
        if sum(one.of_text for one in sheets) * max((one.longest for one in sheets), default=0) > MOST_BYTES:
            _check_texts(parts, [length for one in sheets for length in one.lengths])
    except TooLarge:
        return TOO_LARGE
    except (zipfile.BadZipFile, ValueError):
        return BROKEN
    if sum(cells) > MOST_CELLS:
        return FAR_APART
    if sum(one.merges for one in sheets) > _MOST_MERGES:
        return MANY_MERGES
    return max(cells, default=0)


class _Sheet:
    """What a part comes to as a sheet: its cells, merged regions and texts."""

    def __init__(self) -> None:
        self.merges = self.of_text = 0
        self.lengths: list[int] = []
        self._open_document = False
        self._table = _Repeated()
        self._binary = 0
        self._reach = _Reach(0, 0)
        self._rows = self._run = self._longest_run = 0
        self._last_text = -1

    @property
    def cells(self) -> int:
        """How many it is laid out as, at most."""
        numbered = (self._reach.row + self._rows) * (self._reach.column + self._longest_run)
        return max(numbered, self._table.cells, self._binary)

    @property
    def longest(self) -> int:
        """The bytes of its longest text that cells share."""
        return max(self.lengths, default=0)

    def without_empty(self, part: ArchivePart, budget: Budget) -> int:
        """The same without cells that say nothing but how they look, where every cell says where it stands."""
        reach = _Reach(0, 0)
        if self._binary or self._table.cells or self._rows or self._longest_run:
            return self.cells
        for text in _whole_tags(part.pieces(budget)):
            reach = _furthest(reach, _CELL.findall(text))
        return reach.row * reach.column

    def take_in(self, part: ArchivePart, budget: Budget, *, binary: bool) -> None:
        """Look at everything in a part; `binary` where it may be a sheet of an xlsb as well."""
        if binary:
            self._binary = reach_of_records(b"".join(part.pieces(budget)))
        passed = 0
        self._open_document = part.name == _CONTENT
        for text in _whole_tags(part.pieces(budget)):
            self._take(text, passed)
            passed += len(text)
        if self._last_text >= 0:
            self.lengths.append(passed - self._last_text)
        self._table.end(passed)

    def _take(self, text: bytes, passed: int) -> None:
        self._reach = _furthest(self._reach, _ANY.findall(text))
        if _UNNUMBERED.search(text):
            self._take_unnumbered(text)
        self.of_text += len(_OF_TEXT.findall(text))
        self.merges += len(_MERGE.findall(text)) if b"mergeCell" in text else 0
        for found in _TEXT.finditer(text) if b"si" in text else ():
            if self._last_text >= 0:
                self.lengths.append(passed + found.start() - self._last_text)
            self._last_text = passed + found.start()
        for found in _ODS.finditer(text) if self._open_document else ():
            self._table.take(found, passed)

    def _take_unnumbered(self, text: bytes) -> None:
        """Cells that do not say where they stand follow on each other, and so do rows."""
        for found in _TAG.finditer(text):
            numbered = _UNNUMBERED.match(text, found.start()) is None
            if found[1] == b"row":
                self._rows += not numbered
                self._run = 0
            elif not numbered:
                self._run += 1
                self._longest_run = max(self._longest_run, self._run)


class _Reach(NamedTuple):
    row: int
    column: int


def _furthest(reach: _Reach, found: list[tuple[bytes, bytes]]) -> _Reach:
    if not found:
        return reach
    row = max(int(digits[:9]) for digits in {digits for _, digits in found})
    column = max(_column(letters) for letters in {letters for letters, _ in found})
    return _Reach(max(reach.row, row), max(reach.column, column))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:7].upper():
        number = number * 26 + letter - ord("A") + 1
    return number


class _Repeated:
    """The cells of the tables of OpenDocument, where a cell and a row say how many times they are repeated."""

    def __init__(self) -> None:
        self.cells = 0
        self._rows = self._height = self._width = 0
        self._at = self._filled = 0
        self._times = 1
        self._since, self._share = 0, 0
        self._bytes = 0

    def take(self, found: re.Match[bytes], passed: int) -> None:
        """A tag in its order."""
        self._end_cell(passed + found.start())
        closing, kind, rest = found.groups()
        times = max((int(digits[:9]) for digits in _REPEATED.findall(rest)), default=1)
        if kind == b"table":
            self._end_row()
            self.cells += self._height * self._width
            self._rows = self._height = self._width = 0
        elif kind == b"table-row":
            self._end_row()
            self._times = times if not closing else 0
        elif not closing:
            self._at += times
            if _SAYS.search(rest) or not _ALONE.match(rest):
                self._filled = self._at
                self._since, self._share = passed + found.start(), times * max(self._times, 1)

    def end(self, passed: int) -> None:
        """After the last tag."""
        self._end_cell(passed)
        self._end_row()
        self.cells += self._height * self._width
        self._height = self._width = 0

    def _end_cell(self, at: int) -> None:
        self._bytes += (at - self._since) * self._share
        self._share = 0
        if self._bytes > MOST_BYTES:
            raise TooLarge

    def _end_row(self) -> None:
        self._rows += self._times
        if self._filled:
            self._height = self._rows
            self._width = max(self._width, self._filled)
        self._at = self._filled = 0
        self._times = 0


def _whole_tags(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same text in pieces that no tag is cut in two by."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        cut = max(text.rfind(b"<"), 0)
        rest = text[cut:]
        if len(rest) > _LONGEST_TAG:
            if _TAG.match(rest) or _ODS.match(rest):
                raise ValueError("a tag without an end")
            cut, rest = len(text), b""
        yield text[:cut]
    yield rest


def _check_texts(parts: list[ArchivePart], lengths: list[int]) -> None:
    """TooLarge where the texts that cells share come to too much, each counted wherever it is shown."""
    left = MOST_BYTES
    budget = Budget(MOST_BYTES)
    for part in parts:
        for text in _whole_tags(part.pieces(budget)):
            found = (int(digits[:9]) for digits in _INDEX.findall(text))
            left -= sum(lengths[index] for index in found if index < len(lengths))
            if left < 0:
                raise TooLarge
