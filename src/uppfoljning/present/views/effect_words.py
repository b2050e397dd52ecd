"""An estimate in sentences. Two facts decide what is said: whether the interval tells a change from chance, and the design.

The conclusion never says more than that the work can have contributed, and a wide interval is never called no effect.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from fractions import Fraction
from math import inf, log

from uppfoljning.analysis.before_after import ALPHA, Interval, Ratio
from uppfoljning.analysis.effect.controlled import SURE_OF_TREND
from uppfoljning.analysis.effect.result import BeforeAfterCounts, Refusal, Study, Trend, Warning_
from uppfoljning.analysis.effect.study import ENOUGH_DONE
from uppfoljning.domain.number import half_up
from uppfoljning.domain.plan import ANOTHER, LEVEL, PEAK
from uppfoljning.present.figures import days, figure, plural

NARROW = 0.10
"""Limits within so much of no change make an interval narrow."""
REFUSALS: dict[Refusal, str] = {
    "E_INGEN_START": "Effektmålet säger inte när arbetet började. Skriv start: med en dag under effektmål.",
    "E_INGEN_SERIE": "Det finns ingen serie att mäta med. Beskriv den i plans/indikatorer, med siffrorna i reports/indikatorer.",
    "E_OMRADE_SAKNAS": "Serien har inte siffror för alla områden i effektmålet. Skriv insats: med områden som finns i serien.",
    "E_OVERLAPP": "Två av effektmålets områden överlappar, så samma händelser räknas två gånger. Välj områden utanför varandra; "
    "är jämförelsen resten av kommunen ska insatsområdet och bufferten vara borträknade.",
    "E_INGA_MANADER": "Serien har inga hela månader både före och efter start, så det finns inget att jämföra.",
    "E_INGA_HANDELSER": "Inga händelser är räknade vare sig före eller efter, så det går inte att uppskatta någon förändring.",
    "E_JAMFORELSE_NOLL": "Jämförelseområdet har inga händelser alls, så det går inte att jämföra med det.",
    "E_OLIKA_MANADER": "Månaderna efter start finns inte i serien för något år före, och olika årstider går inte att jämföra. "
    "Vänta tills samma månader finns, eller hämta äldre siffror.",
    "E_WDQ_EJ_TOLKBAR": "Insatsområdet fick ingen minskning mot jämförelsen, så det går inte att säga om något flyttade.",
    "E_FOR_FA_KLUSTER": "Med färre än tjugo områden går slumpen inte att räkna område för område. Därför jämförs bara rangen.",
}  # fmt: skip
"""Why there is no estimate, and what to do."""

WARNINGS: dict[Warning_, str] = {
    "W_FA_HANDELSER": "Det är färre än fem händelser före eller efter, så ett enda fall mer eller mindre ändrar bilden.",
    "W_OSPRIDNING_OKAND": "Månaderna är för få för att visa hur mycket siffrorna brukar svänga. Intervallet kan vara för smalt.",
    "W_OLIKA_MANADER": "Serien är olika lång före och efter, så bara samma månader på året jämförs.",
    "W_TOPPAR": "Året före start var ovanligt högt mot åren innan. En sådan topp brukar gå ner av sig själv.",
    "W_MASSANMALAN": "Någon månad ligger långt över de andra; en enda anmälan kan rymma hundratals fall.",
    "W_LITEN_JAMFORELSE": "Jämförelseområdet har färre händelser än insatsområdet, så slumpen där påverkar svaret mer.",
    "W_FORTREND": "Det går inte att utesluta att områdena redan var på väg åt olika håll före start.",
    "W_OLIKA_NIVA": "Områdena ligger på mycket olika nivå, så procent och antal kan peka åt olika håll.",
    "W_AUTOKORRELATION": "Månader intill varandra följs åt, så intervallet bygger på färre oberoende siffror än det ser ut.",
    "W_REGISTRERING": "Utfallet följer hur mycket polisen arbetar: mer arbete ger fler registrerade händelser.",
    "W_SAMTIDIGT": "Annat hände samtidigt och kan ha spelat roll.",
    "W_KORT_TID": "Det har gått mindre än sex månader. Effekter kan dröja, och de första månaderna säger lite.",
    "W_PRELIMINAR": "De senaste månaderna är preliminära och kan ändras.",
    "W_SAKNADE_MANADER": "Någon månad saknas i serien. En månad utan rad är inte noll, och räknas inte.",
    "W_ANDRA_OMRADEN": "Minst ett område utan insatsen ändrades lika mycket.",
    "W_FALSKT_UTSLAG": "Samma uträkning ger utslag även på påhittade startdagar före den riktiga.",
    "W_FLERA_MAL": "Planen prövar flera effektmål. Med många mål ger något av dem utslag av en slump.",
    "W_TOPP_OKAND": "Högst ett år före finns att jämföra med. Om området valdes för att det var ovanligt illa brukar det gå "
    "över av sig självt.",
    "W_BOTTEN": "Året före start var ovanligt lågt mot åren innan. En sådan svacka brukar gå upp av sig själv.",
    "W_EGEN_NIVA": "Insatsområdet visar inte förändringen självt.",
    "W_SAMMA_MANADER": "Jämfört med samma månader alla år före går förändringen inte att skilja från slumpen.",
    "W_DOS": "Åtgärden prövades inte som planerat, så siffrorna visar inte vad den hade gett.",
    "W_PAGAENDE_MINSKNING": "Upplägget räknar inte bort en minskning eller ökning som pågick redan före start.",
    "W_FLERA_UTFALL": "Det här är inte planens eget mått. Prövas många mått ger något av dem utslag av en slump.",
}  # fmt: skip
"""What to keep in mind."""

_CLOUDED: dict[Warning_, str] = {
    "W_FORTREND": "att områdena redan var på väg åt olika håll",
    "W_TOPP_OKAND": "att siffrorna gick ner från en topp",
    "W_DOS": "något annat än åtgärden, som inte prövades som planerat",
    "W_REGISTRERING": "hur mycket polisen arbetade",
    "W_TOPPAR": "att siffrorna gick ner från en topp",
    "W_BOTTEN": "att siffrorna gick upp från en svacka",
    "W_ANDRA_OMRADEN": "sådant som också ändrade områden utan insatsen",
    "W_FALSKT_UTSLAG": "att serien svänger så mycket av sig själv",
    "W_MASSANMALAN": "en enda månad med många fall",
    "W_EGEN_NIVA": "att jämförelsen ändrades, eftersom insatsområdet självt inte visar det",
    "W_PRELIMINAR": "att de senaste månaderna inte är färdigräknade",
    "W_SAMMA_MANADER": "hur serien svängde före",
}
"""The reservations that leave a change without a conclusion, as the reason it may have."""

_OF_A_FALL: frozenset[Warning_] = frozenset(("W_TOPPAR", "W_TOPP_OKAND", "W_REGISTRERING"))
"""What can explain a fall and says nothing of a rise, which has its own sentence."""

_OF_A_RISE: dict[Warning_, str] = {"W_BOTTEN": "", "W_TOPP_OKAND": "att siffrorna gick upp från en svacka"}
"""What can explain a rise that was the goal; the words where they are other than those of a fall."""

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
    return (
        f"Med {before} före hade minskningen behövt vara omkring {least} % för att synas fyra gånger av fem. Programmet säger "
        "det då ungefär varannan gång, eftersom förbehållen också kan stoppa slutsatsen."
    )


def counted(study: Study) -> Iterator[str]:
    """The counts that everything rests on."""
    yield f"Insatsområdet: {_windows(study.counts)}."
    if study.comparison_counts is not None:
        yield f"Jämförelsen: {_windows(study.comparison_counts)}."
    if study.years:
        of = "året före" if study.years == 1 else f"de {study.years} åren före"
        yield f"Före är samma månader {of}."


def _windows(counts: BeforeAfterCounts) -> str:
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
    found = study.headline
    if found is None:
        return f"Förändringen{against} går inte att uppskatta."
    if study.one_sided:
        return f"Förändringen{against} går bara att begränsa åt ett håll: {_bound(found)} (95 % KI)."
    return f"Förändring{against}: {change(found.ratio)} ({_reach(study, found)})."


def _reach(study: Study, found: Ratio) -> str:
    """The interval, and what is left of it where there are many goals or outcomes."""
    many = f"; {span(study.among)} när {study.family} prövas" if study.among is not None else ""
    return f"95 % KI {span(found.interval)}{many}"


def _bound(found: Ratio) -> str:
    """The one end that an interval has: `högst 40 % fler`."""
    if found.interval.high == inf:
        return f"högst {change(found.interval.low)}" if found.interval.low < 1 else f"minst {change(found.interval.low)}"
    return f"högst {change(found.interval.high)}" if found.interval.high > 1 else f"minst {change(found.interval.high)}"


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


def reservations(study: Study, codes: Collection[Warning_] | None = None) -> Iterator[str]:
    """Each reservation, or those of some codes, in a sentence, with its figure where it has one."""
    for code in study.warnings:
        if codes is not None and code not in codes:
            continue
        own = _INSTEAD.get(code)
        text = (own(study) if own is not None else "") or WARNINGS[code]
        more = _BESIDE.get(code)
        yield text + (more(study) if more is not None else "")


def _mass(study: Study) -> str:
    if study.without_mass is None:
        return ""
    named = ", ".join(days(month, year=True) for month in study.mass)
    return f" Utan {named}: {with_interval(study.without_mass)}."


def _drifted(study: Study) -> str:
    if study.trend is None:
        return ""
    return f" Bara den skillnaden hade gett {change(study.trend.unbroken)} (95 % KI {span(study.trend.interval)})."


def _correlated(study: Study) -> str:
    found = study.interrupted
    if found is None or study.comparison_counts is not None:
        return ""
    return f" Utan hänsyn till det: {with_interval(found.ratio)}; med: {with_interval(found.robust)}."


def _adjusted(study: Study) -> str:
    if study.p_adjusted is None:
        return ""
    return f" {study.family} prövas; efter justering för det är p = {figure(Fraction(study.p_adjusted))}."


def _missing(study: Study) -> str:
    missing = study.laid.missing
    named = ", ".join(days(month, year=True) for month in missing[:3])
    return f" Saknas: {named}" + (f" och {len(missing) - 3} till." if len(missing) > 3 else ".")


def _few_areas(study: Study) -> str:
    number = len(study.laid.comparison)
    return f" Med {number} jämförelseområden säger det lite." if number < FEW_AREAS else ""


def _spread(study: Study) -> str:
    return "" if study.doubled is None else f" Med dubbelt så stora svängningar: {with_interval(study.doubled)}."


FEW_AREAS = 4


def _drift(trend: Trend, headline: Ratio | None) -> str:
    """What the drift before the start says: the other way than what was found, the same way, or perhaps."""
    if trend.slope.p >= SURE_OF_TREND:
        return WARNINGS["W_FORTREND"]
    if headline is not None and (trend.unbroken > 1) != (headline.ratio > 1):
        way = "upp" if trend.unbroken > 1 else "ner"
        return f"Området gick {way} mot jämförelsen före start, så förändringen kan vara en återgång."
    return "Områdena var på väg åt olika håll redan före start."


def _own(study: Study) -> str:
    """What the treated area did by itself, where the comparison makes the difference."""
    counts, other = study.counts, study.comparison_counts
    before, after = _rate(counts.before, counts.months_before), _rate(counts.after, counts.months_after)
    text = f" Där gick det från {before} till {after} per månad."
    if other is None or not other.months_before or not other.months_after:
        return text
    then, now = other.before * other.months_after, other.after * other.months_before
    fell = study.headline is not None and study.headline.ratio < 1
    if (now > then) is not fell or now == then:
        return text
    part = "Skillnaden kommer" if _unmoved(study) else "En del av skillnaden kommer"
    moved = " Problemet kan ha flyttat dit." if fell else ""
    return f"{text} {part} av att jämförelsen {'ökade' if fell else 'minskade'}.{moved}"


_CHOSEN = {
    LEVEL: "Planen säger att området länge legat på samma nivå, men året före räcker inte för att se det.",
    PEAK: "Planen säger att området nyss var ovanligt illa ute. Då brukar det gå över av sig självt.",
    ANOTHER: "Planen säger att området inte valdes för sina siffror, men året före räcker inte för att se om de var ovanliga.",
}
"""What the plan says of why the area was chosen, where the figures cannot show it."""


def _choice(study: Study) -> str:
    return f" {_CHOSEN[study.chosen_for]}" if study.chosen_for else " Skriv i planens effektmål varför det valdes, med vald_för."


_INSTEAD: dict[Warning_, Callable[[Study], str]] = {
    "W_FORTREND": lambda study: _drift(study.trend, study.headline) if study.trend is not None else "",
}
_BESIDE: dict[Warning_, Callable[[Study], str]] = {
    "W_EGEN_NIVA": _own,
    "W_TOPP_OKAND": _choice,
    "W_SAMTIDIGT": lambda study: f" Serien nämner: {study.series.indicator.concurrent}",
    "W_MASSANMALAN": _mass,
    "W_OSPRIDNING_OKAND": _spread,
    "W_FORTREND": _drifted,
    "W_AUTOKORRELATION": _correlated,
    "W_FLERA_UTFALL": _adjusted,
    "W_FLERA_MAL": _adjusted,
    "W_SAKNADE_MANADER": _missing,
    "W_PRELIMINAR": lambda study: f" Utan dem: {with_interval(study.without_preliminary)}.",
    "W_ANDRA_OMRADEN": _few_areas,
    "W_SAMMA_MANADER": lambda study: f" Där: {with_interval(study.same_months)}.",
}
"""What a reservation says of its own figures: in place of its sentence, and after it."""


def _unmoved(study: Study) -> bool:
    """Whether the treated area itself did not go the way at all that the difference says."""
    found = study.headline
    return study.own is not None and found is not None and ((study.own.ratio >= 1) if found.ratio < 1 else (study.own.ratio <= 1))


def _of_the_comparison(study: Study) -> bool:
    """Whether a good part of the difference is what the comparison did, and what the area did may be chance."""
    found, own, other = study.headline, study.own, study.comparison_counts
    if found is None or own is None or other is None or not own.interval.holds(1) or not (other.before and other.after):
        return False
    moved = log(other.after * other.months_before / (other.before * other.months_after))
    return 0 < found.ratio < inf and moved * log(found.ratio) < 0 and abs(moved) >= PART * abs(log(found.ratio))


PART = 1 / 3
"""How much of a difference is so much that it may as well be what the comparison did."""


def with_interval(found: Ratio | None) -> str:
    """A ratio with its interval, as changes."""
    return "går inte att uppskatta" if found is None else f"{change(found.ratio)} ({span(found.interval)})"


def conclusion(study: Study) -> str:
    """The one sentence that says what can be concluded."""
    found = study.headline
    if found is None:
        return "Ingen slutsats går att dra."
    low, high = found.interval
    if found.interval.holds(1):
        if low >= 1 - NARROW and high <= 1 + NARROW:
            return f"Ingen tydlig förändring; siffrorna talar emot en minskning större än {max(0, -_percent(low))} %."
        return _chance(study, found)
    if _by_chance(study):
        what = "effektmål" if "W_FLERA_MAL" in study.warnings else "andra mått"
        return f"När {study.family} {what} prövas kan skillnaden inte skiljas från slumpen."
    if clouds := [reason for _, reason in _clouds(study)]:
        which = "Skillnaden" if _unmoved(study) else "Ökningen" if low > 1 else "Minskningen"
        return f"{which} kan lika gärna bero på {' eller '.join(dict.fromkeys(clouds))}; ingen slutsats om insatsen dras."
    if disagree(study):
        return "Procent och antal säger olika saker; ingen slutsats dras."
    return _higher(study, found) if low > 1 else _lower(study, found)


def deciding(study: Study) -> list[Warning_]:
    """The reservations that leave a change without a conclusion; none where it is drawn, or chance can tell it all."""
    found = study.headline
    if found is None or found.interval.holds(1) or _by_chance(study):
        return []
    return [code for code, _ in _clouds(study)]


def _by_chance(study: Study) -> bool:
    """Whether so many goals or outcomes are tried that one of them would come out like this by chance."""
    return study.p_adjusted is not None and study.p_adjusted > ALPHA


def _clouds(study: Study) -> Iterator[tuple[Warning_, str]]:
    """What a change that is larger than chance may as well come of, and the reservation that says so."""
    rose = study.headline is not None and study.headline.interval.low > 1
    for code in study.warnings:
        if reason := _clouding(code, study, rose=rose):
            yield code, reason


def _clouding(code: Warning_, study: Study, *, rose: bool) -> str:
    """What a reservation says that the change may come of; nothing where it does not explain one that way."""
    figure_of = _CLOUDED_BY_FIGURES.get(code)
    if figure_of is not None and not figure_of(study):
        return ""
    if rose and study.rise and code in _OF_A_RISE:
        return _OF_A_RISE[code] or _CLOUDED[code]
    if code in (_OF_A_FALL if rose else _OF_A_RISE.keys() - _OF_A_FALL):
        return ""
    return _CLOUDED.get(code, "")


def _no_change(found: Ratio | None) -> bool:
    return found is None or found.interval.holds(1)


_CLOUDED_BY_FIGURES: dict[Warning_, Callable[[Study], bool]] = {
    "W_MASSANMALAN": lambda study: study.without_mass is not None and study.without_mass.interval.holds(1),
    "W_EGEN_NIVA": lambda study: _unmoved(study) or _of_the_comparison(study),
    "W_PRELIMINAR": lambda study: _no_change(study.without_preliminary),
}
"""The reservations that only leave no conclusion where their own figures say so."""


def _lower(study: Study, found: Ratio) -> str:
    """Of a fall that is larger than chance, with nothing against it."""
    if study.rise:
        return "Antalet minskade mer än väntat, fast målet var en ökning."
    if study.comparison_counts is not None:
        less = f"minst {-_percent(found.interval.high)}" if study.one_sided else f"{-_percent(found.ratio)}"
        reach = "ensidigt 95 % KI" if study.one_sided else _reach(study, found)
        return (
            f"Utvecklingen i insatsområdet var {less} % lägre än väntat utifrån jämförelseområdet ({reach}). Det talar för att "
            "arbetet kan ha bidragit; andra förklaringar kan inte uteslutas."
        )
    return (
        f"Antalet minskade med {-_percent(found.ratio)} % ({_reach(study, found)}). Minskningen är större än vad slumpen "
        "brukar ge, men utan jämförelseområde går det inte att säga vad den beror på."
    )


def _higher(study: Study, found: Ratio) -> str:
    """Of a rise that is larger than chance."""
    if not study.rise:
        return "Antalet ökade mer än väntat. Det kan vara en oönskad effekt, men också att fler händelser upptäcks eller anmäls."
    more = f"{change(found.ratio)} ({_reach(study, found)})"
    if study.comparison_counts is None:
        return (
            f"Antalet ökade, {more}. Ökningen är större än vad slumpen brukar ge, men utan jämförelseområde går det inte att "
            "säga vad den beror på."
        )
    return (
        f"Antalet ökade mer än väntat utifrån jämförelseområdet, {more}. Det talar för att arbetet kan ha bidragit; andra "
        "förklaringar kan inte uteslutas."
    )


def _chance(study: Study, found: Ratio) -> str:
    said = (
        f"Skillnaden kan inte skiljas från slumpen. Siffrorna är förenliga med allt från {change(found.interval.low)} till "
        f"{change(found.interval.high)}. Det betyder inte att insatsen saknade effekt"
    )
    if study.rise:
        return f"{said}."
    if study.detectable is None or study.counts.before < study.fewest_before:
        return f"{said}; med så här få händelser hade ingen minskning synts säkert."
    return f"{said}; med så här få händelser hade minskningen behövt vara omkring {-_percent(study.detectable)} % för att synas."


def disagree(study: Study) -> bool:
    """Whether percent and numbers surely go different ways.

    The difference in numbers has all the chance of a large comparison: that it goes another way by chance says nothing.
    """
    if study.difference is None or study.headline is None:
        return False
    local, reach = study.difference.local, study.difference.local_interval
    return not reach.holds(0) and (local > 0) != (study.headline.ratio > 1)


def dose(done: Fraction | None, received: Fraction | None) -> Iterator[str]:
    """That the measure was not tried as planned; nothing where it was."""
    parts = [
        f"{half_up(share * 100)} % {what}"
        for share, what in ((done, "av det planerade är gjort"), (received, "av rapporterna har kommit"))
        if share is not None and share < ENOUGH_DONE
    ]
    if parts:
        yield f"Åtgärden prövades inte som planerat: {' och '.join(parts)}. Siffrorna visar alltså inte vad den hade gett."


def since(start: date | None) -> str:
    """When the measure began, to end a sentence with."""
    return "" if start is None else f" Start {start}."
