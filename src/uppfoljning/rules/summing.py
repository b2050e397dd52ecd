"""A project from what its folders amount to, each read apart from the others; a folder that has not changed is not read at all.

That is right only where no report of one folder has to do with one of another. Where one may, nothing is given, and the project
must be read report by report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

from uppfoljning.domain.entry import Entry
from uppfoljning.files.census import marks_of
from uppfoljning.files.source import Folder, Source, is_csv
from uppfoljning.rules.documents import PLANS
from uppfoljning.rules.project import Around, Found, Project
from uppfoljning.rules.reading import MANY, by_two, read_all
from uppfoljning.rules.reports import Reports
from uppfoljning.rules.shelf import Folders, Shelf
from uppfoljning.rules.unit import Manner, Owner, Unit, unit_of

LARGE = 400_000
"""How many bytes CSV files must have together for it to be quicker to read them in columns."""
_LARGE_FILE = 40_000
_Days: TypeAlias = Mapping[Owner, frozenset[date]]


def load_summed(root: Path, source: Source, shelf: Shelf, manner: Manner, *, keep: bool = True) -> Project | None:
    """The project in a folder with its reports put together, or None where they cannot be. `keep` what the folders amount to."""
    plans = Folder(root, (PLANS.rstrip("/"),)).names()
    around = Around(source, plans, shelf)
    if around.stray:
        return None
    work = _Work(root, source, shelf, Reports(around.plans), manner)
    wanted = {folder for folder in shelf.folders if not f"{folder}/".startswith(PLANS)}
    kept = shelf.sums() if keep else {}
    units = {folders: some for folders, some in kept.items() if wanted.issuperset(folders)}
    units |= work.units(sorted(wanted - {folder for folders in units for folder in folders}), {})
    moved = _moved(units.values())
    split = [folders for folders, some in units.items() if any(_must_split(unit, moved) for unit in some)]
    again = work.units(sorted(folder for folders in split for folder in folders), moved)
    units = {folders: some for folders, some in units.items() if folders not in split} | again
    if keep and any(kept.get(folders) is not some for folders, some in units.items()):
        shelf.keep_sums(units)
    every = [unit for folders in sorted(units) for unit in units[folders]]
    return _put_together(around, every, len(plans)) if _stand_apart(every) else None


def is_large(root: Path, shelf: Shelf) -> bool:
    """Whether there is so much that it is quicker to put it together than to look at it report by report."""
    return sum(folder.files for folder in shelf.folders.values()) >= MANY or bool(large_files(root, shelf.folders))


def large_files(root: Path, folders: Iterable[str]) -> set[str]:
    """The CSV files that are worth reading in columns, where there is enough of them."""
    return _large(_sizes(root, folders))


def _sizes(root: Path, folders: Iterable[str]) -> dict[str, dict[str, int]]:
    """The files right in each folder, in order, with how large they are."""
    found = {}
    for folder in folders:
        marks = marks_of(str(root), folder, [])
        named = zip(marks.names, marks.numbers[::3], strict=True)
        found[folder] = dict(sorted((f"{folder}/{name}" if name else folder, size) for name, size in named))
    return found


def _large(sizes: Mapping[str, Mapping[str, int]]) -> set[str]:
    found = {file: size for some in sizes.values() for file, size in some.items() if size >= _LARGE_FILE and is_csv(file)}
    return set(found) if sum(found.values()) >= LARGE else set()


class _Work:
    """How folders are read and summed up."""

    def __init__(self, root: Path, source: Source, shelf: Shelf, reports: Reports, manner: Manner) -> None:
        self._root, self._source, self._shelf, self._reports, self._manner = root, source, shelf, reports, manner
        self._by_two = True

    def units(self, folders: Sequence[str], moved: _Days) -> dict[Folders, tuple[Unit, ...]]:
        """What folders amount to; those with a large file in common are one."""
        sizes = _sizes(self._root, folders)
        large = _large(sizes)
        small = {folder: [name for name in names if name not in large] for folder, names in sizes.items()}
        found = {folder: [unit] for folder, unit in self._small(small, moved).items()}
        together = {folder: frozenset({folder}) for folder in folders}
        read = self._in_columns(large, moved)
        left = large - {file for some, _ in read for file in some}
        for files, unit in [*read, *self._in_rows(left, moved)]:
            homes = sorted({file.rpartition("/")[0] for file in files})
            found[homes[0]].append(unit)
            joined = frozenset[str]().union(*(together[home] for home in homes))
            together |= dict.fromkeys(joined, joined)
        return {
            tuple(sorted(some)): tuple(unit for folder in sorted(some) for unit in found[folder])
            for some in set(together.values())
        }

    def _small(self, files: Mapping[str, Sequence[str]], moved: _Days) -> dict[str, Unit]:
        """What the files of each folder amount to, by two processes where they are many."""
        if not self._by_two or len(files) < 2 or sum(map(len, files.values())) < MANY:
            return self._each(files, moved, alone=not self._by_two)
        mine: dict[str, Sequence[str]] = {}
        other: dict[str, Sequence[str]] = {}
        for folder, names in sorted(files.items(), key=lambda one: (-len(one[1]), one[0])):
            least = min(mine, other, key=lambda some: sum(map(len, some.values())))
            least[folder] = names
        first, second = by_two(lambda some: self._each(some, moved, alone=True), mine, other)
        return first | second

    def _each(self, files: Mapping[str, Sequence[str]], moved: _Days, *, alone: bool) -> dict[str, Unit]:
        return {
            folder: unit_of(
                read_all(names, self._source, self._reports, self._shelf, alone=alone), self._reports, self._manner.compact, moved
            )
            for folder, names in files.items()
        }

    def _in_columns(self, large: Iterable[str], moved: _Days) -> list[tuple[tuple[str, ...], Unit]]:
        files = sorted(large)
        if not files:
            return []
        from uppfoljning.rules.columns.reading import read_columns

        # What reads in columns has threads of its own, and a process with threads is not to be divided in two.
        self._by_two = False
        return read_columns(files, self._root, self._reports, self._manner.grains, self._manner.compact, moved)

    def _in_rows(self, large: Iterable[str], moved: _Days) -> list[tuple[tuple[str, ...], Unit]]:
        """The large files that cannot be read in columns, all together."""
        files = sorted(large)
        if not files:
            return []
        reads = read_all(files, self._source, self._reports, self._shelf, alone=True)
        return [(tuple(files), unit_of(reads, self._reports, self._manner.compact, moved))]


def _moved(units: Iterable[Iterable[Unit]]) -> dict[Owner, frozenset[date]]:
    """The days that occasions were moved to, in whatever file that is said."""
    found: dict[Owner, frozenset[date]] = {}
    for some in units:
        for unit in some:
            for owner, days in unit.moved_to.items():
                if days:
                    found[owner] = found.get(owner, frozenset()) | days
    return found


def _must_split(unit: Unit, moved: _Days) -> bool:
    """Whether the unit has a report of a day that an occasion was moved to, put together with reports of other days."""
    return any(
        not (days & moved.get(owner, frozenset())) <= unit.split.get(owner, frozenset()) for owner, days in unit.days.items()
    )


def _stand_apart(units: Sequence[Unit]) -> bool:
    """Whether no report of one unit has to do with one of another: a correction, a joint occasion, a total, the same receipt."""
    if not all(unit.apart for unit in units):
        return False
    if len(frozenset[int]().union(*(unit.receipts for unit in units))) < sum(len(unit.receipts) for unit in units):
        return False
    days: dict[Owner, set[date]] = {}
    found: dict[Owner, int] = {}
    for unit in units:
        for owner, own in unit.days.items():
            found[owner] = found.get(owner, 0) + 1
            seen = days.setdefault(owner, set())
            if not seen.isdisjoint(own):
                return False
            seen |= own
    tied = frozenset[Owner]().union(*(unit.totals | unit.done for unit in units))
    return all(found[owner] == 1 for owner in tied)


def _put_together(around: Around, units: Sequence[Unit], plan_files: int) -> Project:
    for name in sorted(name for unit in units for name in unit.others):
        around.read_other(name)
    entries: dict[str, dict[str, tuple[Entry, ...]]] = {plan: {} for plan in around.plans.plans}
    for unit in units:
        for (plan, commitment), found in unit.entries.items():
            entries[plan][commitment] = (*entries[plan].get(commitment, ()), *found)
    whole = around.project(
        Found(
            entries,
            tuple(finding for unit in units for finding in unit.findings),
            frozenset(name for unit in units for name in unit.left_out),
            sum(unit.rows_left_out for unit in units),
            plan_files + sum(unit.files for unit in units),
        )
    )
    return whole._replace(settled=max((unit.settled for unit in units), default=date.min))
