"""Reading the files of reports: those that have changed, by two processes where they are many."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from uppfoljning.fast.project_cache import ProjectCache
from uppfoljning.fast.safe_pickle import dumped, loaded
from uppfoljning.fast.shards import Batch, in_batches
from uppfoljning.fast.worker import CAN, Second
from uppfoljning.files.source import Source, may_be_shared
from uppfoljning.project.file_result import FileResult, read_file
from uppfoljning.project.reports import Reports

MANY = 1000
"""How many files must be read for a second process to be worth its while."""

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


def read_all(
    names: Sequence[str], source: Source, reports: Reports, shelf: ProjectCache | None, *, alone: bool = False, keep: bool = True
) -> list[FileResult]:
    """What each file says by itself, in the order of the names, which are all those of their folders; `alone` without a second
    process. With `keep` what they say is kept for the next run.
    """
    if shelf is None or not (keep or shelf.has_reads):
        return _read(names, source, reports, alone)
    batches = in_batches(names)
    found = read_batches(batches, source, reports, shelf, alone=alone, keep=batches.keys() if keep else ())
    if keep:
        shelf.keep_only_batches(batches)
        shelf.keep_census()
    return [found[name] for name in names]


def read_batches(
    batches: Mapping[Batch, Sequence[str]],
    source: Source,
    reports: Reports,
    shelf: ProjectCache,
    *,
    alone: bool = False,
    keep: Collection[Batch] = (),
) -> dict[str, FileResult]:
    """What each file of some batches says by itself; that of those in `keep` is kept for the next run."""
    found: dict[str, FileResult] = {}
    for batch in batches:
        found |= shelf.reads(batch)
    new = _read([name for files in batches.values() for name in files if name not in found], source, reports, alone)
    found |= {read.file: read for read in new}
    fresh = {read.file for read in new}
    for batch in keep:
        files = batches[batch]
        if number := sum(file in fresh for file in files):
            shelf.keep_reads(batch, [found[file] for file in files], number)
    return found


def _read(names: Sequence[str], source: Source, reports: Reports, alone: bool) -> list[FileResult]:
    def read(some: Sequence[str]) -> list[FileResult]:
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
    with Second(lambda: dumped(work(other))) as second:
        first = work(mine)
        return first, loaded(second.result())
