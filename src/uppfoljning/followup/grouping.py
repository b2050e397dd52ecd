"""A follow-up in groups: by party, by place, by responsible function, or by sub-periods. A group is a follow-up of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from uppfoljning.domain.period import Period, period_name, sub_periods
from uppfoljning.domain.plan import Plan
from uppfoljning.followup.row import Row
from uppfoljning.followup.table import CommitmentFollowUp, Selection, Table, selected
from uppfoljning.followup.view import View

By = Literal["part", "plats", "ansvarig", "månad", "kvartal", "tertial", "halvår", "termin", "år"]
BY_PERIOD: tuple[By, ...] = ("månad", "kvartal", "tertial", "halvår", "termin", "år")

Follow = Callable[[Plan, View], Table]
"""Follows up a plan at another view."""


class Group(NamedTuple):
    """The tables of one party, place or function (by id) or sub-period (by its written name); `name` is empty for the rest.

    `selection` is what the tables are limited to; `period` is None but for sub-periods. A plan without anything is left out.
    """

    name: str
    selection: Selection
    tables: tuple[Table, ...]
    period: Period | None = None


class Grouped(NamedTuple):
    """The tables as they are without groups, and the groups: in the plans' order, sub-periods in order of time."""

    by: By
    selection: Selection
    tables: tuple[Table, ...]
    groups: tuple[Group, ...]


def grouped(tables: Iterable[Table], selection: Selection, by: By, follow: Follow) -> Grouped:
    """Group the tables that a selection leaves."""
    whole = tuple(tables)
    if by == "part":
        groups = _named(whole, lambda plan: plan.parties, lambda name: selection._replace(party=name), selection)
    elif by == "plats":
        groups = _named(whole, lambda plan: plan.places, lambda name: selection._replace(place=name), selection)
    elif by == "ansvarig":
        groups = _responsible(whole, selection)
    else:
        groups = _periods(whole, selection, by, follow)
    return Grouped(by, selection, whole, tuple(groups))


def _named(
    tables: tuple[Table, ...],
    names: Callable[[Plan], Mapping[str, str]],
    limited: Callable[[str], Selection],
    whole: Selection,
) -> list[Group]:
    """A group for each name that has something; last one for the commitments that are in none of them."""
    known = dict.fromkeys(name for table in tables for name in names(table.plan))
    found = [Group(name, limited(name), tuple(selected(list(tables), limited(name)))) for name in known]
    taken = {identity(line) for group in found for table in group.tables for line in table.lines}
    rest = (table._replace(lines=tuple(line for line in table.lines if identity(line) not in taken)) for table in tables)
    found.append(Group("", whole, tuple(table for table in rest if table.lines)))
    return [group for group in found if group.tables]


def _responsible(tables: tuple[Table, ...], whole: Selection) -> list[Group]:
    """A group for each function that answers for a commitment, in the plans' order; last one for those without."""
    named = [one for table in tables for one in table.plan.functions]
    names = dict.fromkeys([*named, *(line.commitment.responsible for table in tables for line in table.lines), ""])
    names.pop("")
    found = [Group(name, whole, tuple(one for table in tables if (one := _only(table, name)).lines)) for name in [*names, ""]]
    return [group for group in found if group.tables]


def _only(table: Table, function: str) -> Table:
    return table._replace(lines=tuple(line for line in table.lines if (line.commitment.responsible or "") == function))


def _periods(tables: tuple[Table, ...], selection: Selection, by: By, follow: Follow) -> list[Group]:
    """A group for each sub-period that has begun and has a day of a commitment; the same commitments in all of them."""
    found: dict[tuple[Period, str], list[Table]] = {}
    for table in tables:
        kept = {identity(line) for line in table.lines}
        terms = {term: name for name, term in table.plan.terms.items()} if by == "termin" else {}
        for whole, period in _begun(table, by):
            part = follow(table.plan, View(table.view.as_of, period))
            lines = tuple(line for line in part.lines if identity(line) in kept)
            if lines:
                name = terms[whole] if whole == period and by == "termin" else period_name(period)
                found.setdefault((period, name), []).append(part._replace(lines=lines))
    return [Group(name, selection, tuple(found[period, name]), period) for period, name in sorted(found)]


def _begun(table: Table, by: By) -> list[tuple[Period, Period]]:
    """The sub-periods of the commitments' days that have begun at the view's day, whole and cut by the view's own period."""
    scopes = [line.matter.scope for line in table.lines]
    if not scopes:
        return []
    days = Period(min(scope.first for scope in scopes), max(scope.last for scope in scopes)).until(table.view.as_of)
    wholes = [sub.whole for sub in sub_periods(by, days, table.plan.terms)] if days is not None else []
    cut = ((whole, whole if table.view.period is None else whole.cut(table.view.period)) for whole in wholes)
    return [(whole, period) for whole, period in cut if period is not None]


def of_plan(grouped: Grouped, table: Table) -> list[tuple[Group, Table]]:
    """The groups that have something of a plan, each with its table."""
    return [(group, one) for group in grouped.groups for one in group.tables if one.plan.id == table.plan.id]


def across(grouped: Grouped, table: Table) -> Iterator[tuple[CommitmentFollowUp, Row, list[Row | None]]]:
    """Each row of a whole table with the same row of every group of its plan; None where the commitment has no day there."""
    parts = [{line.commitment.id: line for line in part.lines} for _, part in of_plan(grouped, table)]
    for line in table.lines:
        same = [lines.get(line.commitment.id) for lines in parts]
        for at, row in enumerate(line.rows):
            yield line, row, [None if one is None else one.rows[at] for one in same]


def identity(line: CommitmentFollowUp) -> tuple[str, str]:
    """Which commitment of which plan a line is about."""
    return line.matter.plan, line.commitment.id
