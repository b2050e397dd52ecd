"""What part of a follow-up is looked at: some commitments, those of a party, those of a place."""

from __future__ import annotations

from typing import NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Number
from uppfoljning.followup.row import Row
from uppfoljning.followup.table import Line, Table


class Selection(NamedTuple):
    """The commitments, party and place that a table is limited to; empty is no limit.

    A joint promise is not split: its figures stay whole, and what the party or place had of them is said beside.
    """

    commitments: frozenset[str] = frozenset()
    party: str = ""
    place: str = ""

    @property
    def limits(self) -> bool:
        """Whether anything is left out."""
        return bool(self.commitments or self.party or self.place)

    def concerns(self, line: Line) -> bool:
        """Whether a commitment is named, binds the party, and promises or has something at the place."""
        commitment = line.commitment
        if self.commitments and self.commitments.isdisjoint((commitment.id, f"{line.matter.plan}/{commitment.id}")):
            return False
        if self.party and self.party not in commitment.parties:
            return False
        if not self.place:
            return True
        conditions = (row.target.condition for row in line.rows)
        promised = any(self.place in condition.places for condition in conditions if condition is not None)
        return promised or any(self.place in entry.report.places for entry in line.matter.entries)

    def share_of(self, line: Line, row: Row) -> Number | None:
        """What the party and place had of an outcome that adds up, or None when the table is limited to neither.

        An occasion that several parties carried out counts once for each of them.
        """
        if not (self.party or self.place) or row.target.stock or row.target.share or row.target.each or row.outcome.value is None:
            return None
        if row.target.counts.kind not in ("tillfällen", "fält") or row.target.operator == "klart":
            return None
        partners = line.matter.ledger.partners()
        counted = ((one, [one.entry, *partners.get(one.entry.id, ())]) for one in row.outcome.counted)
        return sum(one.value.value for one, reports in counted if one.value is not None and self._had(one.entry, reports))

    def _had(self, entry: Entry, reports: list[Entry]) -> bool:
        parties = {party for one in reports for party in one.parties}
        return (not self.party or self.party in parties) and (not self.place or self.place in entry.report.places)


def selected(tables: list[Table], selection: Selection) -> list[Table]:
    """The tables with only the selected commitments; a plan without any is left out."""
    if not selection.limits:
        return tables
    kept = (one._replace(lines=tuple(line for line in one.lines if selection.concerns(line))) for one in tables)
    return [table for table in kept if table.lines]
