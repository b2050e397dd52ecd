"""The promises for those they were made to: what was promised, how it goes, what did not come off and why. Always public."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.followup.party import done_in
from uppfoljning.followup.row import Row
from uppfoljning.followup.table import Line
from uppfoljning.present.document.commitment import heading_of
from uppfoljning.present.document.model import Cell, Column, Document, Grid, Part, number, text
from uppfoljning.present.document.plain_language import fell, how_it_goes, promised, standing
from uppfoljning.present.document.public import public
from uppfoljning.present.document.report import ReportInput
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, plural
from uppfoljning.present.outstanding.words import listed
from uppfoljning.present.status import cells
from uppfoljning.present.status.grid import told
from uppfoljning.present.status.people import published

_COLUMNS = (
    Column("Löfte"), Column("Räknat i"), Column("Hittills", "tal"), Column("Lovat"), Column("Senast rapporterat"),
)  # fmt: skip


def citizen_of(whole: ReportInput) -> Document:
    """The page."""
    table = whole.table
    parts = [_promise(whole, line) for line in table.lines]
    rows = tuple(row for line in table.lines for row in _rows(line))
    figures = Part("siffror", "Löftena i siffror", (), (Grid("löften", "Hittills och lovat", _COLUMNS, rows),))
    answer = " ".join(standing(table.lines)[:1]) or "Löftena har inga måltal. Här står vad som har gjorts."
    when = f"per {table.view.as_of}"
    closing = (figures, Part("om", "Om sidan", tuple(_about(whole)))) if rows else ()
    title = f"Så går det med löftena: {one_line(table.plan.title)}"
    return public(Document(title, when, answer, (*parts, *closing), (str(whole.foot),), table.view.as_of, whole.command))


def _promise(whole: ReportInput, line: Line) -> Part:
    heading = heading_of(line)
    return Part(heading.id, one_line(heading.title), tuple(_sentences(whole, line)))


def _sentences(whole: ReportInput, line: Line) -> Iterator[str]:
    who = listed([one_line(whole.table.plan.name_of(party)) for party in line.commitment.parties])
    yield f"Vi lovade: {'; '.join(promised(row) for row in line.rows)}. Det gäller {who}."
    said = [(row.target.id or "", how) for row, how in zip(line.rows, how_it_goes(line), strict=True)]
    if len({sentence for _, sentence in said}) == 1:
        yield said[0][1]
    else:
        yield from (one_line(f"{name[:1].upper()}{name[1:]}: {how[:1].lower()}{how[1:]}") for name, how in said)
    found = next(counts for one, counts in whole.deviations.occasions if one is line)
    done = done_in(line, line.matter.scope)
    if fallen := fell([done.cancelled], [done.moved]):
        yield fallen
    if found.changed:
        yield f"{plural(found.changed, 'tillfälle', 'tillfällen')} blev av på ett annat sätt än planerat."
    yield _last(line)


def _last(line: Line) -> str:
    day = _last_day(line)
    return f"Senast rapporterat {day}." if day else "Inget är rapporterat än."


def _last_day(line: Line) -> str:
    """The last day that anything was handed in about it."""
    return str(max((entry.submitted for entry in line.matter.entries), default=""))


def _rows(line: Line) -> Iterator[tuple[Cell, ...]]:
    for row, of_people in zip(line.rows, published(line), strict=True):
        yield (
            text(cells.title(line, row)),
            text(row.target.unit),
            told(_reached, row, of_people),
            text(promised(row)),
            text(_last_day(line) or UNKNOWN),
        )


def _reached(row: Row) -> Cell:
    return number(row.outcome.value, cells.so_far(row) if row.target.share or row.target.operator == "klart" else "")


def _about(whole: ReportInput) -> Iterator[str]:
    yield "Sidan är gjord av de rapporter som parterna har lämnat. Inga namn och inga rapporters egna ord är med."
    if whole.table.plan.sources:
        yield one_line(f"Hela planen finns här: {', '.join(whole.table.plan.sources)}")
