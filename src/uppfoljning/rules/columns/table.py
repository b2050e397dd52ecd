"""The rows of some files as a table in memory: for each cell which of the known values it is, not the text itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from uppfoljning.rules.columns.head import Head, Refusal
from uppfoljning.rules.columns.kinds import DATES, Column, harmless, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_THREADS = 2
_MEMORY = "1GB"
_FEW_UNKNOWN = 2000
_MOST_WORDS = 5000
EMPTY, CLEAN, SUSPECT, NUMBER = range(4)
"""What is known of a text: that there is none, that it is as harmless as it looks, nothing, or that it is a harmless number."""


class Table:
    """The table `t`: `f` is the file by number, `c3` what stands in column 3 as one of its words, `p3` what is known of a text
    there, `h3` a check sum of a receipt or an id, and `bad` a row of the wrong length. `rowid` is the order of the rows.
    """

    def __init__(self, heads: Sequence[Head], columns: Sequence[Column]) -> None:
        import duckdb

        self.heads = tuple(heads)
        self.columns = list(columns)
        self.by_name = {column.name: column for column in columns}
        # Nothing is written to disk, nothing is fetched, and what does not fit is for the reader of rows.
        self.duck: DuckDBPyConnection = duckdb.connect(
            ":memory:",
            config={
                "threads": _THREADS,
                "memory_limit": _MEMORY,
                "temp_directory": "",
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        try:
            self._fill()
        except duckdb.Error:
            raise Refusal(*self._unreadable(duckdb.Error)) from None

    def close(self) -> None:
        """Let go of the memory."""
        self.duck.close()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query gives."""
        return self.duck.execute(query).fetchall()

    def first_rows(self) -> list[tuple[int, int]]:
        """Where each file's rows begin, and how many there are."""
        found = {f: (first, number) for f, first, number in self.rows("SELECT f, min(rowid), count(*) FROM t GROUP BY f")}
        return [found.get(f, (0, 0)) for f in range(len(self.heads))]

    @property
    def words(self) -> list[Column]:
        """The columns with few different values."""
        return [column for column in self.columns if column.kind == "ord"]

    def is_irregular(self) -> str:
        """The SQL that is true of rows with a cell of which too little is known."""
        unknown = [f"c{column.at} IS NULL" for column in self.words]
        unknown += [f"p{column.at} = {SUSPECT}" for column in self.columns if column.kind != "ord"]
        return " OR ".join(["bad", *unknown])

    def literal(self, column: Column, value: str) -> str:
        """A word of a column as SQL."""
        return f"{quoted(value)}::{_type_of(column)}"

    def _fill(self) -> None:
        self._load()
        (unknown, number) = self.rows(f"SELECT count(*) FILTER ({self.is_irregular()}), count(*) FROM t")[0]
        if unknown > max(_FEW_UNKNOWN, number // 100):
            self._learn()
            self._load()

    def _load(self) -> None:
        made = set()
        for column in self.words:
            if (name := _type_of(column)) not in made:
                made.add(name)
                self.duck.execute(f"DROP TABLE IF EXISTS t; DROP TYPE IF EXISTS {name}")
                self.duck.execute(f"CREATE TYPE {name} AS ENUM ({', '.join(map(quoted, column.values))})")
        cells = [cell for column in self.columns for cell in self._cells(column)]
        width = len(self.columns)
        wrong = f"x{width - 1} IS NULL OR x{width} IS NOT NULL AS bad"
        chosen = ", ".join(["file_index::USMALLINT AS f", *cells, wrong])
        self.duck.execute(f"CREATE OR REPLACE TABLE t AS SELECT {chosen} FROM {self._source(self.heads)}")

    def _learn(self) -> None:
        """Look at every value there is, where too many rows have one that was not among those looked at beforehand."""
        unknown = [column for column in self.words if self.rows(f"SELECT 1 FROM t WHERE c{column.at} IS NULL LIMIT 1")]
        new: dict[str, set[str]] = {}
        for column in unknown:
            cell, kind = f"x{column.at}", _type_of(column)
            most = len(column.values) + _MOST_WORDS
            values = [value for (value,) in self.rows(f"SELECT DISTINCT {cell} FROM {self._source(self.heads)} LIMIT {most}")]
            if len(values) == most:
                raise Refusal
            new.setdefault(kind, set(column.values)).update(value for value in values if value is not None)
        for at, column in enumerate(self.columns):
            if column.kind == "ord" and _type_of(column) in new:
                self.columns[at] = self.by_name[column.name] = column._replace(values=tuple(sorted(new[_type_of(column)])))

    @staticmethod
    def _cells(column: Column) -> Iterable[str]:
        cell = f"x{column.at}"
        if column.kind == "ord":
            yield f"TRY_CAST({cell} AS {_type_of(column)}) AS c{column.at}"
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

    def _source(self, heads: Iterable[Head]) -> str:
        """The cells as text, one more than there should be, so that a row with too many is seen; NULL where one is missing."""
        heads = list(heads)
        names = ", ".join(f"'x{at}': 'VARCHAR'" for at in range(len(self.columns) + 1))
        files = ", ".join(quoted(head.path) for head in heads)
        delimiter = heads[0].delimiter
        return (
            f"read_csv([{files}], auto_detect = false, header = false, skip = 1, delim = {quoted(delimiter)}, quote = '', "
            f"escape = '', comment = '', nullstr = '\x01', null_padding = true, columns = {{{names}}})"
        )

    def _unreadable(self, error: type[Exception]) -> list[str]:
        """The files that are to blame; all of them where none is by itself."""
        found = []
        for head in self.heads:
            touched = " OR ".join(f"x{at} = '\x02'" for at in range(len(self.columns)))
            try:
                self.rows(f"SELECT count(*) FROM {self._source([head])} WHERE {touched}")
            except error:
                found.append(head.file)
        return found


def _type_of(column: Column) -> str:
    """Days are of one type, so that they can be compared; its words are in the order of the days."""
    return "days" if column.name in DATES else f"e{column.at}"
