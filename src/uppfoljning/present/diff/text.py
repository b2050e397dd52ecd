"""`diff` as text: the answer first, then what was removed, the plan, the figures, the reports, and what was compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.followup.differences import PlanDiff
from uppfoljning.present.diff import cells, promises
from uppfoljning.present.diff.moments import Moments
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import plural
from uppfoljning.present.layout import ANY_WIDTH, fold
from uppfoljning.present.terminal import BLANK, TextLine, plain

_ARROW = "→"
_MOST_REPORTS = 20


def diff_text(found: Sequence[PlanDiff], moments: Moments, room: int | None) -> Iterator[TextLine]:
    """Each plan that differs, then one foot for all; nothing at all when nothing differs."""
    if not found:
        return
    for one in found:
        yield from _folded(one_line(one.plan.title), room, style="title")
        yield from _folded(moments.heading, room, style="quiet")
        yield from _plan(one, room) if one.before and one.after else _folded(cells.one_sided(one), room)
        yield BLANK
    for text in moments.foot():
        yield from _folded(text, room, style="quiet")


def _plan(found: PlanDiff, room: int | None) -> Iterator[TextLine]:
    yield from _folded(cells.answer(found), room)
    yield from _section("Borttaget och utelämnat", _gone(found), room, style="bad")
    yield from _section("Ändringar av planen", _changes(found), room)
    yield from _section("Siffror", _figures(found), room)
    yield from _section("Rapporter", _reports(found), room)


def _section(heading: str, texts: Iterator[str], room: int | None, style: str = "") -> Iterator[TextLine]:
    for position, text in enumerate(texts):
        if not position:
            yield BLANK
            yield from _folded(heading, room, style="title")
        yield from _folded(text, room, 2, style)


def _gone(found: PlanDiff) -> Iterator[str]:
    """Removed commitments, then removed reports one by one, then those that cannot be read any more."""
    for one in promises.changes(found):
        if promises.is_dropped(one):
            yield f"borttaget åtagande: {promises.from_to(one)} · {promises.reason(one)}"
    for kind in ("removed", "left_out"):
        reports = cells.of_kind(found, kind)
        for one_diff, entry in reports[:_MOST_REPORTS]:
            yield f"{cells.KINDS[kind][0]}: {cells.report(entry, promises.title(one_diff))}"
        if (left := len(reports) - _MOST_REPORTS) > 0:
            yield f"och {plural(left, *cells.KINDS[kind])} till"


def _changes(found: PlanDiff) -> Iterator[str]:
    titles = cells.titles(found)
    for one in promises.changes(found):
        if not promises.is_dropped(one):
            where = titles.get(one.change.commitment, "planen")
            said = [f"{where}, {promises.what(one)}: {promises.from_to(one)}", promises.reason(one)]
            yield " · ".join(text for text in said if text)


def _figures(found: PlanDiff) -> Iterator[str]:
    for one in found.commitments:
        for title, remarks in cells.sentences(one):
            yield f"{title}: {' · '.join(remarks)}"


def _reports(found: PlanDiff) -> Iterator[str]:
    for kind in ("corrected", "late", "new"):
        if entries := [entry for _, entry in cells.of_kind(found, kind)]:
            yield f"{plural(len(entries), *cells.KINDS[kind])}: {cells.files(entries)}"


def _folded(text: str, room: int | None, indent: int = 0, style: str = "") -> Iterator[TextLine]:
    """As `terminal.folded`, but an arrow is given the two cells that it takes where a terminal has none (`->`)."""
    for part in fold(one_line(text).replace(_ARROW, _ARROW * 2), (room or ANY_WIDTH) - indent):
        yield plain(" " * indent + part.replace(_ARROW * 2, _ARROW), style)
