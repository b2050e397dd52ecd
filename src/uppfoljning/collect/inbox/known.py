"""The reports that are known already, in the project and earlier in the inbox, by receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple

from uppfoljning.collect.inbox.extract import Homes, ordered
from uppfoljning.collect.naming import receipt_of
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Tree
from uppfoljning.domain.report import QuickReport, as_tree
from uppfoljning.domain.schema import FieldProblem, Refused, read
from uppfoljning.files.source import Source
from uppfoljning.files.yaml_write import write_yaml
from uppfoljning.project.document import take_in
from uppfoljning.project.load import CheckedProject

# Whether two reports say the same, and if not, what differs.


_OF_THE_FILE = frozenset({"kvitto", "utgåva", "ersätter", "id", "plan", "åtagande"})
"""What tells a file or a form from another, and not what a report says."""


class ReportDifference(NamedTuple):
    """A part that two reports have otherwise; empty where one of them has nothing."""

    key: str
    before: str
    after: str


def parsed(tree: Mapping[str, Tree]) -> QuickReport | None:
    """A tree as a report; None when anything in it cannot be read."""
    wrong: list[FieldProblem] = []
    found = read(QuickReport, dict(tree), (), wrong)
    return None if wrong or isinstance(found, Refused) else found


def same(one: QuickReport, other: QuickReport) -> bool:
    """Whether two reports of one commitment say the same."""
    return all(
        getattr(one, attribute) == getattr(other, attribute)
        for key, (attribute, _) in QuickReport.KEYS.items()
        if key not in _OF_THE_FILE
    )


def differences(before: Mapping[str, Tree], after: Mapping[str, Tree]) -> list[ReportDifference]:
    """What differs, part by part: `uppgifter.samtal`, and of lists `iakttagelser.1.text`, counted from 1."""
    old, new = dict(_flat(dict(before))), dict(_flat(dict(after)))
    keys = [key for key in (*old, *(key for key in new if key not in old)) if key.partition(".")[0] not in _OF_THE_FILE]
    return [ReportDifference(key, old.get(key, ""), new.get(key, "")) for key in keys if old.get(key) != new.get(key)]


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


Commitment = tuple[str, str]
"""A plan and a commitment of it."""


class KnownReport(NamedTuple):
    """A report that is known: its id, its file, which commitment it is about, and what it says.

    `entry` is how the project has it, or None when it came earlier from the same inbox; then `tree` is what was written.
    """

    id: str
    file: str
    about: Commitment
    report: QuickReport
    entry: Entry | None = None
    tree: Mapping[str, Tree] | None = None


class KnownReports:
    """All known reports; those without a receipt are known by what they say."""

    def __init__(self, source: Source, project: CheckedProject, homes: Homes) -> None:
        self._source = source
        self._homes = homes
        self._by_receipt: dict[str, KnownReport] = {}
        self._without: dict[Commitment, list[KnownReport]] = {}
        for plan, by_id in project.entries.items():
            for commitment, entries in by_id.items():
                for entry in entries:
                    self.add(KnownReport(entry.id, entry.file, (plan, commitment), entry.report, entry))

    def add(self, one: KnownReport) -> None:
        """Count a report in."""
        if one.report.receipt:
            self._by_receipt[one.report.receipt] = one
        else:
            self._without.setdefault(one.about, []).append(one)

    def like(self, about: Commitment, report: QuickReport) -> KnownReport | None:
        """A report without a receipt that says the same."""
        return next((one for one in self._without.get(about, ()) if same(one.report, report)), None)

    def family(self, receipt: str) -> list[KnownReport]:
        """The report with a receipt and its corrections, `receipt/2` and on, in their order."""
        first = self._by_receipt.get(receipt)
        found = [] if first is None else [first]
        while found and (following := self._by_receipt.get(f"{receipt}/{len(found) + 1}")) is not None:
            found.append(following)
        return found

    def tree(self, one: KnownReport) -> dict[str, Tree]:
        """A known report as its file has it, tidy and in the order of the form; a row of CSV as the file that says the same."""
        if one.tree is not None:
            return dict(one.tree)
        assert one.entry is not None
        document = take_in(self._source, one.file)
        tree = document.tree or {}
        if one.entry.at and document.table is not None:
            cells = next(cells for record, cells in document.table.rows if record == one.entry.at[0])
            tree = as_tree(dict(zip(document.table.columns, cells, strict=True)))
        home = self._homes.of(one.about[1], one.about[0])
        return ordered(tree, home.names if home else {})


def receipt_from(tree: Mapping[str, Tree]) -> str:
    """The receipt number of a report that has none, made from what it says, so that the same report gets the same."""
    return receipt_of(int.from_bytes(sha256(write_yaml(tree).encode()).digest()))
