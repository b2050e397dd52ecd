"""`status --gruppera` as CSV, with the group in a first column, and as Markdown, with a heading for each."""

from __future__ import annotations

from uppfoljning.followup.grouping import Grouped
from uppfoljning.followup.selection import Selection
from uppfoljning.present.document.model import beside, data, stacked, text
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.csv import csv_text
from uppfoljning.present.renderers.markdown import escaped
from uppfoljning.present.status.grid import status_grid
from uppfoljning.present.status.grouped.words import NOWHERE, notes, title
from uppfoljning.present.status.tables import markdown_parts
from uppfoljning.present.status.text import nothing


def grouped_csv(grouped: Grouped) -> str:
    """The columns of the whole follow-up after the group's id, or its sub-period as it is written."""
    whole = status_grid([], Selection())
    parts = [(group.name or NOWHERE, status_grid(group.tables, group.selection)) for group in grouped.groups]
    named = [beside(data("grupp"), (text(name) for _ in grid.rows), grid) for name, grid in parts]
    return csv_text(stacked(beside(data("grupp"), (), whole), *named))


def grouped_markdown(grouped: Grouped, foot: Provenance) -> str:
    """A heading for each group, and below it one for each plan."""
    parts = [] if grouped.tables else [f"{nothing(grouped.selection)}\n"]
    for group in grouped.groups:
        name = title(grouped, group)
        parts.append(f"## {escaped(name[0].upper() + name[1:])}\n")
        for table in group.tables:
            parts += markdown_parts(table, group.selection, "###")
    parts += [f"{escaped(note)}\n" for note in notes(grouped)]
    return "\n".join([*parts, f"{foot}\n"])
