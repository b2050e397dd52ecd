"""Likely duplicates are those that comparing every pair finds, and a day of many reports takes no longer for each of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.entries import entry
from uppfoljning.domain.consolidation import occasion_key
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Quantity
from uppfoljning.rules.duplicates import Patience, alike

DAY = "2026-03-06"
FACTS = {"samtal": st.sampled_from([Quantity(1), Quantity(2)]), "väg": st.sampled_from("ab"), "regn": st.booleans()}


def pairs(entries: Sequence[Entry]) -> Iterator[tuple[str, str, str]]:
    """Each report with the first earlier one that it is like and the code for it, by comparing every pair."""
    for position, one in enumerate(entries):
        for other in entries[:position]:
            if code := likeness(other, one):
                yield one.id, other.id, code
                break


def likeness(one: Entry, other: Entry) -> str:
    """How two reports of a day are alike; nothing when they are not."""
    answers = [(one.facts[name], other.facts[name]) for name in one.facts.keys() & other.facts.keys()]
    same = occasion_key(one) is not None and occasion_key(one) == occasion_key(other)
    if same and set(one.report.parties).isdisjoint(other.report.parties):
        return "" if all(a == b for a, b in answers) else "Q602"
    stated = [
        (one.report.start, other.report.start),
        (sorted(one.report.places), sorted(other.report.places)),
        (one.report.end, other.report.end),
        *answers,
    ]
    return "Q601" if same or all(a == b for a, b in stated if a not in (None, []) and b not in (None, [])) else ""


@st.composite
def days(draw: st.DrawFn) -> list[Entry]:
    """Reports of one day, in the order they were handed in."""
    made = []
    for number in range(draw(st.integers(0, 12))):
        facts = draw(st.fixed_dictionaries({}, optional=FACTS))
        one = entry(
            f"{number:02}",
            DAY,
            parties=draw(st.sampled_from([(), ("polisen",), ("kommunen",), ("polisen", "kommunen"), ("skolan",)])),
            places=draw(st.sampled_from([(), ("norra",), ("norra", "södra"), ("södra", "norra")])),
            start=draw(st.sampled_from([None, 0, 600])),
        )
        made.append(one._replace(facts=facts, report=one.report.but(end=draw(st.sampled_from([None, 700, 720])))))
    return made


@pytest.mark.slow
@given(days())
@settings(max_examples=400, deadline=None)
def test_the_same_as_comparing_every_pair(day: list[Entry]) -> None:
    assert [(one.id, first.id, problem.code) for one, first, problem in alike(day)] == list(pairs(day))


MANY = {
    "by when": ([entry(f"{n}", DAY, start=n) for n in range(10_000)], 0),
    "by answer": ([entry(f"{n}", DAY, väg=f"{n}") for n in range(10_000)], 0),
    "two parties": (
        [
            entry(f"{n}", DAY, places=("norra",), start=1, parties=("polisen" if n < 5_000 else "kommunen",), väg="x")
            for n in range(10_000)
        ],
        9_998,
    ),
}


@pytest.mark.parametrize("kind", MANY)
def test_a_day_of_many_reports_takes_linear_time(kind: str) -> None:
    day, found = MANY[kind]
    started = time.process_time()
    assert len(list(alike(day))) == found
    assert time.process_time() - started < 1


def test_where_there_is_too_much_to_compare_that_is_said() -> None:
    """Each answers a set of questions of its own, and nothing alike: only comparing with every other would tell them apart."""
    patience = Patience(0)
    patience.left = 500
    sets = [{f"f{bit}": f"{n}" for bit in range(8) if n >> bit & 1 or bit == 7} for n in range(128)]
    day = [entry(f"{n:03}", DAY)._replace(facts=facts) for n, facts in enumerate(sets)]
    [(one, first, problem)] = alike(day, patience)
    assert (first.id, problem.code) == ("000", "Q601") and "alla inte är jämförda" in problem.message
    assert 20 < int(one.id) < 60, "the others are compared"
    assert list(alike(day)) == [], "for so few there is patience enough"
