"""What is new, what is there already, what differs and what stays out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.collect.letters import PROJECT, REPORT, mail_text
from tests.projects import Texts
from uppfoljning.collect.inbox.extract import Homes
from uppfoljning.collect.inbox.known import ReportDifference
from uppfoljning.collect.inbox.sorting import Sorted, take_in_all
from uppfoljning.collect.inbox.texts import Arrived
from uppfoljning.domain.finding import Tree
from uppfoljning.files.yaml_write import write_yaml
from uppfoljning.project.load import load_project

FILE = "reports/prov-2026/gang/2026-03-06-k7m3-9qfx.yaml"


def text(**changes: Any) -> str:
    return write_yaml({key: value for key, value in {**REPORT, **changes}.items() if value is not None})


def sort(inbox: Mapping[str, str], there: Mapping[str, str] | None = None, *, correct: bool = False) -> Sorted:
    source = Texts({**PROJECT, **(there or {})})
    files = [Arrived(name, content.encode()) for name, content in inbox.items()]
    return take_in_all(files, load_project(source), source, correct=correct)


def written(result: Sorted) -> dict[str, str]:
    return {one.file: one.text for one in result.new}


def spread(result: Sorted) -> tuple[int, int, int, int, int]:
    return len(result.new), len(result.already), len(result.different), len(result.refused), len(result.unread)


def codes(result: Sorted) -> dict[str, list[str]]:
    return {one.draft.origin.file: [finding.problem.code for finding in one.findings] for one in result.refused}


def test_a_new_report_is_written_as_the_form_would() -> None:
    result = sort({"a.txt": mail_text(REPORT)})
    assert written(result) == {FILE: write_yaml(REPORT)}
    assert (result.left_out, result.new[0].outdated) == (0, "gång")


def test_the_edition_of_the_form_as_it_is_now_is_not_outdated() -> None:
    source = Texts(PROJECT)
    home = Homes(load_project(source)).of("gång", "prov-2026")
    assert home is not None
    assert sort({"a.yaml": text(utgåva=home.edition)}).new[0].outdated == ""
    assert sort({"a.yaml": text(utgåva=None)}).new[0].outdated == ""


def test_put_through_twice_nothing_new_is_written() -> None:
    inbox = {"a.yaml": text(), "b.txt": mail_text(REPORT), "c.yaml": text(kvitto=None, datum="2026-02-27")}
    first = sort(inbox)
    assert spread(first) == (2, 1, 0, 0, 0)
    again = sort(inbox, written(first))
    assert spread(again) == (0, 3, 0, 0, 0)


def test_a_report_without_receipt_gets_one_of_what_it_says() -> None:
    ordered, mixed = (
        text(kvitto=None),
        "".join(reversed(text(kvitto=None, avvikelser=None, iakttagelser=None).splitlines(keepends=True)[:5])),
    )
    (new,) = sort({"a.yaml": ordered}).new
    assert new.text == write_yaml(REPORT | {"kvitto": new.file[-14:-5]})
    assert len(sort({"a.yaml": mixed, "b.yaml": "".join(reversed(mixed.splitlines(keepends=True)))}).new) == 1


def test_a_report_without_receipt_that_the_project_has_without_one_too() -> None:
    there = {"reports/a.yaml": text(kvitto=None, utgåva=None)}
    assert spread(sort({"a.yaml": text(kvitto=None)}, there)) == (0, 1, 0, 0, 0)
    result = sort({"a.yaml": text(kvitto=None, start="21:00")}, there)
    assert spread(result) == (1, 0, 0, 0, 0)


def test_the_same_receipt_and_something_else_is_told_and_corrected_only_when_asked() -> None:
    there = {FILE: text()}
    changed = text(uppgifter={"samtal": "25"}, text=None, plats="torget")
    result = sort({"a.yaml": changed}, there)
    assert spread(result) == (0, 0, 1, 0, 0)
    assert (result.left_out, result.different[0].file) == (1, FILE)
    assert result.different[0].differences == (
        ReportDifference("plats", "torget, hamnen", "torget"),
        ReportDifference("uppgifter.samtal", "23", "25"),
        ReportDifference("uppgifter.rutt", str(REPORT["uppgifter"]["rutt"]), ""),  # type: ignore[index,call-overload]
        ReportDifference("text", str(REPORT["text"]), ""),
    )
    corrected = sort({"a.yaml": changed}, there, correct=True)
    assert (spread(corrected), corrected.left_out) == ((1, 0, 1, 0, 0), 0)
    (new,) = corrected.new
    assert "ersätter: prov-2026/gang/2026-03-06-k7m3-9qfx\n" in new.text
    assert "kvitto: k7m3-9qfx/2\n" in new.text or 'kvitto: "k7m3-9qfx/2"\n' in new.text
    both = {**there, new.file: new.text}
    for correct in (False, True):
        assert spread(sort({"a.yaml": changed, "b.yaml": text()}, both, correct=correct)) == (0, 2, 0, 0, 0)
    third = sort({"a.yaml": text(start="19:00")}, both, correct=True)
    assert third.new[0].replaces == "prov-2026/gang/" + new.file.rpartition("/")[2].removesuffix(".yaml")
    assert "k7m3-9qfx/3" in third.new[0].text


def test_lists_of_things_are_compared_part_by_part() -> None:
    changed = text(iakttagelser=[{"text": "Trasig lampa"}])
    (different,) = sort({"a.yaml": changed}, {FILE: text()}).different
    assert ReportDifference("iakttagelser.1.text", 'Någon sa "hej"\noch gick', "Trasig lampa") in different.differences


def test_a_row_of_a_table_is_compared_as_the_file_that_says_the_same() -> None:
    rows = (
        "plan;åtagande;datum;uppgifter.samtal;kvitto\nprov-2026;gång;2026-03-06;3;forms/1\nprov-2026;gång;2026-03-07;4;forms/2\n"
    )
    same = "åtagande: gång\ndatum: 2026-03-07\nuppgifter: {samtal: 4}\nkvitto: forms/2\n"
    assert spread(sort({"a.yaml": same}, {"reports/rader.csv": rows})) == (0, 1, 0, 0, 0)
    (different,) = sort({"a.yaml": same.replace("4}", "5}")}, {"reports/rader.csv": rows}, correct=True).different
    assert different.differences == (ReportDifference("uppgifter.samtal", "4", "5"),)


def test_a_receipt_of_another_commitment_is_told_and_not_corrected() -> None:
    other = "åtagande: tillsyn\ndatum: 2026-03-06\nkvitto: k7m3-9qfx\n"
    result = sort({"a.yaml": other}, {FILE: text()}, correct=True)
    assert spread(result) == (0, 0, 1, 0, 0)
    assert result.left_out == 1
    assert result.different[0].differences[0] == ReportDifference("åtagande", "prov-2026/gång", "prov-2026/tillsyn")


def test_two_that_differ_in_one_inbox() -> None:
    inbox = {"a (1).yaml": text(start="21:00"), "a.yaml": text()}
    result = sort(inbox, correct=True)
    assert [one.replaces for one in result.new] == ["", "prov-2026/gang/2026-03-06-k7m3-9qfx"]
    assert spread(sort(inbox, written(result), correct=True)) == (0, 2, 0, 0, 0)


def test_the_same_receipt_as_one_that_stays_out_is_new() -> None:
    inbox = {"a.yaml": text(start="25:00"), "b.yaml": text(), "c.yaml": text(start="25:00")}
    result = sort(inbox)
    assert (list(written(result)), spread(result)) == ([FILE], (1, 0, 0, 2, 0))
    assert codes(result) == {"a.yaml": ["S104"], "c.yaml": ["S104"]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"plan": "annan-2026"}, "R301"),
        ({"åtagande": "gå"}, "R302"),
        ({"åtagande": "annan-2026/gång"}, "R303"),
        ({"datum": None}, "S102"),
        ({"datum": "2027-01-01"}, "D406"),
        ({"datum": "i går"}, "S105"),
        ({"uppgifter": {"finns-inte": "3"}}, "R308"),
        ({"funktioner": {"polis": "1"}}, "R305"),
        ({"text": "Ring 070-123 45 67"}, "I103"),
        ({"text": "Han är född 19900101-0017"}, "I101"),
        ({"kvitto": "k7m3 9qfx"}, "S122"),
        ({"period": "2026-03"}, "M717"),
        ({"ersätter": "finns/inte"}, "R314"),
    ],
)
def test_what_the_check_keeps_out(changes: dict[str, Tree], code: str) -> None:
    result = sort({"a.yaml": text(**changes), "b.yaml": text(kvitto="bcdf-2345", datum="2026-02-27")})
    assert code in codes(result)["a.yaml"]
    assert (len(result.new), result.left_out) == (1, 1)


def test_totals_are_named_by_their_period() -> None:
    totals = "åtagande: gång\nplan: prov-2026\nperiod: {}\nantal: 3\nkvitto: k7m3-9qfx\n"
    (new,) = sort({"a.yaml": totals.format("2026-03")}).new
    assert new.file == "reports/prov-2026/gang/2026-03-k7m3-9qfx.yaml"
    (new,) = sort({"a.yaml": totals.format("{från: 2026-03-01, till: 2026-03-09}")}).new
    assert new.file.isascii()


def test_a_plan_that_need_not_be_named_is_written_all_the_same() -> None:
    (new,) = sort({"a.yaml": text(plan=None, åtagande="prov-2026/gång")}).new
    assert new.text.startswith("åtagande: gång\nplan: prov-2026\n")
    (new,) = sort({"a.yaml": text(plan=None)}).new
    assert new.text.startswith("åtagande: gång\nplan: prov-2026\n")


def test_a_commitment_of_two_plans_must_say_which() -> None:
    other = {"plans/annan-2026.yaml": PROJECT["plans/prov-2026.yaml"].replace("prov-2026", "annan-2026")}
    assert codes(sort({"a.yaml": text(plan=None)}, other)) == {"a.yaml": ["R303"]}


def test_a_file_of_the_same_name_that_has_an_error_is_not_written_over() -> None:
    result = sort({"a.yaml": text()}, {FILE: "åtagande: gång\nplan: prov-2026\ndatum: nej\n"})
    assert (spread(result), result.left_out) == ((0, 0, 0, 0, 1), 1)
    assert "finns redan" in result.unread[0].problem.message


def test_what_two_reports_bring_together_is_told_as_a_remark() -> None:
    result = sort({"a.yaml": text(), "b.yaml": text(kvitto="bcdf-2345", start=None, slut=None)})
    assert spread(result) == (2, 0, 0, 0, 0)
    assert [one.problem.code for one in result.remarks] == ["Q601"]
