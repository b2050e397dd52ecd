"""The rows of `simulate.py` about `analys`: how passes are drawn, and how often a level is printed as a hypothesis."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from uppfoljning.analysis.occasions import LENGTH, QUARTER, AnalysedOccasion, Factor, Passes, duration
from uppfoljning.analysis.parts import parts_of
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import Field
from uppfoljning.domain.number import Quantity
from uppfoljning.domain.period import Period
from uppfoljning.domain.report import QuickReport
from uppfoljning.present.views.parts import leads

SEED = 20261126
FACTORS = (
    Factor("funktion", "funktion"), Factor("tid", "klockslag"), Factor("veckodag", "veckodag"), Factor("plats", "plats"),
    Factor("grupp", "gruppens storlek"), Factor(QUARTER, "tid på året"), Factor(LENGTH, "passets längd"),
)  # fmt: skip
RATE = 4.0
Numbers = Any


class Drawn(NamedTuple):
    """What passes were like: the part of the year gone, hours, which levels, and what multiplies the mean."""

    year: Numbers
    hours: Numbers
    levels: dict[str, Numbers]
    times: Numbers


Mix = Callable[[np.random.Generator, Drawn], Drawn]


class PartsRow(NamedTuple):
    """A row: how the passes are mixed, how their counts vary, the level that is counted, and whether a hypothesis is `false`."""

    name: str
    mix: Mix | None = None
    dispersion: float = 1.0
    zeros: float = 0.0
    tail: float = 0.0
    night: int = 1
    yes: float = 0.0
    ar: float = 0.0
    commitments: int = 1
    counted: str = "polis"
    false: bool = True


def hypotheses(row: PartsRow, passes: int, at: int) -> tuple[bool, bool]:
    """Whether the counted level, or any where there are many commitments, is a hypothesis, and one without reservation."""
    chance = np.random.default_rng([SEED, crc32(row.name.encode()), passes, at])
    field = Field.make(type="ja/nej" if row.yes else "antal")
    runs = [(_passes(row, chance, passes), [("samtal", field)]) for _ in range(row.commitments)]
    every = [one for outcomes in parts_of(runs) for found in outcomes for one in found.contrasts if leads(one)]
    levels = {"polis": "funktion", "fältare": "funktion", "a": "plats"}
    if row.commitments == 1:
        every = [one for one in every if one.factor.id == levels[row.counted]]
    return bool(every), any(not one.codes for one in every)


def _passes(row: PartsRow, chance: np.random.Generator, number: int) -> Passes:
    levels = {
        "funktion": np.where(chance.random(number) < 0.5, "polis", "fältare"),
        "tid": np.where(chance.random(number) < 0.5, "18–21", "21–00"),
        "veckodag": chance.choice(["fre", "lör", "ons"], number),
        "plats": chance.choice(["a", "b", "c"], number),
        "grupp": chance.choice(["1–2", "3–4", "5–6"], number),
    }
    hours = chance.integers(4, 9, number) / 2
    found = Drawn(np.sort(chance.random(number)), hours, levels, np.ones(number))
    if row.mix is not None:
        found = row.mix(chance, found)
    counts = _counts(row, chance, found)
    return Passes(tuple(_occasion(at, int(counts[at]), found, yes=bool(row.yes)) for at in range(number)), FACTORS)


def _counts(row: PartsRow, chance: np.random.Generator, found: Drawn) -> Numbers:
    number = len(found.year)
    if row.yes:
        return chance.random(number) < row.yes * found.times
    means = RATE * found.hours * found.times
    if row.ar:
        shocks = chance.normal(0, 0.4, number)
        for at in range(1, number):
            shocks[at] = row.ar * shocks[at - 1] + (1 - row.ar**2) ** 0.5 * shocks[at]
        means = means * np.exp(shocks)
    if row.tail:
        means = means * np.exp(chance.normal(0, row.tail, number) - row.tail**2 / 2)
    if row.night > 1:
        means = means * np.where(np.arange(number) == chance.integers(number), row.night, 1)
    if row.dispersion > 1:
        size = means / (row.dispersion - 1)
        counts = chance.negative_binomial(size, size / (size + means))
    else:
        counts = chance.poisson(means)
    return np.where(chance.random(number) < row.zeros, 0, counts)


def _occasion(at: int, met: int, found: Drawn, *, yes: bool) -> AnalysedOccasion:
    day = date(2026, 1, 1) + timedelta(days=int(found.year[at] * 365))
    hours = Fraction(float(found.hours[at]))
    levels = {name: frozenset((str(labels[at]),)) for name, labels in found.levels.items()}
    levels[QUARTER] = frozenset((f"{day.year}-K{(day.month + 2) // 3}",))
    levels[LENGTH] = frozenset((duration(hours),))
    facts: dict[str, Any] = {"samtal": bool(met) if yes else Quantity(met)}
    report = QuickReport.make(commitment="x", day=day, period=None, submitted=None, count=None, parties=(), state="genomförd")
    return AnalysedOccasion(Entry(f"r{at}", "reports/r.yaml", (), report, Period(day, day), (), facts), hours, levels)


def _wave(found: Drawn) -> Numbers:
    return np.sin(2 * np.pi * (found.year - 0.25))


def _labelled(found: Drawn, name: str, labels: Numbers, times: Numbers) -> Drawn:
    return found._replace(levels=found.levels | {name: labels}, times=found.times * times)


def _season(amplitude: float, name: str = "", first: str = "polis", other: str = "fältare") -> Mix:
    """More in summer; with a name also of the factor."""

    def mix(chance: np.random.Generator, found: Drawn) -> Drawn:
        times = 1 + amplitude * _wave(found)
        if not name:
            return found._replace(times=times)
        with_it = chance.random(len(found.year)) < np.where(_wave(found) > 0, 0.85, 0.15)
        return _labelled(found, name, np.where(with_it, first, other), times)

    return mix


def _drift(chance: np.random.Generator, found: Drawn) -> Drawn:
    return _labelled(found, "plats", np.where(found.year < 0.5, "a", "b"), 1.8**found.year)


def _followed(share: float, *, both: bool = False) -> Mix:
    """Fridays meet more, and police are there on Fridays; `both` has the hour the same."""

    def mix(chance: np.random.Generator, found: Drawn) -> Drawn:
        police = found.levels["funktion"] == "polis"
        number = len(police)
        friday = chance.random(number) < np.where(police, share, 1 - share)
        found = _labelled(found, "veckodag", np.where(friday, "fre", "lör"), np.where(friday, 1.6, 1.0))
        if both:
            late = chance.random(number) < np.where(police, 0.75, 0.25)
            found = _labelled(found, "tid", np.where(late, "21–00", "18–21"), np.where(late, 1.6, 1.0))
        return found

    return mix


def _simpson(chance: np.random.Generator, found: Drawn) -> Drawn:
    found = _followed(0.85)(chance, found)
    friday = found.levels["veckodag"] == "fre"
    return found._replace(times=np.where(friday, 2.0, 1.0) * np.where(found.levels["funktion"] == "polis", 0.75, 1.0))


def _same(chance: np.random.Generator, found: Drawn) -> Drawn:
    police = found.levels["funktion"] == "polis"
    return _labelled(found, "veckodag", np.where(police, "fre", "lör"), np.where(police, 1.8, 1.0))


def _blocks(chance: np.random.Generator, found: Drawn) -> Drawn:
    number = len(found.year)
    return found._replace(levels=found.levels | {"plats": np.where(np.arange(number) * 4 // number % 2, "a", "b")})


def _length(chance: np.random.Generator, found: Drawn) -> Drawn:
    """Half of what an ordinary pass meets is there however long it is; police come on the long ones."""
    long = found.hours >= 3
    police = chance.random(len(long)) < np.where(long, 0.85, 0.15)
    return _labelled(found, "funktion", np.where(police, "polis", "fältare"), 0.5 + 0.5 * 3 / found.hours)


def _true(chance: np.random.Generator, found: Drawn) -> Drawn:
    return found._replace(times=np.where(found.levels["funktion"] == "polis", 2.0, 1.0))


def rows_of_parts() -> Iterator[PartsRow]:
    """Table 3."""
    yield PartsRow("Poisson")
    yield PartsRow("varians/medel 3", dispersion=3)
    yield PartsRow("varians/medel 8", dispersion=8)
    yield PartsRow("70 % nollor", zeros=0.7)
    yield PartsRow("varians/medel 8 och 70 % nollor", dispersion=8, zeros=0.7)
    yield PartsRow("tung svans", tail=1.0)
    yield PartsRow("en kväll gånger 15", night=15)
    yield PartsRow("en kväll gånger 40", night=40)
    yield PartsRow("ja/nej 30 %", yes=0.3)
    yield PartsRow("årstid, inget blandat", _season(0.6), dispersion=3)
    yield PartsRow("veckodag blandad med funktion", _followed(0.85), dispersion=3)
    yield PartsRow("Simpson (sant 0,75)", _simpson, dispersion=3)
    yield PartsRow("veckodag och funktion helt samma", _same, dispersion=3)
    yield PartsRow("årstid blandad med funktion", _season(0.6, "funktion"), dispersion=3)
    yield PartsRow("svag årstid (±30 %) blandad", _season(0.3, "funktion"), dispersion=3)
    yield PartsRow("årstid blandad med plats", _season(0.6, "plats", "a", "b"), dispersion=3, counted="a")
    yield PartsRow("glidning över året, platsen bytt halvvägs", _drift, dispersion=3, counted="a")
    yield PartsRow("två faktorer blandade med funktion", _followed(0.75, both=True), dispersion=3)
    yield PartsRow("passen följs åt (AR ,6), platser i block", _blocks, ar=0.6, counted="a")
    yield PartsRow("långa pass möter färre i timmen, gruppen följer", _length, dispersion=3)
    yield PartsRow("ja/nej, årstid blandad", _season(0.6, "funktion"), yes=0.3)
    yield PartsRow("tolv åtaganden i en körning", dispersion=3, commitments=12)
    yield PartsRow("sann kvot 2", _true, dispersion=3, false=False)
