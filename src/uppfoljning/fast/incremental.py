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
from uppfoljning.fast.partial import Aggregation, Owner, Partial, merged, must_split, stand_apart, unit_of
from uppfoljning.fast.project_cache import Folders, ProjectCache, Sums, version_of
from uppfoljning.fast.read_files import MANY, by_two, read_all, read_batches
from uppfoljning.fast.shards import Batch, batches_of, latest_of
from uppfoljning.files.source import Folder, Source
from uppfoljning.project.document import PLANS
from uppfoljning.project.file_result import FileResult
from uppfoljning.project.load import CheckedProject, ProjectContext, ReportsFound
from uppfoljning.project.reports import Reports

LARGE = 400_000
"""How many bytes CSV files must have together for it to be quicker to read them in columns."""
_LARGE_FILE = 40_000
_Days: TypeAlias = Mapping[Owner, frozenset[date]]
_Some: TypeAlias = "Mapping[str, Sequence[str] | None]"
"""Some folders, and those of their files that are meant: None for all."""


def load_summed(
    root: Path, source: Source, shelf: ProjectCache, manner: Aggregation, *, keep: bool = True, until: date = date.max
) -> CheckedProject | None:
    """The project in a folder with its reports put together, or None where they cannot be. `keep` what the folders amount to.

    Where a file that must be read is named after a later day than `until`, so that all is not seen by then, none is read.
    """
    plans = Folder(root, (PLANS.rstrip("/"),)).names()
    around = ProjectContext(source, plans, shelf.unread())
    if around.stray:
        return None
    shelf.version = version_of(source, plans)
    wanted = {folder for folder in shelf.folders if not f"{folder}/".startswith(PLANS)}
    kept = shelf.sums() if keep else Sums({}, frozenset())
    work = _Work(root, source, shelf, Reports(around.plans), manner, kept.changed)
    units = {folders: some for folders, some in kept.units.items() if wanted.issuperset(folders)}
    unknown = sorted(wanted - {folder for folders in units for folder in folders})
    if any(latest_of(shelf.names(folder)) > str(until) for folder in unknown):
        return None
    units |= work.units(unknown, {})
    moved = _moved(units.values())
    split = [folders for folders, some in units.items() if any(must_split(unit, moved) for unit in some)]
    again = work.units(sorted(folder for folders in split for folder in folders), moved)
    units = {folders: some for folders, some in units.items() if folders not in split} | again
    if keep and any(kept.units.get(folders) is not some for folders, some in units.items()):
        shelf.keep_sums(units)
    every = [unit for folders in sorted(units) for unit in units[folders]]
    return _put_together(around, every, len(plans)) if stand_apart(every) else None


def is_large(shelf: ProjectCache) -> bool:
    """Whether there is so much that it is quicker to put it together than to look at it report by report."""
    return sum(folder.files for folder in shelf.folders.values()) >= MANY or bool(large_files(shelf, shelf.folders))


def large_files(shelf: ProjectCache, folders: Iterable[str]) -> set[str]:
    """The CSV files in some folders that are worth reading in columns, where there is enough of them."""
    marks = {file: shelf.mark(file) for folder in folders for file in shelf.tables(folder)}
    found = {file: size for file, (size, changed, _) in marks.items() if changed and size >= _LARGE_FILE}
    return set(found) if sum(found.values()) >= LARGE else set()


