"""`status` as text: the answer first, then the table, then what needs doing. Each row can stand alone when it is read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from uppfoljning.domain.number import Number
from uppfoljning.domain.target import promise
from uppfoljning.followup.row import Row
from uppfoljning.followup.status import NEARLY, Status
from uppfoljning.followup.table import WHOLE, CommitmentFollowUp, Looks, Selection, Table
from uppfoljning.followup.view import View
from uppfoljning.present import figures as gaps
from uppfoljning.present.document.model import Cell, Grid, carried, data, number, reading, share
from uppfoljning.present.document.model import Column as ModelColumn
from uppfoljning.present.document.model import text as model_text
from uppfoljning.present.document.words import manner
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, days, figure, plural
from uppfoljning.present.layout import ANY_WIDTH, GAP, LayoutColumn, fitting, fold, laid, width, widths
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.terminal import BLANK, TextLine, folded, plain
from uppfoljning.present.views import status_cells
from uppfoljning.present.views.status_cells import FEW, HIDDEN, Published, fives, is_small, published

WIDEST_BAR = 10
USUAL_WIDTH = 88
"""How far to the right the day stands where a line may be of any width."""

MOST_NAMED = 5
LONGEST_NAME = 44
ROOM_FOR_TITLE = 34
"""How many late commitments are named under the headline, and how much of a title, so that it stays a headline."""

_STYLES = {"■": "bad", "▲": "warn", "○": "open", "●": "good"}


def status_text(
    tables: list[Table], foot: Provenance, room: int | None, selection: Selection, looks: Looks = WHOLE
) -> Iterator[TextLine]:
    """The follow-up of each plan, then one foot for all."""
    if not tables:
        yield plain(nothing(selection))
        yield BLANK
    running = [table for table in tables if table.view.as_of <= table.plan.span.last]
    ended = [] if looks.ended or not running else [table for table in tables if table not in running]
    for table in tables:
        if table not in ended:
            yield from _plan(table, room, selection, looks)
            yield BLANK
    if ended:
        yield from folded("Avslutade planer (--alla visar dem):", room)
        for table in ended:
            yield plain(f"  {_cut(f'{one_line(table.plan.title)}: {summary(table)}', (room or ANY_WIDTH) - 2)}")
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


def _plan(table: Table, room: int | None, selection: Selection, looks: Looks) -> Iterator[TextLine]:
    yield from head(table.plan.title, table.view, room)
    # Who is late is the first that is read; how many follow the plan comes next.
    for text in bad_news(table, None if looks.full else room):
        yield from folded(text, room)
    yield from folded(summary(table), room)
    if not table.lines:
        return
    yield BLANK
    shown = looks.of(table)
    if len(shown.lines) < len(table.lines):
        left_out = plural(len(table.lines) - len(shown.lines), "åtagande visas inte", "åtaganden visas inte")
        yield from folded(f"Bara: {', '.join(looks.only)}. {left_out}.", room)
    if shown.lines:
        yield from body(shown, room, selection, full=looks.full)
    for text in status_cells.dropped(table):
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
    good = sum(line.reached if ended else line.status in status_cells.FOLLOWS_PLAN for line in lines)
    verb = "följer planen" if not ended else "är uppnått" if len(lines) == 1 else "är uppnådda"
    said = [f"{good} av {plural(len(lines), 'åtagande', 'åtaganden')} med måltal {verb}"] if lines else []
    for status in Status:
        number = sum(
            line.status == status and not (line.reached if ended else status in status_cells.FOLLOWS_PLAN) for line in lines
        )
        if number:
            one, many = _WORDS.get(status, (status, status))
            said.append(plural(number, one, many))
    if without := len(table.lines) - len(lines):
        said.append(f"{without} utan måltal")
    if changed := status_cells.changed(table):
        said.append(changed)
    return " · ".join(said)


def bad_news(table: Table, room: int | None) -> Iterator[str]:
    """The commitments whose state is the worst there is, by name beside the line that counts them: never only a number.

    In a `room` the names are cut so that they stand on one line.
    """
    for status in Status:
        late = [one_line(line.commitment.title) for line in table.lines if line.status == status]
        if late and status_cells.SHAPES[status] == "■":
            more = [f"{len(late) - MOST_NAMED} till"] if len(late) > MOST_NAMED else []
            word = _WORDS.get(status, (status, status))[len(late) > 1]
            lead = f"{word[0].upper()}{word[1:]}: "
            named = late[:MOST_NAMED]
            left = (room or ANY_WIDTH) - width(lead) - sum(2 + width(one) for one in more) - 2 * (len(named) - 1)
            longest = min(LONGEST_NAME, max(left // len(named), 12)) if room is not None else LONGEST_NAME
            if room is not None and sum(map(width, named)) <= left:
                longest = left
            yield lead + ", ".join([*(_cut(one, longest) for one in named), *more])


def _cut(name: str, room: int) -> str:
    """A name no longer than there is room for, whole words where it has any."""
    if width(name) <= room:
        return name
    kept = name[: fitting(name, room - 1)]
    return f"{(kept.rpartition(' ')[0] or kept).rstrip(' ,')}…"


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


def body(table: Table, room: int | None, selection: Selection, *, full: bool = True) -> Iterator[TextLine]:
    """A row for each target, as a table or, where it is too narrow for that, one below the other; not in `full`, on one line."""
    shown = [(line, row) for line in table.lines for row in line.rows]
    for with_party, bar in ((True, WIDEST_BAR), (False, WIDEST_BAR), (False, 5), (False, 0))[not full :]:
        columns = _columns(with_party, table.since)
        found = [_cells(line, row, with_party, bar) for line, row in shown]
        sizes = widths(columns, found, room)
        # A title that is cut must be long enough to be known again; the bar says nothing that the percentage does not.
        if sizes is not None and (full or not bar or sizes[0] >= min(ROOM_FOR_TITLE, max(width(cells[0]) for cells in found))):
            yield plain(GAP.join(laid(columns, [column.name for column in columns], sizes)[0]), "title")
            for (line, row), body_row in zip(shown, found, strict=True):
                if not full:
                    body_row[0] = _short_title(line, row, sizes[0])
                yield from _table_row(row, columns, body_row, sizes)
                if not full:
                    if to_do := _to_do_of(line, row, selection):
                        yield from folded(" · ".join(to_do), room, 4)
                    continue
                said = remarks_of(line, row, selection)
                yield from _remarks(said if with_party else [status_cells.parties(line), *said], room)
            return
    for line, row in shown:
        yield from _card(line, row, room or 60, selection, table.since, full=full)


def _short_title(line: CommitmentFollowUp, row: Row, room: int) -> str:
    """A title on one line; of several targets the id of this one is never cut."""
    target = f", {row.target.id}" if len(line.rows) > 1 else ""
    title = one_line(line.commitment.title)
    return one_line(_cut(title, max(room - width(target), 8)) + target)


def _to_do_of(line: CommitmentFollowUp, row: Row, selection: Selection) -> list[str]:
    """What must be said below a row that is one line: what it is limited to, what was changed, and what is missing."""
    said = [of_which(line, row, selection), status_cells.decided(line, row, short=True), status_cells.status_before(line, row)]
    said += status_cells.doubts(row)
    if row is line.rows[-1]:
        said += [*status_cells.came_and_went(line), status_cells.missing(line.missing, line.commitment.reporter)]
    return [text for text in said if text]


def _columns(with_party: bool, since: str) -> list[LayoutColumn]:
    columns = [LayoutColumn("Åtagande", folds=True, least=32 if with_party else 22)]
    if with_party:
        columns.append(LayoutColumn("Part", folds=True, least=12))
    columns.append(LayoutColumn("Hittills"))
    if since:
        columns.append(LayoutColumn(since[0].upper() + since[1:]))
    return [*columns, LayoutColumn("Hela målet"), LayoutColumn("Mot planen"), LayoutColumn("Status", folds=True, least=17)]


def _cells(line: CommitmentFollowUp, row: Row, with_party: bool, bar: int) -> list[str]:
    found = [status_cells.title(line, row)]
    if with_party:
        found.append(status_cells.parties(line))
    found.append(status_cells.so_far(row))
    if line.former is not None:
        found.append(status_cells.since(line, row))
    return [*found, status_cells.whole(row), _bar(row, bar), status_cells.status(row.status)]


def _bar(row: Row, size: int) -> str:
    """A bar that is full at 100 % and never longer, with the true percentage beside it."""
    share, said = status_cells.against_plan(row), status_cells.against_plan_said(row)
    if share is None or not size:
        return said
    filled = min(size, max(0, int(share * size)))
    return "▓" * filled + "░" * (size - filled) + f" {said}"


def style_of(status: Status) -> str:
    """The colour that goes with a status's shape."""
    return _STYLES.get(status_cells.SHAPES[status], "")


