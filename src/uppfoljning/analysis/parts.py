"""Which parts went with more: each level of each factor against the rest, with what else differed between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from uppfoljning.analysis import adjusted_contrasts, contrasts
from uppfoljning.analysis.adjusted_contrasts import AdjustedContrast, Companion, ObservedOccasion
from uppfoljning.analysis.before_after import ALPHA, Interval, Ratio
from uppfoljning.analysis.contrasts import FEW_PASSES, Pass, Strata
from uppfoljning.analysis.occasions import ONLY_HELD, YES, AnalysedOccasion, Factor, Passes
from uppfoljning.domain.form import Field

Code = Literal["E_FOR_LITET_UNDERLAG", "W_SAMVARIATION", "W_TECKENBYTE"]
FEWEST_WITH_HOURS = 0.8
"""The part of the passes that must have a length for the outcome to be told by the hour; else it is told by the pass."""
FEWEST_COUNTED = 2
STRATUM = "väntad veckodag"
"""The stratum that a plan names: where it expects some weekdays to give more, other labels are dealt out within them."""


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
    with few passes, `within` the stratum that the plan names), `p_adjusted` after all comparisons of its family. For yes/no
    outcomes `difference` is of the two parts and `strata` their odds. `beside` goes most together with it; `held` is the ratio
    with that held alike, and `inner` the one within its levels. `untold` are the factors that it cannot be told from at all.
    """

    factor: Factor
    level: str
    inside: Rate
    outside: Rate
    crude: Ratio | None = None
    difference: Interval | None = None
    p: float | None = None
    within: Factor | None = None
    p_adjusted: float | None = None
    held: AdjustedContrast | None = None
    inner: float | None = None
    strata: Strata | None = None
    beside: Companion | None = None
    untold: tuple[Factor, ...] = ()
    codes: tuple[Code, ...] = ()

    @property
    def clear(self) -> bool:
        """Whether it stands out after all comparisons."""
        return self.p_adjusted is not None and self.p_adjusted <= ALPHA


class Unvaried(NamedTuple):
    """A factor that cannot be looked into, since every pass had the same level."""

    factor: Factor
    level: str


class OutcomeContrasts(NamedTuple):
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
    family: int = 0
    declared: int = 0


def parts_of(runs: Iterable[tuple[Passes, Iterable[tuple[str, Field]]]]) -> list[list[OutcomeContrasts]]:
    """Every outcome of every commitment against every factor; p-values are adjusted over all that the run shows."""
    rough = [[_outcome(passes, name, field) for name, field in outcomes] for passes, outcomes in runs]
    for declared in (True, False):
        tested = [
            (run, at, place)
            for run, found in enumerate(rough)
            for at, outcome in enumerate(found)
            for place, one in enumerate(outcome.contrasts)
            if one.p is not None and one.factor.declared is declared
        ]
        values = [rough[run][at].contrasts[place].p or 0.0 for run, at, place in tested]
        for (run, at, place), p in zip(tested, contrasts.benjamini_hochberg(values), strict=True):
            changed = list(rough[run][at].contrasts)
            changed[place] = changed[place]._replace(p_adjusted=p)
            rough[run][at] = rough[run][at]._replace(contrasts=tuple(changed))
        size = len(tested)
        rough = [[_of_family(one, size, declared=declared) for one in found] for found in rough]
    return rough


def _of_family(found: OutcomeContrasts, size: int, *, declared: bool) -> OutcomeContrasts:
    return found._replace(declared=size) if declared else found._replace(family=size)


def _outcome(passes: Passes, name: str, field: Field) -> OutcomeContrasts:
    yes_no = field.type == "ja/nej"
    answered = [one for one in passes.occasions if name in one.entry.facts]
    with_hours = [one for one in answered if one.hours]
    by_hour = not yes_no and len(with_hours) >= FEWEST_WITH_HOURS * len(answered)
    used = with_hours if by_hour else answered
    told = [ObservedOccasion(one, Pass(_events(one, name), float(one.hours) if by_hour and one.hours else 1.0)) for one in used]
    factors = [factor for factor in passes.factors if factor.id != f"fält {name}"]
    every = [one for factor in factors if factor.id not in ONLY_HELD for one in _factor(told, factor, factors, yes_no=yes_no)]
    expected = [one for one in every if one.content.factor.declared]
    # What the plan expected comes first, and the same question is not asked again.
    found = [one.content for one in every if one.content.factor.declared or not any(_same(one, other) for other in expected)]
    return OutcomeContrasts(
        name,
        yes_no,
        by_hour,
        len(told),
        len(passes.occasions) - len(told),
        tuple(one for one in found if isinstance(one, Contrast)),
        tuple(one for one in found if isinstance(one, Unvaried)),
    )


def _events(one: AnalysedOccasion, name: str) -> int:
    figure = one.entry.figure(name)
    return int(figure.value) if figure is not None else 0


class _Asked(NamedTuple):
    """A contrast or what cannot be one, with the passes on either side."""

    content: Contrast | Unvaried
    inside: frozenset[int]
    outside: frozenset[int]


def _same(one: _Asked, other: _Asked) -> bool:
    """Whether two factors of a kind part the passes alike."""
    alike = {one.inside, one.outside} == {other.inside, other.outside}
    return alike and adjusted_contrasts.same_kind(one.content.factor, other.content.factor)


