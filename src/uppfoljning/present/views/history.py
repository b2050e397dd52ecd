"""The formats of `historik`, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from uppfoljning.domain.period import period_name
from uppfoljning.domain.plan_history import WHOLE, Gap, Wording
from uppfoljning.files.git import SHORT, GitFault
from uppfoljning.followup.history import DatedChange, PlanChangeLog
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Cell, Column, Document, Grid, data, reading
from uppfoljning.present.document.model import text as model_text
from uppfoljning.present.document.tables import plan_part, small_paper
from uppfoljning.present.escape import json_text, one_line
from uppfoljning.present.figures import UNKNOWN, plural, sentences
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.csv import csv_text
from uppfoljning.present.renderers.drawn import PAPERS
from uppfoljning.present.renderers.markdown import escaped, markdown_table
from uppfoljning.present.terminal import BLANK, Screen, TextLine, folded
from uppfoljning.present.views.status import head
from uppfoljning.present.views.status_cells import NO_REASON

# `historik --format json`: a contract with a version. What is not known is null.


VERSION = 1


def history_json(accounts: Sequence[PlanChangeLog], fault: GitFault | None, foot: Provenance, view: View) -> str:
    """The history as JSON text."""
    content = {
        "version": VERSION,
        "vid": view.as_of.isoformat(),
        "period": period_name(view.period) if view.period else None,
        "commit": foot.commit or None,
        **foot.json(),
        "hinder": _hindrance(accounts, fault),
        "planer": [_plan(account) for account in accounts],
    }
    return json_text(content)


def _hindrance(accounts: Sequence[PlanChangeLog], fault: GitFault | None) -> str | None:
    """Why not all can be seen, in a few words: of the repository, else of the first plan that something is hidden of."""
    if fault is not None:
        return fault.message
    return next((gap.message for account in accounts for gap in account.gaps), None)


def _plan(account: PlanChangeLog) -> dict[str, Any]:
    decision = account.plan.decision
    return {
        "id": account.plan.id,
        "titel": account.plan.title,
        "beslut": None if decision is None else {"datum": decision.day.isoformat(), "referens": decision.reference or None},
        "beslutad_i": _wording(account.decided),
        "avkortad": account.cut,
        **({"oläsliga": [_gap(gap) for gap in unread]} if (unread := [gap for gap in account.gaps if gap.commit]) else {}),
        "ändringar": [_json_change(one) for one in account.changes],
    }


def _gap(gap: Gap) -> dict[str, str | None]:
    """A wording that cannot be read."""
    return {"commit": gap.commit, "dag": gap.day.isoformat() if gap.day is not None else None, "varför": gap.message}


def _json_change(one: DatedChange) -> dict[str, Any]:
    entry = one.amendment
    return {
        "åtagande": one.commitment.id if one.commitment is not None else None,
        "vad": one.what,
        "före": one.before or None,
        "efter": one.after or None,
        "löfte": one.demanded,
        "datum": one.day.isoformat() if one.day is not None else None,
        "skäl": entry.reason if entry is not None else None,
        "varför": entry.why or None if entry is not None else None,
        "beslut": entry.decision or None if entry is not None else None,
        "ändrat_i": _wording(one.seen),
        "skäl_i": _wording(one.logged),
    }


def _wording(wording: Wording | None) -> dict[str, str | None] | None:
    """A commit; null where git does not show it, its fields null where it is not committed."""
    if wording is None:
        return None
    return {"commit": wording.commit or None, "dag": wording.day.isoformat() if wording.day is not None else None}


# The words of a plan's history, the same in every face.


NOT_COMMITTED = "inte sparat i git"
NOT_SEEN = "syns inte i git"
_NONE_SEEN = "Ingen ändring syns, men allt går inte att se."


def answer(account: PlanChangeLog) -> str:
    """The answer in a sentence: how many promises were changed, how many without a reason, and what else."""
    others = len(account.changes) - account.promises
    if not account.changes:
        unchanged = account.decided is not None and not account.gaps
        return (
            "Inget är ändrat sedan beslutet."
            if unchanged
            else "Ingen ändring är loggad."
            if account.decided is None
            else _NONE_SEEN
        )
    said = [plural(account.promises, "löfte är ändrat", "ändringar av löften") if account.promises else "Inga löften är ändrade"]
    if account.promises:
        said.append(f"{account.unexplained} utan skäl" if account.unexplained else "alla med skäl")
    if others:
        said.append(plural(others, "annan ändring", "andra ändringar"))
    return " · ".join(said)


def decided(account: PlanChangeLog, fault: GitFault | None) -> str:
    """Which wording the changes are counted from, or why none is known."""
    plan, wording = account.plan, account.decided
    decision = plan.decision or (wording.plan.decision if wording is not None else None)
    if decision is None:
        return "Planen har inget beslut, så det finns inget att jämföra med. Skriv in det under beslut: när planen är beslutad."
    said = f"Beslutad {decision.day}" + (f" ({one_line(decision.reference)})" if decision.reference else "")
    said += ", men beslutet har tagits bort ur planen" if plan.decision is None else ""
    if wording is None:
        why = f": {fault.message}. {fault.remedy[0].upper()}{fault.remedy[1:]}" if fault is not None else ""
        return f"{said}. Vad planen sade då går inte att läsa{why}."
    if not wording.commit:
        return f"{said}. Planen är inte sparad i git än."
    stood = f"commit {wording.commit[:SHORT]}" + (f" den {wording.day}" if wording.day else "")
    if account.cut:
        return f"{said}. Det äldsta som går att läsa är {stood}."
    return f"{said}. Jämförs med planen som den stod i {stood}."


def out_of_sight(accounts: Iterable[PlanChangeLog]) -> list[str]:
    """What cannot be seen of the plans' past; it stands before everything else."""
    return list(sentences(gap for account in accounts for gap in account.gaps))


