"""What is looked up by day is what looking through everything finds."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.entries import entry, period
from uppfoljning.domain.by_day import TotalsByDay, Touching
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.ledger import order, part_of
from uppfoljning.domain.period import Period

PERIODS = st.sampled_from(
    ["2026-03-01", "2026-03-02", "2026-03-04", "2026-03", "2026-02-27..2026-03-02", "2026-03-02..2026-03-04", "2026"]
)
DAYS = st.dates(date(2026, 2, 26), date(2026, 3, 6))
PARTIES = st.sampled_from([("polisen",), ("kommunen",), ("polisen", "skolan")])


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """Entries in order of date; those of several days are totals."""
    found = draw(st.lists(st.tuples(PERIODS, PARTIES), max_size=9))
    return sorted((entry(f"{at}", when, parties=parties, count=1) for at, (when, parties) in enumerate(found)), key=order)


@given(entries(), st.lists(PERIODS.map(period) | DAYS.map(lambda day: Period(day, day)), min_size=1, max_size=5))
def test_touching(given_entries: list[Entry], periods: list[Period]) -> None:
    touching = Touching(given_entries)
    for one in periods:
        assert sorted(touching.find(one), key=order) == [entry for entry in given_entries if entry.span.overlaps(one)]


@given(entries(), st.lists(st.tuples(DAYS, PARTIES), min_size=1, max_size=5))
def test_the_total_that_holds_an_occasion(given_entries: list[Entry], occasions: list[tuple[date, tuple[str, ...]]]) -> None:
    stated = [one for one in given_entries if one.total]
    totals = TotalsByDay(stated)
    for day, parties in occasions:
        occasion = entry("x", day.isoformat(), parties=parties)
        assert totals.holding(occasion) is part_of(occasion, stated)
        assert totals.of(day) == [total for total in stated if day in total.span]
