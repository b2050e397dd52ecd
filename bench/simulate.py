"""Simulates where nothing, or a known thing, is true, and counts how often `analys` and `effekt` say something else.

    python bench/simulate.py            the full simulation, a few minutes; exit status 1 when a limit is passed
    python bench/simulate.py --snabb    fewer draws and wider limits

The seeds are fixed, so the figures come out the same every time. Limits are those of the design: a false alarm in at most 7 % of
the runs of `analys`, and a coverage between 93 and 97 % of the month-conditional interval.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from uppfoljning.analysis import contrasts
from uppfoljning.analysis.contrasts import Pass
from uppfoljning.analysis.months import Month, month_ratio

SEED = 20261125
MOST_ALARMS = 0.07
COVERAGE = (0.93, 0.97)
ALPHA = 0.05


class Factor(NamedTuple):
    """Passes dealt evenly over the levels of one factor."""

    passes: int
    levels: int


class Setting(NamedTuple):
    """Two areas: means a month, months before and after, variance over mean, and the spread of a shock that both feel."""

    treated: float
    comparison: float
    before: int
    after: int
    dispersion: float
    shock: float


FACTORS = (Factor(30, 4), Factor(60, 6))
SETTINGS = (
    Setting(4, 6, 24, 12, 1, 0),
    Setting(4, 6, 24, 12, 2, 0),
    Setting(15, 20, 24, 12, 3, 0.2),
    Setting(2, 3, 12, 6, 1.5, 0.2),
)


def draw(chance: np.random.Generator, mean: Any, dispersion: float) -> Any:
    """Counts with a mean and a variance that is so many times it."""
    if dispersion <= 1:
        return chance.poisson(mean)
    size = np.asarray(mean) / (dispersion - 1)
    return chance.negative_binomial(size, size / (size + mean))


def false_alarms(factor: Factor, runs: int) -> float:
    """How often any level stands out after all comparisons, though nothing differs; passes vary three times as much as chance."""
    chance = np.random.default_rng(SEED)
    found = sum(bool(_flagged(chance, factor)) for _ in range(runs))
    return found / runs


def _flagged(chance: np.random.Generator, factor: Factor) -> list[float]:
    hours = chance.uniform(2, 4, factor.passes)
    events = draw(chance, 6 * hours, 3)
    passes = [Pass(int(count), float(length)) for count, length in zip(events, hours, strict=True)]
    p = []
    for level in range(factor.levels):
        inside = [one for at, one in enumerate(passes) if at % factor.levels == level]
        outside = [one for at, one in enumerate(passes) if at % factor.levels != level]
        ratio = contrasts.against_rest(inside, outside) if contrasts.enough(inside, outside) else None
        if ratio is not None:
            p.append(ratio.p)
    return [one for one in contrasts.benjamini_hochberg(p) if one <= ALPHA]


def coverage(setting: Setting, runs: int, truth: float = 0.8) -> float:
    """How often the interval holds the true ratio, of the runs in which there is one."""
    chance = np.random.default_rng(SEED)
    held = counted = 0
    for _ in range(runs):
        found = month_ratio(list(_months(chance, setting, truth)))
        if found is not None:
            counted += 1
            held += found.interval.holds(truth)
    return held / counted


def _months(chance: np.random.Generator, setting: Setting, truth: float) -> Iterator[Month]:
    length = setting.before + setting.after
    shock = np.exp(chance.normal(0, setting.shock, length)) if setting.shock else np.ones(length)
    after = np.arange(length) >= setting.before
    treated = draw(chance, setting.treated * shock * np.where(after, truth, 1.0), setting.dispersion)
    comparison = draw(chance, setting.comparison * shock, setting.dispersion)
    for one, other, late in zip(treated, comparison, after, strict=True):
        yield Month(int(one), int(other), bool(late))


def main() -> int:
    """Run the simulations and say how they came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--snabb", action="store_true")
    quick = parser.parse_args().snabb
    runs, slack = (300, 0.03) if quick else (3000, 0.0)
    missed = 0
    for factor in FACTORS:
        alarms = false_alarms(factor, runs)
        missed += alarms > MOST_ALARMS + slack
        said = f"analys, {factor.passes} pass, {factor.levels} nivåer"
        print(f"{said}: falsklarm i {100 * alarms:.1f} % av {runs} körningar (högst 7)")
    for setting in SETTINGS:
        held = coverage(setting, runs)
        missed += not COVERAGE[0] - slack <= held <= COVERAGE[1] + slack
        said = ", ".join(f"{name} {value}" for name, value in setting._asdict().items())
        print(f"effekt, {said}: täckning {100 * held:.1f} % av {runs} körningar (93–97)")
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main())
