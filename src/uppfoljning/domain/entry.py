"""An entry: one quick report read against its plan, with its days settled and its answers typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from uppfoljning.domain.finding import Place, TreePath
from uppfoljning.domain.form import figure_of
from uppfoljning.domain.number import Quantity
from uppfoljning.domain.period import Period
from uppfoljning.domain.report import CARRIED_OUT, NOTHING_HAPPENED, QuickReport

ONE = Quantity(1)


class Entry(NamedTuple):
    """A report and what it says. `span` is its day, or the period it states totals for; `facts` are typed answers.

    `times` is how many single occasions alike it stands for; where more than one, the figures among its answers are sums.
    """

    id: str
    file: str
    at: TreePath
    report: QuickReport
    span: Period
    parties: tuple[str, ...]
    facts: Mapping[str, Any]
    times: int = 1

    @property
    def total(self) -> bool:
        """Whether it states totals for a period instead of one occasion."""
        return self.report.period is not None

    @property
    def carried_out(self) -> bool:
        """Whether something took place."""
        return self.report.state == CARRIED_OUT

    @property
    def states_zero(self) -> bool:
        """Whether it says that there were no occasions: cancelled, moved, or nothing to report."""
        return not self.carried_out

    @property
    def nothing_happened(self) -> bool:
        """Whether it is a zero report for a period."""
        return self.report.state == NOTHING_HAPPENED

    @property
    def submitted(self) -> date:
        """The day it was handed in; where none is stated, its own last day."""
        return self.report.submitted or self.span.last

    @property
    def states_figures(self) -> bool:
        """Whether a statement of totals has any figure; without one it only tells."""
        return self.report.count is not None or any(figure_of(answer) is not None for answer in self.facts.values())

    @property
    def occasions(self) -> Quantity | None:
        """How many occasions it stands for, or None when a statement of totals leaves it out."""
        if not self.carried_out:
            return None
        if self.total:
            return self.report.count
        return ONE if self.times == 1 else Quantity(self.times)

    def figure(self, field: str) -> Quantity | None:
        """What it adds to the sum of a field, or None when the field is unanswered."""
        return figure_of(self.facts.get(field)) if self.carried_out else None

    @property
    def sheet_row(self) -> int | None:
        """The row that a spreadsheet shows, its header being the first; None for a file of its own."""
        return self.at[0] + 1 if self.at and isinstance(self.at[0], int) else None

    def place(self, *path: str | int, on_key: bool = False) -> Place:
        """A place in its file or row; in a row the levels are one column with dots."""
        if not self.at:
            return Place(self.file, path, on_key)
        return Place(self.file, (*self.at, ".".join(str(part) for part in path if isinstance(part, str))), on_key)
