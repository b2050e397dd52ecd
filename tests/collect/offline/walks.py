"""A plan with a commitment for every built-in form and one whose form has every type of answer; and their sheets."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.projects import Texts
from uppfoljning.collect.sheet import as_plain, edition_of, sheet_of
from uppfoljning.project.load import CheckedProject, load_project
from uppfoljning.project.plans import BUILT_IN

_HEAD = """\
plan: prov-2026
titel: Prov
period: 2026
parter: {klubben: Klubben, kommunen: Kommunen, polisen: Polisen}
funktioner:
  nattvandrare: {titel: Nattvandrare, part: klubben}
  ordningsvakt: {titel: Ordningsvakt, part: kommunen}
  kommunpolis: {titel: Kommunpolis, part: polisen}
platser: {torget: Torget, hamnen: Hamnen}
terminer: {VT2026: [2026-01-08, 2026-06-12], HT2026: [2026-08-17, 2026-12-20]}
åtaganden:
"""
_COMMITMENT = """\
  - id: {id}
    titel: Löftet om {id}
    parter: [klubben, kommunen]
    ansvarig: nattvandrare
    mål: {{antal: utan måltal}}
    snabbrapport: {id}
"""
_EVERY_TYPE = """\
  - id: allt
    titel: Allt som kan frågas
    parter: [klubben]
    ansvarig: nattvandrare
    period: {från: 2026-02-01, till: 2026-11-30}
    mål: {minst: 90 %, räknar: {inom: 24 timmar, av: [anmäld, åtgärdad]}}
    pauser: [{från: 2026-07-01, till: 2026-07-31, skäl: resurser}]
    moment:
      - {id: kallelse, titel: Kalla föräldrar, ansvarig: nattvandrare, senast: 2026-03-20}
      - {id: samling, titel: Samling, varje: tillfälle}
      - {id: återkoppling, titel: Återkoppla, varje: tillfälle}
    snabbrapport: allt
    uppföljning: {rapporteras: termin, anstånd: 7, rapportör: nattvandrare}
"""
FORM = """\
snabbrapport: allt
titel: Allt
minst_funktioner: {nattvandrare: 3}
fält:
  samtal: {fråga: Hur många pratade ni med?, typ: antal, krävs: ja}
  unga: {typ: antal, ingår_i: samtal}
  besök: {typ: antal, minst: 1, högst: 200}
  km: {typ: tal, minst: "0,5", högst: 30}
  trygga: {typ: andel, högst: 100}
  rutt: {typ: text}
  sort: {typ: val, av: [fast, rörlig]}
  alkohol: {typ: ja/nej}
  nästa: {typ: datum}
  hemgång: {typ: tid}
  anmäld: {typ: tidpunkt}
  åtgärdad: {typ: tidpunkt}
  vandrat: {typ: längd, högst: "12,5"}
  väntat: {typ: längd, ingår_i: vandrat}
  oro: {typ: ja/nej}
  bråk: {typ: ja/nej, ingår_i: oro}
"""
FIRST = "reports/prov-2026/allt/forsta.yaml"
FILES = {
    "plans/prov-2026.yaml": _HEAD + "".join(_COMMITMENT.format(id=form) for form in BUILT_IN) + _EVERY_TYPE,
    "plans/snabbrapporter/allt.yaml": FORM,
    FIRST: "åtagande: allt\nplan: prov-2026\ndatum: 2026-03-01\nuppgifter:\n  samtal: 4\n",
}
SOURCE = Texts(FILES)


@cache
def walks() -> CheckedProject:
    """The project as it is before anything is handed in."""
    return load_project(SOURCE)


@cache
def _sheets() -> dict[str, dict[str, Any]]:
    plan = walks().plans["prov-2026"]
    sheets = {one.id: sheet_of(plan, one, walks().forms.get(one.form)) for one in plan.commitments}
    return {name: as_plain(sheet) | {"edition": edition_of(sheet)} for name, sheet in sheets.items()}


def sheet(id: str) -> dict[str, Any]:
    """What the form of a commitment asks, as the script gets it."""
    return _sheets()[id]


def state(id: str, **changes: Any) -> dict[str, Any]:
    """A form filled in as little as it can be; `changes` fill in more, with a dictionary's parts one by one."""
    required = {field["id"]: _ANSWER[field["type"]] for field in sheet(id)["fields"] if field["required"]}
    required |= {name: "bättre" for name in required if name == "läge"}
    filled: dict[str, Any] = {
        "outcome": "genomförd", "day": "2026-03-06", "start": "", "end": "", "period": "", "moved_to": "", "parties": [],
        "places": [], "functions": {name: str(least) for name, least in sheet(id)["least_crew"].items()}, "facts": required,
        "steps": {}, "step_why": {}, "reason": "", "why": "", "what": "", "crew": {"reason": "", "why": ""}, "deviations": [],
        "observations": [], "hours": {}, "text": "", "reporter": "nattvandrare", "receipt": "k7m3-9qfx",
        "edition": sheet(id)["edition"], "submitted": "2026-12-31", "replaces": "",
    }  # fmt: skip
    for name, value in changes.items():
        filled[name] = filled[name] | value if isinstance(value, dict) else value
    return filled


_ANSWER = {"antal": "4", "text": "Ställe 12", "ja/nej": "ja", "val": "lugnt"}
