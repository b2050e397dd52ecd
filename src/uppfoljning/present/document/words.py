"""The figures in sentences: only what the cells of the follow-up table say, so that what is hidden there is hidden here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal, cast

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import period_name
from uppfoljning.followup.row import Row
from uppfoljning.followup.status import Status
from uppfoljning.followup.table import CommitmentFollowUp, Table
from uppfoljning.present.document.model import Cell, Grid, data, number, text
from uppfoljning.present.figures import UNKNOWN, plural
from uppfoljning.present.views import status_cells as cells

Manner = Literal["klart", "utan tal", "andel", "varje", "löfte", "nivå", "hela", "hittills"]
"""How a target is told: done or not, a mere count, a share, times it was kept, a level, beside the promise, of the whole, or of
what was expected by now."""

NEEDS_ATTENTION = (
    Status.EXCEEDED, Status.NOT_REACHED, Status.BEHIND, Status.PARTLY, Status.NO_DATA, Status.UNCERTAIN,
)  # fmt: skip
"""Worst first."""
_BEHIND = (*NEEDS_ATTENTION, Status.NEARLY_ON_PACE)


def manner(row: Row) -> Manner:
    """How a row is told."""
    target = row.target
    if target.operator == "klart":
        return "klart"
    if not target.testable:
        return "utan tal"
    if target.share:
        return "andel"
    if target.stock:
        return "nivå"
    if target.operator in ("högst", "mellan") or row.expected is None:
        return "löfte"
    if target.each:
        return "varje"
    return "hela" if cells.as_a_whole(row) else "hittills"


class Facts:
    """A row of the follow-up table by the names of its columns; a column for readers by its heading."""

    def __init__(self, grid: Grid, row: Sequence[Cell]) -> None:
        self.cells = {column.name: cell for column, cell in zip(grid.columns, row, strict=True)}

    def __getitem__(self, name: str) -> Cell:
        return self.cells[name]

    def says(self, name: str) -> str:
        """How a reader sees a cell."""
        return self.cells[name].shown

    def count(self, name: str) -> int:
        """A whole number; 0 where it is unknown or hidden."""
        value = self.cells[name].value
        return int(value) if isinstance(value, int) else 0

    @property
    def status(self) -> str:
        """The status word, or what stands in its place where it is hidden."""
        cell = self.cells["status"]
        return cell.shown if cell.value is None else str(cell.value)


def facts(grid: Grid) -> list[Facts]:
    """The rows of a follow-up table."""
    return [Facts(grid, row) for row in grid.rows]


def told(rows: list[Facts]) -> list[str]:
    """Every row in words, and after a commitment's last one what became of its occasions and reports."""
    said = []
    for at, one in enumerate(rows):
        sentences = [f"{one.says('Åtagande')}: {reached(one)}."]
        if at + 1 == len(rows) or _commitment(rows[at + 1]) != _commitment(one):
            sentences += beside(one)
        said.append(" ".join([*sentences, f"Förslag till status: {one.status}."]))
    return said


def _commitment(one: Facts) -> tuple[str, str]:
    return one.says("plan"), one.says("åtagande")


def wanting(rows: list[Facts]) -> list[str]:
    """What is behind or uncertain, worst first."""
    order = [status.value for status in NEEDS_ATTENTION]
    found = sorted((one for one in rows if one.status in order), key=lambda one: order.index(one.status))
    return [f"{one.says('Åtagande')} ({one.status}): {reached(one)}." for one in found]


def needed(rows: list[Facts]) -> Iterator[str]:
    """What pace it takes to reach the targets that are behind."""
    for one in rows:
        pace = one["behövs i månaden"]
        if pace.value is not None and one.status in _BEHIND:
            yield f"{one.says('Åtagande')}: för att nå målet behövs {_amount(pace, one)} i månaden härifrån."


def reached(one: Facts) -> str:
    """What has been reached, of what: `13 av 14 väntade tillsyner har genomförts (93 %)`."""
    value, how = one["nått"], cast("Manner", one.says("ordalag"))
    promised = f"löftet är {one.says('löfte')}"
    if value.value is None:
        hidden = value.shown not in (UNKNOWN, "")
        return f"utfall: {value.shown}; {promised}" if hidden else f"inget utfall är redovisat; {promised}"
    match how:
        case "klart":
            return f"{'det är klart' if value.value else 'det är påbörjat men inte klart'}; {promised}"
        case "utan tal":
            return _has_been(one)
        case "andel":
            return f"andelen är {one.says('Hittills')}; {promised}"
        case "nivå":
            return f"nivån är {value.shown}; {promised}"
        case "löfte":
            return f"{_has_been(one)}; {promised}"
        case "varje" if one["av"].value == 0:
            return f"planen kräver inget än; {promised}"
        case "varje":
            return f"löftet hölls {value.shown} av {one.says('av')} {'gång' if one['av'].value == 1 else 'gånger'}{_ratio(one)}"
        case "hela" | "hittills":
            return _of(one, how == "hela")


