"""A plan's year in commits: drafted, decided, reported, lowered without a reason and then with one, corrected, reported late."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.files.test_git import Repository

PLAN = """\
plan: prov-2026
titel: Provplan
typ: medborgarlöfte
period: 2026
beslut: {{datum: 2025-12-10, referens: KS 1}}
parter: {{kommunen: Kommunen, polisen: Polisen}}
åtaganden:
  - id: gang
    titel: Gå tillsammans
    parter: [kommunen]
    mål: {{minst: {target}, enhet: vandringar}}
{log}    uppföljning: {{rapporteras: månad, anstånd: 7}}
  - id: tillsyn
    titel: Tillsyn av krogar
    parter: [kommunen, polisen]
    mål: {{minst: 6, enhet: tillsyner}}
"""
FIRST = """\
      - datum: 2026-05-04
        vad: mål
        före: minst 24
        efter: minst 18
        skäl: resurser
        varför: Två ledare slutade
        beslut: styrgruppen 2026-05-04
"""
SECOND = """\
      - datum: 2026-09-01
        vad: mål
        före: minst 18
        efter: minst 12
        skäl: efterfrågan
        varför: Färre unga ute
"""
FILE = "plans/prov-2026.yaml"


def plan(target: int, log: str = "") -> str:
    return PLAN.format(target=target, log=f"    ändringar:\n{log}" if log else "")


def report(day: str, submitted: str, commitment: str = "gang", **more: str) -> str:
    lines = {"plan": "prov-2026", "åtagande": commitment, "datum": day, **more, "inlämnad": submitted}
    return "".join(f"{key}: {text}\n" for key, text in lines.items())


class Story:
    """The repository, with the hash of every step by its name."""

    def __init__(self, folder: Path) -> None:
        self.repository = Repository(folder)
        self.folder = folder
        self.at: dict[str, str] = {}
        self.step("utkast", "2025-12-01", {FILE: plan(30).replace("beslut: {datum: 2025-12-10, referens: KS 1}\n", "")})
        self.step("beslutad", "2025-12-11", {FILE: plan(24)})
        self.step(
            "rapporter", "2026-02-02", {f"reports/{n}.yaml": report(f"2026-01-{n}", f"2026-01-{n + 1}") for n in (10, 20, 28)}
        )
        self.step("sänkt", "2026-05-05", {FILE: plan(18)})
        self.step("skäl", "2026-05-08", {FILE: plan(18, FIRST)})
        self.step("sänkt igen", "2026-09-02", {FILE: plan(12, FIRST + SECOND)})
        self.step("rättad", "2026-09-05", {"reports/rattad.yaml": report("2026-01-21", "2026-09-05", ersätter="20")})
        self.step("sen", "2026-09-06", {"reports/sen.yaml": report("2026-02-11", "2026-09-06")})

    def step(self, name: str, day: str, files: Mapping[str, str | None]) -> None:
        when = f"{day}T12:00:00+0100"
        self.at[name] = self.repository.save(name.capitalize(), files, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
