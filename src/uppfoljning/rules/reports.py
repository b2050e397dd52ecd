"""The quick reports of a project, from files and rows, gathered by commitment and checked one by one and together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Finding, Problem, Tree
from uppfoljning.domain.form import Form
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.report import QuickReport, nested
from uppfoljning.domain.shape import Found, Refused, read, shape_of, suggestion, unknown_key
from uppfoljning.rules.collector import Collector
from uppfoljning.rules.documents import REPORTS, Document
from uppfoljning.rules.plans import Plans
from uppfoljning.rules.report_checks import check_report
from uppfoljning.rules.series_checks import check_series


@dataclass(frozen=True, slots=True, eq=False)
class _Home:
    plan: Plan
    commitment: Commitment
    form: Form | None


class Reports:
    """Entries by plan and commitment."""

    def __init__(self, plans: Plans) -> None:
        self.plans = plans
        self.entries: dict[str, dict[str, list[Entry]]] = {}
        self.homes: dict[str, dict[str, _Home]] = {}
        self.by_commitment: dict[str, list[_Home]] = {}
        for plan in plans.plans.values():
            homes = self.homes[plan.id] = {}
            self.entries[plan.id] = {}
            for commitment in plan.commitments:
                home = homes[commitment.id] = _Home(plan, commitment, plans.forms.get(commitment.form))
                self.by_commitment.setdefault(commitment.id, []).append(home)

    def read(self, document: Document) -> list[Entry]:
        """The entries of a report file or of a file of rows; problems are added to the document."""
        if document.kind == "rapport":
            assert document.tree is not None
            out = Collector(document.file)
            id = document.file.removeprefix(REPORTS).rpartition(".")[0]
            entry = self._one(document.tree, id, out)
            if out.findings:
                document.findings += out.findings
            return [entry] if entry is not None else []
        return list(self._rows(document)) if document.kind == "rader" else []

    def _rows(self, document: Document) -> Iterator[Entry]:
        table = document.table
        if table is None:
            return
        header = Collector(document.file, 0)
        if not _check_columns(table.columns, header):
            document.findings += header.findings
            return
        path = document.file.removeprefix(REPORTS).rpartition(".")[0]
        seen: dict[str, int] = {}
        unknown: set[object] = set()
        for record, cells in table.rows:
            out = Collector(document.file, record)
            row = dict(zip(table.columns, cells, strict=True))
            row_id = row.get("id") or str(record)
            if row_id in seen:
                remedy = "ge varje rad ett eget id"
                out.say(("id",), Problem("R313", f"raden {row_id} finns redan i filen", remedy), also=header.place(("id",)))
            seen[row_id] = record
            entry = self._one(nested(row), f"{path}#{row_id}", out)
            for finding in out.findings:
                where = finding.place.path
                if where and where[0] == 0:
                    if where in unknown:
                        continue
                    unknown.add(where)
                document.findings.append(finding)
            if entry is not None:
                yield entry

    def _one(self, tree: dict[str, Tree], id: str, out: Collector) -> Entry | None:
        found: list[Found] = []
        report = read(QuickReport, tree, (), found)
        if found:
            out.take(found)
        if isinstance(report, Refused):
            return None
        home = self._home(report, out)
        if home is None:
            return None
        return check_report(report, id, home.plan, home.commitment, home.form, out)

    def _home(self, report: QuickReport, out: Collector) -> _Home | None:
        plan_id, _, commitment_id = report.commitment.rpartition("/")
        plan_id = plan_id or report.plan
        if report.plan and plan_id != report.plan:
            problem = Problem("R303", f"åtagandet pekar på planen {plan_id}, raden plan på {report.plan}", "skriv samma plan på båda")
            out.say(("åtagande",), problem)
            return None
        if not plan_id:
            return self._only_home(commitment_id, out)
        homes = self.homes.get(plan_id)
        if homes is None:
            if plan_id not in self.plans.lost_plans:
                where = "plan" if report.plan else "åtagande"
                out.say((where,), Problem("R301", f"planen {plan_id} finns inte", suggestion(plan_id, self.homes)))
            return None
        home = homes.get(commitment_id)
        if home is None and commitment_id not in self.plans.lost_commitments.get(plan_id, ()):
            message = f"åtagandet {commitment_id} finns inte i planen"
            out.say(("åtagande",), Problem("R302", message, suggestion(commitment_id, homes)))
        return home

    def _only_home(self, commitment: str, out: Collector) -> _Home | None:
        homes = self.by_commitment.get(commitment, [])
        if len(homes) == 1:
            return homes[0]
        if not homes and not self.plans.lost_plans and not any(commitment in ids for ids in self.plans.lost_commitments.values()):
            remedy = suggestion(commitment, self.by_commitment)
            out.say(("åtagande",), Problem("R302", f"åtagandet {commitment} finns inte i någon plan", remedy))
        elif homes:
            named = ", ".join(f"{home.plan.id}/{commitment}" for home in homes)
            out.say(("åtagande",), Problem("R303", f"åtagandet {commitment} finns i flera planer", f"skriv ett av: {named}"))
        return None

    def keep(self, entries: list[Entry]) -> None:
        """Count entries in."""
        for entry in entries:
            plan, _, commitment = entry.report.commitment.rpartition("/")
            plan = plan or entry.report.plan or self.by_commitment[commitment][0].plan.id
            self.entries[plan].setdefault(commitment, []).append(entry)

    def check_together(self) -> list[Finding]:
        """What can be seen first when all reports of a commitment are there."""
        known = {entry.id: entry for by_id in self.entries.values() for entries in by_id.values() for entry in entries}
        found: list[Finding] = []
        for plan, by_id in self.entries.items():
            for commitment, entries in by_id.items():
                found += check_series(self.homes[plan][commitment].commitment, entries, known.keys())
        return found


def _check_columns(columns: tuple[str, ...], header: Collector) -> bool:
    """Every column must be a key of a report, or a key with levels after a dot."""
    keys = shape_of(QuickReport).keys
    for column in columns:
        head, dot, _ = column.partition(".")
        known = keys.get(head)
        if known is None:
            header.say((column,), unknown_key(column, keys), on_key=True)
        elif dot and known[1].parse is not None:
            header.say((column,), Problem("S101", f"{head} har inga underkolumner", f"döp kolumnen till {head}"), on_key=True)
        elif not dot and head in _LEVELLED:
            header.say((column,), Problem("S101", f"{head} behöver en underkolumn", f"skriv till exempel {_LEVELLED[head]}"), on_key=True)
    return not header.findings


_LEVELLED = {
    "uppgifter": "uppgifter.samtal",
    "moment": "moment.samling",
    "funktioner": "funktioner.nattvandrare",
    "avvikelser": "avvikelser.skäl",
    "iakttagelser": "iakttagelser.text",
    "timmar": "timmar.genomförande",
}