def _table_row(row: Row, columns: list[LayoutColumn], body: list[str], sizes: list[int]) -> Iterator[TextLine]:
    for parts in laid(columns, body, sizes):
        yield ((GAP.join(parts[:-1]) + GAP, ""), (parts[-1], style_of(row.status)))


def _remarks(said: list[str], room: int | None) -> Iterator[TextLine]:
    if said:
        yield from folded(" · ".join(said), room, 4, "quiet")


def of_which(line: CommitmentFollowUp, row: Row, selection: Selection) -> str:
    """What the party or place that a table is limited to had of a figure: `varav polisen: 12`."""
    share = selection.share_of(line, row)
    where = " och ".join(word for word in (selection.party, selection.place) if word)
    return "" if share is None else f"varav {where}: {figure(share)}"


def remarks_of(line: CommitmentFollowUp, row: Row, selection: Selection) -> list[str]:
    """Everything said below a row: about the figure, and on a commitment's last row about its occasions and reports."""
    told = (
        of_which(line, row, selection),
        status_cells.decided(line, row),
        status_cells.status_before(line, row),
        *status_cells.remarks(line, row),
    )
    said = [text for text in told if text]
    if row is line.rows[-1]:
        about = [
            status_cells.departures(line.departures),
            status_cells.joint(line),
            status_cells.missing(line.missing, line.commitment.reporter),
            status_cells.verdict(line),
        ]
        said += [text for text in (*status_cells.came_and_went(line), *about) if text]
    return said


