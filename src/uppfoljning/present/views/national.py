"""The formats of `samla`, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.domain.number import Certainty, Number
from uppfoljning.domain.period import Period
from uppfoljning.followup.status import Status
from uppfoljning.national.gathered import Area, CommitmentStanding, Figure, NationalFollowUp
from uppfoljning.national.schema import county_name, municipality_name
from uppfoljning.present.document.model import Cell, Column, Document, Grid, Part, PeopleCount, data, number, reading, share, text
from uppfoljning.present.document.suppression import Unit, Why, hidden
from uppfoljning.present.figures import UNKNOWN, days, figure, percent, plural
from uppfoljning.present.renderers.drawn import PAPERS
from uppfoljning.present.terminal import Screen
from uppfoljning.present.views.status_cells import FEW, FOLLOWS_PLAN, HIDDEN, is_small

# What is told of many municipalities, and which of its figures are kept back.


TOO_FEW = "för få kommuner"
NOTE = (
    f"Antal personer från 1 till 4 visas som ”{FEW}”. Siffror som de skulle gå att räkna ut ur visas som ”{HIDDEN}”. "
    "Det är för att ingen ska gå att känna igen."
)


class NationalSummary(NamedTuple):
    """The follow-up, the day it is made, the months looked at, and how it was asked for.

    `months` are those in which reports are looked for; `period` is None where all time is added up. Figures behind which stand
    fewer than `fewest` municipalities are kept back. `repositories` and `exports` are how many of each it was made from.
    """

    found: NationalFollowUp
    as_of: date
    months: tuple[str, ...]
    period: Period | None
    form: str
    fewest: int
    repositories: int
    exports: int
    left_out: int
    command: str = ""


def is_good(standing: CommitmentStanding) -> bool:
    """Whether a commitment follows its plan, or when the plan is over has been reached: as the answer of `status` counts it."""
    return standing.testable and (standing.reached if standing.ended else standing.status in FOLLOWS_PLAN)


def follows(area: Area) -> tuple[int, int]:
    """How many commitments follow the plan, of those with a number."""
    return (
        sum(number for standing, number in area.standings.items() if is_good(standing)),
        sum(number for standing, number in area.standings.items() if standing.testable),
    )


def others(area: Area) -> dict[Status, int]:
    """The other commitments with a number, by status, worst first."""
    found = {
        status: sum(n for one, n in area.standings.items() if one.status == status and one.testable and not is_good(one))
        for status in Status
    }
    return {status: many for status, many in found.items() if many}


def kept_back(behind: Sequence[int], fewest: int, *, of_a_total: bool) -> set[int]:
    """Which figures to keep back, by how many municipalities stand behind each.

    Where their total is shown a single one could be worked out from the rest: then the next smallest go with it, until those kept
    back are several and enough together.
    """
    hid = {at for at, number in enumerate(behind) if 0 < number < fewest}
    if not hid or not of_a_total:
        return hid
    rest = sorted((at for at, number in enumerate(behind) if number and at not in hid), key=lambda at: (behind[at], at))
    while rest and (len(hid) < 2 or sum(behind[at] for at in hid) < fewest):
        hid.add(rest.pop(0))
    return hid


def sum_cell(value: Number, certainty: Certainty = "", shown: str = "") -> Cell:
    """A sum with how sure it is."""
    return number(value, shown or figure(value, certainty))


def withheld(cell: Cell, why: str = TOO_FEW) -> Cell:
    """A figure that is not told, with words in its place; a name stays."""
    return Cell(None, why) if cell.is_figure or cell.shown == UNKNOWN else cell


class People:
    """The sums of people that may be shown: of the country and of each county, all figures settled together."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._units: dict[tuple[int, str], Unit] = {}
        counted = [one for one in figures if one.people]
        for one in counted:
            self._units[id(one), ""] = _unit(one, "")
        for one in counted:
            for county in sorted({code[:2] for code in one.values}):
                self._units[id(one), county] = _unit(one, county)
        small = any(is_small(sum(count.value for count in unit[0])) for unit in self._units.values())
        self._hid: Mapping[Unit, Why] = hidden(self._units.values()) if small else {}

    @property
    def hides(self) -> bool:
        """Whether anything is kept back."""
        return bool(self._hid)

    def cell(self, one: Figure, county: str, cell: Cell) -> Cell:
        """The cell of a figure in a county, or in the country, as it may be shown."""
        why = self._hid.get(self._units.get((id(one), county), ()))
        return cell if why is None else Cell(None, FEW if why == "liten" else HIDDEN)


def _unit(one: Figure, county: str) -> Unit:
    values = {code: value for code, value in one.values.items() if code.startswith(county)}
    return (frozenset(PeopleCount(f"{one.form}#{one.kind}#{one.name}#{code}", value) for code, value in values.items()),)


# The tables of `samla`: counties, municipalities, forms, fulfilment by form, months, and what was summed.


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


def counties(told: NationalSummary) -> Grid:
    """The country, then each county."""
    found = told.found
    columns = (Column("Län"), data("Länskod"), Column("Kommuner", "tal"), *_AREA)
    hid = kept_back([len(area.municipalities) for area in found.counties], told.fewest, of_a_total=True)
    rows = [(text("Hela landet"), text(""), number(len(found.country.municipalities)), *_kept(told, found.country))]
    for at, area in enumerate(found.counties):
        cells = map(withheld, _area(area)) if at in hid else _area(area)
        rows.append((text(county_name(area.code)), text(area.code), number(len(area.municipalities)), *cells))
    return Grid("län", "Hela landet och länen", columns, tuple(rows))


