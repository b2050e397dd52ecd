"""Which parts went with more: each level of each factor against the rest, with what else differed between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import log
from typing import Literal, NamedTuple

from uppfoljning.analysis import contrasts
from uppfoljning.analysis.contrasts import FEW_PASSES, TOGETHER, Pass
from uppfoljning.analysis.estimate import ALPHA, Interval, Ratio
from uppfoljning.analysis.passes import YES, Factor, Occasion, Passes
from uppfoljning.domain.form import Field

Code = Literal["E_FOR_LITET_UNDERLAG", "W_SAMVARIATION", "W_TECKENBYTE"]
MOVED = log(1.2)
"""An adjusted ratio that is a fifth away from the crude one, either way, is another answer."""
FEWEST_WITH_HOURS = 0.8
"""The part of the passes that must have a length for the outcome to be told by the hour; else it is told by the pass."""
FEWEST_COUNTED = 2


class Rate(NamedTuple):
    """What a side met: passes, events (or passes with a yes), hours (or passes), and the interval of their ratio."""

    passes: int
    events: int
    hours: float
    interval: Interval | None

    @property
    def rate(self) -> float:
        """Events an hour, or a pass."""
        return self.events / self.hours


class Contrast(NamedTuple):
    """A level against the rest.

    `crude` is None where there is too little to test, with E_FOR_LITET_UNDERLAG among the codes; `p` is its p-value (by shuffling
    with few passes), `p_adjusted` after all comparisons of its family. For yes/no outcomes `difference` is of the two parts.
    `beside` names the factor that goes most together with it.
    """

    factor: Factor
    level: str
    inside: Rate
    outside: Rate
    crude: Ratio | None
    difference: Interval | None
    p: float | None
    p_adjusted: float | None
    adjusted: Ratio | None
    beside: Factor | None
    codes: tuple[Code, ...]

    @property
    def clear(self) -> bool:
        """Whether it stands out after all comparisons."""
        return self.p_adjusted is not None and self.p_adjusted <= ALPHA


class Unvaried(NamedTuple):
    """A factor that cannot be looked into, since every pass had the same level."""

    factor: Factor
    level: str


class Found(NamedTuple):
    """The contrasts of one outcome. `by_hour` tells whether rates are by the hour; `without` passes lacked hours or an answer.

    `family` is how many comparisons the p-values are adjusted for; those that the plan declared are a family of their own.
    """

    outcome: str
    yes_no: bool
    by_hour: bool
    passes: int
    without: int
    contrasts: tuple[Contrast, ...]
    unvaried: tuple[Unvaried, ...]
    family: int
    declared: int


class _Told(NamedTuple):
    """An occasion with what it met and how long it was."""

    occasion: Occasion
    met: Pass


def parts_of(passes: Passes, outcomes: Iterable[tuple[str, Field]]) -> list[Found]:
    """Every outcome against every factor; p-values are adjusted over all of them together."""
    rough = [_outcome(passes, name, field) for name, field in outcomes]
    for declared in (True, False):
        tested = [
            (at, place)
            for at, found in enumerate(rough)
            for place, one in enumerate(found.contrasts)
            if one.p is not None and one.factor.declared is declared
        ]
        values = [rough[at].contrasts[place].p or 0.0 for at, place in tested]
        for (at, place), p in zip(tested, contrasts.benjamini_hochberg(values), strict=True):
            changed = list(rough[at].contrasts)
            changed[place] = changed[place]._replace(p_adjusted=p)
            rough[at] = rough[at]._replace(contrasts=tuple(changed))
        number = len(tested)
        rough = [found._replace(declared=number) if declared else found._replace(family=number) for found in rough]
    return rough


def _outcome(passes: Passes, name: str, field: Field) -> Found:
    yes_no = field.type == "ja/nej"
    answered = [one for one in passes.occasions if name in one.entry.facts]
    with_hours = [one for one in answered if one.hours]
    by_hour = not yes_no and len(with_hours) >= FEWEST_WITH_HOURS * len(answered)
    used = with_hours if by_hour else answered
    told = [_Told(one, Pass(_events(one, name), float(one.hours) if by_hour and one.hours else 1.0)) for one in used]
    factors = [factor for factor in passes.factors if factor.id != f"fält {name}"]
    found = [one for factor in factors for one in _factor(told, factor, factors, yes_no=yes_no)]
    return Found(
        name,
        yes_no,
        by_hour,
        len(told),
        len(passes.occasions) - len(told),
        tuple(one for one in found if isinstance(one, Contrast)),
        tuple(one for one in found if isinstance(one, Unvaried)),
        0,
        0,
    )


def _events(one: Occasion, name: str) -> int:
    figure = one.entry.figure(name)
    return int(figure.value) if figure is not None else 0


def _factor(told: Sequence[_Told], factor: Factor, factors: Sequence[Factor], *, yes_no: bool) -> Iterator[Contrast | Unvaried]:
    known = [one for one in told if factor.id in one.occasion.levels]
    sets = {one.occasion.levels[factor.id] for one in known}
    if len(sets) == 1 and len(known) >= FEWEST_COUNTED:
        (only,) = sets
        yield Unvaried(factor, ", ".join(sorted(only)))
        return
    levels = sorted({level for one in known for level in one.occasion.levels[factor.id]})
    single = all(len(one) == 1 for one in sets)
    if factor.yes_no or (single and len(levels) == 2):
        # Two levels are one question, asked once.
        levels = [YES] if factor.yes_no else levels[:1]
    phi, df = contrasts.dispersion(_grouped(known, factor.id)) if not yes_no and single else (1.0, 0)
    for level in levels:
        sides = [[one for one in known if (level in one.occasion.levels[factor.id]) is side] for side in (True, False)]
        if all(sides):
            yield _contrast(sides, factor, level, factors, (phi, df), yes_no=yes_no)


def _grouped(known: Sequence[_Told], name: str) -> list[list[Pass]]:
    groups: dict[frozenset[str], list[Pass]] = {}
    for one in known:
        groups.setdefault(one.occasion.levels[name], []).append(one.met)
    return list(groups.values())


def _contrast(
    sides: Sequence[Sequence[_Told]],
    factor: Factor,
    level: str,
    factors: Sequence[Factor],
    within: tuple[float, int],
    *,
    yes_no: bool,
) -> Contrast:
    inside, outside = ([one.met for one in side] for side in sides)
    codes: list[Code] = []
    crude = difference = p = adjusted = None
    beside, together = _beside(sides, factor, factors)
    if yes_no:
        parts = [(sum(one.events > 0 for one in side), len(side)) for side in (inside, outside)]
        rates = [Rate(whole, part, whole, contrasts.wilson(part, whole)) for part, whole in parts]
        if min(len(inside), len(outside)) >= contrasts.FEWEST_PASSES:
            difference, p = contrasts.newcombe(parts[0], parts[1]), contrasts.fisher(parts[0], parts[1])
    else:
        rates = [_rate(side, within) for side in (inside, outside)]
        if contrasts.enough(inside, outside):
            crude = contrasts.against_rest(inside, outside)
            few = len(inside) + len(outside) < FEW_PASSES
            p = contrasts.shuffled(inside, outside) if few or crude is None else crude.p
    if p is None:
        codes.append("E_FOR_LITET_UNDERLAG")
    elif beside is not None and together > TOGETHER:
        codes.append("W_SAMVARIATION")
    if crude is not None and beside is not None:
        adjusted = _adjusted(sides, beside)
        if adjusted is not None and _is_another(crude, adjusted):
            codes.append("W_TECKENBYTE")
    return Contrast(factor, level, rates[0], rates[1], crude, difference, p, None, adjusted, beside, tuple(codes))


def _rate(side: Sequence[Pass], within: tuple[float, int]) -> Rate:
    phi, df = within
    events, hours = sum(one.events for one in side), sum(one.hours for one in side)
    if not df:
        phi, df = contrasts.dispersion([side])
    return Rate(len(side), events, hours, contrasts.level_rate(side, phi if df else 1.0, max(df, 1)))


def _beside(sides: Sequence[Sequence[_Told]], factor: Factor, factors: Sequence[Factor]) -> tuple[Factor | None, float]:
    """The factor of another kind that goes most together with being on one side, and how much; 1 where some never meet."""
    best: tuple[Factor | None, float] = (None, 0.0)
    for other in factors:
        if other.id == factor.id or _same_kind(other, factor):
            continue
        told = ((at, one.occasion.levels) for at, side in enumerate(sides) for one in side)
        known = [(at, levels[other.id]) for at, levels in told if other.id in levels]
        kinds = sorted({tuple(sorted(level)) for _, level in known})
        if len({at for at, _ in known}) == 2 and len(kinds) > 1:
            v = contrasts.cramers_v([at for at, _ in known], [kinds.index(tuple(sorted(level))) for _, level in known])
            if v > best[1]:
                best = (other, v)
    return best


def _same_kind(one: Factor, other: Factor) -> bool:
    """Whether two factors are two ways to ask the same: the weekday, and whether it was an expected one."""
    words = [name.id.removeprefix("väntad ").split()[0] for name in (one, other)]
    return words[0] == words[1] and words[0] in ("veckodag", "tid", "funktion")


def _adjusted(sides: Sequence[Sequence[_Told]], beside: Factor) -> Ratio | None:
    """The ratio with the factor that goes most together with it held."""
    known = [(1 - at, one) for at, side in enumerate(sides) for one in side if beside.id in one.occasion.levels]
    levels = sorted({level for _, one in known for level in one.occasion.levels[beside.id]})
    columns = [[int(level in one.occasion.levels[beside.id]) for _, one in known] for level in levels[1:]]
    return contrasts.adjusted([one.met for _, one in known], [[side for side, _ in known], *columns])


def _is_another(crude: Ratio, adjusted: Ratio) -> bool:
    one, other = log(crude.ratio), log(adjusted.ratio)
    return (one > 0) != (other > 0) or abs(one - other) > MOVED
