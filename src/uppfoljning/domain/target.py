"""A target: what was promised, as an operator with a figure, and what is counted towards it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from uppfoljning.domain.clock import Window
from uppfoljning.domain.number import Number
from uppfoljning.domain.period import Period, TermName
from uppfoljning.domain.schema import NOTHING

OPERATORS = ("minst", "antal", "högst", "mellan", "alla", "klart")
NO_NUMBER = ("löpande", "vid behov", "utan måltal")
"""What `antal` may say instead of a figure; the count is still shown."""

CountKind = Literal["tillfällen", "fält", "unika", "andel", "inom"]


class Counts(NamedTuple):
    """What is summed towards a target.

    `tillfällen` counts occasions; `fält` sums one field; `unika` counts its distinct values; `andel` is Σ`field`/Σ`other`;
    `inom` is the share of occasions where `other` comes at most `limit` minutes after `field`.
    """

    kind: CountKind = "tillfällen"
    field: str = ""
    other: str = ""
    limit: int = 0

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the quick report that must be answered for a report to be counted."""
        return tuple(name for name in (self.field, self.other) if name)


class Phasing(NamedTuple):
    """How a target is spread out. Either `kind` with a share for each calendar sub-period of a year, or shares by period."""

    kind: str = ""
    shares: tuple[Number, ...] = ()
    by_period: tuple[tuple[Period | TermName, Number], ...] = ()

    @property
    def total(self) -> Number:
        """The sum of the shares; for `kind`, of one year."""
        return sum(self.shares) + sum(share for _, share in self.by_period)


class Condition(NamedTuple):
    """What an occasion must meet to count: each part that is given."""

    places: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()
    window: Window | None = None
    functions: Mapping[str, int] = NOTHING
    facts: Mapping[str, tuple[str, ...]] = NOTHING


class Baseline(NamedTuple):
    """The level of a stock when the work began."""

    value: Number
    day: date | None = None


class Target(NamedTuple):
    """One promise that can be followed up. `value` is the figure of the operator: a ratio when `share`, else in `unit`.

    `per` sums a figure over sub-periods, `every` asks that each of them (or each of `weekdays`) reaches it.
    """

    operator: str
    id: str | None = None
    value: Number | None = None
    ceiling: Number | None = None
    due: date | None = None
    no_number: str = ""
    share: bool = False
    unit: str = "tillfällen"
    counts: Counts = Counts()
    per: str = ""
    every: str = ""
    weekdays: tuple[int, ...] = ()
    stock: bool = False
    phasing: Phasing | None = None
    condition: Condition | None = None
    baseline: Baseline | None = None

    @property
    def each(self) -> bool:
        """Whether every sub-period must reach the figure."""
        return bool(self.every or self.weekdays)

    @property
    def testable(self) -> bool:
        """Whether there is anything to be met."""
        return not self.no_number


WITHOUT_NUMBER = Target(operator="antal", no_number="utan måltal")
"""The target of a commitment that says none."""
