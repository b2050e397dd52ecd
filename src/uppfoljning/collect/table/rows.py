"""A row of a table as the tree of a quick report, or why it cannot be one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from uppfoljning.collect.table.columns import (
    COUNT,
    HOUR,
    NUMBER,
    SHARE,
    TEXT,
    Columns,
    ReportKey,
    Value,
    is_personal,
    read_cell,
    start_in,
)
from uppfoljning.collect.table.headings import SheetRow
from uppfoljning.collect.table.values import Unreadable, folded, read_name, read_span, read_yes, with_comma
from uppfoljning.domain.finding import Tree
from uppfoljning.domain.report import CARRIED_OUT
from uppfoljning.project.mapping_files import SEVERAL

Flat = Mapping[str, Value]
"""What a report says, by key with dots."""
_NO_RECEIPT_SIGNS = re.compile(r"[^0-9A-Za-zÅÄÖåäö._:/-]+")
_LONGEST_ID = 40
"""What is longer is put together from texts, and stands as signs of its own instead."""
_SAME_ID = "raden har samma id som rad {}"
_LISTED = ("avvikelser", "iakttagelser")


class RowRefusal(NamedTuple):
    """Why a row stays out: the heading of the cell, or an empty text when it is the row as a whole."""

    number: int
    heading: str
    reason: str


class Drawn(NamedTuple):
    """A row that could be read: its number, its commitment, its receipt, and what it says by key.

    `earlier` is the receipt that it was given before receipts were made from the cells as they stand; empty where it has an id.
    """

    number: int
    commitment: str
    receipt: str
    says: Flat
    earlier: str = ""

    @property
    def when(self) -> str:
        """Its day or period, as it stands in the name of a file."""
        value = self.says.get("datum") or self.says["period"]
        return "--".join(value.values()) if isinstance(value, dict) else str(value)


class RowReader:
    """The reading of one table's rows; `targets` are what a report can hold, by commitment, `titles` the commitments' titles."""

    def __init__(self, columns: Columns, targets: Mapping[str, Mapping[str, ReportKey]], names: Mapping[str, str]) -> None:
        self._columns = columns
        self._targets = targets
        self._names = names
        self._receipts: dict[str, int] = {}

    def is_wanted(self, row: SheetRow) -> bool:
        """Whether the conditions of the mapping take the row."""
        return all(folded(row.cells[at]) in values for at, values in self._columns.only.items())

    def is_kept_out(self, row: SheetRow) -> bool:
        """Whether the source itself says that the row was refused or never handed in."""
        return any(folded(row.cells[at]) in words for at, words in self._columns.kept_out.items())

    def is_edited(self, row: SheetRow) -> bool:
        """Whether the source itself says that the row was corrected there: a state of that name, or a number of edits."""
        cells = [row.cells[at].strip() for at in self._columns.edited]
        return any(folded(cell) == "edited" or (cell.isdigit() and int(cell) > 0) for cell in cells)

    def draw(self, row: SheetRow) -> Drawn | list[RowRefusal]:
        """What a row says, or everything that keeps it out."""
        columns = self._columns
        commitment, refused = self._commitment(row)
        if refused:
            return refused
        targets = self._targets[commitment]
        says: dict[str, Value] = {}
        cells = self._cells(row)
        total = any(key == "period" and text for key, _, text, _ in cells)
        for key, heading, text, at in cells:
            text = text or self._columns.words.get(key, {}).get("", "")
            if not text:
                continue
            target = targets.get(key)
            if target is None:
                refused.append(RowRefusal(row.number, heading, f"{key} finns inte i rapporten för {commitment}"))
                continue
            value = self._value(target, text, total, at)
            if isinstance(value, Unreadable):
                refused.append(RowRefusal(row.number, heading, value.reason))
            elif value:
                says[key] = f"{says[key]}\n{value}" if key in SEVERAL and key in says else value
                if key == "datum" and "start" not in columns.targets and (start := self._start_in(text, at)):
                    says["start"] = start
        if says.get("läge") == CARRIED_OUT:
            del says["läge"]
        if not refused and "datum" not in says and "period" not in says:
            heading = columns.heading("datum" if "datum" in columns.targets else "period")
            refused.append(RowRefusal(row.number, heading, "dagen saknas"))
        if refused:
            return refused
        says = {key: says[key] for key in targets if key in says}
        receipt = self._receipt(row, commitment, says)
        if isinstance(receipt, Unreadable):
            return [RowRefusal(row.number, "", receipt.reason)]
        return Drawn(row.number, commitment, receipt, says, self._earlier(commitment, says))

    def _cells(self, row: SheetRow) -> list[tuple[str, str, str, int]]:
        """What the row and the mapping say: key, heading, text and the place of the column, below 0 for what is fixed."""
        columns = self._columns
        cells = []
        for one in columns.given:
            text = self._with_certainty(row, one.target, row.cells[one.at])
            if one.target == "start" and "slut" not in columns.targets and (span := read_span(text)):
                cells += [("start", one.heading, span[0], one.at), ("slut", one.heading, span[1], one.at)]
            elif one.target != "åtagande":
                cells.append((one.target, one.heading, text, one.at))
        return cells + [(key, f"fast {key}", text, -1) for key, text in columns.fixed.items() if key != "åtagande"]

    def _commitment(self, row: SheetRow) -> tuple[str, list[RowRefusal]]:
        columns = self._columns
        if columns.commitment:
            return columns.commitment, []
        texts = [(one.heading, row.cells[one.at]) for one in columns.given if one.target == "åtagande"]
        texts = texts or [("fast åtagande", columns.fixed.get("åtagande", ""))]
        heading, text = texts[0]
        text = text or columns.words.get("åtagande", {}).get("", "")
        if not text:
            return "", [RowRefusal(row.number, heading, "åtagandet saknas")]
        found = read_name(self._translated("åtagande", text), self._names, "åtagandet")
        return ("", [RowRefusal(row.number, heading, found.reason)]) if isinstance(found, Unreadable) else (found, [])

    def _translated(self, key: str, text: str) -> str:
        width = self._columns.widths.get(key, 0)
        if width and text.isdigit():
            text = text.zfill(width)
        return self._columns.words.get(key, {}).get(folded(text), text)

    def _with_certainty(self, row: SheetRow, key: str, text: str) -> str:
        """A figure with the `ca` or `minst` that another column has of it; a yes there is `ca`."""
        at = self._columns.certainty.get(key)
        if at is None or not text or not row.cells[at] or read_yes(row.cells[at]) == "nej":
            return text
        return f"ca {text}" if read_yes(row.cells[at]) == "ja" else f"{row.cells[at]} {text}"

    def _start_in(self, text: str, at: int) -> str:
        return start_in(text, self._columns.orders.get(at, self._columns.order), self._columns.zones.get(at, ""))

    def _value(self, target: ReportKey, text: str, total: bool, at: int) -> Value | Unreadable:
        columns = self._columns
        order, zone = columns.orders.get(at, columns.order), columns.zones.get(at, "")
        text = self._written(target, text, columns.decimals or columns.signs.get(at, ""))
        value = read_cell(target, text, order, total=total, zone=zone, months=columns.months)
        if target.kind == TEXT and isinstance(value, str) and (seen := is_personal(value)):
            return Unreadable(f"{seen.removeprefix('det här ')}, och visas inte")
        return value

    def _written(self, target: ReportKey, text: str, sign: str) -> str:
        text = self._translated(target.key, text)
        return with_comma(text, sign) if target.kind in (COUNT, NUMBER, SHARE, HOUR) else text

    def _as_it_stands(self, row: SheetRow) -> list[list[str]]:
        """The cells of a row with their headings, so that a mapping that is mended makes no other row of it.

        What is about persons is no part of it, nor when it was handed in, and an empty cell says nothing.
        """
        return sorted([heading, row.cells[at]] for at, heading in self._columns.told_apart if row.cells[at])

    def _earlier(self, commitment: str, says: Flat) -> str:
        if self._columns.row_id or self._columns.is_sheet:
            return ""
        return receipt_in(self._columns.origin, _digest([commitment, {**says, "inlämnad": ""}]))

    def _receipt(self, row: SheetRow, commitment: str, says: Flat) -> str | Unreadable:
        """The receipt of a row: its id in its source, else its cells. The same again in one table is no second report."""
        own = "/".join(row.cells[at] for at in self._columns.row_id).strip("/")
        if self._columns.is_sheet and own:
            again = _SAME_ID
        elif not self._columns.row_id or self._columns.is_sheet:
            told = [commitment, {**says, "inlämnad": ""}] if self._columns.is_sheet else self._as_it_stands(row)
            own = _digest(told)
            again = "raden är likadan som rad {}; ge raderna ett id om båda ska räknas"
        else:
            again = _SAME_ID
            if not own:
                return Unreadable("raden har inget id")
            if is_personal(own):
                return Unreadable("radens id ser ut att peka ut en person, och visas inte")
        receipt = own if again == _SAME_ID and self._columns.is_sheet else receipt_in(self._columns.origin, own)
        first = self._receipts.setdefault(receipt, row.number)
        return receipt if first == row.number else Unreadable(again.format(first))


def _digest(told: object) -> str:
    return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


def receipt_in(origin: str, own: str) -> str:
    """The receipt of a row with an id of its own in some source; one with signs that none can have gets a few to set it apart."""
    digest = sha256(own.encode()).hexdigest()
    if len(own) > _LONGEST_ID:
        plain = digest[:12]
    elif (plain := _NO_RECEIPT_SIGNS.sub("-", own)) != own:
        plain = f"{plain}-{digest[:6]}"
    return f"{origin}/{plain}"


def tree_of(says: Flat) -> dict[str, Tree]:
    """What a row says as the tree of a report."""
    tree: dict[str, Tree] = {}
    for key, value in says.items():
        put(tree, key, value)
    return tree


def put(tree: dict[str, Tree], key: str, value: Value | None) -> None:
    """Set what stands at a key with dots, or take it away; of deviations and observations there is one."""
    head, dot, tail = key.partition(".")
    inner: dict[str, Tree] = tree
    if dot:
        below = tree.get(head)
        if head in _LISTED:
            first = below[0] if isinstance(below, list) and below else None
            inner = first if isinstance(first, dict) else {}
            tree[head] = [inner]
        else:
            inner = below if isinstance(below, dict) else {}
            tree[head] = inner
    name = tail or head
    if value is None:
        inner.pop(name, None)
        if dot and not inner:
            del tree[head]
    else:
        inner[name] = [*value] if isinstance(value, list) and (name == "parter" or len(value) > 1) else _as_tree(value)


def _as_tree(value: Value) -> Tree:
    if isinstance(value, dict):
        return dict(value)
    if isinstance(value, list):
        return value[0]
    return value


def flat(tree: Mapping[str, Tree], targets: Iterable[ReportKey]) -> dict[str, Value]:
    """What a report's tree says, each value as the cell of a table would give it, so that two ways to write it are one."""
    says: dict[str, Value] = {}
    total = bool(tree.get("period"))
    for target in targets:
        raw = at_key(tree, target.key)
        if isinstance(raw, dict):
            says[target.key] = {str(name): str(value) for name, value in raw.items()}
        elif raw:
            text = ", ".join(map(str, raw)) if isinstance(raw, list) else str(raw)
            value = read_cell(target, text, total=total)
            says[target.key] = text if isinstance(value, Unreadable) else value
    return says


def at_key(tree: Mapping[str, Tree], key: str) -> Tree:
    """What stands at a key with dots; None when there is nothing, or more than one of what has one row."""
    head, dot, tail = key.partition(".")
    found = tree.get(head)
    if not dot:
        return found
    if head in _LISTED:
        found = found[0] if isinstance(found, list) and len(found) == 1 else None
    return found.get(tail) if isinstance(found, dict) else None
