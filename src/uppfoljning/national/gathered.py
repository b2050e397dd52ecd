"""Many municipalities in one follow-up: the rows of the results, added up by municipality, county, country and form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from uppfoljning.domain.number import Certainty, Quantity
from uppfoljning.followup.duties import Completeness
from uppfoljning.followup.outcome import certainty_of
from uppfoljning.followup.status import Status
from uppfoljning.national.declared import RESULTS, Answers


class Standing(NamedTuple):
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
    standings: Counter[Standing] = field(default_factory=Counter)

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


class Promised(NamedTuple):
    """Occasions of the targets that can be added and are known: how many targets, promised, expected so far, carried out."""

    targets: int
    whole: Fraction
    expected: Fraction
    done: Fraction


@dataclass(slots=True)
class Version:
    """A version of a form: the municipalities that have it, and their sums."""

    form: str
    version: str
    area: Area


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


class Gathered(NamedTuple):
    """The follow-up of many. `days` are those that each municipality's sums were made at, `reported` the reports of each month.

    `promised` and `by_form` are by form, `reported` by municipality and month.
    """

    country: Area
    counties: tuple[Area, ...]
    municipalities: tuple[Area, ...]
    by_form: tuple[Area, ...]
    versions: tuple[Version, ...]
    promised: dict[str, Promised]
    figures: tuple[Figure, ...]
    reported: dict[tuple[str, str], int]
    days: dict[str, tuple[date, ...]]


def sure(sums: Counter[str]) -> Certainty:
    """How sure a sum is, of how many of its figures are `ca` and `minst`, and how many are missing."""
    words: list[Quantity] = [Quantity(0, word) for word in ("ca", "minst") if sums[word]]
    return certainty_of(words, lacking=bool(sums["saknas"]))


def gathered(answers: Answers) -> Gathered:
    """Put the results together. Every sum is of whole numbers, so that neither order nor split can be seen in them."""
    areas = _Areas()
    versions: dict[tuple[str, str], Version] = {}
    days: dict[str, set[date]] = {}
    for row in answers["kallor"]:
        municipality, day, *_ = row
        assert isinstance(municipality, str) and isinstance(day, date)
        days.setdefault(municipality, set()).add(day)
        areas.of(municipality)
    for municipality, form, version, *values in _rows(answers, "blanketter"):
        sums = dict(zip(RESULTS["blanketter"].values, values, strict=True))
        latest = sums.pop("senaste")
        one = versions.setdefault((form, version), Version(form, version, Area(form)))
        for area in (*areas.of(municipality, form), one.area):
            area.municipalities.add(municipality)
            area.sums.update(sums)
            area.latest = max(area.latest, latest)
    for municipality, form, status, testable, reached, ended, number in _rows(answers, "ataganden"):
        for area in areas.of(municipality, form):
            area.municipalities.add(municipality)
            area.standings[Standing(Status(status), bool(testable), bool(reached), bool(ended))] += number
    return Gathered(
        areas.country,
        _in_order(areas.counties),
        _in_order(areas.municipalities),
        _in_order(areas.forms),
        tuple(versions[key] for key in sorted(versions)),
        _promised(answers),
        _figures(answers),
        {(municipality, month): reports for municipality, month, reports in _rows(answers, "manader")},
        {municipality: tuple(sorted(found)) for municipality, found in sorted(days.items())},
    )


def _rows(answers: Answers, name: str) -> Iterable[Any]:
    return answers[name]


def _in_order(areas: dict[str, Area]) -> tuple[Area, ...]:
    return tuple(areas[code] for code in sorted(areas))


class _Areas:
    """The areas by code, each made when it is first met."""

    def __init__(self) -> None:
        self.country = Area("")
        self.counties: dict[str, Area] = {}
        self.municipalities: dict[str, Area] = {}
        self.forms: dict[str, Area] = {}

    def of(self, municipality: str, form: str | None = None) -> tuple[Area, ...]:
        """The areas that what a municipality has done counts in."""
        own = self.municipalities.setdefault(municipality, Area(municipality))
        county = self.counties.setdefault(municipality[:2], Area(municipality[:2]))
        for area in (own, county, self.country):
            area.municipalities.add(municipality)
        return (own, county, self.country, *([] if form is None else [self.forms.setdefault(form, Area(form))]))


def _promised(answers: Answers) -> dict[str, Promised]:
    found: dict[str, Promised] = {}
    for form, denominator, whole, expected, done, targets in _rows(answers, "mal"):
        had = found.get(form, Promised(0, Fraction(0), Fraction(0), Fraction(0)))
        found[form] = Promised(
            had.targets + targets, had.whole + whole, had.expected + Fraction(expected, denominator), had.done + done
        )
    return found


def _figures(answers: Answers) -> tuple[Figure, ...]:
    found: dict[tuple[str, str, str, bool], Figure] = {}
    for municipality, form, kind, name, people, denominator, numerator, *rest in _rows(answers, "siffror"):
        one = found.setdefault((form, kind, name, people), Figure(form, kind, name, bool(people)))
        one.values[municipality] = one.values.get(municipality, Fraction(0)) + Fraction(numerator, denominator)
        one.sums.update(dict(zip(RESULTS["siffror"].values[1:], rest, strict=True)))
    return tuple(found[key] for key in sorted(found))