def when(one: DatedChange) -> str:
    """The day of the decision to change, else that of the commit."""
    return str(one.day) if one.day is not None else UNKNOWN


def title(one: DatedChange) -> str:
    """The commitment, or that it is the plan itself."""
    return one_line(one.commitment.title) if one.commitment is not None else "hela planen"


def what(one: DatedChange) -> str:
    """Which part was changed."""
    if one.what == WHOLE and not one.before:
        return "åtagandet tillagt"
    return "åtagandet borttaget" if one.what == WHOLE and not one.after else one_line(one.what)


def before(one: DatedChange) -> str:
    """What it said."""
    return one_line(one.before) or UNKNOWN


def after(one: DatedChange) -> str:
    """What it says since."""
    return one_line(one.after) or UNKNOWN


def why_of(one: DatedChange) -> str:
    """The reason's word, its text and the decision; for what asks for none, a dash."""
    if one.amendment is None:
        return NO_REASON if one.demanded else UNKNOWN
    text = ": ".join(part for part in (one.amendment.reason, one.amendment.why) if part)
    return one_line(text + (f" (beslut: {one.amendment.decision})" if one.amendment.decision else ""))


def commit(one: DatedChange) -> str:
    """Where it can be seen in git: the commit of the change, and that of the reason where it came later."""
    if one.seen is None:
        return NOT_SEEN
    seen = _named(one.seen.commit, one.seen.day)
    return seen if one.logged is None else f"{seen}, skälet {_named(one.logged.commit, one.logged.day)}"


def _named(commit: str, day: object) -> str:
    return f"{commit[:SHORT]} {day}" if commit else NOT_COMMITTED


# `historik` as a table, as CSV for Excel in Swedish, and as Markdown.


_NAMES = ("När", "Åtagande", "Vad", "Från", "Till", "Varför", "I git")
_COLUMNS = (data("plan"), *(reading(name) for name in _NAMES), *(data(name.lower()) for name in _NAMES))
_FREE = {"varför": "fritext", "från": "fritext", "till": "fritext"}


def history_grid(accounts: Iterable[PlanChangeLog]) -> Grid:
    """One row a change of some plans."""
    columns = tuple(
        Column(column.name, "fritext" if column.name.lower() in _FREE else "text", column.read, column.data)
        for column in _COLUMNS
    )
    rows = tuple((model_text(account.plan.id), *(row := _row(one)), *row) for account in accounts for one in account.changes)
    return Grid("ändringar", "Ändringar av planen sedan beslutet", columns, rows)


