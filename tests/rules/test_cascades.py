"""One fault is said once: what a broken plan, form or report would have told is not held against others."""

from __future__ import annotations

import pytest

from tests.rules.project_pieces import (
    FORM,
    PLAN,
    REPORT,
    Files,
    base,
    codes,
    commitment_with,
    form_with,
    plan_with,
    plan_without,
    project,
    put,
    rows_of,
    source,
    spots,
)
from uppfoljning.project.load import load_project


@pytest.mark.parametrize(
    ("overlay", "expected"),
    [
        pytest.param({PLAN: b"plan: exempel-2026\ntitel: [trasig\n"}, [(PLAN, "Y004")], id="plan-no-yaml"),
        pytest.param({PLAN: b"plan: exempel-2026\ntitel: x\nperiod: 2026\n"}, [(PLAN, "S102")], id="plan-refused"),
        pytest.param({PLAN: b"- plan\n"}, [(PLAN, "Y022")], id="plan-a-list"),
        pytest.param(plan_with("platser: [centrum, norra]"), [(PLAN, "S103")], id="places-a-list"),
        pytest.param(plan_with("orsaker: [1, 2]"), [(PLAN, "S103")], id="causes-a-list"),
        pytest.param(plan_with("platser: centrum, norra"), [(PLAN, "S103")], id="places-a-text"),
        pytest.param(
            plan_without("{titel: Nattvandrare, part: nattvandrarna}", "Nattvandrare"), [(PLAN, "S103")], id="one-function"
        ),
        pytest.param(plan_without("titel: Nattvandring i centrum"), [(PLAN, "S102")], id="commitment-without-title"),
        pytest.param(plan_without("period: VT2026", "period: VT2031"), [(PLAN, "R311")], id="commitment-without-days"),
        pytest.param(plan_with("period: VT2031"), [(PLAN, "R311")], id="plan-without-days"),
        pytest.param(
            plan_without("  - id: nattvandring", "  - namn: nattvandring"), [(PLAN, "S101"), (PLAN, "S102")], id="no-id"
        ),
        pytest.param(plan_with("åtaganden: nattvandring"), [(PLAN, "S103")], id="commitments-a-text"),
        pytest.param(plan_without("åtaganden:\n", "åtagande:\n"), [(PLAN, "S101")], id="commitments-misspelt"),
        pytest.param({PLAN: commitment_with("mål:\n  - {minst: x}")}, [(PLAN, "S107")], id="target-refused"),
        pytest.param(
            {PLAN: commitment_with("mål:\n  - {id: a, antal: löpande}\n  - {id: b}")}, [(PLAN, "P202")], id="one-target"
        ),
        pytest.param({PLAN: commitment_with("parter: [Kommunen]")}, [(PLAN, "S116")], id="party-refused"),
        pytest.param({FORM: b"snabbrapport: [trasig\n"}, [(FORM, "Y004")], id="form-no-yaml"),
        pytest.param(form_with("titel:"), [(FORM, "S102")], id="form-refused"),
        pytest.param(form_with("snabbrapport:"), [(FORM, "S102")], id="form-without-id"),
        pytest.param({FORM: base()[FORM].replace(b"typ: antal", b"typ: siffra")}, [(FORM, "S120")] * 3, id="fields-without-type"),
        pytest.param(
            {
                FORM: base()[FORM].replace(b"typ: tal", b"typ: siffra"),
                PLAN: commitment_with("mål: {minst: 4, räknar: tomma}").encode(),
            },
            [(FORM, "S120")],
            id="field-that-is-counted",
        ),
        pytest.param({FORM: base()[FORM].replace(b"{typ: text}", b"text")}, [(FORM, "S103")], id="field-a-text"),
    ],
)
def test_a_broken_plan_or_form_does_not_make_others_wrong(
    overlay: dict[str, str] | Files, expected: list[tuple[str, str]]
) -> None:
    # The base's reports and judgement name nearly all that a plan and a form declare.
    checked = project(base(), overlay)
    assert sorted((finding.place.file, finding.problem.code) for finding in checked.findings) == expected
    assert checked.left_out == (expected[0][0],)


def test_every_fault_of_a_plan_is_said_at_once_and_in_its_place() -> None:
    # The first commitment cannot be read; what stands in the others is still checked, at their own lines.
    plan = base()[PLAN].decode().replace("    titel: Nattvandring i centrum\n", "").replace("part: polisen", "part: polis")
    plan = plan.replace("ansvarig: handläggare\n    orsaker: [1, 2]", "ansvarig: handlägare\n    orsaker: [1, 3]")
    plan = plan.replace("period: VT2026", "period: VT2031")
    memory = source(base(), {PLAN: plan})
    lines = plan.split("\n")
    found = [
        (code, lines[line - 1][column - 1 :].split(",")[0].rstrip("]}"))
        for _, code, line, column in spots(load_project(memory), memory)
    ]
    assert found == [("R304", "polis"), ("S102", "id: nattvandring"), ("R305", "handlägare"), ("R307", "3"), ("R311", "VT2031")]


@pytest.mark.parametrize("key", ["åtagande: lekplats", "åtagande: okänd/lekplats", "åtagande: lekplats\nplan: okänd"])
def test_nothing_is_said_of_what_a_lost_plan_may_hold(key: str) -> None:
    lost = {"plans/okand.yaml": "plan: okänd\n  trasig\n"}
    checked = project(base(), lost, {"reports/x.yaml": f"{key}\ndatum: 2026-03-06\n"})
    assert {finding.place.file for finding in checked.findings} == set(lost)


def test_a_report_of_a_commitment_that_could_not_be_read() -> None:
    plan = plan_without("    titel: Samordnad krogtillsyn\n")
    checked = project(base(), plan, {"reports/x.yaml": "åtagande: krogtillsyn\ndatum: 2026-03-06\n"})
    assert codes(checked) == ["S102"]
    assert checked.left_out == (PLAN,)


def test_a_correction_takes_the_place_of_a_broken_report_too() -> None:
    broken = {"reports/a.yaml": put(REPORT, "start: 25:00"), "reports/b.yaml": 'åtagande: "nattvandring\n'}
    rows = {"reports/c.csv": rows_of("åtagande;datum;uppgifter.samtal", "nattvandring;2026-03-20")}
    checked = project(base(), broken, rows, {"reports/d.yaml": put(REPORT, "ersätter: [a, b, c#1]")})
    assert codes(checked) == ["C003", "S104", "Y003"]