def _card(
    line: CommitmentFollowUp, row: Row, room: int, selection: Selection, since: str, *, full: bool = True
) -> Iterator[TextLine]:
    """A row on a narrow screen: one thing a line, with its word before it, so that no figure is lost."""
    for text in fold(status_cells.title(line, row), room):
        yield plain(text, "title")
    parts = [f"hittills {status_cells.so_far(row)}", f"hela målet {status_cells.whole(row)}"]
    if line.former is not None:
        parts.insert(1, f"{since} {status_cells.since(line, row)}")
    if against := status_cells.against_plan_said(row):
        parts.append(f"mot planen {against}")
    for text in fold(" · ".join(parts), room - 2):
        yield plain(f"  {text}")
    for text in fold(status_cells.status(row.status), room - 2):
        yield (("  ", ""), (text, style_of(row.status)))
    said = [status_cells.parties(line), *remarks_of(line, row, selection)] if full else _to_do_of(line, row, selection)
    for text in fold(" · ".join(said), room - 2) if said else ():
        yield plain(f"  {text}", "quiet" if full else "")


# The follow-up table: a row for each target, for readers and for programs.


DATA = (
    data("plan"), data("åtagande"), data("titel"), data("mål"), data("parter"), data("löfte"), data("enhet"),
    data("förväntat hittills", "tal"), data("utfall", "tal"), data("säkerhet"), data("hela målet", "tal"),
    data("andel procent", "andel"), data("takt procent", "andel"), data("status", "status"), data("bedömning"),
    data("fullständighet procent", "andel"), data("punktlighet procent", "andel"), data("ändrade", "tal"),
    data("inställda", "tal"), data("flyttade", "tal"), data("saknade rapporter", "tal"), data("beslutat löfte"),
    data("beslutat mål", "tal"), data("beslutad andel procent", "andel"), data("beslutad status", "status"),
    data("utfall vid förra avläsningen", "tal"), data("status vid förra avläsningen", "status"), data("anmärkning", "fritext"),
)  # fmt: skip
IN_WORDS = (
    carried("ordalag", "status"), carried("verb"), carried("nått", "tal"), carried("av", "tal"),
    carried("behövs i månaden", "tal"),
)  # fmt: skip
NONE = Cell(None, "")
"""A cell with nothing to say: what was decided is today's promise, or there is no earlier reading."""


