"""Tables as form programs and people make them: what comes in is what they mean, and what cannot be known is said."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
import xlsxwriter

from tests.cli.running import folder
from tests.files.test_tables import workbook
from uppfoljning.cli.main import main

Capture = pytest.CaptureFixture[str]

PLAN = """\
plan: prov-2026
titel: Prov
period: 2026
parter: {vandrarna: Vandrarna, kommunen: Provköping}
funktioner:
  vandrare: {titel: Vandrare, part: vandrarna}
platser: {torget: Torget, hamnen: Gamla hamnen}
åtaganden:
  - id: kvällsgång
    titel: Kvällsgång
    parter: [vandrarna]
    mål:
      - {id: kvällar, minst: 120, enhet: kvällar}
      - {id: samtal, antal: löpande, enhet: samtal, räknar: samtal}
    snabbrapport: gång
"""
FORM = """\
snabbrapport: gång
titel: Gång
fält:
  samtal: {fråga: Hur många pratade ni med?, typ: antal, krävs: ja}
  sett: {fråga: Vad såg ni?, typ: val, av: [Klotter, Inget särskilt]}
  sträcka: {fråga: Sträcka i km, typ: tal}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project whose form has a question with the words of a built-in key."""
    folder(tmp_path, {"plans/prov-2026.yaml": PLAN, "plans/snabbrapporter/gang.yaml": FORM.replace("gång", "gang")})
    (tmp_path / "plans/prov-2026.yaml").write_text(PLAN.replace("snabbrapport: gång", "snabbrapport: gang"), "utf-8")
    return tmp_path


def mapping(root: Path, columns: str, row_id: str = "") -> None:
    own = f"rad_id: {row_id}\n" if row_id else ""
    lines = f"mappning: m\nplan: prov-2026\nåtagande: kvällsgång\n{own}kolumner:\n{columns}\n"
    folder(root, {"plans/mappningar/m.yaml": lines})


def put(root: Path, text: str) -> None:
    (root / "in.csv").write_text(text, "utf-8")


def bring(root: Path, *words: str, name: str = "in.csv", mapping: str = "m") -> int:
    return main(["-C", str(root), "importera", str(root / name), "--mappning", mapping, *words])


def proposed(root: Path, capsys: Capture, text: str = "", name: str = "in.csv") -> str:
    if text:
        put(root, text)
    words = ["--skapa-mappning", "--atagande", "kvällsgång", "--mappning", "förslag"]
    assert main(["-C", str(root), "importera", str(root / name), *words]) == 0
    capsys.readouterr()
    return next((root / "plans/mappningar").glob("f*.yaml")).read_text("utf-8")


def reports(root: Path) -> list[str]:
    return [path.read_text("utf-8") for path in sorted((root / "reports").rglob("*.yaml"))]


MONTHS = [["Månad", "Antal", "Samtal"], *([dt.date(2026, month, 1), 4, 40] for month in (1, 2, 3))]


def test_month_cells_of_a_workbook_are_months(root: Path, capsys: Capture) -> None:
    mapping(root, "  Månad: period\n  Antal: antal\n  Samtal: uppgifter.samtal", "Månad")
    (root / "in.xlsx").write_bytes(workbook({"Blad": MONTHS}, formats={0: "mmm-yy"}))
    assert bring(root, name="in.xlsx") == 0
    assert "läses som månader" in capsys.readouterr().err
    assert [text.split("period: ")[1][:7] for text in reports(root)] == ["2026-01", "2026-02", "2026-03"]
    assert "period: 2026-01-01" not in "".join(reports(root))


def test_days_among_periods_are_refused_with_the_question(root: Path, capsys: Capture) -> None:
    mapping(root, "  Månad: period\n  Antal: antal", "Månad")
    put(root, "Månad;Antal\n2026-01-01;4\n2026-02-14;5\n2026-03;6\n")
    assert bring(root) == 1
    out = capsys.readouterr().out
    assert "rad 2" in out and "rad 3" in out and "är det månaden" in out and "1 skriven" in out


@pytest.mark.parametrize("cell", ["mars 2026", "mar-26", "2026M03", "03/2026", "202603"])
def test_a_month_in_words_is_a_month(root: Path, cell: str) -> None:
    mapping(root, "  Månad: period\n  Antal: antal", "Månad")
    put(root, f"Månad;Antal\n{cell};4\n")
    assert bring(root) == 0
    assert "period: 2026-03\n" in reports(root)[0]


ODK = """\
SubmissionDate,datum,plats,samtal,KEY,SubmitterName,ReviewState,Edits
2026-05-01T22:40:10.123Z,2026-05-01,torget,12,uuid:a1,Lag Ett,,0
2026-05-03T05:40:10.123Z,2026-05-02,hamnen,7,uuid:b2,Lag Ett,rejected,0
"""


def test_a_submission_corrected_at_the_source_replaces_and_a_rejected_one_stays_out(root: Path, capsys: Capture) -> None:
    text = proposed(root, capsys, ODK)
    assert 'rad_id: "KEY"' in text and '"SubmissionDate": inlämnad' in text and "SubmitterName: " not in text
    assert bring(root, "--trots-kontrollera", mapping="förslag") == 0
    assert "inlämnad: 2026-05-02" in reports(root)[0] and len(reports(root)) == 1
    assert bring(root, "--trots-kontrollera", mapping="förslag") == 0
    assert len(reports(root)) == 1
    put(root, ODK.replace("torget,12", "torget,21").replace(",,0", ",edited,1"))
    assert bring(root, "--trots-kontrollera", mapping="förslag") == 0
    assert bring(root, "--trots-kontrollera", mapping="förslag") == 0
    assert len(reports(root)) == 2 and "ersätter" in "".join(reports(root))
    capsys.readouterr()
    assert main(["-C", str(root), "status", "--vid", "2026-12-31"]) == 0
    assert " 21 " in capsys.readouterr().out
    assert "Lag Ett" not in "".join(path.read_text("utf-8") for path in root.rglob("*.yaml"))


def test_a_report_that_the_source_has_rejected_since_is_said(root: Path, capsys: Capture) -> None:
    mapping(root, "  datum: datum\n  samtal: uppgifter.samtal", "KEY")
    put(root, ODK)
    bring(root)
    put(root, ODK.replace(",,0", ",rejected,0"))
    capsys.readouterr()
    assert bring(root) == 1
    assert "källan har underkänt raden" in capsys.readouterr().out


def test_a_moment_that_the_program_writes_in_utc_is_read_so(root: Path) -> None:
    mapping(root, "  dag: datum\n  samtal: uppgifter.samtal\n  _submission_time: inlämnad", "_uuid")
    put(root, "dag;samtal;_uuid;_submission_time\n2026-05-02;3;a;2026-05-01T22:40:10\n")
    assert bring(root) == 0
    assert "inlämnad: 2026-05-02" in reports(root)[0]


@pytest.mark.parametrize("moment", ["2026/05/02 11:45:10 PM GMT+2", "2026/05/02 11:45:10 em CEST", "2026-05-02 23:45:10"])
def test_the_moments_of_google_are_read_with_their_zone(root: Path, capsys: Capture, moment: str) -> None:
    proposed(root, capsys, f'"Tidstämpel","Vilken kväll?","Hur många pratade ni med?"\n"{moment}","2026-05-01","12"\n')
    assert bring(root, "--trots-kontrollera", mapping="förslag") == 0
    assert "inlämnad: 2026-05-02" in reports(root)[0] and "datum: 2026-05-01" in reports(root)[0]


@pytest.mark.parametrize(
    "heading", ["Rapportör", "first_name", "SubmitterName", "Uppgiftslämnarens namn", "Creator", "Vem", "Ansvarig", "Ifylld av"]
)
def test_names_of_people_never_stand_in_the_mapping(root: Path, capsys: Capture, heading: str) -> None:
    text = proposed(
        root, capsys, f"ID;Datum;Hur många pratade ni med?;{heading}\n1;2026-05-01;3;Xara Yberg\n2;2026-05-02;4;Zed\n"
    )
    assert "Xara" not in text and "Zed" not in text and f'"{heading}": ' not in text


def test_a_mapping_written_by_hand_does_not_bring_names_in(root: Path, capsys: Capture) -> None:
    mapping(root, "  Datum: datum\n  Samtal: uppgifter.samtal\n  Uppgiftslämnarens namn: text", "Nr")
    put(root, "Nr;Datum;Samtal;Uppgiftslämnarens namn\n1;2026-05-01;3;Xara Yberg\n")
    assert bring(root) == 0
    assert "Xara" not in reports(root)[0] and "peka ut personer" in capsys.readouterr().err


@pytest.mark.parametrize(("own", "day"), [("260609", "2026-06-09"), ("19260610", "2026-06-10"), ("2606091234", "2026-06-09")])
def test_an_id_that_looks_like_a_day_never_makes_a_name_that_looks_like_a_number(root: Path, own: str, day: str) -> None:
    mapping(root, "  Datum: datum\n  Samtal: uppgifter.samtal", "Nr")
    put(root, f"Nr;Datum;Samtal\n{own};{day};3\n")
    assert bring(root) == 0
    assert bring(root) == 0
    assert len(reports(root)) == 1


LIME = (
    '"Response ID","Date submitted","Last page","IP address","Vilken kväll gick ni?","Hur många pratade ni med?"\n'
    '"1","2026-05-03 00:46:02","3","192.0.2.10","2026-05-01 00:00:00","12.0000000000"\n'
    '"2","","2","192.0.2.11","2026-05-08 00:00:00","7.0000000000"\n'
)


def test_a_column_of_handing_in_is_never_the_day(root: Path, capsys: Capture) -> None:
    text = proposed(root, capsys, LIME)
    assert '"Vilken kväll gick ni": datum' in text and '"Date submitted": inlämnad' in text
    assert bring(root, "--trots-kontrollera", mapping="förslag") == 0
    (only,) = reports(root)
    assert "datum: 2026-05-01" in only and "inlämnad: 2026-05-03" in only and "samtal: 12" in only


def test_a_mapping_that_nobody_has_looked_through_does_not_run_for_real(root: Path, capsys: Capture) -> None:
    text = proposed(root, capsys, LIME)
    assert text.count("# kontrollera") == 1
    assert bring(root, mapping="förslag") == 2
    assert "--trots-kontrollera" in capsys.readouterr().err and not (root / "reports").exists()
    assert bring(root, "--torrkorning", mapping="förslag") == 0
    path = next((root / "plans/mappningar").glob("f*.yaml"))
    path.write_text(text.replace("   # kontrollera", ""), "utf-8")
    assert bring(root, mapping="förslag") == 0


def test_a_heading_with_the_words_of_the_mark_is_no_mark(root: Path) -> None:
    mapping(root, '  Datum: datum\n  "Antal # kontrollera": uppgifter.samtal')
    put(root, "Datum;Antal # kontrollera\n2026-05-01;3\n")
    assert bring(root) == 0


def test_the_question_of_the_form_wins_over_a_word_of_the_program(root: Path, capsys: Capture) -> None:
    text = proposed(root, capsys, "ID;Datum;Hur många pratade ni med?;Vad såg ni?\n1;2026-05-01;3;Klotter\n")
    assert '"Vad såg ni": uppgifter.sett\n' in text and "iakttagelser" not in text


@pytest.mark.parametrize("heading", ["Var gick ni?", "Runda", "Kvarter"])
def test_cells_that_are_the_plan_s_places_tell_what_a_column_is(root: Path, capsys: Capture, heading: str) -> None:
    text = proposed(
        root, capsys, f"ID;Datum;Hur många pratade ni med?;{heading}\n1;2026-05-01;3;Torget\n2;2026-05-02;4;Gamla hamnen\n"
    )
    assert f'"{heading.rstrip("?")}": plats   # kontrollera' in text


def test_start_with_clock_times_is_the_answer(root: Path, capsys: Capture) -> None:
    text = proposed(
        root,
        capsys,
        "ID;Starttid;Slutförandetid;Datum;Start;Hur många pratade ni med?\n"
        "1;2026-05-01 23:01;2026-05-01 23:05;2026-05-01;20:30;3\n",
    )
    assert '"Start": start\n' in text


def test_a_required_question_without_a_column_is_said(root: Path, capsys: Capture) -> None:
    text = proposed(root, capsys, "ID;Datum;Plats\n1;2026-05-01;Torget\n")
    assert 'ingen kolumn ger svaret på "Hur många pratade ni med?"   # kontrollera' in text


def test_both_ends_of_a_span_in_one_cell_are_taken(root: Path) -> None:
    mapping(root, "  Datum: datum\n  Tid: start\n  Samtal: uppgifter.samtal")
    put(root, "Datum;Tid;Samtal\n2026-05-01;20:30-23:30;3\n")
    assert bring(root) == 0
    assert "start: 20:30\nslut: 23:30\n" in reports(root)[0]


def test_a_span_beside_a_column_of_ends_is_refused_with_the_reason(root: Path, capsys: Capture) -> None:
    mapping(root, "  Datum: datum\n  Tid: start\n  Slut: slut\n  Samtal: uppgifter.samtal")
    put(root, "Datum;Tid;Slut;Samtal\n2026-05-01;20:30-23:30;23:30;3\n")
    assert bring(root) == 1
    assert "både start och slut" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("cells", "read"),
    [(("1,234", "2,5"), "1,234"), (("1,234", "2.5"), "1234"), (("1.234", "2.5"), "1,234"), (("1.234", "2,5"), "1234")],
)
def test_the_column_settles_what_a_sign_before_three_digits_is(root: Path, cells: tuple[str, str], read: str) -> None:
    mapping(root, "  Datum: datum\n  Samtal: uppgifter.samtal\n  km: uppgifter.sträcka")
    put(root, f"Datum;Samtal;km\n2026-05-01;3;{cells[0]}\n2026-05-02;3;{cells[1]}\n")
    assert bring(root) == 0
    assert f"sträcka: {read}\n" in reports(root)[0]


@pytest.mark.parametrize("cell", ["1,234", "1.234"])
def test_a_sign_that_nothing_settles_is_refused(root: Path, capsys: Capture, cell: str) -> None:
    mapping(root, "  Datum: datum\n  Samtal: uppgifter.samtal\n  km: uppgifter.sträcka")
    put(root, f"Datum;Samtal;km\n2026-05-01;3;{cell}\n")
    assert bring(root) == 1
    assert "decimaltecken" in capsys.readouterr().out


def test_a_number_of_a_workbook_is_never_two_way(root: Path) -> None:
    mapping(root, "  Datum: datum\n  Samtal: uppgifter.samtal\n  km: uppgifter.sträcka")
    rows = [["Datum", "Samtal", "km"], [dt.date(2026, 5, 1), 3, 1.234]]
    (root / "in.xlsx").write_bytes(workbook({"Blad": rows}, formats={0: "yyyy-mm-dd"}))
    assert bring(root, name="in.xlsx") == 0
    assert "sträcka: 1,234\n" in reports(root)[0]


def test_the_order_of_day_and_month_is_settled_for_each_column(root: Path) -> None:
    mapping(root, "  Sent: inlämnad\n  Dag: datum\n  Samtal: uppgifter.samtal")
    put(root, "Sent;Dag;Samtal\n5/13/2026;03/05/2026;3\n5/14/2026;13/05/2026;4\n")
    assert bring(root) == 0
    assert "datum: 2026-05-03" in reports(root)[0] and "inlämnad: 2026-05-13" in reports(root)[0]


def test_hidden_rows_and_formulas_without_a_value_are_said(root: Path, capsys: Capture) -> None:
    mapping(root, "  Datum: datum\n  Samtal: uppgifter.samtal\n  km: uppgifter.sträcka", "Nr")
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        page = book.add_worksheet("Kvällar & mer")
        for at, row in enumerate((("Nr", "Datum", "Samtal", "km"), (1, "2026-05-01", 3), (2, "2026-05-02", 7, 2))):
            page.write_row(at, 0, row)
        page.write_formula(1, 3, "=1+2", value="")
        page.set_row(2, options={"hidden": True})
    (root / "in.xlsx").write_bytes(data.getvalue())
    assert bring(root, name="in.xlsx") == 0
    err = capsys.readouterr().err
    assert "rad 3 är dold" in err and "cellen D2 har en formel utan uträknat värde" in err


def test_a_clock_time_past_midnight_is_the_same_in_every_kind_of_cell(root: Path, capsys: Capture) -> None:
    mapping(root, "  Datum: datum\n  Slut: slut\n  Samtal: uppgifter.samtal")
    for shape in ("hh:mm", "[h]:mm"):
        rows = [["Datum", "Slut", "Samtal"], ["2026-05-01", 1.0, 3], ["2026-05-02", 25 / 24, 3]]
        (root / "in.xlsx").write_bytes(workbook({"Blad": rows}, formats={1: shape}))
        assert bring(root, "--torrkorning", name="in.xlsx") == 1
        out = capsys.readouterr().out
        assert "slut: 24:00" in out and "rad 3, Slut" in out and "1 skulle skrivas" in out


def test_a_mended_mapping_makes_no_other_row_of_what_has_no_id(root: Path, capsys: Capture) -> None:
    mapping(root, "  Datum: datum\n  Samtal: uppgifter.samtal")
    put(root, "Datum;Samtal;Plats\n2026-05-01;3;Torget\n2026-05-02;4;Torget\n")
    assert bring(root) == 0
    mapping(root, "  Datum: datum\n  Samtal: uppgifter.samtal\n  Plats: plats")
    capsys.readouterr()
    assert bring(root) == 1
    assert "0 skrivna" in (out := capsys.readouterr().out) and "2 har ändrats" in out
    assert bring(root, "--ratta") == 0 and "2 rättade" in capsys.readouterr().out


def test_a_row_that_is_likely_there_already_is_held_back_until_it_is_confirmed(root: Path, capsys: Capture) -> None:
    report = "åtagande: kvällsgång\nplan: prov-2026\ndatum: 2026-05-01\nuppgifter:\n  samtal: 3\ninlämnad: 2026-05-01\n"
    folder(root, {"reports/egen.yaml": report})
    mapping(root, "  Datum: datum\n  Samtal: uppgifter.samtal", "Nr")
    put(root, "Nr;Datum;Samtal\n1;2026-05-01;3\n2;2026-05-02;4\n")
    assert bring(root) == 1
    out = capsys.readouterr().out
    assert "rad 2: troligen samma tillfälle som reports/egen.yaml" in out and "1 skriven" in out
    assert bring(root, "--aven-lika") == 0
    assert len(reports(root)) == 3
    assert bring(root) == 0


@pytest.mark.parametrize(("sign", "ids"), [("/", "_id,_uuid,_submission_time"), ("-", "KEY,x,SubmissionDate")])
def test_a_question_in_a_group_is_the_question(root: Path, capsys: Capture, sign: str, ids: str) -> None:
    asked = f"kvall{sign}datum,kvall{sign}samtal"
    text = proposed(root, capsys, f"{asked},{ids}\n2026-05-01,3,1,u,2026-05-01T20:00:00Z\n")
    assert f'"kvall{sign}datum": datum\n' in text and f'"kvall{sign}samtal": uppgifter.samtal\n' in text
