"""A CSV file as rows of text, and everything that is wrong with its form."""

from __future__ import annotations

import csv
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from uppfoljning.domain.finding import Finding, Problem, Span
from uppfoljning.files.csv_records import Cells, cell_spans, delimiter_of, records, split_lines, unclosed_quote
from uppfoljning.files.spans import noted
from uppfoljning.files.text import EMPTY, csv_text

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


def _named(delimiter: str) -> str:
    return {";": "semikolon", "\t": "tabbtecken", ",": "komma"}[delimiter]
