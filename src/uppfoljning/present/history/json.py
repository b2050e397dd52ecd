"""`historik --format json`: a contract with a version. What is not known is null."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from uppfoljning.domain.period import period_name
from uppfoljning.domain.plan_history import Gap, Wording
from uppfoljning.files.git import GitFault
from uppfoljning.followup.history import Account, Told
from uppfoljning.followup.view import View
from uppfoljning.present.escape import json_text
from uppfoljning.present.provenance import Provenance

VERSION = 1


def history_json(accounts: Sequence[Account], fault: GitFault | None, foot: Provenance, view: View) -> str:
    """The history as JSON text."""
    content = {
        "version": VERSION,
        "vid": view.as_of.isoformat(),
        "period": period_name(view.period) if view.period else None,
        "commit": foot.commit or None,
        **foot.json(),
        "hinder": _hindrance(accounts, fault),
        "planer": [_plan(account) for account in accounts],
    }
    return json_text(content)


def _hindrance(accounts: Sequence[Account], fault: GitFault | None) -> str | None:
    """Why not all can be seen, in a few words: of the repository, else of the first plan that something is hidden of."""
    if fault is not None:
        return fault.message
    return next((gap.message for account in accounts for gap in account.gaps), None)


def _plan(account: Account) -> dict[str, Any]:
    decision = account.plan.decision
    return {
        "id": account.plan.id,
        "titel": account.plan.title,
        "beslut": None if decision is None else {"datum": decision.day.isoformat(), "referens": decision.reference or None},
        "beslutad_i": _wording(account.decided),
        "avkortad": account.cut,
        **({"oläsliga": [_gap(gap) for gap in unread]} if (unread := [gap for gap in account.gaps if gap.commit]) else {}),
        "ändringar": [_change(one) for one in account.changes],
    }


def _gap(gap: Gap) -> dict[str, str | None]:
    """A wording that cannot be read."""
    return {"commit": gap.commit, "dag": gap.day.isoformat() if gap.day is not None else None, "varför": gap.message}


def _change(one: Told) -> dict[str, Any]:
    entry = one.amendment
    return {
        "åtagande": one.commitment.id if one.commitment is not None else None,
        "vad": one.what,
        "före": one.before or None,
        "efter": one.after or None,
        "löfte": one.demanded,
        "datum": one.day.isoformat() if one.day is not None else None,
        "skäl": entry.reason if entry is not None else None,
        "varför": entry.why or None if entry is not None else None,
        "beslut": entry.decision or None if entry is not None else None,
        "ändrat_i": _wording(one.seen),
        "skäl_i": _wording(one.logged),
    }


def _wording(wording: Wording | None) -> dict[str, str | None] | None:
    """A commit; null where git does not show it, its fields null where it is not committed."""
    if wording is None:
        return None
    return {"commit": wording.commit or None, "dag": wording.day.isoformat() if wording.day is not None else None}
