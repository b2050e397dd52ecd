"""Which figures count people, and what single counts they are the sum of, so that small ones can be hidden where it is public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Number
from uppfoljning.followup.outcome import gather, state_of
from uppfoljning.followup.row import Row, row_at
from uppfoljning.followup.table import Line
from uppfoljning.present.paper.model import Count, Sum

PEOPLE = "personer"
FEWEST = 5
"""How many people there must be for a count of them to be published; none at all is published too."""


def is_small(value: Number) -> bool:
    """Whether a count of people is so small that it could point at someone."""
    return 0 < value < FEWEST


def people_of(line: Line, row: Row) -> tuple[Sum, ...]:
    """The sums behind a row's outcome; none where it does not count people."""
    return _sums(line, row, (one.entry for one in row.outcome.counted))


def people_until(line: Line, row: Row, day: date) -> tuple[Sum, ...]:
    """The same, of the reports dated until a day; of a stock the latest of them."""
    if not _counts_people(line, row):
        return ()
    if row.target.stock:
        found = gather(line.matter, row.target, state_of(row.target)).counting
        return _sums(line, row, [entry for entry in found if entry.span.last <= day][-1:])
    return _sums(line, row, (one.entry for one in row.outcome.counted if one.entry.span.last <= day))


def people_in(line: Line, row: Row, entry: Entry) -> tuple[Sum, ...]:
    """The same, of one report: what it adds, and of a share what that is a part of."""
    return _sums(line, row, (entry,))[:2]


def telling(line: Line, row: Row) -> tuple[Sum, ...]:
    """The sums of a row whose status says more of a small count than that it is small: not all such counts give that status."""
    people = people_of(line, row)
    if not small(people) or row.target.counts.kind == "andel":
        return ()
    others = {row_at(line.matter, row, line.duties, line.received, value).status for value in range(1, FEWEST)}
    return people if len(others) > 1 else ()


def telling_of(line: Line) -> tuple[Sum, ...]:
    """The same, of every row of a commitment."""
    return tuple(one for row in line.rows for one in telling(line, row))


def small(people: tuple[Sum, ...]) -> tuple[Sum, ...]:
    """The sums where any of them is small, else none."""
    return people if any(is_small(sum(one.value for one in counts)) for counts in people) else ()


def _counts_people(line: Line, row: Row) -> bool:
    """Sub-periods reached, distinct answers and occasions in time are no people, whatever they are read from."""
    form, counts = line.matter.form, row.target.counts
    if form is None or counts.kind not in ("fält", "andel") or row.target.each:
        return False
    return any(name in form.fields and form.fields[name].about == PEOPLE for name in counts.fields)


def _sums(line: Line, row: Row, entries: Iterable[Entry]) -> tuple[Sum, ...]:
    """One sum; of a share the part, the whole, and those of the whole who are not in the part."""
    if not _counts_people(line, row):
        return ()
    entries, counts = list(entries), row.target.counts
    part = frozenset(Count(f"{entry.id}#{counts.field}", _figure(entry, counts.field)) for entry in entries)
    if counts.kind == "fält":
        return (part,)
    whole = frozenset(Count(f"{entry.id}#{counts.other}", _figure(entry, counts.other)) for entry in entries)
    rest = frozenset(Count(f"{entry.id}#{counts.other}−{counts.field}", _rest(entry, row)) for entry in entries)
    return (part, whole, rest)


def _rest(entry: Entry, row: Row) -> Number:
    return max(0, _figure(entry, row.target.counts.other) - _figure(entry, row.target.counts.field))


def _figure(entry: Entry, field: str) -> Number:
    found = entry.figure(field)
    return 0 if found is None else found.value
