"""A real series in which no measure was taken: the tool must not find one.

The police's published events per month and municipality lie beside the checkout. A month without a row is there a month with no
events, unlike in a series of ours, so the zeros are put in. Assaults are looked at, as a goal would.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from pathlib import Path

import pytest

from uppfoljning.analysis.effect.result import Study
from uppfoljning.analysis.effect.study import study_of
from uppfoljning.domain.indicator import Indicator, Observed, Series
from uppfoljning.domain.period import months
from uppfoljning.domain.plan import OutcomeGoal
from uppfoljning.present.views import effect_words as words

EVENTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "sverige" / "polisen_handelser_manad_kommun.csv"
KINDS = ("Misshandel", "Misshandel, grov")
DRAWS, MOST_CLAIMS = 100, 10
CLAIMS = ("Utvecklingen i insatsområdet var", "Antalet minskade med", "Antalet ökade mer än väntat")


def real_series() -> Series:
    """Every municipality with at least one assault a month, the first and last month of the file left out as cut."""
    counts: Counter[tuple[str, str]] = Counter()
    every: set[str] = set()
    with EVENTS.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            every.add(row["månad"])
            if row["händelsetyp"] in KINDS and row["kommunkod"]:
                counts[row["kommunkod"], row["månad"]] += int(row["antal"])
    kept = sorted(every)[1:-1]
    period = {text: months(int(text[:4]), int(text[5:]), 1) for text in kept}
    areas = {area for area, _ in counts if sum(counts[area, text] for text in kept) >= len(kept)}
    rows = {area: {period[text]: Observed(counts[area, text]) for text in kept} for area in sorted(areas)}
    return Series(Indicator.make(id="misshandel", title="Misshandel"), "", rows)


@pytest.mark.slow
@pytest.mark.skipif(not EVENTS.is_file(), reason="../shared/data/sverige saknas")
def test_no_effect_is_found_where_there_was_no_measure() -> None:
    series, chance = real_series(), random.Random(20261125)
    areas = list(series.areas)
    length = len(series.areas[areas[0]])
    claims = 0
    for _ in range(DRAWS):
        treated = chance.choice(areas)
        others = chance.sample([area for area in areas if area != treated], chance.choice([0, 1, 3]))
        start = sorted(series.areas[treated])[chance.randrange(12, length - 6)].first
        goal = OutcomeGoal.make(text="Färre", indicator="misshandel", treated=(treated,), comparison=tuple(others), start=start)
        found = study_of(series, goal)
        claims += isinstance(found, Study) and words.conclusion(found).startswith(CLAIMS)
    assert claims <= MOST_CLAIMS
