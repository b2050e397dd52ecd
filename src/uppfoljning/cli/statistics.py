"""What the statistical commands need besides the program itself."""

from __future__ import annotations

from importlib.util import find_spec

from uppfoljning.cli.misuse import Misuse

LIBRARIES = ("numpy", "scipy", "statsmodels")


def need_statistics() -> None:
    """Refuses, with what to do, where the libraries are missing."""
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        raise Misuse(
            f"det här kommandot räknar med {', '.join(missing)}, som inte är installerat. Installera tillägget analys: "
            "pip install 'uppfoljning[analys]'"
        )
