"""Sheets and sessions for the tests of the wizard: a small plan with every kind of question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tests.rules.project_pieces import Memory, source
from uppfoljning.collect.precheck import validate
from uppfoljning.collect.sheet import Sheet, sheet_of
from uppfoljning.collect.wizard.answers import WizardContext, around
from uppfoljning.collect.wizard.interview import completed, report_of
from uppfoljning.collect.wizard.session import Session
from uppfoljning.domain.finding import Finding, Tree
from uppfoljning.files.yaml_write import write_yaml
from uppfoljning.followup.table import follow_up
from uppfoljning.followup.view import View
from uppfoljning.project.load import CheckedProject, load_project

FORM = """\
snabbrapport: allt
titel: Allt
minst_funktioner: {vandrare: 3}
fält:
  samtal: {typ: antal, krävs: ja, högst: 500}
  hjälpta: {typ: antal, ingår_i: samtal}
  rutt: {typ: text}
  stämning:
    typ: val
    av: [lugnt, livligt, oroligt]
  larm: {typ: ja/nej}
  andel_nöjda: {typ: andel}
  sträcka: {typ: tal}
  uppföljs: {typ: datum}
  stängde: {typ: tid}
  anmäld: {typ: tidpunkt}
  paus: {typ: längd}
"""
PLAN = """\
plan: prov-2026
titel: Provplan
period: 2026
parter: {förening: Föreningen, polisen: Polisen}
funktioner:
  vandrare: {titel: Vandrare, part: förening}
  ledare: {titel: Ledare, part: förening}
  kommunpolis: {titel: Kommunpolis, part: polisen}
platser: {centrum: Centrum, norra: Norra stan}
åtaganden:
  - id: gång
    titel: Gå ute
    parter: [förening]
    ansvarig: ledare
    mål: {minst: 12, enhet: vandringar}
    pauser:
      - {från: 2026-07-01, till: 2026-07-31, skäl: resurser}
    moment:
      - {id: schema, titel: Gör schema, senast: 2026-01-16}
      - {id: samling, titel: Samling, varje: tillfälle}
      - {id: återkoppling, titel: Återkoppla, varje: tillfälle}
    snabbrapport: allt
    uppföljning: {rapporteras: månad, anstånd: 7, rapportör: ledare}
  - id: bara
    titel: Bara datum
    parter: [polisen]
    mål: {klart: 2026-06-30}
"""
FILES = {"plans/prov-2026.yaml": PLAN, "plans/snabbrapporter/allt.yaml": FORM}
TODAY = date(2026, 3, 7)
RECEIPT = "k7m3-9qfx"


class Desk:
    """A project in memory and one of its commitments."""

    def __init__(
        self, files: Mapping[str, str] | None = None, *, commitment: str = "gång", today: date = TODAY, hours: bool = False
    ) -> None:
        self.source: Memory = source(FILES, dict(files or {}))
        self.project: CheckedProject = load_project(self.source)
        (plan,) = self.project.plans.values()
        self.plan = plan
        self.commitment = next(one for one in plan.commitments if one.id == commitment)
        form = self.project.forms.get(self.commitment.form)
        table = follow_up(plan, View(today), forms=self.project.forms, entries=self.project.entries[plan.id])
        line = next(line for line in table.lines if line.commitment.id == commitment)
        self.sheet: Sheet = sheet_of(plan, self.commitment, form)
        self.around: WizardContext = around(plan, line, form, today, after_noon=True, hours=hours)
        self.today = today

    def session(self, old: Mapping[str, Tree] | None = None) -> Session:
        return Session(report_of(self.sheet, self.around, old))

    def complete(self, tree: Mapping[str, Tree]) -> dict[str, Tree]:
        return completed(tree, self.sheet, self.today, RECEIPT)

    def refused(self, tree: Mapping[str, Tree]) -> tuple[Finding, ...]:
        file = "reports/ny.yaml"
        return validate(self.source, self.project, {file: write_yaml(self.complete(tree))}).refused.get(file, ())


def answered(session: Session, lines: Sequence[str]) -> Session:
    """A session after some lines; every one must be understood."""
    for line in lines:
        turn = session.take(line)
        assert turn.problem is None, (line, turn.problem)
        session = turn.session
    return session


def by_question(session: Session, answers: Mapping[str, str]) -> Session:
    """A session answered to its end: each question by its id, the others with Enter, or `-` where that is refused."""
    while (question := session.stand().question) is not None:
        turn = session.take(answers.get(question.id, ""))
        if turn.problem is not None and question.id not in answers:
            turn = session.take("-")
        assert turn.problem is None, (question.id, turn.problem)
        session = turn.session
    return session


def tree_of(session: Session) -> Mapping[str, Tree]:
    result = session.stand().result
    assert result is not None, session.stand().question
    return result.tree
