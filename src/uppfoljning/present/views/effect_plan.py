"""`effekt --planera`: what could be found, told before the measure begins and before anyone has seen a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.analysis import before_after, contrasts
from uppfoljning.analysis.contrasts import Pass
from uppfoljning.analysis.effect import result as windows
from uppfoljning.analysis.effect.result import ENOUGH_OF_A_YEAR, SEASON, Refusal, Study
from uppfoljning.analysis.months import Month, spread
from uppfoljning.domain.indicator import Series
from uppfoljning.domain.number import half_up
from uppfoljning.domain.period import Period
from uppfoljning.domain.plan import Commitment, OutcomeGoal, Plan
from uppfoljning.followup.documentation import Dose
from uppfoljning.present.document.model import Cell, Column, Grid, number, text
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import days, figure, heading, plural

# What `effekt` has to tell of one commitment, before any face draws it.


class EffectAccount(NamedTuple):
    """A commitment's goal, its series where there is one, and the estimate or why there is none."""

    plan: Plan
    commitment: Commitment
    goal: OutcomeGoal
    series: Series | None
    outcome: Study | Refusal
    dose: Dose


def where(account: EffectAccount) -> str:
    """The areas by their names: `Centrum, jämfört med Norra stan`."""
    places = account.plan.places
    goal = account.goal

    def named(ids: tuple[str, ...]) -> str:
        return one_line(", ".join(places.get(name, name) for name in ids))

    told = named(goal.treated) or "inget område"
    if goal.comparison:
        told += f", jämfört med {named(goal.comparison)}"
    return f"{told}, med {named(goal.buffer)} intill" if goal.buffer else told


def measured(account: EffectAccount) -> str:
    """What is counted and where it comes from."""
    if account.series is None:
        return ""
    indicator = account.series.indicator
    source = f" Källa: {one_line(indicator.source)}" if indicator.source else ""
    fetched = f", hämtad {indicator.fetched}" if indicator.fetched else ""
    return f"Mäts med: {one_line(indicator.title)}.{source}{fetched}" + ("." if source else "")


MONTHS = 12
LENGTHS = (6, 12, 24)
"""How many months after the start are looked at."""


class PrePeriod(NamedTuple):
    """The latest months of the treated area before the start, and of the comparison in the same months where there is one.

    `phi` is how much more than chance the treated area's months differ, `phi_relative` its part of all events, and `known` how
    many months there are before in all.
    """

    months: tuple[Period, ...]
    treated: int
    comparison: int | None
    phi: float
    phi_relative: float
    known: int


def baseline_of(account: EffectAccount) -> PrePeriod | None:
    """The latest twelve months before the start, or of the series where no start is set; None where it has none."""
    series, goal = account.series, account.goal
    rows = [series.areas.get(area, {}) for area in (*goal.treated, *goal.comparison)] if series is not None else []
    if not goal.treated or not rows:
        return None
    shared = (month for month in rows[0] if all(month in row for row in rows))
    known = sorted(month for month in shared if goal.start is None or month.last < goal.start)
    months = tuple(known[-MONTHS:])
    if not months:
        return None
    cut = len(goal.treated)
    every = [
        (month, sum(row[month].events for row in rows[:cut]), sum(row[month].events for row in rows[cut:])) for month in known
    ]
    return PrePeriod(
        months,
        sum(own for month, own, _ in every if month in months),
        sum(other for month, _, other in every if month in months) if goal.comparison else None,
        _spread({month: own for month, own, _ in every}),
        spread([Month(own, other, False) for _, own, other in every]),
        len(known),
    )


def _spread(counts: dict[Period, int]) -> float:
    """The dispersion around the calendar months' means where there are two years of them, else around one mean."""
    levels: dict[int, list[Pass]] = {}
    for month, count in counts.items():
        levels.setdefault(month.first.month if len(counts) >= SEASON else 0, []).append(Pass(count, 1.0))
    return max(1.0, contrasts.dispersion(list(levels.values()))[0])


def ahead_sentences(account: EffectAccount) -> Iterator[str]:
    """What the plan means to measure, and what it starts from."""
    yield f"Mål: {account.goal.text}. {where(account)}."
    if said := measured(account):
        yield said
    base = baseline_of(account)
    if base is None:
        yield "Serien har inga månader före start för områdena, så det går inte att säga vad som skulle synas."
        return
    reach = days(Period(base.months[0].first, base.months[-1].last), year=True)
    events = plural(base.treated, "händelse", "händelser")
    yield f"Utgångsläge: {events} i insatsområdet på {len(base.months)} månader, {reach}."
    phi = base.phi if base.comparison is None else base.phi_relative
    if phi > 1:
        yield f"Månaderna svänger {figure(Fraction(phi), decimals=1)} gånger mer än slumpen gör; det är inräknat."
    least = before_after.fewest_before(len(base.months), MONTHS)
    if base.treated < least:
        yield f"Det är för få: med färre än {least} före kan inte ens en minskning till noll skiljas från slumpen på ett år."
    yield GATES
    if base.known < MONTHS * (1 + ENOUGH_OF_A_YEAR):
        yield (
            "Högst ett år före finns i serien. Då dras ingen slutsats om en förändring, hur stor den än är, för ingen kan se om "
            "året var ovanligt. Hämta äldre siffror."
        )
    if account.series is not None and account.series.indicator.depends_on_police:
        yield "Serien följer hur mycket polisen arbetar, så en minskning lämnas utan slutsats."
    goals = sum(one.outcome_goal is not None for one in account.plan.commitments)
    if goals > 1:
        yield f"Planen prövar {goals} effektmål. De räknas ihop, så var och en behöver en större förändring än tabellen visar."


