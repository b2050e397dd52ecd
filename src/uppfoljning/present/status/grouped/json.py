"""`status --gruppera … --format json`: the contract of `status` with the groups beside the whole."""

from __future__ import annotations

from typing import Any

from uppfoljning.followup.group_caveats import apart
from uppfoljning.followup.grouping import BY_PERIOD, Group, Grouped
from uppfoljning.followup.view import View
from uppfoljning.present.escape import json_text
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.status.grouped.words import title
from uppfoljning.present.status.json import commitment, content, number


def grouped_json(grouped: Grouped, foot: Provenance, view: View) -> str:
    """`åtaganden` is the whole as without groups; each of `grupper` holds objects of the same kind.

    `grupp` is the id of a party or place, the sub-period as it is written, or null for what belongs to none.
    """
    found = apart(grouped)
    about = {
        "efter": grouped.by,
        "tillfällen_utan_plats": None if found.placeless is None else number(found.placeless.value),
        "rapporter_i_flera_delperioder": len(found.crossing) if grouped.by in BY_PERIOD else None,
    }
    groups = [_group(grouped, group) for group in grouped.groups]
    whole = content(list(grouped.tables), foot, view, grouped.selection)
    return json_text({**whole, "gruppering": about, "grupper": groups})


def _group(grouped: Grouped, group: Group) -> dict[str, Any]:
    return {
        "grupp": group.name or None,
        "titel": title(grouped, group),
        "åtaganden": [commitment(table, line, group.selection) for table in group.tables for line in table.lines],
    }
