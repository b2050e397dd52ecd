"""`samla` as a paper: the country first, then who reports, the forms, and each municipality."""

from __future__ import annotations

from uppfoljning.national.codes import municipality_name
from uppfoljning.present.document.model import Document, Grid, Part
from uppfoljning.present.figures import days, figure, percent, plural
from uppfoljning.present.national import tables
from uppfoljning.present.national.summary import People, Told, follows

_NAMED = 20
"""So many silent municipalities are named in a sentence; the table has them all."""


def gathered_paper(told: Told, *, programs: bool = False) -> Document:
    """The whole follow-up; with `programs` also the long tables that no reader is shown."""
    when = f"per {told.as_of}" if told.period is None else f"{days(told.period, year=True)}, per {told.as_of}"
    parts = [
        _part("landet", "Hela landet och länen", (_days(told),), tables.counties(told)),
        _part("rapporterar", "Vilka som rapporterar", _silent(told), tables.months(told)),
        _part("blanketter", "Blanketter och versioner", (), tables.forms(told)),
        _part("uppfyllelse", "Uppfyllelse efter blankett", (), tables.fulfilment(told)),
    ]
    if told.found.figures:
        people = People(told.found.figures)
        by_county = [tables.figures_by_county(told, people)] if programs else []
        parts.append(_part("siffror", "Vad det blev", (), tables.figures(told, people), *by_county))
    if told.fewest <= 1:
        reported = [tables.reported(told)] if programs else []
        parts.append(_part("kommuner", "Kommunerna", (), tables.municipalities(told), *reported))
    title = "Samlad uppföljning" + (f": {told.form}" if told.form else "")
    if not told.found.municipalities:
        parts = []
    return Document(title, when, answer(told), tuple(parts), (foot(told),), told.as_of, told.command)


def _part(id: str, heading: str, sentences: tuple[str, ...], *blocks: Grid) -> Part:
    return Part(id, heading, tuple(one for one in sentences if one), tuple(block for block in blocks if block.rows))


def answer(told: Told) -> str:
    """How many there are, how it goes for them, and how much of what was to be reported has come."""
    country = told.found.country
    municipalities = len(country.municipalities)
    if not municipalities:
        return f"Ingen kommun har något åtagande med blanketten {told.form}." if told.form else "Ingen kommun har något åtagande."
    said = [f"{plural(municipalities, 'kommun', 'kommuner')} i {figure(len(told.found.counties))} län"]
    if municipalities < told.fewest:
        return f"{said[0]}. Siffrorna visas inte, för de står för färre än {told.fewest} kommuner."
    good, testable = follows(country)
    if testable:
        said.append(f"{figure(good)} av {plural(testable, 'åtagande', 'åtaganden')} med måltal följer planen eller är uppnådda")
    said.append(plural(country.sums["rapporter"], "rapport", "rapporter"))
    said.append(f"{figure(country.sums['tillfallen'], country.certainty)} tillfällen")
    if (came := country.received.share) is not None:
        said.append(f"{percent(came)} av rapporterna som skulle komma har kommit")
    return f"{' · '.join(said)}."


def _silent(told: Told) -> tuple[str, ...]:
    """Who has not reported in any of the months looked at."""
    within = f"{told.months[0]}–{told.months[-1]}"
    quiet = [
        area.code for area in told.found.municipalities if not any((area.code, m) in told.found.reported for m in told.months)
    ]
    if not quiet:
        return (f"Alla kommuner har rapporterat något i {within}.",)
    if told.fewest > 1:
        return (f"{plural(len(quiet), 'kommun', 'kommuner')} har inte rapporterat något i {within}.",)
    names = ", ".join(municipality_name(code) for code in quiet[:_NAMED])
    more = f" och {len(quiet) - _NAMED} till" if len(quiet) > _NAMED else ""
    return (f"{plural(len(quiet), 'kommun', 'kommuner')} har inte rapporterat något i {within}: {names}{more}.",)


def _days(told: Told) -> str:
    """That the municipalities were followed up on different days, where they were."""
    made = sorted({day for found in told.found.days.values() for day in found})
    if made == [told.as_of]:
        return ""
    if len(made) == 1:
        return f"Kommunerna är uppföljda per {made[0]}."
    return f"Kommunerna är uppföljda olika dagar, från {made[0]} till {made[-1]}. Det som kom senare är inte med."


def foot(told: Told) -> str:
    """What it was made from."""
    made = [f"per {told.as_of}"]
    if told.repositories:
        made.append(f"{plural(told.repositories, 'förråd läst', 'förråd lästa')}")
    if told.exports:
        made.append(f"{plural(told.exports, 'uppsättning delsummor', 'uppsättningar delsummor')}")
    made.append(f"{plural(told.left_out, 'utelämnad', 'utelämnade')}")
    return " · ".join(made)
