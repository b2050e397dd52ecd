"""`status ÅTAGANDE` as text: one commitment in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import period_name
from uppfoljning.domain.target import Target
from uppfoljning.domain.target_text import promise
from uppfoljning.followup.periods import by_period
from uppfoljning.followup.row import Row
from uppfoljning.followup.selection import Selection
from uppfoljning.followup.table import Line, Table
from uppfoljning.present.figures import UNKNOWN, days, figure, percent, ratio
from uppfoljning.present.layout import GAP, Column, laid, widths
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.status import beside, cells, process
from uppfoljning.present.status.text import head, of_which, style_of
from uppfoljning.present.terminal import BLANK, TextLine, folded, plain


def detail_text(table: Table, line: Line, foot: Provenance, room: int | None, selection: Selection) -> Iterator[TextLine]:
    """Targets, periods, steps, deviations, missing reports and forecast of one commitment."""
    commitment, plan = line.commitment, table.plan
    yield from head(commitment.title, table.view, room)
    parties = ", ".join(plan.parties.get(party, party) for party in commitment.parties)
    about = [plan.title, period_name(commitment.span), parties]
    if commitment.responsible:
        about.append(f"ansvarig: {plan.name_of(commitment.responsible)}")
    yield from folded(" · ".join(about), room, 0, "quiet")
    yield from folded(process.chain(commitment), room, 0, "quiet")
    for row in line.rows:
        yield BLANK
        yield from _target(table, line, row, room, selection)
        yield from _periods(line, row.target, room)
    for text in beside.came_and_went(line):
        yield from folded(text[0].upper() + text[1:], room)
    yield from _reports(line, room)
    yield from process.steps(plan, line, room)
    yield from _departures(line, room)
    if text := cells.verdict(line):
        yield BLANK
        motive = f". {line.verdict.motive}" if line.verdict is not None and line.verdict.motive else ""
        yield from folded(text[0].upper() + text[1:] + motive, room, 0)
    yield BLANK
    yield from folded(str(foot), room, 0, "quiet")


def _target(table: Table, line: Line, row: Row, room: int | None, selection: Selection) -> Iterator[TextLine]:
    name = f"Mål {row.target.id}: " if row.target.id else "Mål: "
    yield from folded(name + promise(row.target), room, 0, "title")
    said = [f"hittills {cells.so_far(row)}", f"hela målet {cells.whole(row)}"]
    if (share := cells.against_plan(row)) is not None:
        said.append(f"mot planen {percent(share)}")
    yield from folded(" · ".join(said), room, 2)
    yield from folded(cells.status(row.status), room, 2, style_of(row.status))
    if row.forecast is not None:
        text = f"prognos {figure(row.forecast, decimals=0)} {row.target.unit} vid samma takt"
        if row.needed_a_month is not None:
            text += f" · det behövs {figure(row.needed_a_month, decimals=1)} i månaden härifrån"
        yield from folded(text, room, 2)
    if line.former is not None:
        yield from folded(f"{table.since}: {beside.since(line, row)}", room, 2)
    besides = (of_which(line, row, selection), beside.decided(line, row), beside.status_before(line, row))
    for remark in (*besides, *cells.remarks(line, row)):
        if remark:
            yield from folded(remark, room, 2, "quiet")


def _periods(line: Line, target: Target, room: int | None) -> Iterator[TextLine]:
    if target.operator == "klart" or target.stock:
        return
    rows = by_period(line.matter, target)
    if len(rows) < 2:
        return
    columns = [
        Column("Period", folds=True, least=10),
        Column("Väntat", right=True),
        Column("Utfall", right=True),
        Column("Rapporter", right=True),
    ]
    body = [
        [
            days(row.period, year=True),
            UNKNOWN if row.expected is None else figure(row.expected, decimals=1),
            _outcome(row.outcome.value, row.outcome.certainty, target),
            f"{row.answered} av {row.due}" if row.due else UNKNOWN,
        ]
        for row in rows
    ]
    yield from _grid(columns, body, room)


def _outcome(value: object, certainty: object, target: Target) -> str:
    if value is None:
        return UNKNOWN
    return percent(value) if target.share else figure(value, certainty)  # type: ignore[arg-type]


def _grid(columns: Sequence[Column], body: Sequence[Sequence[str]], room: int | None) -> Iterator[TextLine]:
    sizes = widths(columns, body, room - 2 if room else None)
    if sizes is None:
        for row in body:
            yield from folded(
                " · ".join(f"{column.name.lower()} {cell}" for column, cell in zip(columns, row, strict=True)), room, 2
            )
        return
    yield plain("  " + GAP.join(laid(columns, [column.name for column in columns], sizes)[0]), "quiet")
    for row in body:
        for parts in laid(columns, row, sizes):
            yield plain("  " + GAP.join(parts))


def _reports(line: Line, room: int | None) -> Iterator[TextLine]:
    received = line.received
    yield BLANK
    yield plain("Rapporter", "title")
    if not received.due:
        yield from folded("ingen rapport har förfallit ännu" if line.duties else "inga rapporter väntas", room, 2)
    else:
        said = [
            f"inkomna {ratio(received.share, (received.answered, received.due))}",
            f"i tid {ratio(received.timeliness, (received.in_time, received.due))}",
        ]
        if line.content is not None:
            said.append(f"med alla svar {percent(line.content)}")
        yield from folded(" · ".join(said), room, 2)
    for duty in line.missing:
        yield from folded(
            f"saknas: {days(duty.about, year=True)}, förföll {duty.due}, från {line.commitment.reporter}", room, 2, "bad"
        )
    for duty in line.late:
        assert duty.answer is not None
        state = "" if duty.answer.carried_out else f", {duty.answer.report.state}"
        text = f"sen: {days(duty.about, year=True)}, kom {duty.answered}, förföll {duty.due}{state}"
        yield from folded(text, room, 2, "warn")
    if joint := cells.joint(line):
        yield from folded(joint, room, 2, "quiet")
    if hours := process.hours(line):
        yield from folded(hours, room, 2)


def _departures(line: Line, room: int | None) -> Iterator[TextLine]:
    entries = [entry for entry in line.matter.entries if entry.report.deviations]
    if not entries:
        return
    yield BLANK
    yield plain("Det som inte blev som planerat", "title")
    for entry in entries:
        yield from _departure(entry, room)


def _departure(entry: Entry, room: int | None) -> Iterator[TextLine]:
    state = "ändrad" if entry.carried_out else entry.report.state
    when = days(entry.span, year=True)
    to = entry.report.moved_to
    moved = f" till {period_name(to)}" if to is not None else ""
    for deviation in entry.report.deviations:
        text = f"{when} {state}{moved}: {deviation.what}"
        if deviation.how:
            text += f". {deviation.how}"
        because = ": ".join(part for part in (deviation.reason, deviation.why) if part)
        yield from folded(text + (f" ({because})" if because else ""), room, 2)
