"""What is handed in is weighed against the whole project before it is written."""

from __future__ import annotations

from tests.rules.project_pieces import Memory, base, project
from uppfoljning.collect.precheck import PrecheckResult, validate

SOUND = "åtagande: nattvandring\nplan: exempel-2026\ndatum: {day}\nuppgifter:\n  samtal: 23\n"
TOTAL = "åtagande: krogtillsyn\nplan: exempel-2026\nperiod: {period}\nantal: 3\n"


def weighed(new: dict[str, str], also: dict[str, str] | None = None) -> PrecheckResult:
    files = {**base(), **{name: text.encode() for name, text in (also or {}).items()}}
    return validate(Memory(dict(files)), project(files), new)


def codes(verdict: PrecheckResult) -> dict[str, list[str]]:
    return {file: [finding.problem.code for finding in found] for file, found in verdict.refused.items()}


def test_a_sound_report_is_accepted() -> None:
    verdict = weighed({"reports/ny.yaml": SOUND.format(day="2026-03-13")})
    assert list(verdict.accepted) == ["reports/ny.yaml"]
    assert (verdict.refused, verdict.remarks) == ({}, ())


def test_a_wrong_one_is_refused_and_the_others_are_accepted() -> None:
    verdict = weighed({"reports/a.yaml": SOUND.format(day="2027-03-13"), "reports/b.yaml": SOUND.format(day="2026-03-13")})
    assert list(verdict.accepted) == ["reports/b.yaml"]
    assert codes(verdict) == {"reports/a.yaml": ["D406"]}


def test_of_two_with_the_same_receipt_one_is_accepted() -> None:
    text = SOUND.format(day="2026-03-13") + "kvitto: k7m3-9qfx\n"
    verdict = weighed({"reports/a.yaml": text, "reports/b.yaml": text})
    assert list(verdict.accepted) == ["reports/a.yaml"]
    assert codes(verdict) == {"reports/b.yaml": ["R319"]}


def test_one_that_makes_an_error_in_another_file_is_refused() -> None:
    there = {"reports/z.yaml": TOTAL.format(period="2026-T2")}
    verdict = weighed({"reports/a.yaml": TOTAL.format(period="2026-T2")}, there)
    assert codes(verdict) == {"reports/a.yaml": ["T503"]}


def test_old_errors_of_the_project_refuse_nothing() -> None:
    verdict = weighed({"reports/ny.yaml": SOUND.format(day="2026-03-13")}, {"reports/trasig.yaml": "åtagande: finns-inte\n"})
    assert list(verdict.accepted) == ["reports/ny.yaml"]


def test_personal_data_is_refused_even_where_it_is_only_a_warning() -> None:
    verdict = weighed({"reports/ny.yaml": SOUND.format(day="2026-03-13") + "text: Ring 070-174 06 58\n"})
    assert codes(verdict) == {"reports/ny.yaml": ["I103"]}


def test_a_warning_is_told_and_no_hindrance() -> None:
    verdict = weighed({"reports/ny.yaml": "åtagande: nattvandring\nplan: exempel-2026\ndatum: 2026-03-13\n"})
    assert list(verdict.accepted) == ["reports/ny.yaml"]
    assert [finding.problem.code for finding in verdict.remarks] == ["M701"]


def test_nothing_new_is_nothing_accepted() -> None:
    assert weighed({}).accepted == {}


def test_what_is_handed_in_cannot_waive_its_own_check() -> None:
    text = SOUND.format(day="2026-03-13") + "text: Ring 070-174 06 58 # undantag I103: växeln\n"
    assert codes(weighed({"reports/ny.yaml": text})) == {"reports/ny.yaml": ["I103"]}
