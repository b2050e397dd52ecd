"""The rows of some files as a table in memory: for each cell which of the known values it is, not the text itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from uppfoljning.fast.bulk_csv.engine import Engine
from uppfoljning.fast.bulk_csv.head import Head, Refusal
from uppfoljning.fast.bulk_csv.kinds import DATES, Column, harmless
from uppfoljning.files.sql import quoted

TYPED_FROM = 256 * 1024 * 1024
"""Bytes from which it pays to have the words looked up while the cells are read."""
_BUFFER = 8_000_000
"""Bytes read at a time: with so few a quick reading holds less, and takes no longer."""
_FEW_UNKNOWN = 2000
_MOST_WORDS = 5000
_SMALL = 256
"""As many words have codes of a single byte."""
EMPTY, CLEAN, SUSPECT, NUMBER = range(4)
"""What is known of a text: that there is none, that it is as harmless as it looks, nothing, or that it is a harmless number."""


class Table:
    """The table `t`: `r` is the row by number, `f` its file, `c3` the code of the word that stands in column 3, `p3` what is
    known of a text there, `h3` a check sum of a receipt or an id, and `bad` a row of the wrong length.

    A code is a word's place among its column's values: a small whole number, which is quick to group by.
    """

    def __init__(self, engine: Engine, heads: Sequence[Head], columns: Sequence[Column]) -> None:
        self.heads = tuple(heads)
        self.columns = list(columns)
        self.whole, self.number = False, 0
        self.by_name = {column.name: column for column in columns}
        self._codes: dict[str, dict[str, int]] = {}
        self._engine, self.duck = engine, engine.duck
        try:
            self._fill()
        except engine.error:
            raise Refusal(*self._unreadable()) from None

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query gives."""
        return self.duck.execute(query).fetchall()

    def first_rows(self) -> list[tuple[int, int]]:
        """Where each file's rows begin, and how many there are."""
        found = {f: (first, number) for f, first, number in self.rows("SELECT f, min(r), count(*) FROM t GROUP BY f")}
        return [found.get(f, (0, 0)) for f in range(len(self.heads))]

    @property
    def words(self) -> list[Column]:
        """The columns with few different values."""
        return [column for column in self.columns if column.kind == "ord"]

    def is_irregular(self) -> str:
        """The SQL that is true of rows with a cell of which too little is known."""
        return "FALSE" if self.whole else self._is_irregular()

    def _is_irregular(self) -> str:
        unknown = [f"c{column.at} IS NULL" for column in self.words]
        unknown += [f"p{column.at} = {SUSPECT}" for column in self.columns if column.kind != "ord"]
        return " OR ".join(["bad", *unknown])

    def code(self, column: Column, value: str) -> int:
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
                raise Refusal
            new.setdefault(kind, {"", *column.values}).update(value for value in values if value is not None)
        for at, column in enumerate(self.columns):
            if column.kind == "ord" and _type_of(column) in new:
                self.columns[at] = self.by_name[column.name] = column._replace(values=tuple(sorted(new[_type_of(column)])))

    @staticmethod
    def _cells(column: Column) -> Iterable[str]:
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


def _type_of(column: Column) -> str:
    """Days are of one type, so that they can be compared; its words are in the order of the days."""
    return "days" if column.name in DATES else f"e{column.at}"
