"""A CSV file as rows of text, and everything that is wrong with its form."""

from __future__ import annotations

import csv
import gc
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple, TypeAlias

from uppfoljning.domain.finding import Finding, Problem, Span
from uppfoljning.files.source import noted
from uppfoljning.files.text import EMPTY, csv_text

# The records of a CSV text: where each begins, its cells, and the places of the cells.


DELIMITERS = (";", "\t", ",")
"""In order of preference."""

Cells: TypeAlias = "list[str | None]"
CsvRecord: TypeAlias = "tuple[int, int, Cells | csv.Error]"
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


def records(lines: list[str], delimiter: str) -> Iterator[CsvRecord]:
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


MOST_OF_A_KIND = 100
"""As many findings of one code are given for a file; the last one says how many there were besides."""

_NO_NAME = Problem("C001", "en kolumn saknar namn", "skriv kolumnens namn i rubrikraden, eller ta bort kolumnen")
_DOUBLED = 'skriv "" där ett citattecken hör till texten'
_OPEN = Problem("C005", "citattecknet stängs aldrig", f'avsluta med ", och {_DOUBLED}', "texten börjar här")
_AFTER = Problem("C006", "text efter ett avslutande citattecken", _DOUBLED, "texten börjar här")


class CsvTable(NamedTuple):
    """Rows as text: the column names, and for each record its number (from 1) and its cells, None where empty."""

    columns: tuple[str, ...]
    rows: list[tuple[int, list[str | None]]]


