"""Collects the findings of one file, with places given as ways into its tree."""

from __future__ import annotations

from uppfoljning.domain.finding import Finding, Place, Problem, TreePath
from uppfoljning.domain.shape import Found


class Collector:
    """The findings of one file or one CSV row. In a row a way into the tree is a column with dots."""

    def __init__(self, file: str, record: int | None = None) -> None:
        self.file = file
        self.record = record
        self.findings: list[Finding] = []

    def place(self, path: TreePath, on_key: bool = False) -> Place:
        """A place in the file; a wrong key of a row is the header's."""
        if self.record is None:
            return Place(self.file, path, on_key)
        column = ".".join(part for part in path if isinstance(part, str))
        row = 0 if on_key and column else self.record
        return Place(self.file, (row, column) if column else (row,), on_key)

    def say(self, path: TreePath, problem: Problem | None, *, on_key: bool = False, also: Place | None = None) -> bool:
        """Add a finding; True when there was a problem."""
        if problem is None:
            return False
        self.findings.append(Finding(self.place(path, on_key), problem, also))
        return True

    def take(self, found: list[Found]) -> None:
        """Add what reading found."""
        for path, on_key, problem in found:
            self.say(path, problem, on_key=on_key)
