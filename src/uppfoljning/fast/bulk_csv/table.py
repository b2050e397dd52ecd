"""The rows of some files as a table in memory: for each cell which of the known values it is, not the text itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from unicodedata import is_normalized

from uppfoljning.fast.bulk_csv.head import BulkRefusal, Head
from uppfoljning.files.aside import Aside
from uppfoljning.files.sql import quoted
from uppfoljning.project.reports import Reports
from uppfoljning.rules.privacy_look import may_be_personal

if TYPE_CHECKING:
    from _duckdb import DuckDBPyConnection


# The engine that reads in columns: it begins while Python still looks at the files.


_THREADS = min(os.cpu_count() or 1, 4) + 1
"""One more than there are cores: the last pieces of the files are not equally large, and no core is to wait for another."""
_MEMORY = "1GB"


class Engine:
    """DuckDB in memory. Nothing is written to disk, nothing is fetched, and what does not fit is for the reader of rows."""

    def __init__(self) -> None:
        try:
            # The core alone: what the package has around it for other libraries takes three times as long to import.
            import _duckdb as core
        except ImportError:
            import duckdb as core  # type: ignore[no-redef] # where the core goes by another name

        self.error: type[Exception] = core.Error
        self._connect = core.connect
        self._connection: DuckDBPyConnection | None = None
        self._beginning = Aside(self._begin_aside)

    @property
    def duck(self) -> DuckDBPyConnection:
        """The connection: to an empty database the first time, and after `close`. Refusal where there can be none."""
        self._beginning.result()
        if self._connection is None:
            try:
                self._begin()
            except self.error:
                raise BulkRefusal from None
        assert self._connection is not None
        return self._connection

    def close(self) -> None:
        """Let go of the memory."""
        self._beginning.result()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _begin_aside(self) -> None:
        # What goes wrong here goes wrong once more where the connection is asked for.
        with suppress(self.error):
            self._begin()

    def _begin(self) -> None:
        self._connection = self._connect(
            ":memory:",
            config={
                "threads": _THREADS,
                "memory_limit": _MEMORY,
                "temp_directory": "",
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )


# What the columns of a file are: those with few different values, those of free text, and those that make a row special.


Kind = Literal["ord", "text", "kvitto", "ensam"]
"""`ord`: few different values, each looked at once. `text`: anything. `kvitto`: what tells rows apart. `ensam`: a row with a
value here is read by itself."""

_ALONE = ("period", "flyttad_till", "antal", "klart", "ersätter")
_TEXTS = (
    "text",
    "utgåva",
    "avvikelser.vad",
    "avvikelser.hur",
    "avvikelser.varför",
    "iakttagelser.text",
    "iakttagelser.åtgärd",
)
DATES = ("datum", "inlämnad")
_MOST_WORDS = 5000
_FEW = 16
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}")
_DIGITS = re.compile(r"[1-9][0-9]{0,2}|0")
_AROUND = 40 * timedelta(days=1)

# Signs without any of the shapes that `may_be_personal` looks for; or more signs, and hardly a digit among them.
_PLAIN_SIGNS = r"[ !$%&'*,./0-9:;?A-Z\[\\\]^_`a-z{}~\t-]*"
_TELLING = r"[0-9]{5}|[0-9]-[0-9]{3}|[0-9] [0-9]{3}|[0-9] [0-9]{2} [0-9]|[0-9]/[0-9]{3}[- ][0-9]|[A-Z]{3} ?[0-9]"
_SIGNS = r"[ !$%&'()*,./0-9:;?A-Z\[\\\]^_`a-z{}~åäöéÅÄÖÉ–—’”…\t-]*"
_MANY_DIGITS = r"[0-9](?:[^0-9]*[0-9]){3}|(?:[A-Z].*){3}[0-9]"
_RECEIPT = r"[0-9A-Za-zÅÄÖåäö._:/-]{1,120}"
_LONGEST = 100_000
"""Signs of the longest text; the reader of rows takes no more than 131 072 in a cell."""


class CsvColumn(NamedTuple):
    """A column: its place and name, what it is, and the values to look for, as they stand."""

    at: int
    name: str
    kind: Kind
    values: tuple[str, ...]

    @property
    def head(self) -> str:
        """The key it belongs to."""
        return self.name.partition(".")[0]

    @property
    def tail(self) -> str:
        """What stands after the dot."""
        return self.name.partition(".")[2]


def columns_of(names: Sequence[str], delimiter: str, seen: Iterable[Iterable[str]], reports: Reports) -> list[CsvColumn] | None:
    """The columns of some files with the same head, from some of their rows; None where one has too many different values."""
    cells: list[set[str]] = [set() for _ in names]
    number = 0
    for rows in seen:
        for row in rows:
            parts = row.split(delimiter)
            if len(parts) == len(names):
                number += 1
                for known, part in zip(cells, parts, strict=True):
                    known.add(part)
    kinds = [_kind(name, reports) for name in names]
    dates = set[str]().union(*(cells[at] for at, name in enumerate(names) if name in DATES))
    found = []
    for at, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        if kind == "ord":
            if len(cells[at]) > _MOST_WORDS or (len(cells[at]) > 500 and len(cells[at]) * 2 > number):
                return None
            values = tuple(sorted(_widened(dates if name in DATES else cells[at])))
        else:
            few = kind == "text" and name != "utgåva" and len(cells[at]) <= _FEW
            values = tuple(sorted(filter(_is_harmless, cells[at]))) if few else ()
        found.append(CsvColumn(at, name, kind, values))
    return found


def _kind(name: str, reports: Reports) -> Kind:
    if name in _ALONE:
        return "ensam"
    if name in ("id", "kvitto"):
        return "kvitto"
    head, _, tail = name.partition(".")
    if name in _TEXTS or (head == "uppgifter" and _is_free(tail, reports)):
        return "text"
    return "ord"


def _is_free(field: str, reports: Reports) -> bool:
    """Whether a field is free text in every form, and no target asks what it says."""
    for homes in reports.homes.values():
        for home in homes.values():
            known = home.form.fields.get(field) if home.form is not None else None
            if known is not None and known.type != "text":
                return False
            for target in home.commitment.targets:
                if field in (target.counts.field, target.counts.other):
                    return False
                if target.condition is not None and field in target.condition.facts:
                    return False
    return True


def _widened(values: set[str]) -> set[str]:
    """The values and those like them that other rows may have; what turns out to be elsewhere only costs time."""
    given = values - {""}
    if len(values) < 2:
        return values or {""}
    values = values | {""}
    if all(map(_DAY.fullmatch, given)):
        try:
            first, last = date.fromisoformat(min(given)) - _AROUND, date.fromisoformat(max(given)) + _AROUND
        except (ValueError, OverflowError):
            return values
        days = min((last - first).days + 1, _MOST_WORDS)
        return values | {(first + timedelta(days=number)).isoformat() for number in range(days)}
    if all(map(_CLOCK.fullmatch, given)):
        return values | {f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60)} | {"24:00"}
    if all(map(_DIGITS.fullmatch, given)):
        return values | set(map(str, range(2 * int(max(given, key=int)) + 50)))
    return values


def _is_harmless(value: str) -> bool:
    return value.strip() == value != "" and is_plain_text(value)


def is_plain_text(value: str) -> bool:
    """Whether a cell has nothing in it that the whole file must be looked through for."""
    return (
        '"' not in value
        and value.replace("\t", "").isprintable()
        and is_normalized("NFC", value)
        and not may_be_personal(value.encode())
        and not any(mark * 7 in value for mark in "<=>|")
    )


def harmless(cell: str, column: CsvColumn) -> str:
    """The SQL that is true only of texts that need no closer look."""
    clean = (
        f"length({cell}) < {_LONGEST} AND trim({cell}) <> '' AND ("
        f"(regexp_full_match({cell}, {quoted(_PLAIN_SIGNS)}) AND NOT regexp_matches({cell}, {quoted(_TELLING)})) OR "
        f"(regexp_full_match({cell}, {quoted(_SIGNS)}) AND NOT regexp_matches({cell}, {quoted(_MANY_DIGITS)})))"
    )
    if column.kind == "kvitto":
        clean += f" AND trim({cell}) = {cell}"
    if column.name in ("kvitto", "utgåva"):
        clean += f" AND regexp_full_match({cell}, {quoted(_RECEIPT)})"
    return clean


TYPED_FROM = 256 * 1024 * 1024
"""Bytes from which it pays to have the words looked up while the cells are read."""
_BUFFER = 8_000_000
"""Bytes read at a time: with so few a quick reading holds less, and takes no longer."""
_FEW_UNKNOWN = 2000
_SMALL = 256
"""As many words have codes of a single byte."""
EMPTY, CLEAN, SUSPECT, NUMBER = range(4)
"""What is known of a text: that there is none, that it is as harmless as it looks, nothing, or that it is a harmless number."""


class SqlTable:
    """The table `t`: `r` is the row by number, `f` its file, `c3` the code of the word that stands in column 3, `p3` what is
    known of a text there, `h3` a check sum of a receipt or an id, and `bad` a row of the wrong length.

    A code is a word's place among its column's values: a small whole number, which is quick to group by.
    """

    def __init__(self, engine: Engine, heads: Sequence[Head], columns: Sequence[CsvColumn]) -> None:
        self.heads = tuple(heads)
        self.columns = list(columns)
        self.whole, self.number = False, 0
        self.by_name = {column.name: column for column in columns}
        self._codes: dict[str, dict[str, int]] = {}
        self._engine, self.duck = engine, engine.duck
        try:
            self._fill()
        except engine.error:
            raise BulkRefusal(*self._unreadable()) from None

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query gives."""
        return self.duck.execute(query).fetchall()

    def first_rows(self) -> list[tuple[int, int]]:
        """Where each file's rows begin, and how many there are."""
        found = {f: (first, number) for f, first, number in self.rows("SELECT f, min(r), count(*) FROM t GROUP BY f")}
        return [found.get(f, (0, 0)) for f in range(len(self.heads))]

    @property
    def words(self) -> list[CsvColumn]:
        """The columns with few different values."""
        return [column for column in self.columns if column.kind == "ord"]

    def is_irregular(self) -> str:
        """The SQL that is true of rows with a cell of which too little is known."""
        return "FALSE" if self.whole else self._is_irregular()

    def _is_irregular(self) -> str:
        unknown = [f"c{column.at} IS NULL" for column in self.words]
        unknown += [f"p{column.at} = {SUSPECT}" for column in self.columns if column.kind != "ord"]
        return " OR ".join(["bad", *unknown])

    def code(self, column: CsvColumn, value: str) -> int:
        """The code of a word, or a number that no word has."""
        return self._codes[column.name].get(value, -1)

    def _fill(self) -> None:
        if not self._load_typed():
            self._load()
        unknown, number = self._unknown()
        if unknown > max(_FEW_UNKNOWN, number // 100):
            self._learn()
            self._load()
            unknown, number = self._unknown()
        self.whole, self.number = not unknown, number

    def _unknown(self) -> tuple[int, int]:
        """How many rows too little is known of, and how many there are."""
        ((unknown, number),) = self.rows(f"SELECT count(*) FILTER ({self._is_irregular()}), count(*) FROM t")
        return unknown, number

    def _load_typed(self) -> bool:
        """Have the reader of cells look up the words by itself; False where a cell has another one, which it takes for an error.

        Only where that saves more than it costs to begin anew.
        """
        if sum(head.size for head in self.heads) < TYPED_FROM:
            return False
        try:
            self._load(typed=True)
        except self._engine.error:
            return False
        return True

    def _load(self, typed: bool = False) -> None:
        self.duck.execute("DROP VIEW IF EXISTS t; DROP TABLE IF EXISTS read")
        words = {_type_of(column): column for column in self.words}
        self._codes = {column.name: {value: code for code, value in enumerate(column.values)} for column in self.words}
        for name, column in words.items():
            self.duck.execute(f"DROP TYPE IF EXISTS {name}; CREATE TYPE {name} AS ENUM ({', '.join(map(quoted, column.values))})")
        fixed = [column for column in self.words if len(column.values) == 1]
        types = {column.at: _type_of(column) for column in self.words if column not in fixed} if typed else {}
        cells = [cell for column in self.columns if column not in fixed for cell in self._cells(column)]
        width = len(self.columns)
        right = [f"x{width - 1} IS NOT NULL", f"x{width} IS NULL"]
        right += [f"x{column.at} = {quoted(column.values[0])}" for column in fixed]
        chosen = ", ".join(["file_index::USMALLINT AS f", *cells, f"NOT coalesce({' AND '.join(right)}, FALSE) AS bad"])
        self.duck.execute(f"CREATE TABLE read AS SELECT {chosen} FROM {self._source(self.heads, types)}")
        same = "".join(f", 0::UTINYINT AS c{column.at}" for column in fixed)
        self.duck.execute(f"CREATE VIEW t AS SELECT rowid AS r, *{same} FROM read")

    def _learn(self) -> None:
        """Look at every value there is, where too many rows have one that was not among those looked at beforehand."""
        strange = ((column, "bad" if len(column.values) == 1 else f"c{column.at} IS NULL") for column in self.words)
        unknown = [column for column, where in strange if self.rows(f"SELECT 1 FROM t WHERE {where} LIMIT 1")]
        new: dict[str, set[str]] = {}
        for column in unknown:
            cell, kind = f"x{column.at}", _type_of(column)
            most = len(column.values) + _MOST_WORDS
            values = [value for (value,) in self.rows(f"SELECT DISTINCT {cell} FROM {self._source(self.heads)} LIMIT {most}")]
            if len(values) == most:
                raise BulkRefusal
            new.setdefault(kind, {"", *column.values}).update(value for value in values if value is not None)
        for at, column in enumerate(self.columns):
            if column.kind == "ord" and _type_of(column) in new:
                self.columns[at] = self.by_name[column.name] = column._replace(values=tuple(sorted(new[_type_of(column)])))

    @staticmethod
    def _cells(column: CsvColumn) -> Iterable[str]:
        cell = f"x{column.at}"
        if column.kind == "ord":
            size = "UTINYINT" if len(column.values) <= _SMALL else "USMALLINT"
            yield f"enum_code(TRY_CAST({cell} AS {_type_of(column)}))::{size} AS c{column.at}"
            return
        if column.kind == "ensam":
            yield f"CASE WHEN {cell} = '' THEN {EMPTY} ELSE {SUSPECT} END::UTINYINT AS p{column.at}"
            return
        known = f"WHEN {cell} IN ({', '.join(map(quoted, column.values))}) THEN {CLEAN} " if column.values else ""
        clean = str(CLEAN)
        if column.name == "id":
            clean = f"CASE WHEN regexp_full_match({cell}, '[0-9]+') THEN {NUMBER} ELSE {CLEAN} END"
        yield (
            f"CASE WHEN {cell} = '' THEN {EMPTY} {known}WHEN {harmless(cell, column)} THEN {clean} ELSE {SUSPECT} END::UTINYINT "
            f"AS p{column.at}"
        )
        if column.kind == "kvitto":
            yield f"CASE WHEN {cell} <> '' THEN md5_number_upper({cell}) END AS h{column.at}"

    def _source(self, heads: Iterable[Head], types: Mapping[int, str] | None = None) -> str:
        """The cells as text, one more than there should be, so that a row with too many is seen; NULL where one is missing."""
        heads = list(heads)
        names = ", ".join(f"'x{at}': '{(types or {}).get(at, 'VARCHAR')}'" for at in range(len(self.columns) + 1))
        files = ", ".join(quoted(head.path) for head in heads)
        delimiter = heads[0].delimiter
        return (
            f"read_csv([{files}], auto_detect = false, header = false, skip = 1, delim = {quoted(delimiter)}, quote = '', "
            f"escape = '', comment = '', nullstr = '\x01', null_padding = true, buffer_size = {_BUFFER}, columns = {{{names}}})"
        )

    def _unreadable(self) -> list[str]:
        """The files that are to blame; all of them where none is by itself."""
        found = []
        for head in self.heads:
            touched = " OR ".join(f"x{at} = '\x02'" for at in range(len(self.columns)))
            try:
                self.rows(f"SELECT count(*) FROM {self._source([head])} WHERE {touched}")
            except self._engine.error:
                found.append(head.file)
        return found


def _type_of(column: CsvColumn) -> str:
    """Days are of one type, so that they can be compared; its words are in the order of the days."""
    return "days" if column.name in DATES else f"e{column.at}"