GATES = (
    "Tabellen räknar bara med slumpen. Programmet säger minskningen ungefär varannan gång när den är så stor, eftersom "
    "förbehållen också kan stoppa slutsatsen."
)
"""What the power of a test leaves out: that the reservations, too, may leave a change without a conclusion."""


def ahead_grid(account: EffectAccount) -> Grid | None:
    """How large a fall would be found four times of five, by how long one waits; None where there is nothing to start from."""
    base = baseline_of(account)
    if base is None or not base.treated:
        return None
    columns = [Column("Månader efter start", "tal"), Column("Före och efter")]
    if base.comparison is not None:
        columns += [Column("Mot jämförelsen"), Column("I antal")]
    rows = []
    for length in LENGTHS:
        ratio = Fraction(length, len(base.months))
        own = before_after.smallest_found(base.treated / base.phi, float(ratio))
        row: list[Cell] = [number(length), _fall(own, base.treated * ratio)]
        if base.comparison is not None:
            row += _against(base, base.comparison, ratio)
        rows.append(tuple(row))
    title = "Minskning som skulle synas fyra gånger av fem"
    return Grid(f"planera {account.commitment.id}", title, tuple(columns), tuple(rows))


def _against(base: PrePeriod, comparison: int, ratio: Fraction) -> list[Cell]:
    """The fall against the comparison, in percent and in numbers (WDD) over the time after."""
    k, phi = float(ratio), base.phi_relative
    found = before_after.smallest_found_relative(base.treated, comparison, k, phi=phi) if comparison else None
    both = base.treated + comparison
    fewer = before_after.smallest_difference(both * k**2, both * k, phi=phi)
    return [_fall(found, base.treated * ratio), text(f"{figure(Fraction(fewer), decimals=0)} färre")]


def _fall(found: float | None, expected: Fraction) -> Cell:
    """`51 %, från väntade 48 till 24`."""
    if found is None:
        return text("ingen")
    least = half_up(Fraction(1 - found) * 100)
    return text(f"{least} %, från väntade {figure(expected, decimals=0)} till {figure(expected * Fraction(found), decimals=0)}")


def planned(accounts: Iterable[EffectAccount]) -> list[tuple[EffectAccount, list[str], Grid | None]]:
    """All of it, for the faces."""
    return [(account, list(ahead_sentences(account)), ahead_grid(account)) for account in accounts]


# A series of months as a row of bars in a terminal, and as a table for a chart.


_BARS = "▁▂▃▄▅▆▇█"
START = "│"
LONGEST = 60
"""How many months a row of bars shows; of a longer series the latest."""


def sparkline(study: Study, room: int = LONGEST) -> str:
    """The treated area month by month, with a line where the measure began and a dot for a month that is missing."""
    kept = max(1, min(LONGEST, room - len(START)))
    counts = study.laid.treated.counts[-kept:]
    sides = study.laid.after[-kept:]
    most = max((count for count in counts if count is not None), default=0)
    begun = next((at for at, side in enumerate(sides) if side is not False), len(sides))
    return _row(counts[:begun], most) + START + _row(counts[begun:], most)


def _row(counts: Sequence[int | None], most: int) -> str:
    return "".join("·" if count is None else _BARS[count * (len(_BARS) - 1) // most] if most else _BARS[0] for count in counts)


def series_grid(study: Study, name: str) -> Grid:
    """Every month: treated, comparison at the treated area's level, and what was to be expected."""
    laid = study.laid
    columns = [Column("Månad"), Column("Insatsområdet", "tal")]
    lines: list[list[Cell]] = [[number(count) for count in laid.treated.counts]]
    if laid.comparison:
        columns.append(Column("Jämförelsen", "tal"))
        lines.append([number(count) for count in windows.together(laid.comparison).counts])
        if (scale := _scale(study)) is not None:
            columns.append(Column("Väntat", "tal"))
            against = windows.together(laid.comparison).counts
            lines.append([_expected(count, scale) for count in against])
    elif study.interrupted is not None:
        columns.append(Column("Väntat", "tal"))
        lines.append(_modelled(study))
    begun = [text("efter" if side else "före" if side is False else "räknas inte") for side in laid.after]
    rows = zip((text(heading(month, True)) for month in laid.months), *lines, begun, strict=True)
    return Grid(f"serie {name}", "Serien månad för månad", (*columns, Column("Läge")), tuple(rows))


def _scale(study: Study) -> Fraction | None:
    """The treated area's level against the comparison's, before the start."""
    other = study.comparison_counts
    return None if other is None or not other.before else Fraction(study.counts.before, other.before)


def _expected(count: int | None, scale: Fraction) -> Cell:
    value = None if count is None else count * scale
    return number(None if value is None else round(value, 1))


def _modelled(study: Study) -> list[Cell]:
    laid = study.laid
    known = laid.known(laid.treated)
    assert study.interrupted is not None
    expected = dict(zip(known, study.interrupted.expected, strict=True))
    return [number(round(Fraction(expected[at]), 1) if at in expected else None) for at in range(len(laid.months))]
