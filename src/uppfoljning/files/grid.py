"""A table as it lies in its file, before anyone knows which row has the headings."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """Why a table cannot be read, and what to do about it."""

    message: str
    remedy: str


class Merge(NamedTuple):
    """Cells that are drawn as one: the first and last row, counted from 1, and the first and last column, from 0."""

    top: int
    bottom: int
    left: int
    right: int


class Grid(NamedTuple):
    """Rows of text with the numbers a spreadsheet shows for them; empty cells are empty texts, empty rows are left out.

    `unread` says why rows of a CSV file cannot be read. `notices` are what the user should know of how it was read.
    """

    rows: list[tuple[int, list[str]]]
    merges: tuple[Merge, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    notices: tuple[str, ...] = ()
    sheet: str = ""
