"""Many municipalities in one follow-up: the rows of the results, added up by municipality, county, country and form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from uppfoljning.domain.number import Certainty, Number, Quantity
from uppfoljning.followup.counted_reports import certainty_of
from uppfoljning.followup.duties import Completeness
from uppfoljning.followup.status import Status
from uppfoljning.national.queries import RESULTS, Answers
from uppfoljning.national.schema import SchemaTable


class CommitmentStanding(NamedTuple):
    """How a commitment stands. `ended`: its plan is over, so that it counts as good only when it is reached."""

    status: Status
    testable: bool
    reached: bool
    ended: bool


@dataclass(slots=True)
class Area:
    """What is added up for a municipality, a county, the country or a form. `latest` is the last month with a report."""

    code: str
    municipalities: set[str] = field(default_factory=set)
    sums: Counter[str] = field(default_factory=Counter)
    latest: str = ""
    standings: Counter[CommitmentStanding] = field(default_factory=Counter)

    def take(self, rows: Iterable[Any]) -> None:
        """Add what has been reported, in rows of the result `blanketter`; column by column, since they are many."""
        municipalities, _, _, *amounts, latest = zip(*rows, strict=True)
        self.municipalities.update(municipalities)
        self.sums.update(dict(zip(RESULTS["blanketter"].values[:-1], map(sum, amounts), strict=True)))
        self.latest = max(self.latest, *latest)

    def add(self, other: Area) -> None:
        """Add what others have reported."""
        self.municipalities |= other.municipalities
        self.sums.update(other.sums)
        self.latest = max(self.latest, other.latest)

    def stand(self, standing: CommitmentStanding, number: int) -> None:
        """Add commitments that stand alike."""
        if number:
            self.standings[standing] += number

    @property
    def received(self) -> Completeness:
        """The duties that have fallen due."""
        return Completeness(self.sums["plikter"], self.sums["besvarade"], self.sums["i_tid"])

    @property
    def certainty(self) -> Certainty:
        """How sure the number of occasions is."""
        return sure(self.sums)

    @property
    def commitments(self) -> int:
        """How many commitments there are."""
        return self.standings.total()


class PromisedOccasions(NamedTuple):
    """Occasions of the targets that can be added and are known: how many targets, promised, expected so far, carried out."""

    targets: int = 0
    whole: int = 0
    expected: Fraction = Fraction(0)
    done: int = 0

    def plus(self, denominator: int, targets: int, whole: int, expected: int, done: int) -> PromisedOccasions:
        """With those of some commitments more."""
        hoped = self.expected + Fraction(expected, denominator) if expected else self.expected
        return PromisedOccasions(self.targets + targets, self.whole + whole, hoped, self.done + done)


@dataclass(slots=True)
class FormVersion:
    """A version of a form: the municipalities that have it, their sums, and whether it is the program's own."""

    form: str
    version: str
    area: Area
    built_in: bool = False


@dataclass(slots=True)
class Figure:
    """A sum of a form's answers, hours, steps or reasons, for the country and by municipality."""

    form: str
    kind: str
    name: str
    people: bool
    values: dict[str, Fraction] = field(default_factory=dict)
    sums: Counter[str] = field(default_factory=Counter)

    @property
    def certainty(self) -> Certainty:
        """How sure the sum is."""
        return sure(self.sums)


class NationalFollowUp(NamedTuple):
    """The follow-up of many. `days` are those that each municipality's sums were made at, `reported` the reports of each month.

    `promised` and `by_form` are by form, `reported` by municipality and month.
    """

    country: Area
    counties: tuple[Area, ...]
    municipalities: tuple[Area, ...]
    by_form: tuple[Area, ...]
    versions: tuple[FormVersion, ...]
    promised: dict[str, PromisedOccasions]
    figures: tuple[Figure, ...]
    reported: dict[tuple[str, str], int]
    days: dict[str, tuple[date, ...]]


def sure(sums: Counter[str]) -> Certainty:
    """How sure a sum is, of how many of its figures are `ca` and `minst`, and how many are missing."""
    words: list[Quantity] = [Quantity(0, word) for word in ("ca", "minst") if sums[word]]
    return certainty_of(words, lacking=bool(sums["saknas"]))


def gathered(answers: Answers, only: str = "") -> NationalFollowUp:
    """Put the results together. Every sum is of whole numbers, so that neither order nor split can be seen in them.

    Where `only` one form is asked for, a municipality without it is left out: it is not silent, it has promised nothing with it.
    """
    areas = _Areas()
    versions: dict[tuple[str, str], FormVersion] = {}
    days: dict[str, set[date]] = {}
    for municipality, rows in _grouped(answers, "blanketter", itemgetter(0)).items():
        own, *others = areas.of(municipality)
        own.take(rows)
        for area in others:
            area.add(own)
    for (form, version), rows in _grouped(answers, "blanketter", itemgetter(1, 2)).items():
        versions[form, version] = FormVersion(form, version, Area(form))
        versions[form, version].area.take(rows)
        areas.of_form(form).add(versions[form, version].area)
    for municipality, day, _, *standing, number in _rows(answers, "ataganden"):
        days.setdefault(municipality, set()).add(day)
        for area in areas.of(municipality) if number or not only else ():
            area.stand(_standing(*standing), number)
    promised: dict[str, PromisedOccasions] = {}
    for form, version, built_in, *standing, denominator, number, targets, whole, expected, done in _rows(answers, "uppfyllelse"):
        if number:
            of_version = versions.setdefault((form, version), FormVersion(form, version, Area(form)))
            of_version.built_in = of_version.built_in or built_in
            areas.of_form(form).stand(_standing(*standing), number)
            promised[form] = promised.get(form, PromisedOccasions()).plus(denominator, targets, whole, expected, done)
    return NationalFollowUp(
        areas.country,
        _in_order(areas.counties),
        _in_order(areas.municipalities),
        _in_order(areas.forms),
        tuple(versions[key] for key in sorted(versions)),
        {form: one for form, one in sorted(promised.items()) if one.targets},
        _figures(answers) if "siffror" in answers else (),
        {(municipality, month): reports for municipality, month, reports in _rows(answers, "manader")},
        {municipality: tuple(sorted(found)) for municipality, found in sorted(days.items())},
    )


