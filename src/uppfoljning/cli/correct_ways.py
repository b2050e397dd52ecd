"""The ways that `ratta` takes to a correction: the report is found, then asked about once more or copied."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import typer

from uppfoljning.cli import reading
from uppfoljning.cli.from_file import tidied
from uppfoljning.cli.misuse import Misuse, hint, shown
from uppfoljning.cli.prompt import HOW, Terminal
from uppfoljning.cli.submit import Submission, new_receipt, refused, settle
from uppfoljning.collect.sheet import Sheet, sheet_of
from uppfoljning.collect.wizard.context import around
from uppfoljning.collect.wizard.interview import completed, report_of
from uppfoljning.collect.wizard.question import YES_NO, Need, Question, Talk, read_yes
from uppfoljning.collect.wizard.session import Result, Session
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Tree
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.report import as_tree
from uppfoljning.followup.view import View
from uppfoljning.project.document import REPORTS, take_in
from uppfoljning.project.load import Project

_NEW = ("kvitto", "utgåva", "inlämnad", "id", "ersätter", "rapportör")
"""What a correction has of its own."""


class Old(NamedTuple):
    """A report that is to be corrected, with what it belongs to."""

    plan: Plan
    commitment: Commitment
    entry: Entry


def find(desk: Submission, word: str) -> Old:
    """The report that a file, a row, an id or a receipt names."""
    known = _reports(desk.project)
    if receipt := next((old for old in known.values() if word and old.entry.report.receipt == word), None):
        return receipt
    names = _names(desk.root, word)
    if found := next((known[name] for name in names if name in known), None):
        return found
    rows = [one for one in known if one.partition("#")[0] in names]
    if rows:
        raise Misuse(f"{shown(word)} har flera rapporter. Skriv vilken rad: {', '.join(rows[:3])}{' …' if len(rows) > 3 else ''}")
    if any(f"{REPORTS}{name}{suffix}" in desk.project.left_out for name in names for suffix in (".yaml", ".yml", ".csv")):
        raise Misuse(f"{shown(word)} har ett fel och är utelämnad. Rätta den direkt i filen: uppfoljning validera visar var.")
    raise Misuse(f"rapporten {shown(word)} finns inte{hint(names[-1], known)}")


def _reports(project: Project) -> dict[str, Old]:
    return {
        entry.id: Old(plan, commitment, entry)
        for plan in project.plans.values()
        for commitment in plan.commitments
        for entry in project.entries.get(plan.id, {}).get(commitment.id, ())
    }


def _names(root: Path, word: str) -> list[str]:
    """The ids that a word may mean: a file as seen from here or from the project, or an id as it stands."""
    path, mark, row = word.partition("#")
    here = os.path.relpath(Path(path).resolve(), (root / REPORTS).resolve())
    bare = [here, path.removeprefix("./").removeprefix(REPORTS), path]
    stems = [one.removesuffix(".yaml").removesuffix(".yml").removesuffix(".csv").replace(os.sep, "/") for one in bare]
    return [f"{stem}{mark}{row}" for stem in dict.fromkeys(stems)]


def latest(desk: Submission, old: Old, *, ask: bool) -> Old:
    """The report itself, or where it has been corrected already what corrects it, if that is wanted instead."""
    entries = desk.project.entries[old.plan.id][old.commitment.id]
    seen = {old.entry.id}
    following: Entry | None = old.entry
    last = old.entry
    while following is not None:
        last = following
        following = next((one for one in entries if last.id in one.report.replaces and one.id not in seen), None)
        seen |= {following.id} if following else set()
    if last is old.entry:
        return old
    text = f"{old.entry.id} är redan rättad av {last.id}."
    if not ask:
        raise Misuse(f"{text} Kör: uppfoljning ratta --skriv {last.id}")
    terminal = Terminal.open()
    _, stand = terminal.converse(Session(lambda: _that_one(text)))
    if stand.result is None or not stand.result.tree:
        raise typer.Abort
    return old._replace(entry=last)


def _that_one(text: str) -> Talk[Result]:
    wanted: bool = yield Question(
        "den", "", f"{text} Vill du rätta den i stället?", read_yes, YES_NO, default="j", need=Need.DEMANDED
    )
    return Result({"den": "ja"} if wanted else {})


def _tree(desk: Submission, entry: Entry) -> dict[str, Tree]:
    """A report as it was written, a row as the file that says the same."""
    document = take_in(desk.source, entry.file)
    if document.table is None:
        assert document.tree is not None
        return tidied(document.tree)
    cells = next(cells for record, cells in document.table.rows if (record,) == entry.at)
    return tidied(as_tree(dict(zip(document.table.columns, cells, strict=True))))


def _sheet(desk: Submission, old: Old) -> Sheet:
    return sheet_of(old.plan, old.commitment, desk.project.forms.get(old.commitment.form))


def _corrected(old: Old, sheet: Sheet, tree: dict[str, Tree], receipt: str, today: date) -> dict[str, Tree]:
    mine = {key: value for key, value in tree.items() if key not in _NEW}
    return completed({**mine, "ersätter": old.entry.id}, sheet, today, receipt)


def _differs(one: Mapping[str, Tree], other: Mapping[str, Tree]) -> bool:
    return {key: value for key, value in one.items() if key not in _NEW} != {
        key: value for key, value in other.items() if key not in _NEW
    }


def copy(desk: Submission, old: Old) -> int:
    """Write a copy to be edited by hand."""
    tree = _tree(desk, old.entry)
    weighed = desk.weigh(_corrected(old, _sheet(desk, old), tree, new_receipt(), date.today()))
    return refused(weighed) if weighed.refused else desk.write(weighed, "Ändra i filen, och kör sedan: uppfoljning validera")


def ask(desk: Submission, old: Old, hours: bool) -> int:
    """Ask with the old answers shown, and write the correction."""
    now = datetime.now()
    (table,) = reading.followed(desk.project, [old.plan], View(now.date()))
    line = next(line for line in table.lines if line.commitment.id == old.commitment.id)
    sheet = _sheet(desk, old)
    form = desk.project.forms.get(old.commitment.form)
    about = around(old.plan, line, form, now.date(), after_noon=True, hours=hours)
    tree = _tree(desk, old.entry)
    terminal = Terminal.open()
    terminal.tell(f"Rättar {old.entry.id} · {sheet.title}", style="title")
    terminal.tell(f"{HOW} - tar bort svaret.", style="quiet")
    receipt = new_receipt()
    session = Session(report_of(sheet, about, tree))
    weighed = settle(terminal, desk, session, lambda answers: _corrected(old, sheet, dict(answers), receipt, now.date()))
    if not _differs(weighed.tree, tree):
        terminal.tell("Inget svar är ändrat, så inget är skrivet.")
        return 0
    return desk.write(weighed)
