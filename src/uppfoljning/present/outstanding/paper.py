"""`saknas` as a small paper."""

from __future__ import annotations

from uppfoljning.followup.outstanding import Overview
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Document
from uppfoljning.present.document.single_section import plan_part, small_paper
from uppfoljning.present.outstanding.tables import outstanding_grid
from uppfoljning.present.outstanding.words import summary
from uppfoljning.present.provenance import Provenance


def outstanding_paper(overviews: list[Overview], foot: Provenance, view: View) -> Document:
    """The answer and the table of each plan."""
    parts = [plan_part(one.plan, (summary([one]),), outstanding_grid([one])) for one in overviews]
    return small_paper("Det som saknas", view, foot, parts)
