"""Reports gathered from their files, checked against each other, and what could not be counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from uppfoljning.domain.finding import Finding
from uppfoljning.project.file_result import FileResult
from uppfoljning.project.reports import Reports


@dataclass(slots=True)
class ReportSet:
    """What was found so far, the files left out, and how many rows of others."""

    reports: Reports
    findings: list[Finding] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    rows_left_out: int = 0

    def add(self, reads: Iterable[FileResult]) -> None:
        """Count in files, in the order of their names: of reports with the same receipt the first counts."""
        for read in reads:
            self.reports.ids.update(read.ids)
            self.findings += read.findings
            self.rows_left_out += read.rows_left_out
            if read.left_out:
                self.left_out.add(read.file)
            for finding in self.reports.keep(read.entries):
                self.findings.append(finding)
                if finding.place.path[:1] and isinstance(finding.place.path[0], int):
                    self.rows_left_out += 1
                else:
                    self.left_out.add(read.file)

    def check_together(self) -> None:
        """Add what can be seen first when all reports of a commitment are there."""
        self.findings += self.reports.check_together()
