"""What is looked up by day is what looking through everything finds."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.entries import entry, period
from uppfoljning.domain.consolidation import TotalsByDay, first_touching, order, part_of
from uppfoljning.domain.entry import Entry
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


@given(st.permutations(range(9)), entries(), st.lists(PERIODS.map(period) | DAYS.map(lambda day: Period(day, day)), max_size=5))
def test_the_first_that_has_a_day_in_common_with_each_period(places: list[int], some: list[Entry], periods: list[Period]) -> None:
    ranked = [some[at] for at in places if at < len(some)]
    expected = [next((entry for entry in ranked if entry.span.overlaps(one)), None) for one in periods]
    assert first_touching(ranked, periods) == expected


def placed(some: list[Entry], places: list[tuple[str, ...]]) -> list[Entry]:
    return [one._replace(report=one.report.but(places=where)) for one, where in zip(some, places, strict=False)]


PLACES = st.sampled_from([(), ("torget",), ("hamnen",), ("torget", "hamnen"), tuple(f"plats-{at}" for at in range(200))])


@given(
    entries(),
    st.lists(PLACES, min_size=9, max_size=9),
    st.lists(st.tuples(DAYS, PARTIES, PLACES), min_size=1, max_size=5),
)
def test_the_total_that_holds_an_occasion(
    some: list[Entry], places: list[tuple[str, ...]], occasions: list[tuple[date, tuple[str, ...], tuple[str, ...]]]
) -> None:
    stated = [one for one in placed(some, places) if one.total]
    totals = TotalsByDay(stated)
    for day, parties, where in occasions:
        [occasion] = placed([entry("x", day.isoformat(), parties=parties)], [where])
        assert totals.holding(occasion) is part_of(occasion, stated)
        expected = any(total.span.covers(occasion.span) and total.parties == occasion.parties for total in stated)
        assert totals.stand_for(occasion) is expected
