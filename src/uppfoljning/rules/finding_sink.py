"""Collects the findings of one file, with places given as ways into its tree."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from uppfoljning.domain.finding import Finding, Place, Problem, Tree, TreePath
from uppfoljning.domain.form import Form
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.scalars import as_id
from uppfoljning.domain.schema import FieldProblem, may_compare, suggestion
from uppfoljning.domain.synonyms import fold

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


# What stands where an id of the plan belongs and is none: a title becomes its id, and nobody's name is asked for as one.


Titles = Mapping[str, str]
"""What something is called, by its id."""


class NamesOfPlan:
    """What a plan calls its parties, functions, places and commitments, by id; as far as that can be told."""

    def __init__(self, parties: Titles, functions: Titles, places: Titles, commitments: Titles) -> None:
        self.parties, self.functions, self.places, self.commitments = parties, functions, places, commitments

    @classmethod
    def of(cls, plan: Plan) -> NamesOfPlan:
        """Those of a plan that was read."""
        functions = {name: one.title for name, one in plan.functions.items()}
        return cls(plan.parties, functions, plan.places, {one.id: one.title for one in plan.commitments})

    @classmethod
    def written(cls, tree: Mapping[str, Tree]) -> NamesOfPlan:
        """Those that stand in a plan's file, whether or not it can be read."""

        def titles(key: str) -> Titles:
            at = tree.get(key)
            items = at.items() if isinstance(at, dict) else ((name, name) for name in at) if isinstance(at, list) else ()
            return {name: _title(one) for name, one in items if isinstance(name, str) and _SOUND.fullmatch(name)}

        listed = tree.get("åtaganden")
        of_each = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        own = {name: _title(one) for one in of_each if isinstance(name := one.get("id"), str)}
        return cls(titles("parter"), titles("funktioner"), titles("platser"), own)

    def meant(self, path: TreePath, word: str) -> Problem | None:
        """What to say of a word at a place where an id of the plan belongs; None at other places."""
        where = next((part for part in reversed(path) if isinstance(part, str)), "")
        place = _PLACES.get(where) or (_PLACES.get(str(path[-2])) if len(path) > 1 else None)
        if place is None or (known := self._known(place[0])) is None:
            return None
        remedy = f"skriv {found}" if (found := titled(word, known)) else listed_ids(known, place[1])
        if not found and place[0] in ("ansvarig", "funktioner"):
            remedy += "; personnamn hör inte hemma här"
        return Problem("S116", f"här ska id på {place[1]} stå", remedy, "små bokstäver, siffror och bindestreck")

    def _known(self, kind: str) -> Titles | None:
        return {
            "ansvarig": {**self.functions, **self.parties},
            "funktioner": self.functions,
            "parter": self.parties,
            "platser": self.places,
            "åtaganden": self.commitments,
        }.get(kind)


_SOUND = re.compile(r"[a-z0-9åäö-]+")
_WHO = ("ansvarig", "en funktion eller part")
_PLACES = {
    "ansvarig": _WHO,
    "rapportör": _WHO,
    "funktioner": ("funktioner", "en funktion"),
    "parter": ("parter", "en part"),
    "part": ("parter", "en part"),
    "plats": ("platser", "en plats"),
    "platser": ("platser", "en plats"),
    "insats": ("platser", "en plats"),
    "jämförelse": ("platser", "en plats"),
    "buffert": ("platser", "en plats"),
    "åtagande": ("åtaganden", "ett åtagande"),
}
"""By the key that a word stands under: which names of the plan may stand there, and what one of them is."""


def _title(tree: Tree) -> str:
    title = tree.get("titel") if isinstance(tree, dict) else tree
    return title if isinstance(title, str) else ""


def titled(word: str, known: Titles) -> str | None:
    """The id of what is called so, however the signs between its words are written."""
    if not may_compare(len(known)):
        return None
    wanted = _plain(word)
    return next((name for name, title in known.items() if wanted in (_plain(name), _plain(title))), None)


def _plain(text: str) -> str:
    return "-".join(re.findall(r"[^\W_]+", fold(text)))


def listed_ids(known: Collection[str], what: str) -> str:
    """A remedy that lists what can be chosen, without a word of what was written."""
    if not known:
        return f"skriv id på {what} som planen har"
    shown = sorted(known)[:_MOST_LISTED]
    return f"välj {what}: {', '.join(shown)}{' …' if len(known) > _MOST_LISTED else ''}"


_MOST_LISTED = 12


def with_names(found: list[FieldProblem], tree: Tree, names: NamesOfPlan) -> list[FieldProblem]:
    """What reading found, where a word that cannot be an id is answered with the ids of the plan."""
    return [(path, on_key, _named(path, on_key, problem, tree, names) or problem) for path, on_key, problem in found]


def _named(path: TreePath, on_key: bool, problem: Problem, tree: Tree, names: NamesOfPlan) -> Problem | None:
    if problem.code != "S116":
        return None
    if on_key and path[0] == "funktioner" and isinstance(tree, dict) and "åtaganden" in tree:
        # Where functions are declared the id is made of what the role is called: what stands there may be somebody's name.
        title = _title(_at(tree, path))
        remedy = f"skriv {as_id(title)}" if title else "skriv vad rollen heter, som kommunpolis; personnamn hör inte hemma här"
        return problem._replace(remedy=remedy)
    word = str(path[-1]) if on_key else _at(tree, path)
    return names.meant(path, word if isinstance(word, str) else "")


def _at(tree: Tree, path: TreePath) -> Tree:
    """What stands at a place."""
    at: Tree = tree
    for part in path:
        at = at[part] if isinstance(at, (dict, list)) else None  # type: ignore[index]
    return at


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


def unknown(code: str, word: str, known: Collection[str], titles: Titles | None = None) -> Problem:
    """A name that is not declared, with the one that is called so or else the nearest."""
    found = titled(word, titles) if titles else None
    return Problem(code, _KINDS[code].format(word), f"menade du {found}?" if found else suggestion(word, known))


def party(plan: Plan, word: str) -> Problem | None:
    """A party of the plan."""
    return None if word in plan.parties else unknown("R304", word, plan.parties, plan.parties)


def function(plan: Plan, word: str) -> Problem | None:
    """A function of the plan."""
    return None if word in plan.functions else unknown("R305", word, plan.functions, NamesOfPlan.of(plan).functions)


def party_or_function(plan: Plan, word: str) -> Problem | None:
    """Either; the two share one namespace."""
    if word in plan.functions or word in plan.parties:
        return None
    message = f"{word} är varken funktion eller part i planen"
    names = NamesOfPlan.of(plan)
    found = titled(word, names.functions) or titled(word, names.parties)
    return Problem("R305", message, f"menade du {found}?" if found else suggestion(word, _Both(plan.functions, plan.parties)))


def place(plan: Plan, word: str) -> Problem | None:
    """A place of the plan."""
    return None if word in plan.places else unknown("R306", word, plan.places, plan.places)


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