def status_grid(tables: Iterable[Table], selection: Selection) -> Grid:
    """The follow-up of some plans in one table. What was decided and an earlier reading have columns where any row has them."""
    shown = [
        (table, line, row, public)
        for table in tables
        for line in table.lines
        for row, public in zip(line.rows, published(line), strict=True)
    ]
    changed = any(status_cells.decided_row(line, row) is not None for _, line, row, _ in shown)
    since = next((table.since for table, *_ in shown if table.since), "")
    columns = [*_reading(since, changed), *DATA, *IN_WORDS]
    rows = (
        (
            *_read(table, line, row, public, selection, since, changed),
            *_data(table, line, row, public, selection),
            *_in_words(row, public),
        )
        for table, line, row, public in shown
    )
    return Grid("uppföljning", "Genomfört jämfört med mål", tuple(columns), tuple(rows))


def _reading(since: str, changed: bool) -> Iterator[ModelColumn]:
    yield reading("Åtagande")
    yield reading("Part")
    yield reading("Hittills", "tal")
    if since:
        yield reading(since[0].upper() + since[1:], "tal")
    yield reading("Hela målet", "tal")
    yield reading("Mot planen", "andel")
    if changed:
        yield reading("Beslutat mål", "tal")
        yield reading("Mot beslutat", "andel")
    yield reading("Status", "status")
    yield reading("Anmärkning", "fritext")


def told(make: Callable[[Row], Cell], row: Row, public: Published | None, words: str = "") -> Cell:
    """A cell about a row, and as anyone may see it: of the row at whole fives, or with words in its place."""
    cell = make(row)
    if public is None:
        return cell
    if public.row is None:
        return cell._replace(public=(None, words or public.words))
    return cell._replace(public=make(public.row)[:2])


def _ratio_of(public: Published | None) -> str:
    """The words in the place of a ratio: of a small count nothing is said."""
    return HIDDEN if public is not None and public.words == FEW else ""


def _read(
    table: Table, line: CommitmentFollowUp, row: Row, public: Published | None, selection: Selection, since: str, changed: bool
) -> Iterator[Cell]:
    yield model_text(status_cells.title(line, row))
    yield model_text(", ".join(line.commitment.parties))
    yield told(lambda one: number(one.outcome.value, status_cells.so_far(one)), row, public)
    if since:
        yield number(None, status_cells.since(line, row))._replace(public=_public_change(line, row, public))
    yield number(row.whole, status_cells.whole(row))
    yield told(lambda one: share(status_cells.against_plan(one), NEARLY), row, public, _ratio_of(public))
    if changed:
        was = status_cells.decided_row(line, row)
        yield number((was or row).whole, status_cells.whole(was or row))
        if was is None:
            yield told(lambda one: share(status_cells.against_plan(one), NEARLY), row, public, _ratio_of(public))
        else:
            yield _kept(share(status_cells.against_plan(was), NEARLY), public)
    yield _status(row, public)
    yield model_text(" · ".join(remarks_of(line, row, selection)))


def _kept(cell: Cell, public: Published | None) -> Cell:
    """A cell that is not told where its row counts people."""
    return cell if public is None else cell._replace(public=(None, HIDDEN))


