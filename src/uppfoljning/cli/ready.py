"""What the reading commands need, imported while there is time for it: the program would import it soon anyway."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

_NEEDED = ("cli.door", "rules.summing")
_TO_SHOW = ("cli.out", "cli.reading", "followup.bundles", "present.status.text")


def get_ready(words: Sequence[str]) -> None:
    """Imports what a command line of a reading command needs. A fault in it is met again, and told of, where it is used."""
    with suppress(Exception):
        from uppfoljning.cli.app import app_for

        app_for(words)
        for name in _NEEDED if "validera" in words else (*_NEEDED, *_TO_SHOW):
            import_module(f"uppfoljning.{name}")