def _kept(told: NationalSummary, area: Area) -> tuple[Cell, ...]:
    few = len(area.municipalities) < told.fewest
    return tuple(map(withheld, _area(area))) if few else _area(area)


def municipalities(told: NationalSummary) -> Grid:
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


def forms(told: NationalSummary) -> Grid:
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


def fulfilment(told: NationalSummary) -> Grid:
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
            number(
                None if promised is None else promised.expected,
                figure(None if promised is None else promised.expected, decimals=1),
            ),
            number(None if promised is None else promised.done),
        )
        if at in hid:
            cells = (*map(withheld, cells[:3]), withheld(Cell(None, UNKNOWN)), *map(withheld, cells[4:]))
        rows.append((text(area.code or WITHOUT_FORM), number(len(area.municipalities)), *cells))
    note = "Tillfällen läggs ihop för mål av slaget minst och antal som räknar tillfällen och där utfallet är känt."
    return Grid("uppfyllelse", "Uppfyllelse efter blankett", columns, tuple(rows), note)


def months(told: NationalSummary) -> Grid:
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


def reported_of(told: NationalSummary) -> Grid:
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


def figures(told: NationalSummary, people: People) -> Grid:
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


def figures_by_county(told: NationalSummary, people: People) -> Grid:
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


# `samla` as a paper: the country first, then who reports, the forms, and each municipality.


_NAMED = 20
"""So many silent municipalities are named in a sentence; the table has them all."""


def gathered_paper(told: NationalSummary, *, programs: bool = False) -> Document:
    """The whole follow-up; with `programs` also the long tables that no reader is shown."""
    when = f"per {told.as_of}" if told.period is None else f"{days(told.period, year=True)}, per {told.as_of}"
    parts = [
        _part("landet", "Hela landet och länen", (_days(told),), counties(told)),
        _part("rapporterar", "Vilka som rapporterar", _silent(told), months(told)),
        _part("blanketter", "Blanketter och versioner", (), forms(told)),
        _part("uppfyllelse", "Uppfyllelse efter blankett", (), fulfilment(told)),
    ]
    if told.found.figures:
        people = People(told.found.figures)
        by_county = [figures_by_county(told, people)] if programs else []
        parts.append(_part("siffror", "Vad det blev", (), figures(told, people), *by_county))
    if told.fewest <= 1:
        reported = [reported_of(told)] if programs else []
        parts.append(_part("kommuner", "Kommunerna", (), municipalities(told), *reported))
    title = "Samlad uppföljning" + (f": {told.form}" if told.form else "")
    if not told.found.municipalities:
        parts = []
    return Document(title, when, answer(told), tuple(parts), (foot(told),), told.as_of, told.command)


def _part(id: str, heading: str, sentences: tuple[str, ...], *blocks: Grid) -> Part:
    return Part(id, heading, tuple(one for one in sentences if one), tuple(block for block in blocks if block.rows))


def answer(told: NationalSummary) -> str:
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


def _silent(told: NationalSummary) -> tuple[str, ...]:
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


def _days(told: NationalSummary) -> str:
    """That the municipalities were followed up on different days, where they were."""
    made = sorted({day for found in told.found.days.values() for day in found})
    if made == [told.as_of]:
        return ""
    if len(made) == 1:
        return f"Kommunerna är uppföljda per {made[0]}."
    return f"Kommunerna är uppföljda olika dagar, från {made[0]} till {made[-1]}. Det som kom senare är inte med."


def foot(told: NationalSummary) -> str:
    """What it was made from."""
    made = [f"per {told.as_of}"]
    if told.repositories:
        made.append(f"{plural(told.repositories, 'förråd läst', 'förråd lästa')}")
    if told.exports:
        made.append(f"{plural(told.exports, 'uppsättning delsummor', 'uppsättningar delsummor')}")
    made.append(f"{plural(told.left_out, 'utelämnad', 'utelämnade')}")
    return " · ".join(made)


Writer = Callable[[NationalSummary, Screen], None]


def _text(told: NationalSummary, screen: Screen) -> None:
    from uppfoljning.present.renderers.text import paper_text

    screen.show(paper_text(gathered_paper(told), screen.width))


def _csv(told: NationalSummary, screen: Screen) -> None:
    from uppfoljning.present.renderers.csv import csv_text

    screen.write_data(csv_text(municipalities(told) if told.fewest <= 1 else counties(told)))


def _data(face: str) -> Writer:
    def write(told: NationalSummary, screen: Screen) -> None:
        from uppfoljning.present.renderers.drawn import drawn

        screen.write_data(drawn(face, gathered_paper(told, programs=face == "json")).decode())

    return write


def _paper(face: str) -> Writer:
    def write(told: NationalSummary, screen: Screen) -> None:
        from uppfoljning.present.renderers.drawn import drawn

        screen.write_bytes(drawn(face, gathered_paper(told, programs=face == "xlsx")))

    return write


FORMATS: dict[str, Writer] = {
    "text": _text,
    "json": _data("json"),
    "csv": _csv,
    "md": _data("md"),
    **{face: _paper(face) for face in PAPERS},
}
