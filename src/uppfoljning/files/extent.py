"""How far the cells of a zipped workbook really reach, before any program lays its sheets out.

A sheet is laid out from its first cell to its last, so that a file of some kilobytes with a cell in the far corner fills the
memory. What is counted here is never less than what the reader of workbooks counts: tags are found wherever they stand, also in
a comment, and every part may be a sheet, whatever it is called.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from uppfoljning.files.extent_binary import reach_of_records
from uppfoljning.files.grid import Fault
from uppfoljning.files.unpacked import Budget, Part, TooLarge, parts_of

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
BROKEN = Fault("arbetsboken går inte att läsa", "öppna den i Excel, spara den på nytt som xlsx och försök igen")

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

    def without_empty(self, part: Part, budget: Budget) -> int:
        """The same without cells that say nothing but how they look, where every cell says where it stands."""
        reach = _Reach(0, 0)
        if self._binary or self._table.cells or self._rows or self._longest_run:
            return self.cells
        for text in _whole_tags(part.pieces(budget)):
            reach = _furthest(reach, _CELL.findall(text))
        return reach.row * reach.column

    def take_in(self, part: Part, budget: Budget, *, binary: bool) -> None:
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


def _check_texts(parts: list[Part], lengths: list[int]) -> None:
    """TooLarge where the texts that cells share come to too much, each counted wherever it is shown."""
    left = MOST_BYTES
    budget = Budget(MOST_BYTES)
    for part in parts:
        for text in _whole_tags(part.pieces(budget)):
            found = (int(digits[:9]) for digits in _INDEX.findall(text))
            left -= sum(lengths[index] for index in found if index < len(lengths))
            if left < 0:
                raise TooLarge
