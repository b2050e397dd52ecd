"""What many sets of partial sums are added up to: one declaration, run by whatever engine the frames belong to."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from uppfoljning.files.aside import Aside
from uppfoljning.files.sql import quoted
from uppfoljning.national.schema import COMMITMENTS, FIGURES, MONTHS, REPORTING, TABLES, SchemaTable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

if TYPE_CHECKING:
    import narwhals as nw

    Frames = Mapping[str, nw.LazyFrame[Any]]

Answers = Mapping[str, list[tuple[object, ...]]]
"""The rows of each result by its name, in the order of the keys."""


class NationalQuery(NamedTuple):
    """What is asked: the months from `first` to `last` (none given: all), one form or all, since when reports
    are recent, and whether the sums of answers, hours, steps and reasons are wanted too."""

    first: str = ""
    last: str = ""
    form: str = ""
    recent: str = ""
    figures: bool = False


class ResultSpec(NamedTuple):
    """One result: the keys that its rows are grouped by, and its sums."""

    keys: tuple[str, ...]
    values: tuple[str, ...]


def _names(table: SchemaTable) -> tuple[str, ...]:
    return tuple(column.name for column in table.values)


_STANDS = ("status", "matbart", "uppnatt", "avslutad")
_PROMISED = ("mal", "lovade", "vantade_taljare", "gjorda")

RESULTS: Mapping[str, ResultSpec] = {
    "blanketter": ResultSpec(("kommun", "blankett", "blankettversion"), (*_names(MONTHS), "senaste")),
    "manader": ResultSpec(("kommun", "manad"), ("rapporter",)),
    "ataganden": ResultSpec(("kommun", "vid", "version", *_STANDS), ("ataganden",)),
    "uppfyllelse": ResultSpec(("blankett", "blankettversion", "inbyggd", *_STANDS, "vantade_namnare"), ("ataganden", *_PROMISED)),
    "siffror": ResultSpec(("kommun", "blankett", "slag", "namn", "personer", "namnare"), _names(FIGURES)),
}
"""The results by name. Those of `ataganden` that are not asked for are nought, so that every municipality is heard of."""

NUMBER = "ataganden"
"""No column of a file, but how many rows of it there are."""

LAST = "senaste"
"""No sum, but the last of all."""


def sources(question: NationalQuery) -> dict[str, str]:
    """The table that each result is made from: of those that say it, the one with the fewest rows."""
    found = {
        "blanketter": MONTHS.name if question.first else COMMITMENTS.name,
        "manader": MONTHS.name if question.form else REPORTING.name,
        "ataganden": COMMITMENTS.name,
        "uppfyllelse": COMMITMENTS.name,
    }
    return found | {"siffror": FIGURES.name} if question.figures else found


def needed(question: NationalQuery) -> list[str]:
    """The tables that a question needs."""
    return list(dict.fromkeys(sources(question).values()))


def seen(question: NationalQuery) -> dict[str, ResultSpec]:
    """What the results see of the tables that nothing is left out of: rows alike in the keys may be added up on the way in."""
    found = {}
    for table in (COMMITMENTS.name, REPORTING.name):
        asked = [RESULTS[name] for name, source in sources(question).items() if source == table]
        keys = [key for one in asked for key in one.keys]
        limits = ["fran", "till"] if question.first and table == COMMITMENTS.name else []
        values = [value for one in asked for value in one.values]
        if asked:
            found[table] = ResultSpec(tuple(dict.fromkeys([*keys, *limits])), tuple(dict.fromkeys(values)))
    return found


def one_by_one(commitments: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The commitments as they stand in the files, where none have been added up: each is one."""
    import narwhals as nw

    return commitments.with_columns(nw.lit(1).alias(NUMBER))


