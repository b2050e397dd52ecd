"""Where a figure comes from: the rule, the reports that count with their values, and those that do not and why."""

from __future__ import annotations

from typing import NamedTuple

from uppfoljning.domain.calendar import sub_periods
from uppfoljning.domain.period import Period, without
from uppfoljning.followup.row import Row
from uppfoljning.followup.view import CommitmentAsOf


class Explanation(NamedTuple):
    """A row and the days that belong to no school term, where terms are counted."""

    row: Row
    between_terms: list[Period]


def explain(matter: CommitmentAsOf, row: Row) -> Explanation:
    """What is needed to make a figure again by hand."""
    if "termin" not in (row.target.per, row.target.every):
        return Explanation(row, [])
    in_terms = [sub.inside for sub in sub_periods("termin", matter.scope, matter.terms)]
    return Explanation(row, without(matter.scope, in_terms))
