"""The reports that are there already, found by receipt or id, each as the latest correction has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from uppfoljning.collect.table.rows import Flat, at_key, flat, put
from uppfoljning.collect.table.targets import Target, Value
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Tree
from uppfoljning.domain.report import CARRIED_OUT, as_tree
from uppfoljning.files.csv_rows import read_csv
from uppfoljning.files.source import Source, is_csv
from uppfoljning.files.yaml_tree import read_yaml

NOT_COMPARED = frozenset({"inlämnad"})
"""The first day a report was handed in keeps counting, so a table never changes it."""
_OF_ONE_FILE = ("kvitto", "utgåva", "ersätter", "id", "inlämnad")


class Difference(NamedTuple):
    """What a row says otherwise than the report does; None where one of them says nothing."""

    key: str
    title: str
    before: Value | None
    after: Value | None


class Known:
    """The reports of a project."""

    def __init__(self, source: Source, entries: Mapping[str, Mapping[str, Iterable[Entry]]]) -> None:
        self._source = source
        listed = [entry for by_id in entries.values() for several in by_id.values() for entry in several]
        self._by_receipt = {entry.report.receipt: entry for entry in listed if entry.report.receipt}
        self._by_id = {entry.id: entry for entry in listed}
        self._replaced_by = {old: entry for entry in listed for old in entry.report.replaces}
        self._rows: dict[str, dict[int, dict[str, str | None]]] = {}

    def first(self, receipt: str) -> Entry | None:
        """The report that a receipt or an id was given to."""
        return self._by_receipt.get(receipt) or self._by_id.get(receipt)

    def latest(self, entry: Entry) -> Entry:
        """The report that says what holds now: the last of those that correct each other."""
        seen = set()
        while entry.id not in seen and entry.id in self._replaced_by:
            seen.add(entry.id)
            entry = self._replaced_by[entry.id]
        return entry

    def is_replaced(self, entry: Entry) -> bool:
        """Whether a later report corrects it."""
        return entry.id in self._replaced_by

    def tree(self, entry: Entry) -> dict[str, Tree]:
        """A report as it is written; a row of CSV as the file that says the same."""
        if is_csv(entry.file):
            assert isinstance(entry.at[0], int)
            return as_tree(self._row(entry.file, entry.at[0]))
        tree, _ = read_yaml(entry.file, self._source.read(entry.file))
        assert isinstance(tree, dict)
        return tree

    def _row(self, file: str, record: int) -> dict[str, str | None]:
        if file not in self._rows:
            table, _ = read_csv(file, self._source.read(file))
            assert table is not None
            self._rows[file] = {at: dict(zip(table.columns, cells, strict=True)) for at, cells in table.rows}
        return self._rows[file][record]


def differences(
    tree: Mapping[str, Tree], says: Flat, keys: Iterable[str], targets: Mapping[str, Target], parties: Iterable[str]
) -> list[Difference]:
    """What a row says otherwise than a report, for the keys that the row tells of; `parties` carry out what names none."""
    about = [targets[key] for key in targets if key in set(keys) and key not in NOT_COMPARED and not has_several(tree, key)]
    before = flat(tree, about)
    default: dict[str, Value] = {"läge": CARRIED_OUT, "parter": sorted(parties)}
    found = []
    for target in about:
        old, new = before.get(target.key), says.get(target.key)
        if _same(old or default.get(target.key)) != _same(new or default.get(target.key)):
            found.append(Difference(target.key, target.title, old, new))
    return found


def _same(value: Value | None) -> object:
    """What two values that mean the same have in common: names have no order."""
    return sorted(value) if isinstance(value, list) else value


def has_several(tree: Mapping[str, Tree], key: str) -> bool:
    """Whether a report has more of what a row has one of."""
    listed = tree.get(key.partition(".")[0])
    return "." in key and isinstance(listed, list) and len(listed) > 1


def corrected(tree: Mapping[str, Tree], changes: Iterable[Difference]) -> dict[str, Tree]:
    """A report with some of what it says changed, without what belongs to the file that it stood in."""
    new = {key: _copied(value) for key, value in tree.items() if key not in _OF_ONE_FILE and value is not None}
    for change in changes:
        if at_key(new, change.key) is not None or change.after is not None:
            put(new, change.key, change.after)
    return new


def _copied(value: Tree) -> Tree:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items() if inner is not None}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value
