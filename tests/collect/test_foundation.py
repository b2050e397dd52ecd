"""What every way of handing in shares: receipts, names of files, and the sheet of questions."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.project_pieces import PLAN, base, project
from uppfoljning.collect.naming import receipt_of, report_file
from uppfoljning.collect.sheet import Sheet, as_plain, edition_of, sheet_of
from uppfoljning.domain.report import parse_receipt
from uppfoljning.project.document import REPORTS


def sheet(*changes: tuple[str, str]) -> Sheet:
    """The sheet of the base project's nattvandring, its plan changed first."""
    files = base()
    for old, new in changes:
        text = files[PLAN].decode()
        assert old in text
        files[PLAN] = text.replace(old, new, 1).encode()
    checked = project(files)
    plan = checked.plans["exempel-2026"]
    (commitment,) = (one for one in plan.commitments if one.id == "nattvandring")
    return sheet_of(plan, commitment, checked.forms.get(commitment.form))


@given(st.integers(min_value=0, max_value=2**64))
def test_a_receipt_is_short_and_of_few_signs(chance: int) -> None:
    receipt = receipt_of(chance)
    assert re.fullmatch(r"[2-9b-df-hj-np-tv-xz]{4}-[2-9b-df-hj-np-tv-xz]{4}", receipt)
    assert parse_receipt(receipt) == receipt


def test_receipts_differ_when_the_numbers_do() -> None:
    assert len({receipt_of(number) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    ("plan", "commitment", "when", "receipt", "file"),
    [
        ("plan-2026", "nattvandring", "2026-03-06", "k7m3-9qfx", "plan-2026/nattvandring/2026-03-06-k7m3-9qfx.yaml"),
        ("åtgärder", "kontrollköp", "2026-T1", "k7m3-9qfx", "atgarder/kontrollkop/2026-t1-k7m3-9qfx.yaml"),
        ("p", "å", "2026-03-06", "forms/123", "p/a/2026-03-06-forms-123-e5ab39.yaml"),
        ("p", "å", "2026-03-06", "../../x", "p/a/2026-03-06-x-9cdf6a.yaml"),
    ],
)
def test_the_name_of_a_file(plan: str, commitment: str, when: str, receipt: str, file: str) -> None:
    assert report_file(plan, commitment, when, receipt) == REPORTS + file


@given(st.text(min_size=1, max_size=130), st.text(min_size=1, max_size=130))
def test_names_stay_in_their_folder_and_differ_when_receipts_do(one: str, other: str) -> None:
    names = [report_file("plan", "åtagande", "2026-03-06", receipt) for receipt in (one, other)]
    assert all(re.fullmatch(r"reports/plan/atagande/2026-03-06-[0-9a-z-]+\.yaml", name) for name in names)
    assert (names[0] == names[1]) == (one == other)


def test_a_sheet_holds_what_is_asked() -> None:
    found = sheet()
    assert (found.plan, found.commitment, found.own_parties) == ("exempel-2026", "nattvandring", ("nattvandrarna", "kommunen"))
    assert [choice.id for choice in found.steps] == ["samling"]
    assert found.functions[0].id == "nattvandrare"
    assert list(found.fields)[:2] == ["samtal", "besök"]


def test_a_sheet_is_plain_values() -> None:
    plain = as_plain(sheet())
    assert json.loads(json.dumps(plain)) == plain
    assert plain["fields"][0]["type"] == "antal"
    assert plain["first"] == "2026-01-01"


def test_a_sheet_without_a_form_asks_what_every_report_has() -> None:
    found = sheet(("    snabbrapport: kvällsvandring\n", ""))
    assert found.fields == {}
    assert found.form_title == found.title


def test_the_edition_follows_what_is_asked() -> None:
    assert edition_of(sheet()) == edition_of(sheet())
    assert edition_of(sheet()) != edition_of(sheet(("centrum: ", "centrum: Nya ")))
