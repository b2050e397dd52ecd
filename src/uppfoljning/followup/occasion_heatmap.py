"""When occasions took place: by weekday and by the hours in which they began."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from uppfoljning.followup.view import CommitmentAsOf

HOURS = 3
"""How many hours a column of the calendar spans."""
FIRST_HOUR = 6
"""A night belongs to the day it began, so the day is told from six in the morning to six the next."""
BANDS = tuple((hour % 24) for hour in range(FIRST_HOUR, FIRST_HOUR + 24, HOURS))
"""The hour at which each column begins."""


class Rhythm(NamedTuple):
    """Carried-out single occasions by weekday (Monday 0) and band of hours (None: no clock time), and how many there are.

    What began before six in the morning is told on the weekday of its date, as it is written.
    """

    occasions: Mapping[tuple[int, int | None], int]
    number: int


def rhythm_of(matter: CommitmentAsOf) -> Rhythm:
    """The occasions of a scope; a joint one counts once, and totals tell no days."""
    found: Counter[tuple[int, int | None]] = Counter()
    for entry in matter.entries:
        if entry.carried_out and not entry.total and entry.id not in matter.ledger.joined:
            start = entry.report.start
            band = None if start is None else start // 60 // HOURS * HOURS
            found[entry.span.first.weekday(), band] += 1
    return Rhythm(dict(found), sum(found.values()))
