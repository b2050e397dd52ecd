"""Municipalities for the tests of the national picture: small projects, their sets of partial sums, and what is gathered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tests.projects import FORM, commitment, plan, read
from uppfoljning.national.datasets import Set, gather_sets, sets_in
from uppfoljning.national.gathered import NationalFollowUp
from uppfoljning.national.parquet import parquet_files
from uppfoljning.national.partials import Partials, partials_of
from uppfoljning.national.queries import NationalQuery
from uppfoljning.national.schema import TABLES
from uppfoljning.project.load import CheckedProject

DAY = date(2026, 12, 31)
EVERYTHING = NationalQuery(figures=True)
STEPS = "moment: [{id: samling, titel: Samling, varje: tillfälle}, {id: kurs, titel: Kurs, senast: 2026-02-28}]"
MONTHLY = "uppföljning: {rapporteras: månad, anstånd: 7, rapportör: värd}"
FILES: Mapping[str, str] = {
    "a": "datum: 2026-01-09\nstart: 20:00\nplats: torget\nparter: [kommunen]\nuppgifter:\n  samtal: 10\n  km: 1,5\n"
    "moment: {samling: ja, kurs: ja}\ntimmar:\n  genomförande: 2,25\ninlämnad: 2026-01-10\n",
    "samma": "datum: 2026-01-09\nstart: 20:00\nplats: torget\nparter: [polisen]\nuppgifter:\n  samtal: 10\n  km: 1,5\n"
    "timmar:\n  genomförande: 3\ninlämnad: 2026-01-11\n",
    "b": "datum: 2026-01-23\nparter: [kommunen]\nuppgifter:\n  samtal: ca 5\n  sedd: ja\nmoment: {samling: nej}\n"
    "avvikelser: [{vad: Kortare, skäl: väder}]\ninlämnad: 2026-01-24\n",
    "c": "datum: 2026-02-06\nläge: inställd\nparter: [kommunen]\n"
    "avvikelser: [{vad: Ingen, skäl: resurser}]\ninlämnad: 2026-03-20\n",
    "d": "datum: 2026-03-06\nläge: flyttad\nflyttad_till: 2026-04\nparter: [kommunen]\n"
    "avvikelser: [{vad: Flytt, skäl: väder}]\ninlämnad: 2026-03-06\n",
    "e": "period: 2026-04\nantal: minst 3\nparter: [kommunen]\nuppgifter:\n  samtal: 7\ninlämnad: 2026-05-02\n",
    "f": "period: 2026-05\nläge: nollrapport\ninlämnad: 2026-06-01\n",
    "g": "datum: 2026-06-05\nparter: [kommunen]\ninlämnad: 2026-06-05\nutgåva: 0123abcd\n",
    "h": "datum: 2026-06-05\nparter: [kommunen]\nuppgifter:\n  samtal: 4\nersätter: g\ninlämnad: 2026-06-06\nutgåva: 0123abcd\n",
}
"""Reports of the commitment `lov`: a joint occasion, a changed, a cancelled, a moved, a total, a zero report and a correction."""


def promise(code: str = "0180", *more: str, target: str = "{minst: 12}") -> str:
    """A plan of a municipality with one commitment of two parties."""
    return plan(commitment(target, STEPS, MONTHLY, *more, parties="[kommunen, polisen]"), extra=f'kommun: "{code}"')


def town(code: str = "0180", reports: Mapping[str, str] = FILES, text: str = "") -> CheckedProject:
    """The project of a municipality."""
    files = {"plans/prov-2026.yaml": text or promise(code), "plans/snabbrapporter/prov.yaml": FORM}
    files |= {f"reports/{name}.yaml": f"plan: prov-2026\nåtagande: lov\n{said}" for name, said in reports.items()}
    return read(files)


def partials(project: CheckedProject, day: date = DAY) -> Partials:
    return partials_of(project, project.plans.values(), day)


def rows(project: CheckedProject, table: str, day: date = DAY) -> list[dict[str, object]]:
    """The rows of a table with the names of their columns."""
    names = [column.name for column in (*TABLES[table].keys, *TABLES[table].values)]
    return [dict(zip(names, row, strict=True)) for row in partials(project, day).tables[table]]


def exported(folder: Path, projects: Mapping[str, CheckedProject], day: date = DAY) -> list[Set]:
    """The sets of some municipalities by their code, written below a folder."""
    for name, content in parquet_files({code: partials(one, day) for code, one in projects.items()}, day).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return sets_in(folder, str(folder))[0]


def gathered_from(sets: list[Set], question: NationalQuery = EVERYTHING) -> NationalFollowUp:
    """What is gathered from sets that are sound."""
    gathering = gather_sets(sets, question)
    assert gathering.refused == () and gathering.found is not None
    return gathering.found
