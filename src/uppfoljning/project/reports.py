"""The quick reports of a project, from files and rows, gathered by commitment and checked one by one and together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Finding, Place, Problem, Tree
from uppfoljning.domain.form import Form
from uppfoljning.domain.report import HOURS, QuickReport, nesting
from uppfoljning.domain.schema import FieldProblem, Refused, read, suggestion, unknown_key
from uppfoljning.project.document import REPORTS, ParsedFile
from uppfoljning.project.plans import Plans
from uppfoljning.rules.finding_sink import FindingSink, NamesOfPlan, listed_ids, titled, with_names
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
        if not _check_columns(table.columns, header, self.plans.forms):
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
            out.take(self._led_right(found, tree))
        if isinstance(report, Refused):
            return None
        unread = {str(path[0]) for path, _, _ in found if path} if found else frozenset()
        home = None if "plan" in unread else self._home(report, out)
        return None if home is None else check_report(report, id, home, unread, out)

    def _led_right(self, found: list[FieldProblem], tree: dict[str, Tree]) -> list[FieldProblem]:
        """What reading found, told with the words of the plan and form that the report names, as far as they can be known."""
        plan, commitment = self._named(tree)
        home = self.homes.get(plan, {}).get(commitment)
        fields = {} if home is None or home.form is None else home.form.fields
        led = []
        for path, on_key, problem in found:
            name = str(path[-1]) if path else ""
            if problem.code == "S101" and len(path) == 1 and (under := _level_of(name, home, fields)):
                problem = problem._replace(remedy=f"flytta in raden under {under}:")
            if path == ("plan",) and problem.code == "S116":
                titles = {one.id: one.title for one in self.plans.plans.values()}
                called = titled(str(tree["plan"]), titles)
                remedy = f"skriv {called}" if called else listed_ids(titles, "en plan")
                problem = problem._replace(message="här ska id på en plan stå", remedy=remedy)
            led.append((path, on_key, problem))
        known = self.plans.plans.get(plan)
        return led if known is None else with_names(led, tree, NamesOfPlan.of(known))

    def _named(self, tree: dict[str, Tree]) -> tuple[str, str]:
        """The plan and commitment of a report, as far as its words tell; where there is one plan only, that one."""
        commitment, plan = tree.get("åtagande"), tree.get("plan")
        before, _, commitment = (commitment if isinstance(commitment, str) else "").rpartition("/")
        plan = plan if isinstance(plan, str) else before
        if plan not in self.homes:
            homes = self.by_commitment.get(commitment, [])
            plan = homes[0].plan.id if len(homes) == 1 else next(iter(self.homes)) if len(self.homes) == 1 else ""
        return plan, commitment

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
            called = titled(commitment_id, {name: one.commitment.title for name, one in homes.items()})
            remedy = f"menade du {called}?" if called else suggestion(commitment_id, homes)
            out.say(("åtagande",), Problem("R302", message, remedy))
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


def _level_of(name: str, home: ReportContext | None, fields: Mapping[str, object]) -> str:
    """The key that a word belongs under, when the form or the plan has it; empty when neither has."""
    if name in fields:
        return "uppgifter"
    if home is None:
        return "timmar" if name in HOURS else ""
    below = {"moment": home.steps, "funktioner": home.plan.functions, "timmar": HOURS}
    return next((key for key, names in below.items() if name in names), "")


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


def _check_columns(columns: tuple[str, ...], header: FindingSink, forms: Mapping[str, Form]) -> bool:
    """Every column must be a key of a report, or a key with levels after a dot."""
    keys = QuickReport.KEYS
    for column in columns:
        head, dot, _ = column.partition(".")
        known = keys.get(head)
        if known is None:
            problem = unknown_key(column, keys)
            if any(column in form.fields for form in forms.values()):
                problem = problem._replace(remedy=f"döp kolumnen till uppgifter.{column}")
            header.say((column,), problem, on_key=True)
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
