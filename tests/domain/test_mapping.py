"""Headings that mean the same column, and the texts of a mapping."""

from __future__ import annotations

import pytest

from uppfoljning.domain.finding import Problem
from uppfoljning.domain.mapping import TableMapping, heading_of, parse_code_width, parse_heading, parse_target, same_heading


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Hur många?", "Hur många"),
        ("Hur många ? *", "Hur många"),
        ("Hur\u00a0många\u00a0", "Hur många"),
        ("Hur\r\nmånga:", "Hur många"),
        ("A\u030aparken", "Åparken"),
        ("  två   mellanslag ", "två mellanslag"),
        ("x" * 400, "x" * 300),
        ("?", ""),
    ],
)
def test_a_heading_has_one_form(written: str, known: str) -> None:
    assert heading_of(written) == known
    assert heading_of(known) == known


def test_case_does_not_tell_headings_apart() -> None:
    assert same_heading("HUR Många?") == same_heading("hur många")


@pytest.mark.parametrize(("text", "refused"), [("Dag", False), ("?", True), (" ", True)])
def test_a_heading_is_not_empty(text: str, refused: bool) -> None:
    assert isinstance(parse_heading(text), Problem) is refused


@pytest.mark.parametrize(
    ("text", "refused"), [("datum", False), ("uppgifter.hjälpta_hem", False), ("Antal samtal", True), ("a.b.c", True), ("", True)]
)
def test_a_target_is_a_key(text: str, refused: bool) -> None:
    assert isinstance(parse_target(text), Problem) is refused


@pytest.mark.parametrize(("text", "refused"), [("4", False), ("20", False), ("0", True), ("21", True), ("x", True)])
def test_the_width_of_a_code(text: str, refused: bool) -> None:
    assert isinstance(parse_code_width(text), Problem) is refused


def test_receipts_begin_with_the_origin_or_the_id() -> None:
    mapping = TableMapping.make(id="natt-forms")
    assert mapping.receipts_begin == "natt-forms"
    assert mapping.but(origin="forms").receipts_begin == "forms"
