"""What stands beside an estimate: the ratio turned over, numbers, displacement, other areas, the time before, other errors."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from uppfoljning.analysis.before_after import Interval
from uppfoljning.analysis.displacement import Displacement
from uppfoljning.analysis.effect.result import Study
from uppfoljning.domain.number import half_up
from uppfoljning.present.figures import figure, plural
from uppfoljning.present.views.effect_words import REFUSALS, change, disagree, span, with_interval


def beside(study: Study) -> Iterator[str]:
    """Every figure that the headline should be read against."""
    if study.relative is not None:
        turned = 1 / study.relative.ratio
        yield f"RES {_two(turned)} (över 1 talar för insatsen); RIRR {_two(study.relative.ratio)} (under 1 talar för insatsen)."
    if study.expected is not None:
        low, high = study.expected.interval
        yield (
            f"Mot väntat antal {_one(study.expected.expected)}: {_signed(study.expected.difference)} händelser "
            f"({_signed(low)} till {_signed(high)})."
        )
    yield from _numbers(study)
    if study.quotient is not None and study.quotient.quotient is not None:
        yield f"{_moved(study.quotient.quotient)} WDQ beskriver bara; WDD prövar."
        yield f"Färre händelser netto, med bufferten inräknad (TNE): {_signed(study.quotient.total_net)}."
    yield from (REFUSALS[note] for note in study.notes)
    if study.placebo is not None:
        rank, floor = study.placebo
        as_much, least = (half_up(Fraction(part) * 100) for part in (rank, floor))
        yield f"Av alla områden hade {as_much} % en minst lika stor förändring. Med så få områden blir det minst {least} %."
    yield from _modelled(study)
    yield from _before(study)
    if study.sensitivity:
        others = "; ".join(f"{name} {span(one.interval)}" for name, one in study.sensitivity)
        yield f"Andra sätt att räkna slumpen, som inte avgör något: {others}."


def _numbers(study: Study) -> Iterator[str]:
    """The change in numbers beyond the comparison's, by the month."""
    found = study.difference
    if found is None:
        return
    local = f"{_signed(found.local)} ({_between(found.local_interval)})"
    yield f"I antal per månad (WDD): {local}, mot jämförelsens ändring. Under 0 talar för insatsen."
    if study.with_buffer:
        yield _aside(found)
    if disagree(study):
        yield "Procent och antal säger olika saker, och då räcker ingen av dem till en slutsats."


def _aside(found: Displacement) -> str:
    return (
        f"Bufferten ändrades med {_signed(found.buffer)} per månad, tillsammans {_signed(found.total)} "
        f"({_between(found.interval)}). Bufferten har ingen egen jämförelse och antas annars ha varit oförändrad."
    )


def _modelled(study: Study) -> Iterator[str]:
    """What a long series leads one to expect after the start."""
    if study.interrupted is None:
        return
    found = study.interrupted
    if study.design != "lång serie":
        yield f"En modell med trend och årstid ger {with_interval(found.shown)}, men serien är kort för den."
        return
    after = study.counts.months_after
    expected = sum(found.expected[-after:])
    yield f"Väntat efter start utifrån trend och årstid: {_one(expected)}. Det blev {study.counts.after}."


def _before(study: Study) -> Iterator[str]:
    """How alike the areas were before the start."""
    if study.comparison_counts is not None and study.trend is None:
        yield "Månaderna före är för få för att se om områdena redan var på väg åt olika håll."
    if study.trend is not None and "W_FORTREND" not in study.warnings:
        low, high = study.trend.interval
        yield (
            "Ingen tydlig skillnad i riktning syns före start. Det är ett svagt stöd: en skillnad som ensam gett allt från "
            f"{change(low)} till {change(high)} kan inte uteslutas."
        )
    if study.events is not None and study.events.p is not None:
        size = study.events.blocks[0].last - study.events.blocks[0].first + 1
        blocks = plural(study.events.df[0] + 1, "block", "block")
        yield f"Före start, i {blocks} om {size} månader: p = {_two(study.events.p)} för att de skiljer sig åt."
    if study.false_dates:
        seen = sum(not one.interval.holds(1) for one in study.false_dates)
        dates = plural(len(study.false_dates), "påhittad startdag", "påhittade startdagar")
        yield f"Prövat på {dates} före den riktiga: {seen} gav utslag."


def _moved(quotient: float) -> str:
    told = f"Förflyttning (WDQ {_two(quotient)}): "
    if quotient > 0:
        return told + "även området intill fick färre, så vinsten kan ha spridit sig."
    if quotient >= -1:
        return told + "en del kan ha flyttat till området intill, men mindre än vinsten."
    return told + "mer kan ha flyttat till området intill än vad som vanns."


def _between(interval: Interval) -> str:
    return f"95 % KI {_signed(interval.low)} till {_signed(interval.high)}"


def _one(value: float) -> str:
    return figure(Fraction(value), decimals=1)


def _two(value: float) -> str:
    return figure(Fraction(value), decimals=2)


def _signed(value: float) -> str:
    text = _one(value)
    return f"+{text}" if value > 0 and text != "0" else text
