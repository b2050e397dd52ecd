"""A project from what its folders amount to, each read apart from the others; a folder that has not changed is not read at all.

That is right only where no report of one folder has to do with one of another. Where one may, nothing is given, and the project
must be read report by report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import Period
from uppfoljning.files.census import marks_of
from uppfoljning.files.source import Folder
from uppfoljning.rules.documents import PLANS
from uppfoljning.rules.gathering import Gathering
from uppfoljning.rules.project import Around, Found, Project
from uppfoljning.rules.reading import MANY, by_two, read_all
from uppfoljning.rules.reads import Read
from uppfoljning.rules.reports import Reports
from uppfoljning.rules.shelf import Shelf
from uppfoljning.rules.unit import Compact, Owner, Unit, receipt_sum

_Days = Mapping[Owner, frozenset[date]]


def load_summed(root: Path, shelf: Shelf, compact: Compact) -> Project | None:
    """The project in a folder with its reports put together, or None where they cannot be."""
    plans = Folder(root, (PLANS.rstrip("/"),))
    around = Around(plans, plans.names(), shelf)
    if around.stray:
        return None
    work = _Work(root, shelf, Reports(around.plans), compact)
    wanted = [folder for folder in shelf.folders if not f"{folder}/".startswith(PLANS)]
    kept = shelf.sums()
    units = {folder: kept[folder] for folder in wanted if folder in kept}
    units |= work.units([folder for folder in wanted if folder not in kept], {})
    moved = _moved(units)
    split = [folder for folder, some in units.items() if any(_must_split(unit, moved) for unit in some)]
    units |= work.units(split, moved)
    if any(kept.get(folder) is not some for folder, some in units.items()):
        shelf.keep_sums(units)
    every = [unit for folder in sorted(units) for unit in units[folder]]
    if not _stand_apart(every):
        return None
    return _put_together(around, every, len(plans.names()))


class _Work:
    """How folders are read and summed up."""

    def __init__(self, root: Path, shelf: Shelf, reports: Reports, compact: Compact) -> None:
        self._root, self._shelf, self._reports, self._compact = root, shelf, reports, compact
        self._source = Folder(root)

    def units(self, folders: Sequence[str], moved: _Days) -> dict[str, tuple[Unit, ...]]:
        """What folders amount to, halves of them at the same time where they are large."""
        sizes = {folder: self._shelf.folders[folder].files for folder in folders}
        if len(folders) < 2 or sum(sizes.values()) < MANY:
            return self._units(folders, moved, alone=False)
        mine: list[str] = []
        other: list[str] = []
        for folder in sorted(folders, key=lambda one: (-sizes[one], one)):
            least = min(mine, other, key=lambda some: sum(sizes[one] for one in some))
            least.append(folder)
        first, second = by_two(lambda some: self._units(some, moved, alone=True), mine, other)
        return first | second

    def _units(self, folders: Iterable[str], moved: _Days, *, alone: bool) -> dict[str, tuple[Unit, ...]]:
        return {folder: (self._unit(folder, moved, alone),) for folder in folders}

    def _unit(self, folder: str, moved: _Days, alone: bool) -> Unit:
        names = [f"{folder}/{name}" if name else folder for name in sorted(marks_of(str(self._root), folder, []).names)]
        reads = read_all(names, self._source, self._reports, self._shelf, alone=alone)
        return unit_of(reads, self._reports, self._compact, moved)


def unit_of(reads: Sequence[Read], reports: Reports, compact: Compact, moved: _Days) -> Unit:
    """What some files amount to. `moved` are days that occasions were moved to by reports in other files."""
    gathering = Gathering(Reports(reports.plans))
    gathering.add(read for read in reads if not read.other)
    gathering.check_together()
    entries: dict[Owner, tuple[Entry, ...]] = {}
    days: dict[Owner, frozenset[date]] = {}
    moved_to: dict[Owner, frozenset[date]] = {}
    split: dict[Owner, frozenset[date]] = {}
    seen: list[Entry] = []
    for plan, by_commitment in gathering.reports.entries.items():
        for commitment, found in by_commitment.items():
            owner = plan, commitment
            home = reports.homes[plan][commitment]
            seen += found
            days[owner] = frozenset(entry.span.first for entry in found if entry.span.days == 1)
            moved_to[owner] = frozenset(
                to.first for entry in found if isinstance(to := entry.report.moved_to, Period) and to.days == 1
            )
            split[owner] = moved_to[owner] | moved.get(owner, frozenset())
            entries[owner] = tuple(compact(home.plan, home.commitment, found, split[owner]))
    known = {entry.id for entry in seen}
    return Unit(
        files=len(reads),
        findings=tuple(gathering.findings),
        left_out=tuple(sorted(gathering.left_out)),
        rows_left_out=gathering.rows_left_out,
        entries=entries,
        days=days,
        moved_to=moved_to,
        totals=_owners(gathering, lambda entry: entry.total and entry.carried_out),
        done=_owners(gathering, lambda entry: entry.report.done is not None),
        settled=max((max(entry.span.last, entry.submitted) for entry in seen), default=date.min),
        receipts=frozenset(receipt_sum(receipt) for receipt in gathering.reports.receipts),
        apart=all(old in known for entry in seen for old in entry.report.replaces),
        split=split,
        others=tuple(read.file for read in reads if read.other),
    )


def _owners(gathering: Gathering, has: Callable[[Entry], bool]) -> frozenset[Owner]:
    """The commitments with a report of some kind."""
    return frozenset(
        (plan, commitment)
        for plan, by_commitment in gathering.reports.entries.items()
        for commitment, found in by_commitment.items()
        if any(map(has, found))
    )


def _moved(units: Mapping[str, Iterable[Unit]]) -> dict[Owner, frozenset[date]]:
    """The days that occasions were moved to, in whatever file that is said."""
    found: dict[Owner, frozenset[date]] = {}
    for some in units.values():
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
