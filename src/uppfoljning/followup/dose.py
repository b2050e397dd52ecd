"""How much of a measure was tried: what must be known before its effect is spoken of."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from uppfoljning.followup.row import Row
from uppfoljning.followup.table import Line


class Dose(NamedTuple):
    """The least part done of what was expected, over the targets that count what is done, and the part of due reports received.

    None where nothing was expected.
    """

    done: Fraction | None
    received: Fraction | None


def dose_of(line: Line) -> Dose:
    """The dose of a commitment at the table's view."""
    done = [share for row in line.rows if (share := _done(row)) is not None]
    return Dose(min(done, default=None), line.received.share)


def _done(row: Row) -> Fraction | None:
    """A ceiling and a share say how well, not how much; a stock is where one stands."""
    target = row.target
    if not target.testable or target.share or target.stock or target.operator in ("högst", "klart"):
        return None
    return row.fulfilment if row.settled else row.pace
