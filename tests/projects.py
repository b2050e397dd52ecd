"""Small projects for the tests, written as they would be written in files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from textwrap import dedent

from uppfoljning.domain.finding import Finding
from uppfoljning.domain.period import Period, parse_period
from uppfoljning.followup.table import CommitmentFollowUp, Table, follow_up
from uppfoljning.followup.view import View
from uppfoljning.project.load import CheckedProject, load_project
from uppfoljning.rules.catalogue import level_of

HEAD = """\
plan: prov-2026
titel: Prov
typ: medborgarlöfte
period: {period}
parter: {{kommunen: Kommunen, polisen: Polisen, klubben: Klubben}}
funktioner:
  värd: {{titel: Värd, part: klubben}}
  handläggare: {{titel: Handläggare, part: kommunen}}
platser: {{torget: Torget, hamnen: Hamnen, parken: Parken}}
terminer: {{VT2026: [2026-01-08, 2026-06-12], HT2026: [2026-08-17, 2026-12-20]}}
{extra}
åtaganden:
"""

FORM = """\
snabbrapport: prov
titel: Prov
fält:
  samtal: {typ: antal}
  km: {typ: tal}
  butik: {typ: text}
  sort: {typ: val, av: [fast, rörlig]}
  sedd: {typ: ja/nej}
  nådda: {typ: antal}
  kontaktade: {typ: antal}
  anmäld: {typ: tidpunkt}
  åtgärdad: {typ: tidpunkt}
  läge: {typ: antal}
"""


class Texts:
    """A source of files kept in memory."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self.files = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}

    def names(self) -> list[str]:
        return sorted(self.files)

    def read(self, name: str) -> bytes:
        return self.files[name]


def commitment(target: str, *more: str, parties: str = "[kommunen]", id: str = "lov") -> str:
    """One commitment as lines of a plan; `target` is what stands after `mål:`."""
    lines = [
        f"- id: {id}",
        "  titel: Löftet",
        f"  parter: {parties}",
        f"  mål: {target}",
        "  snabbrapport: prov",
        *(f"  {one}" for one in more),
    ]
    return "".join(f"  {line}\n" for line in lines)


def plan(*commitments: str, period: str = "2026", extra: str = "") -> str:
    """A whole plan."""
    return HEAD.format(period=period, extra=extra) + "".join(commitments)


def rows(text: str, columns: str = "datum") -> str:
    """A CSV series for the commitment `lov`: one row for each line, the cells of `columns`."""
    body = "".join(f"prov-2026;lov;{line.strip()}\n" for line in dedent(text).strip().splitlines())
    return f"plan;åtagande;{columns}\n{body}"


def read(files: Mapping[str, str | bytes]) -> CheckedProject:
    """A project of the given files."""
    return load_project(Texts(files))


def make(plan_text: str, csv: str = "", reports: Mapping[str, str] | None = None) -> CheckedProject:
    """A project with one plan, the form `prov`, one CSV series and report files; it must be free of errors."""
    files: dict[str, str | bytes] = {"plans/prov-2026.yaml": plan_text, "plans/snabbrapporter/prov.yaml": FORM}
    if csv:
        files["reports/serie.csv"] = csv
    for name, text in (reports or {}).items():
        files[f"reports/{name}.yaml"] = "plan: prov-2026\n" + ("" if "åtagande:" in text else "åtagande: lov\n") + dedent(text)
    project = read(files)
    assert errors(project) == []
    return project


def errors(project: CheckedProject) -> list[Finding]:
    """The findings that are errors."""
    return [finding for finding in project.findings if level_of(finding.problem.code) == "fel"]


def table(project: CheckedProject, day: str, period: str = "") -> Table:
    """The follow-up of the project's only plan."""
    (one,) = project.plans.values()
    limited = parse_period(period) if period else None
    assert limited is None or isinstance(limited, Period)
    view = View(date.fromisoformat(day), limited)
    return follow_up(one, view, forms=project.forms, entries=project.entries[one.id], judgements=project.judgements)


def line(project: CheckedProject, day: str, period: str = "") -> CommitmentFollowUp:
    """The follow-up of the commitment `lov`."""
    return next(one for one in table(project, day, period).lines if one.commitment.id == "lov")
