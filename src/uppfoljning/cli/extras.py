"""What the national picture needs besides the program itself."""

from __future__ import annotations

import os
from importlib.util import find_spec

from uppfoljning.cli.misuse import Misuse

FOR_SUMS = ("duckdb", "narwhals")


def need_national() -> None:
    """Refuses, with what to do, where the libraries are missing."""
    if missing := [name for name in FOR_SUMS if find_spec(name) is None]:
        raise Misuse(
            f"det här kommandot räknar med {' och '.join(missing)}, som inte är installerat. Installera tillägget nationell: "
            "pip install 'uppfoljning[nationell]'"
        )


# What the statistical commands need besides the program itself.


FOR_STATISTICS = ("numpy", "scipy", "statsmodels")
_THREADS = "OPENBLAS_NUM_THREADS"


def missing_libraries() -> list[str]:
    """The libraries that are not installed. What is there will reckon in one thread."""
    # The tables are small. Threads would take 40 MiB each, and where the system makes none the library ends the program.
    os.environ.setdefault(_THREADS, "1")
    return [name for name in FOR_STATISTICS if find_spec(name) is None]


def need_statistics() -> None:
    """Refuses, with what to do, where the libraries are missing."""
    if missing := missing_libraries():
        raise Misuse(
            f"det här kommandot räknar med {', '.join(missing)}, som inte är installerat. Installera tillägget analys: "
            "pip install 'uppfoljning[analys]'"
        )
