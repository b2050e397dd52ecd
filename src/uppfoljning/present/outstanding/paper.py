"""`saknas` as a small paper."""

from __future__ import annotations

from uppfoljning.followup.outstanding import Overview
from uppfoljning.followup.view import View
from uppfoljning.present.foot import Foot
from uppfoljning.present.outstanding.tables import outstanding_grid
from uppfoljning.present.outstanding.words import summary
from uppfoljning.present.paper.model import Paper
from uppfoljning.present.paper.small import plan_part, small_paper


def outstanding_paper(overviews: list[Overview], foot: Foot, view: View) -> Paper:
    """The answer and the table of each plan."""
    parts = [plan_part(one.plan, (summary([one]),), outstanding_grid([one])) for one in overviews]
    return small_paper("Det som saknas", view, foot, parts)
