"""What the reading commands need, imported while there is time for it: the program would import it soon anyway."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

_NEEDED = ("cli.errors", "project.load")
_MORE = {
    "validera": ("fast.incremental", "fast.loading"),
    "underlag": ("cli.reading",),
    "status": ("cli.output", "cli.reading", "fast.aggregation", "fast.incremental", "present.views.status"),
}
"""What a command needs besides; those that are not here need `_TABLE`."""
_TABLE = ("cli.output", "cli.reading")


def get_ready(words: Sequence[str]) -> None:
    """Imports what a command line of a reading command needs. A fault in it is met again, and told of, where it is used."""
    with suppress(Exception):
        from uppfoljning.cli.app import app_for

        app_for(words)
        for name in (*_NEEDED, *next((_MORE[word] for word in words if word in _MORE), _TABLE)):
            import_module(f"uppfoljning.{name}")
