"""The engines: each gives its frames to the one declaration and brings home the rows. DuckDB runs here, Dask anywhere."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from uppfoljning.national.declared import Answers, Question, declared, needed

Files = Mapping[str, Sequence[str]]
"""The paths of each table by its name."""


def by_duckdb(files: Files, question: Question, threads: int = 0) -> Answers:
    """Adds up in this process. `threads`: how many, else one a core. `duckdb.Error` where a file cannot be read."""
    import duckdb
    import narwhals as nw

    with duckdb.connect() as connection:
        connection.execute("SET parquet_metadata_cache = true")
        if threads:
            connection.execute("SET threads = ?", [threads])
        frames: dict[str, Any] = {}
        for name in needed(question):
            frames[name] = nw.from_native(connection.read_parquet(list(files[name]), hive_partitioning=False))
        return {name: frame.to_native().fetchall() for name, frame in declared(frames, question).items()}


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
