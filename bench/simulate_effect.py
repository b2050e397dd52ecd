"""The rows of `simulate.py` about `effekt`: how the months of each are drawn, and what is counted of what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any, NamedTuple
from unittest import mock
from zlib import crc32

import numpy as np

from uppfoljning.analysis import before_after, months
from uppfoljning.analysis.effect.result import Study
from uppfoljning.analysis.effect.study import of_the_plan, study_of
from uppfoljning.domain.indicator import Indicator, Observed, Series
from uppfoljning.domain.period import Period
from uppfoljning.domain.period import months as months_of
from uppfoljning.domain.plan import OutcomeGoal
from uppfoljning.present.views import effect_words as words

SEED = 20261125
FIRST = 2016 * 12
NOISE = 0.2
"""The standard deviation of the log of each month's own shock: with 15 a month a variance of about 1.6 times the mean."""
SEASON = 0.3
Numbers = Any
Shape = Callable[[Numbers, int, int], Numbers]
"""What multiplies the mean of an area: of the positions of the months counted from the start, the months after, and the area."""


class Row(NamedTuple):
    """A row of the table: areas with their means (the treated first), how the area and the start are chosen, and what is true.

    `chosen` is `` (anyhow), `topp` (the month after the highest of 24) or `värst` (the worst of 20 by its last twelve months).
    `shape` multiplies the means, `spoil` changes the counts, `lag` says how many of the last months are not fully counted.
    `exempt` says why a row may pass the limit, `goals` how many there are in the plan, and `shared` that they share comparison.
    """

    name: str
    means: tuple[float, ...] = (15, 20)
    before: int = 36
    after: int = 12
    ar: float = 0.3
    sd: float = NOISE
    season: float = SEASON
    chosen: str = ""
    effect: float = 1.0
    shape: Shape | None = None
    spoil: Callable[[Numbers, np.random.Generator, int], None] | None = None
    lag: int = 0
    exempt: str = ""
    goals: int = 1
    shared: bool = False


class Said(NamedTuple):
    """What was said of one data set. `excluded` and `held` are of the interval: no change, and what is true."""

    favourable: bool
    rise: bool
    excluded: bool
    held: bool
    clouded: bool
    disagree: bool


def chance_of(row: Row, at: int) -> np.random.Generator:
    """The random numbers of one data set of a row: the same whatever else is run."""
    return np.random.default_rng([SEED, crc32(row.name.encode()), at])


def drawn(row: Row, chance: np.random.Generator) -> Numbers:
    """The counts of the areas, one line each, from so many months before the start."""
    if row.chosen == "topp":
        extra = 24
        counts = _counts(row, chance, row.means, row.before + extra + row.after, row.before + extra)
        place = row.before + int(np.argmax(counts[0, row.before - 1 : row.before + extra - 1]))
        counts = counts[:, place - row.before : place + row.after]
    elif row.chosen == "värst":
        every = _counts(row, chance, (row.means[0],) * 20, row.before + row.after, row.before)
        worst = int(np.argmax(every[:, max(0, row.before - 12) : row.before].sum(axis=1)))
        rest = np.delete(every, worst, axis=0)
        others = rest.sum(axis=0)[None] if row.means[1:] == (REST,) else rest[: len(row.means) - 1]
        counts = np.concatenate([every[worst][None], others]) if len(row.means) > 1 else every[worst][None]
    else:
        counts = _counts(row, chance, row.means, row.before + row.after, row.before)
    if row.spoil is not None:
        row.spoil(counts, chance, row.before)
    return counts


REST = -1.0
"""In place of a mean: all the other areas together."""


def _counts(row: Row, chance: np.random.Generator, means: Sequence[float], length: int, start: int) -> Numbers:
    places = np.arange(length) - start
    season = 1 + row.season * np.sin(2 * np.pi * (places % 12) / 12 + chance.uniform(0, 2 * np.pi))
    lines = []
    for area, mean in enumerate(means):
        noise = _noise(chance, length, row.ar, row.sd)
        rate = mean * season * np.exp(noise - row.sd**2 / 2)
        if area == 0:
            rate = rate * np.where(places >= 0, row.effect, 1.0)
        if row.shape is not None:
            rate = rate * row.shape(places, row.after, area)
        lines.append(chance.poisson(rate))
    return np.array(lines, float)


