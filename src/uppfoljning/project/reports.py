"""The quick reports of a project, from files and rows, gathered by commitment and checked one by one and together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Finding, Place, Problem, Tree
from uppfoljning.domain.report import QuickReport, nesting
from uppfoljning.domain.schema import FieldProblem, Refused, read, suggestion, unknown_key
from uppfoljning.project.document import REPORTS, ParsedFile
from uppfoljning.project.plans import Plans
from uppfoljning.rules.finding_sink import FindingSink
from uppfoljning.rules.report_checks import ReportContext, check_report
from uppfoljning.rules.series_checks import check_series

if TYPE_CHECKING:
    from uppfoljning.files.csv import CsvTable


_MOST_NAMED = 12


class Reports:
    """Entries by plan and commitment."""

    def __init__(self, plans: Plans) -> None:
        self.plans = plans
        self.entries: dict[str, dict[str, list[Entry]]] = {}
        self.ids: set[str] = set()
        self.receipts: dict[str, Entry] = {}
        self.homes: dict[str, dict[str, ReportContext]] = {}
        self.by_commitment: dict[str, list[ReportContext]] = {}
        for plan in plans.plans.values():
            homes = self.homes[plan.id] = {}
            self.entries[plan.id] = {}
            for commitment in plan.commitments:
                home = homes[commitment.id] = ReportContext.of(plan, commitment, plans.forms.get(commitment.form))
                self.by_commitment.setdefault(commitment.id, []).append(home)

    def read(self, document: ParsedFile) -> list[Entry]:
        """The entries of a report file or of a file of rows; problems and ids are added to the document."""
        name = document.file.removeprefix(REPORTS).rpartition(".")[0]
        if document.kind != "rader" or document.findings:
            document.ids.append(name)
        if document.kind == "rapport":
            assert document.tree is not None
            out = FindingSink(document.file)
            if "id" in document.tree:
                problem = Problem(
                    "S101", "nyckeln id hör till rader i en CSV-fil", "ta bort raden; filens sökväg är rapportens id"
                )
                out.say(("id",), problem, on_key=True)
            entry = self._one(document.tree, name, out)
            if out.findings:
                document.findings += out.findings
            return [entry] if entry is not None else []
        return list(self._rows(document)) if document.kind == "rader" else []

    def _rows(self, document: ParsedFile) -> Iterator[Entry]:
        table = document.table
        if table is None:
            return
        header = FindingSink(document.file, 0)
        if not _check_columns(table.columns, header):
            document.findings += header.findings
            return
        path = document.file.removeprefix(REPORTS).rpartition(".")[0]
        seen: dict[str, int] = {}
        about_columns: dict[str, list[tuple[int, Finding]]] = {}
        tree_of = nesting(table.columns)
        id_column = table.columns.index("id") if "id" in table.columns else None
        for record, cells in table.rows:
            out = FindingSink(document.file, record)
            row_id = (None if id_column is None else cells[id_column]) or str(record)
            if row_id in seen:
                remedy = "ge varje rad ett eget id"
                out.say(
                    ("id",),
                    Problem("R313", f"raden {row_id} finns redan i filen", remedy),
                    also=Place(document.file, (seen[row_id], "id")),
                )
            seen.setdefault(row_id, record)
            own_id = f"{path}#{row_id}"
            document.ids.append(own_id)
            entry = self._one(tree_of(cells), own_id, out)
            for finding in out.findings:
                if finding.place.path[0] == 0:
                    about_columns.setdefault(str(finding.place.path[1]), []).append((record, finding))
                else:
                    document.findings.append(finding)
            if entry is not None:
                yield entry
        document.findings += _settle_columns(table, about_columns)

    def _one(self, tree: dict[str, Tree], id: str, out: FindingSink) -> Entry | None:
        found: list[FieldProblem] = []
        report = read(QuickReport, tree, (), found)
        if found:
            out.take(found)
        if isinstance(report, Refused):
            return None
        unread = {str(path[0]) for path, _, _ in found if path} if found else frozenset()
        home = None if "plan" in unread else self._home(report, out)
        return None if home is None else check_report(report, id, home, unread, out)

    def _home(self, report: QuickReport, out: FindingSink) -> ReportContext | None:
        plan_id, _, commitment_id = report.commitment.rpartition("/")
        plan_id = plan_id or report.plan
        if report.plan and plan_id != report.plan:
            problem = Problem(
                "R303", f"åtagandet pekar på planen {plan_id}, raden plan på {report.plan}", "skriv samma plan på båda"
            )
            out.say(("åtagande",), problem)
            return None
        if not plan_id:
            return self._only_home(commitment_id, out)
        homes = self.homes.get(plan_id)
        if homes is None:
            if not self.plans.is_lost(plan_id):
                where = "plan" if report.plan else "åtagande"
                out.say((where,), Problem("R301", f"planen {plan_id} finns inte", suggestion(plan_id, self.homes)))
            return None
        home = homes.get(commitment_id)
        if home is None and not self.plans.may_hold(plan_id, commitment_id):
            message = f"åtagandet {commitment_id} finns inte i planen"
            out.say(("åtagande",), Problem("R302", message, suggestion(commitment_id, homes)))
        return home

    def _only_home(self, commitment: str, out: FindingSink) -> ReportContext | None:
        homes = self.by_commitment.get(commitment, [])
        if len(homes) == 1:
            return homes[0]
        if not homes and not self.plans.lost_plans and not self.plans.any_may_hold(commitment):
            remedy = suggestion(commitment, self.by_commitment)
            out.say(("åtagande",), Problem("R302", f"åtagandet {commitment} finns inte i någon plan", remedy))
        elif homes:
            named = ", ".join(f"{home.plan.id}/{commitment}" for home in homes[:_MOST_NAMED])
            named += " …" if len(homes) > _MOST_NAMED else ""
            out.say(("åtagande",), Problem("R303", f"åtagandet {commitment} finns i flera planer", f"skriv ett av: {named}"))
        return None

    def keep(self, entries: Iterable[Entry]) -> list[Finding]:
        """Count entries in; one whose receipt is known already is the same report once more, and gives a finding instead."""
        found = []
        for entry in entries:
            receipt = entry.report.receipt
            if receipt and (first := self.receipts.setdefault(receipt, entry)) is not entry:
                problem = Problem(
                    "R319", f"kvittot {receipt} finns redan", "ta bort den här, eller kvittot om det är en rättelse"
                )
                found.append(Finding(entry.place("kvitto"), problem, first.place("kvitto")))
                continue
            plan, _, commitment = entry.report.commitment.rpartition("/")
            plan = plan or entry.report.plan or self.by_commitment[commitment][0].plan.id
            self.entries[plan].setdefault(commitment, []).append(entry)
        return found

    def check_together(self) -> list[Finding]:
        """What can be seen first when all reports of a commitment are there."""
        known = {entry.id for by_id in self.entries.values() for entries in by_id.values() for entry in entries}
        lost = self.ids - known
        found: list[Finding] = []
        for plan, by_id in self.entries.items():
            for commitment, entries in by_id.items():
                found += check_series(self.homes[plan][commitment].commitment, entries, known, lost)
        return found


def _settle_columns(table: CsvTable, about: dict[str, list[tuple[int, Finding]]]) -> Iterator[Finding]:
    """What is wrong with a column: said once at the header, or at the rows where other rows use it rightly."""
    places = {column: at for at, column in enumerate(table.columns)}
    for column, found in about.items():
        at = places[column]
        if len({record for record, _ in found}) == sum(cells[at] is not None for _, cells in table.rows):
            yield found[0][1]
        else:
            for record, finding in found:
                yield Finding(Place(finding.place.file, (record, column)), finding.problem)


def _check_columns(columns: tuple[str, ...], header: FindingSink) -> bool:
    """Every column must be a key of a report, or a key with levels after a dot."""
    keys = QuickReport.KEYS
    for column in columns:
        head, dot, _ = column.partition(".")
        known = keys.get(head)
        if known is None:
            header.say((column,), unknown_key(column, keys), on_key=True)
        elif dot and known[1].parse is not None:
            header.say((column,), Problem("S101", f"{head} har inga underkolumner", f"döp kolumnen till {head}"), on_key=True)
        elif not dot and head in _LEVELLED:
            header.say(
                (column,), Problem("S101", f"{head} behöver en underkolumn", f"skriv till exempel {_LEVELLED[head]}"), on_key=True
            )
    return not header.findings


_LEVELLED = {
    "uppgifter": "uppgifter.samtal",
    "moment": "moment.samling",
    "funktioner": "funktioner.nattvandrare",
    "avvikelser": "avvikelser.skäl",
    "iakttagelser": "iakttagelser.text",
    "timmar": "timmar.genomförande",
}
