"""A small project that never changes, followed up, and the snapshots its faces are compared with."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from unicodedata import normalize

from uppfoljning.domain.period import Period
from uppfoljning.followup.table import CommitmentFollowUp, Selection, Table, follow_up
from uppfoljning.followup.view import View
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.terminal import Screen, TextLine
from uppfoljning.project.load import CheckedProject, load_project
from uppfoljning.rules.catalogue import level_of

SNAPSHOTS = Path(__file__).parent / "snapshots"
FOOT = Provenance(date(2026, 8, 31), "3f2a91c0d4e5f6a7b8c9", 12, 0, 0)
AS_OF = date(2026, 8, 31)
EVERYTHING = Selection()

PLAN = """\
plan: prov-2026
titel: Åtgärdsplan för Provköping 2026
typ: åtgärdsplan
period: 2026
avläsningar: [2026-12-31]
parter:
  kommunen: Provköpings kommun
  polisen: Lokalpolisområde Provköping
  klubben: Klubben
funktioner:
  handläggare: {titel: Alkoholhandläggare, part: kommunen}
  ledare: {titel: Kvällsledare, part: klubben}
platser: {torget: Torget, hamnen: Hamnen}
åtaganden:
  - id: tillsyn
    titel: Samordnad krogtillsyn
    parter: [kommunen, polisen]
    ansvarig: handläggare
    mål: {minst: 24, enhet: tillsyner, per: år, fördelning: {tertial: [8, 6, 10]}}
    moment:
      - {id: urval, titel: Välj ställen efter risk, ansvarig: handläggare, senast: 2026-01-31}
      - {id: brev, titel: Skicka brev, senast: 2026-03-31}
      - {id: protokoll, titel: Skriv protokoll, varje: tillfälle}
    snabbrapport: prov
    uppföljning: {rapporteras: månad, anstånd: 7, rapportör: handläggare}
  - id: kvällar
    titel: Kvällar på hamnplan
    parter: [klubben]
    ansvarig: ledare
    period: {från: 2026-08-01, till: 2026-10-31}
    mål:
      - {id: antal, minst: 1, enhet: kvällar, varje: [fre]}
      - {id: samtal, antal: löpande, enhet: samtal, räknar: samtal}
      - {id: nådda, minst: 90 %, enhet: föräldrar, räknar: {täljare: nådda, nämnare: kontaktade}}
    tillfällen: [2026-08-07, 2026-08-14, 2026-08-21, 2026-08-28]
    snabbrapport: prov
    uppföljning: {rapportör: ledare, anstånd: 3}
  - id: skyltar
    titel: "[/fel] [bold]Skyltar[/bold] med **stjärnor** | =1+1 och <b>rör</b>"
    parter: [kommunen]
    mål: {klart: 2026-05-31}
    snabbrapport: prov
  - id: formel
    titel: =SUMMA(A1:A9)
    parter: [kommunen]
    mål: {högst: 10, enhet: -klagomål, räknar: samtal}
    snabbrapport: prov
  - id: områden
    titel: Grannsamverkansföreningsområdesutvidgningsarbetsgruppsmöten i alla stadsdelar
    parter: [kommunen, polisen, klubben]
    mål: {minst: 10, enhet: områden, räknar: läget, sätt: nivå, baslinje: {värde: 7, datum: 2025-12-31}}
    snabbrapport: prov
  - id: spann
    titel: Utbildningar
    parter: [kommunen]
    mål: {mellan: [4, 6], enhet: utbildningar}
    snabbrapport: prov
  - id: besök
    titel: Besök där unga är
    parter: [polisen]
    mål: {antal: 400, enhet: besök, räknar: samtal, villkor: {platser: [torget]}}
    snabbrapport: prov
  - id: behov
    titel: Hjälp vid behov
    parter: [kommunen]
    mål: {antal: vid behov, enhet: ärenden}
    snabbrapport: prov
  - id: sen
    titel: Ordningsvakter
    parter: [kommunen]
    period: 2026-K4
    mål: {minst: 35, enhet: pass}
    snabbrapport: prov
"""
FORM = """\
snabbrapport: prov
titel: Prov
fält:
  samtal: {typ: antal}
  nådda: {typ: antal}
  kontaktade: {typ: antal}
  läget: {typ: antal}
