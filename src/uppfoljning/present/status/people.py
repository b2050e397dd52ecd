"""Which figures count people, and what single counts they are the sum of, so that small ones can be hidden where it is public."""

from __future__ import annotations

from uppfoljning.followup.row import Row
from uppfoljning.followup.table import Line

PEOPLE = "personer"


def people_of(line: Line, row: Row) -> frozenset[str]:
    """The single counts behind a row's outcome, one for each field and report; none where it does not count people."""
    form = line.matter.form
    fields = [name for name in row.target.counts.fields if form is not None and name in form.fields]
    about = [name for name in fields if form is not None and form.fields[name].about == PEOPLE]
    if not about:
        return frozenset()
    return frozenset(single(one.entry.id, name) for one in row.outcome.counted for name in fields)


def single(entry: str, field: str) -> str:
    """The name of one count: the answer of one report to one question."""
    return f"{entry}#{field}"
