"""The checked project: every file read, every problem found, and the sound part ready to be followed up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Finding
from uppfoljning.domain.form import Form
from uppfoljning.domain.indicator import Series
from uppfoljning.domain.judgement import Judgement
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.shape import NOTHING
from uppfoljning.files.source import Source
from uppfoljning.rules.catalogue import level_of
from uppfoljning.rules.documents import PLANS, Document, take_in
from uppfoljning.rules.indicators import SERIES
from uppfoljning.rules.judgement_checks import Judged, read_judgement
from uppfoljning.rules.plans import Plans, read_plans
from uppfoljning.rules.reports import Reports

if TYPE_CHECKING:
    from uppfoljning.domain.mapping import TableMapping


class Project(NamedTuple):
    """What a project holds. `entries` are by plan and commitment; `left_out` are the files with an error.

    `series` are the outcome series by the id of what they measure, `plan_files` the file of each plan, `rows_left_out` counts
    rows of CSV files whose other rows are used.
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

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(level_of(finding.problem.code) == "fel" for finding in self.findings)


@dataclass(slots=True)
class _Taken:
    findings: list[Finding] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    rows_left_out: int = 0


def load_project(source: Source) -> Project:
    """Read and check everything a source holds. A broken file never stops the rest."""
    names = source.names()
    taken = _Taken()
    plans = read_plans([take_in(source, name) for name in names if name.startswith(PLANS)])
    reports = Reports(plans)
    judgements = []
    judged: dict[Judged, str] = {}
    for document in plans.others:
        _one(document, reports, taken)
    for name in names:
        if not name.startswith(PLANS):
            document = take_in(source, name)
            if document.kind == "bedömning":
                judgement = read_judgement(document, plans, judged)
                if not _settle(document, taken) and judgement is not None:
                    judgements.append(judgement)
            elif document.kind == "indikator" and name.startswith(SERIES):
                _series(document, plans, taken)
            else:
                _one(document, reports, taken)
    mappings = _mappings([document for document in plans.documents if document.kind == "mappning"], plans)
    for document in plans.documents:
        if _settle(document, taken):
            mappings.pop(document.file, None)
    taken.findings += reports.check_together()
    sound = {plan.id: plan for plan in plans.plans.values() if plans.files[plan.id] not in taken.left_out}
    entries = {plan: {name: tuple(found) for name, found in by_id.items()} for plan, by_id in reports.entries.items()}
    return Project(
        plans=sound,
        plan_files={name: plans.files[name] for name in sound},
        forms=plans.forms,
        entries=entries,
        series=plans.indicators.series,
        judgements=tuple(judgements),
        findings=tuple(taken.findings),
        files=len(names),
        left_out=tuple(sorted(taken.left_out)),
        rows_left_out=taken.rows_left_out,
        mappings={mapping.id: mapping for mapping in mappings.values()},
    )


def _one(document: Document, reports: Reports, taken: _Taken) -> None:
    """Take in a report file or a file of rows; entries with an error of their own do not count."""
    entries = reports.read(document)
    if document.findings:
        whole, rows = _broken(document)
        taken.findings += document.findings
        if whole:
            taken.left_out.add(document.file)
            return
        taken.rows_left_out += len(rows)
        entries = [entry for entry in entries if not entry.at or entry.at[0] not in rows]
    for finding in reports.keep(entries):
        taken.findings.append(finding)
        if finding.place.path[:1] and isinstance(finding.place.path[0], int):
            taken.rows_left_out += 1
        else:
            taken.left_out.add(document.file)


def _mappings(documents: list[Document], plans: Plans) -> dict[str, TableMapping]:
    """The mappings by file; what reads them is loaded first when there is one."""
    if not documents:
        return {}
    from uppfoljning.rules.mapping_checks import read_mapping

    found = ((document.file, read_mapping(document, plans)) for document in documents)
    return {file: mapping for file, mapping in found if mapping is not None}


def _series(document: Document, plans: Plans, taken: _Taken) -> None:
    """Take in an outcome series; rows with an error are left out of it."""
    plans.indicators.read(document)
    taken.findings += document.findings
    whole, rows = _broken(document)
    if whole:
        taken.left_out.add(document.file)
        plans.indicators.series = {name: one for name, one in plans.indicators.series.items() if one.file != document.file}
    taken.rows_left_out += 0 if whole else len(rows)


def _broken(document: Document) -> tuple[bool, set[int]]:
    """Whether the whole file must be left out, else which of its rows."""
    rows: set[int] = set()
    whole = False
    for finding in document.findings:
        if level_of(finding.problem.code) == "fel":
            at, span = finding.place.path[:1], finding.place.span
            if document.table is not None and at and isinstance(at[0], int):
                rows.add(at[0])
            elif document.table is not None and span is not None and span.line > 1:
                rows.add(-span.line)
            else:
                whole = True
    return whole or 0 in rows, rows


def _settle(document: Document, taken: _Taken) -> bool:
    """Note a document's findings; True when it must be left out."""
    taken.findings += document.findings
    broken = any(level_of(finding.problem.code) == "fel" for finding in document.findings)
    if broken:
        taken.left_out.add(document.file)
    return broken
