"""`status` as text: the answer first, then the table, then what needs doing. Each row can stand alone when it is read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from uppfoljning.followup.row import Row
from uppfoljning.followup.selection import Selection
from uppfoljning.followup.status import Status
from uppfoljning.followup.table import Line, Table
from uppfoljning.followup.view import View
from uppfoljning.present import gaps
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import days, figure, percent, plural
from uppfoljning.present.layout import GAP, Column, fold, laid, width, widths
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.status import beside, cells
from uppfoljning.present.terminal import BLANK, TextLine, folded, plain

WIDEST_BAR = 10
USUAL_WIDTH = 88
"""How far to the right the day stands where a line may be of any width."""

_STYLES = {"■": "bad", "▲": "warn", "○": "open", "●": "good"}


def status_text(tables: list[Table], foot: Provenance, room: int | None, selection: Selection) -> Iterator[TextLine]:
    """The follow-up of each plan, then one foot for all."""
    if not tables:
        yield plain(nothing(selection))
        yield BLANK
    for table in tables:
        yield from _plan(table, room, selection)
        yield BLANK
    yield from closing(tables, foot, room)


def closing(tables: list[Table], foot: Provenance, room: int | None) -> Iterator[TextLine]:
    """What needs doing, and the foot."""
    if to_do := _to_do(tables):
        yield from folded(f"Att göra nu: {' · '.join(to_do)}", room)
    for text in gaps.sentences(gap for table in tables for gap in table.gaps):
        yield from folded(text, room)
    yield from folded(str(foot), room, style="quiet")


def _to_do(tables: list[Table]) -> list[str]:
    said = []
    if missing := sum(len(line.missing) for table in tables for line in table.lines):
        said.append(f"{plural(missing, 'rapport saknas', 'rapporter saknas')} (uppfoljning saknas visar vilka)")
    if unexplained := sum(table.decided.unexplained for table in tables if table.decided is not None):
        said.append(f"{plural(unexplained, 'ändrat löfte', 'ändrade löften')} utan skäl (uppfoljning historik visar vilka)")
    return said


def _plan(table: Table, room: int | None, selection: Selection) -> Iterator[TextLine]:
    yield from head(table.plan.title, table.view, room)
    yield from folded(summary(table), room)
    if not table.lines:
        return
    yield BLANK
    yield from body(table, room, selection)
    for text in beside.dropped(table):
        yield from folded(text, room)


def head(title: str, view: View, room: int | None) -> Iterator[TextLine]:
    """A title to the left, what it is seen at to the right."""
    title = one_line(title)
    when = f"per {view.as_of}" if view.period is None else f"{days(view.period, year=True)}, per {view.as_of}"
    gap = (room or USUAL_WIDTH) - width(title) - width(when)
    if gap >= 2:
        yield ((title, "title"), (" " * gap, ""), (when, "quiet"))
        return
    yield from folded(title, room, style="title")
    yield from folded(when, room, style="quiet")


def nothing(selection: Selection) -> str:
    """Says why there is no table at all."""
    return "Inget åtagande passar urvalet." if selection.limits else "Inga planer."


def summary(table: Table) -> str:
    """The answer in one sentence: how many of those with a number follow the plan, then each other state with its count."""
    lines = [line for line in table.lines if line.testable]
    if not table.lines:
        return "Inga åtaganden."
    ended = table.view.as_of > table.plan.span.last
    good = sum(line.reached if ended else line.status in cells.FOLLOWS_PLAN for line in lines)
    verb = "följer planen" if not ended else "är uppnått" if len(lines) == 1 else "är uppnådda"
    said = [f"{good} av {plural(len(lines), 'åtagande', 'åtaganden')} med måltal {verb}"] if lines else []
    for status in Status:
        number = sum(line.status == status and not (line.reached if ended else status in cells.FOLLOWS_PLAN) for line in lines)
        if number:
            one, many = _WORDS.get(status, (status, status))
            said.append(plural(number, one, many))
    if without := len(table.lines) - len(lines):
        said.append(f"{without} utan måltal")
    if changed := beside.changed(table):
        said.append(changed)
    return " · ".join(said)


_WORDS = {
    Status.EXCEEDED: ("överskridet", "överskridna"),
    Status.NOT_REACHED: ("ej uppnått", "ej uppnådda"),
    Status.PARTLY: ("delvis uppnått", "delvis uppnådda"),
    Status.NO_DATA: ("saknar underlag", "saknar underlag"),
    Status.UNCERTAIN: ("osäkert, för få rapporter", "osäkra, för få rapporter"),
    Status.TOO_EARLY: ("för tidigt att säga", "för tidigt att säga"),
    Status.NOT_DUE: ("ej förfallet", "ej förfallna"),
    Status.NOT_STARTED: ("inte påbörjat", "inte påbörjade"),
    Status.REACHED_IN_PART_REPORTED: ("uppnått för redovisad del", "uppnådda för redovisad del"),
}


def body(table: Table, room: int | None, selection: Selection) -> Iterator[TextLine]:
    """A row for each target, as a table or, where it is too narrow for that, one below the other."""
    shown = [(line, row) for line in table.lines for row in line.rows]
    for with_party, bar in ((True, WIDEST_BAR), (False, WIDEST_BAR), (False, 5), (False, 0)):
        columns = _columns(with_party, table.since)
        found = [_cells(line, row, with_party, bar) for line, row in shown]
        sizes = widths(columns, found, room)
        if sizes is not None:
            yield plain(GAP.join(laid(columns, [column.name for column in columns], sizes)[0]), "title")
            for (line, row), body_row in zip(shown, found, strict=True):
                yield from _table_row(row, columns, body_row, sizes)
                said = remarks_of(line, row, selection)
                yield from _remarks(said if with_party else [cells.parties(line), *said], room)
            return
    for line, row in shown:
        yield from _card(line, row, room or 60, selection, table.since)


def _columns(with_party: bool, since: str) -> list[Column]:
    columns = [Column("Åtagande", folds=True, least=32 if with_party else 22)]
    if with_party:
        columns.append(Column("Part", folds=True, least=12))
    columns.append(Column("Hittills"))
    if since:
        columns.append(Column(since[0].upper() + since[1:]))
    return [*columns, Column("Hela målet"), Column("Mot planen"), Column("Status", folds=True, least=17)]


def _cells(line: Line, row: Row, with_party: bool, bar: int) -> list[str]:
    found = [cells.title(line, row)]
    if with_party:
        found.append(cells.parties(line))
    found.append(cells.so_far(row))
    if line.former is not None:
        found.append(beside.since(line, row))
    return [*found, cells.whole(row), _bar(cells.against_plan(row), bar), cells.status(row.status)]


def _bar(share: Fraction | None, size: int) -> str:
    """A bar that is full at 100 % and never longer, with the true percentage beside it."""
    if share is None:
        return ""
    if not size:
        return percent(share)
    filled = min(size, max(0, int(share * size)))
    return "▓" * filled + "░" * (size - filled) + f" {percent(share)}"


def style_of(status: Status) -> str:
    """The colour that goes with a status's shape."""
    return _STYLES.get(cells.SHAPES[status], "")


