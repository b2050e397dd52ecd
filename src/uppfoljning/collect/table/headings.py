"""Which row of a grid has the headings, what each column is called, and the rows below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from uppfoljning.domain.mapping import heading_of, same_heading
from uppfoljning.files.csv import CellGrid, Fault, Merge

_ROWS_LOOKED_AT = 30
_MOST_LINES = 8
"""As many lines as a heading may have."""
_LETTER = re.compile(r"[^\W\d_]")
_LIKE_A_VALUE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|\d.*|ja|nej|yes|no|true|false|x", re.IGNORECASE | re.DOTALL)


class SheetRow(NamedTuple):
    """A row by the number that a spreadsheet shows; its cells stand in the order of the columns."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True)
class ImportedTable:
    """Headings, each once, and rows as wide. `unread` says why rows are none, `notices` what was done to the headings."""

    headings: tuple[str, ...]
    rows: list[SheetRow]
    unread: tuple[tuple[int, str], ...] = ()
    notices: tuple[str, ...] = ()

    def at(self, heading: str) -> int | None:
        """The place of a column, whatever its heading's case, spaces and question mark."""
        return self._places.get(same_heading(heading))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {same_heading(one): at for at, one in reversed(list(enumerate(self.headings)))}

    def column(self, at: int) -> list[str]:
        """The cells of a column that are not empty."""
        return [row.cells[at] for row in self.rows if row.cells[at]]


def table_of(grid: CellGrid, header: int | None = None) -> ImportedTable | Fault:
    """The table in a grid, its headings in the row with number `header`, else in the first row with about the most texts."""
    numbers = [number for number, _ in grid.rows]
    if header is not None and header not in numbers:
        return Fault(f"rad {header} är tom eller finns inte", "peka ut raden med rubriker med --rubrikrad")
    filled = [_filled(number, cells, grid.merges) for number, cells in grid.rows[:_ROWS_LOOKED_AT]]
    first = _header_at(filled) if header is None else numbers.index(header)
    if first is None:
        return Fault("det finns ingen rad med rubriker", "kontrollera att det är rätt fil, eller peka ut raden med --rubrikrad")
    last = _last_line(grid, first)
    lines = [_filled(number, cells, grid.merges) for number, cells in grid.rows[first : last + 1]]
    above = _filled(*grid.rows[first - 1], grid.merges) if first else []
    used = {at for _, cells in grid.rows[last + 1 :] for at, cell in enumerate(cells) if cell}
    headings, notices = _headings(lines, above, used)
    if last > first:
        notices.insert(0, f"rubrikerna står på flera rader, rad {numbers[first]}–{numbers[last]}, och är hopsatta")
    return _with_rows(grid, last, headings, notices)


def _with_rows(grid: CellGrid, last: int, headings: list[str], notices: list[str]) -> ImportedTable:
    """The rows below the headings; those of another width than the headings are no rows."""
    width = len(grid.rows[last][1])
    unread = list(grid.unread)
    rows = []
    for number, cells in grid.rows[last + 1 :]:
        if len(cells) != width:
            unread.append((number, f"raden har {len(cells)} fält men rubrikraden {width}"))
        elif cells == grid.rows[last][1]:
            unread.append((number, "raden är rubrikraden en gång till"))
        else:
            rows.append(SheetRow(number, cells))
    used = {at for row in rows for at, cell in enumerate(row.cells) if cell}
    kept = [at for at, heading in enumerate(headings) if heading or at in used]
    names = {at: headings[at] or f"Kolumn {_letters(at)}" for at in kept}
    notices += [f"kolumn {_letters(at)} saknar rubrik och kallas {names[at]}" for at in kept if not headings[at]]
    if len(kept) < width:
        rows = [SheetRow(number, [cells[at] for at in kept]) for number, cells in rows]
    return ImportedTable(tuple(names.values()), rows, tuple(sorted(unread)), (*grid.notices, *notices))


