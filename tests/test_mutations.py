"""Sound projects with words exchanged, lines lost or repeated and signs put in: every face prints, nothing falls over."""

from __future__ import annotations

import io
import random
import re
from datetime import date
from pathlib import Path

import pytest

from tests.projects import Texts
from uppfoljning.domain.period import Period, parse_period
from uppfoljning.followup.table import Selection, follow_up
from uppfoljning.followup.view import View
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.terminal import Screen
from uppfoljning.present.views.findings import FORMATS as FINDING_FORMATS
from uppfoljning.present.views.findings_located import located
from uppfoljning.present.views.status_detail import explain_text
from uppfoljning.present.views.status_formats import FORMATS as STATUS_FORMATS
from uppfoljning.project.load import load_project

HOME = Path(__file__).parents[1]
GROUND = HOME / "tests" / "exempel" / "grund"
WORDS = re.compile(r"[^\s,;:\[\]{}]+")
STRANGE = (
    *("", "0", "-1", "1.500", "ca 3", "minst 4", "100 %", "[]", "{}", "VT2026", "2026-W53", "2024-02-29", "0001-01-01"),
    *("9999-12-31", "9999-12-31 23:59", "12345678901234567890", "varje", "per", "nivå", "klart", "högst", "mellan", "alla"),
)
SIGNS = "\x00\t :-[]{}#\"'|>&*!%@`\u00a0\u2028å,;\n"
DAYS = (date.min, date(2026, 1, 1), date(2026, 8, 31), date(2027, 3, 1), date.max)


def published() -> dict[str, bytes]:
    """The plans of published documents in this repository, with their reports."""
    names = ("lulea-2018", "gotene-2018", "nykoping-2017-2019", "vara-2022", "strangnas-2020")
    chosen = [path for name in names for path in (HOME / "plans" / f"{name}.yaml", *(HOME / "reports" / name).rglob("*.yaml"))]
    forms = (HOME / "plans" / "snabbrapporter").glob("*.yaml")
    return {path.relative_to(HOME).as_posix(): path.read_bytes() for path in sorted([*chosen, *forms])}


def ground() -> dict[str, bytes]:
    return {path.relative_to(GROUND).as_posix(): path.read_bytes() for path in sorted(GROUND.rglob("*")) if path.is_file()}


def mutated(text: str, words: list[str], chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.6 and (found := list(WORDS.finditer(text))):
        at = chance.choice(found)
        return text[: at.start()] + chance.choice(words) + text[at.end() :]
    if kind < 0.85:
        lines = text.split("\n")
        line = lines.pop(chance.randrange(len(lines)))
        if kind > 0.7:
            for _ in range(2):
                lines.insert(chance.randrange(len(lines) + 1), line)
        return "\n".join(lines)
    at_sign = chance.randrange(len(text) + 1)
    return text[:at_sign] + chance.choice(SIGNS) + text[at_sign:]


TEXTS = ("text", "json", "csv", "md")
EVERY = 15
"""A workbook or a document takes as long as all the texts together, so that only each such mutation is drawn as one."""


@pytest.mark.slow
@pytest.mark.parametrize("files", [ground(), published()], ids=["ground", "published"])
def test_no_mutation_stops_any_face(files: dict[str, bytes]) -> None:
    chance = random.Random(20261122)
    words = sorted({word for data in files.values() for word in WORDS.findall(data.decode())}) + list(STRANGE) * 5
    for turn in range(150):
        changed = dict(files)
        for _ in range(chance.randint(1, 4)):
            name = chance.choice(sorted(changed))
            changed[name] = mutated(changed[name].decode(), words, chance).encode()
        source = Texts(changed)
        project = load_project(source)
        out = io.StringIO()
        screen = Screen(out, chance.choice([None, 20, 60, 80, 200]))
        findings = located(project.findings, source)
        for write_findings in FINDING_FORMATS.values():
            write_findings(findings, screen)
        period = chance.choice([None, parse_period("2026-T1"), parse_period("2018-05")])
        assert period is None or isinstance(period, Period)
        view = View(chance.choice(DAYS), period)
        tables = [
            follow_up(plan, view, forms=project.forms, entries=project.entries.get(plan.id, {}), judgements=project.judgements)
            for plan in project.plans.values()
        ]
        foot = Provenance(view.as_of, "", project.files, len(project.left_out), project.rows_left_out)
        lines = [(table, line) for table in tables for line in table.lines]
        picks = [
            Selection(),
            *(Selection(commitments=frozenset([f"{table.plan.id}/{line.commitment.id}"])) for table, line in lines),
        ]
        for name, write_status in STATUS_FORMATS.items():
            if name in TEXTS:
                write_status(tables, foot, view, chance.choice(picks), screen)
            elif turn % EVERY == 0:
                file = Screen(io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline=""))
                write_status(tables, foot, view, chance.choice(picks), file)
        for table, line in lines:
            screen.show(explain_text(table, line, foot, screen.width))
        assert "\x1b" not in out.getvalue()
