"""The words of single rows: what each kind of target says of itself, in the table and in its explanation."""

from __future__ import annotations

import io
import re
from datetime import date
from fractions import Fraction

import pytest

from tests.present.pieces import EVERYTHING, FOOT, FORM, PLAN, Texts, figures, written
from uppfoljning.domain.target import promise
from uppfoljning.followup.table import CommitmentFollowUp, Table, follow_up
from uppfoljning.followup.view import View
from uppfoljning.present.terminal import Screen
from uppfoljning.present.views import status_cells as cells
from uppfoljning.present.views.status import status_text
from uppfoljning.present.views.status_detail import detail_text, explain_text
from uppfoljning.project.load import load_project
from uppfoljning.rules.catalogue import level_of

HEAD = PLAN.partition("åtaganden:")[0] + "terminer: {VT2026: [2026-01-08, 2026-06-12], HT2026: [2026-08-17, 2026-12-20]}\n"
FIELDS = FORM + "  butik: {typ: text}\n  anmäld: {typ: tidpunkt}\n  åtgärdad: {typ: tidpunkt}\n"


def followed(target: str, *reports: str, day: str = "2026-08-31", more: str = "") -> Table:
    """One commitment with one target, its reports and a day."""
    commitment = f"  - id: lov\n    titel: Löftet\n    parter: [klubben]\n    mål: {target}\n    snabbrapport: prov\n{more}"
    files = {"plans/prov-2026.yaml": f"{HEAD}åtaganden:\n{commitment}", "plans/snabbrapporter/prov.yaml": FIELDS}
    for number, report in enumerate(reports):
        files[f"reports/r{number}.yaml"] = f"plan: prov-2026\nåtagande: lov\n{report}inlämnad: {day}\n"
    project = load_project(Texts(files))
    assert [finding.problem for finding in project.findings if level_of(finding.problem.code) == "fel"] == []
    view = View(date.fromisoformat(day))
    return follow_up(project.plans["prov-2026"], view, forms=project.forms, entries=project.entries["prov-2026"])


def on(*days: str, more: str = "") -> list[str]:
    return [f"datum: {day}\n{more}" for day in days]


SPANS = [f"datum: 2026-03-0{day}\nuppgifter:\n  anmäld: 2026-03-01 08:00\n  åtgärdad: 2026-03-0{day} 09:00\n" for day in (1, 4)]

CELLS = {
    "count": ("{minst: 12, enhet: möten}", on("2026-03-01"), ("1 av 8", "12", "efter"), "minst 12 möten"),
    "count, reached": ("{minst: 2}", on("2026-03-01", "2026-03-02"), ("2 av 2", "2", "uppnått"), "minst 2 tillfällen"),
    "per": ("{minst: 2, enhet: möten, per: år}", on("2026-03-01"), ("1 av 1,33", "2", "efter"), "minst 2 möten per år"),
    "more": ("{antal: 1}", on("2026-03-01", "2026-03-02"), ("2 av 1", "1", "uppnått"), "antal 1 tillfällen"),
    "ceiling": ("{högst: 3}", on("2026-03-01"), ("1", "högst 3", "i fas"), "högst 3 tillfällen"),
    "range": ("{mellan: [2, 4]}", on("2026-03-01", "2026-03-02"), ("2 av 1,33", "2–4", "i fas"), "mellan 2 och 4 tillfällen"),
    "done": ("{klart: 2026-12-01}", on("2026-03-01", more="klart: ja\n"), ("klart", "2026-12-01", "uppnått"), "klart 2026-12-01"),
    "begun": ("{klart: 2026-12-01}", on("2026-03-01"), ("påbörjat", "2026-12-01", "ej förfallet"), "klart 2026-12-01"),
    "none yet": ("{minst: 2}", [], ("–", "2", "underlag saknas"), "minst 2 tillfällen"),
    "each term": ("{minst: 1, varje: termin}", on("2026-03-01"), ("1 av 1", "2", "i fas"), "minst 1 tillfällen varje termin"),
    "weekdays": ("{minst: 1, varje: [fre, lör]}", on("2026-03-06"), ("1 av 68", "104", "efter"), "varje fre och lör"),
    "within": (
        "{minst: 90 %, räknar: {inom: 24 timmar, av: [anmäld, åtgärdad]}}", SPANS,
        ("50 %", "90 %", "efter"), "minst 90 % tillfällen",
    ),
    "distinct": (
        "{alla: 3, enhet: butiker, räknar: {unika: butik}}", on("2026-03-01", "2026-03-02", more="uppgifter: {butik: a}\n"),
        ("1 av 2", "3", "efter"), "alla 3 butiker",
    ),
    "no number": ("{antal: utan måltal}", on("2026-03-01"), ("1", "utan måltal", "redovisat"), "tillfällen utan måltal"),
}  # fmt: skip


