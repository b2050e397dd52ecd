"""The tables of `samla`: counties, municipalities, forms, fulfilment by form, months, and what was summed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from uppfoljning.followup.status import Status
from uppfoljning.national.codes import county_name, municipality_name
from uppfoljning.national.gathered import Area, Figure
from uppfoljning.present.document.model import Cell, Column, Grid, data, number, reading, share, text
from uppfoljning.present.figures import UNKNOWN, figure, floored
from uppfoljning.present.national.summary import NOTE, People, Told, follows, kept_back, others, sum_cell, withheld

_AREA = (
    Column("Åtaganden", "tal", read=False),
    data("Med måltal", "tal"),
    data("Följer planen", "tal"),
    reading("Enligt plan", "tal"),
    Column("Rapporter", "tal"),
    Column("Tillfällen", "tal"),
    data("Säkerhet"),
    data("Som planerat", "tal"),
    data("Ändrade", "tal"),
    data("Inställda", "tal"),
    data("Flyttade", "tal"),
    data("Nollrapporter", "tal"),
    data("Plikter", "tal"),
    data("Besvarade", "tal"),
    data("Besvarade i tid", "tal"),
    Column("Kom in", "andel"),
    Column("I tid", "andel", read=False),
)
WITHOUT_FORM = "utan blankett"


def _area(area: Area) -> tuple[Cell, ...]:
    good, testable = follows(area)
    sums, received = area.sums, area.received
    return (
        number(area.commitments),
        number(testable),
        number(good),
        number(good if testable else None, f"{figure(good)} av {figure(testable)}" if testable else UNKNOWN),
        number(sums["rapporter"]),
        sum_cell(sums["tillfallen"], area.certainty),
        text(area.certainty),
        *(number(sums[name]) for name in ("som_planerat", "andrade", "installda", "flyttade", "nollrapporter")),
        *(number(one) for one in received),
        share(received.share),
        share(received.timeliness),
    )


def counties(told: Told) -> Grid:
    """The country, then each county."""
    found = told.found
    columns = (Column("Län"), data("Länskod"), Column("Kommuner", "tal"), *_AREA)
    hid = kept_back([len(area.municipalities) for area in found.counties], told.fewest, of_a_total=True)
    rows = [(text("Hela landet"), text(""), number(len(found.country.municipalities)), *_kept(told, found.country))]
    for at, area in enumerate(found.counties):
        cells = map(withheld, _area(area)) if at in hid else _area(area)
        rows.append((text(county_name(area.code)), text(area.code), number(len(area.municipalities)), *cells))
    return Grid("län", "Hela landet och länen", columns, tuple(rows))


def _kept(told: Told, area: Area) -> tuple[Cell, ...]:
    few = len(area.municipalities) < told.fewest
    return tuple(map(withheld, _area(area))) if few else _area(area)


def municipalities(told: Told) -> Grid:
    """Every municipality: how it goes, and when it last reported."""
    columns = (
        Column("Kommun"), data("Kommunkod"), data("Län"), *_AREA, Column("Senaste"), reading("Månader"),
        data("Månader med rapport", "tal"), data("Månader", "tal"), data("Per"),
    )  # fmt: skip
    rows = []
    for area in told.found.municipalities:
        with_reports = sum((area.code, month) in told.found.reported for month in told.months)
        days = told.found.days[area.code]
        head = (text(municipality_name(area.code)), text(area.code), text(county_name(area.code[:2])))
        rows.append(
            (
                *head,
                *_area(area),
                text(area.latest or UNKNOWN),
                text(f"{with_reports} av {len(told.months)}"),
                number(with_reports),
                number(len(told.months)),
                text(", ".join(map(str, days))),
            )
        )
    return Grid("kommuner", "Kommunerna", columns, tuple(rows))


def forms(told: Told) -> Grid:
    """Who uses which form, and which version of it."""
    columns = (
        Column("Blankett"), Column("Version"), Column("Slag"), Column("Kommuner", "tal"), Column("Rapporter", "tal"),
        Column("Tillfällen", "tal"), data("Kommunkoder"),
    )  # fmt: skip
    ours = {one.form for one in told.found.versions if one.built_in}
    versions = [one for one in told.found.versions if one.form]
    hid = kept_back([len(one.area.municipalities) for one in versions], told.fewest, of_a_total=True)
    rows = []
    for at, one in enumerate(versions):
        sums = (number(one.area.sums["rapporter"]), sum_cell(one.area.sums["tillfallen"], one.area.certainty))
        codes = text(", ".join(sorted(one.area.municipalities)) if told.fewest <= 1 else "")
        kind = text("inbyggd" if one.built_in else "ändrad eller annan version" if one.form in ours else "egen")
        cells = tuple(map(withheld, sums)) if at in hid else sums
        rows.append((text(one.form), text(one.version), kind, number(len(one.area.municipalities)), *cells, codes))
    return Grid("blanketter", "Blanketter och versioner", columns, tuple(rows))


def fulfilment(told: Told) -> Grid:
    """How the commitments go, by the form that they are reported with."""
    columns = (
        Column("Blankett"), Column("Kommuner", "tal"), Column("Åtaganden", "tal"), Column("Med måltal", "tal"),
        Column("Enligt plan", "tal"), reading("I övrigt"), *(data(status.value, "tal") for status in Status),
        Column("Lovade tillfällen", "tal"), Column("Väntade hittills", "tal"), Column("Gjorda", "tal"),
    )  # fmt: skip
    areas = [area for area in told.found.by_form if area.commitments]
    hid = kept_back([len(area.municipalities) for area in areas], told.fewest, of_a_total=True)
    rows = []
    for at, area in enumerate(areas):
        good, testable = follows(area)
        rest = " · ".join(f"{figure(many)} {status}" for status, many in others(area).items())
        counts = [sum(n for standing, n in area.standings.items() if standing.status == status) for status in Status]
        promised = told.found.promised.get(area.code)
        cells: tuple[Cell, ...] = (
            number(area.commitments),
            number(testable),
            number(good),
            text(rest or UNKNOWN),
            *map(number, counts),
            number(None if promised is None else promised.whole),
            number(None if promised is None else promised.expected, floored(None if promised is None else promised.expected)),
            number(None if promised is None else promised.done),
        )
        if at in hid:
            cells = (*map(withheld, cells[:3]), withheld(Cell(None, UNKNOWN)), *map(withheld, cells[4:]))
        rows.append((text(area.code or WITHOUT_FORM), number(len(area.municipalities)), *cells))
    note = "Tillfällen läggs ihop för mål av slaget minst och antal som räknar tillfällen och där utfallet är känt."
    return Grid("uppfyllelse", "Uppfyllelse efter blankett", columns, tuple(rows), note)


def months(told: Told) -> Grid:
    """How many municipalities reported in each month."""
    columns = (Column("Månad"), Column("Rapporterade", "tal"), Column("Tysta", "tal"), Column("Rapporter", "tal"))
    everyone = len(told.found.municipalities)
    by_month: dict[str, list[int]] = {month: [] for month in told.months}
    for (_, month), number_of_reports in told.found.reported.items():
        by_month.setdefault(month, []).append(number_of_reports)
    counts = [by_month[month] for month in told.months]
    hid = kept_back(list(map(len, counts)), told.fewest, of_a_total=True)
    rows = []
    for at, (month, count) in enumerate(zip(told.months, counts, strict=True)):
        total = number(sum(count))
        rows.append((text(month), number(len(count)), number(everyone - len(count)), withheld(total) if at in hid else total))
    return Grid("månader", "Kommuner som rapporterade, månad för månad", columns, tuple(rows))


def reported(told: Told) -> Grid:
    """The reports of each municipality and month, for programs; a month without any has a row with nought."""
    columns = (data("Kommun"), data("Kommunkod"), data("Månad"), data("Rapporter", "tal"))
    rows = [
        (
            text(municipality_name(area.code)),
            text(area.code),
            text(month),
            number(told.found.reported.get((area.code, month), 0)),
        )
        for area in told.found.municipalities
        for month in told.months
    ]
    return Grid("rapportmånader", "Rapporter per kommun och månad", columns, tuple(rows))


def figures(told: Told, people: People) -> Grid:
    """What the forms' questions, the hours, the steps and the reasons add up to in the country."""
    columns = (
        Column("Blankett"), Column("Slag"), Column("Vad"), Column("Summa", "tal"), data("Säkerhet"), data("Av", "tal"),
        Column("Kommuner", "tal"),
    )  # fmt: skip
    rows = []
    for one in told.found.figures:
        of = one.sums["av"] if one.kind in _STEPS else None
        cell = people.cell(one, "", _sum(one, "", of))
        few = 0 < len(one.values) < told.fewest
        told_of = (withheld(cell), text(""), number(None, "")) if few else (cell, text(one.certainty), number(of))
        rows.append((text(one.form or WITHOUT_FORM), text(one.kind), text(one.name), *told_of, number(len(one.values))))
    return Grid("siffror", "Vad det blev", columns, tuple(rows), NOTE if people.hides else "")


_STEPS = ("moment", "engångsmoment")


def _sum(one: Figure, county: str, of: int | None = None) -> Cell:
    value = sum((value for code, value in one.values.items() if code.startswith(county)), Fraction(0))
    return sum_cell(value, one.certainty, "" if of is None else f"{figure(value)} av {figure(of)}")


def figures_by_county(told: Told, people: People) -> Grid:
    """The same by county, for programs."""
    columns = (
        data("Län"), data("Länskod"), data("Blankett"), data("Slag"), data("Vad"), data("Summa", "tal"), data("Kommuner", "tal")
    )  # fmt: skip
    rows = []
    for one in told.found.figures:
        codes = sorted({code[:2] for code in one.values})
        behind = [sum(code[:2] == county for code in one.values) for county in codes]
        hid = kept_back(behind, told.fewest, of_a_total=True)
        for at, county in enumerate(codes):
            cell = people.cell(one, county, _sum(one, county))
            names: Sequence[str] = (county_name(county), county, one.form, one.kind, one.name)
            rows.append((*map(text, names), withheld(cell) if at in hid else cell, number(behind[at])))
    return Grid("siffror-län", "Vad det blev, efter län", columns, tuple(rows))