class _Work:
    """How folders are read and summed up. `changing` are those that have been before, and were not as now."""

    def __init__(
        self, root: Path, source: Source, shelf: ProjectCache, reports: Reports, manner: Aggregation, changing: frozenset[str]
    ) -> None:
        self._root, self._source, self._shelf, self._reports, self._manner = root, source, shelf, reports, manner
        self._changing = changing
        self._large: set[str] = set()
        self._by_two = True

    def units(self, folders: Sequence[str], moved: _Days) -> dict[Folders, tuple[Partial, ...]]:
        """What folders amount to; those with a large file in common are one."""
        large = self._large = large_files(self._shelf, folders)
        found = {folder: [unit] for folder, unit in self._small(folders, moved).items()}
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

    def _small(self, folders: Sequence[str], moved: _Days) -> dict[str, Partial]:
        """What the files of each folder but the large ones amount to, by two processes where they are many."""
        numbers = {folder: self._shelf.folders[folder].files for folder in folders}
        if not self._by_two or len(folders) < 2 or sum(numbers.values()) < MANY:
            return self._each(dict.fromkeys(folders), moved, alone=not self._by_two)
        mine, other = self._halves(numbers)
        first, second = by_two(lambda some: self._each(some, moved, alone=True), mine, other)
        for folder in first.keys() & second.keys():
            both = first[folder], second[folder]
            second[folder] = (
                merged(both, self._reports, self._manner.compact)
                if stand_apart(both)
                else self._unit(folder, self._names(folder), moved, alone=False)
            )
        return first | second

    def _halves(self, numbers: Mapping[str, int]) -> tuple[_Some, _Some]:
        """As many files in each, in order, where the folder in the middle can be divided between two of its batches."""
        mine: dict[str, Sequence[str] | None] = {}
        other: dict[str, Sequence[str] | None] = {}
        left = sum(numbers.values()) // 2
        for folder, number in numbers.items():
            if not 0 < left < number or folder in self._changing:
                (mine if number <= 2 * left else other)[folder] = None
                left -= number
                continue
            for some in batches_of(self._names(folder)).values():
                half = mine if len(some) <= 2 * left else other
                half[folder] = [*(half.get(folder) or ()), *some]
                left -= len(some)
        return mine, other

    def _names(self, folder: str) -> list[str]:
        """The files of a folder but the large ones, in order."""
        return [name for name in self._shelf.files(folder) if name not in self._large]

    def _each(self, folders: _Some, moved: _Days, *, alone: bool) -> dict[str, Partial]:
        """Folder by folder: an occasion is mostly moved forward, so what is known of it is there when its new day is read."""
        known = dict(moved)
        found = {}
        for folder, some in folders.items():
            names = self._names(folder) if some is None else some
            unit = found[folder] = self._unit(folder, names, known, alone=alone)
            known |= {owner: known.get(owner, frozenset()) | days for owner, days in unit.moved_to.items() if days}
        return found

    def _unit(self, folder: str, names: Sequence[str], moved: _Days, *, alone: bool) -> Partial:
        """What the files of a folder amount to: of one that is changing its batches, where they can be read apart."""
        if folder not in self._changing:
            return self._sum(read_all(names, self._source, self._reports, self._shelf, alone=alone, keep=False), moved)
        batches = {(folder, lead): files for lead, files in batches_of(names).items()}
        read: dict[str, FileResult] = {}
        if len(batches) > 1:
            units = self._batches(folder, batches, moved, read, alone=alone)
            if stand_apart(units):
                return merged(units, self._reports, self._manner.compact)
        rest = {batch: files for batch, files in batches.items() if read.keys().isdisjoint(files)}
        read |= read_batches(rest, self._source, self._reports, self._shelf, alone=alone, keep=rest)
        return self._sum([read[name] for name in names], moved)

    def _batches(
        self, folder: str, batches: Mapping[Batch, Sequence[str]], moved: _Days, read: dict[str, FileResult], *, alone: bool
    ) -> list[Partial]:
        """What each batch of a folder amounts to, by two processes where much is new; what this one reads is put in `read`."""
        kept = self._shelf.parts(folder)
        seen = {batch: self._shelf.seen(folder, files) for batch, files in batches.items()}
        units = {
            batch: unit
            for lead, (digest, unit) in kept.items()
            if (batch := (folder, lead)) in seen and seen[batch].digest == digest and not must_split(unit, moved)
        }
        new = {batch: files for batch, files in batches.items() if batch not in units}
        # Where most of a batch has changed, to keep what each of its files says is not worth its while.
        known = {batch for batch, files in new.items() if batch[1] in kept and 2 * self._shelf.newer(folder, files) <= len(files)}
        divided = not alone and len(new) > 1 and sum(map(len, new.values())) >= MANY

        def each(some: Sequence[Batch]) -> dict[Batch, Partial]:
            mine = {batch: new[batch] for batch in some}
            keep = [batch for batch in some if batch in known]
            read.update(read_batches(mine, self._source, self._reports, self._shelf, alone=alone or divided, keep=keep))
            return {batch: self._sum([read[name] for name in files], moved) for batch, files in mine.items()}

        parts = list(new)
        for found in by_two(each, parts[::2], parts[1::2]) if divided else [each(parts)]:
            units |= found
        if new:
            self._shelf.keep_parts(folder, {batch[1]: (seen[batch], unit) for batch, unit in units.items()})
        return [units[batch] for batch in batches]

    def _sum(self, reads: Sequence[FileResult], moved: _Days) -> Partial:
        return unit_of(reads, self._reports, self._manner.compact, moved)

    def _in_columns(self, large: Iterable[str], moved: _Days) -> list[tuple[tuple[str, ...], Partial]]:
        files = sorted(large)
        if not files:
            return []
        from uppfoljning.fast.bulk_csv.reading import read_columns

        # What reads in columns has threads of its own, and a process with threads is not to be divided in two.
        self._by_two = False
        return read_columns(files, self._root, self._reports, self._manner.grains, self._manner.compact, moved)

    def _in_rows(self, large: Iterable[str], moved: _Days) -> list[tuple[tuple[str, ...], Partial]]:
        """The large files that cannot be read in columns, all together."""
        files = sorted(large)
        if not files:
            return []
        return [(tuple(files), self._sum(read_all(files, self._source, self._reports, None, alone=True), moved))]


def _moved(units: Iterable[Iterable[Partial]]) -> dict[Owner, frozenset[date]]:
    """The days that occasions were moved to, in whatever file that is said."""
    found: dict[Owner, set[date]] = {}
    for some in units:
        for unit in some:
            for owner, days in unit.moved_to.items():
                if days:
                    found.setdefault(owner, set()).update(days)
    return {owner: frozenset(days) for owner, days in found.items()}


def _put_together(around: ProjectContext, units: Sequence[Partial], plan_files: int) -> CheckedProject:
    for name in sorted(name for unit in units for name in unit.others):
        around.read_other(name)
    gathered: dict[str, dict[str, list[Entry]]] = {plan: {} for plan in around.plans.plans}
    for unit in units:
        for (plan, commitment), found in unit.entries.items():
            gathered[plan].setdefault(commitment, []).extend(found)
    entries = {plan: {name: tuple(found) for name, found in by_id.items()} for plan, by_id in gathered.items()}
    whole = around.project(
        ReportsFound(
            entries,
            tuple(finding for unit in units for finding in unit.findings),
            frozenset(name for unit in units for name in unit.left_out),
            sum(unit.rows_left_out for unit in units),
            plan_files + sum(unit.files for unit in units),
        )
    )
    return whole._replace(settled=max((unit.settled for unit in units), default=date.min))
