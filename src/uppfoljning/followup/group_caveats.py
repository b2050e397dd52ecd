"""Why the figures of groups need not add up to the whole: what several groups share, and what is in none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Quantity
from uppfoljning.domain.period import Period
from uppfoljning.domain.target import WITHOUT_NUMBER
from uppfoljning.followup.counted_reports import certainty_of, gather, state_of
from uppfoljning.followup.grouping import BY_PERIOD, Grouped, across, identity
from uppfoljning.followup.row import Row, adds_up
from uppfoljning.followup.table import Table


class Apart(NamedTuple):
    """What the reader of a grouped follow-up must know.

    `shared`: a commitment is in several groups. `placeless`: the occasions without a place. `crossing`: reports of a time in
    several sub-periods. `every`: the sub-periods of `varje` targets that an edge between groups cuts. `recounted`: there are
    outcomes that never add, shares, levels and distinct values.
    """

    shared: bool = False
    placeless: Quantity | None = None
    crossing: tuple[Entry, ...] = ()
    every: tuple[str, ...] = ()
    recounted: bool = False


def apart(grouped: Grouped) -> Apart:
    """Why the groups need not add up."""
    if grouped.by not in BY_PERIOD:
        times = Counter(identity(one) for group in grouped.groups for table in group.tables for one in table.lines)
        placeless = _placeless(grouped) if grouped.by == "plats" else None
        return Apart(shared=any(number > 1 for number in times.values()), placeless=placeless)
    pairs = [(row, parts) for table in grouped.tables for _, row, parts in across(grouped, table)]
    inside = {one.id for group in grouped.groups for one in _entries(group.tables)}
    edges = [group.period for group in grouped.groups if group.period is not None]
    every = (row.target.every for row, _ in pairs if row.target.every and _cut(row, edges))
    return Apart(
        crossing=tuple(one for one in _entries(grouped.tables) if one.id not in inside),
        every=tuple(dict.fromkeys(every)),
        recounted=len(grouped.groups) > 1 and any(not _adds(row) and row.outcome.value is not None for row, _ in pairs),
    )


def _adds(row: Row) -> bool:
    return row.target.each or adds_up(row.target)


def _cut(row: Row, groups: Sequence[Period]) -> bool:
    return any(not any(group.covers(slot.sub.inside) for group in groups) for slot in row.outcome.slots if slot.value is not None)


def _entries(tables: tuple[Table, ...]) -> Iterator[Entry]:
    for table in tables:
        for line in table.lines:
            yield from line.matter.entries


def _placeless(grouped: Grouped) -> Quantity:
    """How many occasions state no place; those of the party alone where the table is limited to one."""
    party = grouped.selection.party
    stated: list[Quantity] = []
    lacking = False
    for table in grouped.tables:
        for line in table.lines:
            found = gather(line.matter, WITHOUT_NUMBER, state_of(WITHOUT_NUMBER))
            stated += [one.occasions for one in found.counting if one.occasions is not None and _nowhere(one, party)]
            lacking = lacking or any(_nowhere(one, party) for one in found.lacking)
    return Quantity(sum(quantity.value for quantity in stated), certainty_of(stated, lacking=lacking))


def _nowhere(entry: Entry, party: str) -> bool:
    return not entry.report.places and (not party or party in entry.parties)
