"""Conditions: only a stated other value fails; what is lacking or blurred is not shown."""

from __future__ import annotations

import pytest

from tests.projects import commitment, line, make, plan, rows

NIGHT = "{minst: 9, villkor: {veckodagar: [lör], tid: 21:00–03:00}}"
DAY = "{minst: 9, villkor: {tid: 16:00–18:00}}"


def met(target: str, cells: str, columns: str) -> str:
    """How the condition falls out for one row: ja, nej or ej visat."""
    row = line(make(plan(commitment(target)), rows(cells, columns)), "2026-12-31").rows[0]
    return "nej" if row.outcome.failed else "ej visat" if row.outcome.unshown else "ja"


@pytest.mark.parametrize(
    ("day", "start", "answer"),
    [
        ("2026-05-09", "20:59", "nej"),
        ("2026-05-09", "21:00", "ja"),
        ("2026-05-09", "23:59", "ja"),
        ("2026-05-10", "00:00", "ja"),
        ("2026-05-10", "03:00", "ja"),
        ("2026-05-10", "03:01", "nej"),
        ("2026-05-09", "02:00", "nej"),
        ("2026-05-10", "21:30", "nej"),
        ("2026-05-09", "", "ej visat"),
        ("2026-05-10", "", "ej visat"),
        ("2026-05-11", "", "nej"),
    ],
)
def test_hours_after_midnight_belong_to_the_evening_before(day: str, start: str, answer: str) -> None:
    assert met(NIGHT, f"{day};{start}", "datum;start") == answer


@pytest.mark.parametrize(
    ("start", "answer"), [("15:59", "nej"), ("16:00", "ja"), ("18:00", "ja"), ("18:01", "nej"), ("", "ej visat")]
)
def test_hours_of_a_day(start: str, answer: str) -> None:
    assert met(DAY, f"2026-05-11;{start}", "datum;start") == answer


@pytest.mark.parametrize(("day", "answer"), [("2026-05-08", "ja"), ("2026-05-09", "nej")])
def test_a_weekday_alone(day: str, answer: str) -> None:
    assert met("{minst: 9, villkor: {veckodagar: [fre]}}", day, "datum") == answer


@pytest.mark.parametrize(
    ("place", "answer"),
    [("torget", "ja"), ("hamnen", "nej"), ("", "ej visat"), ("hamnen, torget", "ja")],
)
def test_places(place: str, answer: str) -> None:
    assert met("{minst: 9, villkor: {platser: [torget]}}", f"2026-05-08;{place}", "datum;plats") == answer


@pytest.mark.parametrize(("crew", "answer"), [("2", "ja"), ("3", "ja"), ("1", "nej"), ("", "ej visat")])
def test_functions_are_a_least_number(crew: str, answer: str) -> None:
    assert met("{minst: 9, villkor: {funktioner: {värd: 2}}}", f"2026-05-08;{crew}", "datum;funktioner.värd") == answer


@pytest.mark.parametrize(("sort", "answer"), [("fast", "ja"), ("rörlig", "nej"), ("", "ej visat")])
def test_facts(sort: str, answer: str) -> None:
    assert met("{minst: 9, villkor: {uppgifter: {sort: fast}}}", f"2026-05-08;{sort}", "datum;uppgifter.sort") == answer


@pytest.mark.parametrize(("sorts", "answer"), [("[fast, rörlig]", "ja"), ("[rörlig]", "nej")])
def test_facts_of_several_values(sorts: str, answer: str) -> None:
    assert met(f"{{minst: 9, villkor: {{uppgifter: {{sort: {sorts}}}}}}}", "2026-05-08;fast", "datum;uppgifter.sort") == answer


@pytest.mark.parametrize(
    ("report", "answer"),
    [
        ("plats: torget", "ja"),
        ("plats: [torget, hamnen]", "ej visat"),
        ("plats: [hamnen, parken]", "nej"),
        ("text: x", "ej visat"),
    ],
)
def test_a_total_over_several_places_is_not_shown(report: str, answer: str) -> None:
    reports = {"a": f"period: 2026-05\nantal: 5\ninlämnad: 2026-06-02\n{report}\n"}
    row = line(make(plan(commitment("{minst: 9, villkor: {platser: [torget]}}")), reports=reports), "2026-12-31").rows[0]
    assert ("nej" if row.outcome.failed else "ej visat" if row.outcome.unshown else "ja") == answer
    assert row.outcome.value == (0 if answer == "nej" else 5)


def test_a_total_shows_no_weekday() -> None:
    reports = {"a": "period: 2026-05\nantal: 5\ninlämnad: 2026-06-02\n"}
    row = line(make(plan(commitment("{minst: 9, villkor: {veckodagar: [fre]}}")), reports=reports), "2026-12-31").rows[0]
    assert (row.outcome.value, row.outcome.unshown) == (5, 1)


def test_an_unanswered_figure_that_fails_the_condition_does_not_make_the_sum_uncertain() -> None:
    target = "{minst: 9, räknar: samtal, villkor: {platser: [torget]}}"
    row = line(
        make(plan(commitment(target)), rows("2026-05-01;torget;4\n2026-05-02;hamnen;", "datum;plats;uppgifter.samtal")),
        "2026-12-31",
    ).rows[0]
    assert (row.outcome.value, row.outcome.certainty) == (4, "")