def _of(one: Facts, whole: bool) -> str:
    """A sum beside what it is held against; never a unit of the plan beside the figure 1, as its singular is not known."""
    value, of, unit, verb = one["nått"].value, one["av"].value, one.says("enhet"), one.says("verb")
    assert isinstance(value, (int, Fraction)) and isinstance(of, (int, Fraction))
    if of < 1:
        return f"{_has_been(one)}; planen kräver inget än"
    if value > of and _full(one):
        return f"{_has_been(one)}, mer än de {one.says('av')} som {'utlovades' if whole else 'väntades'}{_ratio(one)}"
    if of == 1:
        word = "utlovat" if whole else "väntat"
        return f"{one.says('nått')} har {verb} och 1 var {word}, räknat i {unit}{_ratio(one)}"
    return f"{one.says('nått')} av {one.says('av')} {'utlovade' if whole else 'väntade'} {unit} har {verb}{_ratio(one)}"


def _full(one: Facts) -> bool:
    """Whether all that was expected is there; of a level that is the way gone, and not the figure beside it."""
    ratio = one["Mot planen"].value
    return not isinstance(ratio, (int, Fraction)) or ratio >= 1


def _has_been(one: Facts) -> str:
    if one["nått"].value == 1:
        return f"{one.says('nått')} har {one.says('verb')}, räknat i {one.says('enhet')}"
    return f"{_amount(one['nått'], one)} har {one.says('verb')}"


def _amount(figure: Cell, one: Facts) -> str:
    return f"{figure.shown} {one.says('enhet')}".strip()


def _ratio(one: Facts) -> str:
    ratio = one["Mot planen"]
    return "" if ratio.value is None else f" ({ratio.shown})"


def beside(one: Facts) -> list[str]:
    """What became of a commitment's occasions, and whether reports are missing."""
    said = []
    counts = (("inställda", "inställt"), ("flyttade", "flyttat"), ("ändrade", "ändrat"))
    parts = [(one.count(name), name, single) for name, single in counts if one.count(name)]
    if parts:
        listed = [f"{number} är {single if number == 1 else name}" for number, name, single in parts]
        first = plural(parts[0][0], "tillfälle", "tillfällen")
        listed[0] = f"{first} är {parts[0][2] if parts[0][0] == 1 else parts[0][1]}"
        said.append(" och ".join(filter(None, (", ".join(listed[:-1]), listed[-1]))) + ".")
    if missing := one.count("saknade rapporter"):
        said.append(f"{plural(missing, 'rapport', 'rapporter')} saknas.")
    return said


# Where the figures come from: every report with what it adds to which target, and those that do not count and why.


_COLUMNS = (
    data("plan"), data("åtagande"), data("mål"), data("när"), data("räknas"), data("värde", "tal"), data("säkerhet"),
    data("av", "tal"), data("anmärkning"), data("fil"), data("rad", "tal"),
)  # fmt: skip


def sources_grid(tables: Iterable[Table]) -> Grid:
    """A row for each report and target, in the order of `underlag`. It is for workbooks and programs; a page points at git."""
    rows = tuple(row for table in tables for line in table.lines for target in line.rows for row in _rows(table, line, target))
    return Grid("underlag", "Rapporterna bakom siffrorna", _COLUMNS, rows)


def _rows(table: Table, line: CommitmentFollowUp, row: Row) -> Iterator[tuple[Cell, ...]]:
    counts = row.target.counts
    for one in row.outcome.counted:
        of = one.entry.figure(counts.other) if counts.kind == "andel" else None
        value, certainty = (one.value.value, one.value.certainty) if one.value is not None else (None, "")
        figures = (number(value), text(certainty), number(of.value if of is not None else None))
        yield (*_head(table, line, row, one.entry), text("ja"), *figures, text(one.note), *_where(one.entry))
    for left in row.outcome.left_out:
        nothing = (number(None), text(""), number(None))
        yield (*_head(table, line, row, left.entry), text("nej"), *nothing, text(left.why), *_where(left.entry))


def _head(table: Table, line: CommitmentFollowUp, row: Row, entry: Entry) -> tuple[Cell, ...]:
    names = (table.plan.id, line.commitment.id, row.target.id or "", period_name(entry.span))
    return tuple(map(text, names))


def _where(entry: Entry) -> tuple[Cell, ...]:
    return text(entry.file), number(entry.sheet_row)
