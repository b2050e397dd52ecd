"""The table of suggested statuses: one status for every input, and each boundary."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product

import pytest

from uppfoljning.followup.status import TABLE, Standing, Status, suggested, worst

ENOUGH, TOO_FEW = Fraction(4, 5), Fraction(79, 100)
PACES = (None, Fraction(0), Fraction(84, 100), Fraction(85, 100), Fraction(99, 100), Fraction(1), Fraction(3, 2))


def by_the_book(s: Standing) -> Status:  # noqa: C901 - a table written as questions is as long as the table
    """The table of the design, written once more as nested questions."""
    if not s.started:
        return Status.NOT_STARTED
    if not s.testable and s.has_report:
        return Status.REPORTED
    if s.on_request and not s.has_report:
        return Status.NOT_ASKED_FOR
    if s.not_due and not s.met:
        return Status.NOT_DUE
    if not s.known:
        return Status.NO_DATA if s.duty_due or s.expects_one or s.elapsed else Status.TOO_EARLY
    enough = s.completeness is None or s.completeness >= Fraction(8, 10)
    if s.exceeded:
        return Status.EXCEEDED
    if s.met and (s.at_once or (s.over and enough and not s.floor_only)):
        return Status.REACHED
    if s.over and s.part_met:
        return Status.REACHED_IN_PART_REPORTED
    if not enough:
        return Status.UNCERTAIN
    if s.over:
        if s.floor_only:
            return Status.UNCERTAIN
        return Status.PARTLY if s.above_zero else Status.NOT_REACHED
    if s.paced:
        if not s.expects_one and not s.above_zero:
            return Status.TOO_EARLY
        if s.pace is None or s.pace >= 1:
            return Status.ON_PACE
        if s.floor_only:
            return Status.UNCERTAIN
        return Status.NEARLY_ON_PACE if s.pace >= Fraction(85, 100) else Status.BEHIND
    if s.floor_only:
        return Status.UNCERTAIN
    return Status.ON_PACE if s.met else Status.BEHIND


def grid() -> list[Standing]:
    names = (
        "known",
        "above_zero",
        "met",
        "exceeded",
        "at_once",
        "part_met",
        "over",
        "duty_due",
        "floor_only",
        "paced",
        "expects_one",
    )
    found = []
    for values in product((False, True), repeat=len(names)):
        asked = dict(zip(names, values, strict=True))
        for completeness in (None, ENOUGH, TOO_FEW):
            paces = PACES if asked["paced"] else (None,)
            found += [
                Standing(started=True, elapsed=asked["over"], completeness=completeness, pace=pace, **asked) for pace in paces
            ]
    for started, testable, on_request, has_report, not_due, met in product((False, True), repeat=6):
        found.append(
            Standing(
                started=started,
                testable=testable,
                on_request=on_request,
                has_report=has_report,
                not_due=not_due,
                met=met,
                known=met,
            )
        )
    return found


def test_every_input_has_exactly_one_row() -> None:
    used: Counter[int] = Counter()
    for standing in grid():
        holding = [at for at, (_, holds) in enumerate(TABLE) if holds(standing)]
        first = holding[0]
        used[first] += 1
        assert TABLE[first][0] == suggested(standing) == by_the_book(standing), standing
    assert set(used) == set(range(len(TABLE)))


@pytest.mark.parametrize(
    ("pace", "status"),
    [
        (Fraction(8499, 10000), Status.BEHIND),
        (Fraction(85, 100), Status.NEARLY_ON_PACE),
        (Fraction(8501, 10000), Status.NEARLY_ON_PACE),
        (Fraction(9999, 10000), Status.NEARLY_ON_PACE),
        (Fraction(1), Status.ON_PACE),
        (Fraction(10001, 10000), Status.ON_PACE),
    ],
)
def test_the_limits_of_pace(pace: Fraction, status: Status) -> None:
    assert suggested(Standing(started=True, known=True, above_zero=True, expects_one=True, pace=pace)) == status


@pytest.mark.parametrize(
    ("completeness", "status"),
    [
        (Fraction(7999, 10000), Status.UNCERTAIN),
        (Fraction(8, 10), Status.PARTLY),
        (Fraction(8001, 10000), Status.PARTLY),
        (None, Status.PARTLY),
    ],
)
def test_the_limit_of_completeness(completeness: Fraction | None, status: Status) -> None:
    standing = Standing(started=True, known=True, above_zero=True, expects_one=True, over=True, completeness=completeness)
    assert suggested(standing) == status


def test_a_commitment_has_the_status_of_its_worst_target() -> None:
    assert worst([Status.REACHED, Status.BEHIND, Status.PARTLY]) == Status.BEHIND
    assert [worst([one, Status.NOT_ASKED_FOR]) for one in Status] == list(Status)