@pytest.mark.parametrize(("target", "reports", "row", "said"), CELLS.values(), ids=CELLS)
def test_cells(target: str, reports: list[str], row: tuple[str, str, str], said: str) -> None:
    (line,) = followed(target, *reports).lines
    (found,) = line.rows
    assert (cells.so_far(found), cells.whole(found), found.status.value) == row
    assert said in promise(found.target)


REMARKS = {
    "more than promised": ("{antal: 1}", on("2026-03-01", "2026-03-02"), ["mer än lovat"]),
    "late": ("{klart: 2026-02-28}", on("2026-03-01", more="klart: ja\n"), ["1 dag sent"]),
    "share": ("{minst: 90 %, räknar: {inom: 24 timmar, av: [anmäld, åtgärdad]}}", SPANS, ["1 av 2"]),
    "unreported": ("{minst: 4}", ["period: 2026-T2\nantal: 1\n"], ["1 jan–30 apr ej redovisat"]),
    "told": ("{minst: 4}", ["period: 2026-08\ntext: Lugnt\n"], ["”Lugnt”"]),
    "baseline, nothing known": (
        "{minst: 9, räknar: samtal, sätt: nivå, baslinje: {värde: 4, datum: 2025-12-31}}", [], ["utgångsläge 4"],
    ),
    "baseline, backwards": (
        "{minst: 9, räknar: samtal, sätt: nivå, baslinje: {värde: 4, datum: 2025-12-31}}",
        on("2026-03-01", more="uppgifter: {samtal: 3}\n"),
        ["utgångsläge 4, −20 % av vägen till målet"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("target", "reports", "said"), REMARKS.values(), ids=REMARKS)
def test_remarks(target: str, reports: list[str], said: list[str]) -> None:
    (line,) = followed(target, *reports).lines
    assert cells.remarks(line, line.rows[0]) == said


def test_a_cut_slot_is_named() -> None:
    table = followed("{minst: 1, varje: månad}", more="    period: {från: 2026-01-20, till: 2026-06-30}\n")
    (line,) = table.lines
    assert cells.remarks(line, line.rows[0]) == ["räknas inte, mindre än halva inne: januari"]
    text = written(explain_text(table, line, FOOT, None))
    assert "  räknas inte, mindre än halva ligger inom åtagandet: januari\n" in text


def test_many_missing_reports_are_counted() -> None:
    table = followed("{minst: 5}", more="    uppföljning: {rapporteras: månad, rapportör: ledare}\n")
    (line,) = table.lines
    assert cells.missing(line.missing, "ledare") == "7 rapporter saknas från ledare"
    assert cells.missing(line.missing[:2], "ledare") == "januari, februari saknar rapport från ledare"
    assert cells.missing([], "ledare") == ""


def test_the_way_from_a_baseline_is_what_the_bar_shows() -> None:
    """Half the way at half time is on pace: 100 % of what was to be expected, whatever the level is called."""
    target = "{minst: 9, räknar: samtal, sätt: nivå, baslinje: {värde: 4, datum: 2025-12-31}}"
    table = followed(target, *on("2026-06-01", more="uppgifter: {samtal: 7}\n"), day="2026-08-07")
    (row,) = table.lines[0].rows
    share = cells.against_plan(row)
    assert share is not None
    assert share >= 1
    assert row.status.value == "i fas"
    assert row.fulfilment == Fraction(3, 5)


EXPLAINED = {
    "count": ("{minst: 12}", on("2026-03-01"), ["räknar genomförda tillfällen", "mot planen: 1 / 7,99 = 13 %"]),
    "term": ("{minst: 1, varje: termin}", on("2026-03-01"), ["dagar mellan terminer räknas inte: ", "1 delperiod är ännu inte"]),
    "within": (
        "{minst: 90 %, räknar: {inom: 24 timmar, av: [anmäld, åtgärdad]}}",
        SPANS,
        ["andelen tillfällen där åtgärdad kommer högst 24 timmar efter anmäld", "utfall: 1 / 2 = 50 %"],
    ),
    "minutes": (
        "{minst: 90 %, räknar: {inom: 90 minuter, av: [anmäld, åtgärdad]}}",
        SPANS,
        ["andelen tillfällen där åtgärdad kommer högst 90 minuter efter anmäld"],
    ),
    "distinct": (
        "{alla: 3, räknar: {unika: butik}}",
        on("2026-03-01", more="uppgifter: {butik: a}\n"),
        ["räknar hur många olika värden fältet butik har"],
    ),
    "sum": (
        "{minst: 9, räknar: samtal}",
        on("2026-03-01", more="uppgifter: {samtal: 2}\n"),
        ["summerar fältet samtal", "utfall: 2\n"],
    ),
    "share": (
        "{minst: 90 %, räknar: {täljare: nådda, nämnare: kontaktade}}",
        on("2026-03-01", more="uppgifter: {nådda: 3, kontaktade: 4}\n"),
        ["summan av nådda delas med summan av kontaktade", "2026-03-01  3 av 4  reports/r0.yaml"],
    ),
    "barely": ("{minst: 3}", on("2026-03-01"), ["väntat hittills: 2 (i proportion till dagarna)\n"]),
    "nothing": ("{minst: 9}", [], ["Räknas (0 rapporter)\n  inga\n"]),
}


@pytest.mark.parametrize(("target", "reports", "said"), EXPLAINED.values(), ids=EXPLAINED)
def test_explanations(target: str, reports: list[str], said: list[str]) -> None:
    table = followed(target, *reports)
    text = written(explain_text(table, table.lines[0], FOOT, None))
    assert [one for one in said if one not in text] == []


def test_a_part_reported_is_explained() -> None:
    table = followed("{minst: 12}", "period: 2026-K4\nantal: 4\n", day="2027-02-01")
    text = written(explain_text(table, table.lines[0], FOOT, None))
    assert "alla siffror kommer från redovisade perioder; målet för dem är 3,02\n" in text
    assert "andel av målet för redovisad del: 132 %\n" in text


def test_every_kind_of_row_keeps_its_figures_at_every_width() -> None:
    for target, reports, *_ in CELLS.values():
        table = followed(target, *reports)
        (line,) = table.lines
        wide = _both(table, line, None)
        assert [room for room in (30, 60, 100) if _both(table, line, room) != wide] == []


def _both(table: Table, line: CommitmentFollowUp, room: int | None) -> list[list[str]]:
    """The figures of the table and of the detailed view."""
    faces = (status_text([table], FOOT, room, EVERYTHING), detail_text(table, line, FOOT, room, EVERYTHING))
    return [figures(written(face)) for face in faces]


@pytest.mark.parametrize("colour", [False, True])
def test_a_screen_obeys_nothing_in_a_text(colour: bool) -> None:
    out = io.StringIO()
    Screen(out, 80, colour).show([(("\x1b]0;x\x07 640823-3234", ""), ("\x9b2J\u202e", "bad"))])
    bare = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert bare == "·]0;x· ••••••-••••·2J·\n"
