"""One commitment as a part of the report: what was promised, how it goes, when it took place, its steps, what people judged."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.domain.clock import WEEKDAYS
from uppfoljning.domain.number import Number
from uppfoljning.domain.target import promise
from uppfoljning.followup.documentation import owners, steps_of
from uppfoljning.followup.occasion_heatmap import BANDS, HOURS, Rhythm, rhythm_of
from uppfoljning.followup.periods import Point, progress_of
from uppfoljning.followup.row import Row
from uppfoljning.followup.table import CommitmentFollowUp, Table
from uppfoljning.present.document.model import Cell, Chart, Column, Grid, Kind, Part, number, share, text
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import figure, heading, plural
from uppfoljning.present.views import status_cells
from uppfoljning.present.views import status_detail as process
from uppfoljning.present.views.status_cells import HIDDEN, counts_people, is_told, published

FEWEST_FOR_A_CALENDAR = 3


class Heading(NamedTuple):
    """A commitment's place in the report: the anchor that other parts point at."""

    id: str
    title: str


def heading_of(line: CommitmentFollowUp) -> Heading:
    """What the commitment's part is called."""
    return Heading(f"atagande-{line.commitment.id}", line.commitment.title)


def _of(line: CommitmentFollowUp) -> tuple[tuple[str, str], ...]:
    """What tells its tables from those of other commitments."""
    return (("plan", line.matter.plan), ("åtagande", line.commitment.id), ("titel", line.commitment.title))


def commitment_part(table: Table, line: CommitmentFollowUp) -> Part:
    """Everything of one commitment."""
    one = heading_of(line)
    blocks: list[Chart | Grid] = [*_progress(line), *_calendar(line), *_steps(table, line)]
    return Part(
        one.id,
        one.title,
        tuple(_sentences(table, line)),
        tuple(blocks),
        free=tuple(_free(line)),
        status=status_cells.status(line.status),
        untold=not is_told(line),
    )


def _sentences(table: Table, line: CommitmentFollowUp) -> Iterator[str]:
    commitment, plan = line.commitment, table.plan
    promised = "; ".join(promise(row.target) for row in line.rows)
    who = ", ".join(map(plan.name_of, commitment.parties))
    yield f"Lovat: {promised}. Ansvarar gör {who}."
    yield f"Förslag till status: {status_cells.status(line.status)}."
    if line.received.due:
        of = plural(line.received.due, "väntad rapport", "väntade rapporter")
        yield f"{figure(line.received.answered)} av {of} har kommit, {figure(line.received.in_time)} i tid."
    if missing := status_cells.missing(line.missing, plan.name_of(commitment.reporter)):
        yield f"{missing[0].upper()}{missing[1:]}."
    if departures := status_cells.departures(line.departures):
        yield f"Det som inte blev som planerat: {departures}."
    if joint := status_cells.joint(line):
        yield f"{joint}."
    if line.verdict is not None and str(line.verdict):
        yield f"Bedömt för {line.verdict_period}: {line.verdict}."
    yield from (f"{said[0].upper()}{said[1:]}." for said in _came_and_went(line))
    if hours := process.hours_said(line):
        yield f"{hours[0].upper()}{hours[1:]}."


def _came_and_went(line: CommitmentFollowUp) -> Iterator[str]:
    """A promise that is gone is named without its figures where they count people: no sentence of a paper has such figures."""
    if line.promised is None:
        return
    quiet = tuple(row for row in line.promised.gone if counts_people(line, row.target))
    told = line.promised._replace(gone=tuple(row for row in line.promised.gone if row not in quiet))
    yield from status_cells.came_and_went(line._replace(promised=told))
    yield from (one_line(f"beslutat från början men borttaget: {promise(row.target)}") for row in quiet)


def _free(line: CommitmentFollowUp) -> Iterator[str]:
    """What people wrote of it in the plan and the judgement."""
    commitment = line.commitment
    for word, said in (("Syfte", commitment.purpose), ("Arbetssätt", commitment.method), ("Val av åtgärd", commitment.choice)):
        if said:
            yield f"{word}: {said}"
    if line.verdict is not None and line.verdict.motive:
        yield f"Motivering till bedömningen: {line.verdict.motive}"


