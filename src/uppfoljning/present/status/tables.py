"""`status` as CSV for Excel in Swedish, and as Markdown. One table model, two faces."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from uppfoljning.domain.number import Number
from uppfoljning.domain.promise import promise
from uppfoljning.followup.row import Row
from uppfoljning.followup.selection import Selection
from uppfoljning.followup.table import Line, Table
from uppfoljning.present.figures import days, figure, percent
from uppfoljning.present.foot import Foot
from uppfoljning.present.safe import one_line
from uppfoljning.present.status import beside, cells
from uppfoljning.present.status.text import nothing, remarks_of, summary

BYTE_ORDER_MARK = "\ufeff"
CSV_HEAD = (
    "plan", "åtagande", "titel", "mål", "parter", "löfte", "enhet", "förväntat hittills", "utfall", "säkerhet", "hela målet",
    "andel procent", "takt procent", "status", "bedömning", "fullständighet procent", "punktlighet procent", "ändrade",
    "inställda", "flyttade", "saknade rapporter", "beslutat löfte", "beslutat mål", "beslutad andel procent", "beslutad status",
    "utfall vid förra avläsningen", "status vid förra avläsningen", "anmärkning",
)  # fmt: skip
_FORMULA_SIGNS = ("=", "+", "-", "@")


def status_csv(tables: list[Table], selection: Selection) -> str:
    """`;`, decimal comma, CRLF and a byte order mark, as Swedish Excel wants it. No cell can become a formula."""
    return spreadsheet([CSV_HEAD, *csv_rows(tables, selection)])


def spreadsheet(rows: Iterable[Iterable[str]]) -> str:
    """Rows of finished cells as a CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return BYTE_ORDER_MARK + out.getvalue()


def csv_rows(tables: Iterable[Table], selection: Selection) -> Iterator[Iterator[str]]:
    """A row for each target."""
    for table in tables:
        for line in table.lines:
            for row in line.rows:
                yield _csv_row(table, line, row, selection)


def cell_text(cell: str) -> str:
    """Text as a cell; what a spreadsheet would run as a formula begins with an apostrophe."""
    cell = one_line(cell)
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell


def _csv_row(table: Table, line: Line, row: Row, selection: Selection) -> Iterator[str]:
    commitment, target, outcome, departures = line.commitment, row.target, row.outcome, line.departures
    yield cell_text(table.plan.id)
    yield cell_text(commitment.id)
    yield cell_text(commitment.title)
    yield cell_text(target.id or "")
    yield cell_text(", ".join(commitment.parties))
    yield cell_text(promise(target))
    yield cell_text(target.unit)
    yield _number(row.expected)
    yield _number(outcome.value)
    yield outcome.certainty
    yield _number(row.whole)
    yield _number(row.fulfilment and row.fulfilment * 100)
    yield _number(row.pace and row.pace * 100)
    yield row.status.value
    yield str(line.verdict or "")
    yield _number(line.received.share and line.received.share * 100)
    yield _number(line.received.timeliness and line.received.timeliness * 100)
    yield str(departures.changed)
    yield str(departures.cancelled)
    yield str(departures.moved)
    yield str(len(line.missing))
    yield from _beside(line, row)
    yield cell_text(" · ".join(remarks_of(line, row, selection)))


def _beside(line: Line, row: Row) -> Iterator[str]:
    """What was decided, empty where it is today's promise, and the earlier reading, empty where there is none."""
    was = beside.decided_row(line, row)
    yield "" if was is None else cell_text(promise(was.target))
    yield "" if was is None else _number(was.whole)
    yield "" if was is None else _number(was.fulfilment and was.fulfilment * 100)
    yield "" if was is None else was.status.value
    before = line.former.get(row.target.id) if line.former is not None else None
    yield "" if before is None else _number(before.outcome.value)
    yield "" if before is None else before.status.value


def _number(value: Number | None) -> str:
    """A figure for a spreadsheet: decimal comma, no spaces."""
    return "" if value is None else figure(value, decimals=4).replace(" ", "").replace("−", "-")


def status_markdown(tables: list[Table], foot: Foot, selection: Selection) -> str:
    """A heading and a table for each plan."""
    parts = [] if tables else [f"{nothing(selection)}\n"]
    for table in tables:
        parts += markdown_parts(table, selection)
    if any(table.cut for table in tables):
        parts.append(f"{beside.CUT}.\n")
    parts.append(f"{foot}\n")
    return "\n".join(parts)


def markdown_parts(table: Table, selection: Selection, level: str = "##") -> Iterator[str]:
    """A plan's heading with the answer, and its table."""
    when = (
        f"Per {table.view.as_of}"
        if table.view.period is None
        else f"{days(table.view.period, year=True)}, per {table.view.as_of}"
    )
    yield f"{level} {escaped(table.plan.title)}\n\n{when}. {summary(table)}.\n"
    if table.lines:
        yield _markdown_table(table, selection)


def _markdown_table(table: Table, selection: Selection) -> str:
    shown = [(line, row) for line in table.lines for row in line.rows]
    changed = any(beside.decided_row(line, row) is not None for line, row in shown)
    columns = [("Åtagande", "---"), ("Part", "---"), ("Hittills", "---:")]
    if table.since:
        columns.append((table.since[0].upper() + table.since[1:], "---:"))
    columns += [("Hela målet", "---:"), ("Mot planen", "---:")]
    if changed:
        columns += [("Beslutat mål", "---:"), ("Mot beslutat", "---:")]
    columns += [("Status", "---"), ("Anmärkning", "---")]
    head = f"| {' | '.join(escaped(name) for name, _ in columns)} |\n|{'|'.join(rule for _, rule in columns)}|\n"
    body = (_markdown_row(table, line, row, changed, selection) for line, row in shown)
    rows = (f"| {' | '.join(map(escaped, cells))} |\n" for cells in body)
    return head + "".join(rows) + "".join(f"\n{escaped(text)}\n" for text in beside.dropped(table))


def _markdown_row(table: Table, line: Line, row: Row, changed: bool, selection: Selection) -> Iterator[str]:
    yield cells.title(line, row)
    yield ", ".join(line.commitment.parties)
    yield cells.so_far(row)
    if table.since:
        yield beside.since(line, row)
    yield cells.whole(row)
    yield percent(cells.against_plan(row))
    if changed:
        was = beside.decided_row(line, row) or row
        yield cells.whole(was)
        yield percent(cells.against_plan(was))
    yield cells.status(row.status)
    yield " · ".join(remarks_of(line, row, selection))


def escaped(text: str) -> str:
    """User text that Markdown and HTML leave as it is."""
    text = one_line(text)
    for sign in "\\`*_[]|~#":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
