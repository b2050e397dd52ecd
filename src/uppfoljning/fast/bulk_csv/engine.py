"""The engine that reads in columns: it begins while Python still looks at the files."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from uppfoljning.fast.bulk_csv.head import Refusal
from uppfoljning.files.aside import Aside

if TYPE_CHECKING:
    from _duckdb import DuckDBPyConnection

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
                raise Refusal from None
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
