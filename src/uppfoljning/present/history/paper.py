"""`historik` as a small paper."""

from __future__ import annotations

from collections.abc import Sequence

from uppfoljning.files.git import GitFault
from uppfoljning.followup.history import Account
from uppfoljning.followup.view import View
from uppfoljning.present.foot import Foot
from uppfoljning.present.history import cells
from uppfoljning.present.history.tables import history_grid
from uppfoljning.present.paper.model import Paper
from uppfoljning.present.paper.small import plan_part, small_paper


def history_paper(accounts: Sequence[Account], fault: GitFault | None, foot: Foot, view: View) -> Paper:
    """The answer, what the changes are counted from, and the changes of each plan."""
    parts = [
        plan_part(one.plan, (*cells.out_of_sight([one]), cells.answer(one), cells.decided(one, fault)), history_grid([one]))
        for one in accounts
    ]
    return small_paper("Ändringar av planen", view, foot, parts)
