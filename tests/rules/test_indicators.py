"""What a project knows of its outcome series."""

from __future__ import annotations

from datetime import date

from tests.rules.project_pieces import base, codes, project
from uppfoljning.domain.indicator import Observed
from uppfoljning.domain.period import Period

JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31))
FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
DESCRIPTION = "plans/indikatorer/misshandel-utomhus.yaml"
MONTHS = "reports/indikatorer/misshandel-utomhus.csv"


def test_a_series_is_read() -> None:
    series = project(base()).series["misshandel-utomhus"]
    assert series.file == MONTHS
    assert series.indicator.concurrent == "Nya busslinjer från februari"
    assert series.areas == {
        "centrum": {JANUARY: Observed(4, 1200), FEBRUARY: Observed(3, 1200)},
        "norra": {JANUARY: Observed(2)},
    }


def test_a_row_with_a_fault_is_left_out_and_the_others_count() -> None:
    checked = project(base(), {MONTHS: "område;månad;antal\ncentrum;2026-01;fyra\ncentrum;2026-02;3\n"})
    assert codes(checked) == ["S107"]
    assert checked.series["misshandel-utomhus"].areas == {"centrum": {FEBRUARY: Observed(3)}}
    assert checked.rows_left_out == 1


def test_of_two_rows_for_a_month_the_first_counts() -> None:
    checked = project(base(), {MONTHS: "område;månad;antal\ncentrum;2026-01;4\ncentrum;2026-01;5\n"})
    assert codes(checked) == ["T507"]
    assert checked.series["misshandel-utomhus"].areas == {"centrum": {JANUARY: Observed(4)}}


def test_a_broken_description_says_nothing_more_of_its_months_and_goals() -> None:
    checked = project(base(), {DESCRIPTION: "indikator: misshandel-utomhus\n"})
    assert codes(checked) == ["S102"]
    assert checked.series == {}


def test_a_description_that_is_no_yaml_neither() -> None:
    checked = project(base(), {DESCRIPTION: "indikator: [\n"})
    assert "R320" not in codes(checked)
    assert "R321" not in codes(checked)


def test_a_file_with_an_unreadable_header_is_left_out() -> None:
    checked = project(base(), {MONTHS: "område;månad\ncentrum;2026-01\n"})
    assert codes(checked) == ["S102"]
    assert checked.left_out == (MONTHS,)
    assert checked.series == {}


def test_an_empty_file_is_left_out() -> None:
    checked = project(base(), {MONTHS: ""})
    assert checked.series == {}
    assert checked.left_out == (MONTHS,)


def test_a_near_name_is_told() -> None:
    checked = project(base(), {"reports/indikatorer/misshandel-utomhu.csv": "område;månad;antal\ncentrum;2026-01;4\n"})
    (finding,) = checked.findings
    assert "menade du misshandel-utomhus?" in finding.problem.remedy


def test_the_first_series_of_a_project_is_told_how_to_be_described() -> None:
    files = {name: data for name, data in base().items() if "indikatorer" not in name}
    checked = project(files, {"reports/indikatorer/brak.csv": "område;månad;antal\ncentrum;2026-01;4\n"})
    assert codes(checked) == ["R320", "R321"]
    remedies = {finding.problem.code: finding.problem.remedy for finding in checked.findings}
    assert remedies["R320"] == "skriv plans/indikatorer/brak.yaml med indikator: och titel:"
    assert remedies["R321"] == "beskriv den i plans/indikatorer/misshandel-utomhus.yaml"
