"""`historik` as a table, as CSV for Excel in Swedish, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from uppfoljning.files.git import GitFault
from uppfoljning.followup.history import Account, Told
from uppfoljning.present.document.model import Cell, Column, Grid, data, reading, text
from uppfoljning.present.history import cells
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.csv import csv_text
from uppfoljning.present.renderers.markdown import escaped, markdown_table

_NAMES = ("När", "Åtagande", "Vad", "Från", "Till", "Varför", "I git")
_COLUMNS = (data("plan"), *(reading(name) for name in _NAMES), *(data(name.lower()) for name in _NAMES))
_FREE = {"varför": "fritext", "från": "fritext", "till": "fritext"}


def history_grid(accounts: Iterable[Account]) -> Grid:
    """One row a change of some plans."""
    columns = tuple(
        Column(column.name, "fritext" if column.name.lower() in _FREE else "text", column.read, column.data)
        for column in _COLUMNS
    )
    rows = tuple((text(account.plan.id), *(row := _row(one)), *row) for account in accounts for one in account.changes)
    return Grid("ändringar", "Ändringar av planen sedan beslutet", columns, rows)


def _row(one: Told) -> tuple[Cell, ...]:
    told = (cells.when, cells.title, cells.what, cells.before, cells.after, cells.why, cells.commit)
    return tuple(text(say(one)) for say in told)


def history_csv(accounts: Sequence[Account]) -> str:
    """One row a change."""
    return csv_text(history_grid(accounts))


def history_markdown(accounts: Sequence[Account], fault: GitFault | None, foot: Provenance) -> str:
    """A heading and a table for each plan."""
    parts = [f"{escaped(text)}\n" for text in cells.out_of_sight(accounts)]
    for account in accounts:
        parts.append(f"## {escaped(account.plan.title)}\n\n{cells.answer(account)}\n\n{escaped(cells.decided(account, fault))}\n")
        if account.changes:
            parts.append(markdown_table(history_grid([account])))
    return "\n".join([*parts, f"{foot}\n"])
