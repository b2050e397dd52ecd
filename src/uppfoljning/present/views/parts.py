"""The faces of `analys`, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from math import inf, isfinite
from typing import Any, NamedTuple

from uppfoljning.analysis.adjusted_contrasts import AdjustedContrast
from uppfoljning.analysis.before_after import Interval
from uppfoljning.analysis.occasions import YES, Factor
from uppfoljning.analysis.parts import Code, Contrast, OutcomeContrasts, Rate, Unvaried
from uppfoljning.domain.form import Field
from uppfoljning.domain.plan import Plan
from uppfoljning.followup.table import CommitmentFollowUp
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Cell, Column, Grid, Part, data, number, reading
from uppfoljning.present.document.model import text as model_text
from uppfoljning.present.escape import json_text, one_line
from uppfoljning.present.figures import figure, percent, plural
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.markdown import escaped, markdown_table
from uppfoljning.present.terminal import BLANK, Screen, TextLine, folded, plain

# The words of `analys`. They say what went together, never that one thing came of another.


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


class PartsAccount(NamedTuple):
    """What `analys` has to tell of one commitment."""

    plan: Plan
    line: CommitmentFollowUp
    fields: tuple[tuple[str, Field], ...]
    found: tuple[OutcomeContrasts, ...]


def heading(account: PartsAccount, found: OutcomeContrasts) -> str:
    """What is looked at: `samtal per timme`, `larmade, del av passen`."""
    name = found.outcome.replace("_", " ")
    if found.yes_no:
        return f"{name}, del av passen"
    return f"{name} per timme" if found.by_hour else f"{name} per pass"


def counted(account: PartsAccount, found: OutcomeContrasts) -> str:
    """How many passes it rests on, and how many of the awaited reports there are."""
    why = "svar eller längd" if found.by_hour else "svar"
    without = f", {plural(found.without, 'pass saknar', 'pass saknar')} {why} och är inte med" if found.without else ""
    received = account.line.received
    share = f" {percent(received.share)} av de väntade rapporterna har kommit." if received.share is not None else ""
    return f"{plural(found.passes, 'pass', 'pass')}{without}.{share}"


def level(account: PartsAccount, one: Contrast) -> str:
    """A factor and its level, as a name: `Fältassistent var med`, `klockslag då passet började: 18–21`."""
    return named(account, one.factor, one.level)


def named(account: PartsAccount, factor: Factor, word: str) -> str:
    """The same of any factor and level."""
    plan = account.plan
    if factor.declared:
        return one_line(factor.name if word == YES else f"inte att {factor.name}")
    if factor.id == "funktion":
        return one_line(f"{plan.name_of(word)} var med")
    if factor.id == "plats":
        return one_line(f"plats: {plan.places.get(word, word)}")
    return one_line(f"{factor.name}: {word}")


def where(account: PartsAccount, one: Contrast) -> str:
    """The passes on a level: `På pass där Fältassistent var med`, `På pass med gruppens storlek: 3–4`."""
    states = one.factor.declared or one.factor.id == "funktion"
    return f"På pass {'där' if states else 'med'} {level(account, one)}"


def rate(found: OutcomeContrasts, one: Rate) -> str:
    """`5,87` an hour, or `12 av 30`."""
    return f"{one.events} av {one.passes}" if found.yes_no else figure(Fraction(one.rate))


def interval(found: OutcomeContrasts, one: Interval | None) -> str:
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


def sentence(account: PartsAccount, found: OutcomeContrasts, one: Contrast) -> str:
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


def judged(account: PartsAccount, found: OutcomeContrasts, one: Contrast) -> str:
    """What the comparisons leave of it, and what else differed."""
    size = found.declared if one.factor.declared else found.family
    inside = f" Slumpen är prövad inom pass med samma svar på om {one_line(one.within.name)}." if one.within is not None else ""
    said = f"Efter justering för {plural(size, 'jämförelse', 'jämförelser')}: {verdict(one)}.{inside}"
    return " ".join((said, *reservations(account, one)))


def reservations(account: PartsAccount, one: Contrast) -> Iterator[str]:
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
    if not one.clear or "W_TECKENBYTE" in one.codes or one.factor.id.startswith("fält "):
        return False
    # What went with the time of the year, or with what is the same, and could not be told from it, is no hypothesis of either.
    return not one.untold


def hypothesis(account: PartsAccount, one: Contrast) -> str:
    """What to do with a clear contrast."""
    more = "mer" if one.inside.rate > one.outside.rate else "mindre"
    return f"Sammanfaller med {more}: {level(account, one)}. En hypotes att pröva nästa period, helst genom att lotta."


def said_of_unvaried(account: PartsAccount, one: Unvaried) -> str:
    """A factor that every pass had alike; worth more to know than any p-value."""
    told = named(account, one.factor, one.level)
    return f"Kan inte undersökas: alla pass hade {told}. Variera det nästa period, helst genom att lotta, så går det att se."


# `analys` as a part of a report: a table for each outcome, with what can be said of it.


NOTHING = "Inget att räkna på. Åtagandet behöver en blankett med minst ett antal eller en ja- och nejfråga, och rapporter."


def parts_part(accounts: Iterable[PartsAccount]) -> Part | None:
    """A section with a part for each commitment; None where there is none."""
    parts = tuple(map(_part, accounts))
    return Part("analys", "Vad som sammanföll med mer", (OUTPUT,), parts=parts) if parts else None


def _part(account: PartsAccount) -> Part:
    inner = tuple(_paper_outcome(account, found, at) for at, found in enumerate(account.found))
    return Part(
        f"analys-{account.line.commitment.id}",
        account.line.commitment.title,
        (INDICATION, OWN_REPORTS) if inner else (NOTHING,),
        parts=inner,
    )


def _paper_outcome(account: PartsAccount, found: OutcomeContrasts, at: int) -> Part:
    id_ = f"analys-{account.line.commitment.id}-{at + 1}"
    said = [counted(account, found)]
    said += [f"{sentence(account, found, one)} {judged(account, found, one)}" for one in _paper_told(found)]
    said += [hypothesis(account, one) for one in found.contrasts if leads(one)]
    said += [said_of_unvaried(account, one) for one in found.unvaried]
    return Part(id_, heading(account, found), tuple(said), (contrast_grid(account, found),))


def _paper_told(found: OutcomeContrasts) -> list[Contrast]:
    """What the plan expected, and what stood out."""
    tested = [one for one in found.contrasts if one.p is not None]
    return [one for one in tested if one.factor.declared] + [one for one in tested if one.clear and not one.factor.declared]


def contrast_grid(account: PartsAccount, found: OutcomeContrasts) -> Grid:
    """A row for each level against the rest."""
    columns = (
        reading("Förhållande"), data("faktor"), data("nivå"), Column("Pass", "tal"), Column("Där", "tal"), reading("95 % KI"),
        Column("Övriga", "tal"), Column("Kvot", "tal"), reading("Kvotens 95 % KI"), data("kvot låg", "tal"),
        data("kvot hög", "tal"), Column("Justerad kvot", "tal"), data("p"), data("p justerat"),
        reading("Efter alla jämförelser"), Column("Hänger ihop med"),
    )  # fmt: skip
    rows = tuple(_row(account, found, one) for one in found.contrasts)
    return Grid(f"analys {account.line.commitment.id} {found.outcome}", heading(account, found), columns, rows)


def _row(account: PartsAccount, found: OutcomeContrasts, one: Contrast) -> tuple[Cell, ...]:
    crude, adjusted = one.crude, one.held.ratio if one.held is not None else None
    inside, outside = (number(Fraction(side.rate), rate(found, side)) for side in (one.inside, one.outside))
    return (
        model_text(level(account, one)),
        model_text(one.factor.id),
        model_text(one.level),
        number(one.inside.passes),
        inside,
        model_text(interval(found, one.inside.interval)),
        outside,
        _ratio(crude.ratio if crude else None),
        model_text(interval(found, crude.interval) if crude else ""),
        _ratio(crude.interval.low if crude else None),
        _ratio(crude.interval.high if crude else None),
        _ratio(adjusted.ratio if adjusted else None),
        model_text("" if one.p is None else f"{one.p:.4f}"),
        model_text("" if one.p_adjusted is None else f"{one.p_adjusted:.4f}"),
        model_text(verdict(one)),
        model_text(one.beside.factor.name if one.beside is not None and one.codes else ""),
    )


def _ratio(value: float | None) -> Cell:
    return number(None, "") if value is None else number(Fraction(value))


# `analys` as text: what stands out first, then what was tested, then what could not be looked into.


def parts_text(accounts: Iterable[PartsAccount], foot: Provenance, room: int | None) -> Iterator[TextLine]:
    """Each commitment, outcome by outcome."""
    for account in accounts:
        yield from folded(account.line.commitment.title, room, style="title")
        if not account.found:
            yield from folded(NOTHING, room, 2)
        for found in account.found:
            yield from _text_outcome(account, found, room)
        yield BLANK
    for text in (OUTPUT, INDICATION, OWN_REPORTS):
        yield from folded(text, room, style="quiet")
    yield from folded(str(foot), room, style="quiet")


def _text_outcome(account: PartsAccount, found: OutcomeContrasts, room: int | None) -> Iterator[TextLine]:
    yield BLANK
    title = heading(account, found)
    yield plain(f"{title[0].upper()}{title[1:]}", "title")
    yield from folded(counted(account, found), room, 2)
    tested = [one for one in found.contrasts if one.p is not None]
    declared = [one for one in tested if one.factor.declared]
    if declared:
        yield plain("  Det planen väntade sig", "title")
        yield from _text_told(account, found, declared, room)
    clear = [one for one in tested if one.clear and not one.factor.declared]
    if clear:
        yield plain("  Det som stack ut", "title")
        yield from _text_told(account, found, clear, room)
    rest = [one for one in tested if not one.clear and not one.factor.declared]
    if rest:
        names = "; ".join(level(account, one) for one in rest)
        yield from folded(f"Kan inte skiljas från slumpen: {names}.", room, 2)
    if few := [one for one in found.contrasts if one.p is None]:
        names = "; ".join(f"{level(account, one)} ({one.inside.passes} pass)" for one in few)
        yield from folded(f"För litet underlag: {names}.", room, 2)
    for one in found.contrasts:
        if leads(one):
            yield from folded(hypothesis(account, one), room, 2, "code")
    for unvaried in found.unvaried:
        yield from folded(said_of_unvaried(account, unvaried), room, 2)


def _text_told(
    account: PartsAccount, found: OutcomeContrasts, contrasts: Iterable[Contrast], room: int | None
) -> Iterator[TextLine]:
    for one in contrasts:
        yield from folded(f"{sentence(account, found, one)} {judged(account, found, one)}", room, 4)


VERSION = 1
Writer = Callable[[list[PartsAccount], Provenance, View, Screen], None]


def _text(accounts: list[PartsAccount], foot: Provenance, view: View, screen: Screen) -> None:

    screen.show(parts_text(accounts, foot, screen.width))


def _markdown(accounts: list[PartsAccount], foot: Provenance, view: View, screen: Screen) -> None:

    part = parts_part(accounts)
    lines = _lines(part, 2) if part is not None else [f"{NOTHING}\n"]
    screen.write_data("\n".join([*lines, f"{foot}\n"]))


def _lines(part: Part, level: int) -> list[str]:
    found = [f"{'#' * level} {escaped(part.heading)}\n", *(f"{escaped(sentence)}\n" for sentence in part.sentences)]
    found += [markdown_table(block) for block in part.blocks if isinstance(block, Grid)]
    return found + [line for inner in part.parts for line in _lines(inner, level + 1)]


def _json(accounts: list[PartsAccount], foot: Provenance, view: View, screen: Screen) -> None:
    content = {
        "version": VERSION,
        "vid": view.as_of.isoformat(),
        "commit": foot.commit or None,
        "åtaganden": [
            {
                "plan": account.plan.id,
                "id": account.line.commitment.id,
                "titel": account.line.commitment.title,
                "fullständighet": None if account.line.received.share is None else float(account.line.received.share),
                "utfall": [_found(account, found) for found in account.found],
            }
            for account in accounts
        ],
    }
    screen.write_data(json_text(content))


def _found(account: PartsAccount, found: OutcomeContrasts) -> dict[str, Any]:
    return {
        "fält": found.outcome,
        "per": "del" if found.yes_no else "timme" if found.by_hour else "pass",
        "pass": found.passes,
        "utan": found.without,
        "jämförelser": found.family,
        "jämförelser_väntade": found.declared,
        "kontraster": [_contrast(account, one) for one in found.contrasts],
        "oprövbara": [{"faktor": one.factor.id, "nivå": one.level} for one in found.unvaried],
    }


def _contrast(account: PartsAccount, one: Contrast) -> dict[str, Any]:
    crude, held, strata = one.crude, one.held, one.strata
    return {
        "faktor": one.factor.id,
        "nivå": one.level,
        "namn": level(account, one),
        "väntad": one.factor.declared,
        "där": _rate(one.inside),
        "övriga": _rate(one.outside),
        "kvot": None if crude is None else crude.ratio,
        "ci_low": None if crude is None else crude.interval.low,
        "ci_high": None if crude is None else crude.interval.high,
        "phi": None if crude is None else crude.phi,
        "p_value": one.p,
        "p_bh": one.p_adjusted,
        "inom": None if one.within is None else one.within.id,
        "skillnad": None if one.difference is None else list(one.difference),
        "hänger_ihop_med": None if one.beside is None else one.beside.factor.id,
        "cramers_v": None if one.beside is None else one.beside.together,
        "möts_aldrig": None if one.beside is None else one.beside.never_meet,
        "justerad": None if held is None else _held(held),
        "kvot_inom": one.inner,
        "oddskvot": None
        if strata is None
        else {"rå": _finite(strata.crude), "or_mh": strata.ratio, "ci_low": strata.interval.low, "ci_high": strata.interval.high},
        "koder": list(one.codes),
    }


def _held(one: AdjustedContrast) -> dict[str, Any]:
    found = one.ratio
    return {
        "kvot": found.ratio,
        "ci_low": found.interval.low,
        "ci_high": found.interval.high,
        "p_value": found.p,
        "phi": found.phi,
        "för": [factor.id for factor in one.factors],
    }


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def _rate(one: Rate) -> dict[str, Any]:
    ends = (None, None) if one.interval is None else one.interval
    return {"pass": one.passes, "antal": one.events, "per": one.rate, "timmar": one.hours, "ci_low": ends[0], "ci_high": ends[1]}


FORMATS: dict[str, Writer] = {"text": _text, "json": _json, "md": _markdown}
