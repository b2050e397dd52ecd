"""`avvikelser` as a small paper."""

from __future__ import annotations

from uppfoljning.followup.deviations import Deviations
from uppfoljning.followup.selection import Selection
from uppfoljning.followup.view import View
from uppfoljning.present.deviations import cells
from uppfoljning.present.deviations.tables import departures_grid, observations_grid, occasions_grid, reasons_grid
from uppfoljning.present.document.model import Document
from uppfoljning.present.document.single_section import plan_part, small_paper
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.status.text import nothing


def deviations_paper(found: list[Deviations], foot: Provenance, view: View, selection: Selection) -> Document:
    """The answer and the tables of each plan."""
    parts = [
        plan_part(
            one.table.plan,
            (cells.answer(one), cells.limited(selection)),
            occasions_grid(one),
            departures_grid([one]),
            reasons_grid(one),
            observations_grid([one]),
        )
        for one in found
    ]
    return small_paper("Avvikelser", view, foot, parts, nothing(selection))