def _factor(told: Sequence[ObservedOccasion], factor: Factor, factors: Sequence[Factor], *, yes_no: bool) -> Iterator[_Asked]:
    known = [one for one in told if factor.id in one.occasion.levels]
    sets = {one.occasion.levels[factor.id] for one in known}
    levels = sorted({level for level_set in sets for level in level_set})
    if len(known) < FEWEST_COUNTED:
        return
    single = all(len(one) == 1 for one in sets)
    if len(sets) > 1 and (factor.yes_no or (single and len(levels) == 2)):
        # Two levels are one question, asked once.
        levels = [YES] if factor.yes_no else levels[:1]
    phi, df = contrasts.dispersion(_grouped(known, factor.id)) if not yes_no and single else (1.0, 0)
    for level in levels:
        places: list[list[int]] = [[], []]
        for at, one in enumerate(told):
            if factor.id in one.occasion.levels:
                places[level not in one.occasion.levels[factor.id]].append(at)
        sides = [[told[at] for at in side] for side in places]
        content: Contrast | Unvaried = Unvaried(factor, level)
        if all(sides):
            content = (_yes_no if yes_no else _counted)(sides, factor, level, factors, (phi, df))
        yield _Asked(content, *map(frozenset, places))


def _grouped(known: Sequence[ObservedOccasion], name: str) -> list[list[Pass]]:
    groups: dict[frozenset[str], list[Pass]] = {}
    for one in known:
        groups.setdefault(one.occasion.levels[name], []).append(one.met)
    return list(groups.values())


Sides = Sequence[Sequence[ObservedOccasion]]


def _yes_no(sides: Sides, factor: Factor, level: str, factors: Sequence[Factor], within: tuple[float, int]) -> Contrast:
    parts = [(sum(one.met.events > 0 for one in side), len(side)) for side in sides]
    rates = [Rate(whole, part, whole, contrasts.wilson(part, whole)) for part, whole in parts]
    found = Contrast(factor, level, rates[0], rates[1])
    if min(whole for _, whole in parts) < contrasts.FEWEST_PASSES:
        return found._replace(codes=("E_FOR_LITET_UNDERLAG",))
    found = found._replace(difference=contrasts.newcombe(parts[0], parts[1]), p=contrasts.fisher(parts[0], parts[1]))
    every = adjusted_contrasts.companions(sides, factor, factors)
    if not every:
        return found
    beside = every[0]
    strata = adjusted_contrasts.odds_within(sides, beside.factor)
    turned = strata is not None and adjusted_contrasts.is_another(strata.crude, strata.ratio)
    untold = _untold(every, (beside.factor,) if strata is not None else ())
    return found._replace(beside=beside, strata=strata, untold=untold, codes=_codes(beside, turned=turned))


def _counted(sides: Sides, factor: Factor, level: str, factors: Sequence[Factor], within: tuple[float, int]) -> Contrast:
    inside, outside = ([one.met for one in side] for side in sides)
    found = Contrast(factor, level, _rate(inside, within), _rate(outside, within))
    if not contrasts.enough(inside, outside):
        return found._replace(codes=("E_FOR_LITET_UNDERLAG",))
    crude = contrasts.against_rest(inside, outside)
    found = found._replace(crude=crude)
    if len(inside) + len(outside) < FEW_PASSES or crude is None:
        stratum = next((one for one in factors if one.id == STRATUM and "veckodag" not in factor.id), None)
        strata = adjusted_contrasts.strata_of(sides, stratum) if stratum is not None else None
        found = found._replace(p=contrasts.shuffled(inside, outside, strata), within=stratum)
    else:
        found = found._replace(p=crude.p)
    beside = adjusted_contrasts.companions(sides, factor, factors)
    if not beside:
        return found
    alike = adjusted_contrasts.adjusted(sides, beside) if crude is not None else None
    turned = crude is not None and alike is not None and adjusted_contrasts.is_another(crude.ratio, alike.ratio.ratio)
    return found._replace(
        held=alike,
        beside=beside[0],
        inner=adjusted_contrasts.within(sides, beside[0].factor),
        untold=_untold(beside, alike.factors if alike is not None else ()),
        codes=_codes(beside[0], turned=turned),
    )


SAME = 0.9
"""Over this (Cramér's V) two factors are one and the same question."""


def _untold(beside: Sequence[Companion], held: Sequence[Factor]) -> tuple[Factor, ...]:
    """What a contrast cannot be told from and is not held alike: the time of the year, length, and what is all but the same."""
    one_question = (one for one in beside if (one.confuses if one.factor.id in ONLY_HELD else one.together > SAME))
    return tuple(one.factor for one in one_question if one.factor not in held)


def _codes(beside: Companion, *, turned: bool) -> tuple[Code, ...]:
    told: tuple[tuple[Code, bool], ...] = (("W_SAMVARIATION", beside.confuses), ("W_TECKENBYTE", turned))
    return tuple(code for code, holds in told if holds)


def _rate(side: Sequence[Pass], within: tuple[float, int]) -> Rate:
    phi, df = within
    events, hours = sum(one.events for one in side), sum(one.hours for one in side)
    if not df:
        phi, df = contrasts.dispersion([side])
    return Rate(len(side), events, hours, contrasts.level_rate(side, phi if df else 1.0, max(df, 1)))