def _row(one: DatedChange) -> tuple[Cell, ...]:
    told = (when, title, what, before, after, why_of, commit)
    return tuple(model_text(say(one)) for say in told)


def history_csv(accounts: Sequence[PlanChangeLog]) -> str:
    """One row a change."""
    return csv_text(history_grid(accounts))


def history_markdown(accounts: Sequence[PlanChangeLog], fault: GitFault | None, foot: Provenance) -> str:
    """A heading and a table for each plan."""
    parts = [f"{escaped(text)}\n" for text in out_of_sight(accounts)]
    for account in accounts:
        parts.append(f"## {escaped(account.plan.title)}\n\n{answer(account)}\n\n{escaped(decided(account, fault))}\n")
        if account.changes:
            parts.append(markdown_table(history_grid([account])))
    return "\n".join([*parts, f"{foot}\n"])


# `historik` as a small paper.


def history_paper(accounts: Sequence[PlanChangeLog], fault: GitFault | None, foot: Provenance, view: View) -> Document:
    """The answer, what the changes are counted from, and the changes of each plan."""
    parts = [
        plan_part(one.plan, (*out_of_sight([one]), answer(one), decided(one, fault)), history_grid([one])) for one in accounts
    ]
    return small_paper("Ändringar av planen", view, foot, parts)


# `historik` as text: the answer first, then one change a paragraph, so that each can be read by itself.


def history_text(
    accounts: Sequence[PlanChangeLog], fault: GitFault | None, foot: Provenance, view: View, room: int | None
) -> Iterator[TextLine]:
    """The history of each plan, then one foot for all."""
    for text in out_of_sight(accounts):
        yield from folded(text, room, style="bad")
        yield BLANK
    for account in accounts:
        yield from head(account.plan.title, view, room)
        yield from folded(answer(account), room)
        yield from folded(decided(account, fault), room, style="quiet")
        for one in account.changes:
            yield BLANK
            yield from _text_change(one, room)
        yield BLANK
    yield from folded(str(foot), room, style="quiet")


def _text_change(one: DatedChange, room: int | None) -> Iterator[TextLine]:
    yield from folded(f"{when(one)} · {title(one)} · {what(one)}", room, style="title")
    yield from folded(f"från {before(one)}", room, 2)
    yield from folded(f"till {after(one)}", room, 2)
    if (why := why_of(one)) != UNKNOWN:
        yield from folded(f"varför: {why}", room, 2, "bad" if one.unexplained else "")
    yield from folded(commit(one), room, 2, "quiet")


Writer = Callable[[Sequence[PlanChangeLog], GitFault | None, Provenance, View, Screen], None]


def _text(accounts: Sequence[PlanChangeLog], fault: GitFault | None, foot: Provenance, view: View, screen: Screen) -> None:

    screen.show(history_text(accounts, fault, foot, view, screen.width))


def _json(accounts: Sequence[PlanChangeLog], fault: GitFault | None, foot: Provenance, view: View, screen: Screen) -> None:

    screen.write_data(history_json(accounts, fault, foot, view))


def _csv(accounts: Sequence[PlanChangeLog], fault: GitFault | None, foot: Provenance, view: View, screen: Screen) -> None:

    screen.write_data(history_csv(accounts))


def _markdown(accounts: Sequence[PlanChangeLog], fault: GitFault | None, foot: Provenance, view: View, screen: Screen) -> None:

    screen.write_data(history_markdown(accounts, fault, foot))


def _paper(face: str) -> Writer:
    def write(accounts: Sequence[PlanChangeLog], fault: GitFault | None, foot: Provenance, view: View, screen: Screen) -> None:
        from uppfoljning.present.renderers.drawn import drawn

        screen.write_bytes(drawn(face, history_paper(accounts, fault, foot, view)))

    return write


FORMATS: dict[str, Writer] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "md": _markdown,
    **{face: _paper(face) for face in PAPERS},
}
