"""`diff` as Markdown: the comment of a pull request, short enough for one, with what a reviewer must see first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from uppfoljning.followup.differences import CommitmentDiff, PlanDiff
from uppfoljning.present.diff import cells, promises
from uppfoljning.present.diff.figures import Shown
from uppfoljning.present.diff.moments import Moments
from uppfoljning.present.figures import plural
from uppfoljning.present.page import Page, cell
from uppfoljning.present.renderers.markdown import escaped, escaped_html

MARK = "<!-- uppfoljning:diff -->"
"""Lets a script find its own comment and write it anew."""

LIMIT = 60_000
"""Bytes: a comment may have 65 536 signs."""

_CLOSING = 1_500
_CLOSED = "\n</details>\n"
_OPEN_ROWS = 12
"""A longer list is folded away."""
_FIGURES = ("Åtagande", "Siffra", "Före", "Efter", "Skillnad", "Varav")
_CHANGES = ("Åtagande", "Vad", "Före", "Efter", "Orsak")


def diff_markdown(found: Sequence[PlanDiff], moments: Moments) -> str:
    """One heading, the answer for each plan, what was lowered or removed, then tables; nothing when nothing differs."""
    if not found:
        return ""
    page = Page(LIMIT - _CLOSING)
    page.add(f"{MARK}\n## Vad som skiljer i uppföljningen\n\n{escaped(moments.heading)}\n")
    for one in found:
        page.add(f"\n**{cell(one.plan.title)}**: {escaped(cells.answer(one) if _both(one) else cells.one_sided(one))}\n")
        _points(page, _first(one))
    for one in found:
        name = f"{one.plan.title}: " if len(found) > 1 else ""
        _table(page, f"{name}ändringar av planen", _CHANGES, _change_rows(one))
        _table(page, f"{name}siffror", _FIGURES, _figure_rows(one), right=(2, 3, 4))
        _folded_list(page, f"{name}rapporter", _report_lines(one))
    closing = ""
    if page.lost:
        left_out = plural(page.lost, "rad fick inte plats", "rader fick inte plats")
        closing = f"\n{left_out}. Hela listan: `uppfoljning diff`.\n"
    return page.text() + closing + "\n" + "  \n".join(escaped(text) for text in moments.foot()) + "\n"


def _both(one: PlanDiff) -> bool:
    return one.before is not None and one.after is not None


def _first(found: PlanDiff) -> Iterator[str]:
    """What a reviewer must see at once: removed commitments, lowered targets, removed reports, files that cannot be read."""
    for one in promises.changes(found):
        if promises.is_dropped(one):
            yield f"**Borttaget åtagande:** {cell(promises.from_to(one))} · {cell(promises.reason(one))}"
    for word, what, why in promises.lowered(found):
        yield f"**{word.capitalize()}:** {cell(what)} · {cell(why)}"
    for kind in ("removed", "left_out"):
        for one_diff, entry in cells.of_kind(found, kind):
            yield f"**{cells.KINDS[kind][0].capitalize()}:** {cell(cells.report(entry, promises.title(one_diff)))}"


def _points(page: Page, lines: Iterable[str]) -> None:
    rows = list(lines)
    page.block("\n", [f"- {row}\n" for row in rows[:_OPEN_ROWS]])
    _folded_list(page, f"{len(rows) - _OPEN_ROWS} till", rows[_OPEN_ROWS:])


def _folded_list(page: Page, summary: str, lines: Iterable[str]) -> None:
    page.block(_opened(summary), [f"- {row}\n" for row in lines], _CLOSED)


def _table(page: Page, name: str, head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
    body = [f"| {' | '.join(map(cell, row))} |\n" for row in rows]
    away = len(body) > _OPEN_ROWS
    opening = _opened(f"{name} ({len(body)})") if away else f"\n**{cell(_capital(name))}**\n\n"
    rule = "|".join("---:" if at in right else "---" for at in range(len(head)))
    page.block(f"{opening}| {' | '.join(head)} |\n|{rule}|\n", body, _CLOSED if away else "")


def _opened(summary: str) -> str:
    return f"\n<details><summary>{escaped_html(_capital(summary))}</summary>\n\n"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _change_rows(found: PlanDiff) -> Iterator[tuple[str, ...]]:
    titles = cells.titles(found)
    for one in promises.changes(found):
        where = titles.get(one.change.commitment, "planen")
        yield where, promises.what(one), one.change.before, one.change.after, promises.reason(one)


def _figure_rows(found: PlanDiff) -> Iterator[tuple[str, ...]]:
    for one in found.commitments:
        yield from _rows_of(one)


def _rows_of(one: CommitmentDiff) -> Iterator[tuple[str, ...]]:
    for target in one.targets:
        title = promises.title(one, target)
        for diff in cells.told(target):
            shown = Shown(target, diff, one.reports)
            yield title, diff.name, shown.before, shown.after, shown.difference, ", ".join(shown.parts)
        before, after_row = target.before, target.after
        if before is not None and after_row is not None and before.status != after_row.status:
            yield title, "status", str(before.status), str(after_row.status), "", ""
    for name, old, new in cells.about_all(one):
        yield promises.title(one), name, old, new, "", ""


def _report_lines(found: PlanDiff) -> Iterator[str]:
    for kind in ("corrected", "late", "new"):
        if entries := [entry for _, entry in cells.of_kind(found, kind)]:
            yield f"{plural(len(entries), *cells.KINDS[kind])}: {cell(cells.files(entries))}"
