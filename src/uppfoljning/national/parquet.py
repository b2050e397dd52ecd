"""Partial sums as Parquet: rows into the bytes of a file. The same rows give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from uppfoljning.files.sql import quoted
from uppfoljning.national.gathered import Row
from uppfoljning.national.partials import Partials
from uppfoljning.national.schema import FILE, TABLES, VERSION, SchemaTable, folder_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def parquet_files(partials: Mapping[str, Partials], as_of: date) -> dict[str, bytes]:
    """The files of the partial sums of each municipality, by their names below the folder of the data set."""
    import duckdb

    found = {}
    with TemporaryDirectory(prefix="uppfoljning-") as folder, duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        path = Path(folder) / FILE
        for municipality, own in sorted(partials.items()):
            for table in TABLES.values():
                _write(connection, path, table, (VERSION, as_of, municipality, municipality[:2]), own.tables[table.name])
                found[f"{table.name}/{folder_of(municipality)}/{FILE}"] = path.read_bytes()
    return found


def _write(connection: DuckDBPyConnection, path: Path, table: SchemaTable, same: Row, rows: Sequence[Row]) -> None:
    """A column at a time: the engine takes lists as they are."""
    own = table.columns[len(same) :]
    values = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in own]
    chosen = ", ".join(
        [
            *(f"CAST(? AS {column.type}) AS {column.name}" for column in table.columns[: len(same)]),
            *(f"unnest(CAST(? AS {column.type}[])) AS {column.name}" for column in own),
        ]
    )
    connection.execute(f"CREATE OR REPLACE TABLE rows AS SELECT {chosen}", [*same, *values])
    connection.execute(f"COPY rows TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")
