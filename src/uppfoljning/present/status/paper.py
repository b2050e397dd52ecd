"""`status` as a small paper, for a workbook, a document or a web page."""

from __future__ import annotations

from collections.abc import Iterable

from uppfoljning.followup.selection import Selection
from uppfoljning.followup.table import Table
from uppfoljning.followup.view import View
from uppfoljning.present.foot import Foot
from uppfoljning.present.gaps import sentences
from uppfoljning.present.paper.model import Paper, Part
from uppfoljning.present.paper.small import plan_part, small_paper
from uppfoljning.present.status import beside
from uppfoljning.present.status.grid import status_grid
from uppfoljning.present.status.text import nothing, summary


def status_paper(tables: list[Table], foot: Foot, view: View, selection: Selection) -> Paper:
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
