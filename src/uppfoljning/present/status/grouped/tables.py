"""`status --gruppera` as CSV, with the group in a first column, and as Markdown, with a heading for each."""

from __future__ import annotations

from uppfoljning.followup.grouping import Grouped
from uppfoljning.present.foot import Foot
from uppfoljning.present.status.grouped.words import NOWHERE, notes, title
from uppfoljning.present.status.tables import CSV_HEAD, cell_text, csv_rows, escaped, markdown_parts, spreadsheet
from uppfoljning.present.status.text import nothing


def grouped_csv(grouped: Grouped) -> str:
    """The columns of the whole follow-up after the group's id, or its sub-period as it is written."""
    rows = [
        [cell_text(group.name or NOWHERE), *row] for group in grouped.groups for row in csv_rows(group.tables, group.selection)
    ]
    return spreadsheet([("grupp", *CSV_HEAD), *rows])


def grouped_markdown(grouped: Grouped, foot: Foot) -> str:
    """A heading for each group, and below it one for each plan."""
    parts = [] if grouped.tables else [f"{nothing(grouped.selection)}\n"]
    for group in grouped.groups:
        name = title(grouped, group)
        parts.append(f"## {escaped(name[0].upper() + name[1:])}\n")
        for table in group.tables:
            parts += markdown_parts(table, group.selection, "###")
    parts += [f"{escaped(note)}\n" for note in notes(grouped)]
    return "\n".join([*parts, f"{foot}\n"])
