"""Whether two reports say the same, and if not, what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from uppfoljning.domain.finding import Tree
from uppfoljning.domain.report import QuickReport
from uppfoljning.domain.schema import Found, Refused, read

_OF_THE_FILE = frozenset({"kvitto", "utgåva", "ersätter", "id", "plan", "åtagande"})
"""What tells a file or a form from another, and not what a report says."""


class Difference(NamedTuple):
    """A part that two reports have otherwise; empty where one of them has nothing."""

    key: str
    before: str
    after: str


def parsed(tree: Mapping[str, Tree]) -> QuickReport | None:
    """A tree as a report; None when anything in it cannot be read."""
    wrong: list[Found] = []
    found = read(QuickReport, dict(tree), (), wrong)
    return None if wrong or isinstance(found, Refused) else found


def same(one: QuickReport, other: QuickReport) -> bool:
    """Whether two reports of one commitment say the same."""
    return all(
        getattr(one, attribute) == getattr(other, attribute)
        for key, (attribute, _) in QuickReport.KEYS.items()
        if key not in _OF_THE_FILE
    )


def differences(before: Mapping[str, Tree], after: Mapping[str, Tree]) -> list[Difference]:
    """What differs, part by part: `uppgifter.samtal`, and of lists `iakttagelser.1.text`, counted from 1."""
    old, new = dict(_flat(dict(before))), dict(_flat(dict(after)))
    keys = [key for key in (*old, *(key for key in new if key not in old)) if key.partition(".")[0] not in _OF_THE_FILE]
    return [Difference(key, old.get(key, ""), new.get(key, "")) for key in keys if old.get(key) != new.get(key)]


def _flat(tree: Tree, at: str = "") -> Iterator[tuple[str, str]]:
    lead = f"{at}." if at else ""
    if isinstance(tree, dict):
        for key, inner in tree.items():
            yield from _flat(inner, f"{lead}{key}")
    elif isinstance(tree, list):
        if any(not isinstance(inner, str) for inner in tree):
            for number, inner in enumerate(tree, 1):
                yield from _flat(inner, f"{lead}{number}")
        else:
            yield at, ", ".join(map(str, tree))
    elif tree:
        yield at, tree
