"""`historik` as a small paper."""

from __future__ import annotations

from collections.abc import Sequence

from uppfoljning.files.git import GitFault
from uppfoljning.followup.history import Account
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Document
from uppfoljning.present.document.single_section import plan_part, small_paper
from uppfoljning.present.history import cells
from uppfoljning.present.history.tables import history_grid
from uppfoljning.present.provenance import Provenance


def history_paper(accounts: Sequence[Account], fault: GitFault | None, foot: Provenance, view: View) -> Document:
    """The answer, what the changes are counted from, and the changes of each plan."""
    parts = [
        plan_part(one.plan, (*cells.out_of_sight([one]), cells.answer(one), cells.decided(one, fault)), history_grid([one]))
        for one in accounts
    ]
    return small_paper("Ändringar av planen", view, foot, parts)
