"""Which figures count people, and what single counts they are the sum of, so that small ones can be hidden where it is public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from uppfoljning.domain.entry import Entry
from uppfoljning.followup.row import Row
from uppfoljning.followup.table import Line

PEOPLE = "personer"


def people_of(line: Line, row: Row) -> frozenset[str]:
    """The single counts behind a row's outcome, one for each field and report; none where it does not count people."""
    return _counts(line, row, (one.entry for one in row.outcome.counted))


def people_until(line: Line, row: Row, day: date) -> frozenset[str]:
    """The same, of the reports dated until a day."""
    return _counts(line, row, (one.entry for one in row.outcome.counted if one.entry.span.last <= day))


def people_in(line: Line, row: Row, entry: Entry) -> frozenset[str]:
    """The same, of one report."""
    return _counts(line, row, (entry,))


def _counts(line: Line, row: Row, entries: Iterable[Entry]) -> frozenset[str]:
    form, names = line.matter.form, row.target.counts.fields
    if form is None or not any(name in form.fields and form.fields[name].about == PEOPLE for name in names):
        return frozenset()
    return frozenset(f"{entry.id}#{name}" for entry in entries for name in names)
