"""How much of a measure was tried."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.projects import commitment, line, make, plan, rows
from uppfoljning.followup.documentation import Dose, dose_of


@pytest.mark.parametrize(
    ("target", "csv", "day", "done"),
    [
        ("{minst: 4}", "2026-02-01\n2026-03-01", "2026-12-31", Fraction(1, 2)),
        ("{minst: 4}", "2026-02-01\n2026-03-01", "2026-07-02", Fraction(730, 732)),
        ("{högst: 4}", "2026-02-01", "2026-12-31", None),
        ("{antal: löpande}", "2026-02-01", "2026-12-31", None),
        ("[{id: a, minst: 4}, {id: b, minst: 8}]", "2026-02-01\n2026-03-01", "2026-12-31", Fraction(1, 4)),
    ],
)
def test_the_least_part_done_of_what_was_expected(target: str, csv: str, day: str, done: Fraction | None) -> None:
    found = dose_of(line(make(plan(commitment(target)), rows(csv)), day))
    assert found == Dose(done, None)


def test_the_part_of_the_reports_that_came() -> None:
    one = line(make(plan(commitment("{minst: 2}", "uppföljning: {rapporteras: kvartal}")), rows("2026-02-01")), "2026-07-31")
    assert dose_of(one).received == Fraction(1, 2)
