"""The month's letter and the citizens' page: plain Swedish, every figure from the follow-up, no small count given away."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from tests.followup.test_party import followed
from tests.present.papers import texts, whole, whole_of
from tests.present.pieces import check_snapshot, written
from tests.present.test_cells import followed as follow_target
from tests.present.test_cells import on
from tests.present.test_public import DAY, RUNNING, TARGETS, cell, example, people_project, random_project
from tests.projects import make, plan
from uppfoljning.domain.period import SUB_PERIODS, months
from uppfoljning.followup.status import Status
from uppfoljning.present.document.letter import MOST_NAMED, letter_of
from uppfoljning.present.document.model import Chart, Column, Document, Grid, Part, grids, number, text
from uppfoljning.present.document.plain_language import HOW, UNTOLD, citizen_of
from uppfoljning.present.document.public import public
from uppfoljning.present.document.report import report_of
from uppfoljning.present.figures import slots
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.text import paper_text
from uppfoljning.present.views.status_cells import FEW, HIDDEN

MARCH = months(2026, 3, 1)
REASONS = "datum;läge;avvikelser.vad;avvikelser.skäl;avvikelser.varför"


def said(paper: Document, part: str) -> str:
    return " ".join(next(one for one in paper.parts if one.id == part).sentences)


def letter(csv: str = "", columns: str = "datum", more: tuple[str, ...] = (), day: str = "2026-04-10") -> Document:
    return letter_of(whole_of(followed(csv, columns, more=more, day=day)), MARCH)


def test_a_whole_letter() -> None:
    paper = letter(
        "2026-03-06;;;;\n2026-03-13;inställd;Snö;väder;Vägen var stängd\n2026-03-20;;;;",
        REASONS,
        (
            "tillfällen: [2026-03-06, 2026-03-13, 2026-03-20, 2026-04-03, 2026-05-01]",
            "moment: [{id: bjud, titel: Bjud in, ansvarig: värd, senast: 2026-04-20}]",
        ),
    )
    assert (paper.title, paper.when) == ("Månadsbrev för mars 2026: Prov", "per 2026-04-10")
    assert paper.answer == "I mars genomfördes 2 tillfällen inom planens åtagande."
    assert said(paper, "gjort") == "”Löftet” 2 gånger."
    assert said(paper, "laget") == (
        "Så här ser det ut per 2026-04-10. 0 av 1 åtagande med måltal följer planen. 1 saknar rapporter: ”Löftet”."
    )
    assert said(paper, "inte-av") == "1 tillfälle ställdes in. Skäl: väder (1). Det gällde ”Löftet”."
    assert paper.parts[2].free == ("Löftet, 13 mar: Vägen var stängd",)
    assert said(paper, "pa-gang") == "I april är 1 dag planerad: ”Löftet” (1). I april ska det här vara klart: ”Bjud in”."
    assert said(paper, "tack") == "Tack för 3 rapporter om mars. Det är de som ligger bakom siffrorna."


@pytest.mark.parametrize("each", [*SUB_PERIODS, "fre", "[fre, lör]"])
def test_citizens_are_told_how_many_parts_of_the_time_reached_a_target_not_how_many_occasions(each: str) -> None:
    """Three meetings in a term that asks for three are one term, never one meeting."""
    found = follow_target(f"{{minst: 1, enhet: möten, varje: {each}}}", *on("2026-03-06"), day="2026-03-06")
    whole_page = citizen_of(whole_of(found))
    sentences = [one for part in whole_page.parts for one in part.sentences if "hittills" in one]
    (row,) = found.lines[0].rows
    assert [re.search(r"hittills nåddes målet under 1 av (\S+) (\w+)\.", one) is not None for one in sentences] == [True]
    (counted,) = {line[1].shown for grid in grids(whole_page.parts) if grid.id == "löften" for line in grid.rows}
    assert counted == slots(row.target)[1] != "möten"


@pytest.mark.parametrize(
    ("csv", "columns", "answer", "done"),
    [
        ("2026-03-06", "datum", "I mars genomfördes 1 tillfälle inom planens åtagande.", "”Löftet” en gång."),
        ("2026-03;ca 8", "period;antal", "I mars genomfördes ca 8 tillfällen inom planens åtagande.", "”Löftet” ca 8 gånger."),
        ("2026-02-06", "datum", "I mars är inget tillfälle rapporterat som genomfört.", "Rapporterna nämner inget"),
        (
            "",
            "datum",
            "I mars är inget tillfälle rapporterat som genomfört.",
            "Rapporterna nämner inget genomfört tillfälle i mars.",
        ),
        ("2026-K1;9", "period;antal", "I mars är inget tillfälle rapporterat som genomfört.", "Rapporterna nämner inget"),
    ],
)
def test_one_and_many_and_none(csv: str, columns: str, answer: str, done: str) -> None:
    paper = letter(csv, columns)
    assert paper.answer == answer
    assert said(paper, "gjort").startswith(done)


@pytest.mark.parametrize(
    ("csv", "expected"),
    [
        ("2026-03-06;inställd;Sjuk;resurser;", "1 tillfälle ställdes in. Skäl: resurser (1). Det gällde ”Löftet”."),
        (
            "2026-03-06;inställd;Sjuk;resurser;\n2026-03-13;flyttad;Sen;väder;\n2026-03-20;flyttad;Sen;väder;",
            "1 tillfälle ställdes in och 2 flyttades. Skäl: väder (2) och resurser (1). Det gällde ”Löftet”.",
        ),
        ("2026-03-06;;;;", "Inget tillfälle är rapporterat som inställt eller flyttat i mars."),
    ],
)
def test_what_did_not_come_off(csv: str, expected: str) -> None:
    lines = [f"{line};{'2026-05-08' if 'flyttad' in line else ''}" for line in csv.split("\n")]
    assert said(letter("\n".join(lines), f"{REASONS};flyttad_till"), "inte-av") == expected


def test_reports_that_are_missing_are_told_without_blame() -> None:
    more = ("tillfällen: [2026-03-06, 2026-03-13]", "uppföljning: {anstånd: 3, rapportör: värd}")
    assert said(letter("2026-03-06", more=more), "tack") == (
        "Tack för 1 rapport om mars. Det är de som ligger bakom siffrorna. "
        "1 rapport saknas än för mars. De går att lämna in i efterhand."
    )
    assert said(letter(), "tack") == "Ingen rapport gäller mars, och ingen väntades. Tack för att ni läser."


def test_nothing_planned_and_the_next_reading() -> None:
    assert said(letter(), "pa-gang") == "Planen har inga bestämda dagar i april."
    text = plan("  - id: lov\n    titel: Löftet\n    parter: [klubben]\n", extra="avläsningar: [2026-03-31, 2027-01-15]")
    paper = letter_of(whole(make(text), "2026-04-10"), MARCH)
    assert said(paper, "pa-gang") == "Planen har inga bestämda dagar i april. Nästa avläsning är 15 januari 2027."
    assert said(paper, "laget").endswith("Inget åtagande i planen har måltal, så det finns inget att jämföra med.")


def test_a_december_letter_looks_into_the_next_year() -> None:
    paper = letter_of(whole_of(followed("2026-12-04", day="2026-12-31")), months(2026, 12, 1))
    assert said(paper, "pa-gang") == "Planen har inga bestämda dagar i januari."


def test_no_sentence_names_more_than_a_handful() -> None:
    some = "".join(f"  - id: a{at}\n    titel: Nummer {at}\n    parter: [klubben]\n" for at in range(9))
    reports = {f"r{at}": f"åtagande: a{at}\ndatum: 2026-03-0{at + 1}\ninlämnad: 2026-03-20\n" for at in range(9)}
    paper = letter_of(whole(make(plan(some), reports=reports), "2026-04-10"), MARCH)
    done = said(paper, "gjort")
    assert done.count("”Nummer") == MOST_NAMED
    assert done.endswith(" och 3 åtaganden till.")
    assert paper.answer == "I mars genomfördes 9 tillfällen inom 9 av planens 9 åtaganden."


def test_the_letter_of_the_example() -> None:
    found = whole_of(example("2026-05-12"))
    for name, paper in (
        ("brev", letter_of(found, months(2026, 4, 1))),
        ("brev-publikt", public(letter_of(found, months(2026, 4, 1)))),
    ):
        shown = written(paper_text(paper, 80))
        assert 120 <= len(shown.split()) <= 260
        check_snapshot(name, shown)
    assert "handläggare" not in shown


def test_the_figures_of_a_letter_are_those_of_the_follow_up() -> None:
    found = whole_of(example("2026-05-12"))
    paper = letter_of(found, months(2026, 4, 1))
    cancelled = [
        entry
        for line in found.table.lines
        for entry in line.matter.entries
        if entry.report.state == "inställd" and (entry.span.first.year, entry.span.first.month) == (2026, 4)
    ]
    assert said(paper, "inte-av").startswith(f"{len(cancelled)} tillfälle ställdes in")
    times = [int(one) for one in re.findall(r"” (\d+) gånger", said(paper, "gjort"))]
    assert times == sorted(times, reverse=True)
    assert sum(times) < int(re.findall(r"genomfördes (\d+)", paper.answer)[0])


# Citizens


def test_every_status_has_a_sentence() -> None:
    assert HOW.keys() == set(Status)
    assert [one for one in HOW.values() if not one.endswith(".")] == []


def test_the_page_of_the_example() -> None:
    paper = citizen_of(whole_of(example()))
    check_snapshot("medborgare", written(paper_text(paper, 100)))
    assert [part.heading for part in paper.parts][-2:] == ["Löftena i siffror", "Om sidan"]


def citizen(target: str, csv: str, columns: str = "datum;uppgifter.samtal") -> Document:
    return citizen_of(whole(people_project(target, csv, columns), DAY))


def sentences(paper: Document) -> tuple[str, ...]:
    return paper.parts[0].sentences


def test_a_promise_that_is_kept() -> None:
    paper = citizen("{minst: 2, enhet: vandringar}", "2026-03-05;3\n2026-03-12;4")
    assert sentences(paper) == (
        "Vi lovade: minst 2 vandringar. Det gäller Kommunen.",
        "Löftet är uppnått, hittills 2 av 2.",
        "Senast rapporterat 2026-03-12.",
    )
    assert paper.answer == "1 av 2 åtaganden med måltal följer planen."


def test_people_are_told_of_in_the_table_alone_where_small_counts_are_hidden() -> None:
    paper = citizen("{minst: 20, räknar: samtal, enhet: samtal}", "2026-03-05;3")
    assert sentences(paper)[1] == "Löftet är uppnått till en del."
    assert cell(paper, "löften", "Hittills").shown == FEW
    assert cell(citizen("{minst: 20, räknar: samtal, enhet: samtal}", "2026-03-05;30"), "löften", "Hittills").value == 30


def test_a_state_that_would_tell_a_small_count_is_not_told() -> None:
    paper = citizen("{minst: 4, räknar: samtal, enhet: samtal}", "2026-03-05;4")
    assert sentences(paper)[1] == UNTOLD
    assert paper.answer == "0 av 1 åtagande med måltal följer planen."
    letter = letter_of(whole(people_project("{minst: 4, räknar: samtal}", "2026-03-05;4"), DAY), MARCH)
    assert "Läget för 1 åtagande visas inte" in said(letter, "laget")


@pytest.mark.parametrize("target", TARGETS)
def test_neither_page_nor_letter_tells_one_small_count_from_another(target: str) -> None:
    pages = set()
    for count in (1, 2, 3, 4):
        csv = f"2026-03-05;torget;{count};{count};20;{count}"
        found = whole(
            people_project(target, csv, "datum;plats;uppgifter.samtal;uppgifter.nådda;uppgifter.kontaktade;uppgifter.läge"), DAY
        )
        pages.add("\n".join([*texts(citizen_of(found)), *texts(letter_of(found, MARCH))]))
    assert len(pages) == 1


def test_the_page_shows_no_figure_that_the_report_hides() -> None:
    for seed in range(60):
        found = whole(random_project(seed), "2026-08-31")
        report, page = public(report_of(found)), citizen_of(found)
        for at, row in enumerate(next(one for one in grids(page.parts) if one.id == "löften").rows):
            whole_report = cell(report, "uppföljning", "utfall", at)
            if row[2].value is not None:
                assert whole_report.value == row[2].value, seed
            else:
                assert whole_report.value is None, seed


def test_several_targets_are_told_apart() -> None:
    paper = citizen("[{id: kvällar, minst: 2}, {id: samtal, antal: löpande, räknar: km}]", "2026-03-05;3", "datum;uppgifter.km")
    assert sentences(paper)[1:3] == (
        "Kvällar: löftet är uppnått till en del, hittills 1 av 2.",
        "Samtal: löftet har inget måltal, men det som görs redovisas, hittills 3, räknat i tillfällen.",
    )


def test_nothing_reported_yet() -> None:
    paper = citizen_of(whole_of(followed()))
    assert sentences(paper)[-1] == "Inget är rapporterat än."
    assert cell(paper, "löften", "Senast rapporterat").shown == "–"


def test_a_plan_without_numbers_and_one_without_promises() -> None:
    paper = citizen_of(whole(make(plan("  - id: lov\n    titel: Löftet\n    parter: [klubben]\n")), DAY))
    assert paper.answer == "Löftena har inga måltal. Här står vad som har gjorts."


def test_a_changed_occasion_and_a_ceiling() -> None:
    paper = citizen("{högst: 9, enhet: klagomål}", "2026-03-05;Sent;resurser", "datum;avvikelser.vad;avvikelser.skäl")
    assert sentences(paper)[1:3] == (
        "Löftet är uppnått, hittills 1.",
        "1 tillfälle blev av på ett annat sätt än planerat.",
    )


# The face on a terminal


class Case(NamedTuple):
    room: int | None
    expected: list[str]


@pytest.mark.parametrize(
    "case",
    [
        Case(None, ["  Vad        Antal", "  En rubrik     12"]),
        Case(14, ["  En rubrik", "    Antal: 12"]),
    ],
)
def test_a_table_becomes_a_list_where_it_is_too_wide(case: Case) -> None:
    grid = Grid("a", "Rubrik", (Column("Vad"), Column("Antal", "tal")), ((text("En rubrik"), number(12)),), "Not")
    part = Part(
        "p", "Rubrik", ("[/fel] \x1b[31m",), (grid, Chart("staplar", "t", "a", grid._replace(title="Annan"))), free=("Ord",)
    )
    foot = Provenance(example().view.as_of, "", 1, 0, 0)
    shown = written(paper_text(Document("T", "per", "Svar.", (part,), (str(foot),)), case.room))
    lines = shown.splitlines()
    at = lines.index(case.expected[0])
    assert lines[at : at + len(case.expected)] == case.expected
    assert "\x1b" not in shown
    assert "  [/fel] ·[31m" in lines or case.room
    assert lines.count("  Rubrik") == 0
    assert lines.count("  Annan") == 1
    assert lines.count("  Not") == 2
    assert "  ”Ord”" in lines


def test_hidden_cells_are_words_in_the_text() -> None:
    paper = public(report_of(whole(people_project(RUNNING, "2026-01-05;3"), DAY)))
    shown = written(paper_text(paper, 100))
    assert HIDDEN in shown
    assert "dold" in shown
