"""`status` as CSV for Excel in Swedish, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.followup.selection import Selection
from uppfoljning.followup.table import Table
from uppfoljning.present.figures import days
from uppfoljning.present.gaps import sentences
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.csv import csv_text
from uppfoljning.present.renderers.markdown import escaped, markdown_table
from uppfoljning.present.status import beside
from uppfoljning.present.status.grid import status_grid
from uppfoljning.present.status.text import nothing, summary


def status_csv(tables: list[Table], selection: Selection) -> str:
    """A row for each target."""
    return csv_text(status_grid(tables, selection))


def status_markdown(tables: list[Table], foot: Provenance, selection: Selection) -> str:
    """A heading and a table for each plan."""
    parts = [] if tables else [f"{nothing(selection)}\n"]
    for table in tables:
        parts += markdown_parts(table, selection)
    parts += [f"{escaped(text)}\n" for text in sentences(gap for table in tables for gap in table.gaps)]
    parts.append(f"{foot}\n")
    return "\n".join(parts)


def markdown_parts(table: Table, selection: Selection, level: str = "##") -> Iterator[str]:
    """A plan's heading with the answer, and its table."""
    when = (
        f"Per {table.view.as_of}"
        if table.view.period is None
        else f"{days(table.view.period, year=True)}, per {table.view.as_of}"
    )
    yield f"{level} {escaped(table.plan.title)}\n\n{when}. {summary(table)}.\n"
    if table.lines:
        dropped = "".join(f"\n{escaped(text)}\n" for text in beside.dropped(table))
        yield markdown_table(status_grid([table], selection)) + dropped
