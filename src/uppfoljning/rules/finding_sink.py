"""Collects the findings of one file, with places given as ways into its tree."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from uppfoljning.domain.finding import Finding, Place, Problem, TreePath
from uppfoljning.domain.form import Form
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.schema import FieldProblem, suggestion

_ABOUT_THE_NAME = frozenset({"S101", "S116", "S120", "R305", "R308", "R309"})
"""What a finding on a key says when the key itself is wrong; in a row that is the header's fault. Others are the row's own."""


class FindingSink:
    """The findings of one file or one CSV row. In a row a way into the tree is a column with dots."""

    def __init__(self, file: str, record: int | None = None) -> None:
        self.file = file
        self.record = record
        self.findings: list[Finding] = []

    def place(self, path: TreePath, on_key: bool = False) -> Place:
        """A place in the file or row."""
        if self.record is None:
            return Place(self.file, path, on_key)
        column = ".".join(part for part in path if isinstance(part, str))
        return Place(self.file, (self.record, column) if column else (self.record,))

    def say(self, path: TreePath, problem: Problem | None, *, on_key: bool = False, also: Place | None = None) -> bool:
        """Add a finding; True when there was a problem."""
        if problem is None:
            return False
        place = self.place(path, on_key)
        if self.record is not None and on_key and path and problem.code in _ABOUT_THE_NAME:
            place = Place(self.file, (0, *place.path[1:]), True)
        self.findings.append(Finding(place, problem, also))
        return True

    def take(self, found: list[FieldProblem]) -> None:
        """Add what reading found."""
        for path, on_key, problem in found:
            self.say(path, problem, on_key=on_key)


# References: every name that a file uses must be one that its plan or form declares.


_KINDS = {
    "R304": "parten {} finns inte i planen",
    "R305": "funktionen {} finns inte i planen",
    "R306": "platsen {} finns inte i planen",
    "R307": "orsaken {} finns inte i planen",
    "R308": "fältet {} finns inte i blanketten",
    "R309": "momentet {} finns inte i åtagandet",
    "R310": "blanketten {} finns inte",
    "R311": "terminen {} finns inte i planen",
}


class _Both(Collection[str]):
    """The names of two tables as one, without a list of them being made for each that is looked for."""

    def __init__(self, one: Collection[str], other: Collection[str]) -> None:
        self._one, self._other = one, other

    def __contains__(self, word: object) -> bool:
        return word in self._one or word in self._other

    def __iter__(self) -> Iterator[str]:
        return chain(self._one, self._other)

    def __len__(self) -> int:
        return len(self._one) + len(self._other)


def unknown(code: str, word: str, known: Collection[str]) -> Problem:
    """A name that is not declared, with the nearest one that is."""
    return Problem(code, _KINDS[code].format(word), suggestion(word, known))


def party(plan: Plan, word: str) -> Problem | None:
    """A party of the plan."""
    return None if word in plan.parties else unknown("R304", word, plan.parties)


def function(plan: Plan, word: str) -> Problem | None:
    """A function of the plan."""
    return None if word in plan.functions else unknown("R305", word, plan.functions)


def party_or_function(plan: Plan, word: str) -> Problem | None:
    """Either; the two share one namespace."""
    if word in plan.functions or word in plan.parties:
        return None
    message = f"{word} är varken funktion eller part i planen"
    return Problem("R305", message, suggestion(word, _Both(plan.functions, plan.parties)))


def place(plan: Plan, word: str) -> Problem | None:
    """A place of the plan."""
    return None if word in plan.places else unknown("R306", word, plan.places)


def cause(plan: Plan, word: str) -> Problem | None:
    """A cause of the problem, by its number."""
    return None if word in plan.causes else unknown("R307", word, plan.causes)


def term(plan: Plan, word: str) -> Problem | None:
    """A school term that the plan dates."""
    return None if word in plan.terms else unknown("R311", word, plan.terms)


def field(form: Form | None, word: str) -> Problem | None:
    """A field of the form that the commitment's reports follow."""
    if form is None:
        message = f"fältet {word} finns inte: åtagandet har ingen blankett"
        return Problem("R308", message, "lägg till snabbrapport: med en blanketts id på åtagandet i planen")
    return None if word in form.fields else unknown("R308", word, form.fields)
