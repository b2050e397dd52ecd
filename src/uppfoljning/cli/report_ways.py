"""The ways that `rapportera` takes to a report: by questions, by options alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import typer

from uppfoljning.cli import reading
from uppfoljning.cli.dates import refusal
from uppfoljning.cli.from_file import tidied
from uppfoljning.cli.misuse import Misuse, hint, shown
from uppfoljning.cli.project_dir import project_root
from uppfoljning.cli.prompt import HOW, Terminal
from uppfoljning.cli.submit import Submission, new_receipt, refused, settle
from uppfoljning.collect.sheet import Choice, Sheet, sheet_of
from uppfoljning.collect.wizard.answers import WizardContext, around, parse_day
from uppfoljning.collect.wizard.interview import completed, report_of
from uppfoljning.collect.wizard.session import (
    YES_NO,
    Need,
    ParsedAnswer,
    Question,
    Result,
    Session,
    Talk,
    pick,
    read_yes,
    word_of,
)
from uppfoljning.collect.wizard.step_when import read_period, written_when
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.report import CANCELLED, NOTHING_HAPPENED, as_tree
from uppfoljning.files.source import Folder
from uppfoljning.followup.table import CommitmentFollowUp
from uppfoljning.followup.view import View
from uppfoljning.present.figures import day as short_day
from uppfoljning.present.figures import plural
from uppfoljning.project.document import REPORTS, take_in
from uppfoljning.project.load import CheckedProject, load_project

_NOON = 12


def open_desk(ctx: typer.Context, dry: bool) -> Submission:
    """The project of the command line, ready to take reports."""
    root = project_root(ctx)
    source = Folder(root)
    return Submission(root, source, load_project(source), dry)


class Chosen(NamedTuple):
    """The commitment that is reported, its questions and what they are asked around."""

    sheet: Sheet
    around: WizardContext

    def on(self, text: str) -> Chosen:
        """The same, on the day that `--datum` says."""
        day = parse_day(text, self.around.today)
        if isinstance(day, Problem):
            raise Misuse(refusal("--datum", text, day))
        if not self.sheet.first <= day <= self.sheet.last:
            raise Misuse(
                f"flaggan --datum: {day} ligger inte i åtagandets period. Välj en dag {self.sheet.first}–{self.sheet.last}."
            )
        return self._replace(around=self.around._replace(day=day))

    def cancelled(self, text: str) -> dict[str, Tree]:
        """A report of an occasion that was cancelled."""
        reason = word_of(text, self.sheet.reasons)
        if isinstance(reason, Problem):
            raise Misuse(refusal("--installd", text, reason))
        return {
            **written_when(self.around.day),
            "läge": CANCELLED,
            "avvikelser": [{"vad": "Tillfället ställdes in", "skäl": reason}],
        }

    def nothing_in(self, text: str) -> dict[str, Tree]:
        """A zero report of a period."""
        period = read_period(text, self.around.today)
        if isinstance(period, Problem):
            raise Misuse(refusal("--inget", text, period))
        return {**written_when(period), "läge": NOTHING_HAPPENED}

    def complete(self, tree: dict[str, Tree], receipt: str) -> dict[str, Tree]:
        """A report with what the program knows by itself."""
        return completed(tree, self.sheet, self.around.today, receipt)


def chosen(desk: Submission, plan: str, word: str, hours: bool) -> Chosen:
    """The commitment named on the command line, else the one chosen from a list."""
    now = datetime.now()
    today = now.date()
    if word:
        home, line = _named(desk, plan, word, today)
    else:
        home, line = _from_list(desk, plan, today)
    commitment = line.commitment
    if commitment.span.first > today:
        raise Misuse(f"åtagandet {commitment.id} börjar först {commitment.span.first}, så det finns inget att rapportera än.")
    form = desk.project.forms.get(commitment.form)
    about = around(home, line, form, today, after_noon=now.hour >= _NOON, hours=hours)
    return Chosen(sheet_of(home, commitment, form), about)


def _lines(desk: Submission, plans: list[Plan], today: date) -> list[tuple[Plan, CommitmentFollowUp]]:
    tables = reading.followed(desk.project, plans, View(today))
    return [(table.plan, line) for table in tables for line in table.lines]


def _named(desk: Submission, plan: str, word: str, today: date) -> tuple[Plan, CommitmentFollowUp]:
    """A commitment by its name. Where several plans have it, the one that runs today is meant."""
    plans = reading.chosen_plans(desk.project, plan, [word])
    running = [one for one in plans if today in one.span and any(word == each.id for each in one.commitments)]
    if len(running) == 1:
        plans = running
    reading.check_commitments([word], plans)
    return next(
        (home, line)
        for home, line in _lines(desk, plans, today)
        if word in (line.commitment.id, f"{home.id}/{line.commitment.id}")
    )


def _from_list(desk: Submission, plan: str, today: date) -> tuple[Plan, CommitmentFollowUp]:
    plans = reading.chosen_plans(desk.project, plan, [])
    found = [
        (home, line)
        for home, line in _lines(desk, [one for one in plans if today in one.span], today)
        if line.commitment.span.first <= today and (today <= line.commitment.span.last or line.missing)
    ]
    if not found:
        raise Misuse(f"inget åtagande pågår i dag, {today}. Skriv vilket det gäller: uppfoljning rapportera ÅTAGANDE.")
    found.sort(key=lambda one: not one[1].missing)
    if len(found) == 1:
        return found[0]
    several = len({home.id for home, _ in found}) > 1
    choices = [Choice(f"{home.id}/{line.commitment.id}", _titled(home, line, several)) for home, line in found]
    names = [Choice(line.commitment.id, line.commitment.title) for _, line in found]
    terminal = Terminal.open()
    _, stand = terminal.converse(Session(lambda: _which(choices, names)))
    assert stand.result is not None
    return found[int(str(stand.result.tree["nummer"]))]


def _titled(home: Plan, line: CommitmentFollowUp, several: bool) -> str:
    title = f"{line.commitment.title} ({home.title})" if several else line.commitment.title
    if not (missing := line.missing):
        return title
    oldest = min(one.about for one in missing).last
    return f"{title} – {plural(len(missing), 'rapport', 'rapporter')} saknas, äldst {short_day(oldest)}"


def _which(choices: list[Choice], names: list[Choice]) -> Talk[Result]:
    def read(text: str) -> ParsedAnswer | Problem:
        found = pick(text, names)
        return found if isinstance(found, Problem) else ParsedAnswer(names.index(found), found.title)

    at: int = yield Question(
        "åtagande",
        "",
        "Vad gäller det?",
        read,
        tuple((str(number), choice.title) for number, choice in enumerate(choices, 1)),
        ("nummer eller namn",),
        need=Need.DEMANDED,
    )
    return Result({"nummer": str(at)})


def ask(desk: Submission, chosen: Chosen) -> int:
    """Ask for a report and write it."""
    terminal = Terminal.open()
    terminal.tell(f"{chosen.sheet.title} · {chosen.sheet.plan_title}", style="title")
    terminal.tell(HOW, style="quiet")
    receipt = new_receipt()
    session = Session(report_of(chosen.sheet, chosen.around))
    weighed = settle(terminal, desk, session, lambda tree: chosen.complete(dict(tree), receipt))
    return refused(weighed) if weighed.refused else desk.write(weighed)


def without_questions(desk: Submission, chosen: Chosen, tree: dict[str, Tree]) -> int:
    """Write a report that options alone say."""
    weighed = desk.weigh(chosen.complete(tree, new_receipt()))
    return refused(weighed) if weighed.refused else desk.write(weighed)


# The ways that `ratta` takes to a correction: the report is found, then asked about once more or copied.


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


def _reports(project: CheckedProject) -> dict[str, Old]:
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


def ask_corrected(desk: Submission, old: Old, hours: bool) -> int:
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