def _table_row(row: Row, columns: list[Column], body: list[str], sizes: list[int]) -> Iterator[TextLine]:
    for parts in laid(columns, body, sizes):
        yield ((GAP.join(parts[:-1]) + GAP, ""), (parts[-1], style_of(row.status)))


def _remarks(said: list[str], room: int | None) -> Iterator[TextLine]:
    if said:
        yield from folded(" · ".join(said), room, 4, "quiet")


def of_which(line: Line, row: Row, selection: Selection) -> str:
    """What the party or place that a table is limited to had of a figure: `varav polisen: 12`."""
    share = selection.share_of(line, row)
    where = " och ".join(word for word in (selection.party, selection.place) if word)
    return "" if share is None else f"varav {where}: {figure(share)}"


def remarks_of(line: Line, row: Row, selection: Selection) -> list[str]:
    """Everything said below a row: about the figure, and on a commitment's last row about its occasions and reports."""
    told = (of_which(line, row, selection), beside.decided(line, row), beside.status_before(line, row), *cells.remarks(line, row))
    said = [text for text in told if text]
    if row is line.rows[-1]:
        about = [
            cells.departures(line.departures),
            cells.joint(line),
            cells.missing(line.missing, line.commitment.reporter),
            cells.verdict(line),
        ]
        said += [text for text in (*beside.came_and_went(line), *about) if text]
    return said


def _card(line: Line, row: Row, room: int, selection: Selection, since: str) -> Iterator[TextLine]:
    """A row on a narrow screen: one thing a line, with its word before it, so that no figure is lost."""
    for text in fold(cells.title(line, row), room):
        yield plain(text, "title")
    share = cells.against_plan(row)
    parts = [f"hittills {cells.so_far(row)}", f"hela målet {cells.whole(row)}"]
    if line.former is not None:
        parts.insert(1, f"{since} {beside.since(line, row)}")
    if share is not None:
        parts.append(f"mot planen {percent(share)}")
    for text in fold(" · ".join(parts), room - 2):
        yield plain(f"  {text}")
    for text in fold(cells.status(row.status), room - 2):
        yield (("  ", ""), (text, style_of(row.status)))
    for text in fold(" · ".join([cells.parties(line), *remarks_of(line, row, selection)]), room - 2):
        yield plain(f"  {text}", "quiet")
