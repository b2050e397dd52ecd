"""A target: what was promised, as an operator with a figure, and what is counted towards it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from uppfoljning.domain.clock import WEEKDAYS, Window
from uppfoljning.domain.number import Number, written
from uppfoljning.domain.period import Period, TermName, period_name
from uppfoljning.domain.schema import NOTHING, Record

OPERATORS = ("minst", "antal", "högst", "mellan", "alla", "klart")
NO_NUMBER = ("löpande", "vid behov", "utan måltal")
"""What `antal` may say instead of a figure; the count is still shown."""

UNSAID = "tillfällen"
"""The unit of a target that names none."""

RATIO = "andel"
"""The unit of a percentage that is published without its parts."""

CountKind = Literal["tillfällen", "fält", "unika", "andel", "inom"]


class Counts(NamedTuple):
    """What is summed towards a target.

    `tillfällen` counts occasions; `fält` sums one field; `unika` counts its distinct values; `andel` is Σ`field`/Σ`other`;
    `inom` is the share of occasions where `other` comes at most `limit` minutes after `field`. `an_hour` is how many of the
    target's unit go to an hour where lengths of time are summed, and 0 where the target is no length.
    """

    kind: CountKind = "tillfällen"
    field: str = ""
    other: str = ""
    limit: int = 0
    an_hour: int = 0

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
    unit: str = UNSAID
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
    def falls(self) -> bool:
        """Whether a level is promised to fall: what is promised lies below where it began."""
        return self.baseline is not None and self.value is not None and self.value < self.baseline.value

    @property
    def against(self) -> bool:
        """Whether the operator goes against the way from where the level began: at least so many below it, at most above."""
        if self.baseline is None or self.value is None or self.value == self.baseline.value:
            return False
        return self.falls != (self.operator == "högst")

    @property
    def testable(self) -> bool:
        """Whether there is anything to be met."""
        return not self.no_number


WITHOUT_NUMBER = Target(operator="antal", no_number="utan måltal")
"""The target of a commitment that says none."""


# What is said of a plan in words: a promise, and any other value that a key of the plan holds.


def promise(target: Target) -> str:
    """A target in words, its figures exact: `minst 3 vandringar per vecka`."""
    if target.operator == "klart":
        return f"klart {target.due}"
    if not target.testable:
        return f"{target.unit} {target.no_number}"
    words = [target.operator, _amount(target)]
    if not (target.share and target.unit == RATIO):
        words.append(target.unit)
    if target.per:
        words.append(f"per {target.per}")
    if target.each:
        words.append("varje " + (target.every or " och ".join(WEEKDAYS[day] for day in target.weekdays)))
    return " ".join(words)


def _amount(target: Target) -> str:
    if target.operator == "mellan":
        return f"{_number(target.value)} och {_number(target.ceiling)}"
    return f"{_number(target.value and target.value * 100)} %" if target.share else _number(target.value)


def _number(value: Number | None) -> str:
    """A figure as people read it, with spaces between thousands; it is never rounded."""
    whole, comma, decimals = written(value or 0).partition(",")
    return f"{int(whole):,}".replace(",", " ") + comma + decimals


def fine_print(target: Target) -> dict[str, str]:
    """What a target says besides its promise, by the key it stands under; what it does not say is left out."""
    said = {
        "räknar": _counts(target.counts),
        "sätt": "nivå" if target.stock else "",
        "fördelning": _phasing(target.phasing) if target.phasing is not None else "",
        "villkor": _condition(target.condition) if target.condition is not None else "",
        "baslinje": began(target),
    }
    return {key: text for key, text in said.items() if text}


def began(target: Target) -> str:
    """Where a level began, in the unit of its target; nothing where that is not told."""
    if target.baseline is None:
        return ""
    return f"{_number(target.baseline.value * 100)} %" if target.share else _number(target.baseline.value)


def _counts(counts: Counts) -> str:
    match counts.kind:
        case "tillfällen":
            return ""
        case "unika":
            return f"olika {counts.field}"
        case "andel":
            return f"{counts.field} av {counts.other}"
        case "inom":
            return f"{counts.other} inom {counts.limit} minuter från {counts.field}"
        case _:
            return counts.field


def _phasing(phasing: Phasing) -> str:
    if phasing.kind:
        return f"per {phasing.kind} {', '.join(map(_number, phasing.shares))}"
    return ", ".join(f"{period_name(period)}: {_number(share)}" for period, share in phasing.by_period)


def _condition(condition: Condition) -> str:
    said = {
        "platser": ", ".join(condition.places),
        "veckodagar": ", ".join(WEEKDAYS[day] for day in condition.weekdays),
        "tid": spoken(condition.window),
        "funktioner": ", ".join(f"minst {least} {name}" for name, least in condition.functions.items()),
        "uppgifter": ", ".join(f"{name} {' eller '.join(values)}" for name, values in condition.facts.items()),
    }
    return "; ".join(f"{key} {text}" for key, text in said.items() if text)


def spoken(value: Any) -> str:
    """A value of the plan as one line of text; nothing for what is not stated."""
    match value:
        case None | "" | ():
            return ""
        case str():
            return value
        case int() | Fraction():
            return _number(value)
        case date():
            return value.isoformat()
        case Window():
            return f"{_clock(value.start)}–{_clock(value.end)}"
        case Period():
            return period_name(value)
        case Record():
            return ", ".join(
                f"{key} {text}" for key, (name, _) in value.KEYS.items() if (text := _part(key, getattr(value, name)))
            )
        case Mapping():
            return ", ".join(f"{key}: {spoken(inner)}" for key, inner in value.items())
        case _:
            return ", ".join(spoken(one) for one in value)


def _part(key: str, value: Any) -> str:
    return ", ".join(WEEKDAYS[day] for day in value) if key == "veckodagar" else spoken(value)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
