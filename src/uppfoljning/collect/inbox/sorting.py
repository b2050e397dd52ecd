"""What becomes of the reports in an inbox: written, there already, different from one that is there, or left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from uppfoljning.collect.inbox.extract import Homes, ReportedCommitment, ordered
from uppfoljning.collect.inbox.known import KnownReport, KnownReports, ReportDifference, differences, parsed, receipt_from, same
from uppfoljning.collect.inbox.reading import Draft, Origin, Unread, reports_in
from uppfoljning.collect.inbox.texts import Arrived, SkippedFile, texts_in
from uppfoljning.collect.naming import report_file
from uppfoljning.collect.precheck import validate
from uppfoljning.domain.finding import Finding, Problem, Tree
from uppfoljning.domain.period import period_name
from uppfoljning.domain.report import QuickReport
from uppfoljning.files.source import Source
from uppfoljning.files.yaml_write import write_yaml
from uppfoljning.project.document import REPORTS
from uppfoljning.project.load import CheckedProject


class New(NamedTuple):
    """A report to be written. `outdated` names the commitment whose form has changed since; `replaces` is what it corrects."""

    draft: Draft
    file: str
    text: str
    outdated: str = ""
    replaces: str = ""


class Already(NamedTuple):
    """A report that is there already, in a file of the project or earlier in the same inbox."""

    origin: Origin
    receipt: str
    file: str


class Different(NamedTuple):
    """A report whose receipt another one has that says something else."""

    origin: Origin
    receipt: str
    file: str
    differences: tuple[ReportDifference, ...]


class RefusedReport(NamedTuple):
    """A report that the check of the whole project keeps out. `source` is the project with it, in `file`, for showing where."""

    draft: Draft
    file: str
    findings: tuple[Finding, ...]
    source: Source


class Sorted(NamedTuple):
    """What becomes of everything. `new` is what can be written, in order; corrections are also among `different`.

    `remarks` are what the new ones bring that is no error, `source` the project with everything new, for showing where.
    """

    new: tuple[New, ...]
    already: tuple[Already, ...]
    different: tuple[Different, ...]
    refused: tuple[RefusedReport, ...]
    unread: tuple[Unread, ...]
    remarks: tuple[Finding, ...]
    source: Source

    @property
    def corrected(self) -> frozenset[Origin]:
        """Where the different ones came from that are corrections now."""
        return frozenset(one.draft.origin for one in self.new if one.replaces)

    @property
    def left_out(self) -> int:
        """How many reports and files without one did not come in."""
        waiting = {one.origin for one in self.different} - self.corrected
        return len(waiting | {one.draft.origin for one in self.refused} | {one.origin for one in self.unread})


def sort_in(found: Iterable[Draft | Unread], homes: Homes, project: CheckedProject, source: Source, *, correct: bool) -> Sorted:
    """Settle every report of an inbox, in the order given. `correct`: one that differs is taken in as a correction.

    What was compared with a report that then had to stay out is settled anew without it.
    """
    drafts = [one for one in found if isinstance(one, Draft)]
    unread = tuple(one for one in found if isinstance(one, Unread))
    refused: list[RefusedReport] = []
    while True:
        sorting = _Sorting(homes, project, source, correct)
        for draft in drafts:
            sorting.add(draft)
        result = sorting.result()
        refused += result.refused
        out = {one.draft.origin for one in result.refused}
        if not any(sorting.stands_on(one) for one in result.refused):
            return result._replace(refused=tuple(refused), unread=(*unread, *result.unread))
        drafts = [draft for draft in drafts if draft.origin not in out]


class _Sorting:
    def __init__(self, homes: Homes, project: CheckedProject, source: Source, correct: bool) -> None:
        self._unread: list[Unread] = []
        self._homes = homes
        self._project = project
        self._source = source
        self._correct = correct
        self._reports = KnownReports(source, project, homes)
        self._taken = frozenset(source.names())
        self._new: dict[str, New] = {}
        self._already: list[Already] = []
        self._different: list[Different] = []

    def add(self, draft: Draft) -> None:
        """Whether a report is new, there already, or different from one that is there."""
        home = self._homes.of(draft.tree.get("åtagande"), draft.tree.get("plan"))
        report = parsed(draft.tree)
        if home is None or report is None:
            self._doubt(draft)
            return
        about = home.plan.id, home.commitment.id
        receipt = report.receipt or receipt_from(draft.tree)
        family = self._reports.family(receipt)
        if not report.receipt and not family and (one := self._reports.like(about, report)) is not None:
            family = [one]
        if (one := next((one for one in family if one.about == about and same(one.report, report)), None)) is not None:
            self._already.append(Already(draft.origin, one.report.receipt, one.file))
        elif not family:
            self._keep(draft, {**draft.tree, "kvitto": receipt}, home, report)
        else:
            self._differs(draft, home, report, family)

    def _differs(self, draft: Draft, home: ReportedCommitment, report: QuickReport, family: list[KnownReport]) -> None:
        last = family[-1]
        here = f"{home.plan.id}/{home.commitment.id}"
        there = "/".join(last.about)
        found = differences(self._reports.tree(last), draft.tree)
        if there != here:
            found.insert(0, ReportDifference("åtagande", there, here))
        self._different.append(Different(draft.origin, family[0].report.receipt, last.file, tuple(found)))
        if self._correct and there == here:
            tree = {**draft.tree, "ersätter": last.id, "kvitto": f"{family[0].report.receipt}/{len(family) + 1}"}
            self._keep(draft, tree, home, report, last.id)

    def _doubt(self, draft: Draft) -> None:
        """Let the check say what is wrong with a report that cannot be read, or placed: under a name that it will not get."""
        file = report_file("okand", "okant", "odaterad", f"{receipt_from(draft.tree)}-{len(self._new)}")
        self._new[file] = New(draft, file, write_yaml(draft.tree))

    def _keep(
        self, draft: Draft, tree: Mapping[str, Tree], home: ReportedCommitment, report: QuickReport, replaces: str = ""
    ) -> None:
        """Count a report among those that are to be weighed, under the name that it gets."""
        whole = ordered(tree, {})
        file = report_file(home.plan.id, home.commitment.id, _when(report), str(whole["kvitto"]))
        if file in self._taken:
            problem = Problem(
                "", f"filen {file} finns redan och kan inte skrivas över", "rätta eller flytta den; kör uppfoljning validera"
            )
            self._unread.append(Unread(draft.origin, 0, problem))
            return
        outdated = home.commitment.id if report.edition not in ("", home.edition) else ""
        self._new[file] = New(draft, file, write_yaml(whole), outdated, replaces)
        final = parsed(whole)
        assert final is not None
        name = file.removeprefix(REPORTS).removesuffix(".yaml")
        self._reports.add(KnownReport(name, file, (home.plan.id, home.commitment.id), final, tree=whole))

    def stands_on(self, refused: RefusedReport) -> bool:
        """Whether something else was settled by comparing it with a report that stays out."""
        return refused.file in {one.file for one in self._already} | {one.file for one in self._different}

    def result(self) -> Sorted:
        """Everything settled, when the new ones have been weighed together with the project."""
        verdict = validate(self._source, self._project, {file: one.text for file, one in self._new.items()})
        refused = [
            RefusedReport(one.draft, file, verdict.refused[file], verdict.source)
            for file, one in self._new.items()
            if file in verdict.refused
        ]
        return Sorted(
            new=tuple(one for file, one in self._new.items() if file in verdict.accepted),
            already=tuple(self._already),
            different=tuple(self._different),
            refused=tuple(refused),
            unread=tuple(self._unread),
            remarks=verdict.remarks,
            source=verdict.source,
        )


def _when(report: QuickReport) -> str:
    if report.day is not None:
        return report.day.isoformat()
    # One without either is only thought of: the check refuses it.
    return "odaterad" if report.period is None else period_name(report.period)


# The whole way of an inbox: from its files to what becomes of every report in them.


def take_in_all(files: Iterable[Arrived | SkippedFile], project: CheckedProject, source: Source, *, correct: bool) -> Sorted:
    """Find, mend, compare and weigh every report of the files; nothing is written."""
    homes = Homes(project)
    found: list[Draft | Unread] = []
    for one in files:
        texts = one.problem if isinstance(one, SkippedFile) else texts_in(one.name, one.data)
        if isinstance(texts, Problem):
            found.append(Unread(Origin(one.name), 0, texts))
        else:
            found += reports_in(one.name, texts, homes)
    return sort_in(found, homes, project, source, correct=correct)
