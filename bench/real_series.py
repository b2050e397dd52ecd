"""How often `effekt` claims something of real series in which nothing was done, the area chosen at its peak.

    python bench/real_series.py FIL.csv [--antal 200] [--minst 3] [--före 12]

The file has a row for each month, area and kind of event, with the columns månad, kommun and antal; it is not part of the
project. An area is chosen as the worst of 20 by what was known before the start, or the start is the month after its highest. The
draws have a fixed seed. With --före 22 there is always an earlier year to set the last one against, so that the gate of one year
alone does not silence all.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.simulate_effect import Row, plain, said_of, studied

SEED = 20261127
AFTER = (6, 12)
KINDS = ("utan jämförelse", "en annan", "den mest lika", "fem andra", "alla andra")
MOST = 7.0


def series_of(file: Path, least: float) -> Any:
    """A line of monthly counts for each area with at least so many a month."""
    counts: Counter[tuple[str, str]] = Counter()
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            counts[row["kommun"], row["månad"]] += int(row["antal"])
    areas, months = ({key[at] for key in counts} - {""} for at in (0, 1))
    lines = np.array([[counts[area, month] for month in sorted(months)] for area in sorted(areas)], float)
    return lines[lines.mean(axis=1) >= least]


def chosen(lines: Any, chance: np.random.Generator, how: str, before: int) -> tuple[int, int, int]:
    """Which area, where it starts, and how many months after."""
    after = int(chance.choice([one for one in AFTER if before + one <= lines.shape[1]]))
    last = lines.shape[1] - after
    if how == "efter topp":
        area = int(chance.integers(len(lines)))
        return area, before + int(np.argmax(lines[area, before - 1 : last])), after
    start = int(chance.integers(before, last + 1))
    some = chance.choice(len(lines), 20, replace=False)
    latest = lines[some, start - 6 : start].mean(axis=1)
    return int(some[np.argmax(latest / (lines[some, : start - 6].mean(axis=1) + 0.5))]), start, after


def against(lines: Any, chance: np.random.Generator, area: int, start: int, kind: str) -> Any:
    """The comparison areas: nothing is known of them but what came before."""
    others = np.delete(lines, area, axis=0)
    if kind == "utan jämförelse":
        return others[:0]
    if kind == "alla andra":
        return others.sum(axis=0)[None]
    if kind == "den mest lika":
        apart = abs(np.log((others[:, :start].mean(axis=1) + 0.5) / (lines[area, :start].mean() + 0.5)))
        return others[[int(np.argmin(apart))]]
    return others[chance.choice(len(others), 5 if kind == "fem andra" else 1, replace=False)]


def figures(lines: Any, how: str, kind: str, draws: int, before: int) -> Sequence[float]:
    """In percent of the draws: a favourable claim, a rise, an interval without no change."""
    every = []
    with plain():
        for at in range(draws):
            chance = np.random.default_rng([SEED, at])
            area, start, after = chosen(lines, chance, how, before)
            end = start + after
            counts = np.concatenate([lines[area][None], against(lines, chance, area, start, kind)])[:, :end]
            every.append(said_of(studied(Row("", before=start, after=after), counts), 1.0))
    return [100 * sum(one) / draws for one in list(zip(*every, strict=True))[:3]]


def main() -> int:
    """Every way to choose and to compare; exit status 1 where more than the limit is claimed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fil", type=Path)
    parser.add_argument("--antal", type=int, default=200)
    parser.add_argument("--minst", type=float, default=3)
    parser.add_argument("--före", type=int, default=12, help="minst så många månader före")
    asked = parser.parse_args()
    lines = series_of(asked.fil, asked.minst)
    print(f"{len(lines)} områden, {lines.shape[1]} månader, {asked.antal} dragningar, procent\n")
    print("| val | jämförelse | bidragit/minskat | ökat | KI utan 1 |\n|---|---|---|---|---|")
    missed = 0
    for how in ("värst av 20", "efter topp"):
        for kind in KINDS:
            found = figures(lines, how, kind, asked.antal, asked.före)
            missed += found[0] > MOST
            print(f"| {how} | {kind} | {' | '.join(f'{one:.1f}' for one in found)} |", flush=True)
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main())
