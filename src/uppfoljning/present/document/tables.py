"""The tables of a paper as a workbook, a folder of files and a program want them: one of each kind, every value in its column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from uppfoljning.domain.plan import Plan
from uppfoljning.followup.table import CommitmentFollowUp, Table
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Cell, Column, Document, Grid, Part, data, for_programs, grids, reading, text
from uppfoljning.present.figures import days, plural
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.views import status_cells as cells
from uppfoljning.present.views.status_cells import HIDDEN, is_told

_PERCENT = " procent"
_NOTHING = Cell(None, "")


def tables_of(paper: Document) -> list[Grid]:
    """Every table that has something for programs. Those of one kind are put together: what tells them apart has columns."""
    families: dict[str, list[Grid]] = {}
    for grid in grids(paper.parts):
        families.setdefault(grid.family, []).append(grid)
    return [one for family in families.values() if (one := _together(family)).columns]


def plain_names(columns: Iterable[Column]) -> list[str]:
    """The columns' names where a share is written as a ratio: without `procent`, but where another column is called so."""
    names = [column.name for column in columns]
    short = [name.removesuffix(_PERCENT) for name in names]
    return [name if short.count(cut) > 1 else cut for name, cut in zip(names, short, strict=True)]


def _together(family: list[Grid]) -> Grid:
    views = [for_programs(grid) for grid in family]
    headed = list(dict.fromkeys(name for grid, view in zip(family, views, strict=True) if view.columns for name, _ in grid.of))
    own = list(dict.fromkeys(_named(column) for view in views for column in view.columns))
    rows: list[tuple[Cell, ...]] = []
    for grid, view in zip(family, views, strict=True):
        of = {name: text(value) for name, value in grid.of}
        head = tuple(of.get(name, _NOTHING) for name in headed)
        place = [own.index(_named(column)) for column in view.columns]
        if place == list(range(len(own))):
            rows += [(*head, *row) for row in view.rows]
        else:
            for row in view.rows:
                cells = [_NOTHING] * len(own)
                for at, cell in zip(place, row, strict=True):
                    cells[at] = cell
                rows.append((*head, *cells))
    first = family[0]
    title = first.title if len({grid.title for grid in family}) == 1 else first.family.capitalize()
    return Grid(first.family, title, (*map(data, headed), *own), tuple(rows), first.note)


def _named(column: Column) -> Column:
    """A column as programs know it: a small letter first, and a share told by its name."""
    name = column.name[:1].lower() + column.name[1:]
    if column.kind == "andel" and not name.endswith(_PERCENT):
        name += _PERCENT
    return data(name, column.kind)


# The judgement as a table: what the program suggests beside what people set.


_COLUMNS = (
    reading("Åtagande"), data("plan"), data("åtagande"), data("titel"), Column("Förslag", "status"), Column("Period"),
    Column("Genomförande"), Column("Resultat"), Column("Motivering", "fritext"),
)  # fmt: skip


def judged_grid(tables: Iterable[Table]) -> Grid:
    """Every commitment with the suggested status and its verdict; empty where nobody has judged it."""
    rows = tuple(_row(table, line) for table in tables for line in table.lines)
    return Grid("bedömning", "Programmets förslag och er bedömning", _COLUMNS, rows)


def _row(table: Table, line: CommitmentFollowUp) -> tuple[Cell, ...]:
    commitment, verdict = line.commitment, line.verdict
    return (
        text(commitment.title),
        text(table.plan.id),
        text(commitment.id),
        text(commitment.title),
        Cell(line.status.value, cells.status(line.status), None if is_told(line) else (None, HIDDEN)),
        text(line.verdict_period),
        text(verdict.carried_out if verdict else ""),
        text(verdict.result if verdict else ""),
        text(verdict.motive if verdict else ""),
    )


# A small paper of the tables that one reading command shows, for the faces that draw papers.


def plan_part(plan: Plan, sentences: Iterable[str], *blocks: Grid, parts: Sequence[Part] = ()) -> Part:
    """What is told of a plan; tables without rows are left out."""
    told = tuple(one for one in sentences if one)
    return Part(f"plan-{plan.id}", plan.title, told, tuple(block for block in blocks if block.rows), tuple(parts))


def small_paper(name: str, view: View, foot: Provenance, parts: Sequence[Part], nothing: str = "Inga planer.") -> Document:
    """The paper. Of a single plan the answer is its first sentence, and its heading the title."""
    when = f"per {view.as_of}" if view.period is None else f"{days(view.period, year=True)}, per {view.as_of}"
    title, answer = name, f"{plural(len(parts), 'plan', 'planer')}." if parts else nothing
    if len(parts) == 1:
        title, answer = f"{name}: {parts[0].heading}", parts[0].sentences[0]
        parts = (parts[0]._replace(heading="Tabeller", sentences=parts[0].sentences[1:]),)
    return Document(title, when, answer, tuple(parts), (str(foot),), view.as_of, foot.command)


def told_within(paper: Document) -> Document:
    """The paper with its answer and its foot among the parts, for a face without a place for them: a document of running text."""
    *parts, last = paper.parts or (Part("underlag", "Underlag"),)
    foot = (*paper.foot, *([f"Gjort med: {paper.command}"] if paper.command else ()))
    opening = Part("sammanfattning", "Sammanfattning", (paper.answer,))
    return paper._replace(parts=(opening, *parts, last._replace(sentences=(*last.sentences, *foot))))
