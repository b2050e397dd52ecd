"""Partial sums as Parquet: rows into the bytes of a file. The same rows give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from uppfoljning.national.partials import Partials
from uppfoljning.national.scheme import FILE, TABLES, VERSION, Table, folder_of
from uppfoljning.national.tally import Row


def parquet_files(partials: Mapping[str, Partials], as_of: date) -> dict[str, bytes]:
    """The files of the partial sums of each municipality, by their names below the folder of the data set."""
    return {
        f"{table.name}/{folder_of(municipality)}/{FILE}": _bytes(table, municipality, as_of, found.tables[table.name])
        for municipality, found in sorted(partials.items())
        for table in TABLES.values()
    }


def _bytes(table: Table, municipality: str, as_of: date, rows: Sequence[Row]) -> bytes:
    import duckdb

    same = (VERSION, as_of, municipality, municipality[:2])
    own = table.columns[len(same) :]
    values = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in own]
    chosen = ", ".join(
        [
            *(f"CAST(? AS {column.type}) AS {column.name}" for column in table.columns[: len(same)]),
            *(f"unnest(CAST(? AS {column.type}[])) AS {column.name}" for column in own),
        ]
    )
    with TemporaryDirectory(prefix="uppfoljning-") as folder, duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.execute(f"CREATE TABLE rows AS SELECT {chosen}", [*same, *values])
        path = Path(folder) / FILE
        connection.execute(f"COPY rows TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet, COMPRESSION zstd)")
        return path.read_bytes()
