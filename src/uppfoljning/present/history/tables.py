"""`historik` as CSV for Excel in Swedish, and as Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from uppfoljning.files.git import GitFault
from uppfoljning.followup.history import Account, Told
from uppfoljning.present.foot import Foot
from uppfoljning.present.history import cells
from uppfoljning.present.status.tables import BYTE_ORDER_MARK, cell_text, escaped

_COLUMNS = ("När", "Åtagande", "Vad", "Från", "Till", "Varför", "I git")


def _row(one: Told) -> tuple[str, ...]:
    return (
        cells.when(one),
        cells.title(one),
        cells.what(one),
        cells.before(one),
        cells.after(one),
        cells.why(one),
        cells.commit(one),
    )


def history_csv(accounts: Sequence[Account]) -> str:
    """One row a change; `;`, CRLF and a byte order mark, as Swedish Excel wants it. No cell can become a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(("plan", *(name.lower() for name in _COLUMNS)))
    for account in accounts:
        for one in account.changes:
            writer.writerow(map(cell_text, (account.plan.id, *_row(one))))
    return BYTE_ORDER_MARK + out.getvalue()


def history_markdown(accounts: Sequence[Account], fault: GitFault | None, foot: Foot) -> str:
    """A heading and a table for each plan."""
    parts = []
    for account in accounts:
        parts.append(f"## {escaped(account.plan.title)}\n\n{cells.answer(account)}\n\n{escaped(cells.decided(account, fault))}\n")
        if account.changes:
            rows = "".join(f"| {' | '.join(map(escaped, _row(one)))} |\n" for one in account.changes)
            parts.append(f"| {' | '.join(_COLUMNS)} |\n|{'|'.join('---' for _ in _COLUMNS)}|\n{rows}")
    return "\n".join([*parts, f"{foot}\n"])
