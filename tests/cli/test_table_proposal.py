"""`importera --skapa-mappning`: every column is in the proposal, nothing unsure passes for certain, and it can be used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.test_bring_in import HEADER, OTHER, SOUND, put, reports, root
from tests.files.test_tables import workbook
from tests.rules.project_pieces import base, source
from uppfoljning.cli.main import main
from uppfoljning.collect.sheet import sheet_of
from uppfoljning.collect.table.columns import is_about_a_person, is_of_the_form, looks_personal
from uppfoljning.collect.table.headings import ImportedTable, SheetRow
from uppfoljning.collect.table.proposal import Proposal, propose
from uppfoljning.project.load import load_project

__all__ = ["root"]

Capture = pytest.CaptureFixture[str]
CHECKED = load_project(source(base()))


def proposed(headings: str, *rows: str) -> Proposal:
    plan = CHECKED.plans["exempel-2026"]
    commitment = plan.commitments[0]
    listed = [SheetRow(number, row.split(";")) for number, row in enumerate(rows, 2)]
    return propose(ImportedTable(tuple(headings.split(";")), listed), sheet_of(plan, commitment, CHECKED.forms[commitment.form]))


def given(proposal: Proposal) -> dict[str, str]:
    return {one.heading: one.target + ("" if one.sure else "?") for one in proposal.guesses}


def propose_in(root: Path, *words: str) -> int:
    return main(["-C", str(root), "importera", str(root / "svar.csv"), "--skapa-mappning", "--atagande", "nattvandring", *words])


@pytest.mark.parametrize(
    ("headings", "row", "kind", "columns"),
    [
        (
            "ID;Starttid;Slutförandetid;E-post;Namn;Datum;Hur många ungdomar pratade ni med;Plats",
            "1;2026-03-06 23:00;2026-03-07 00:10;a@example.org;Anna;2026-03-06;12;Centrum",
            "forms",
            {
                "Slutförandetid": "inlämnad",
                "Datum": "datum",
                "Hur många ungdomar pratade ni med": "uppgifter.samtal",
                "Plats": "plats",
            },
        ),
        (
            "Tidstämpel;Dag;Antal ungdomar ni pratade med;Område;Kommentarer",
            "2026-03-07 00.10.05;2026-03-06;12;Norra stan;Lugnt",
            "google",
            {
                "Tidstämpel": "inlämnad",
                "Dag": "datum",
                "Antal ungdomar ni pratade med": "uppgifter.samtal?",
                "Område": "plats",
                "Kommentarer": "text",
            },
        ),
        (
            "start;end;datum;samtal;stamning;_id;_uuid;_submission_time;_submitted_by",
            "2026-03-06T23:00:00.000+01:00;2026-03-06T23:05:00.000+01:00;2026-03-06;12;lugnt;77;ab-cd;2026-03-06T22:05:01;anna",
            "kobo",
            {"datum": "datum", "samtal": "uppgifter.samtal", "stamning": "uppgifter.stämning", "_submission_time": "inlämnad"},
        ),
        (
            "Vilken kväll;Antal vuxna;Samlades ni;Konstigt",
            "6 mars 2026;5;ja;x",
            "tabell",
            {"Vilken kväll": "datum", "Antal vuxna": "funktioner.nattvandrare", "Samlades ni": "moment.samling?"},
        ),
        ("Start time;Completion time;Samtal", "2026-03-06 21:00;2026-03-06 23:00;4", "forms", {
            "Start time": "datum?", "Completion time": "inlämnad", "Samtal": "uppgifter.samtal"}),
    ],
    ids=["forms", "google", "kobo", "egen", "bara starttid"],
)  # fmt: skip
def test_headings_of_the_usual_forms(headings: str, row: str, kind: str, columns: dict[str, str]) -> None:
    found = proposed(headings, row)
    assert (found.kind, given(found)) == (kind, columns)
    told = {*columns, *(heading for heading, _ in found.skipped), found.row_id}
    assert told - {""} == set(headings.split(";"))


@pytest.mark.parametrize(
    ("headings", "rows", "row_id", "sure"),
    [
        ("ID;Datum", ("1;2026-03-06", "2;2026-03-13"), "ID", True),
        ("ID;Datum", ("1;2026-03-06", "1;2026-03-13"), "", True),
        ("Tidstämpel;Datum", ("2026-03-07 10.00.00;2026-03-06", "2026-03-07 10.00.05;2026-03-06"), "Tidstämpel", False),
        ("pass_id;Datum", ("a;2026-03-06", "b;2026-03-06"), "pass_id", False),
        ("Namn;Datum", ("a;2026-03-06", "b;2026-03-06"), "", True),
    ],
)
def test_what_tells_rows_apart(headings: str, rows: tuple[str, ...], row_id: str, sure: bool) -> None:
    found = proposed(headings, *rows)
    assert (found.row_id, found.row_id_sure) == (row_id, sure)


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (("05/01/2026", "13/01/2026"), "dag-månad"),
        (("05/01/2026", "01/13/2026"), "månad-dag"),
        (("05/01/2026",), ""),
        (("13/01/2026", "01/13/2026"), ""),
        (("2026-01-05",), ""),
    ],
)
def test_the_order_of_dates_is_guessed_from_the_cells(days: tuple[str, ...], order: str) -> None:
    assert proposed("Datum;Samtal", *(f"{day};3" for day in days)).order == order


@pytest.mark.parametrize(
    ("hours", "sign"),
    [(("1.333", "2.0"), "punkt"), (("1.500", "2,5"), "komma"), (("1.333",), ""), (("2.5",), ""), (("1.333", "2.0", "2,5"), "")],
)
def test_the_sign_before_decimals_is_guessed_where_it_matters(hours: tuple[str, ...], sign: str) -> None:
    assert proposed("Datum;Timmar", *(f"2026-03-06;{one}" for one in hours)).decimals == sign


def test_words_that_fit_no_answer_are_listed_with_the_answers() -> None:
    found = proposed("Datum;Plats;Samtal", "2026-03-06;City;3", "2026-03-07;Centrum;många", "2026-03-08;Centrum;4")
    assert found.unread == {"plats": (("City",), ("centrum", "norra")), "uppgifter.samtal": (("många",), ())}


@pytest.mark.parametrize(
    "heading",
    [
        *("Namn", "Name", "Ditt namn", "För- och efternamn", "Full Name", "E-post", "E-postadress", "Email", "E-mail address?"),
        *("Mejladress", "Användarnamn", "Telefonnummer", "Mobil", "Phone number", "Personnummer", "IP-adress", "_submitted_by"),
    ],
)
def test_headings_about_persons(heading: str) -> None:
    assert is_about_a_person(heading)


@pytest.mark.parametrize("heading", ["Namn på platsen", "Plats", "Antal namn på listan", "Hur många telefonsamtal", "Evenemang"])
def test_headings_about_something_else(heading: str) -> None:
    assert not is_about_a_person(heading)
    assert not is_of_the_form(heading)


def test_cells_about_persons() -> None:
    cells = ["a@example.org", "070-123 45 67", "vet inte"]
    assert looks_personal(ImportedTable(("A",), [SheetRow(2, [cell]) for cell in cells]), 0)
    assert not looks_personal(ImportedTable(("A",), [SheetRow(2, [cell]) for cell in [*cells, "nej", "nej"]]), 0)
    assert not looks_personal(ImportedTable(("A",), []), 0)


def test_the_file_is_written_and_works(root: Path, capsys: Capture) -> None:
    put(root, SOUND.replace("City", "Centrum"), OTHER)
    assert propose_in(root) == 0
    out = capsys.readouterr().out
    assert out.startswith("Skrev plans/mappningar/nattvandring-forms.yaml: 8 kolumner av 12 tas med.\nGå igenom ")
    assert out.endswith("--mappning nattvandring-forms --torrkorning\n")
    text = (root / "plans/mappningar/nattvandring-forms.yaml").read_text("utf-8")
    for heading in re.split(r";", HEADER):
        assert f'"{heading.rstrip("? *")}"' in text
    assert '  - "Namn"   # pekar ut personer\n' in text
    assert main(["-C", str(root), "validera", str(root / "plans/mappningar")]) == 0
    assert (
        main(["-C", str(root), "importera", str(root / "svar.csv"), "--mappning", "nattvandring-forms", "--trots-kontrollera"])
        == 0
    )
    assert len(reports(root)) == 2
    assert propose_in(root) == 2
    assert "plans/mappningar/nattvandring-forms.yaml finns redan. Ta bort den först" in capsys.readouterr().err


def test_a_proposal_can_be_looked_at_first(root: Path, capsys: Capture) -> None:
    put(root, "1;05/06/2026;City;1.333;a\x1b[31m", "2;05/07/2026;Centrum;2.0;b", header="ID;Datum;Plats;Timmar;Rutt")
    assert propose_in(root, "--torrkorning", "--mappning", "egen", "--rubrikrad", "1") == 0
    out = capsys.readouterr().out
    assert "mappning: egen\n" in out and "rubrikrad: 1\n" in out and "decimaltecken: punkt" in out
    assert "# datumordning: dag-månad   # kontrollera" in out
    assert '#     "City":    # välj bland: centrum, norra\n' in out
    assert sorted(path.name for path in (root / "plans/mappningar").iterdir()) == ["forms.yaml"]


def test_a_table_without_days_says_so(root: Path, capsys: Capture) -> None:
    put(root, "ett;två", header="Färg;Form")
    assert propose_in(root) == 0
    text = (root / "plans/mappningar/nattvandring-tabell.yaml").read_text("utf-8")
    assert "# ingen kolumn ger dagen   # kontrollera" in text and "# rad_id: ingen kolumn skiljer raderna åt" in text
    capsys.readouterr()
    assert main(["-C", str(root), "importera", str(root / "svar.csv"), "--mappning", "nattvandring-tabell"]) == 2
    assert "mappningen ”nattvandring-tabell” har fel" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--skapa-mappning"], "flaggan --atagande saknas. Skriv vilket åtagande tabellen gäller."),
        (["--skapa-mappning", "--atagande", "nattvandrin"], "åtagandet ”nattvandrin” finns inte. Menade du nattvandring?"),
        (["--skapa-mappning", "--atagande", "nattvandring", "--ratta"], "--ratta går inte ihop med --skapa-mappning"),
        (["--skapa-mappning", "--atagande", "nattvandring", "--allt-eller-inget"], "--allt-eller-inget går inte ihop"),
        (["--skapa-mappning", "--atagande", "nattvandring", "--mappning", "Å b"], "flaggan --mappning: ”Å b” – namnet kan inte"),
        (["--skapa-mappning", "--atagande", "nattvandring", "--plan", "exempel"], "planen ”exempel” finns inte"),
    ],
)
def test_wrong_use(root: Path, capsys: Capture, words: list[str], said: str) -> None:
    put(root, SOUND)
    assert main(["-C", str(root), "importera", str(root / "svar.csv"), *words]) == 2
    assert said in capsys.readouterr().err


def test_the_sheet_and_the_order_are_kept_in_the_file(root: Path) -> None:
    rows = [["ID", "Datum"], [1, "13/01/2026"], [2, "05/02/2026"]]
    (root / "svar.xlsx").write_bytes(workbook({"Vår": rows, "Höst": rows}))
    words = ["importera", str(root / "svar.xlsx"), "--blad", "Höst"]
    assert main(["-C", str(root), *words, "--skapa-mappning", "--atagande", "nattvandring"]) == 0
    text = (root / "plans/mappningar/nattvandring-tabell.yaml").read_text("utf-8")
    assert 'blad: "Höst"\n' in text and "datumordning: dag-månad   # så som" in text
    assert main(["-C", str(root), *words[:2], "--mappning", "nattvandring-tabell", "--trots-kontrollera"]) == 0
    assert len(reports(root)) == 2
