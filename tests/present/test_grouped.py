"""The faces of a grouped follow-up, held against kept snapshots and read back as what they claim to be."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from functools import cache
from typing import Any

import pytest

from tests.present.pieces import AS_OF, EVERYTHING, FOOT, PLAN, Texts, check_snapshot, figures, files, project, table, written
from tests.projects import commitment, make, plan
from uppfoljning.domain.period import Period
from uppfoljning.followup.grouping import By, Grouped, grouped
from uppfoljning.followup.table import Selection, follow_up, selected
from uppfoljning.followup.view import View
from uppfoljning.present.layout import width
from uppfoljning.present.views.groups import grouped_csv, grouped_json, grouped_markdown, grouped_text, notes, title
from uppfoljning.present.views.status_document import status_json
from uppfoljning.project.load import CheckedProject, load_project

BYS: tuple[By, ...] = ("part", "plats", "månad", "kvartal", "tertial")
VIEW = View(AS_OF)
POLICE = Selection(party="polisen")


@cache
def found(by: By, selection: Selection = EVERYTHING, as_of: date = AS_OF, period: Period | None = None) -> Grouped:
    return of(project(), by, selection, View(as_of, period))


def of(one: CheckedProject, by: By, selection: Selection = EVERYTHING, view: View = VIEW) -> Grouped:
    """Every plan of a project, in groups."""
    tables = [
        follow_up(plan, view, forms=one.forms, entries=one.entries.get(plan.id, {}), judgements=one.judgements)
        for plan in one.plans.values()
    ]
    return grouped(
        selected(tables, selection),
        selection,
        by,
        lambda plan, view: follow_up(plan, view, forms=one.forms, entries=one.entries.get(plan.id, {})),
    )


def text(one: Grouped, room: int | None) -> str:
    return written(grouped_text(one, FOOT, room))


def named(by: str) -> str:
    return by.replace("å", "a")


# Text


@pytest.mark.parametrize("room", [None, 100, 60])
@pytest.mark.parametrize("by", BYS)
def test_text(by: By, room: int | None) -> None:
    check_snapshot(f"gruppera-{named(by)}-{room or 'fritt'}", text(found(by), room))


def test_text_of_a_party_by_month() -> None:
    check_snapshot("gruppera-manad-polisen", text(found("månad", POLICE), 100))


def without_headings(shown: str) -> str:
    """The names of quarters and tertials have figures, and stand once in a table but at every target where it is folded."""
    return re.sub(r"\b[KT]\d\b", "", shown)


@pytest.mark.parametrize("room", [200, 120, 80, 60, 40, 20])
@pytest.mark.parametrize("by", BYS)
def test_every_figure_survives_and_no_line_is_too_wide(by: By, room: int) -> None:
    shown = text(found(by), room)
    assert figures(without_headings(shown)) == figures(without_headings(text(found(by), None)))
    assert [one for one in shown.splitlines() if width(one) > room] == []


@pytest.mark.parametrize("by", BYS)
def test_the_answer_comes_first(by: By) -> None:
    first, answer = text(found(by), None).splitlines()[:2]
    assert first.startswith("Åtgärdsplan för Provköping 2026 ")
    assert answer.startswith("3 av 8 åtaganden med måltal följer planen · ")


def test_a_row_of_a_matrix_has_the_sub_periods_and_the_whole_with_its_status() -> None:
    lines = text(found("tertial"), 200).splitlines()
    head = next(one for one in lines if one.startswith("Åtagande"))
    row = next(one for one in lines if one.startswith("Samordnad krogtillsyn"))
    assert re.split(" {2,}", head) == ["Åtagande", "T1", "T2", "Hittills", "Status"]
    assert re.split(" {2,}", row) == ["Samordnad krogtillsyn", "2 av 8", "minst 2 av 6", "4 av 14", "■ efter"]


def test_a_narrow_matrix_names_each_sub_period_beside_its_figure() -> None:
    shown = text(found("tertial"), 40)
    assert "Samordnad krogtillsyn\n  T1: 2 av 8 · T2: minst 2 av 6\n  hittills 4 av 14\n  ■ efter\n" in shown
    assert "  jan 1 av 2,1 · feb 1 av 1,9 ·\n" in text(found("månad"), 40)


def test_what_a_party_had_stands_in_its_own_group_and_at_the_whole() -> None:
    shown = text(found("part"), 200)
    own = shown[shown.index("Lokalpolisområde Provköping (polisen)") : shown.index("Klubben (klubben)")]
    assert "varav polisen: 4" in own
    assert "varav kommunen" not in own
    assert "    varav polisen: 4\n" in text(found("månad", POLICE), 200)
    assert "  varav polisen: 4\n" in text(found("månad", POLICE), 30)


def test_nothing_at_all_and_nothing_yet() -> None:
    nothing = found("plats", Selection(place="hamnen", party="klubben"))
    assert text(nothing, None).startswith("Inget åtagande passar urvalet.\n\nper ")
    assert grouped_markdown(nothing, FOOT).startswith("Inget åtagande passar urvalet.\n")
    before = found("månad", as_of=date(2025, 12, 1))
    assert "Ingen månad har börjat än.\n" in text(before, None)
    assert "Samordnad krogtillsyn" in text(before, None)
    outside = found("kvartal", period=Period(date(2025, 1, 1), date(2025, 12, 31)))
    assert "Inga åtaganden.\n\nInget kvartal har börjat än.\n" in text(outside, None)


def test_a_column_of_several_years_has_its_year() -> None:
    one = make(plan(commitment("{minst: 6}"), period="{från: 2025-11-01, till: 2026-02-28}"))
    cases: list[tuple[By, list[str]]] = [
        ("månad", ["nov 2025", "dec 2025", "jan 2026", "feb 2026"]),
        ("kvartal", ["2025-K4", "2026-K1"]),
    ]
    for by, names in cases:
        head = next(row for row in text(of(one, by), None).splitlines() if row.startswith("Åtagande"))
        assert re.split(" {2,}", head) == ["Åtagande", *names, "Hittills", "Status"]


# Notes


def test_notes() -> None:
    assert [note.split(",")[0].split(".")[0] for note in notes(found("part"))] == [
        "Ett gemensamt åtagande står under var och en av sina parter"
    ]
    assert [note.split(",")[0] for note in notes(found("plats"))] == [
        "Ett åtagande står under varje plats där det har något",
        "Utan angiven plats: 13 tillfällen.",
    ]
    assert notes(found("månad")) == [
        "1 rapport gäller tid i flera månader och är inte med i någon, bara i helheten.",
        "Andelar, nivåer och antal olika läggs inte ihop, utan räknas om för hela tiden.",
    ]


def test_no_note_where_there_is_nothing_to_say() -> None:
    one = make(plan(commitment("{antal: löpande}", id="lov")), reports={"a": "datum: 2026-03-01\nplats: torget\n"})
    for by in BYS:
        assert notes(of(one, by)) == []


def test_the_note_of_weeks_that_an_edge_cuts() -> None:
    one = make(plan(commitment("{minst: 1, varje: vecka}")), reports={"a": "datum: 2026-03-30\n", "b": "datum: 2026-04-10\n"})
    assert notes(of(one, "kvartal")) == [
        "Mål för varje vecka: delperioden räknas i det kvartal där den slutar, med alla sina tillfällen."
    ]


# Functions, half-years, terms and years


ANSWERING = plan(
    commitment("{minst: 6}", "ansvarig: värd", id="en"),
    commitment("{minst: 4}", "ansvarig: kommunen", id="två"),
    commitment("{minst: 2}", id="tre"),
)


def test_a_function_or_a_party_that_answers_has_its_own_commitments_and_the_rest_come_last() -> None:
    one = of(make(ANSWERING), "ansvarig")
    assert [(title(one, group), [line.commitment.id for line in group.tables[0].lines]) for group in one.groups] == [
        ("Värd (värd)", ["en"]),
        ("Kommunen (kommunen)", ["två"]),
        ("utan ansvarig", ["tre"]),
    ]
    assert [group["grupp"] for group in json.loads(grouped_json(one, FOOT, VIEW))["grupper"]] == ["värd", "kommunen", None]
    assert notes(one) == []


def test_terms_have_the_names_of_the_plan_and_what_is_between_them_is_told() -> None:
    days = ["2026-03-01", "2026-07-01", "2026-09-01"]
    one = of(
        make(plan(commitment("{minst: 6}")), reports={day: f"datum: {day}\n" for day in days}),
        "termin",
        view=View(date(2027, 1, 1)),
    )
    head, row = (next(line for line in text(one, None).splitlines() if line.startswith(word)) for word in ("Åtagande", "Löftet"))
    assert re.split(" {2,}", head) == ["Åtagande", "VT2026", "HT2026", "Hittills", "Status"]
    assert re.split(" {2,}", row)[3] == "3 av 6"
    assert [title(one, group) for group in one.groups] == [
        "VT2026, 8 jan–12 jun 2026",
        "HT2026, 17 aug–20 dec 2026",
    ]
    assert notes(one)[0] == (
        "1 rapport gäller tid i flera terminer, eller mellan terminerna, och är inte med i någon, bara i helheten."
    )


@pytest.mark.parametrize(("by", "names"), [("halvår", ["2025-H2", "2026-H1"]), ("år", ["2025", "2026"])])
def test_half_years_and_years(by: By, names: list[str]) -> None:
    one = make(plan(commitment("{minst: 6}"), period="{från: 2025-11-01, till: 2026-02-28}"))
    assert [group.name for group in of(one, by).groups] == names


# Several plans


def several() -> CheckedProject:
    other = PLAN.replace("prov-2026", "annan-2026").replace("Provköping", "Annanby")
    return load_project(Texts({**files(), "plans/annan-2026.yaml": other}))


def test_several_plans_are_named_in_every_group() -> None:
    one = of(several(), "part")
    names = {group.name: title(one, group) for group in one.groups}
    assert names == {"kommunen": "kommunen", "polisen": "polisen", "klubben": "Klubben (klubben)"}
    shown = text(one, 100)
    for name in ("Kommunen", "Polisen", "Klubben (klubben)"):
        block = shown[shown.index(f"\n{name}\n") if name != "Kommunen" else 0 :]
        assert re.findall("Åtgärdsplan för (?:Provköping|Annanby) 2026", block)[:2] == [
            "Åtgärdsplan för Annanby 2026",
            "Åtgärdsplan för Provköping 2026",
        ]
    assert text(of(several(), "tertial"), None).count("T1") == 2
    months = json.loads(grouped_json(of(several(), "tertial"), FOOT, VIEW))["grupper"]
    assert [{one["plan"] for one in month["åtaganden"]} for month in months] == [{"annan-2026", "prov-2026"}] * 2


# JSON


@pytest.mark.parametrize("by", ["plats", "tertial"])
def test_json(by: By) -> None:
    check_snapshot(f"gruppera-{by}-json", grouped_json(found(by), FOOT, VIEW))


def content(by: By) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(grouped_json(found(by), FOOT, VIEW))
    return read


@pytest.mark.parametrize("by", BYS)
def test_json_keeps_the_contract_and_adds_the_groups(by: By) -> None:
    read = content(by)
    plain = json.loads(status_json([table()], FOOT, VIEW, EVERYTHING))
    assert {key: read[key] for key in plain} == plain
    assert set(read) - set(plain) == {"gruppering", "grupper"}
    assert read["gruppering"]["efter"] == by
    keys = set(plain["åtaganden"][0])
    for group in read["grupper"]:
        assert set(group) == {"grupp", "titel", "åtaganden"}
        assert group["åtaganden"]
        assert all(set(one) == keys for one in group["åtaganden"])


def test_json_names_the_groups() -> None:
    assert [(one["grupp"], one["titel"]) for one in content("plats")["grupper"]] == [
        ("torget", "Torget (torget)"),
        ("hamnen", "Hamnen (hamnen)"),
        (None, "utan angiven plats"),
    ]
    assert [(one["grupp"], one["titel"]) for one in content("månad")["grupper"]][:2] == [
        ("2026-01", "januari 2026"),
        ("2026-02", "februari 2026"),
    ]
    assert content("plats")["gruppering"] == {
        "efter": "plats", "tillfällen_utan_plats": 13, "rapporter_i_flera_delperioder": None,
    }  # fmt: skip
    assert content("månad")["gruppering"] == {
        "efter": "månad", "tillfällen_utan_plats": None, "rapporter_i_flera_delperioder": 1,
    }  # fmt: skip


# CSV and Markdown


@pytest.mark.parametrize("by", ["plats", "tertial"])
def test_csv_and_markdown(by: By) -> None:
    check_snapshot(f"gruppera-{by}-csv", grouped_csv(found(by)))
    check_snapshot(f"gruppera-{by}-md", grouped_markdown(found(by), FOOT))


@pytest.mark.parametrize("by", BYS)
def test_csv_and_markdown_have_the_groups_and_outcomes_of_json(by: By) -> None:
    rows = list(csv.DictReader(io.StringIO(grouped_csv(found(by)).removeprefix("\ufeff"), newline=""), delimiter=";"))
    expected = [
        (group["grupp"] or "utan angiven plats", one["id"], target["id"] or "", target["utfall"])
        for group in content(by)["grupper"]
        for one in group["åtaganden"]
        for target in one["mål"]
    ]
    assert list(rows[0])[:2] == ["grupp", "plan"]
    assert [(row["grupp"], row["åtagande"], row["mål"]) for row in rows] == [one[:3] for one in expected]
    for row, (*_, outcome) in zip(rows, expected, strict=True):
        assert (float(row["utfall"].replace(",", ".")) if row["utfall"] else None) == (
            outcome if outcome is None else pytest.approx(outcome, abs=1e-4)
        )
    headings = [one for one in grouped_markdown(found(by), FOOT).splitlines() if one.startswith("## ")]
    assert [one.removeprefix("## ").casefold() for one in headings] == [
        group["titel"].casefold() for group in content(by)["grupper"]
    ]


def test_a_title_is_never_markup_nor_a_formula() -> None:
    nasty = table()
    nasty = nasty._replace(plan=nasty.plan.but(places={"torget": "[b] *x* 640823-3234 \x1b[2J", "hamnen": "Hamnen"}))
    one = grouped([nasty], EVERYTHING, "plats", lambda plan, view: nasty)
    for face in (text(one, 80), text(one, 20), grouped_markdown(one, FOOT), grouped_json(one, FOOT, VIEW), grouped_csv(one)):
        assert not re.search("640823|3234|\x1b", re.sub(r"\s", "", face))
    assert r"## \[b\] \*x\* ••••••-•••• ·\[2J (torget)" in grouped_markdown(one, FOOT)
