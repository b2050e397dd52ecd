"""What the detailed view and JSON say of how the work was done."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.present.pieces import EVERYTHING, FOOT, written
from tests.projects import commitment, line, make, plan, rows, table
from uppfoljning.followup.view import View
from uppfoljning.present.views import status_detail as process
from uppfoljning.present.views.status_detail import detail_text
from uppfoljning.present.views.status_document import status_json
from uppfoljning.project.load import CheckedProject

STEPS = """moment:
      - {id: brev, titel: Skicka brev, ansvarig: handläggare, senast: 2026-01-31}
      - {id: samling, titel: Samling, varje: tillfälle}
      - {id: protokoll, titel: Protokoll, ansvarig: värd, varje: tillfälle}
      - {id: städning, titel: Städning, varje: tillfälle}"""
SERIES = rows(
    "2026-02-01;ja;nej;ej aktuellt;1;4,25;\n2026-02-02;ja;ja;ej aktuellt;;1;0,5\n2026-02-03;ja;ja;ej aktuellt;;;",
    "datum;moment.samling;moment.protokoll;moment.städning;timmar.planering;timmar.genomförande;timmar.efterarbete",
)
DAY = "2026-02-28"


def project(*more: str, series: str = SERIES) -> CheckedProject:
    return make(plan(commitment("{minst: 6}", *more, parties="[kommunen, polisen]")), series)


def without_steps(*cells: str) -> str:
    """A series of occasions that state hours and no steps."""
    return rows("\n".join(cells), "datum;timmar.planering;timmar.genomförande;timmar.efterarbete")


def shown(one: CheckedProject, room: int | None = None) -> str:
    return written(detail_text(table(one, DAY), line(one, DAY), FOOT, room, EVERYTHING))


def test_steps_by_whom_the_answer_first() -> None:
    assert (
        "Moment\n"
        "  Vid varje tillfälle: Samling\n"
        "  Inte vid varje tillfälle: Protokoll (Värd)\n"
        "  Skicka brev: inte gjort, skulle vara klart 2026-01-31 · Handläggare\n"
        "  Samling: 3 av 3 tillfällen · Kommunen, Polisen\n"
        "  Protokoll: 2 av 3 tillfällen · Värd\n"
        "  Städning: inga tillfällen ännu · Kommunen, Polisen\n"
    ) in shown(project(STEPS))


def test_no_step_is_no_heading_and_no_occasion_no_answer() -> None:
    assert "Moment" not in shown(project(series=rows("2026-02-01")))
    before = shown(project(STEPS, series=""))
    assert "id varje tillfälle" not in before
    assert "  Samling: inga tillfällen ännu · Kommunen, Polisen\n" in before


def test_hours() -> None:
    assert (
        "  timmar: planering 1, genomförande 5,25, efterarbete 0,5, tillsammans 6,75 · angivet i 2 av 3 rapporter\n"
    ) in shown(project(series=without_steps("2026-02-01;1;4,25;", "2026-02-02;;1;0,5", "2026-02-03;;;")))
    one_kind = rows("2026-02-01;4", "datum;timmar.genomförande")
    assert "  timmar: genomförande 4 · angivet i 1 av 1 rapport\n" in shown(project(series=one_kind))
    assert "timmar" not in shown(project(series=rows("2026-02-01")))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "Dokumentation: mål finns · orsaker, val, syfte, arbetssätt, uppföljning saknas"),
        (
            ("val: A", "syfte: B", "arbetssätt: C", "orsaker: [1]", "uppföljning: {anstånd: 3}"),
            "Dokumentation: orsaker, val, syfte, arbetssätt, mål, uppföljning finns",
        ),
    ],
)
def test_the_documentation_chain(more: tuple[str, ...], said: str) -> None:
    made = make(plan(commitment("{minst: 6}", *more), extra="orsaker: {1: Mörkt}"))
    assert process.chain(line(made, DAY).commitment) == said
    assert f"\n{said}\n" in shown(made)


def test_nothing_is_documented() -> None:
    bare = line(make(plan("  - {id: lov, titel: L, parter: [kommunen]}\n")), DAY).commitment
    assert process.chain(bare) == "Dokumentation: orsaker, val, syfte, arbetssätt, mål, uppföljning saknas"


def test_json() -> None:
    found = table(project(STEPS), DAY)
    (one,) = json.loads(status_json([found], FOOT, View(date(2026, 2, 28)), EVERYTHING))["åtaganden"]
    assert one["dokumentation"] == {
        "orsaker": False, "val": False, "syfte": False, "arbetssätt": False, "mål": True, "uppföljning": False,
    }  # fmt: skip
    assert one["timmar"] == {
        "planering": 1, "genomförande": 5.25, "efterarbete": 0.5, "summa": 6.75, "rapporter_med_timmar": 2, "rapporter": 3,
    }  # fmt: skip
    steps: dict[str, dict[str, Any]] = {step["id"]: step for step in one["moment"]}
    assert steps["brev"] == {
        "id": "brev", "titel": "Skicka brev", "ansvariga": ["handläggare"], "varje_tillfälle": False, "gjort": None,
        "tillfällen": None, "gjort_den": None, "senast": "2026-01-31", "försenat": True,
    }  # fmt: skip
    assert steps["samling"] == {
        "id": "samling", "titel": "Samling", "ansvariga": ["kommunen", "polisen"], "varje_tillfälle": True, "gjort": 3,
        "tillfällen": 3, "gjort_den": None, "senast": None, "försenat": False,
    }  # fmt: skip
