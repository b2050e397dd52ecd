"""What a check has to say, as values: a refusal of one value, and that refusal at its place.

A parser of single values returns the value or a `Problem`. Whoever knows where the value stood turns the problem into a
`Finding`. Line and column are looked up first when a finding is printed, so that a sound file costs nothing.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

TreePath: TypeAlias = tuple[str | int, ...]
"""The way into a document: keys and positions, `("åtaganden", 2, "mål")`; in a CSV file `(record, "column")`."""

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"
"""A document as text: every value is text, nothing is guessed. `None` is a value left empty."""


REMEMBERED = 4096
"""How many texts each parser remembers: the same ids, days and figures stand in report after report."""


class Problem(NamedTuple):
    """Why a value cannot be taken. `code` names a rule of the catalogue; the texts are Swedish and meant for the user.

    `message` is the headline, `note` stands beside the carets, `remedy` says what to do. `level` is the rule's own where it is
    empty.
    """

    code: str
    message: str
    remedy: str = ""
    note: str = ""
    level: Literal["", "fel", "varning", "notis"] = ""


class Span(NamedTuple):
    """A stretch of a file's text; lines and columns count from 1, in characters, and `end_column` is just past the last."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """Where in the project something stands: the file, and in it a way into its tree or a stretch of its text."""

    file: str
    path: TreePath = ()
    on_key: bool = False
    span: Span | None = None


class Finding(NamedTuple):
    """A problem at its place; `also` names the other place when a finding is about two, for example a duplicate."""

    place: Place
    problem: Problem
    also: Place | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place it names."""
        return (self.place,) if self.also is None else (self.place, self.also)
