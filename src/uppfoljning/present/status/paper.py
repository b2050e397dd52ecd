"""`status` as a small paper, for a workbook, a document or a web page."""

from __future__ import annotations

from collections.abc import Iterable

from uppfoljning.followup.selection import Selection
from uppfoljning.followup.table import Table
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Document, Part
from uppfoljning.present.document.single_section import plan_part, small_paper
from uppfoljning.present.gaps import sentences
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.status import beside
from uppfoljning.present.status.grid import status_grid
from uppfoljning.present.status.text import nothing, summary


def status_paper(tables: list[Table], foot: Provenance, view: View, selection: Selection) -> Document:
    """The follow-up of each plan."""
    return small_paper("Uppföljning", view, foot, status_parts(tables, selection), nothing(selection))


def status_parts(tables: Iterable[Table], selection: Selection, of: tuple[tuple[str, str], ...] = ()) -> list[Part]:
    """A part for each plan; `of` is what tells its table from those of the same plan elsewhere."""
    return [
        plan_part(
            table.plan,
            (f"{summary(table).removesuffix('.')}.", *beside.dropped(table), *sentences(table.gaps)),
            status_grid([table], selection)._replace(of=of),
        )
        for table in tables
    ]