def declared(frames: Frames, question: NationalQuery) -> dict[str, nw.LazyFrame[Any]]:
    """Every result, not yet computed: keys, then sums. `frames` are the tables by name, the commitments with their number."""
    import narwhals as nw

    source = {name: frames[table] for name, table in sources(question).items()}
    forms = _of_form(source["blanketter"], question)
    months = _within(source["manader"], question)
    standing = _standing(frames[COMMITMENTS.name], question)
    # What is read in first is asked for first.
    asked = {
        "manader": months.filter(nw.col("rapporter") > 0, nw.col("manad") >= question.recent),
        "blanketter": _amounted(_within(forms, question)) if question.first else forms,
        "ataganden": standing,
        "uppfyllelse": standing,
    }
    if question.figures:
        asked["siffror"] = _within(source["siffror"], question)
    return {name: _summed(frame, RESULTS[name]) for name, frame in asked.items()}


def _amounted(months: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The months, with the month itself where there is a report; of all time the commitments say the same."""
    import narwhals as nw

    return months.with_columns(senaste=nw.when(nw.col("rapporter") > 0).then(nw.col("manad")).otherwise(nw.lit("")))


def _standing(frame: nw.LazyFrame[Any], question: NationalQuery) -> nw.LazyFrame[Any]:
    """The commitments, counted as nothing where they are not asked for."""
    import narwhals as nw

    asked = []
    if question.form:
        asked.append(nw.col("blankett") == question.form)
    if question.first:
        asked += [_month("till") >= question.first, _month("fran") <= question.last]
    if not asked:
        return frame
    counted = nw.when(nw.all_horizontal(*asked, ignore_nulls=False))
    return frame.with_columns(*(counted.then(nw.col(name)).otherwise(0).alias(name) for name in (NUMBER, *_PROMISED)))


def _summed(frame: nw.LazyFrame[Any], asked: ResultSpec) -> nw.LazyFrame[Any]:
    """Keys, then sums."""
    import narwhals as nw

    sums = [nw.col(name).max() if name == LAST else nw.col(name).sum() for name in asked.values]
    return frame.group_by(*asked.keys).agg(*sums)


def _of_form(frame: nw.LazyFrame[Any], question: NationalQuery) -> nw.LazyFrame[Any]:
    """The rows of the form asked for."""
    import narwhals as nw

    return frame.filter(nw.col("blankett") == question.form) if question.form else frame


def _within(frame: nw.LazyFrame[Any], question: NationalQuery) -> nw.LazyFrame[Any]:
    """The rows of the form and the months asked for."""
    import narwhals as nw

    frame = _of_form(frame, question)
    if not question.first:
        return frame
    return frame.filter(nw.col("manad") >= question.first, nw.col("manad") <= question.last)


def _month(name: str) -> nw.Expr:
    """The month of a day, as text."""
    import narwhals as nw

    return nw.col(name).cast(nw.String).str.slice(0, 7)


# The engines: each gives its frames to the one declaration and brings home the rows. DuckDB runs here, Dask anywhere.


Files = Mapping[str, Sequence[str]]
"""The paths of each table by its name."""


def by_duckdb(files: Files, question: NationalQuery, threads: int = 0, meanwhile: Callable[[], None] = lambda: None) -> Answers:
    """Adds up in this process. `threads`: how many, else one a core. `duckdb.Error` where a file cannot be read.

    Python is free while the files are read: what is done `meanwhile` costs next to no time.
    """
    in_memory = seen(question)
    with _Memory(files, in_memory, threads) as memory:
        import narwhals as nw

        meanwhile()
        connection = memory.connection()
        frames: dict[str, Any] = {}
        for name in needed(question):
            there = name in in_memory
            frames[name] = nw.from_native(
                connection.table(name) if there else connection.read_parquet(list(files[name]), hive_partitioning=False)
            )
        results = {name: (frame, _narrow(frame)) for name, frame in declared(frames, question).items()}
        answers = {}
        for name, (frame, narrow) in results.items():
            memory.wait_for(sources(question)[name])
            answers[name] = _fetched(frame, narrow)
        return answers


class _Memory:
    """Tables in memory, and the reading of their files, with the rows that are alike added up.

    Opening a file takes longer than adding up what is in it, so each is opened once, however many results are made from it. All
    is done aside: DuckDB has no need of Python when it begins, nor when it reads.
    """

    def __init__(self, files: Files, tables: Mapping[str, ResultSpec], threads: int) -> None:
        import duckdb

        self._connect, self._threads = duckdb.connect, threads
        self._files, self._tables = files, tables
        self._reading: dict[str, tuple[DuckDBPyConnection, Aside[None]]] = {}
        self._beginning = Aside(self._begin)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        with self.connection():
            for cursor, reading in self._reading.values() if fault else ():
                cursor.interrupt()
                reading.drop()

    def connection(self) -> DuckDBPyConnection:
        """What the tables are in; they are there, but not yet filled."""
        return self._beginning.result()

    def wait_for(self, table: str) -> None:
        """Waits until a table is filled; one that is not in memory needs no waiting for."""
        if table in self._reading:
            self._reading[table][1].result()

    def _begin(self) -> DuckDBPyConnection:
        connection = self._connect()
        if self._threads:
            connection.execute("SET threads = ?", [self._threads])
        for table, asked in self._tables.items():
            types = {column.name: column.type for column in TABLES[table].columns}
            sums = {name: types[name] if name == LAST else "HUGEINT" for name in asked.values}
            columns = ", ".join(f"{name} {kind}" for name, kind in ({name: types[name] for name in asked.keys} | sums).items())
            connection.execute(f"CREATE TABLE {table} ({columns})")
        for table in self._tables:
            cursor = connection.cursor()
            self._reading[table] = (cursor, Aside(partial(self._read, cursor, table)))
        return connection

    def _read(self, cursor: DuckDBPyConnection, table: str) -> None:
        how = {NUMBER: "count(*)", LAST: f"max({LAST})"}
        asked = self._tables[table]
        chosen = ", ".join([*asked.keys, *(how.get(name, f"sum({name})") for name in asked.values)])
        # Given parameters DuckDB before 2 imports pandas, and here while another thread may look at what is half imported; so
        # the names of the files are written out. All else is made of names of our own.
        files = ", ".join(map(quoted, self._files[table]))
        filling = f"INSERT INTO {table} SELECT {chosen} FROM read_parquet([{files}], hive_partitioning = false) GROUP BY ALL"  # noqa: S608
        cursor.execute(filling)


def _narrow(frame: Any) -> Any:
    """The result with sums of 64 bits. DuckDB's have 128, and take ten times as long to bring home."""
    import narwhals as nw

    return frame.with_columns(nw.selectors.by_dtype(nw.Int128).cast(nw.Int64))


def _fetched(frame: Any, narrow: Any) -> list[tuple[Any, ...]]:
    """The rows of a result, whole also where a sum has no room in 64 bits."""
    import duckdb

    try:
        rows: list[tuple[Any, ...]] = narrow.to_native().fetchall()
    except duckdb.ConversionException:
        rows = frame.to_native().fetchall()
    return rows


def by_dask(files: Files, question: NationalQuery) -> Answers:
    """Adds up on the cluster that the caller has made a client for, or in threads without one."""
    import dask
    import dask.dataframe as dd
    import narwhals as nw

    with warnings.catch_warnings():
        # Narwhals says that what speaks to Dask is to become a package of its own, narwhals-dask; until it exists, it is here.
        warnings.filterwarnings("ignore", "Dask support is moving out", FutureWarning)
        frames: dict[str, Any] = {
            name: nw.from_native(dd.read_parquet(list(files[name]), dtype_backend="pyarrow")) for name in needed(question)
        }
    frames[COMMITMENTS.name] = one_by_one(frames[COMMITMENTS.name])
    asked = {name: frame.to_native() for name, frame in declared(frames, question).items()}
    computed = dask.compute(*asked.values())
    return {name: _rows(table) for name, table in zip(asked, computed, strict=True)}


def _rows(table: Any) -> list[tuple[Any, ...]]:
    """The rows of a pandas table with plain values: a sum is a whole number, whatever the engine's word for it."""
    columns = ([_plain(one) for one in table[name].tolist()] for name in table.columns)
    return list(zip(*columns, strict=True))


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, bool, date)) or value is None else int(value)


def in_order(answers: Answers) -> dict[str, list[tuple[Any, ...]]]:
    """The same rows in the order of their keys, so that those of two engines can be compared."""
    return {name: sorted(rows, key=repr) for name, rows in answers.items()}
