"""Reading the files of reports: those that have changed, by two processes where they are many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from uppfoljning.files.second import CAN, Second
from uppfoljning.files.source import Source, may_be_shared
from uppfoljning.rules.kept import dumped, loaded
from uppfoljning.rules.reads import Read, read_file
from uppfoljning.rules.reports import Reports
from uppfoljning.rules.shelf import Shelf

MANY = 1000
"""How many files must be read for a second process to be worth its while."""

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


def read_all(names: Sequence[str], source: Source, reports: Reports, shelf: Shelf | None, *, alone: bool = False) -> list[Read]:
    """What each file says by itself, in the order of the names; `alone` without a second process."""
    if shelf is None:
        return _read(names, source, reports, alone)
    by_folder = grouped(names)
    known: dict[str, Read] = {}
    for folder in by_folder:
        known |= shelf.reads(folder)
    new = {read.file: read for read in _read([name for name in names if name not in known], source, reports, alone)}
    for folder, files in by_folder.items():
        if not new.keys().isdisjoint(files):
            shelf.keep_reads(folder, [new.get(file) or known[file] for file in files])
    return [new.get(name) or known[name] for name in names]


def grouped(names: Iterable[str]) -> dict[str, list[str]]:
    """Files by the folder that they lie right in."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.rpartition("/")[0], []).append(name)
    return found


def _read(names: Sequence[str], source: Source, reports: Reports, alone: bool) -> list[Read]:
    def read(some: Sequence[str]) -> list[Read]:
        return [read_file(source, name, reports) for name in some]

    if alone or len(names) < MANY or not may_be_shared(source):
        return read(names)
    middle = len(names) // 2
    first, second = by_two(read, names[:middle], names[middle:])
    return first + second


def by_two(work: Callable[[_Part], _Result], mine: _Part, other: _Part) -> tuple[_Result, _Result]:
    """The results of some work on two parts, done at the same time where the system lets a second process do the other."""
    if not CAN:
        return work(mine), work(other)
    second = Second(lambda: dumped(work(other)))
    first = work(mine)
    return first, loaded(second.result())
