"""Papers of small projects, and the sums a reader could do with a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from tests.projects import table as followed
from uppfoljning.followup.deviations import deviations_of
from uppfoljning.followup.outstanding import outstanding
from uppfoljning.followup.table import Selection, Table
from uppfoljning.present.document.model import Chart, Document, Part
from uppfoljning.present.document.report import ReportInput
from uppfoljning.present.provenance import Provenance
from uppfoljning.project.load import CheckedProject

COMMAND = "uppfoljning exportera html"


def whole_of(table: Table) -> ReportInput:
    """All of a plan that has been followed up."""
    foot = Provenance(table.view.as_of, "3f2a91c" + "0" * 33, 12, 0, 0)
    return ReportInput(table, Selection(), deviations_of(table), outstanding(table), None, foot, COMMAND)


def whole(project: CheckedProject, day: str, period: str = "") -> ReportInput:
    """All of the project's only plan."""
    return whole_of(followed(project, day, period))


def texts(paper: Document) -> list[str]:
    """Every sentence, heading and cell of a paper."""
    return [paper.title, paper.when, paper.answer, *(said for part in paper.parts for said in _of(part)), *paper.foot]


def _of(part: Part) -> Iterable[str]:
    yield from (part.heading, part.status, *part.sentences, *part.free)
    for block in part.blocks:
        grid = block.grid if isinstance(block, Chart) else block
        if isinstance(block, Chart):
            yield from (block.title, block.alt)
        yield from (grid.title, grid.note, *(column.name for column in grid.columns))
        yield from (said for row in grid.rows for cell in row for said in (cell.shown, str(cell.value)))
    for inner in part.parts:
        yield from _of(inner)


Equation = tuple[Fraction | int, ...]


class Solver:
    """Equations in a reduced form, made without the program's own elimination: which sums they settle."""

    def __init__(self, equations: Iterable[Sequence[Fraction | int]]) -> None:
        self.rows: list[list[Fraction]] = []
        for equation in equations:
            row = self._reduced([Fraction(one) for one in equation])
            lead = next((at for at, one in enumerate(row) if one), None)
            if lead is not None:
                self.rows.append([one / row[lead] for one in row])

    def _reduced(self, row: list[Fraction]) -> list[Fraction]:
        for known in self.rows:
            lead = next(at for at, one in enumerate(known) if one)
            row = [one - row[lead] * other for one, other in zip(row, known, strict=True)]
        return row

    def settles(self, vector: Sequence[int]) -> bool:
        """Whether the sum can be computed."""
        return not any(self._reduced([Fraction(one) for one in vector]))
