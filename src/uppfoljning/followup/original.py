"""The decided plan beside today's: each changed promise followed up as it was decided, so that a lowered target hides no miss."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import Form
from uppfoljning.domain.plan_history import WHOLE, PlanHistory, paired
from uppfoljning.followup.row import Row
from uppfoljning.followup.table import CommitmentFollowUp, Decided, OriginalPromise, Table, follow_up


def with_decided(
    table: Table, history: PlanHistory, *, forms: Mapping[str, Form], reports: Callable[[], Mapping[str, tuple[Entry, ...]]]
) -> Table:
    """The table with what was decided beside it. `reports` gives the reports one by one, by commitment id; it is asked first when
    something else was decided.
    """
    wholes = [event for event in history.events if event.change.what == WHOLE]
    today = {one.id for one in table.plan.commitments}
    added = {event.change.commitment: event for event in wholes if event.change.old is None}
    dropped = {event.change.commitment: event for event in wholes if event.change.new is None}
    promised = {line.commitment.id: (line.commitment.targets, line.commitment.span) for line in table.lines}
    others = tuple(one for one in history.original.commitments if (one.targets, one.span) != promised.get(one.id))
    former = {}
    if others:
        was = follow_up(history.original.but(commitments=others), table.view, forms=forms, entries=reports())
        former = {line.commitment.id: line for line in was.lines}
    lines = []
    for line in table.lines:
        name = line.commitment.id
        rows, gone = _beside(former[name], line) if name in former else ({}, ())
        event = added.get(name)
        lines.append(line._replace(promised=OriginalPromise(rows, gone, event)) if rows or gone or event else line)
    lost = tuple(event for name, event in dropped.items() if name not in today)
    return table._replace(lines=tuple(lines), decided=Decided(history.decided, lost, len(history.unexplained)))


def _beside(former: CommitmentFollowUp, line: CommitmentFollowUp) -> tuple[dict[str | None, Row], tuple[Row, ...]]:
    """The rows of what was decided by today's targets, where these are others, and the rows of the targets that are gone."""
    old, new = former.commitment, line.commitment
    of_target = {id(row.target): row for row in former.rows}
    pairs = paired(old.targets, new.targets)
    rows = {}
    for position, target in enumerate(new.targets):
        was = pairs.get(position)
        if was is not None and (was._replace(id=target.id, unit=target.unit) != target or old.span != new.span):
            rows[target.id] = of_target[id(was)]
    kept = {id(one) for one in pairs.values()}
    return rows, tuple(of_target[id(target)] for target in old.targets if id(target) not in kept)


# A follow-up beside an earlier one of the same plan.


def with_former(table: Table, earlier: Table, said: str) -> Table:
    """The table with the rows of an earlier reading beside its own; `said` is the heading for them."""
    rows = {line.commitment.id: {row.target.id: row for row in line.rows} for line in earlier.lines}
    lines = tuple(line._replace(former=rows.get(line.commitment.id, {})) for line in table.lines)
    return table._replace(lines=lines, since=said)
