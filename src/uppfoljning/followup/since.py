"""A follow-up beside an earlier one of the same plan."""

from __future__ import annotations

from uppfoljning.followup.table import Table


def with_former(table: Table, earlier: Table, said: str) -> Table:
    """The table with the rows of an earlier reading beside its own; `said` is the heading for them."""
    rows = {line.commitment.id: {row.target.id: row for row in line.rows} for line in earlier.lines}
    lines = tuple(line._replace(former=rows.get(line.commitment.id, {})) for line in table.lines)
    return table._replace(lines=lines, since=said)
