"""The judgement as a table: what the program suggests beside what people set."""

from __future__ import annotations

from collections.abc import Iterable

from uppfoljning.followup.table import Line, Table
from uppfoljning.present.document.model import Cell, Column, Grid, data, reading, text
from uppfoljning.present.status import cells
from uppfoljning.present.status.people import HIDDEN, is_told

_COLUMNS = (
    reading("Åtagande"), data("plan"), data("åtagande"), data("titel"), Column("Förslag", "status"), Column("Period"),
    Column("Genomförande"), Column("Resultat"), Column("Motivering", "fritext"),
)  # fmt: skip


def judged_grid(tables: Iterable[Table]) -> Grid:
    """Every commitment with the suggested status and its verdict; empty where nobody has judged it."""
    rows = tuple(_row(table, line) for table in tables for line in table.lines)
    return Grid("bedömning", "Programmets förslag och er bedömning", _COLUMNS, rows)


def _row(table: Table, line: Line) -> tuple[Cell, ...]:
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
