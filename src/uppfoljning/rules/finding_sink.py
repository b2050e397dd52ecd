"""Collects the findings of one file, with places given as ways into its tree."""

from __future__ import annotations

from uppfoljning.domain.finding import Finding, Place, Problem, TreePath
from uppfoljning.domain.schema import Found

_ABOUT_THE_NAME = frozenset({"S101", "S116", "S120", "R305", "R308", "R309"})
"""What a finding on a key says when the key itself is wrong; in a row that is the header's fault. Others are the row's own."""


class FindingSink:
    """The findings of one file or one CSV row. In a row a way into the tree is a column with dots."""

    def __init__(self, file: str, record: int | None = None) -> None:
        self.file = file
        self.record = record
        self.findings: list[Finding] = []

    def place(self, path: TreePath, on_key: bool = False) -> Place:
        """A place in the file or row."""
        if self.record is None:
            return Place(self.file, path, on_key)
        column = ".".join(part for part in path if isinstance(part, str))
        return Place(self.file, (self.record, column) if column else (self.record,))

    def say(self, path: TreePath, problem: Problem | None, *, on_key: bool = False, also: Place | None = None) -> bool:
        """Add a finding; True when there was a problem."""
        if problem is None:
            return False
        place = self.place(path, on_key)
        if self.record is not None and on_key and path and problem.code in _ABOUT_THE_NAME:
            place = Place(self.file, (0, *place.path[1:]), True)
        self.findings.append(Finding(place, problem, also))
        return True

    def take(self, found: list[Found]) -> None:
        """Add what reading found."""
        for path, on_key, problem in found:
            self.say(path, problem, on_key=on_key)
