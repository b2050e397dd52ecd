"""What the national picture needs besides the program itself."""

from __future__ import annotations

from importlib.util import find_spec

from uppfoljning.cli.misuse import Misuse

LIBRARIES = ("duckdb", "narwhals")


def need_national() -> None:
    """Refuses, with what to do, where the libraries are missing."""
    if missing := [name for name in LIBRARIES if find_spec(name) is None]:
        raise Misuse(
            f"det här kommandot räknar med {' och '.join(missing)}, som inte är installerat. Installera tillägget nationell: "
            "pip install 'uppfoljning[nationell]'"
        )
