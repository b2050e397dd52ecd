"""The paper for a council: its parts, and sentences that say what the figures say, in right Swedish."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given, settings

from tests.present.papers import texts, whole, whole_of
from tests.present.pieces import figures, table
from tests.present.test_office_faces import projects
from tests.projects import FORM, commitment, make, plan, read, rows
from tests.projects import table as followed
from uppfoljning.followup.table import Selection
from uppfoljning.present.document.council import MOST_ROWS, MOST_TOLD, council
from uppfoljning.present.document.model import Document, Grid, Part, grids
from uppfoljning.present.document.public import public
from uppfoljning.present.document.report import report_of
from uppfoljning.present.document.words import Facts, beside, facts, needed, reached, told, wanting
from uppfoljning.present.views.status import status_grid

DAY = "2026-08-31"
WALKS = "{minst: 12, enhet: vandringar}"


def days(number: int) -> str:
    return rows("\n".join(f"{date(2026, 1 + at // 28, 1 + at % 28)}" for at in range(number)))


def told_of(target: str, csv: str = "", day: str = DAY, period: str = "2026") -> Facts:
    found = followed(make(plan(commitment(target), period=period), csv), day)
    (one,) = facts(status_grid([found], Selection()))
    return one


@pytest.mark.parametrize(
    ("target", "csv", "said"),
    [
        (WALKS, days(5), "5 av 8 väntade vandringar har genomförts (63 %)"),
        (WALKS, days(1), "1 av 8 väntade vandringar har genomförts (13 %)"),
        (WALKS, days(9), "9 vandringar har genomförts, mer än de 8 som väntades (113 %)"),
        (WALKS, days(12), "12 av 12 utlovade vandringar har genomförts (100 %)"),
        (WALKS, days(15), "15 vandringar har genomförts, mer än de 12 som utlovades (125 %)"),
        (WALKS, "", "inget utfall är redovisat; löftet är minst 12 vandringar"),
        ("{minst: 2, enhet: möten}", days(1), "1 av 1,33 väntade möten har genomförts (75 %)"),
        ("{minst: 1, enhet: möten}", days(1), "1 har genomförts och 1 var utlovat, räknat i möten (100 %)"),
        ("{minst: 100, enhet: km, räknar: km}", rows("2026-03-01; 62,5", "datum;uppgifter.km"),
         "62,5 av 66,6 väntade km har redovisats (94 %)"),
        ("{minst: 100, enhet: km, räknar: km}", rows("2026-03-01; 66,5", "datum;uppgifter.km"),
         "66,5 av 66,6 väntade km har redovisats (99,9 %)"),
        ("{antal: löpande, enhet: samtal, räknar: samtal}", rows("2026-03-01; ca 1 200", "datum;uppgifter.samtal"),
         "ca 1 200 samtal har redovisats"),
        ("{antal: löpande, enhet: patruller}", days(1), "1 har redovisats, räknat i patruller"),
        ("{antal: löpande, enhet: samtal, räknar: samtal}", rows("2026-03-01; 0", "datum;uppgifter.samtal"),
         "0 samtal har redovisats"),
        ("{högst: 4, enhet: klagomål}", days(6), "6 klagomål har redovisats; löftet är högst 4 klagomål"),
        ("{mellan: [4, 6], enhet: pass}", days(2), "2 pass har genomförts; löftet är mellan 4 och 6 pass"),
        ("{klart: 2026-05-31}", rows("2026-05-02;ja", "datum;klart"), "det är klart; löftet är klart 2026-05-31"),
        ("{klart: 2026-05-31}", rows("2026-05-02;nej", "datum;klart"),
         "det är påbörjat men inte klart; löftet är klart 2026-05-31"),
        ("{minst: 90 %, enhet: hushåll, räknar: {täljare: nådda, nämnare: kontaktade}}",
         rows("2026-05-02;9;12", "datum;uppgifter.nådda;uppgifter.kontaktade"), "andelen är 75 %; löftet är minst 90 % hushåll"),
        ("{minst: 10, enhet: områden, räknar: läge, sätt: nivå}", rows("2026-05-02;9", "datum;uppgifter.läge"),
         "nivån är 9; löftet är minst 10 områden"),
        ("{minst: 1, enhet: kvällar, varje: månad}", days(29), "löftet hölls 2 av 7 gånger (29 %)"),
    ],
)  # fmt: skip
def test_an_outcome_in_words(target: str, csv: str, said: str) -> None:
    assert reached(told_of(target, csv)) == said


def test_an_outcome_before_anything_is_asked_for() -> None:
    one = told_of("{minst: 2, enhet: möten}", days(1), "2026-03-31")
    assert reached(one) == "1 har genomförts, räknat i möten; planen kräver inget än"
    each = "{minst: 1, enhet: möten, varje: månad}"
    assert reached(told_of(each.replace("1", "2"), days(1), "2026-01-20")) == (
        "planen kräver inget än; löftet är minst 2 möten varje månad"
    )
    assert reached(told_of(each, days(1), "2026-02-28")) == "löftet hölls 1 av 1 gång (100 %)"


def test_what_became_of_the_occasions() -> None:
    head = "datum;läge;avvikelser.vad;avvikelser.skäl"
    csv = rows("2026-02-01;inställd;Regn;väder\n2026-02-02;;Kortare;väder\n2026-02-03;;Kortare;väder\n2026-02-04;;;", head)
    one = told_of(WALKS, csv)
    assert beside(one) == ["1 tillfälle är inställt och 2 är ändrade."]
    assert told([one])[0].startswith("Löftet: 3 av 8 väntade vandringar har genomförts (38 %). 1 tillfälle är inställt")
    assert beside(told_of(WALKS, rows("2026-02-01;;Kortare;väder", head))) == ["1 tillfälle är ändrat."]
    due = commitment(WALKS, "uppföljning: {rapporteras: halvår, anstånd: 7}")
    (late,) = facts(status_grid([followed(make(plan(due)), DAY)], Selection()))
    assert beside(late) == ["1 rapport saknas."]


def test_the_occasions_of_a_commitment_are_told_after_its_last_target() -> None:
    head = "datum;läge;avvikelser.vad;avvikelser.skäl"
    two = make(plan(commitment("[{id: a, minst: 9}, {id: b, antal: löpande}]")), rows("2026-02-01;inställd;Regn;väder", head))
    first, last = told(facts(status_grid([followed(two, DAY)], Selection())))
    assert "inställt" not in first
    assert "1 tillfälle är inställt." in last


def test_what_is_behind_comes_worst_first_with_the_pace_it_needs() -> None:
    one = told_of(WALKS, days(5))
    assert wanting([told_of(WALKS, days(8)), one]) == ["Löftet (efter): 5 av 8 väntade vandringar har genomförts (63 %)."]
    assert list(needed([told_of(WALKS, days(8)), one])) == ["Löftet: för att nå målet behövs 1,8 vandringar i månaden härifrån."]


@settings(max_examples=25)
@given(projects())
def test_no_sentence_has_a_figure_that_its_row_has_not(files: tuple[str, str]) -> None:
    rows_of = facts(status_grid([followed(make(*files), DAY)], Selection()))
    for one in rows_of:
        known = {figure for cell in one.cells.values() for figure in figures(cell.shown)} | {"1"}
        for said in (reached(one), *wanting([one]), *needed([one]), *told([one])):
            assert set(figures(said)) <= known, said


def headings(parts: Iterable[Part]) -> list[str]:
    return [part.heading for part in parts]


def paper() -> Document:
    return council(report_of(whole_of(table())))


def test_the_parts_stand_in_the_order_of_a_council_paper() -> None:
    assert headings(paper().parts) == [
        "Ärende", "Sammanfattning", "Genomfört jämfört med mål", "Avvikelser och orsaker", "Bedömning", "Det som saknas",
        "Åtgärder framåt", "Underlag",
    ]  # fmt: skip


def test_the_matter_and_the_sources_are_told() -> None:
    matter, summary, *_, sources = paper().parts
    assert matter.sentences[:2] == (
        "Uppföljning: Åtgärdsplan för Provköping 2026, per 2026-08-31.",
        "Planen heter Åtgärdsplan för Provköping 2026 och gäller 2026.",
    )
    assert summary.sentences[0].startswith("3 av 8 åtaganden med måltal följer planen. I övrigt: 1 överskridet; 2 efter; ")
    assert sources.sentences[0] == "Siffrorna bygger på 15 rapporter. 2 rapporter till räknas inte i någon siffra."
    assert sources.sentences[-1].startswith("Per 2026-08-31 · 12 filer lästa")


def test_the_decision_is_told() -> None:
    decided = plan(commitment(WALKS), extra="beslut: {datum: 2025-12-10, referens: KS 2025/123}")
    about = report_of(whole(make(decided), DAY)).about
    assert "Den beslutades 2025-12-10 (KS 2025/123)." in about


def test_tables_are_the_reports_own() -> None:
    """Only the names of files and the end of long lists are left out."""
    before = {grid.id: grid for grid in grids(report_of(whole_of(table())).parts)}
    for grid in grids(paper().parts):
        names = [column.name for column in before[grid.id].columns]
        kept = [names.index(column.name) for column in grid.columns]
        assert list(grid.rows) == [tuple(row[at] for at in kept) for row in before[grid.id].rows]
        assert "Fil" not in [column.name for column in grid.columns]


def test_a_long_list_is_cut_and_says_so() -> None:
    csv = rows(
        "\n".join(f"{date(2026, 1 + at // 28, 1 + at % 28)};Kort;väder" for at in range(50)),
        "datum;avvikelser.vad;avvikelser.skäl",
    )
    parts = council(report_of(whole(make(plan(commitment(WALKS)), csv), DAY))).parts
    (cut,) = [grid for grid in grids(parts) if grid.id == "avvikelser"]
    assert len(cut.rows) == MOST_ROWS
    assert cut.note == "Här står de första 40. 10 rader till finns i arbetsboken."


def test_many_that_are_behind_are_counted() -> None:
    many = make(plan(*(commitment(WALKS, id=f"lov-{at}") for at in range(MOST_TOLD + 3))))
    summary = council(report_of(whole(many, DAY))).parts[1]
    assert summary.sentences[MOST_TOLD + 1] == ("3 mål till följer inte planen eller saknar underlag; de står i tabellen nedan.")


def test_what_is_hidden_in_the_published_report_is_hidden_in_the_councils() -> None:
    form = FORM.replace("samtal: {typ: antal}", "samtal: {typ: antal, avser: personer}")
    target = "{minst: 40, enhet: deltagare, räknar: samtal}"
    files = {
        "plans/prov-2026.yaml": plan(commitment(target)),
        "plans/snabbrapporter/prov.yaml": form,
        "reports/a.csv": rows("2026-03-01;3", "datum;uppgifter.samtal"),
    }
    open_paper = report_of(whole(read(files), DAY))
    assert "3 av 26,6 väntade deltagare" in " ".join(texts(council(open_paper)))
    hidden = texts(council(public(open_paper)))
    assert "Löftet: utfall: färre än 5; löftet är minst 40 deltagare." in " ".join(hidden)
    assert not [said for said in hidden if "3 av 26" in said or "11 %" in said or "12 %" in said]


def test_a_paper_without_parts_still_makes_one() -> None:
    made = council(
        Document("Titel", "per 2026-08-31", "Inga åtaganden.", (Part("mal", "Mål", blocks=(Grid("x", "X", (), ()),)),), ())
    )
    assert headings(made.parts) == ["Ärende", "Sammanfattning", "Mål", "Underlag"]
    assert headings(council(Document("Titel", "nu", "Svar.", (), ())).parts) == ["Ärende", "Sammanfattning", "Underlag"]