def _noise(chance: np.random.Generator, length: int, ar: float, sd: float) -> Numbers:
    shocks = chance.normal(0, sd, length)
    for at in range(1, length):
        shocks[at] = ar * shocks[at - 1] + (1 - ar**2) ** 0.5 * shocks[at]
    return shocks


def studied(row: Row, counts: Numbers) -> Study | None:
    """The estimate of the counts; None where it is refused."""
    names = ["insats", *(f"jämförelse{at}" for at in range(1, len(counts)))]
    rows = {
        name: {_month(at): Observed(int(count)) for at, count in enumerate(line) if not np.isnan(count)}
        for name, line in zip(names, counts, strict=True)
    }
    unfinished = _month(row.before + row.after - row.lag) if row.lag else None
    described = Indicator.make(id="prov", title="Anmälda brott", preliminary_from=unfinished)
    series = Series(described, "reports/indikatorer/prov.csv", rows)
    goal = OutcomeGoal.make(
        text="Färre", indicator="prov", treated=("insats",), comparison=tuple(names[1:]), start=_month(row.before).first
    )
    found = study_of(series, goal)
    return found if isinstance(found, Study) else None


def _month(at: int) -> Period:
    number = FIRST + at
    return months_of(number // 12, number % 12 + 1, 1)


def said_of(study: Study | None, truth: float) -> Said:
    """What is counted of an estimate."""
    if study is None or study.headline is None:
        return Said(*[False] * 6)
    text, reach = words.conclusion(study), study.headline.interval
    favourable = "kan ha bidragit" in text or "Minskningen är större än vad slumpen brukar ge" in text
    rise = text.startswith("Antalet ökade mer än väntat")
    clouded = "kan lika gärna bero på" in text
    return Said(favourable, rise, not reach.holds(1), reach.holds(truth), clouded, text.startswith("Procent och antal"))


def plain() -> ExitStack:
    """What is only shown, and decides nothing that is counted, is not reckoned: it takes most of the time."""
    stack = ExitStack()
    for name in ("smallest_found", "smallest_found_relative"):
        stack.enter_context(mock.patch.object(before_after, name, return_value=None))
    stack.enter_context(mock.patch.object(months, "robust_ratios", return_value={}))
    stack.enter_context(mock.patch.object(months, "negative_binomial", return_value=None))
    return stack


def told(row: Row, at: int) -> list[Said]:
    """What is said of one data set: of one goal, or of all in a plan."""
    chance = chance_of(row, at)
    with plain():
        if row.goals == 1:
            return [said_of(studied(row, drawn(row, chance)), row.effect)]
        sets = [drawn(row, chance) for _ in range(row.goals)]
        if row.shared:
            sets = [np.array([one[0], sets[0][1]]) for one in sets]
        tried = of_the_plan([one for counts in sets if (one := studied(row, counts)) is not None])
        return [said_of(one, row.effect) for one in tried if isinstance(one, Study)]


def _yearly(change: float, area: int) -> Shape:
    def shape(places: Numbers, after: int, at: int) -> Numbers:
        return (1 + change) ** (places / 12) if at == area or area < 0 else np.ones(len(places))

    return shape


def _step(change: float, area: int, at: int = 0) -> Shape:
    def shape(places: Numbers, after: int, one: int) -> Numbers:
        return np.where(places >= at, 1 + change, 1.0) if one == area or area < 0 else np.ones(len(places))

    return shape


def _lagging(number: int, area: int = -1) -> Shape:
    def shape(places: Numbers, after: int, one: int) -> Numbers:
        return np.where(places >= after - number, 0.7, 1.0) if one == area or area < 0 else np.ones(len(places))

    return shape


def _season(kind: str) -> Shape:
    """The comparison without season, or with the opposite; the common one is off."""

    def shape(places: Numbers, after: int, one: int) -> Numbers:
        wave = SEASON * np.sin(2 * np.pi * (places % 12) / 12)
        return 1 + wave if one == 0 else 1 - wave if kind == "motsatt" else np.ones(len(places))

    return shape


def _huge(area: int, where: int, more: int) -> Callable[[Numbers, np.random.Generator, int], None]:
    def spoil(counts: Numbers, chance: np.random.Generator, start: int) -> None:
        counts[area, start + where] += more

    return spoil


def _missing(kind: str) -> Callable[[Numbers, np.random.Generator, int], None]:
    def spoil(counts: Numbers, chance: np.random.Generator, start: int) -> None:
        if kind == "slump":
            counts[0, chance.choice(counts.shape[1], 4, replace=False)] = np.nan
        else:
            counts[0, start + np.argsort(counts[0, start:])[-3:]] = np.nan

    return spoil


COMMON = _step(0.2, -1)
STEP_SEEN = "ett sant fall i registreringen bara där går inte att se av siffrorna"
HARD = "månader som följs åt så mycket (AR ,6) kan ett par år inte visa"
DRIFT = "en utveckling på 10 % om året som bara området har syns inte säkert på tre år"


def rows_without_effect() -> Iterator[Row]:
    """Table 1: nothing was done."""
    yield Row("inget urval, AR 0", ar=0)
    yield Row("inget urval, AR ,3")
    yield Row("inget urval, AR ,6", ar=0.6, exempt=HARD)
    yield Row("inget urval, AR ,6, 40/40, 36+24", (40, 40), after=24, ar=0.6, exempt=HARD)
    yield Row("inget urval, AR ,8, sd ,3, 40/40", (40, 40), ar=0.8, sd=0.3, exempt=HARD)
    for ar, hard in ((0.0, ""), (0.3, ""), (0.6, HARD)):
        for mean in (2, 5, 15, 40):
            yield Row(f"start efter topp, {mean} i månaden, AR {ar:g}", (mean, mean), ar=ar, chosen="topp", exempt=hard)
        for mean in (5, 15, 40):
            yield Row(f"värst av 20, {mean} i månaden, AR {ar:g}", (mean, mean), ar=ar, chosen="värst", exempt=hard)
        yield Row(f"värst av 20, utan jämförelse, AR {ar:g}", (15,), ar=ar, chosen="värst", exempt=hard)
        yield Row(f"start efter topp, utan jämförelse, AR {ar:g}", (15,), ar=ar, chosen="topp", exempt=hard)
    yield Row("värst av 20, bara 12 före", (15, 15), before=12, chosen="värst")
    yield Row("värst av 20, bara 24 före", (15, 15), before=24, chosen="värst")
    yield Row("värst av 20, bara 60 före", (15, 15), before=60, chosen="värst")
    yield Row("värst av 20, resten av kommunen, AR 0", (15, REST), ar=0, chosen="värst")
    yield Row("värst av 20, resten av kommunen, AR ,3", (15, REST), chosen="värst")
    yield Row("värst av 20, fyra jämförelser", (15,) * 5, chosen="värst")
    yield Row("värst av 20, fyra jämförelser, bara 12 före", (15,) * 5, before=12, chosen="värst")
    yield Row("värst av 20, utan jämförelse, 12 före", (15,), before=12, chosen="värst")
    yield Row("värst av 20, utan jämförelse, 24 före", (15,), before=24, chosen="värst")
    yield Row("trend −5 %, efter topp, utan jämförelse", (15,), chosen="topp", shape=_yearly(-0.05, -1))
    yield Row("trend −5 %, efter topp", chosen="topp", shape=_yearly(-0.05, -1))
    yield Row("trend −10 %, utan jämförelse, 36+6", (15,), after=6, shape=_yearly(-0.1, -1), exempt=DRIFT)
    yield Row("trend −10 %, 2 i månaden, utan jämförelse", (2,), shape=_yearly(-0.1, -1), exempt=DRIFT)
    yield Row("jämförelsen tio gånger större", (15, 150))
    yield Row("jämförelsen fem gånger mindre", (15, 3))
    yield Row("området −5 % om året, jämförelsen jämn", shape=_yearly(-0.05, 0))
    for before in (36, 24, 12):
        yield Row(f"området −10 % om året, {before} före", before=before, shape=_yearly(-0.1, 0), exempt=DRIFT)
    yield Row("jämförelsen −5 % om året", shape=_yearly(-0.05, 1))
    yield Row("jämförelsen utan årstid, 36+6", after=6, season=0, shape=_season("ingen"))
    yield Row("jämförelsen med motsatt årstid, 36+6", after=6, season=0, shape=_season("motsatt"))
    yield Row("jämförelsen +20 % vid start", shape=_step(0.2, 1))
    yield Row("jämförelsen +20 % vid start, 40/40", (40, 40), shape=_step(0.2, 1))
    yield Row("jämförelsen +40 % vid start, 40/40", (40, 40), shape=_step(0.4, 1))
    yield Row("registrering −25 % överallt vid start", shape=_step(-0.25, -1))
    yield Row("registrering −25 % vid start, utan jämförelse", (15,), shape=_step(-0.25, -1), exempt=STEP_SEEN)
    for change in (-0.25, -0.4, 0.3):
        yield Row(f"steg {change:+.0%} bara i området, 6 månader före", shape=_step(change, 0, -6), exempt=STEP_SEEN)
    yield Row("steg −25 % bara i området, vid start", shape=_step(-0.25, 0), exempt=STEP_SEEN)
    yield Row("12+6", before=12, after=6)
    yield Row("12+6, 5/5", (5, 5), before=12, after=6)
    yield Row("12+6, utan jämförelse", (15,), before=12, after=6)
    yield Row("12+6, 5, utan jämförelse", (5,), before=12, after=6)
    yield Row("12+4", before=12, after=4)
    yield Row("0,4 i månaden", (0.4, 0.4))
    yield Row("0,4 i månaden, utan jämförelse", (0.4,))
    yield Row("en jättemånad före, +100", spoil=_huge(0, -10, 100))
    yield Row("en jättemånad före, +40 den sista", spoil=_huge(0, -1, 40))
    yield Row("en jättemånad före, +100, utan jämförelse", (15,), spoil=_huge(0, -10, 100))
    yield Row("en jättemånad i jämförelsen efter", spoil=_huge(1, 5, 100))
    yield Row("fyra månader saknas", spoil=_missing("slump"))
    yield Row("de tre högsta efter saknas", spoil=_missing("högst"))
    yield Row("preliminärt: 3 sista 30 % låga i båda", shape=_lagging(3), lag=3)
    for number in (3, 6):
        yield Row(f"preliminärt: {number} av 6 låga, utan jämförelse", (15,), after=6, shape=_lagging(number), lag=number)
    yield Row("preliminärt: 6 av 6 låga bara i området", after=6, shape=_lagging(6, 0), lag=6)
    yield Row("preliminärt: 3 av 6 låga bara i området", after=6, shape=_lagging(3, 0), lag=3)


def plans() -> Iterator[Row]:
    """Table 1, last: a plan of twelve goals, nothing done."""
    yield Row("tolv mål, AR 0", ar=0, goals=12)
    yield Row("tolv mål, AR ,3", goals=12)
    yield Row("tolv mål, gemensam jämförelse", goals=12, shared=True)
    yield Row("tolv mål, utan jämförelse", (15,), goals=12)


def rows_with_effect() -> Iterator[Row]:
    """Table 2: something worked."""
    for means in ((5, 7), (15, 20), (40, 50)):
        for effect in (0.8, 0.6):
            yield Row(f"{effect - 1:+.0%}, {means[0]}/{means[1]}", means, effect=effect)
    yield Row("-40%, 15/20, AR 0", ar=0, effect=0.6)
    yield Row("-40%, 15/20, allt annat +20 %", effect=0.6, shape=COMMON)
    yield Row("-40%, 15/20, 12+12", before=12, effect=0.6)
    yield Row("-40%, utan jämförelse, 36+12", (15,), effect=0.6)
    yield Row("-40%, utan jämförelse, 12+12", (15,), before=12, effect=0.6)
    yield Row("-40%, 40, utan jämförelse", (40,), effect=0.6)
    for times in (4, 10, 30):
        yield Row(f"-40%, jämförelsen {times} gånger större", (15, 15 * times), effect=0.6)
    yield Row("-60%, jämförelsen tio gånger större", (15, 150), effect=0.4)
    for areas in (4, 19):
        yield Row(f"-40%, {areas} jämförelser", (15,) * (areas + 1), effect=0.6)
    yield Row("-40%, 40 i månaden, 19 jämförelser", (40,) * 20, effect=0.6)