def _filled(number: int, cells: list[str], merges: Sequence[Merge]) -> list[str]:
    """A row with the text of merged cells in each of them; across only, for down a text would be counted twice."""
    filled = list(cells)
    for merge in merges:
        if merge.top == number and merge.left < len(filled):
            filled[merge.left : merge.right + 1] = [filled[merge.left]] * (min(merge.right + 1, len(filled)) - merge.left)
    return filled


def _header_at(rows: list[list[str]]) -> int | None:
    """The first row with at least three quarters as many texts as the row with the most; a title has but one."""
    counts = [_texts(row) for row in rows]
    most = max(counts, default=0)
    return next((at for at, count in enumerate(counts) if most and count * 4 >= most * 3), None)


def _texts(row: list[str]) -> int:
    """How many cells could be headings; one text over all of them is a title."""
    texts = [cell for cell in row if _is_text(cell)]
    return len(texts) if len(set(texts)) > 1 else min(len(texts), 1)


def _is_text(cell: str) -> bool:
    return _LETTER.search(cell) is not None and _LIKE_A_VALUE.fullmatch(cell) is None


def _last_line(grid: CellGrid, first: int) -> int:
    """The last row of the headings: as far down as a cell of the first goes, or the next row when it fills its gaps."""
    number, cells = grid.rows[first]
    bottom = max((merge.bottom for merge in grid.merges if merge.top == number), default=number)
    bottom = min(bottom, number + _MOST_LINES - 1)
    if bottom > number:
        return max(at for at, (row, _) in enumerate(grid.rows) if row <= bottom)
    if first + 1 < len(grid.rows) and "" in cells:
        _, below = grid.rows[first + 1]
        told = [at for at, cell in enumerate(below) if cell]
        fills = any(at < len(cells) and not cells[at] for at in told)
        leaves = any(cells[at] for at in range(len(cells)) if at not in told)
        if fills and leaves and all(_is_text(below[at]) for at in told):
            return first + 1
    return first


def _headings(lines: list[list[str]], above: list[str], used: set[int]) -> tuple[list[str], list[str]]:
    """The heading of every column, each once, and what was done to get there."""
    notices: list[str] = []
    first = list(lines[0])
    if len(lines) > 1:
        first = _from_the_left(first, lines[1])
    found = []
    for at in range(max(len(line) for line in lines)):
        parts = [line[at] for line in [first, *lines[1:]] if at < len(line) and line[at]]
        found.append(heading_of(" ".join(dict.fromkeys(parts))))
    for at in [at for at in sorted(used) if at < len(found) and not found[at]]:
        if at < len(above) and (text := heading_of(above[at])):
            found[at] = text
            notices.append(f"kolumn {_letters(at)} har sin rubrik från raden ovanför: {text}")
        elif at and found[at - 1]:
            found[at] = found[at - 1]
            notices.append(f"kolumn {_letters(at)} har sin rubrik från cellen till vänster: {found[at]}")
    return _once(found, notices), notices


def _from_the_left(row: list[str], below: list[str]) -> list[str]:
    """The upper line of headings with the gaps filled from the left where the lower line goes on."""
    filled = list(row)
    for at in range(1, len(filled)):
        if not filled[at] and at < len(below) and below[at]:
            filled[at] = filled[at - 1]
    return filled


def _once(headings: list[str], notices: list[str]) -> list[str]:
    """The headings with a number after one that has been there before."""
    seen: Counter[str] = Counter()
    names = []
    for heading in headings:
        same = same_heading(heading)
        seen[same] += bool(heading)
        names.append(f"{heading} ({seen[same]})" if seen[same] > 1 else heading)
    twice = [heading for heading in dict.fromkeys(headings) if heading and seen[same_heading(heading)] > 1]
    notices += [f"rubriken {one} finns {seen[same_heading(one)]} gånger; de senare heter {one} (2) …" for one in twice]
    return names


def _letters(at: int) -> str:
    """What a spreadsheet calls a column."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
