"""One of the two moments that are compared: what the files said, and the day they are seen at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import Form
from uppfoljning.domain.judgement import Judgement
from uppfoljning.domain.plan import Plan
from uppfoljning.files.text import ascii_name
from uppfoljning.followup.view import View
from uppfoljning.project.document import PLANS
from uppfoljning.project.load import CheckedProject
from uppfoljning.rules.catalogue import level_of

WHOLE_FILE = 0


class Side(NamedTuple):
    """A project at a moment. `lost` are the files and rows that could not be read: a file with its row, 0 for all of it."""

    plans: Mapping[str, Plan]
    forms: Mapping[str, Form]
    entries: Mapping[str, Mapping[str, tuple[Entry, ...]]]
    judgements: tuple[Judgement, ...]
    view: View
    lost: frozenset[tuple[str, int]] = frozenset()

    def sees(self, entry: Entry) -> bool:
        """Whether a report is dated and handed in by the day."""
        return entry.span.last <= self.view.as_of and entry.submitted <= self.view.as_of

    def has_lost(self, entry: Entry) -> bool:
        """Whether the place of a report, known from the other side, holds something that could not be read."""
        row = entry.at[0] if entry.at else WHOLE_FILE
        return (entry.file, WHOLE_FILE) in self.lost or (entry.file, row) in self.lost

    def has_lost_plan(self, id: str) -> bool:
        """Whether there is a file with the name of a plan that could not be read."""
        names = [file.rpartition("/")[2].rpartition(".")[0] for file, _ in self.lost if file.startswith(PLANS)]
        return id in names or ascii_name(id) in names


def side_of(project: CheckedProject, view: View) -> Side:
    """A project that has been read, at a view."""
    lost = {(file, WHOLE_FILE) for file in project.left_out}
    for finding in project.findings:
        if level_of(finding.problem.code) == "fel":
            at, span = finding.place.path[:1], finding.place.span
            if at and isinstance(at[0], int):
                lost.add((finding.place.file, at[0]))
            elif span is not None:
                lost.add((finding.place.file, span.line - 1))
    if lost:
        # A clash between reports is an error at rows that count all the same.
        everything = (entry for by_id in project.entries.values() for entries in by_id.values() for entry in entries)
        lost -= {(entry.file, row) for entry in everything if entry.at and isinstance(row := entry.at[0], int)}
    return Side(project.plans, project.forms, project.entries, project.judgements, view, frozenset(lost))