def _status(row: Row, public: Published | None) -> Cell:
    cell = Cell(row.status.value, status_cells.status(row.status))
    return cell if public is None or public.settled else _kept(cell, public)


def _fives(public: Published, value: Number) -> tuple[int | None, str]:
    """An earlier count of the same row in whole fives."""
    if public.words not in ("", FEW):
        return None, HIDDEN
    return (None, FEW) if is_small(value) else (low := fives(value), figure(low))


def _public_change(line: CommitmentFollowUp, row: Row, public: Published | None) -> tuple[None, str] | None:
    """The change between two readings as anyone sees them."""
    before = line.former.get(row.target.id) if line.former is not None else None
    if public is None or before is None or before.outcome.value is None:
        return None
    was, _ = _fives(public, before.outcome.value)
    if was is None or public.row is None:
        return None, HIDDEN
    return None, status_cells.change(row, was, public.row.outcome.value)


def _data(table: Table, line: CommitmentFollowUp, row: Row, public: Published | None, selection: Selection) -> Iterator[Cell]:
    commitment, target, outcome, departures = line.commitment, row.target, row.outcome, line.departures
    yield model_text(table.plan.id)
    yield model_text(commitment.id)
    yield model_text(commitment.title)
    yield model_text(target.id or "")
    yield model_text(", ".join(commitment.parties))
    yield model_text(promise(target))
    yield model_text(target.unit)
    yield number(row.expected)
    yield told(lambda one: number(one.outcome.value), row, public)
    yield model_text(outcome.certainty)
    yield number(row.whole)
    yield told(lambda one: share(one.fulfilment, NEARLY), row, public, _ratio_of(public))
    yield told(lambda one: share(one.pace, NEARLY), row, public, _ratio_of(public))
    yield _status(row, public)
    yield model_text(str(line.verdict or ""))
    yield share(line.received.share)
    yield share(line.received.timeliness)
    yield number(departures.changed)
    yield number(departures.cancelled)
    yield number(departures.moved)
    yield number(len(line.missing))
    yield from _beside(line, row, public)
    yield model_text(" · ".join(remarks_of(line, row, selection)))


def _in_words(row: Row, public: Published | None) -> Iterator[Cell]:
    """What the sentence about a row is made of besides its other cells."""
    # Whether the whole is spoken of tells as much as the status does.
    yield told(lambda one: Cell(how := manner(one), how), row, public)
    done = row.target.testable and row.target.operator != "högst" and row.target.counts.kind == "tillfällen"
    yield model_text("genomförts" if done else "redovisats")
    yield told(lambda one: number(one.outcome.value, status_cells.reached_so_far(one)), row, public)
    yield told(_of_what, row, public)
    yield told(lambda one: number(one.needed_a_month, figure(one.needed_a_month, decimals=1)), row, public, _ratio_of(public))


def _of_what(row: Row) -> Cell:
    said = row.whole if status_cells.as_a_whole(row) else row.expected
    return number(said, UNKNOWN if said is None else status_cells.expectation(row))


def _beside(line: CommitmentFollowUp, row: Row, public: Published | None) -> Iterator[Cell]:
    """What was decided, empty where it is today's promise, and the earlier reading, empty where there is none."""
    was = status_cells.decided_row(line, row)
    yield NONE if was is None else model_text(promise(was.target))
    yield NONE if was is None else number(was.whole)
    yield NONE if was is None else _kept(share(was.fulfilment, NEARLY), public)
    yield NONE if was is None else _kept(Cell(was.status.value, status_cells.status(was.status)), public)
    before = line.former.get(row.target.id) if line.former is not None else None
    if before is None:
        yield NONE
    elif public is None or before.outcome.value is None:
        yield number(before.outcome.value)
    else:
        yield number(before.outcome.value)._replace(public=_fives(public, before.outcome.value))
    yield NONE if before is None else _kept(Cell(before.status.value, status_cells.status(before.status)), public)
