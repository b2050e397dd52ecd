"""`status --gruppera` as a small paper: a part for each group."""

from __future__ import annotations

from uppfoljning.followup.grouping import Grouped
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Document, Part
from uppfoljning.present.document.single_section import small_paper
from uppfoljning.present.figures import plural
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.status.grouped.words import NOWHERE, notes, title
from uppfoljning.present.status.paper import status_parts
from uppfoljning.present.status.text import nothing

_NOTES = "att-tanka-pa"


def grouped_paper(grouped: Grouped, foot: Provenance, view: View) -> Document:
    """The follow-up in groups, and what the reader must know to add them, or not to."""
    parts = []
    for at, group in enumerate(grouped.groups, 1):
        name = title(grouped, group)
        tables = [
            part._replace(id=f"grupp-{at}-{part.id}")
            for part in status_parts(group.tables, group.selection, (("grupp", group.name or NOWHERE),))
        ]
        parts.append(Part(f"grupp-{at}", f"{name[0].upper()}{name[1:]}", parts=tuple(tables)))
    if said := notes(grouped):
        parts.append(Part(_NOTES, "Att tänka på", tuple(said)))
    paper = small_paper(f"Uppföljning per {grouped.by}", view, foot, ())
    answer = f"{plural(len(grouped.groups), 'grupp', 'grupper')}." if grouped.tables else nothing(grouped.selection)
    return paper._replace(parts=tuple(parts), answer=answer)
