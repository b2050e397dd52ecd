"""The formats of `diff`, by name. None of them writes anything when nothing differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import Period, period_name
from uppfoljning.files.git import SHORT
from uppfoljning.followup.compare import CommitmentDiff, Explained, FigureDiff, PlanDiff, TargetDiff
from uppfoljning.followup.table import CommitmentFollowUp
from uppfoljning.followup.variance_bridge import STEPS
from uppfoljning.present.escape import json_text, one_line
from uppfoljning.present.figures import plural
from uppfoljning.present.layout import ANY_WIDTH, fold
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.markdown import Page, cell, escaped, escaped_html
from uppfoljning.present.terminal import BLANK, Screen, TextLine, plain
from uppfoljning.present.views import diff_cells
from uppfoljning.present.views import diff_cells as promises
from uppfoljning.present.views.diff_cells import ShownFigure
from uppfoljning.present.views.status_document import number

# The two moments that are compared, as the foot of every face says them.


class Moments(NamedTuple):
    """What each side was made from, and the part of the time that both are limited to."""

    before: Provenance
    after: Provenance
    period: Period | None = None

    @property
    def heading(self) -> str:
        """The two in as few words as tell them apart: days, commits, or both."""
        days = self.before.as_of != self.after.as_of
        files = _files(self.before) != _files(self.after)
        sides = [
            " ".join(word for word in (_files(one) if files else "", str(one.as_of) if days else "") if word)
            for one in (self.before, self.after)
        ]
        return " → ".join(sides) + ("" if days else f", per {self.after.as_of}")

    def foot(self) -> list[str]:
        """A line for each side."""
        return [f"Från: {_said(self.before)}", f"Till: {_said(self.after)}"]


def _files(one: Provenance) -> str:
    return one.commit[:SHORT] if one.exact else "mappen"


def _said(one: Provenance) -> str:
    commit = f"commit {one.commit[:SHORT]}"
    where = commit if one.exact else f"mappen, senaste {commit}" if one.commit else "mappen, utanför git"
    left_out = plural(one.left_out, "utelämnad", "utelämnade")
    if one.rows_left_out:
        left_out += f" och {plural(one.rows_left_out, 'rad utelämnad', 'rader utelämnade')}"
    because = " på grund av fel" if one.left_out or one.rows_left_out else ""
    read = f"{plural(one.files, 'fil läst', 'filer lästa')}, {left_out}{because}"
    return " · ".join((f"per {one.as_of}", where, read, *one.unseen))


# `diff --format json`: a contract with a version. Numbers are numbers, what is unknown or not there is null.


VERSION = 1
_REPORTS = {"removed": "borttagna", "left_out": "utelämnade", "corrected": "rättade", "late": "sena", "new": "nya"}


def diff_json(found: Sequence[PlanDiff], moments: Moments) -> str:
    """What differs as JSON text; nothing when nothing does."""
    if not found:
        return ""
    content = {
        "version": VERSION,
        "från": _side(moments.before),
        "till": _side(moments.after),
        "period": period_name(moments.period) if moments.period else None,
        "planer": [_json_plan(one) for one in found],
    }
    return json_text(content)


def _side(foot: Provenance) -> dict[str, Any]:
    return {
        "vid": foot.as_of.isoformat(),
        "commit": foot.commit or None,
        **foot.json(),
        "mappen": not foot.exact,
        "filer": {"lästa": foot.files, "utelämnade": foot.left_out, "utelämnade_rader": foot.rows_left_out},
    }


def _json_plan(found: PlanDiff) -> dict[str, Any]:
    state = "ändrad" if found.before and found.after else "ny" if found.after else "borttagen"
    return {
        "id": found.plan.id,
        "titel": found.plan.title,
        "läge": "oläslig" if found.unreadable else state,
        "antal_åtaganden": found.total,
        "ändringar": [_change(one) for one in promises.changes(found)],
        "åtaganden": [_commitment(one) for one in found.commitments],
    }


def _change(one: Explained) -> dict[str, Any]:
    return {
        "åtagande": one.change.commitment or None,
        "vad": one.change.what,
        "före": one.change.before or None,
        "efter": one.change.after or None,
        "ändrar_löftet": one.change.substance,
        "orsaker": [
            {
                "datum": entry.day.isoformat(),
                "skäl": entry.reason,
                "varför": entry.why or None,
                "beslut": entry.decision or None,
            }
            for entry in one.amendments
        ],
    }


def _commitment(one: CommitmentDiff) -> dict[str, Any]:
    return {
        "id": one.line.commitment.id,
        "titel": one.line.commitment.title,
        "parter": list(one.line.commitment.parties),
        "status": _json_both(*(line and line.status.value for line in (one.before, one.after))),
        "fullständighet": _json_both(*(line and number(line.received.share) for line in (one.before, one.after))),
        "bedömning": _json_both(*map(_verdict, (one.before, one.after))),
        "blankett_ändrad": one.form_changed,
        "mål": [_target(target) for target in one.targets],
        "rapporter": {name: [_report(entry) for entry in getattr(one.reports, kind)] for kind, name in _REPORTS.items()},
    }


def _json_both(before: Any, after: Any) -> dict[str, Any]:
    return {"före": before, "efter": after}


def _verdict(line: CommitmentFollowUp | None) -> dict[str, Any] | None:
    if line is None or line.verdict is None:
        return None
    verdict = line.verdict
    return {"period": line.verdict_period, "genomförande": verdict.carried_out or None, "resultat": verdict.result or None}


def _target(one: TargetDiff) -> dict[str, Any]:
    return {
        "id": one.target.id,
        "operator": one.target.operator,
        "enhet": one.target.unit,
        "status": _json_both(*(row and row.status.value for row in (one.before, one.after))),
        **{figure.name.replace(" ", "_"): _figure(figure) for figure in one.figures},
    }


def _figure(one: FigureDiff) -> dict[str, Any]:
    parts = {name.replace(" ", "_"): number(part) for name, part in zip(STEPS, one.parts, strict=True)}
    return {**_json_both(number(one.before), number(one.after)), "skillnad": number(one.change), "varav": parts}


def _report(entry: Entry) -> dict[str, Any]:
    return {"fil": entry.file, "rad": entry.sheet_row, "när": period_name(entry.span), "inlämnad": entry.submitted.isoformat()}


# `diff` as Markdown: the comment of a pull request, short enough for one, with what a reviewer must see first.


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
        page.add(
            f"\n**{cell(one.plan.title)}**: "
            f"{escaped(diff_cells.answer(one) if _markdown_both(one) else diff_cells.one_sided(one))}\n"
        )
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


def _markdown_both(one: PlanDiff) -> bool:
    return one.before is not None and one.after is not None


def _first(found: PlanDiff) -> Iterator[str]:
    """What a reviewer must see at once: removed commitments, lowered targets, removed reports, files that cannot be read."""
    for one in diff_cells.changes(found):
        if diff_cells.is_dropped(one):
            yield f"**Borttaget åtagande:** {cell(diff_cells.from_to(one))} · {cell(diff_cells.reason(one))}"
    for word, what, why in diff_cells.lowered(found):
        yield f"**{word.capitalize()}:** {cell(what)} · {cell(why)}"
    for kind in ("removed", "left_out"):
        for one_diff, entry in diff_cells.of_kind(found, kind):
            yield f"**{diff_cells.KINDS[kind][0].capitalize()}:** {cell(diff_cells.report(entry, diff_cells.title(one_diff)))}"


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
    titles = diff_cells.titles(found)
    for one in diff_cells.changes(found):
        where = titles.get(one.change.commitment, "planen")
        yield where, diff_cells.what(one), one.change.before, one.change.after, diff_cells.reason(one)


def _figure_rows(found: PlanDiff) -> Iterator[tuple[str, ...]]:
    for one in found.commitments:
        yield from _rows_of(one)


def _rows_of(one: CommitmentDiff) -> Iterator[tuple[str, ...]]:
    for target in one.targets:
        title = diff_cells.title(one, target)
        for diff in diff_cells.told(target):
            shown = ShownFigure(target, diff, one.reports)
            yield title, diff.name, shown.before, shown.after, shown.difference, ", ".join(shown.parts)
        before, after_row = target.before, target.after
        if before is not None and after_row is not None and before.status != after_row.status:
            yield title, "status", str(before.status), str(after_row.status), "", ""
    for name, old, new in diff_cells.about_all(one):
        yield diff_cells.title(one), name, old, new, "", ""


def _report_lines(found: PlanDiff) -> Iterator[str]:
    for kind in ("corrected", "late", "new"):
        if entries := [entry for _, entry in diff_cells.of_kind(found, kind)]:
            yield f"{plural(len(entries), *diff_cells.KINDS[kind])}: {cell(diff_cells.files(entries))}"


# `diff` as text: the answer first, then what was removed, the plan, the figures, the reports, and what was compared.


_ARROW = "→"
_MOST_REPORTS = 20


def diff_text(found: Sequence[PlanDiff], moments: Moments, room: int | None) -> Iterator[TextLine]:
    """Each plan that differs, then one foot for all; nothing at all when nothing differs."""
    if not found:
        return
    for one in found:
        yield from _folded(one_line(one.plan.title), room, style="title")
        yield from _folded(moments.heading, room, style="quiet")
        yield from _text_plan(one, room) if one.before and one.after else _folded(diff_cells.one_sided(one), room)
        yield BLANK
    for text in moments.foot():
        yield from _folded(text, room, style="quiet")


def _text_plan(found: PlanDiff, room: int | None) -> Iterator[TextLine]:
    yield from _folded(diff_cells.answer(found), room)
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
    for one in diff_cells.changes(found):
        if diff_cells.is_dropped(one):
            yield f"borttaget åtagande: {diff_cells.from_to(one)} · {diff_cells.reason(one)}"
    for kind in ("removed", "left_out"):
        reports = diff_cells.of_kind(found, kind)
        for one_diff, entry in reports[:_MOST_REPORTS]:
            yield f"{diff_cells.KINDS[kind][0]}: {diff_cells.report(entry, diff_cells.title(one_diff))}"
        if (left := len(reports) - _MOST_REPORTS) > 0:
            yield f"och {plural(left, *diff_cells.KINDS[kind])} till"


def _changes(found: PlanDiff) -> Iterator[str]:
    titles = diff_cells.titles(found)
    for one in diff_cells.changes(found):
        if not diff_cells.is_dropped(one):
            where = titles.get(one.change.commitment, "planen")
            said = [f"{where}, {diff_cells.what(one)}: {diff_cells.from_to(one)}", diff_cells.reason(one)]
            yield " · ".join(text for text in said if text)


def _figures(found: PlanDiff) -> Iterator[str]:
    for one in found.commitments:
        for title, remarks in diff_cells.sentences(one):
            yield f"{title}: {' · '.join(remarks)}"


def _reports(found: PlanDiff) -> Iterator[str]:
    for kind in ("corrected", "late", "new"):
        if entries := [entry for _, entry in diff_cells.of_kind(found, kind)]:
            yield f"{plural(len(entries), *diff_cells.KINDS[kind])}: {diff_cells.files(entries)}"


def _folded(text: str, room: int | None, indent: int = 0, style: str = "") -> Iterator[TextLine]:
    """As `terminal.folded`, but an arrow is given the two cells that it takes where a terminal has none (`->`)."""
    for part in fold(one_line(text).replace(_ARROW, _ARROW * 2), (room or ANY_WIDTH) - indent):
        yield plain(" " * indent + part.replace(_ARROW * 2, _ARROW), style)


Writer = Callable[[Sequence[PlanDiff], Moments, Screen], None]


def _text(found: Sequence[PlanDiff], moments: Moments, screen: Screen) -> None:

    screen.show(diff_text(found, moments, screen.width))


def _json(found: Sequence[PlanDiff], moments: Moments, screen: Screen) -> None:

    screen.write_data(diff_json(found, moments))


def _markdown(found: Sequence[PlanDiff], moments: Moments, screen: Screen) -> None:

    screen.write_data(diff_markdown(found, moments))


FORMATS: dict[str, Writer] = {"text": _text, "json": _json, "md": _markdown}