def _rows(answers: Answers, name: str) -> Iterable[Any]:
    return answers[name]


def _grouped(answers: Answers, name: str, key: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    """The rows of a result by what the key says of each."""
    found: dict[Any, list[Any]] = {}
    for row in _rows(answers, name):
        found.setdefault(key(row), []).append(row)
    return found


@cache
def _standing(status: str, testable: bool, reached: bool, ended: bool) -> CommitmentStanding:
    """The same few are met many times."""
    return CommitmentStanding(Status(status), testable, reached, ended)


def _in_order(areas: dict[str, Area]) -> tuple[Area, ...]:
    return tuple(areas[code] for code in sorted(areas))


class _Areas:
    """The areas by code, each made when it is first met."""

    def __init__(self) -> None:
        self.country = Area("")
        self.counties: dict[str, Area] = {}
        self.municipalities: dict[str, Area] = {}
        self.forms: dict[str, Area] = {}
        self._of: dict[str, tuple[Area, Area, Area]] = {}

    def of(self, municipality: str) -> tuple[Area, Area, Area]:
        """The areas that what a municipality has done counts in."""
        if (found := self._of.get(municipality)) is None:
            own = self.municipalities[municipality] = Area(municipality)
            county = self.counties.setdefault(municipality[:2], Area(municipality[:2]))
            found = self._of[municipality] = (own, county, self.country)
            for area in found:
                area.municipalities.add(municipality)
        return found

    def of_form(self, form: str) -> Area:
        """What is reported with a form."""
        return self.forms.setdefault(form, Area(form))


def _figures(answers: Answers) -> tuple[Figure, ...]:
    found: dict[tuple[str, str, str, bool], Figure] = {}
    for municipality, form, kind, name, people, denominator, numerator, *rest in _rows(answers, "siffror"):
        one = found.setdefault((form, kind, name, people), Figure(form, kind, name, bool(people)))
        one.values[municipality] = one.values.get(municipality, Fraction(0)) + Fraction(numerator, denominator)
        one.sums.update(dict(zip(RESULTS["siffror"].values[1:], rest, strict=True)))
    return tuple(found[key] for key in sorted(found))


# Sums by key, exact and in whole numbers.


Value = str | int | bool | None
Row = tuple[object, ...]

LARGEST = 10**12
"""The largest numerator or denominator of one figure: a million of them still add up within 64 bits. No count comes near."""


class Tally:
    """The rows of a table whose values are sums."""

    def __init__(self, table: SchemaTable) -> None:
        self._place = {column.name: at for at, column in enumerate(table.values)}
        self._sums: dict[tuple[Value, ...], list[int]] = {}
        self.too_large: set[str] = set()

    def add(self, key: tuple[Value, ...], **amounts: int) -> None:
        """Add to the sums of a key. What is too large to be a count is told as missing, and whose it was is noted."""
        if any(isinstance(one, int) and abs(one) > LARGEST for one in (*key, *amounts.values())):
            self.too_large.add(f"{key[0]}/{key[1]}")
            key = tuple(1 if isinstance(one, int) and one > LARGEST else one for one in key)
            amounts = {"saknas": 1}
        sums = self._sums.setdefault(key, [0] * len(self._place))
        for name, amount in amounts.items():
            sums[self._place[name]] += amount

    def take(self, other: Tally) -> None:
        """Add all that another tally of the same table has."""
        for key, amounts in other._sums.items():
            sums = self._sums.setdefault(key, [0] * len(self._place))
            sums[:] = map(sum, zip(sums, amounts, strict=True))
        self.too_large |= other.too_large

    def by_last_key(self, name: str) -> list[Row]:
        """One of the sums for each value of the last key, in order, where it is more than nothing."""
        at, found = self._place[name], Counter[Value]()
        for key, sums in self._sums.items():
            found[key[-1]] += sums[at]
        return sorted((key, amount) for key, amount in found.items() if amount)

    def total(self) -> tuple[int, ...]:
        """The sums of all keys together."""
        return tuple(map(sum, zip(*self._sums.values(), strict=True))) if self._sums else (0,) * len(self._place)

    def latest(self, name: str) -> str:
        """The last month, which ends every key, where a sum is more than nothing."""
        at = self._place[name]
        return max((str(key[-1]) for key, sums in self._sums.items() if sums[at]), default="")

    def rows(self) -> Iterable[Row]:
        """Keys with their sums, in order."""
        return sorted((*key, *sums) for key, sums in self._sums.items())


def ratio(value: Number | None) -> tuple[int, int] | None:
    """Numerator and denominator, or None for what is unknown or too large to be carried over."""
    if value is None:
        return None
    exact = Fraction(value)
    return (exact.numerator, exact.denominator) if max(abs(exact.numerator), exact.denominator) <= LARGEST else None
