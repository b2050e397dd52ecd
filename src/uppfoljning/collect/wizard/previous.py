"""A report that is corrected, as the answers it gave: what stands in it is what Enter takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppfoljning.domain.finding import Tree
from uppfoljning.domain.schema import NOTHING


def text_at(old: Mapping[str, Tree], *path: str) -> str:
    """The text at a way into a report; a list is joined with commas, and what is not there is empty."""
    value: Any = old
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    if isinstance(value, list):
        return ", ".join(one for one in value if isinstance(one, str))
    return value if isinstance(value, str) else ""


def mapping_at(old: Mapping[str, Tree], key: str) -> Mapping[str, Tree]:
    """A mapping of a report, or an empty one."""
    value = old.get(key)
    return value if isinstance(value, dict) else NOTHING


def entries_at(old: Mapping[str, Tree], key: str) -> list[dict[str, Tree]]:
    """The mappings of a list in a report."""
    value = old.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def period_text(old: Mapping[str, Tree]) -> str:
    """The period of a report as one text: `2026-03`, or `2026-03-02–2026-03-05` where its ends are written apart."""
    value = old.get("period")
    return f"{text_at(value, 'från')}–{text_at(value, 'till')}" if isinstance(value, dict) else text_at(old, "period")
