"""What some files of reports amount to when they are read apart from the others, and whether they may be counted so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol, TypeAlias

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Finding
from uppfoljning.domain.period import Period
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.project.file_result import FileResult
from uppfoljning.project.report_set import ReportSet
from uppfoljning.project.reports import Reports

Owner: TypeAlias = tuple[str, str]
"""A plan and a commitment, by id."""

Compact: TypeAlias = "Callable[[Plan, Commitment, Sequence[Entry], frozenset[date]], Sequence[Entry]]"
"""Puts reports of a commitment that need not be told apart together; the days are those that occasions were moved to."""


class Stretches(Protocol):
    """How finely the reports of a commitment must be told apart; see `fast.aggregation.Granularity`."""

    @property
    def unique(self) -> frozenset[str]:
        """The fields whose different answers are counted."""

    def stretch(self, day: date) -> int:
        """Which stretch of days, all alike, a day lies in."""


Grains: TypeAlias = "Callable[[Plan, Commitment, frozenset[date]], Stretches | None]"
"""How finely the reports of a commitment must be told apart, where occasions were moved to some days; None: one by one."""


class Aggregation(NamedTuple):
    """How reports are put together: how finely, and by what."""

    grains: Grains
    compact: Compact


class Partial(NamedTuple):
    """Some files of reports, read and checked together and apart from all others.

    `entries` are by commitment, reports alike put together. `days` are the days of single occasions, `moved_to` those that
    occasions were moved to, and `split` those that the reports were kept apart by. `totals` have statements of totals and `done`
    are called done. `settled` is the day from which everything is seen. `receipts` are check sums. `apart` is False where a
    report corrects one that is not here. `others` are files that hold no reports.
    """

    files: int
    findings: tuple[Finding, ...]
    left_out: tuple[str, ...]
    rows_left_out: int
    entries: Mapping[Owner, tuple[Entry, ...]]
    days: Mapping[Owner, frozenset[date]]
    moved_to: Mapping[Owner, frozenset[date]]
    totals: frozenset[Owner]
    done: frozenset[Owner]
    settled: date
    receipts: frozenset[int]
    apart: bool
    split: Mapping[Owner, frozenset[date]]
    others: tuple[str, ...] = ()


def receipt_sum(receipt: str) -> int:
    """A check sum of a receipt: what differs is not the same, and what is the same must be looked at closer.

    DuckDB reckons the same one.
    """
    from hashlib import md5

    return int.from_bytes(md5(receipt.encode(), usedforsecurity=False).digest()[:8], "little")


def unit_of(reads: Sequence[FileResult], reports: Reports, compact: Compact, moved: Mapping[Owner, frozenset[date]]) -> Partial:
    """What some files amount to. `moved` are days that occasions were moved to by reports in other files."""
    gathering = ReportSet(Reports(reports.plans))
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
            days[owner] = frozenset(entry.span.first for entry in found if entry.span.first == entry.span.last)
            moved_to[owner] = frozenset(
                to.first for entry in found if isinstance(to := entry.report.moved_to, Period) and to.days == 1
            )
            split[owner] = moved_to[owner] | moved.get(owner, frozenset())
            entries[owner] = tuple(compact(home.plan, home.commitment, found, split[owner]))
    known = {entry.id for entry in seen}
    return Partial(
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


def merged(units: Sequence[Partial], reports: Reports, compact: Compact) -> Partial:
    """What some files amount to, from what parts of them do that stand apart from each other."""
    found: dict[Owner, list[Entry]] = {}
    days = _together(unit.days for unit in units)
    moved_to = _together(unit.moved_to for unit in units)
    split = _together(unit.split for unit in units)
    loose: dict[Owner, set[date]] = {}
    for unit in units:
        for owner, own in unit.entries.items():
            found.setdefault(owner, []).extend(own)
            # A day counts as kept apart only where every part that has it keeps it so.
            loose.setdefault(owner, set()).update(unit.days[owner] - unit.split[owner])
    entries: dict[Owner, tuple[Entry, ...]] = {}
    for owner, own_entries in found.items():
        split[owner] -= loose[owner]
        home = reports.homes[owner[0]][owner[1]]
        entries[owner] = tuple(compact(home.plan, home.commitment, own_entries, split[owner]))
    return Partial(
        files=sum(unit.files for unit in units),
        findings=tuple(finding for unit in units for finding in unit.findings),
        left_out=tuple(sorted(name for unit in units for name in unit.left_out)),
        rows_left_out=sum(unit.rows_left_out for unit in units),
        entries=entries,
        days=days,
        moved_to=moved_to,
        totals=frozenset[Owner]().union(*(unit.totals for unit in units)),
        done=frozenset[Owner]().union(*(unit.done for unit in units)),
        settled=max((unit.settled for unit in units), default=date.min),
        receipts=frozenset[int]().union(*(unit.receipts for unit in units)),
        apart=all(unit.apart for unit in units),
        split=split,
        others=tuple(name for unit in units for name in unit.others),
    )


def _together(found: Iterable[Mapping[Owner, frozenset[date]]]) -> dict[Owner, frozenset[date]]:
    """The days of each commitment, from several."""
    together: dict[Owner, set[date]] = {}
    for some in found:
        for owner, days in some.items():
            together.setdefault(owner, set()).update(days)
    return {owner: frozenset(days) for owner, days in together.items()}


def must_split(unit: Partial, moved: Mapping[Owner, frozenset[date]]) -> bool:
    """Whether the unit has a report of a day that an occasion was moved to, put together with reports of other days."""
    return any(
        not (days & moved.get(owner, frozenset())) <= unit.split.get(owner, frozenset()) for owner, days in unit.days.items()
    )


def stand_apart(units: Sequence[Partial]) -> bool:
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


def _owners(gathering: ReportSet, has: Callable[[Entry], bool]) -> frozenset[Owner]:
    """The commitments with a report of some kind."""
    return frozenset(
        (plan, commitment)
        for plan, by_commitment in gathering.reports.entries.items()
        for commitment, found in by_commitment.items()
        if any(map(has, found))
    )
