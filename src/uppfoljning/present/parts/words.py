"""The words of `analys`. They say what went together, never that one thing came of another."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import inf
from typing import NamedTuple

from uppfoljning.analysis.estimate import Interval
from uppfoljning.analysis.occasions import YES, Factor
from uppfoljning.analysis.parts import Code, Contrast, Found, Rate, Unvaried
from uppfoljning.domain.form import Field
from uppfoljning.domain.plan import Plan
from uppfoljning.followup.table import Line
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import figure, percent, plural

OUTPUT = "Siffrorna visar under vilka förhållanden arbetet mötte mer. De visar inte att brotten minskade."
INDICATION = "Polis och andra skickas dit det väntas hända något, och det räcker för att skapa skillnader som de här."
OWN_REPORTS = "Samma grupp skriver sina egna rapporter. Fler siffror kan också betyda noggrannare rapporter."
"""What every run says."""


CODES: dict[Code, str] = {
    "E_FOR_LITET_UNDERLAG": "För litet underlag: siffran och intervallet visas, men inget prövas.",
    "W_SAMVARIATION": "Passen skilde sig också i något annat, som går så mycket ihop med nivån att de knappt går att skilja åt.",
    "W_TECKENBYTE": "Kvoten byter sida eller ändras med mer än en femtedel när det andra hålls lika. Ingen slutsats dras.",
}
"""What the codes mean."""


class Account(NamedTuple):
    """What `analys` has to tell of one commitment."""

    plan: Plan
    line: Line
    fields: tuple[tuple[str, Field], ...]
    found: tuple[Found, ...]


def heading(account: Account, found: Found) -> str:
    """What is looked at: `samtal per timme`, `larmade, del av passen`."""
    name = found.outcome.replace("_", " ")
    if found.yes_no:
        return f"{name}, del av passen"
    return f"{name} per timme" if found.by_hour else f"{name} per pass"


def counted(account: Account, found: Found) -> str:
    """How many passes it rests on, and how many of the awaited reports there are."""
    why = "svar eller längd" if found.by_hour else "svar"
    without = f", {plural(found.without, 'pass saknar', 'pass saknar')} {why} och är inte med" if found.without else ""
    received = account.line.received
    share = f" {percent(received.share)} av de väntade rapporterna har kommit." if received.share is not None else ""
    return f"{plural(found.passes, 'pass', 'pass')}{without}.{share}"


def level(account: Account, one: Contrast) -> str:
    """A factor and its level, as a name: `Fältassistent var med`, `klockslag då passet började: 18–21`."""
    return named(account, one.factor, one.level)


def named(account: Account, factor: Factor, word: str) -> str:
    """The same of any factor and level."""
    plan = account.plan
    if factor.declared:
        return one_line(factor.name if word == YES else f"inte att {factor.name}")
    if factor.id == "funktion":
        return one_line(f"{plan.name_of(word)} var med")
    if factor.id == "plats":
        return one_line(f"plats: {plan.places.get(word, word)}")
    return one_line(f"{factor.name}: {word}")


def where(account: Account, one: Contrast) -> str:
    """The passes on a level: `På pass där Fältassistent var med`, `På pass med gruppens storlek: 3–4`."""
    states = one.factor.declared or one.factor.id == "funktion"
    return f"På pass {'där' if states else 'med'} {level(account, one)}"


def rate(found: Found, one: Rate) -> str:
    """`5,87` an hour, or `12 av 30`."""
    return f"{one.events} av {one.passes}" if found.yes_no else figure(Fraction(one.rate))


def interval(found: Found, one: Interval | None) -> str:
    """`4,9–6,1`; a part in percent."""
    if one is None:
        return ""
    if found.yes_no:
        return f"{percent(Fraction(one.low))}–{percent(Fraction(one.high))}"
    return f"{figure(Fraction(one.low))}–{_end(one.high)}"


def _end(value: float) -> str:
    return "obegränsat" if value == inf else figure(Fraction(value))


def verdict(one: Contrast) -> str:
    """What stands after all comparisons: `tydlig`, `kan inte skiljas från slumpen`, `för litet underlag`."""
    if one.p is None:
        return "för litet underlag"
    return "tydlig" if one.clear else "kan inte skiljas från slumpen"


def sentence(account: Account, found: Found, one: Contrast) -> str:
    """A contrast in words."""
    passes = plural(one.inside.passes, "pass", "pass")
    told = where(account, one)
    if found.yes_no:
        reach = f"skillnad {_points(one.difference)}, 95 % KI, " if one.difference is not None else ""
        return f"{told} svarades ja på {rate(found, one.inside)} mot {rate(found, one.outside)} på övriga ({reach}{passes})."
    unit = "per timme" if found.by_hour else "per pass"
    reach = ""
    if one.crude is not None:
        reach = f"kvot {figure(Fraction(one.crude.ratio))}, 95 % KI {interval(found, one.crude.interval)}, "
    what = found.outcome.replace("_", " ")
    return f"{told} gjordes {rate(found, one.inside)} {what} {unit} mot {rate(found, one.outside)} på övriga ({reach}{passes})."


def _points(one: Interval) -> str:
    low, high = (figure(Fraction(end) * 100, decimals=0) for end in one)
    return f"{low} till {high} procentenheter"


def judged(account: Account, found: Found, one: Contrast) -> str:
    """What the comparisons leave of it, and what else differed."""
    size = found.declared if one.factor.declared else found.family
    inside = f" Slumpen är prövad inom pass med samma svar på om {one_line(one.within.name)}." if one.within is not None else ""
    said = f"Efter justering för {plural(size, 'jämförelse', 'jämförelser')}: {verdict(one)}.{inside}"
    return " ".join((said, *reservations(account, one)))


def reservations(account: Account, one: Contrast) -> Iterator[str]:
    """What else the passes differed in."""
    if one.beside is None:
        return
    alike = _alike(one)
    if "W_TECKENBYTE" in one.codes:
        yield f"Passen skilde sig också i {_names((one.beside.factor,))}. {alike} Ingen slutsats dras."
        return
    if "W_SAMVARIATION" in one.codes:
        yield (
            f"Passen skilde sig också i {_names((one.beside.factor,))}, så skillnaden behöver inte bero på {level(account, one)}."
        )
    if alike:
        yield alike


def _alike(one: Contrast) -> str:
    """What is left with other factors held alike."""
    told = one.beside is not None and bool(one.codes)
    if one.held is not None:
        known = told and one.beside is not None and one.held.factors == (one.beside.factor,)
        of = "det" if known else _names(one.held.factors)
        return f"Med hänsyn till {of} är kvoten {figure(Fraction(one.held.ratio.ratio))}."
    if one.strata is not None and one.beside is not None:
        crude, inner = (_end(ratio) for ratio in (one.strata.crude, one.strata.ratio))
        of = "det" if told else _names((one.beside.factor,))
        return f"Med hänsyn till {of} är oddskvoten {inner}, annars {crude}."
    return ""


def _names(factors: tuple[Factor, ...]) -> str:
    return one_line(" och ".join(f"om {factor.name}" if factor.declared else factor.name for factor in factors))


def leads(one: Contrast) -> bool:
    """Whether a contrast is worth trying out next period: of something one can choose, clear, and not taken away by the rest."""
    return one.clear and "W_TECKENBYTE" not in one.codes and not one.factor.id.startswith("fält ")


def hypothesis(account: Account, one: Contrast) -> str:
    """What to do with a clear contrast."""
    more = "mer" if one.inside.rate > one.outside.rate else "mindre"
    return f"Sammanfaller med {more}: {level(account, one)}. En hypotes att pröva nästa period, helst genom att lotta."


def unvaried(account: Account, one: Unvaried) -> str:
    """A factor that every pass had alike; worth more to know than any p-value."""
    told = named(account, one.factor, one.level)
    return f"Kan inte undersökas: alla pass hade {told}. Variera det nästa period, helst genom att lotta, så går det att se."
