"""The ways that `rapportera` takes to a report: by questions, by options alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

import typer

from uppfoljning.cli import reading
from uppfoljning.cli.dates import refusal
from uppfoljning.cli.misuse import Misuse
from uppfoljning.cli.project_dir import project_root
from uppfoljning.cli.prompt import HOW, Terminal
from uppfoljning.cli.submit import Submission, new_receipt, refused, settle
from uppfoljning.collect.sheet import Choice, Sheet, sheet_of
from uppfoljning.collect.wizard.context import Around, around
from uppfoljning.collect.wizard.days import parse_day
from uppfoljning.collect.wizard.interview import completed, report_of
from uppfoljning.collect.wizard.question import Need, Question, Reading, Talk, pick, word_of
from uppfoljning.collect.wizard.session import Result, Session
from uppfoljning.collect.wizard.step_when import read_period, written_when
from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.report import CANCELLED, NOTHING_HAPPENED
from uppfoljning.files.source import Folder
from uppfoljning.followup.table import Line
from uppfoljning.followup.view import View
from uppfoljning.present.figures import day as short_day
from uppfoljning.present.figures import plural
from uppfoljning.project.load import load_project

_NOON = 12


def open_desk(ctx: typer.Context, dry: bool) -> Submission:
    """The project of the command line, ready to take reports."""
    root = project_root(ctx)
    source = Folder(root)
    return Submission(root, source, load_project(source), dry)


class Chosen(NamedTuple):
    """The commitment that is reported, its questions and what they are asked around."""

    sheet: Sheet
    around: Around

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


def _lines(desk: Submission, plans: list[Plan], today: date) -> list[tuple[Plan, Line]]:
    tables = reading.followed(desk.project, plans, View(today))
    return [(table.plan, line) for table in tables for line in table.lines]


def _named(desk: Submission, plan: str, word: str, today: date) -> tuple[Plan, Line]:
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


def _from_list(desk: Submission, plan: str, today: date) -> tuple[Plan, Line]:
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


def _titled(home: Plan, line: Line, several: bool) -> str:
    title = f"{line.commitment.title} ({home.title})" if several else line.commitment.title
    if not (missing := line.missing):
        return title
    oldest = min(one.about for one in missing).last
    return f"{title} – {plural(len(missing), 'rapport', 'rapporter')} saknas, äldst {short_day(oldest)}"


def _which(choices: list[Choice], names: list[Choice]) -> Talk[Result]:
    def read(text: str) -> Reading | Problem:
        found = pick(text, names)
        return found if isinstance(found, Problem) else Reading(names.index(found), found.title)

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
