"""An estimate in sentences. Two facts decide what is said: whether the interval tells a change from chance, and the design.

The conclusion never says more than that the work can have contributed, and a wide interval is never called no effect.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import inf

from uppfoljning.analysis.effect.result import Counts, Refusal, Study, Warning_
from uppfoljning.analysis.estimate import Interval, Ratio
from uppfoljning.domain.number import half_up
from uppfoljning.present.figures import days, figure, plural

NARROW = 0.10
"""Limits within so much of no change make an interval narrow."""
ENOUGH_DONE = Fraction(80, 100)
"""Under this part carried out or reported the measure was not tried as planned."""

REFUSALS: dict[Refusal, str] = {
    "E_INGEN_START": "Effektmålet säger inte när arbetet började. Skriv start: med en dag under effektmål.",
    "E_INGEN_SERIE": "Det finns ingen serie att mäta med. Beskriv den i plans/indikatorer, med siffrorna i reports/indikatorer.",
    "E_OMRADE_SAKNAS": "Serien har inte siffror för alla områden i effektmålet. Skriv insats: med områden som finns i serien.",
    "E_OVERLAPP": "Insats- och jämförelseområdet överlappar, så samma händelser räknas på båda sidor. Välj ett område utanför.",
    "E_INGA_MANADER": "Serien har inga hela månader både före och efter start, så det finns inget att jämföra.",
    "E_INGA_HANDELSER": "Inga händelser är räknade vare sig före eller efter, så det går inte att uppskatta någon förändring.",
    "E_JAMFORELSE_NOLL": "Jämförelseområdet har inga händelser alls, så det går inte att jämföra med det.",
    "E_OLIKA_MANADER": "Månaderna efter start finns inte i serien för något år före, och olika årstider går inte att jämföra. "
    "Vänta tills samma månader finns, eller hämta äldre siffror.",
    "E_WDQ_EJ_TOLKBAR": "Insatsområdet fick ingen minskning mot jämförelsen, så det går inte att säga om något flyttade.",
}  # fmt: skip
"""Why there is no estimate, and what to do."""

WARNINGS: dict[Warning_, str] = {
    "W_FA_HANDELSER": "Det är färre än fem händelser före eller efter, så ett enda fall mer eller mindre ändrar bilden.",
    "W_OSPRIDNING_OKAND": "Månaderna är för få för att visa hur mycket siffrorna brukar svänga. Intervallet kan vara för smalt.",
    "W_OLIKA_MANADER": "Serien är olika lång före och efter, så bara samma månader på året jämförs.",
    "W_TOPPAR": "Året före start var ovanligt högt mot åren innan. En sådan topp brukar gå ner av sig själv.",
    "W_MASSANMALAN": "Någon månad ligger långt över de andra; en enda anmälan kan rymma hundratals fall.",
    "W_LITEN_JAMFORELSE": "Jämförelseområdet har färre händelser än insatsområdet, så slumpen där påverkar svaret mer.",
    "W_FORTREND": "Områdena var på väg åt olika håll redan före start.",
    "W_OLIKA_NIVA": "Områdena ligger på mycket olika nivå, så procent och antal kan peka åt olika håll.",
    "W_AUTOKORRELATION": "Månader intill varandra följs åt, så intervallet bygger på färre oberoende siffror än det ser ut.",
    "W_REGISTRERING": "Utfallet beror på hur mycket polisen arbetar: mer arbete ger fler registrerade händelser.",
    "W_SAMTIDIGT": "Annat hände samtidigt och kan ha spelat roll.",
    "W_KORT_TID": "Det har gått mindre än sex månader. Effekter kan dröja, och de första månaderna säger lite.",
    "W_PRELIMINAR": "De senaste månaderna är preliminära och kan ändras.",
    "W_SAKNADE_MANADER": "Någon månad saknas i serien. En månad utan rad är inte noll, och räknas inte.",
    "W_ANDRA_OMRADEN": "Minst ett område utan insatsen ändrades lika mycket.",
    "W_FALSKT_UTSLAG": "Samma uträkning ger utslag även på påhittade startdagar före den riktiga.",
}  # fmt: skip
"""What to keep in mind."""

_CLOUDED: dict[Warning_, str] = {
    "W_FORTREND": "att områdena redan var på väg åt olika håll",
    "W_REGISTRERING": "hur mycket polisen arbetade",
    "W_TOPPAR": "att siffrorna gick ner från en topp",
    "W_ANDRA_OMRADEN": "sådant som också ändrade områden utan insatsen",
    "W_FALSKT_UTSLAG": "att serien svänger så mycket av sig själv",
}
"""The reservations that leave a change without a conclusion, as the reason it may have."""

_OF_A_FALL: frozenset[Warning_] = frozenset(("W_TOPPAR", "W_REGISTRERING"))
"""What can explain a fall and says nothing of a rise, which has its own sentence."""

STANDING = (
    "Ett problem kan också flytta i tid eller bli ett annat slags brott. Det syns inte här.",
    "Anmälda brott är inte detsamma som brott.",
)
"""What every estimate of an outcome leaves open."""

_LEVELS = {"före och efter": 2, "lång serie": 2, "jämförelse": 3, "flera jämförelser": 4}


def refusal(code: Refusal) -> str:
    """Why there is no estimate."""
    return REFUSALS[code]


def change(ratio: float) -> str:
    """A ratio as a change: `26 % färre`, `oförändrat`, `8 % fler`."""
    percent = _percent(ratio)
    if ratio == inf:
        return "obegränsat fler"
    if not percent:
        return "oförändrat"
    return f"{figure(abs(percent))} % {'färre' if percent < 0 else 'fler'}"


def _percent(ratio: float) -> int:
    return 0 if ratio == inf else half_up(Fraction(ratio - 1) * 100)


def span(interval: Interval) -> str:
    """An interval as changes: `45 % färre till 12 % fler`."""
    return f"{change(interval.low)} till {change(interval.high)}"


def detectable(study: Study) -> str:
    """What could have been seen, told before any result."""
    before = plural(study.counts.before, "händelse", "händelser")
    if study.counts.before < study.fewest_before:
        return (
            f"Med {before} före går ingen minskning att skilja från slumpen, inte ens till noll. Det hade behövts minst "
            f"{study.fewest_before}."
        )
    if study.detectable is None:
        return f"Med {before} före hade inte ens en minskning till noll synts säkert."
    least = -_percent(study.detectable)
    return f"Med {before} före hade minskningen behövt vara omkring {least} % för att synas fyra gånger av fem."


def counted(study: Study) -> Iterator[str]:
    """The counts that everything rests on."""
    yield f"Insatsområdet: {_windows(study.counts)}."
    if study.comparison_counts is not None:
        yield f"Jämförelsen: {_windows(study.comparison_counts)}."
    if study.years:
        of = "året före" if study.years == 1 else f"de {study.years} åren före"
        yield f"Före är samma månader {of}."


def _windows(counts: Counts) -> str:
    before, after = (
        f"{plural(events, 'händelse', 'händelser')} på {plural(length, 'månad', 'månader')} ({_rate(events, length)} per månad)"
        for events, length in ((counts.before, counts.months_before), (counts.after, counts.months_after))
    )
    return f"före {before}, efter {after}"


def _rate(events: int, length: int) -> str:
    return figure(Fraction(events, length), decimals=1)


def estimate(study: Study) -> str:
    """The change with its interval."""
    against = _against(study)
    if study.headline is None:
        return f"Förändringen{against} går inte att uppskatta."
    return f"Förändring{against}: {change(study.headline.ratio)} (95 % KI {span(study.headline.interval)})."


def _against(study: Study) -> str:
    if study.comparison_counts is not None:
        return " mot väntat utifrån jämförelsen"
    return " mot väntat utifrån trend och årstid" if study.design == "lång serie" else ""


def design(study: Study) -> str:
    """How strong the design is, on the Maryland scale."""
    named = {
        "före och efter": "före och efter i insatsområdet",
        "lång serie": "en lång serie i insatsområdet",
        "jämförelse": "före och efter mot ett jämförelseområde",
        "flera jämförelser": f"före och efter mot {len(study.laid.comparison)} jämförelseområden",
    }[study.design]
    return f"Upplägg: {named}, steg {_LEVELS[study.design]} av 5 på Marylandskalan."


def reservations(study: Study) -> Iterator[str]:
    """Each reservation in a sentence, with its figure where it has one."""
    for code in study.warnings:
        text = WARNINGS[code]
        if code == "W_SAMTIDIGT":
            text += f" Serien nämner: {study.series.indicator.concurrent}"
        if code == "W_MASSANMALAN":
            named = ", ".join(days(month, year=True) for month in study.mass)
            without = f" Utan {named}: {_ratio(study.without_mass)}." if study.without_mass is not None else ""
            text += without
        if code == "W_OSPRIDNING_OKAND" and study.doubled is not None:
            text += f" Med dubbelt så stora svängningar: {_ratio(study.doubled)}."
        if code == "W_FORTREND" and study.trend is not None:
            text += f" Bara den skillnaden hade gett {change(study.trend.unbroken)}."
        if code == "W_SAKNADE_MANADER":
            missing = study.laid.missing
            named = ", ".join(days(month, year=True) for month in missing[:3])
            text += f" Saknas: {named}" + (f" och {len(missing) - 3} till." if len(missing) > 3 else ".")
        yield text


def _ratio(found: Ratio | None) -> str:
    return "går inte att uppskatta" if found is None else f"{change(found.ratio)} ({span(found.interval)})"


def conclusion(study: Study) -> str:
    """The one sentence that says what can be concluded."""
    found = study.headline
    if found is None:
        return "Ingen slutsats går att dra."
    low, high = found.interval
    if found.interval.holds(1):
        if low >= 1 - NARROW and high <= 1 + NARROW:
            return f"Ingen tydlig förändring; siffrorna talar emot en minskning större än {-_percent(low)} %."
        return _chance(study, found)
    clouds = [reason for code, reason in _CLOUDED.items() if code in study.warnings and not (low > 1 and code in _OF_A_FALL)]
    if clouds:
        which = "Ökningen" if low > 1 else "Minskningen"
        return f"{which} kan lika gärna bero på {' eller '.join(clouds)}; ingen slutsats om insatsen dras."
    if low > 1:
        return "Antalet ökade mer än väntat. Det kan vara en oönskad effekt, men också att fler händelser upptäcks eller anmäls."
    if _disagree(study):
        return "Procent och antal pekar åt olika håll; ingen slutsats dras."
    less, reach = -_percent(found.ratio), f"95 % KI {span(found.interval)}"
    if study.comparison_counts is not None:
        return (
            f"Utvecklingen i insatsområdet var {less} % lägre än väntat utifrån jämförelseområdet ({reach}). Det talar för att "
            "arbetet kan ha bidragit; andra förklaringar kan inte uteslutas."
        )
    return (
        f"Antalet minskade med {less} % ({reach}). Minskningen är större än vad slumpen brukar ge, men utan jämförelseområde går "
        "det inte att säga vad den beror på."
    )


def _chance(study: Study, found: Ratio) -> str:
    said = (
        f"Skillnaden kan inte skiljas från slumpen. Siffrorna är förenliga med allt från {change(found.interval.low)} till "
        f"{change(found.interval.high)}. Det betyder inte att insatsen saknade effekt"
    )
    if study.detectable is None:
        return f"{said}; med så här få händelser hade ingen minskning synts säkert."
    return f"{said}; med så här få händelser hade minskningen behövt vara omkring {-_percent(study.detectable)} % för att synas."


def _disagree(study: Study) -> bool:
    """Whether numbers and percent differ in sign, or only one of them excludes no change, where levels are unlike."""
    if study.difference is None or study.headline is None or "W_OLIKA_NIVA" not in study.warnings:
        return False
    return (study.difference.total > 0) or study.difference.interval.holds(0)


def beside(study: Study) -> Iterator[str]:
    """What stands beside the headline: the ratio turned over, the difference in numbers, displacement, placebo, false dates."""
    if study.relative is not None:
        turned = 1 / study.relative.ratio
        yield f"RES {_two(turned)} (över 1 talar för insatsen); RIRR {_two(study.relative.ratio)} (under 1 talar för insatsen)."
    if study.expected is not None:
        low, high = study.expected.interval
        yield (
            f"Mot väntat antal {_one(study.expected.expected)}: {_signed(study.expected.difference)} händelser "
            f"({_signed(low)} till {_signed(high)})."
        )
    if study.quotient is not None and study.quotient.quotient is not None:
        yield _moved(study.quotient.quotient)
    elif study.notes:
        yield REFUSALS[study.notes[0]]
    if study.placebo is not None:
        rank, floor = study.placebo
        as_much, least = (half_up(Fraction(part) * 100) for part in (rank, floor))
        yield f"Av alla områden hade {as_much} % en minst lika stor förändring. Med så få områden blir det minst {least} %."
    if study.trend is not None and "W_FORTREND" not in study.warnings:
        yield "Ingen tydlig skillnad i riktning syns före start. Det är ett svagt stöd, för små skillnader syns inte."
    if study.false_dates:
        seen = sum(not one.interval.holds(1) for one in study.false_dates)
        yield f"Prövat på {len(study.false_dates)} påhittade startdagar före den riktiga: {seen} gav utslag."


def _moved(quotient: float) -> str:
    told = f"Förflyttning (WDQ {_two(quotient)}): "
    if quotient > 0:
        return told + "även området intill fick färre, så vinsten kan ha spridit sig."
    if quotient >= -1:
        return told + "en del kan ha flyttat till området intill, men mindre än vinsten."
    return told + "mer kan ha flyttat till området intill än vad som vanns."


def dose(done: Fraction | None, received: Fraction | None) -> str:
    """Whether the measure was tried as planned; nothing where it was."""
    parts = [
        f"{half_up(share * 100)} % {what}"
        for share, what in ((done, "av det planerade är gjort"), (received, "av rapporterna har kommit"))
        if share is not None and share < ENOUGH_DONE
    ]
    if not parts:
        return ""
    return f"Åtgärden prövades inte som planerat: {' och '.join(parts)}. Siffrorna visar alltså inte vad den hade gett."


def since(start: date) -> str:
    """When the measure began."""
    return f"Start {start}."


def _one(value: float) -> str:
    return figure(Fraction(value), decimals=1)


def _two(value: float) -> str:
    return figure(Fraction(value), decimals=2)


def _signed(value: float) -> str:
    text = _one(value)
    return f"+{text}" if value > 0 and text != "0" else text
