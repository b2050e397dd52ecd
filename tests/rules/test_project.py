"""The project as a whole: what is left out and said to be, what belongs to what, and what is compared with what."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.project_pieces import JUDGEMENT, REPORT, base, codes, plan_with, project, put, rows_of, source, spots
from uppfoljning.domain.entry import Entry
from uppfoljning.project.load import CheckedProject, load_project
from uppfoljning.project.plans import BUILT_IN, built_in

OTHER = """\
plan: {id}
titel: {id}
period: {period}
parter: {{kommunen: Kommunen}}
åtaganden:
  - {{id: {commitment}, titel: Prov, parter: [kommunen], mål: {{minst: 1}}}}
"""


def other(id: str, commitment: str, period: str = "2026") -> dict[str, str]:
    return {f"plans/{id}.yaml": OTHER.format(id=id, commitment=commitment, period=period)}


def ids(checked: CheckedProject, commitment: str = "nattvandring") -> list[str]:
    return [entry.id for entry in checked.entries["exempel-2026"][commitment]]


def entry(checked: CheckedProject, id: str) -> Entry:
    return next(found for by_id in checked.entries.values() for entries in by_id.values() for found in entries if found.id == id)


def test_a_plan_with_a_fault_is_not_followed_up() -> None:
    checked = project(base(), plan_with("kommun: 180"))
    assert codes(checked) == ["S118"]
    assert dict(checked.plans) == {}
    assert checked.errors == 1


def test_a_fault_in_a_report_leaves_out_only_that_report() -> None:
    checked = project(base(), {"reports/x.yaml": put(REPORT, "start: 25:00"), "reports/y.yaml": put(REPORT, "datum: 2026-03-13")})
    assert codes(checked) == ["S104"]
    assert checked.left_out == ("reports/x.yaml",)
    assert ids(checked) == ["2026-02-06-nattvandring", "y"]
    assert checked.files == len(base()) + 2


def test_a_warning_leaves_nothing_out() -> None:
    checked = project(base(), {"reports/x.yaml": put(REPORT, "uppgifter:")})
    assert codes(checked) == ["M701"]
    assert (checked.errors, checked.left_out) == (0, ())
    assert "x" in ids(checked)


def test_a_folder_that_cannot_be_opened_is_left_out() -> None:
    memory = source(base())
    memory.files["reports/stängd"] = None
    checked = load_project(memory)
    assert "F001" in codes(checked)
    assert "reports/stängd" in checked.left_out


def test_only_faulty_rows_are_left_out() -> None:
    rows = rows_of(
        "åtagande;datum;uppgifter.samtal;avvikelser.vad;avvikelser.skäl",
        "nattvandring;2026-03-06;3;;",
        "nattvandring;2026-03-13;x;;",
        "nattvandring;2026-03-20;4",
        "nattvandring;2026-03-27;4;;väder",
        "nattvandring;2026-04-03;5;;",
    )
    memory = source(base(), {"reports/x.csv": rows})
    checked = load_project(memory)
    assert spots(checked, memory) == [
        ("reports/x.csv", "S107", 3, 25),
        ("reports/x.csv", "C003", 4, 1),
        ("reports/x.csv", "S102", 5, 1),
    ]
    assert (checked.rows_left_out, checked.left_out) == (3, ())
    assert [name for name in ids(checked) if name.startswith("x#")] == ["x#1", "x#5"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("åtagande;datum;samtal\nnattvandring;2026-03-06;3\n", "S101"),
        ("åtagande;datum;uppgifter.samtal;uppgifter.x\nnattvandring;2026-03-06;3;4\n", "R308"),
        ("åtagande;datum;datum;uppgifter.samtal\nnattvandring;2026-03-06;;3\n", "C002"),
        ("\n\nåtagande;datum;uppgifter.samtal;funktioner.Fältare\nnattvandring;2026-03-06;3;4\n", "S116"),
        ('åtagande;"datum\nnattvandring;2026-03-06\n', "C005"),
    ],
)
def test_a_faulty_header_leaves_out_the_whole_file(rows: str, code: str) -> None:
    checked = project(base(), {"reports/x.csv": rows})
    assert codes(checked) == [code]
    assert (checked.rows_left_out, checked.left_out) == (0, ("reports/x.csv",))


def test_rows_say_the_same_as_files() -> None:
    told = {
        "plan": "exempel-2026",
        "åtagande": "nattvandring",
        "datum": "2026-03-06",
        "start": "21:00",
        "slut": "00:30",
        "plats": "centrum,norra",
        "parter": "nattvandrarna",
        "funktioner.nattvandrare": "4",
        "uppgifter.samtal": "ca 20",
        "moment.samling": "nej",
        "avvikelser.vad": "Sen",
        "avvikelser.skäl": "väder",
        "timmar.planering": "1,5",
        "inlämnad": "2026-03-07",
    }
    rows = rows_of(";".join(told), ";".join(told.values()))
    file = (
        "plan: exempel-2026\nåtagande: nattvandring\ndatum: 2026-03-06\nstart: 21:00\nslut: 00:30\nplats: [centrum, norra]\n"
        "parter: [nattvandrarna]\nfunktioner: {nattvandrare: 4}\nuppgifter:\n  samtal: ca 20\nmoment: {samling: nej}\n"
        "avvikelser:\n  - {vad: Sen, skäl: väder}\ntimmar:\n  planering: 1,5\ninlämnad: 2026-03-07\n"
    )
    checked = project(base(), {"reports/rad.csv": rows}), project(base(), {"reports/fil.yaml": file})
    row, written = entry(checked[0], "rad#1"), entry(checked[1], "fil")
    assert (checked[0].findings, checked[1].findings) == ((), ())
    assert (row.report, row.span, row.parties, row.facts) == (written.report, written.span, written.parties, written.facts)


def test_a_commitment_that_is_alone_with_its_id_needs_no_plan() -> None:
    checked = project(base(), other("annan", "lekplats"), {"reports/x.yaml": "åtagande: lekplats\ndatum: 2026-03-06\n"})
    assert checked.findings == ()
    assert [found.id for found in checked.entries["annan"]["lekplats"]] == ["x"]


def test_an_ambiguous_commitment_asks_for_the_plan() -> None:
    checked = project(base(), other("annan", "nattvandring"), {"reports/x.yaml": "åtagande: nattvandring\ndatum: 2026-03-06\n"})
    (finding,) = checked.findings
    assert finding.problem.code == "R303"
    assert finding.problem.remedy == "skriv ett av: annan/nattvandring, exempel-2026/nattvandring"


@pytest.mark.parametrize(
    "keys", ["åtagande: annan/nattvandring", "åtagande: nattvandring\nplan: annan", "åtagande: annan/nattvandring\nplan: annan"]
)
def test_the_plan_settles_it(keys: str) -> None:
    checked = project(base(), other("annan", "nattvandring"), {"reports/x.yaml": f"{keys}\ndatum: 2026-03-06\n"})
    assert checked.findings == ()
    assert [found.id for found in checked.entries["annan"]["nattvandring"]] == ["x"]


def test_a_commitment_of_no_plan_is_wrong_where_all_plans_are_read() -> None:
    assert codes(project(base(), {"reports/x.yaml": "åtagande: lekplats\ndatum: 2026-03-06\n"})) == ["R302"]


def test_a_correction_takes_its_reports_place() -> None:
    twice = {"reports/a.yaml": REPORT, "reports/b.yaml": put(REPORT, "uppgifter:\n  samtal: 32\nersätter: a")}
    assert codes(project(base(), twice)) == []


def test_totals_are_compared_only_within_a_place_and_party() -> None:
    def total(place: str, count: int) -> str:
        return f"åtagande: nattvandring\nperiod: 2026-03\nantal: {count}\nplats: {place}\n"

    apart = {"reports/a.yaml": total("centrum", 3), "reports/b.yaml": total("norra", 4)}
    assert codes(project(base(), apart)) == []
    assert codes(project(base(), apart, {"reports/b.yaml": total("centrum", 4)})) == ["T503"]


def test_a_clash_of_totals_is_said_once_though_many_figures_clash() -> None:
    rows = "åtagande;period;antal;uppgifter.samtal;uppgifter.besök\nnattvandring;2026-03;3;4;5\nnattvandring;2026-03;4;5;6\n"
    assert codes(project(base(), {"reports/x.csv": rows})) == ["T503"]


def test_every_figure_that_falls_is_named() -> None:
    rows = "åtagande;period;antal;uppgifter.samtal;uppgifter.besök\nnattvandring;2026-K1;3;9;9\nnattvandring;2026-H1;4;5;6\n"
    checked = project(base(), {"reports/x.csv": rows})
    assert sorted(finding.problem.message for finding in checked.findings) == [
        "den löpande totalen faller (besök)",
        "den löpande totalen faller (samtal)",
    ]
    assert {finding.also.path for finding in checked.findings if finding.also} == {
        (1, "uppgifter.samtal"),
        (1, "uppgifter.besök"),
    }


def test_a_report_of_the_same_occasion_from_another_party_is_no_duplicate() -> None:
    joint = put(REPORT, "start: 21:00\nplats: centrum\nparter: [nattvandrarna]")
    checked = project(base(), {"reports/a.yaml": joint, "reports/b.yaml": put(joint, "parter: [kommunen]")})
    assert codes(checked) == []


def test_a_likely_duplicate_names_the_first_report_too() -> None:
    memory = source(base(), {"reports/a.yaml": REPORT, "reports/b.yaml": REPORT, "reports/c.yaml": put(REPORT, "start: 21:00")})
    checked = load_project(memory)
    assert spots(checked, memory) == [("reports/b.yaml", "Q601", 3, 8), ("reports/c.yaml", "Q601", 3, 8)]
    assert {finding.also.file for finding in checked.findings if finding.also} == {"reports/a.yaml"}


def test_moments_that_are_days_cannot_be_compared_and_do_no_harm() -> None:
    form = "snabbrapport: klotter\ntitel: Klotter\nfält:\n  anmäld: {typ: tidpunkt}\n  åtgärdad: {typ: datum}\n"
    rows = rows_of("åtagande;datum;uppgifter.anmäld;uppgifter.åtgärdad", "klotter;2026-03-06;2026-03-06 08:00;2026-03-05")
    files = {"plans/snabbrapporter/klotter.yaml": form, "reports/x.csv": rows}
    assert codes(project(base(), files)) == ["P215"]


def test_a_judgement() -> None:
    checked = project(base())
    (judgement,) = checked.judgements
    assert (judgement.plan, judgement.day, judgement.by) == ("exempel-2026", date(2026, 5, 12), "styrgruppen")
    assert str(judgement.verdicts["krogtillsyn"]) == "delvis, resultat: gott"


@pytest.mark.parametrize(
    ("piece", "code"),
    [
        ("datum: i maj", "S105"),
        ("plan: exempel-2025", "R301"),
        ("åtaganden:\n  krog: {resultat: gott}", "R302"),
        ("bedömning: HT2031", "R311"),
    ],
)
def test_a_faulty_judgement_is_left_out(piece: str, code: str) -> None:
    checked = project(base(), {JUDGEMENT: put(base()[JUDGEMENT].decode(), piece)})
    assert codes(checked) == [code]
    assert (checked.judgements, checked.left_out) == ((), (JUDGEMENT,))


def test_a_judgement_of_a_term_and_of_a_lost_plan() -> None:
    text = base()[JUDGEMENT].decode()
    assert codes(project(base(), {JUDGEMENT: put(text, "bedömning: VT2026")})) == []
    assert codes(project(base(), {"plans/borta.yaml": "plan: [\n", JUDGEMENT: put(text, "plan: borta")})) == ["Y004"]


def test_series_are_not_reports() -> None:
    files = {
        "plans/indikatorer/misshandel.yaml": "indikator: misshandel\ntitel: Misshandel\n",
        "reports/indikatorer/misshandel.csv": "område;månad;antal\ncentrum;2026-01;4\n",
    }
    assert codes(project(base(), files)) == []


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("plans/x.yaml", "S102"),
        ("plans/snabbrapporter/x.yaml", "S102"),
        ("reports/bedomningar/x.yaml", "S102"),
        ("reports/x.yaml", "S102"),
        ("plans/indikatorer/x.yaml", ""),
    ],
)
def test_the_folder_tells_what_a_file_without_its_top_key_is(file: str, code: str) -> None:
    checked = project(base(), {file: "titel: Prov\n" if code != "S102" else "text: Prov\n"})
    assert (code in codes(checked)) is bool(code)
    assert not any(finding.problem.code == "N102" for finding in checked.findings)


@pytest.mark.parametrize("id", BUILT_IN)
def test_a_built_in_form_is_read_when_asked_for(id: str) -> None:
    assert built_in(id).id == id
    plan = OTHER.format(id="annan", commitment="prov", period="2026").replace("mål:", f"snabbrapport: {id}, mål:")
    checked = project(base(), {"plans/annan.yaml": plan})
    assert checked.findings == ()
    assert id in checked.forms


def test_nothing_at_all() -> None:
    checked = project({})
    assert (checked.findings, checked.files, checked.left_out, dict(checked.plans)) == ((), 0, (), {})


def test_a_row_with_a_known_receipt_is_left_out_and_the_others_count() -> None:
    rows = (
        "åtagande;datum;uppgifter.samtal;kvitto\n"
        "nattvandring;2026-03-13;4;a\nnattvandring;2026-03-14;5;a\nnattvandring;2026-03-15;6;b\n"
    )
    checked = project(base(), {"reports/rader.csv": rows})
    assert codes(checked) == ["R319"]
    assert checked.rows_left_out == 1
    assert [entry.id for entry in checked.entries["exempel-2026"]["nattvandring"][-2:]] == ["rader#1", "rader#3"]
