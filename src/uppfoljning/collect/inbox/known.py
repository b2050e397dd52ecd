"""The reports that are known already, in the project and earlier in the inbox, by receipt."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from uppfoljning.collect.inbox.comparing import same
from uppfoljning.collect.inbox.keys import Homes
from uppfoljning.collect.inbox.tree import ordered
from uppfoljning.collect.receipt import receipt_of
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Tree
from uppfoljning.domain.report import QuickReport, as_tree
from uppfoljning.files.source import Source
from uppfoljning.files.yaml_write import write_yaml
from uppfoljning.project.document import take_in
from uppfoljning.project.load import Project

Commitment = tuple[str, str]
"""A plan and a commitment of it."""


class Known(NamedTuple):
    """A report that is known: its id, its file, which commitment it is about, and what it says.

    `entry` is how the project has it, or None when it came earlier from the same inbox; then `tree` is what was written.
    """

    id: str
    file: str
    about: Commitment
    report: QuickReport
    entry: Entry | None = None
    tree: Mapping[str, Tree] | None = None


class Reports:
    """All known reports; those without a receipt are known by what they say."""

    def __init__(self, source: Source, project: Project, homes: Homes) -> None:
        self._source = source
        self._homes = homes
        self._by_receipt: dict[str, Known] = {}
        self._without: dict[Commitment, list[Known]] = {}
        for plan, by_id in project.entries.items():
            for commitment, entries in by_id.items():
                for entry in entries:
                    self.add(Known(entry.id, entry.file, (plan, commitment), entry.report, entry))

    def add(self, one: Known) -> None:
        """Count a report in."""
        if one.report.receipt:
            self._by_receipt[one.report.receipt] = one
        else:
            self._without.setdefault(one.about, []).append(one)

    def like(self, about: Commitment, report: QuickReport) -> Known | None:
        """A report without a receipt that says the same."""
        return next((one for one in self._without.get(about, ()) if same(one.report, report)), None)

    def family(self, receipt: str) -> list[Known]:
        """The report with a receipt and its corrections, `receipt/2` and on, in their order."""
        first = self._by_receipt.get(receipt)
        found = [] if first is None else [first]
        while found and (following := self._by_receipt.get(f"{receipt}/{len(found) + 1}")) is not None:
            found.append(following)
        return found

    def tree(self, one: Known) -> dict[str, Tree]:
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
