"""The checked project: every file read, every problem found, and the sound part ready to be followed up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Finding
from uppfoljning.domain.form import Form
from uppfoljning.domain.indicator import Series
from uppfoljning.domain.judgement import Judgement
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.schema import NOTHING
from uppfoljning.files.source import Source, unread_in
from uppfoljning.files.unread import unread_findings
from uppfoljning.project.document import PLANS, ParsedFile, take_in
from uppfoljning.project.file_result import FileResult, broken, read_document, read_file
from uppfoljning.project.judgement_files import Judged, read_judgement
from uppfoljning.project.plans import Plans, read_plans
from uppfoljning.project.report_set import ReportSet
from uppfoljning.project.reports import Reports
from uppfoljning.rules.catalogue import level_of

if TYPE_CHECKING:
    from uppfoljning.domain.mapping import TableMapping


class CheckedProject(NamedTuple):
    """What a project holds. `entries` are by plan and commitment; `left_out` are the files with an error.

    `series` are the outcome series by the id of what they measure, `plan_files` the file of each plan, `rows_left_out` counts
    rows of CSV files whose other rows are used. With a day in `settled` reports are put together, so that the follow-up table of
    that day or a later one can be made from them, and nothing else.
    """

    plans: Mapping[str, Plan]
    plan_files: Mapping[str, str]
    forms: Mapping[str, Form]
    entries: Mapping[str, Mapping[str, tuple[Entry, ...]]]
    series: Mapping[str, Series]
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
    files: int
    left_out: tuple[str, ...]
    rows_left_out: int
    mappings: Mapping[str, TableMapping] = NOTHING
    settled: date | None = None

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(level_of(finding.problem.code) == "fel" for finding in self.findings)


def read_each(names: Sequence[str], source: Source, around: ProjectContext) -> list[FileResult]:
    """What each file under `reports/` says by itself."""
    reports = Reports(around.plans)
    return [read_file(source, name, reports) for name in names]


def load_project(
    source: Source, read: Callable[[Sequence[str], Source, ProjectContext], list[FileResult]] = read_each
) -> CheckedProject:
    """Read and check everything a source holds. A broken file never stops the rest.

    `read` gives what each file says by itself, in the order of the names.
    """
    names = source.names()
    around = ProjectContext(source, [name for name in names if name.startswith(PLANS)])
    rest = [name for name in names if not name.startswith(PLANS)]
    reads = read(rest, source, around)
    gathering = ReportSet(Reports(around.plans))
    gathering.add(around.stray)
    gathering.add(around.of_reports(reads))
    gathering.check_together()
    return around.project(
        ReportsFound(
            {plan: {name: tuple(found) for name, found in by_id.items()} for plan, by_id in gathering.reports.entries.items()},
            tuple(gathering.findings),
            frozenset(gathering.left_out),
            gathering.rows_left_out,
            len(names),
        )
    )


class ReportsFound(NamedTuple):
    """The reports of a project by plan and commitment, and what was found in their files, of which there are so many."""

    entries: Mapping[str, Mapping[str, tuple[Entry, ...]]]
    findings: tuple[Finding, ...]
    left_out: frozenset[str]
    rows_left_out: int
    files: int


class ProjectContext:
    """All of a project but its reports: plans and forms, judgements and series.

    `files` are those under `plans/`, and `stray` the reports among them. `unread` is what lies among all files and is read by
    nothing, where the source has not been asked for its names.
    """

    def __init__(self, source: Source, files: Sequence[str], unread: Sequence[str] | None = None) -> None:
        self.files = files
        self._source = source
        self._findings = unread_findings(unread_in(source) if unread is None else unread)
        self._left_out: set[str] = set()
        self._rows_left_out = 0
        self._judgements: list[Judgement] = []
        self._judged: dict[Judged, str] = {}
        self.plans = read_plans([take_in(source, name) for name in files])
        self.stray = [read_document(document, Reports(self.plans)) for document in self.plans.others]

    def of_reports(self, reads: Iterable[FileResult]) -> Iterator[FileResult]:
        """Those that are of reports; judgements and series are read on the way."""
        for read in reads:
            if read.other:
                self.read_other(read.file)
            else:
                yield read

    def read_other(self, name: str) -> None:
        """Take in a judgement, or a series of outcomes; rows with an error are left out of it."""
        document = take_in(self._source, name)
        if document.kind == "bedömning":
            judgement = read_judgement(document, self.plans, self._judged)
            if not self._settle(document) and judgement is not None:
                self._judgements.append(judgement)
            return
        indicators = self.plans.indicators
        indicators.read(document)
        self._findings += document.findings
        whole, rows = broken(document)
        if whole:
            self._left_out.add(name)
            indicators.series = {key: one for key, one in indicators.series.items() if one.file != name}
        self._rows_left_out += 0 if whole else len(rows)

    def project(self, reports: ReportsFound) -> CheckedProject:
        """The whole, once everything under `reports/` has been read."""
        plans = self.plans
        mappings = _mappings([document for document in plans.documents if document.kind == "mappning"], plans)
        for document in plans.documents:
            if self._settle(document):
                mappings.pop(document.file, None)
        sound = {plan.id: plan for plan in plans.plans.values() if plans.files[plan.id] not in self._left_out}
        return CheckedProject(
            plans=sound,
            plan_files={name: plans.files[name] for name in sound},
            forms=plans.forms,
            entries=reports.entries,
            series=plans.indicators.series,
            judgements=tuple(self._judgements),
            findings=(*self._findings, *reports.findings),
            files=reports.files,
            left_out=tuple(sorted(self._left_out | reports.left_out)),
            rows_left_out=self._rows_left_out + reports.rows_left_out,
            mappings={mapping.id: mapping for mapping in mappings.values()},
        )

    def _settle(self, document: ParsedFile) -> bool:
        """Note a document's findings; True when it must be left out."""
        self._findings += document.findings
        wrong = any(level_of(finding.problem.code) == "fel" for finding in document.findings)
        if wrong:
            self._left_out.add(document.file)
        return wrong


def _mappings(documents: list[ParsedFile], plans: Plans) -> dict[str, TableMapping]:
    """The mappings by file; what reads them is loaded first when there is one."""
    if not documents:
        return {}
    from uppfoljning.project.mapping_files import read_mapping

    found = ((document.file, read_mapping(document, plans)) for document in documents)
    return {file: mapping for file, mapping in found if mapping is not None}
