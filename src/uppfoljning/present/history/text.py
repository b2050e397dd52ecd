"""`historik` as text: the answer first, then one change a paragraph, so that each can be read by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.files.git import GitFault
from uppfoljning.followup.history import Account, Told
from uppfoljning.followup.view import View
from uppfoljning.present.figures import UNKNOWN
from uppfoljning.present.history import cells
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.status.text import head
from uppfoljning.present.terminal import BLANK, TextLine, folded


def history_text(
    accounts: Sequence[Account], fault: GitFault | None, foot: Provenance, view: View, room: int | None
) -> Iterator[TextLine]:
    """The history of each plan, then one foot for all."""
    for text in cells.out_of_sight(accounts):
        yield from folded(text, room, style="bad")
        yield BLANK
    for account in accounts:
        yield from head(account.plan.title, view, room)
        yield from folded(cells.answer(account), room)
        yield from folded(cells.decided(account, fault), room, style="quiet")
        for one in account.changes:
            yield BLANK
            yield from _change(one, room)
        yield BLANK
    yield from folded(str(foot), room, style="quiet")


def _change(one: Told, room: int | None) -> Iterator[TextLine]:
    yield from folded(f"{cells.when(one)} · {cells.title(one)} · {cells.what(one)}", room, style="title")
    yield from folded(f"från {cells.before(one)}", room, 2)
    yield from folded(f"till {cells.after(one)}", room, 2)
    if (why := cells.why(one)) != UNKNOWN:
        yield from folded(f"varför: {why}", room, 2, "bad" if one.unexplained else "")
    yield from folded(cells.commit(one), room, 2, "quiet")
