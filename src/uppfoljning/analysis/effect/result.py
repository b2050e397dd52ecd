"""What an estimate comes to: every figure, every reservation, and the codes of those that refuse it."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from uppfoljning.analysis.before_after import Exact
from uppfoljning.analysis.comparison import ExactRes, Expected
from uppfoljning.analysis.displacement import Displacement, Quotient
from uppfoljning.analysis.effect import windows
from uppfoljning.analysis.effect.windows import Laid, Line, Pick
from uppfoljning.analysis.estimate import Interval, Ratio
from uppfoljning.analysis.interrupted import Interrupted
from uppfoljning.analysis.months import EventStudy, Slope
from uppfoljning.domain.indicator import Series
from uppfoljning.domain.period import Period

Refusal = Literal[
    "E_INGEN_START", "E_INGEN_SERIE", "E_OMRADE_SAKNAS", "E_OVERLAPP", "E_INGA_MANADER", "E_INGA_HANDELSER", "E_JAMFORELSE_NOLL",
    "E_OLIKA_MANADER", "E_WDQ_EJ_TOLKBAR", "E_FOR_FA_KLUSTER",
]  # fmt: skip
Warning_ = Literal[
    "W_FA_HANDELSER", "W_OSPRIDNING_OKAND", "W_OLIKA_MANADER", "W_TOPPAR", "W_MASSANMALAN", "W_LITEN_JAMFORELSE", "W_FORTREND",
    "W_OLIKA_NIVA", "W_AUTOKORRELATION", "W_REGISTRERING", "W_SAMTIDIGT", "W_KORT_TID", "W_PRELIMINAR", "W_SAKNADE_MANADER",
    "W_ANDRA_OMRADEN", "W_FALSKT_UTSLAG", "W_FLERA_UTFALL",
]  # fmt: skip
Design = Literal["före och efter", "jämförelse", "flera jämförelser", "lång serie"]


FEW = 5
"""Fewer events than this before or after make every estimate shaky."""


class Counts(NamedTuple):
    """How many before and after, and in how many months each."""

    before: int
    after: int
    months_before: int
    months_after: int


class Trend(NamedTuple):
    """The drift before the start, and what it alone would make of the ratio if it went on unbroken."""

    slope: Slope
    unbroken: float
    interval: Interval


class Study(NamedTuple):
    """Everything of one estimate; None is what the design or the data do not give.

    `headline` is the ratio that the sentence is about: below 1 fewer than before, or than expected from the comparison. `doubled`
    is it with the dispersion that is tried where none can be seen, `without_mass` without the months of mass reports, and
    `sensitivity` by other errors. `rise` says that the goal was more, not fewer. Of another outcome than the plan's own
    `p_adjusted` is adjusted for the `family` of them.
    """

    series: Series
    start: date
    design: Design
    laid: Laid
    counts: Counts
    comparison_counts: Counts | None
    headline: Ratio | None
    exact: Exact | None
    fewest_before: int
    detectable: float | None
    relative: Ratio | None = None
    exact_res: ExactRes | None = None
    expected: Expected | None = None
    difference: Displacement | None = None
    quotient: Quotient | None = None
    trend: Trend | None = None
    events: EventStudy | None = None
    placebo: tuple[float, float] | None = None
    interrupted: Interrupted | None = None
    false_dates: tuple[Ratio, ...] = ()
    doubled: Ratio | None = None
    without_mass: Ratio | None = None
    mass: tuple[Period, ...] = ()
    years: int = 0
    sensitivity: tuple[tuple[str, Ratio], ...] = ()
    with_buffer: bool = False
    rise: bool = False
    p_adjusted: float | None = None
    family: int = 0
    warnings: tuple[Warning_, ...] = ()
    notes: tuple[Refusal, ...] = ()

    @property
    def one_sided(self) -> bool:
        """Whether the comparison lacks events on one side, so that the ratio can only be bounded from one end."""
        other = self.comparison_counts
        return other is not None and not (other.before and other.after)


def counts_of(line: Line, pick: Pick) -> Counts:
    """A line's events and months before and after."""
    return Counts(*pair(line, pick), len(pick.before), len(pick.after))


def pair(line: Line, pick: Pick) -> tuple[int, int]:
    """A line's events before and after."""
    return sum(windows.counts(line, pick.before)), sum(windows.counts(line, pick.after))
