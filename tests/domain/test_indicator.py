"""Outcome series: months, exposures, and areas that lie within each other."""

from __future__ import annotations

from datetime import date

import pytest

from uppfoljning.domain.finding import Problem
from uppfoljning.domain.indicator import overlaps, parse_exposure, parse_month
from uppfoljning.domain.period import Period

CONTAINS = {"kommunen": ("centrum", "norra"), "länet": ("kommunen", "grannen"), "ring": ("ring",)}


def test_a_month() -> None:
    assert parse_month("2026-02") == Period(date(2026, 2, 1), date(2026, 2, 28))


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-W14", "2026-02-03", "feb 2026", "VT2026", ""])
def test_no_month(text: str) -> None:
    assert isinstance(parse_month(text), Problem)


@pytest.mark.parametrize(("text", "fits"), [("1 200", True), ("0,5", True), ("0", False), ("-3", False), ("många", False)])
def test_an_exposure_is_above_zero(text: str, fits: bool) -> None:
    assert isinstance(parse_exposure(text), Problem) is not fits


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("centrum", "centrum", True),
        ("centrum", "kommunen", True),
        ("länet", "norra", True),
        ("centrum", "norra", False),
        ("centrum", "grannen", False),
        ("ring", "centrum", False),
    ],
)
def test_overlaps(one: str, other: str, expected: bool) -> None:
    assert overlaps(CONTAINS, one, other) is expected
    assert overlaps(CONTAINS, other, one) is expected
