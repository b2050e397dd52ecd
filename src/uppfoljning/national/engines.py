"""The engines: each gives its frames to the one declaration and brings home the rows. DuckDB runs here, Dask anywhere."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, Any

from uppfoljning.national.declared import LAST, NUMBER, Answers, Asked, Question, declared, needed, one_by_one, seen
from uppfoljning.national.scheme import COMMITMENTS, TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Files = Mapping[str, Sequence[str]]
"""The paths of each table by its name."""


def _nothing() -> None:
    return


def by_duckdb(files: Files, question: Question, threads: int = 0, meanwhile: Callable[[], None] = _nothing) -> Answers:
    """Adds up in this process. `threads`: how many, else one a core. `duckdb.Error` where a file cannot be read.

    Python is free while the files are read: what is done `meanwhile` costs next to no time.
    """
    import duckdb

    with duckdb.connect() as connection, ThreadPoolExecutor() as aside:
        if threads:
            connection.execute("SET threads = ?", [threads])
        readings = [_Reading(connection, name, files[name], asked) for name, asked in seen(question).items()]
        under_way = [aside.submit(one.run) for one in readings]
        try:
            import narwhals as nw

            frames: dict[str, Any] = {one.table: nw.from_native(connection.table(one.table)) for one in readings}
            for name in needed(question):
                if name not in frames:
                    frames[name] = nw.from_native(connection.read_parquet(list(files[name]), hive_partitioning=False))
            results = declared(frames, question)
            meanwhile()
            for done in under_way:
                done.result()
        except BaseException:
            for one in readings:
                one.stop()
            raise
        return {name: _fetched(frame) for name, frame in results.items()}


class _Reading:
    """A table in memory, and the reading of its files into it, with the rows that are alike added up.

    Opening a file takes longer than adding up what is in it: so it is opened once, however many results are made from it.
    """

    def __init__(self, connection: DuckDBPyConnection, table: str, paths: Sequence[str], asked: Asked) -> None:
        self.table, self._paths, self._asked = table, list(paths), asked
        self._connection = connection.cursor()
        types = {column.name: column.type for column in TABLES[table].columns}
        sums = {name: types[name] if name == LAST else "HUGEINT" for name in asked.values}
        columns = ({name: types[name] for name in asked.keys} | sums).items()
        connection.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns)})")

    def run(self) -> None:
        """Reads the files to their end."""
        how = {NUMBER: "count(*)", LAST: f"max({LAST})"}
        chosen = ", ".join([*self._asked.keys, *(how.get(name, f"sum({name})") for name in self._asked.values)])
        # Made of names of our own; the names of files are parameters.
        asked = f"INSERT INTO {self.table} SELECT {chosen} FROM read_parquet(?, hive_partitioning = false) GROUP BY ALL"  # noqa: S608
        self._connection.execute(asked, [self._paths])

    def stop(self) -> None:
        """Reads no more."""
        self._connection.interrupt()


def _fetched(frame: Any) -> list[tuple[Any, ...]]:
    """The rows of a result. DuckDB's sums are of 128 bits, and take ten times as long to bring home as those of 64."""
    import duckdb
    import narwhals as nw

    narrow = frame.with_columns(nw.selectors.by_dtype(nw.Int128).cast(nw.Int64))
    try:
        rows: list[tuple[Any, ...]] = narrow.to_native().fetchall()
    except duckdb.ConversionException:
        rows = frame.to_native().fetchall()
    return rows


def by_dask(files: Files, question: Question) -> Answers:
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
