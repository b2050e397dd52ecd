"""Where the hours went: by commitment, by those who worked together, and by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Number
from uppfoljning.domain.period import Period, months
from uppfoljning.domain.report import HOURS
from uppfoljning.followup.documentation import Hours, counted_for, hours_of
from uppfoljning.followup.table import CommitmentFollowUp, Table

Kinds = dict[str, Number]
"""Hours by kind, only those that are stated, exact."""
K = TypeVar("K")


class WorkedHours(NamedTuple):
    """The hours of a plan's commitments. The three ways to part them have the same sum.

    `parties` are those of each report: hours that several parties have reported together are not divided between them.
    `months` are the days of the reports: a month, or a longer period for a total that covers several.
    """

    table: Table
    commitments: tuple[tuple[CommitmentFollowUp, Hours], ...]
    parties: tuple[tuple[tuple[str, ...], Kinds], ...]
    months: tuple[tuple[Period, Kinds], ...]

    @property
    def total(self) -> Kinds:
        """All hours of the plan, by kind."""
        return added(hours.kinds for _, hours in self.commitments)

    @property
    def stated(self) -> tuple[int, int]:
        """How many reports state any hours, and of how many."""
        return sum(one.stated for _, one in self.commitments), sum(one.reports for _, one in self.commitments)


def worked_hours(table: Table) -> WorkedHours:
    """The hours of the table's commitments, in the scope of its view."""
    commitments = tuple((line, hours_of(line.matter)) for line in table.lines)
    by_parties: dict[tuple[str, ...], Kinds] = {}
    by_month: dict[Period, Kinds] = {}
    for line in table.lines:
        carried_out = [entry for entry in line.matter.entries if entry.carried_out]
        for kind in HOURS:
            for entry in counted_for(carried_out, kind):
                hours = entry.report.hours[kind]
                _add(by_parties, tuple(sorted(entry.parties)), kind, hours)
                _add(by_month, _month_of(entry), kind, hours)
    return WorkedHours(
        table, commitments, _ordered(by_parties, list), _ordered(by_month, lambda period: (period.first, period.last))
    )


def added(several: Iterable[Kinds]) -> Kinds:
    """The sum of some hours, kind by kind in the order of the format."""
    each = list(several)
    return {kind: sum(one[kind] for one in each if kind in one) for kind in HOURS if any(kind in one for one in each)}


def _month_of(entry: Entry) -> Period:
    first, last = entry.span.first, entry.span.last
    month = months(first.year, first.month, 1)
    return month if last in month else entry.span


def _add(found: dict[K, Kinds], key: K, kind: str, hours: Number) -> None:
    of_key = found.setdefault(key, {})
    of_key[kind] = of_key.get(kind, 0) + hours


def _ordered(found: dict[K, Kinds], by: Callable[[K], Any]) -> tuple[tuple[K, Kinds], ...]:
    return tuple(sorted(found.items(), key=lambda one: by(one[0])))