def _progress(line: CommitmentFollowUp) -> Iterator[Chart]:
    """A chart for each target whose progress has more than one month to tell of; what is done once has none."""
    for row, public in zip(line.rows, published(line), strict=True):
        if row.target.operator == "klart":
            continue
        points = progress_of(line.matter, row)
        if sum(point.reached is not None for point in points) and len(points) > 1:
            yield _chart(line, row, points, untold=public is not None)


def _chart(line: CommitmentFollowUp, row: Row, points: list[Point], *, untold: bool) -> Chart:
    """The chart. Of people no month is published: late reports tell each month anew, and a month is a part of the sum."""
    several = len({point.month.first.year for point in points}) > 1
    ratio = row.target.share
    kind: Kind = "andel" if ratio else "tal"
    columns = (Column("Månad"), Column("Hittills", kind), Column("Planerat", kind))
    rows = tuple((text(heading(point.month, several)), *_figures(point, ratio, untold)) for point in points)
    title = status_cells.title(line, row)
    of = (*_of(line), ("mål", row.target.id or ""))
    name = f"utveckling {line.commitment.id} {row.target.id or ''}".strip()
    grid = Grid(name, f"{title}, månad för månad", columns, rows, of=of)
    return Chart("utveckling", title, f"{title}: {_told(row)}.", grid)


def _figures(point: Point, ratio: bool, untold: bool) -> tuple[Cell, Cell]:
    reached = share(_ratio(point.reached)) if ratio else number(point.reached)
    planned = share(_ratio(point.planned)) if ratio else number(point.planned, figure(point.planned, decimals=1))
    return reached._replace(public=(None, HIDDEN) if untold else None), planned


def _ratio(value: Number | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _told(row: Row) -> str:
    """The chart in words; only what the table of the targets says as well, so that hiding there is hiding here."""
    against = status_cells.against_plan_said(row)
    said = [f"hela målet {status_cells.whole(row)}", status_cells.status(row.status)[2:]]
    if against and not row.target.counts.fields:
        said.insert(0, f"hittills {status_cells.so_far(row)}, {against} av planen")
    return ", ".join(said)


def _calendar(line: CommitmentFollowUp) -> Iterator[Chart]:
    rhythm = rhythm_of(line.matter)
    if rhythm.number >= FEWEST_FOR_A_CALENDAR:
        bands: list[int | None] = list(BANDS)
        if any(band is None for _, band in rhythm.occasions):
            bands.append(None)
        columns = (Column("Veckodag"), *(Column(_band(band), "tal") for band in bands))
        rows = tuple(
            (text(_WEEKDAYS[weekday]), *(number(rhythm.occasions.get((weekday, band), 0)) for band in bands))
            for weekday in range(7)
        )
        title = f"{line.commitment.title}, veckodag och klockslag"
        name = f"kalender {line.commitment.id}"
        grid = Grid(name, "Tillfällen efter veckodag och när de började", columns, rows, of=_of(line))
        yield Chart("kalender", title, f"{title}: {_busiest(rhythm)}.", grid)


_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


def _band(start: int | None) -> str:
    return "ej angivet" if start is None else f"{start:02}–{(start + HOURS) % 24:02}"


def _busiest(rhythm: Rhythm) -> str:
    most = sorted(rhythm.occasions.items(), key=lambda item: (-item[1], item[0][0], item[0][1] is None, item[0][1] or 0))
    named = [f"{WEEKDAYS[weekday]} {_band(band)} ({count})" for (weekday, band), count in most[:3]]
    return f"{plural(rhythm.number, 'tillfälle', 'tillfällen')}, flest {', '.join(named)}"


def _steps(table: Table, line: CommitmentFollowUp) -> Iterator[Grid]:
    counts = steps_of(line.matter)
    if counts:
        columns = (
            Column("Moment"), Column("Vems"), Column("Gjort", "tal"), Column("Av", "tal"), Column("Andel", "andel"),
            Column("Läge"),
        )  # fmt: skip
        rows = tuple(
            (
                text(count.step.title),
                text(", ".join(map(table.plan.name_of, owners(line.commitment, count.step)))),
                number(count.done),
                number(count.occasions),
                share(status_cells.part_of(count.done, count.occasions)),
                text(process.how_far(count)),
            )
            for count in counts
        )
        yield Grid(f"moment {line.commitment.id}", "Moment", columns, rows, of=_of(line))
