"""The hours of a commitment: planning, doing and following up, summed over what was carried out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from uppfoljning.domain.consolidation import part_of, resolve_totals
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Number, Quantity
from uppfoljning.domain.report import HOURS
from uppfoljning.followup.view import CommitmentAsOf


class Hours(NamedTuple):
    """Hours by kind, only those that are stated, exact; `stated` of `reports` carried-out reports state any."""

    kinds: dict[str, Number]
    stated: int
    reports: int

    @property
    def total(self) -> Number | None:
        """All hours, or None when none are stated."""
        return sum(self.kinds.values()) if self.kinds else None


def hours_of(matter: CommitmentAsOf) -> Hours:
    """The hours in the scope. Both reports of a joint occasion count: they are the hours of different people.

    A correction takes the place of what it corrects, a running total that of the one before, and an occasion inside a stated
    total that has hours is part of it.
    """
    carried_out = [entry for entry in matter.entries if entry.carried_out]
    kinds: dict[str, Number] = {}
    counted: dict[str, Entry] = {}
    for kind in HOURS:
        found = counted_for(carried_out, kind)
        if found:
            kinds[kind] = sum(entry.report.hours[kind] for entry in found)
            counted |= {entry.id: entry for entry in found}
    totals = [entry for entry in counted.values() if entry.total]
    silent = sum(entry.id not in counted and not _within(entry, totals) for entry in carried_out)
    return Hours(kinds, len(counted), len(counted) + silent)


def counted_for(entries: list[Entry], kind: str) -> list[Entry]:
    """The reports whose hours of a kind are summed, of those carried out."""
    totals = resolve_totals(entries, lambda entry: _hours(entry, kind)).counted
    singles = (entry for entry in entries if not entry.total and kind in entry.report.hours)
    return totals + [entry for entry in singles if part_of(entry, totals) is None]


def _hours(entry: Entry, kind: str) -> Quantity | None:
    hours = entry.report.hours.get(kind)
    return None if hours is None else Quantity(hours)


def _within(entry: Entry, totals: Iterable[Entry]) -> bool:
    """Whether a stated total with hours already speaks for a report."""
    if not entry.total:
        return part_of(entry, totals) is not None
    return any(total.span.covers(entry.span) and total.parties == entry.parties for total in totals)
