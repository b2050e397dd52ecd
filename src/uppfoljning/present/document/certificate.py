"""The certificate of a club or another party, for its grant: what it agreed to and what it did. No names, no free text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from uppfoljning.domain.target import promise
from uppfoljning.followup.party import Crew, Fallen, Own, own_of, together
from uppfoljning.followup.table import Table
from uppfoljning.present.document.model import Cell, Column, Document, Grid, Part, number, text
from uppfoljning.present.document.plain_language import occasions, reasons
from uppfoljning.present.document.public import public
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import days, figure, plural
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.views.outstanding_cells import listed

BEYOND = ("väder", "säkerhet", "pandemi")
"""Reasons that no party has in its hand."""
LINE = "…" * 14
_COLUMNS = (
    Column("Åtagande"), Column("Planerade", "tal"), Column("Hållna", "tal"), Column("Inställda", "tal"),
    Column("Flyttade", "tal"), Column("Full bemanning", "tal"), Column("Timmar", "tal"),
)  # fmt: skip


class Party(NamedTuple):
    """Whom a certificate is for, and the plans that know it, followed up."""

    id: str
    tables: tuple[Table, ...]

    @property
    def name(self) -> str:
        """What the party is called in the first of the plans."""
        return one_line(self.tables[0].plan.parties[self.id])


def certificate_of(party: Party, foot: Provenance) -> Document:
    """One page: the answer, a table, each commitment in sentences, how it is counted, and room for a signature."""
    view = party.tables[0].view
    when = f"per {view.as_of}" if view.period is None else f"{days(view.period, year=True)}, per {view.as_of}"
    found = [(table, own_of(table, party.id)) for table in party.tables]
    parts = [_plan(table, own) for table, own in found if own]
    everything = [one for _, own in found for one in own]
    closing = (_counted(everything), _signature()) if parts else ()
    answer = _answer(party, everything)
    paper = Document(f"Intyg: {party.name}", when, answer, (*parts, *closing), (str(foot),), view.as_of, foot.command)
    return public(paper)


def _answer(party: Party, own: list[Own]) -> str:
    if not own:
        return f"{party.name} är inte part i något åtagande under tiden."
    said = f"{party.name} är part i {plural(len(own), 'åtagande', 'åtaganden')}."
    held = together(one.held for one in own)
    if held.number is None:
        return f"{said} Inget tillfälle är rapporterat än."
    cancelled, moved = sum(one.cancelled.number for one in own), sum(one.moved.number for one in own)
    counts = [f"{occasions(held)} {'är hållet' if held.number == 1 else 'är hållna'}"]
    counts.append(f"{figure(cancelled)} {'är inställt' if cancelled == 1 else 'är inställda'}")
    counts.append(f"{figure(moved)} {'är flyttat' if moved == 1 else 'är flyttade'}")
    return f"{said} {_capital(listed(counts))}."


def _plan(table: Table, own: tuple[Own, ...]) -> Part:
    rows = tuple(tuple(_row(one)) for one in own)
    grid = Grid("intyg", "Tillfällen", _COLUMNS, rows, of=(("plan", table.plan.id),))
    inner = tuple(
        Part(
            f"intyg-{table.plan.id}-{one.line.commitment.id}",
            one_line(one.line.commitment.title),
            (_agreed(table, one), " ".join(_sentences(table, one))),
        )
        for one in own
    )
    return Part(f"intyg-{table.plan.id}", one_line(table.plan.title), (), (grid,), inner)


def _row(one: Own) -> Iterator[Cell]:
    yield text(one.line.commitment.title)
    yield number(one.agreed)
    yield number(one.held.number, figure(one.held.number, one.held.certainty))
    yield number(one.cancelled.number)
    yield number(one.moved.number)
    crew = one.crew
    yield number(None) if crew is None or not crew.stated else number(crew.met, f"{figure(crew.met)} av {figure(crew.stated)}")
    yield number(one.hours)


def _agreed(table: Table, one: Own) -> str:
    commitment = one.line.commitment
    others = [table.plan.name_of(party) for party in commitment.parties]
    together = f" Åtagandet är gemensamt för {listed(others)}." if len(others) > 1 else ""
    return one_line(f"Överenskommet: {'; '.join(promise(target) for target in commitment.targets)}.{together}")


def _sentences(table: Table, one: Own) -> Iterator[str]:
    plan, commitment, view = table.plan, one.line.commitment, table.view
    if one.agreed is not None and one.ahead is not None:
        left = f" {figure(one.ahead)} återstår." if one.ahead else ""
        yield f"{plural(one.agreed, 'dag var planerad', 'dagar var planerade')} till och med {view.as_of}.{left}"
    if one.held.number is None:
        yield "Inget tillfälle är rapporterat, så det går inte att säga hur många som hölls."
    else:
        yield f"{_capital(occasions(one.held))} {'är hållet' if one.held.number == 1 else 'är hållna'}."
    yield from _fallen(one.cancelled, "är inställt", "är inställda")
    yield from _fallen(one.moved, "är flyttat", "är flyttade")
    if one.crew is not None:
        yield _crew(table, one.crew)
    if one.hours is not None:
        stated, reports = one.hours_stated
        word = "timme är redovisad" if one.hours == 1 else "timmar är redovisade"
        yield f"{figure(one.hours)} {word}, i {figure(stated)} av {plural(reports, 'rapport', 'rapporter')}."
    if one.received is None:
        yield one_line(f"Rapporterna lämnas av {plan.name_of(commitment.reporter)}.")
    elif one.received.due:
        of = plural(one.received.due, "väntad rapport", "väntade rapporter")
        yield f"{figure(one.received.answered)} av {of} har kommit, {figure(one.received.in_time)} i tid."


def _fallen(fallen: Fallen, one: str, many: str) -> Iterator[str]:
    if fallen.number:
        said = f"{plural(fallen.number, f'tillfälle {one}', f'tillfällen {many}')}. {reasons([fallen])}"
        beyond = {reason: number for reason, number in fallen.reasons if reason in BEYOND}
        which = _of_them(sum(beyond.values()), fallen.number)
        yield said + (f" {which} berodde på {listed(list(beyond))}, som ingen part råder över." if beyond else "")


def _of_them(number: int, of: int) -> str:
    return "Det" if number == of == 1 else "Alla" if number == of else f"{figure(number)} av dem"


def _crew(table: Table, crew: Crew) -> str:
    least = listed([one_line(f"minst {figure(number)} {_within(table.plan.name_of(name))}") for name, number in crew.least])
    if not crew.stated:
        return f"Bemanningen ({least}) är inte angiven vid något tillfälle."
    of = plural(crew.stated, "tillfälle", "tillfällen")
    return f"Bemanningen ({least}) var full vid {figure(crew.met)} av {of} där den är angiven."


def _counted(own: Iterable[Own]) -> Part:
    said = ["Ett tillfälle som flera parter haft tillsammans räknas en gång för var och en av dem."]
    said.append("Ett tillfälle som är inställt eller flyttat med ett skäl är redovisat. Det är inte detsamma som försummat.")
    if any(one.hours is not None and len(one.line.commitment.parties) > 1 for one in own):
        said.append("Timmar i en rapport som flera parter står bakom tillsammans går inte att dela upp och räknas helt.")
    said.append("Siffrorna kommer från snabbrapporterna. Inga namn och ingen fri text är med.")
    return Part("intyg-underlag", "Så är det räknat", (" ".join(said),))


def _signature() -> Part:
    lines = (("Organisation", "Funktion"), ("Ort och dag", "Underskrift"))
    rows = (" ".join(f"{what}: {LINE}" for what in line) for line in lines)
    return Part("intyg-underskrift", "Underskrift", ("Undertecknas av den funktion som samordnar planen.", *rows))


def _within(title: str) -> str:
    """A title inside a sentence; an abbreviation keeps its letters."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
