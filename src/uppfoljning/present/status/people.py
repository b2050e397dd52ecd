"""Which figures count people, and how they are told where anyone may read them: in whole fives, and no two of the same people.

A figure in whole fives leaves five counts possible. So does the next one of the same promise, whenever it is published: what is
between two of them is never told. That holds as long as no other figure is made of the same answers, so only one is told.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from uppfoljning.domain.form import Form
from uppfoljning.domain.number import Number
from uppfoljning.domain.target import Condition, Counts, Target
from uppfoljning.followup.row import Row, row_at
from uppfoljning.followup.table import Line
from uppfoljning.present.figures import figure

PEOPLE = "personer"
FEWEST = 5
"""How many people there must be for a count of them to be published, and in what steps it is; none at all is published too."""
FEW = "färre än 5"
HIDDEN = "dold"


class Published(NamedTuple):
    """How a row that counts people is told to anyone.

    `row` is the row as it would be at the count in whole fives, None where no figure is told, with `words` in its place.
    `settled` says whether every count that is told in that way has the row's status: only then the status is told.
    """

    row: Row | None
    words: str
    settled: bool


def is_small(value: Number) -> bool:
    """Whether a count of people is so small that it could point at someone."""
    return 0 < value < FEWEST


def fives(value: Number) -> int:
    """A count of people rounded down to whole fives."""
    return int(value // FEWEST) * FEWEST


def published(line: Line) -> tuple[Published | None, ...]:
    """How each row of a commitment is published; None for a row that is told as it is.

    Of rows that count the same answers, or answers that are a part of each other, the first is told. Which they are is seen from
    the plan alone, never from the figures: else what is not told would tell something. A part of the time is not told either.
    """
    answers = _Answers(line.matter.form)
    found: list[Published | None] = []
    for row in line.rows:
        of_people, first = answers.of_people(row.target), answers.take(row.target)
        if not of_people or row.outcome.value is None:
            found.append(None)
        elif not first:
            found.append(_nothing(row))
        elif _quantity(row.target) is None:
            # How many weeks reached a figure is no count of people, but may tell one small count from another.
            found.append(_nothing(row) if _parts_small(row.target) else None)
        else:
            found.append(_rounded(line, row) if line.matter.whole else _nothing(row))
    return tuple(found)


def is_told(line: Line) -> bool:
    """Whether the status of a commitment may be told: it is the worst of its rows, so each of theirs must be."""
    return all(one is None or one.settled for one in published(line))


def is_told_inside(line: Line) -> bool:
    """The same in what goes to those who work with the plan: not where the status says more of a small count than that it is."""
    answers = _Answers(line.matter.form)
    return not any(
        answers.of_people(row.target)
        and _quantity(row.target) is not None
        and row.target.counts.kind == "fält"
        and row.outcome.value is not None
        and is_small(row.outcome.value)
        and not _settled(line, row, range(1, FEWEST))
        for row in line.rows
    )


def counts_people(line: Line, target: Target) -> bool:
    """Whether a target of a commitment reads answers about people."""
    return _Answers(line.matter.form).of_people(target)


class _Answers:
    """The answers about people that a form asks for, and which of them are told. Each field is looked at once, and then known.

    What people are a part of is people too, and what is a part of people.
    """

    def __init__(self, form: Form | None) -> None:
        self._above = {} if form is None else {name: field.part_of for name, field in form.fields.items()}
        people = {} if form is None else {name: field.about == PEOPLE for name, field in form.fields.items()}
        self._about: set[str] = set()
        for name in (name for name, about in people.items() if about):
            self._about.update(self._until(name, self._about))
        self._known_about: dict[str, bool] = {}
        self._known: dict[str, bool] = {}
        self._taken: set[str] = set()
        self._over_taken: set[str] = set()
        self._quantities: dict[Counts, list[_Quantity | None]] = {}

    def of_people(self, target: Target) -> bool:
        """Whether a target reads any."""
        return bool(self._read(target))

    def take(self, target: Target) -> bool:
        """Whether a target may be told: nothing that it reads is told already, or a part of that, or what that is a part of.

        The same figure may be told again.
        """
        fields, quantity = self._read(target), _quantity(target)
        same = self._quantities.setdefault(target.counts, []) if fields else []
        if not fields or (quantity is not None and quantity in same):
            return True
        if any(name in self._over_taken or self._reaches(name, self._taken, self._known) for name in fields):
            return False
        self._known.clear()
        self._taken.update(fields)
        same.append(quantity)
        for name in fields:
            self._over_taken.update(self._until(name, self._over_taken))
        return True

    def _read(self, target: Target) -> list[str]:
        if target.counts.kind not in ("fält", "andel", "unika"):
            return []
        return [name for name in target.counts.fields if self._reaches(name, self._about, self._known_about)]

    def _until(self, name: str, known: set[str]) -> list[str]:
        """A field and those that it is a part of, up to one that is known."""
        found: dict[str, None] = {}
        while name in self._above and name not in known and name not in found:
            found[name] = None
            name = self._above[name]
        return list(found)

    def _reaches(self, name: str, wanted: set[str], known: dict[str, bool]) -> bool:
        """Whether a field or any that it is a part of is wanted."""
        way: dict[str, None] = {}
        while name in self._above and name not in wanted and name not in known and name not in way:
            way[name] = None
            name = self._above[name]
        answer = name in wanted or known.get(name, False)
        known.update(dict.fromkeys(way, answer))
        return answer


_Quantity = tuple[Counts, Condition | None, bool]


def _quantity(target: Target) -> _Quantity | None:
    """What is summed, the same for two promises of the same figure; None where it is no count of people."""
    if target.each or target.counts.kind == "unika":
        return None
    return target.counts, target.condition, target.stock


def _nothing(row: Row) -> Published:
    """Of a promise without a number the status says only that something is reported."""
    return Published(None, HIDDEN, not row.target.testable)


def _parts_small(target: Target) -> bool:
    """Whether what is asked of every sub-period is met by some small counts and not by others."""
    return target.each and target.value is not None and 1 < target.value < FEWEST


def _rounded(line: Line, row: Row) -> Published:
    if row.target.counts.kind == "andel":
        return _between(line, row)
    value = row.outcome.value
    assert value is not None
    low = fives(value)
    counts = (0,) if value == 0 else range(max(low, 1), low + FEWEST)
    settled = _settled(line, row, counts)
    if is_small(value):
        return Published(None, FEW, settled)
    return Published(row_at(line.matter, row, line.duties, line.received, low), "", settled)


def _between(line: Line, row: Row) -> Published:
    """A share is told by the least and the most that it is, of a part and a whole in whole fives."""
    part, whole = fives(row.outcome.numerator), fives(row.outcome.denominator)
    if not whole:
        return _nothing(row)
    least, most = Fraction(part, whole + FEWEST - 1), Fraction(part + FEWEST - 1, whole)
    if row.outcome.numerator <= row.outcome.denominator:
        most = min(most, Fraction(1))
    ends = (figure(least * 100 // 1), figure(-(-most * 100 // 1)))
    return Published(None, f"{'–'.join(ends)} %", _settled(line, row, (least, most)))


def _settled(line: Line, row: Row, counts: tuple[Number, ...] | range) -> bool:
    others = (row_at(line.matter, row, line.duties, line.received, value) for value in counts)
    return all(other.status == row.status for other in others)