def read_csv(file: str, data: bytes) -> tuple[CsvTable | None, list[Finding]]:
    """The rows that fit the header, and what is wrong with the others; None when there is no readable header."""
    text, findings = csv_text(file, data)
    if text is None:
        return None, findings
    with _no_search_for_cycles():
        reading = _Reading(file, split_lines(text))
        table = reading.table()
    return table, findings + reading.findings


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Rows cannot hold each other, and to look for it again and again takes as long as the reading."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Reading:
    """One reading of one file; the findings gather in `findings`."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.findings: list[Finding] = []
        self._file = file
        self._lines = lines
        self._delimiter = delimiter_of(lines)
        self._counts: dict[str, int] = {}
        self._capped: dict[str, int] = {}

    def table(self) -> CsvTable | None:
        """The table, as far as it can be read."""
        found = records(self._lines, self._delimiter)
        _, first, header = next(found, (0, 0, None))
        if header is None:
            self.findings.append(noted(self._file, None, EMPTY))
            return None
        if isinstance(header, csv.Error):
            self._unreadable(first, header)
            return None
        width = len(header)
        rows: list[tuple[int, list[str | None]]] = []
        for number, line, cells in found:
            if isinstance(cells, csv.Error):
                if not self._unreadable(line, cells):
                    break
            elif len(cells) != width:
                self._wrong_length(line, cells, width)
            else:
                rows.append((number, cells))
                self._check_swallowed(line, cells)
        kept, columns = self._columns(first, header)
        if len(kept) < width:
            rows = [(number, [cells[place] for place in kept]) for number, cells in rows]
        return CsvTable(columns, rows)

    def _columns(self, line: int, header: Cells) -> tuple[list[int], tuple[str, ...]]:
        """The places and names of the columns that can be told apart; the others are left out and noted."""
        seen: dict[str, int] = {}
        spans: list[Span] = []
        if None in header or len(set(header)) < len(header):
            spans = cell_spans(self._lines, line, self._delimiter)
        noted_before, self.findings = self.findings, []
        for place, name in enumerate(header):
            if name is None:
                self.findings.append(noted(self._file, spans[place], _NO_NAME))
            elif name in seen:
                message = f"kolumnen {name} finns två gånger"
                problem = Problem("C002", message, "ta bort den ena eller byt namn på den", "andra gången")
                self.findings.append(noted(self._file, spans[place], problem, spans[seen[name]]))
            else:
                seen[name] = place
        self.findings += noted_before
        return list(seen.values()), tuple(seen)

    def _wrong_length(self, line: int, cells: Cells, width: int) -> None:
        code = "C003" if len(cells) < width else "C004"
        if not self._room_for(code):
            return
        spans = cell_spans(self._lines, line, self._delimiter)
        last = spans[-1]
        if code == "C003":
            span = Span(line + 1, 1, last.end_line, last.end_column)
            message = f"raden har {len(cells)} av {width} fält"
            remedy = "fyll på raden; ett tomt fält skrivs med bara skiljetecknet"
        else:
            extra = spans[width]
            span = Span(extra.line, extra.column, last.end_line, last.end_column)
            message = f"raden har {len(cells)} fält men rubrikraden {width}"
            remedy = f"ta bort det som är för mycket; hör ett {_named(self._delimiter)} till texten, sätt fältet inom citattecken"
        self._note(span, Problem(code, message, remedy))

    def _check_swallowed(self, line: int, cells: Cells) -> None:
        """Note a text that looks as if it holds whole rows: two stray quotation marks make one text of all between them."""
        number = swallowed(cells, self._delimiter)
        if number and self._room_for("C007"):
            place = next(at for at, cell in enumerate(cells) if cell is not None and "\n" in cell)
            rows = f"{number} rader" if number > 1 else "en rad"
            problem = Problem("C007", f"texten ser ut att ha svalt {rows}", "ta bort citattecknen, om raderna är egna rapporter")
            self._note(cell_spans(self._lines, line, self._delimiter)[place], problem)

    def _unreadable(self, line: int, error: csv.Error) -> bool:
        """Note a record that cannot be read; False when there have been so many that reading on has no meaning."""
        problem = _AFTER if "expected after" in str(error) else _OPEN
        if not self._room_for(problem.code):
            return False
        self._note(unclosed_quote(self._lines, line, self._delimiter), problem)
        return True

    def _room_for(self, code: str) -> bool:
        self._counts[code] = self._counts.get(code, 0) + 1
        left = self._counts[code] - MOST_OF_A_KIND
        if left > 0:
            last = self.findings[self._capped[code]]
            more = last.problem._replace(note=f"samma fel finns på {left} rader till")
            self.findings[self._capped[code]] = last._replace(problem=more)
        return left <= 0

    def _note(self, span: Span, problem: Problem) -> None:
        self._capped[problem.code] = len(self.findings)
        self.findings.append(noted(self._file, span, problem))


def swallowed(cells: Cells, delimiter: str) -> int:
    """How many rows of their own a text of a record seems to hold: lines with as many fields as the record has."""
    for place, cell in enumerate(cells):
        if cell is not None and "\n" in cell:
            first, *inner, last = (line.count(delimiter) for line in cell.split("\n"))
            if len(cells) > 2:
                whole = sum(number == len(cells) - 1 for number in inner)
                return whole + (place + first == len(cells) - 1 and last == place)
    return 0


def _named(delimiter: str) -> str:
    return {";": "semikolon", "\t": "tabbtecken", ",": "komma"}[delimiter]


# A table as it lies in its file, before anyone knows which row has the headings.


class Fault(NamedTuple):
    """Why a table cannot be read, and what to do about it."""

    message: str
    remedy: str


class Merge(NamedTuple):
    """Cells that are drawn as one: the first and last row, counted from 1, and the first and last column, from 0."""

    top: int
    bottom: int
    left: int
    right: int


class CellGrid(NamedTuple):
    """Rows of text with the numbers a spreadsheet shows for them; empty cells are empty texts, empty rows are left out.

    `unread` says why rows of a CSV file cannot be read. `notices` are what the user should know of how it was read.
    """

    rows: list[tuple[int, list[str]]]
    merges: tuple[Merge, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    notices: tuple[str, ...] = ()
    sheet: str = ""


# A CSV file of somebody else's making as a grid of text.


_HINT = re.compile(r'"?sep=(.)"?\n?', re.IGNORECASE)
_LINES_LOOKED_AT = 30


def csv_grid(name: str, data: bytes) -> CellGrid | Fault:
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
        if lost := swallowed(cells, delimiter):
            unread.append((number, f"texten ser ut att ha svalt {lost} rader: ett citattecken för mycket"))
        inside += sum(cell.count("\n") for cell in cells if cell)
    # F004 says that it was read in another encoding; the others are about signs that nobody sees and that are taken away.
    notices = tuple(found.problem.message for found in findings if found.problem.code in ("F003", "F004"))
    return CellGrid(rows, unread=tuple(unread), notices=notices)


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
