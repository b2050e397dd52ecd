"""A commitment's reports as a sheet for a party to fill in, and such a sheet known again when it comes back.

The first row has a mark and the keys of the columns, the second what they are called. The first cell of every row below names
the report that it is, or the receipt that a new one will have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from uppfoljning.collect.sheet import Sheet, sheet_of
from uppfoljning.collect.table.columns import NAMES, WORD, YES, Columns, MappedColumn, ReportKey, Value, targets_of
from uppfoljning.collect.table.headings import ImportedTable, SheetRow
from uppfoljning.collect.table.import_rows import NEW, ExistingReports
from uppfoljning.collect.table.rows import flat
from uppfoljning.collect.table.values import folded
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.schema import NOTHING, suggestion
from uppfoljning.files.csv import CellGrid, Fault
from uppfoljning.project.load import CheckedProject

MARK = "uppfoljning-ark"
ORIGIN = "ark"
ROW_HEADING = "Rapport (ändra inte)"
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_ALWAYS = ("datum", "start", "slut", "läge", "plats", "avvikelser.vad", "avvikelser.skäl", "avvikelser.varför", "text")
_NEVER = ("inlämnad", "rapportör")


class SheetColumn(NamedTuple):
    """A column to fill in: its key, what it is called, and the answers to choose among, where they are few and fixed."""

    target: ReportKey
    choices: tuple[str, ...]


class OwnSheet(NamedTuple):
    """What stands in a sheet. `mark` is its first cell; each row begins with what names it; `blank` are the rows to fill in."""

    title: str
    mark: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    blank: tuple[str, ...]


def own_sheet(
    sheet: Sheet, entries: Iterable[Entry], known: ExistingReports, receipts: Sequence[str], party: str = ""
) -> OwnSheet:
    """The sheet of a commitment: its reports that hold now, in the order of their days, and a row for each receipt.

    With `party` only the reports of that party; new rows are then its own.
    """
    targets = targets_of(sheet)
    said = [
        (entry.id, flat(known.tree(entry), targets.values()))
        for entry in sorted(entries, key=lambda one: (one.span, one.report.start or 0, one.id))
        if not known.is_replaced(entry) and (not party or party in entry.parties)
    ]
    used = {key for _, says in said for key in says}
    columns = tuple(
        SheetColumn(target, _choices(target, sheet)) for target in targets.values() if _is_shown(target, sheet, used, party)
    )
    titles = _titles(sheet)
    rows = tuple((name, *(_shown(one.target, says.get(one.target.key), titles) for one in columns)) for name, says in said)
    mark = f"{MARK}:{sheet.plan}/{sheet.commitment}" + (f"/{party}" if party else "")
    return OwnSheet(sheet.title, mark, columns, rows, tuple(f"{NEW}{receipt}" for receipt in receipts))


def _is_shown(target: ReportKey, sheet: Sheet, used: set[str], party: str) -> bool:
    """What nearly every report has or this form asks for, and whatever else the reports say already."""
    head, _, tail = target.key.partition(".")
    if target.key in _NEVER or (target.key == "parter" and party):
        return False
    if target.key in used or target.key in _ALWAYS or head == "uppgifter":
        return True
    if target.key == "parter":
        return len(sheet.own_parties) > 1
    if head == "moment":
        return tail in {step.id for step in sheet.steps}
    return head == "funktioner" and tail in sheet.least_crew


def _choices(target: ReportKey, sheet: Sheet) -> tuple[str, ...]:
    if target.kind == YES or target.key.startswith("moment."):
        return ("ja", "nej") if target.kind == YES else ("ja", "nej", "ej aktuellt")
    if target.kind == WORD:
        return tuple(dict.fromkeys(target.names.values()))
    if target.kind == NAMES:
        titles = _titles(sheet)
        return tuple(titles.get(name, name) for name in dict.fromkeys(target.names.values()) if name)
    return ()


def _titles(sheet: Sheet) -> dict[str, str]:
    """What places and parties are called, where that is theirs alone and can stand in a list."""
    titles = {}
    for named in (sheet.places, sheet.parties):
        known = [folded(word) for one in named for word in {one.id, one.title}]
        for one in named:
            alone = known.count(folded(one.title)) == 1 or folded(one.title) == folded(one.id)
            if alone and not re.search(r"[,;\n]", one.title):
                titles[one.id] = one.title
    return titles


def _shown(target: ReportKey, value: Value | None, titles: Mapping[str, str]) -> str:
    if isinstance(value, dict):
        return " till ".join(value.values())
    if isinstance(value, list):
        return ", ".join(titles.get(name, name) for name in value)
    return value or ""


def is_own_sheet(grid: CellGrid) -> bool:
    """Whether a grid is a sheet of the program's own."""
    return bool(grid.rows) and bool(grid.rows[0][1]) and grid.rows[0][1][0].startswith(f"{MARK}:")


def table_of_own_sheet(grid: CellGrid, project: CheckedProject) -> tuple[ImportedTable, Columns] | Fault:
    """The rows of a sheet that has come back, and what its columns give; a fault when it is no longer what it was."""
    (_, keys), *rest = grid.rows
    plan_id, _, more = keys[0].removeprefix(f"{MARK}:").partition("/")
    commitment_id, _, party = more.partition("/")
    plan = project.plans.get(plan_id)
    if plan is None:
        return Fault(
            f"arket hör till planen {plan_id}, som inte finns här", suggestion(plan_id, project.plans) or "gå till rätt mapp"
        )
    commitment = next((one for one in plan.commitments if one.id == commitment_id), None)
    if commitment is None:
        return Fault(f"arket hör till åtagandet {commitment_id}, som inte finns i planen", "hämta ett nytt ark")
    if party and party not in plan.parties:
        return Fault(f"arket hör till parten {party}, som inte finns i planen", "hämta ett nytt ark")
    targets = targets_of(sheet_of(plan, commitment, project.forms.get(commitment.form)))
    width, in_csv = len(keys), not grid.sheet
    given = [MappedColumn(at, targets[key].title, key) for at, key in enumerate(keys) if at and key in targets]
    if lost := [key for at, key in enumerate(keys) if at and key and key not in targets]:
        return Fault(f"arket har kolumner som blanketten inte har längre: {', '.join(lost)}", "hämta ett nytt ark")
    if len({column.target for column in given}) < len(given) or not given:
        return Fault("arkets första rad är ändrad", "hämta ett nytt ark och för över svaren")
    rows = [
        SheetRow(number, [_unguarded(cell) for cell in cells] if in_csv else cells)
        for number, cells in rest[1:]
        if len(cells) == width
    ]
    unread = [(number, f"raden har {len(cells)} fält men arket {width}") for number, cells in rest[1:] if len(cells) != width]
    table = ImportedTable(tuple(keys), rows, tuple(sorted((*grid.unread, *unread))), grid.notices)
    fixed = {"parter": party} if party else NOTHING
    return table, Columns(plan_id, commitment_id, ORIGIN, tuple(given), row_id=(0,), fixed=fixed, is_sheet=True)


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that kept a spreadsheet from taking it for a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell
