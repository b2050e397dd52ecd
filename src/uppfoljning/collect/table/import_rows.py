"""A table brought in: which rows become reports, which are there already, which have changed, and which stay out and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import NamedTuple, TypeAlias

from uppfoljning.collect.naming import report_file
from uppfoljning.collect.precheck import PrecheckResult, validate
from uppfoljning.collect.sheet import sheet_of
from uppfoljning.collect.table.columns import Columns, ReportKey, Value, targets_of
from uppfoljning.collect.table.headings import ImportedTable, SheetRow
from uppfoljning.collect.table.rows import Drawn, Flat, RowReader, RowRefusal, at_key, flat, put, receipt_in, tree_of
from uppfoljning.collect.table.values import by_fold
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Finding, Tree
from uppfoljning.domain.report import CARRIED_OUT, QuickReport, as_tree
from uppfoljning.files.csv import read_csv
from uppfoljning.files.source import Source, is_csv
from uppfoljning.files.yaml_load import read_yaml
from uppfoljning.files.yaml_write import tidy, write_yaml
from uppfoljning.project.load import CheckedProject

# The reports that are there already, found by receipt or id, each as the latest correction has it.


NOT_COMPARED = frozenset({"inlämnad"})
"""The first day a report was handed in keeps counting, so a table never changes it."""
_OF_ONE_FILE = ("kvitto", "utgåva", "ersätter", "id", "inlämnad")


Follow: TypeAlias = "Callable[[list[SheetRow]], Iterator[SheetRow]]"


class RowDifference(NamedTuple):
    """What a row says otherwise than the report does; None where one of them says nothing."""

    key: str
    title: str
    before: Value | None
    after: Value | None


class ExistingReports:
    """The reports of a project."""

    def __init__(self, source: Source, entries: Mapping[str, Mapping[str, Iterable[Entry]]]) -> None:
        self._source = source
        listed = [entry for by_id in entries.values() for several in by_id.values() for entry in several]
        self._by_receipt = {entry.report.receipt: entry for entry in listed if entry.report.receipt}
        self._by_id = {entry.id: entry for entry in listed}
        self._replaced_by = {old: entry for entry in listed for old in entry.report.replaces}
        self._rows: dict[str, dict[int, dict[str, str | None]]] = {}

    def first(self, receipt: str) -> Entry | None:
        """The report that a receipt or an id was given to."""
        return self._by_receipt.get(receipt) or self._by_id.get(receipt)

    def latest(self, entry: Entry) -> Entry:
        """The report that says what holds now: the last of those that correct each other."""
        seen = set()
        while entry.id not in seen and entry.id in self._replaced_by:
            seen.add(entry.id)
            entry = self._replaced_by[entry.id]
        return entry

    def is_replaced(self, entry: Entry) -> bool:
        """Whether a later report corrects it."""
        return entry.id in self._replaced_by

    def tree(self, entry: Entry) -> dict[str, Tree]:
        """A report as it is written; a row of CSV as the file that says the same."""
        if is_csv(entry.file):
            assert isinstance(entry.at[0], int)
            return as_tree(self._row(entry.file, entry.at[0]))
        tree, _ = read_yaml(entry.file, self._source.read(entry.file))
        assert isinstance(tree, dict)
        return tree

    def _row(self, file: str, record: int) -> dict[str, str | None]:
        if file not in self._rows:
            table, _ = read_csv(file, self._source.read(file))
            assert table is not None
            self._rows[file] = {at: dict(zip(table.columns, cells, strict=True)) for at, cells in table.rows}
        return self._rows[file][record]


def differences(
    tree: Mapping[str, Tree], says: Flat, keys: Iterable[str], targets: Mapping[str, ReportKey], parties: Iterable[str]
) -> list[RowDifference]:
    """What a row says otherwise than a report, for the keys that the row tells of; `parties` carry out what names none."""
    about = [targets[key] for key in targets if key in set(keys) and key not in NOT_COMPARED and not has_several(tree, key)]
    before = flat(tree, about)
    default: dict[str, Value] = {"läge": CARRIED_OUT, "parter": sorted(parties)}
    found = []
    for target in about:
        old, new = before.get(target.key), says.get(target.key)
        if _same(old or default.get(target.key)) != _same(new or default.get(target.key)):
            found.append(RowDifference(target.key, target.title, old, new))
    return found


def _same(value: Value | None) -> object:
    """What two values that mean the same have in common: names have no order."""
    return sorted(value) if isinstance(value, list) else value


def has_several(tree: Mapping[str, Tree], key: str) -> bool:
    """Whether a report has more of what a row has one of."""
    listed = tree.get(key.partition(".")[0])
    return "." in key and isinstance(listed, list) and len(listed) > 1


def corrected(tree: Mapping[str, Tree], changes: Iterable[RowDifference]) -> dict[str, Tree]:
    """A report with some of what it says changed, without what belongs to the file that it stood in."""
    new = {key: _copied(value) for key, value in tree.items() if key not in _OF_ONE_FILE and value is not None}
    for change in changes:
        if at_key(new, change.key) is not None or change.after is not None:
            put(new, change.key, change.after)
    return new


def _copied(value: Tree) -> Tree:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items() if inner is not None}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


_ALIKE = "troligen samma tillfälle som {}; är det ett annat, läs in det med --aven-lika"
_NOW_KEPT_OUT = (
    "källan har underkänt raden eller aldrig fått in den, men den är redan en rapport; ta bort rapporten om den inte ska räknas"
)
NEW = "ny "
"""What stands before the receipt of a row of our own sheet that is to be filled in."""


class Changed(NamedTuple):
    """A row whose report says something else."""

    number: int
    differences: tuple[RowDifference, ...]


class Brought(NamedTuple):
    """What comes of a table. `files` are the texts that can be written, by name, `rows` the row that each comes from.

    `same` are the rows that are reports already, `corrections` those of `changed` that are among `files`. `passed` is how many
    rows the mapping's conditions leave out. `source` is the project with the new files.
    """

    files: Mapping[str, str]
    rows: Mapping[str, int]
    same: tuple[int, ...]
    changed: tuple[Changed, ...]
    corrections: frozenset[int]
    refused: tuple[RowRefusal, ...]
    passed: int
    remarks: tuple[Finding, ...]
    source: Source

    @property
    def whole(self) -> bool:
        """Whether every row is a report now or was one before."""
        return not self.refused and all(one.number in self.corrections for one in self.changed)


def bring_in(
    table: ImportedTable,
    columns: Columns,
    project: CheckedProject,
    source: Source,
    today: date,
    *,
    correct: bool,
    alike: bool = False,
    follow: Follow = iter,
) -> Brought:
    """Read every row, compare it with the reports that are there, and weigh the new ones.

    `correct`: changed rows correct. `alike`: rows that are likely the same occasion as a report that is there come in too.
    `follow` gives the rows one by one to whoever shows how far it has come.
    """
    return _Bringing(columns, project, source, today, correct, alike).all(table, follow)


class _Bringing:
    def __init__(
        self, columns: Columns, project: CheckedProject, source: Source, today: date, correct: bool, alike: bool
    ) -> None:
        plan = project.plans[columns.plan]
        self._columns = columns
        self._project = project
        self._source = source
        self._today = today.isoformat()
        self._correct = correct
        self._alike = alike
        self._claimed: set[str] = set()
        self._commitments = {one.id: one for one in plan.commitments}
        self._targets = {one.id: targets_of(sheet_of(plan, one, project.forms.get(one.form))) for one in plan.commitments}
        self._names = by_fold((one.id, one.title) for one in plan.commitments)
        self._known = ExistingReports(source, project.entries)
        self._drafts: dict[str, str] = {}
        self._rows: dict[str, int] = {}
        self._same: list[int] = []
        self._changed: list[Changed] = []
        self._refused: list[RowRefusal] = []

    def all(self, table: ImportedTable, follow: Follow) -> Brought:
        reading = RowReader(self._columns, self._targets, self._names)
        self._refused += [RowRefusal(number, "", reason) for number, reason in table.unread]
        passed = 0
        for row in follow(table.rows):
            if self._is_blank(row):
                continue
            if not reading.is_wanted(row):
                passed += 1
                continue
            drawn = reading.draw(row)
            if reading.is_kept_out(row):
                if isinstance(drawn, list) or self._known.first(drawn.receipt) is None:
                    passed += 1
                else:
                    self._refused.append(RowRefusal(row.number, "", _NOW_KEPT_OUT))
                continue
            if isinstance(drawn, list):
                self._refused += drawn
            else:
                self._settle(drawn, edited=reading.is_edited(row))
        verdict = validate(self._source, self._project, self._drafts)
        if held := self._held_back(verdict):
            verdict = validate(
                self._source, self._project, {file: self._drafts[file] for file in self._drafts if file not in held}
            )
        self._refused += self._weighed_out(verdict)
        corrections = {one.number for one in self._changed} & {self._rows[file] for file in verdict.accepted}
        return Brought(
            files=verdict.accepted,
            rows=self._rows,
            same=tuple(self._same),
            changed=tuple(self._changed),
            corrections=frozenset(corrections),
            refused=tuple(sorted(self._refused)),
            passed=passed,
            remarks=verdict.remarks,
            source=verdict.source,
        )

    def _held_back(self, verdict: PrecheckResult) -> set[str]:
        """The new files that are likely the same occasion as a report that is there already; each is refused by its row."""
        held: set[str] = set()
        if self._alike or self._columns.is_sheet:
            return held
        corrections = {one.number for one in self._changed}
        for finding in verdict.remarks:
            files = [place.file for place in finding.places]
            new = [file for file in files if file in verdict.accepted and self._rows[file] not in corrections]
            there = next((file for file in files if file not in self._drafts), "")
            if finding.problem.code == "Q601" and there:
                held |= {*new}
                self._refused += [RowRefusal(self._rows[file], "", _ALIKE.format(there)) for file in new]
        return held

    def _is_blank(self, row: SheetRow) -> bool:
        """A row of our own sheet that nobody has filled in."""
        return self._columns.is_sheet and not any(row.cells[column.at] for column in self._columns.given)

    def _settle(self, drawn: Drawn, *, edited: bool) -> None:
        """Whether a row is a new report, one that is there, or one that has changed."""
        receipt = drawn.receipt.removeprefix(NEW) if self._columns.is_sheet else drawn.receipt
        first = self._known.first(receipt)
        if first is None and drawn.earlier and drawn.earlier not in self._claimed:
            self._claimed.add(drawn.earlier)
            first = self._known.first(drawn.earlier)
        if first is None:
            self._take_new(drawn, receipt)
            return
        latest = self._known.latest(first)
        tree = self._known.tree(latest)
        commitment = self._commitments[drawn.commitment]
        found = differences(tree, drawn.says, self._told(drawn), self._targets[commitment.id], commitment.parties)
        if several := [key for key in drawn.says if has_several(tree, key)]:
            reason = "rapporten har flera sådana; ändra i dess fil i stället"
            self._refused += [RowRefusal(drawn.number, self._columns.heading(key), reason) for key in several]
        elif not found:
            self._same.append(drawn.number)
        elif self._columns.is_sheet and latest is not first and not drawn.receipt.startswith(NEW):
            reason = "rapporten har rättats sedan arket hämtades; hämta ett nytt ark"
            self._refused.append(RowRefusal(drawn.number, "", reason))
        else:
            self._changed.append(Changed(drawn.number, tuple(found)))
            if self._correct or edited:
                self._take_correction(drawn, latest, tree, found)

    def _told(self, drawn: Drawn) -> frozenset[str]:
        """The keys that the row tells of, also a start that stood with its day; what a sheet has in common is for new rows."""
        told = self._columns.targets | drawn.says.keys()
        return told - self._columns.fixed.keys() if self._columns.is_sheet else told

    def _take_new(self, drawn: Drawn, receipt: str) -> None:
        if self._columns.is_sheet:
            if receipt == drawn.receipt and not receipt.startswith(f"{self._columns.origin}/"):
                self._refused.append(RowRefusal(drawn.number, "", "rapporten som raden kommer från finns inte längre"))
                return
            if missing := self._missing(drawn):
                self._refused += missing
                return
        tree: dict[str, Tree] = {"åtagande": drawn.commitment, "plan": self._columns.plan, **tree_of(drawn.says)}
        tree.setdefault("inlämnad", self._today)
        self._keep(tree | {"kvitto": receipt}, drawn, receipt)

    def _missing(self, drawn: Drawn) -> list[RowRefusal]:
        """What a filled-in row still lacks: what the form demands of every occasion."""
        if "period" in drawn.says or drawn.says.get("läge", CARRIED_OUT) != CARRIED_OUT:
            return []
        return [
            RowRefusal(drawn.number, self._columns.heading(target.key), "svaret saknas, och blanketten kräver det")
            for target in self._targets[drawn.commitment].values()
            if target.required and target.key not in drawn.says
        ]

    def _take_correction(self, drawn: Drawn, latest: Entry, tree: dict[str, Tree], found: list[RowDifference]) -> None:
        sign = sha256(repr([latest.id, *found]).encode()).hexdigest()[:6]
        own = drawn.receipt.removeprefix(NEW).rpartition("/")[2]
        receipt = f"{receipt_in(self._columns.origin, own)}:{sign}"
        new = corrected(tree, found)
        new |= {"åtagande": drawn.commitment, "plan": self._columns.plan, "inlämnad": self._today, "ersätter": latest.id}
        self._keep(new | {"kvitto": receipt}, drawn, receipt)

    def _keep(self, tree: dict[str, Tree], drawn: Drawn, receipt: str) -> None:
        file = report_file(self._columns.plan, drawn.commitment, drawn.when, receipt)
        ordered = {key: _tidied(tree[key]) for key in QuickReport.KEYS if key in tree}
        self._drafts[file] = write_yaml(ordered)
        self._rows[file] = drawn.number

    def _weighed_out(self, verdict: PrecheckResult) -> list[RowRefusal]:
        """Why the check of the whole project keeps rows out."""
        found = []
        for file, findings in verdict.refused.items():
            for finding in dict.fromkeys(findings):
                key = ".".join(part for part in finding.place.path if isinstance(part, str)) if finding.place.file == file else ""
                heading = self._columns.heading(key) if key in self._columns.targets else ""
                problem = finding.problem
                note = f" ({problem.note})" if problem.note else ""
                found.append(RowRefusal(self._rows[file], heading, f"{problem.message}{note}"))
        return found


def _tidied(value: Tree) -> Tree:
    if isinstance(value, dict):
        return {key: _tidied(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_tidied(inner) for inner in value]
    return tidy(value) if isinstance(value, str) else value