"""
TILLSYN = """\
plan;åtagande;datum;start;plats;parter;läge;flyttad_till;moment.urval;moment.protokoll;avvikelser.vad;avvikelser.skäl;inlämnad
prov-2026;tillsyn;2026-01-16;21:00;torget;kommunen;;;ja;ja;;;2026-01-18
prov-2026;tillsyn;2026-01-16;21:00;torget;polisen;;;;;;;2026-01-19
prov-2026;tillsyn;2026-02-13;;;;;;;nej;Färre ställen;prioritering;2026-02-14
prov-2026;tillsyn;2026-03-13;;;;inställd;;;;Ingen tillsyn;resurser;2026-03-20
prov-2026;tillsyn;2026-04-10;;;;flyttad;2026-05-08;;;Görs i maj;resurser;2026-04-20
prov-2026;tillsyn;2026-05-08;;;;;;;ja;;;2026-06-20
prov-2026;tillsyn;2026-06-12;;;;;;;ja;;;2026-06-13
"""
KVALLAR = """\
plan;åtagande;datum;uppgifter.samtal;uppgifter.nådda;uppgifter.kontaktade;inlämnad
prov-2026;kvällar;2026-08-07;1 400;11;12;2026-08-08
prov-2026;kvällar;2026-08-14;12;20;20;2026-08-20
prov-2026;kvällar;2026-08-28;ca 20;5;6;2026-08-29
"""
REPORTS = {
    "skyltar": "datum: 2026-06-04\nklart: ja\ninlämnad: 2026-06-04\n",
    "formel": "datum: 2026-03-03\nuppgifter: {samtal: 12}\ninlämnad: 2026-03-03\n",
    "områden": "datum: 2026-06-30\nuppgifter: {läget: 9}\ninlämnad: 2026-06-30\n",
    "spann": "period: {från: 2026-05-01, till: 2026-07-31}\nantal: 3\ninlämnad: 2026-08-01\n",
    "besök": "datum: 2026-05-05\nplats: torget\nuppgifter: {samtal: 123}\ninlämnad: 2026-05-05\n",
    "besök2": "datum: 2026-05-06\nplats: hamnen\nuppgifter: {samtal: 77}\ninlämnad: 2026-05-06\n",
    "besök3": "datum: 2026-05-07\nuppgifter: {samtal: 3}\ninlämnad: 2026-05-07\n",
}
JUDGEMENT = """\
bedömning: 2026-T1
plan: prov-2026
datum: 2026-05-12
av: styrgruppen
åtaganden:
  tillsyn:
    genomförande: delvis
    resultat: går inte att bedöma
    motivering: Två tillsyner blev inte av
"""


class Texts:
    """A source of files kept in memory."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files

    def names(self) -> list[str]:
        return sorted(self.files)

    def read(self, name: str) -> bytes:
        return self.files[name].encode()


def files() -> dict[str, str]:
    """The project as files."""
    found = {
        "plans/prov-2026.yaml": PLAN,
        "plans/snabbrapporter/prov.yaml": FORM,
        "reports/tillsyn.csv": TILLSYN,
        "reports/kvallar.csv": KVALLAR,
        "reports/bedomningar/prov-2026-2026-T1.yaml": JUDGEMENT,
    }
    for name, text in REPORTS.items():
        file = f"reports/{normalize('NFKD', name).encode('ascii', 'ignore').decode()}.yaml"
        found[file] = f"plan: prov-2026\nåtagande: {name.rstrip('23')}\n{text}"
    return found


@cache
def project() -> CheckedProject:
    """The project, read; it has no errors."""
    found = load_project(Texts(files()))
    assert [finding for finding in found.findings if level_of(finding.problem.code) == "fel"] == []
    return found


def table(period: Period | None = None, as_of: date = AS_OF) -> Table:
    """Its follow-up."""
    (plan,) = project().plans.values()
    view = View(as_of, period)
    return follow_up(plan, view, forms=project().forms, entries=project().entries[plan.id], judgements=project().judgements)


def line(name: str, as_of: date = AS_OF) -> CommitmentFollowUp:
    """One of its commitments, followed up."""
    return next(one for one in table(as_of=as_of).lines if one.commitment.id == name)


def written(lines: Iterable[TextLine]) -> str:
    """Lines as they reach a pipe."""
    out = io.StringIO()
    Screen(out).show(lines)
    return out.getvalue()


def check_snapshot(name: str, text: str) -> None:
    """Compares byte for byte with the kept file; UPPDATERA=1 in the environment writes it anew."""
    file = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("UPPDATERA") == "1":
        file.write_bytes(text.encode())
    assert text.encode() == file.read_bytes()


def figures(text: str) -> list[str]:
    """Every figure in a text, in order of writing: the same for the same facts however they are laid."""
    return sorted(re.findall(r"\d+(?: \d{3}(?!\d))*(?:,\d+)?", text))
