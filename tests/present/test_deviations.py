"""The deviations in every face: the same facts as text, cards, JSON, CSV and Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from tests.present.pieces import written
from tests.projects import commitment, make, plan, rows, table
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import Period
from uppfoljning.followup.deviations import Deviations, deviations_of
from uppfoljning.followup.table import Selection
from uppfoljning.followup.view import View
from uppfoljning.present.layout import width
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.terminal import Screen
from uppfoljning.present.views import deviation_cells as cells
from uppfoljning.present.views.deviations import (
    FORMATS,
    OPEN,
    deviations_csv,
    deviations_json,
    deviations_markdown,
    deviations_text,
)
from uppfoljning.project.load import CheckedProject

DAY = "2026-12-31"
VIEW = View(date(2026, 12, 31))
FOOT = Provenance(VIEW.as_of, "3f2a91c0d4e5f6a7b8c9", 12, 0, 0)
EVERYTHING = Selection()
WIDTHS = (None, 200, 120, 80, 60, 40, 20)
MARKUP = "=1+1 | **fet** [bold]x[/bold] <b>y</b> \x1b[31m"
NUMBER = "640823-3234"

MORE = (
    "ändringar:",
    "  - {datum: 2026-05-12, vad: mål, före: minst 30, efter: minst 24, skäl: resurser, varför: En bil, beslut: styrgruppen}",
    "moment:",
    "  - {id: kallelse, titel: Kalla föräldrar, ansvarig: värd, senast: 2026-01-20}",
    "  - {id: brev, titel: Skicka brev, senast: 2026-02-20}",
    "  - {id: samling, titel: Samlas, ansvarig: värd, varje: tillfälle}",
)
SERIES = """\
2026-02-01;;;torget;ja;;;;
2026-03-01;inställd;;;;Ingen vandring;;väder;Snö
2026-03-08;flyttad;2026-03-20;;;Blev inte av;Görs sedan;resurser;Sjuk
2026-03-20;;;hamnen;;;;;
2026-04-01;flyttad;2026-04-20;;;Blev inte av;;resurser;
2026-04-02;;;torget;;Kortare;Halva rundan;;
"""
COLUMNS = "datum;läge;flyttad_till;plats;moment.kallelse;avvikelser.vad;avvikelser.hur;avvikelser.skäl;avvikelser.varför"
REPORTS = {
    "steg": "datum: 2026-04-03\nmoment: {samling: nej}\n",
    "noll": "period: 2026-06\nläge: nollrapport\ntext: Semester\ninlämnad: 2026-07-01\n",
    "summa": "period: 2026-08\nantal: 4\ninlämnad: 2026-09-01\n",
    "sett": """\
        datum: 2026-05-01
        plats: [torget, hamnen]
        iakttagelser:
          - {text: Mörk tunnel, ansvarig: handläggare, åtgärd: Felanmäld, rapporterad_till_polisen: nej}
          - {text: Langning, rapporterad_till_polisen: ja}
          - {text: Skräp}
        """,
}


def project() -> CheckedProject:
    return make(plan(commitment("{minst: 24}", *MORE)), rows(SERIES, COLUMNS), REPORTS)


def deviations(made: CheckedProject | None = None, period: str = "") -> Deviations:
    return deviations_of(table(made or project(), DAY, period))


def small(series: str = "", columns: str = "datum", **reports: str) -> Deviations:
    return deviations(make(plan(commitment("{minst: 6}")), rows(series, columns) if series else "", reports))


def text(room: int | None, found: Deviations | None = None, selection: Selection = EVERYTHING) -> str:
    return written(deviations_text([found or deviations()], FOOT, room, selection))


def content(found: Deviations | None = None) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(deviations_json([found or deviations()], FOOT, VIEW))
    return answer


def csv_rows(found: Deviations | None = None) -> list[dict[str, str]]:
    answer = deviations_csv([found or deviations()])
    return list(csv.DictReader(io.StringIO(answer.removeprefix("\ufeff"), newline=""), delimiter=";"))


def markdown_rows(found: Deviations | None = None) -> list[list[str]]:
    lines = deviations_markdown([found or deviations()], FOOT, EVERYTHING).splitlines()
    cut = [re.split(r"(?<!\\)\|", one)[1:-1] for one in lines if one.startswith("| ")]
    return [[unescape(re.sub(r"\\([\\`*_\[\]|~#])", r"\1", cell.strip())) for cell in row] for row in cut]


# The answer


def test_the_answer_comes_first_and_in_one_sentence() -> None:
    first, second = text(None).splitlines()[:2]
    assert first.startswith("Prov ")
    assert first.endswith(" per 2026-12-31")
    assert second == (
        "4 tillfällen av 8 blev inte som planerat: 1 ändrad, 1 inställd, 2 flyttade (varav 1 genomförd på ny dag)."
        " Skäl: resurser (3), väder (1). Dessutom: 1 moment inte gjort vid ett tillfälle, 1 moment gjort för sent,"
        " 1 moment inte rapporterat som gjort, 1 ändring av planen. 1 rapport med summor är inte med i antalet."
        " 1 väntad rapport saknas. 3 iakttagelser är öppna."
    )


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (small("2026-03-01"), "Ingen avvikelse är rapporterad vid det enda tillfälle som har redovisats."),
        (small("2026-03-01\n2026-03-02"), "Ingen avvikelse är rapporterad vid de 2 tillfällen som har redovisats."),
        (small(), "Inga rapporter, så det går inte att säga vad som gick som planerat."),
        (
            small(a="period: 2026-05\nantal: 4\ninlämnad: 2026-06-01\n"),
            "Ingen avvikelse är rapporterad, men rapporterna anger bara summor för perioder.",
        ),
        (
            small(a="period: 2026-05\nläge: nollrapport\ninlämnad: 2026-06-01\n"),
            "Ingen avvikelse är rapporterad, och inget tillfälle heller.",
        ),
        (
            small("2026-03-01;inställd;Nej;väder", "datum;läge;avvikelser.vad;avvikelser.skäl"),
            "1 tillfälle av 1 blev inte som planerat: 1 inställd. Skäl: väder (1).",
        ),
        (
            small(
                "2026-03-01;inställd;Nej;väder",
                "datum;läge;avvikelser.vad;avvikelser.skäl",
                a="period: 2026-05\nantal: 4\ninlämnad: 2026-06-01\n",
            ),
            "1 tillfälle blev inte som planerat: 1 inställd. Skäl: väder (1). 1 rapport med summor är inte med i antalet.",
        ),
        (
            small(a="period: 2026-05\nläge: nollrapport\ninlämnad: 2026-06-01\navvikelser: [{vad: Sjuk, skäl: annat}]\n"),
            "Skäl: annat (1). 1 avvikelse i en nollrapport.",
        ),
        (
            deviations(make(plan(commitment("{minst: 24}", *MORE[:2])), rows("2026-03-01"))),
            (
                "Det enda redovisade tillfället är inte rapporterat som ändrat, inställt eller flyttat."
                " Skäl: resurser (1). Dessutom: 1 ändring av planen."
            ),
        ),
    ],
    ids=["one", "two", "nothing", "totals", "zero", "only cancelled", "cancelled beside totals", "told in a zero", "plan only"],
)
def test_the_answer_claims_no_more_than_the_reports_tell(found: Deviations, expected: str) -> None:
    assert cells.answer(found) == expected
    assert text(None, found).splitlines()[1] == expected
    assert f"Per 2026-12-31. {expected}\n" in deviations_markdown([found], FOOT, EVERYTHING)


def test_only_the_most_usual_reasons_are_named_and_called_so() -> None:
    reasons = ["väder", "väder", "annat", "pandemi", "resurser"]
    series = "\n".join(f"2026-03-{day:02};X;{reason}" for day, reason in enumerate(reasons, 1))
    found = small(series, "datum;avvikelser.vad;avvikelser.skäl")
    assert " Vanligaste skäl: väder (2), annat (1), pandemi (1)." in cells.answer(found)


def test_several_made_up_for() -> None:
    series = """\
        2026-03-01;flyttad;2026-03-20;X;väder
        2026-03-02;flyttad;2026-03-21;X;väder
        2026-03-20;;;;
        2026-03-21;;;;
        """
    found = small(series, "datum;läge;flyttad_till;avvikelser.vad;avvikelser.skäl")
    assert "2 flyttade (varav 2 genomförda på ny dag)" in cells.answer(found)


def test_when_nothing_differs_there_are_no_empty_lists() -> None:
    found = text(80, small("2026-03-01"))
    assert "datumordning" not in found
    assert "Skäl" not in found
    assert "iakttagelser" not in found
    assert "###" in deviations_markdown([small("2026-03-01")], FOOT, EVERYTHING)
    assert "Skäl" not in deviations_markdown([small("2026-03-01")], FOOT, EVERYTHING)
    assert csv_rows(small("2026-03-01")) == []


# Text


def test_the_parts_stand_in_order() -> None:
    found = text(None)
    at = [found.index(part) for part in ("blev inte", "Som planerat", "datumordning", "Skäl, för", "Öppna iakt", "12 filer")]
    assert at == sorted(at)


def test_each_row_says_what_how_why_and_what_is_done() -> None:
    found = deviations()
    assert [
        (cells.when(one), cells.described(one, found.table.plan), cells.how(one), cells.why(one), cells.remedy(one))
        for one in found.departures
    ] == [
        (
            "2026-01-20", "moment gjort för sent: Kalla föräldrar (Värd)", "–", "inget skäl angivet",
            "rapporterat gjort 2026-02-01, 12 dagar sent",
        ),
        (
            "2026-02-20", "moment inte rapporterat som gjort: Skicka brev", "–", "inget skäl angivet",
            "ingen rapport om att det är gjort, skulle vara klart 2026-02-20",
        ),
        ("2026-03-01", "inställd: Ingen vandring", "–", "väder: Snö", "–"),
        ("2026-03-08", "flyttad till 2026-03-20: Blev inte av", "Görs sedan", "resurser: Sjuk", "genomförd 2026-03-20"),
        ("2026-04-01", "flyttad till 2026-04-20: Blev inte av", "–", "resurser", "ingen rapport om 2026-04-20 ännu"),
        ("2026-04-02", "ändrad: Kortare", "Halva rundan", "inget skäl angivet", "–"),
        ("2026-04-03", "moment inte gjort: Samlas (Värd)", "–", "inget skäl angivet", "–"),
        ("2026-05-12", "planen ändrad: mål", "från minst 30 till minst 24", "resurser: En bil", "beslut: styrgruppen"),
    ]  # fmt: skip
    assert cells.where(found.departures[2]) == "reports/serie.csv rad 3"
    assert cells.where(found.departures[6]) == "reports/steg.yaml"


@pytest.mark.parametrize(
    ("to", "other", "expected"),
    [
        ("2026-04-20", "datum: 2026-04-20\nläge: inställd\navvikelser: [{vad: X, skäl: väder}]\n", "inställd även 2026-04-20"),
        (
            "2026-04-20",
            "datum: 2026-04-20\nläge: flyttad\nflyttad_till: 2026-05-20\navvikelser: [{vad: X, skäl: väder}]\n",
            "flyttad igen 2026-04-20",
        ),
        ("2026-04", "datum: 2026-04-20\n", "framgår inte om den gjordes under april 2026"),
        ("2027", "datum: 2026-04-20\n", "väntas 2027"),
    ],
)
def test_what_became_of_a_moved_one_in_words(to: str, other: str, expected: str) -> None:
    moved = f"datum: 2026-03-01\nläge: flyttad\nflyttad_till: {to}\nantal: 3\navvikelser: [{{vad: Sjuk, skäl: resurser}}]\n"
    one = small(a=moved, b=other).departures[0]
    assert cells.remedy(one) == expected
    assert cells.state(one).endswith(", 3 tillfällen")


def test_a_term_is_moved_to_by_its_name() -> None:
    one = small(a="datum: 2026-03-01\nläge: flyttad\nflyttad_till: HT2026\navvikelser: [{vad: X, skäl: väder}]\n").departures[0]
    assert cells.state(one) == "flyttad till HT2026"


def test_a_wide_screen_has_columns_and_a_narrow_one_cards() -> None:
    wide, narrow = text(120), text(60)
    assert re.search(r"^När +Åtagande +Vad +Hur +Varför +Åtgärd$", wide, re.MULTILINE)
    assert "\n    reports/serie.csv rad 4\n" in wide
    assert "\n2026-03-08 · Löftet\n  flyttad till 2026-03-20: Blev inte av\n  hur: Görs sedan\n" in narrow
    assert "\n  varför: resurser: Sjuk\n  åtgärd: genomförd 2026-03-20\n  reports/serie.csv rad 4\n" in narrow
    assert "Löftet\n  som planerat 4 · ändrade 1 · inställda 1 ·\n  flyttade 2\n" in text(50)


def test_a_commitment_says_what_its_counts_leave_out() -> None:
    found = deviations()
    (said,) = [cells.occasion_remarks(found, line, counts) for line, counts in found.occasions]
    assert said == [
        "skäl: resurser (3), väder (1)",
        "1 moment inte gjort vid ett tillfälle",
        "1 moment gjort för sent",
        "1 moment inte rapporterat som gjort",
        "1 ändring av planen",
        "1 rapport med summor för en period, räknas inte här",
        "nollrapport juni 2026: ”Semester”",
    ]
    zeros = {name: f"period: 2026-0{at}\nläge: nollrapport\ninlämnad: 2026-12-01\n" for at, name in enumerate("abcd", 1)}
    quiet = small(**zeros)
    assert "    4 nollrapporter\n" in text(80, quiet)
    assert re.search(r"^Löftet +– +– +– +–$", text(80, quiet), re.MULTILINE)
    assert "    inga rapporter\n" in text(80, small())


def test_a_joint_occasion_is_said_to_count_once() -> None:
    joint = "datum: 2026-05-07\nstart: 19:15\nplats: torget\n"
    reports = {"a": joint + "parter: [kommunen]\n", "b": joint + "parter: [klubben]\n"}
    found = deviations(make(plan(commitment("{minst: 6}", parties="[kommunen, klubben]")), reports=reports))
    assert "    1 gemensamt tillfälle räknat en gång\n" in text(80, found)
    assert "Ingen avvikelse är rapporterad vid det enda tillfälle som har redovisats." in text(80, found)


def test_reasons_and_observations_have_lists_of_their_own() -> None:
    found = text(200)
    assert "Skäl, för 8 rader ovan\n  inget skäl angivet      4  1 ändrad, 3 moment\n" in found
    assert "  resurser                3  2 flyttade, 1 ändring av planen\n" in found
    assert found.partition("Öppna iakttagelser efter vem som ska göra något (3)\n")[2].partition("\n\n")[0].splitlines() == [
        "  Handläggare (1)",
        "    2026-05-01 Torget, Hamnen: Mörk tunnel",
        "      åtgärd: Felanmäld · polisen underrättad: nej · reports/sett.yaml",
        "  ingen ansvarig angiven (2)",
        "    2026-05-01 Torget, Hamnen: Langning",
        "      åtgärd: – · polisen underrättad: ja · reports/sett.yaml",
        "    2026-05-01 Torget, Hamnen: Skräp",
        "      åtgärd: – · polisen underrättad: ej angivet · reports/sett.yaml",
    ]


@pytest.mark.parametrize("room", [room for room in WIDTHS if room])
def test_no_line_is_wider_than_the_screen_and_no_word_is_lost(room: int) -> None:
    found = text(room)
    assert [one for one in found.splitlines() if width(one) > room] == []
    packed = re.sub(r"\s", "", found)
    for word in ("2026-03-20", "2026-02-01", "rundan", "styrgruppen", "Semester", "Felanmäld", "serie.csvrad4"):
        assert word in packed


def test_a_period_is_said() -> None:
    found = deviations(period="2026-03")
    assert text(80, found).splitlines()[0].endswith("mars 2026, per 2026-12-31")
    assert "mars 2026, per 2026-12-31. " in deviations_markdown([found], FOOT, EVERYTHING)
    march = View(VIEW.as_of, Period(date(2026, 3, 1), date(2026, 3, 31)))
    assert json.loads(deviations_json([found], FOOT, march))["period"] == "2026-03"


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        (Selection(party="polisen"), "Visar åtaganden som binder polisen; deras tillfällen visas alla."),
        (Selection(place="torget"), "Visar åtaganden som rör torget; deras tillfällen visas alla."),
        (Selection(party="polisen", place="torget"), "Visar åtaganden som binder polisen och rör torget; deras"),
    ],
)
def test_a_selection_says_what_it_picks(selection: Selection, said: str) -> None:
    assert said in text(None, selection=selection)
    assert said in deviations_markdown([deviations()], FOOT, selection)
    assert "Visar åtaganden" not in text(None)


@pytest.mark.parametrize(("selection", "said"), [(EVERYTHING, "Inga planer."), (Selection(place="x"), "Inget åtagande passar")])
def test_no_plan_at_all_is_said(selection: Selection, said: str) -> None:
    assert written(deviations_text([], FOOT, 80, selection)).startswith(said)
    assert deviations_markdown([], FOOT, selection).startswith(said)
    assert json.loads(deviations_json([], FOOT, VIEW))["planer"] == []


# JSON


def test_json_is_a_contract() -> None:
    found = content()
    assert (found["version"], found["plan"], found["vid"], found["period"]) == (1, "prov-2026", DAY, None)
    assert found["filer"] == {"lästa": 12, "utelämnade": 0, "utelämnade_rader": 0}
    (one,) = found["planer"]
    counts = {"som_planerat": 4, "ändrade": 1, "inställda": 1, "flyttade": 2}
    assert (one["id"], one["titel"], one["tillfällen"]) == ("prov-2026", "Prov", counts)
    assert one["åtaganden"] == [
        {
            "id": "lov", "titel": "Löftet", "parter": ["kommunen"], "tillfällen": counts, "moment": 3, "planändringar": 1,
            "rapporter_med_summor": 1, "skäl": {"resurser": 3, "väder": 1},
        }
    ]  # fmt: skip
    assert one["skäl"] == [
        {"skäl": None, "antal": 4, "slag": {"ändrad": 1, "moment": 3}},
        {"skäl": "resurser", "antal": 3, "slag": {"flyttad": 2, "plan": 1}},
        {"skäl": "väder", "antal": 1, "slag": {"inställd": 1}},
    ]


def test_json_of_each_kind_of_departure() -> None:
    late, never, cancelled, moved, _, changed, undone, amended = content()["planer"][0]["avvikelser"]
    assert moved == {
        "slag": "flyttad", "när": "2026-03-08", "åtagande": "lov", "titel": "Löftet", "platser": [], "moment": None,
        "vad": "Blev inte av", "hur": "Görs sedan", "före": None, "efter": None, "skäl": "resurser", "varför": "Sjuk",
        "beslut": None, "flyttad_till": "2026-03-20", "vad_det_blev": {"läge": "genomförd", "när": "2026-03-20"},
        "ansvarig": None, "fil": "reports/serie.csv", "rad": 4,
    }  # fmt: skip
    assert set(late) == set(never) == set(cancelled) == set(changed) == set(undone) == set(amended) == set(moved)
    assert (late["vad"], late["moment"], late["ansvarig"]) == ("Kalla föräldrar", "kallelse", "värd")
    assert (late["vad_det_blev"], late["fil"], late["rad"]) == (
        {"läge": "gjort", "när": "2026-02-01"}, "plans/prov-2026.yaml", None,
    )  # fmt: skip
    assert never["vad_det_blev"] == {"läge": "ingen rapport", "när": None}
    assert (cancelled["vad_det_blev"], cancelled["skäl"]) == (None, "väder")
    assert (changed["skäl"], changed["varför"], changed["platser"]) == (None, None, ["torget"])
    assert (undone["slag"], undone["moment"], undone["vad"], undone["hur"]) == ("moment", "samling", "Samlas", None)
    assert [amended[key] for key in ("vad", "före", "efter", "beslut")] == ["mål", "minst 30", "minst 24", "styrgruppen"]


def test_json_of_open_observations() -> None:
    first, second, third = content()["planer"][0]["öppna_iakttagelser"]
    assert first == {
        "när": "2026-05-01", "åtagande": "lov", "platser": ["torget", "hamnen"], "text": "Mörk tunnel", "åtgärd": "Felanmäld",
        "ansvarig": "handläggare", "rapporterad_till_polisen": False, "fil": "reports/sett.yaml", "rad": None,
    }  # fmt: skip
    assert (second["rapporterad_till_polisen"], second["ansvarig"], second["åtgärd"]) == (True, None, None)
    assert third["rapporterad_till_polisen"] is None


def test_json_of_several_plans_names_none() -> None:
    assert json.loads(deviations_json([deviations(), deviations()], FOOT, VIEW))["plan"] is None


# CSV


def test_csv_is_what_swedish_excel_wants_and_reads_back_to_the_facts_of_json() -> None:
    found = deviations_csv([deviations()])
    assert found.startswith("\ufeffplan;när;åtagande;titel;slag;")
    assert found.count("\n") == found.count("\r\n") == 1 + 8 + 3
    read = csv_rows()
    facts = content()["planer"][0]
    for row, one in zip(read, [*facts["avvikelser"], *facts["öppna_iakttagelser"]], strict=True):
        assert (row["när"], row["åtagande"], row["fil"]) == (one["när"], one["åtagande"], one["fil"])
        assert row["rad"] == ("" if one["rad"] is None else str(one["rad"]))
        assert row["platser"] == ", ".join(one["platser"])
        assert (row["skäl"], row["slag"]) == (one.get("skäl") or "", one.get("slag", OPEN))
    assert [row["läge"] for row in read][3] == "flyttad till 2026-03-20"
    assert (read[8]["vad"], read[8]["åtgärd"], read[8]["ansvarig"]) == ("Mörk tunnel", "Felanmäld", "Handläggare")
    assert [row["rapporterad till polisen"] for row in read] == [""] * 8 + ["nej", "ja", "ej angivet"]
    assert (read[2]["hur"], read[2]["åtgärd"], read[0]["moment"]) == ("", "", "Kalla föräldrar")


def test_csv_reads_back_when_written() -> None:
    out = io.StringIO()
    FORMATS["csv"]([deviations()], FOOT, VIEW, EVERYTHING, Screen(out))
    assert out.getvalue() == deviations_csv([deviations()])


# User text


def altered(texts: dict[str, str], mark: str, instead: str) -> Deviations:
    """Reports with a text that no file may hold, put in where `mark` stands."""
    made = make(plan(commitment("{minst: 6}")), reports=texts)

    def put(record: Any, *names: str) -> Any:
        return record.but(**{name: getattr(record, name).replace(mark, instead) for name in names})

    def entry(one: Entry) -> Entry:
        report = put(one.report, "text").but(
            deviations=tuple(put(each, "what", "how", "why") for each in one.report.deviations),
            observations=tuple(put(each, "text", "action") for each in one.report.observations),
        )
        return one._replace(report=report)

    entries = {"prov-2026": {"lov": tuple(entry(one) for one in made.entries["prov-2026"]["lov"])}}
    return deviations(made._replace(entries=entries))


TEXTS = {
    "a": "datum: 2026-03-01\navvikelser: [{vad: XX, hur: XX, varför: Varför XX}]\n"
    "iakttagelser: [{text: Såg XX, åtgärd: Gör XX}]\n",
    "b": "period: 2026-05\nläge: nollrapport\ntext: Noll XX\ninlämnad: 2026-06-01\n",
}


def test_user_text_is_never_obeyed() -> None:
    found = altered(TEXTS, "XX", MARKUP)
    harmless = MARKUP.replace("\x1b", "·")
    assert csv_rows(found)[0]["vad"] == f"'{harmless}"
    page = deviations_markdown([found], FOOT, EVERYTHING)
    assert r"=1+1 \| \*\*fet\*\* \[bold\]x\[/bold\] &lt;b&gt;y&lt;/b&gt; ·\[31m" in page
    row = next(row for row in markdown_rows(found) if row[0] == "2026-03-01")
    assert row[2:5] == [f"ändrad: {harmless}", harmless, f"Varför {harmless}"]
    for face in (text(None, found), text(60, found), page, deviations_csv([found]), deviations_json([found], FOOT, VIEW)):
        assert "\x1b" not in face
    assert harmless in text(None, found)


@pytest.mark.parametrize("room", [120, 60, 20])
def test_a_personal_number_is_never_shown(room: int) -> None:
    found = altered(TEXTS, "XX", NUMBER)
    faces = [
        text(room, found), deviations_markdown([found], FOOT, EVERYTHING), deviations_csv([found]),
        deviations_json([found], FOOT, VIEW),
    ]  # fmt: skip
    for face in faces:
        assert not re.search("640823|3234", re.sub(r"\s", "", face))
        assert "Såg" in face
        assert "Varför" in face


@pytest.mark.parametrize("format", ["text", "json", "csv", "md"])
def test_every_format_tells_of_every_kind(format: str) -> None:
    out = io.StringIO()
    FORMATS[format]([deviations()], FOOT, VIEW, EVERYTHING, Screen(out))
    for fact in ("Ingen vandring", "Kortare", "Blev inte av", "Samlas", "Kalla föräldrar", "minst 24", "Mörk tunnel", "Snö"):
        assert fact in out.getvalue()
