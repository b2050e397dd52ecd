"""What else the sides of a contrast differed in, and the contrast with it held alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf, log
from typing import NamedTuple

from uppfoljning.analysis import contrasts
from uppfoljning.analysis.before_after import Ratio
from uppfoljning.analysis.contrasts import TOGETHER, Pass, Strata
from uppfoljning.analysis.occasions import AnalysedOccasion, Factor

MOVED = log(1.2)
"""An adjusted ratio that is a fifth away from the crude one, either way, is another answer."""
NEVER_MEET = 3.0
"""A level that would be met so often by chance, and never was, cannot be told from what it never meets."""


LITTLE = 0.15
"""What goes together less than so (Cramér's V) is not held."""


class ObservedOccasion(NamedTuple):
    """An occasion with what it met and how long it was."""

    occasion: AnalysedOccasion
    met: Pass


Side = Sequence[ObservedOccasion]


class Companion(NamedTuple):
    """A factor of another kind, how far it goes together with a side (Cramér's V), and whether some levels never meet."""

    factor: Factor
    together: float
    never_meet: bool

    @property
    def confuses(self) -> bool:
        """W_SAMVARIATION."""
        return self.never_meet or self.together > TOGETHER


def companions(sides: Sequence[Side], factor: Factor, factors: Sequence[Factor]) -> list[Companion]:
    """The factors of other kinds, those that go most together with the sides first."""
    found = [one for other in factors if not same_kind(other, factor) and (one := _companion(sides, other)) is not None]
    return sorted(found, key=lambda one: (one.never_meet, one.together), reverse=True)


def _companion(sides: Sequence[Side], other: Factor) -> Companion | None:
    told = ((at, one.occasion.levels) for at, side in enumerate(sides) for one in side)
    known = [(at, tuple(sorted(levels[other.id]))) for at, levels in told if other.id in levels]
    kinds = sorted({level for _, level in known})
    if len({at for at, _ in known}) < 2 or len(kinds) < 2:
        return None
    together = contrasts.cramers_v([at for at, _ in known], [kinds.index(level) for _, level in known])
    return Companion(other, together, _never_meet(known, kinds))


def _never_meet(known: Sequence[tuple[int, tuple[str, ...]]], kinds: Sequence[tuple[str, ...]]) -> bool:
    """Whether a level is never on one of the sides, though it would be by chance."""
    for side in (0, 1):
        part = sum(at == side for at, _ in known) / len(known)
        for kind in kinds:
            of_kind = [at for at, level in known if level == kind]
            if side not in of_kind and part * len(of_kind) >= NEVER_MEET:
                return True
    return False


def same_kind(one: Factor, other: Factor) -> bool:
    """Whether two factors are the same, or two ways to ask it: the weekday, and whether it was an expected one."""
    words = [name.id.removeprefix("väntad ").split()[0] for name in (one, other)]
    return one.id == other.id or (words[0] == words[1] and words[0] in ("veckodag", "tid", "funktion"))


class AdjustedContrast(NamedTuple):
    """The ratio with other factors alike on both sides, and which those are."""

    ratio: Ratio
    factors: tuple[Factor, ...]


def adjusted(sides: Sequence[Side], beside: Sequence[Companion]) -> AdjustedContrast | None:
    """The ratio with the factors held that go together with it, those that go most together first, and those the plan declared.

    As many as there are ten passes for every coefficient; None where there are not enough for one.
    """
    found: AdjustedContrast | None = None
    chosen: list[Factor] = []
    for one in _worth_holding(beside):
        ratio = _with_held(sides, [*chosen, one])
        if ratio is not None:
            chosen.append(one)
            found = AdjustedContrast(ratio, tuple(chosen))
    return found


def _worth_holding(beside: Sequence[Companion]) -> Iterator[Factor]:
    for at, one in enumerate(beside):
        if at == 0 or one.factor.declared or one.together > LITTLE:
            yield one.factor


def _with_held(sides: Sequence[Side], held: Sequence[Factor]) -> Ratio | None:
    known = [
        (1 - at, one) for at, side in enumerate(sides) for one in side if all(factor.id in one.occasion.levels for factor in held)
    ]
    columns = []
    for factor in held:
        levels = sorted({level for _, one in known for level in one.occasion.levels[factor.id]})
        columns += [[int(level in one.occasion.levels[factor.id]) for _, one in known] for level in levels[1:]]
    return contrasts.adjusted([one.met for _, one in known], [[side for side, _ in known], *columns])


def strata_of(sides: Sequence[Side], factor: Factor) -> list[int]:
    """The number of the stratum of each pass, level first; passes that do not tell are one of their own."""
    told = [tuple(sorted(one.occasion.levels.get(factor.id, ()))) for side in sides for one in side]
    kinds = sorted(set(told))
    return [kinds.index(one) for one in told]


def within(sides: Sequence[Side], factor: Factor) -> float | None:
    """The rate ratio within the strata of another factor (Mantel–Haenszel for person-time)."""
    passes = [one.met for side in sides for one in side]
    return contrasts.rates_within(passes, [1 - at for at, side in enumerate(sides) for _ in side], strata_of(sides, factor))


def odds_within(sides: Sequence[Side], factor: Factor) -> Strata | None:
    """The odds ratio of a yes within the strata of another factor; None where no stratum has both sides and both answers."""
    passes = [(at, one.met.events > 0) for at, side in enumerate(sides) for one in side]
    strata = strata_of(sides, factor)
    tables = []
    for stratum in sorted(set(strata)):
        inside = [one for one, at in zip(passes, strata, strict=True) if at == stratum]
        table = [[inside.count((side, answer)) for answer in (True, False)] for side in (0, 1)]
        if all(map(sum, table)):
            tables.append(table)
    if not all(sum(table[row][column] * table[1 - row][1 - column] for table in tables) for row, column in ((0, 0), (0, 1))):
        return None
    return contrasts.mantel_haenszel(tables)


def is_another(crude: float, other: float) -> bool:
    """Whether a ratio with something held tells another story: its sign turned, or it moved more than a fifth."""
    if not 0 < crude < inf or not 0 < other < inf:
        return False
    one, two = log(crude), log(other)
    return (one > 0) != (two > 0) or abs(one - two) > MOVED
