"""The files of a large folder in batches, by the days that their names begin with: when a few change, the others are left be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TypeAlias

Batch: TypeAlias = tuple[str, str]
"""A folder, and how the names in it begin."""
FEWEST = 250
"""How many files there must be to a batch for it to be worth its while."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LEADS = (10, 7, 4)
"""How much of a name tells the day, the month and the year."""


def batches_of(names: Iterable[str]) -> dict[str, list[str]]:
    """The files right in one folder by how their names begin: the same day, where there are many of each, else month or year.

    In one batch with an empty lead are those that begin otherwise; and all, where there are few.
    """
    files = list(names)
    leads = [match[0] if (match := _DAY.match(name, name.rfind("/") + 1)) else "" for name in files]
    for length in _LEADS if len(files) > FEWEST else ():
        different = {lead[:length] for lead in leads}
        if len(different) > 1 and len(different) * FEWEST <= len(files):
            return _by([lead[:length] for lead in leads], files)
    return {"": files}


def latest_of(names: Collection[str]) -> str:
    """The latest day that a file right in one folder is named after; empty where there is none."""
    last = max(names, default="")
    # Mostly all are named after a day, and then the last one is named after the latest.
    for some in ([last], names):
        found = max((match[0] for name in some if (match := _DAY.match(name, name.rfind("/") + 1))), default="")
        if found:
            return found
    return ""


def in_batches(names: Iterable[str]) -> dict[Batch, list[str]]:
    """All the files of some folders by batch."""
    folders: dict[str, list[str]] = {}
    for name in names:
        folders.setdefault(name.rpartition("/")[0], []).append(name)
    return {(folder, lead): some for folder, files in folders.items() for lead, some in batches_of(files).items()}


def _by(leads: Iterable[str], files: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for lead, name in zip(leads, files, strict=True):
        found.setdefault(lead, []).append(name)
    return found
