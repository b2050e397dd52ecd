"""What the columns of a file are: those with few different values, those of free text, and those that make a row special."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple
from unicodedata import is_normalized

from uppfoljning.files.sql import quoted
from uppfoljning.project.reports import Reports
from uppfoljning.rules.privacy_look import may_be_personal

Kind = Literal["ord", "text", "kvitto", "ensam"]
"""`ord`: few different values, each looked at once. `text`: anything. `kvitto`: what tells rows apart. `ensam`: a row with a
value here is read by itself."""

_ALONE = ("period", "flyttad_till", "antal", "klart", "ersätter")
_TEXTS = (
    "text",
    "utgåva",
    "avvikelser.vad",
    "avvikelser.hur",
    "avvikelser.varför",
    "iakttagelser.text",
    "iakttagelser.åtgärd",
)
DATES = ("datum", "inlämnad")
_MOST_WORDS = 5000
_FEW = 16
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}")
_DIGITS = re.compile(r"[1-9][0-9]{0,2}|0")
_AROUND = 40 * timedelta(days=1)

# Signs without any of the shapes that `may_be_personal` looks for; or more signs, and hardly a digit among them.
_PLAIN_SIGNS = r"[ !$%&'*,./0-9:;?A-Z\[\\\]^_`a-z{}~\t-]*"
_TELLING = r"[0-9]{5}|[0-9]-[0-9]{3}|[0-9] [0-9]{3}|[0-9] [0-9]{2} [0-9]|[0-9]/[0-9]{3}[- ][0-9]|[A-Z]{3} ?[0-9]"
_SIGNS = r"[ !$%&'()*,./0-9:;?A-Z\[\\\]^_`a-z{}~åäöéÅÄÖÉ–—’”…\t-]*"
_MANY_DIGITS = r"[0-9](?:[^0-9]*[0-9]){3}|(?:[A-Z].*){3}[0-9]"
_RECEIPT = r"[0-9A-Za-zÅÄÖåäö._:/-]{1,120}"
_LONGEST = 100_000
"""Signs of the longest text; the reader of rows takes no more than 131 072 in a cell."""


class Column(NamedTuple):
    """A column: its place and name, what it is, and the values to look for, as they stand."""

    at: int
    name: str
    kind: Kind
    values: tuple[str, ...]

    @property
    def head(self) -> str:
        """The key it belongs to."""
        return self.name.partition(".")[0]

    @property
    def tail(self) -> str:
        """What stands after the dot."""
        return self.name.partition(".")[2]


def columns_of(names: Sequence[str], delimiter: str, seen: Iterable[Iterable[str]], reports: Reports) -> list[Column] | None:
    """The columns of some files with the same head, from some of their rows; None where one has too many different values."""
    cells: list[set[str]] = [set() for _ in names]
    number = 0
    for rows in seen:
        for row in rows:
            parts = row.split(delimiter)
            if len(parts) == len(names):
                number += 1
                for known, part in zip(cells, parts, strict=True):
                    known.add(part)
    kinds = [_kind(name, reports) for name in names]
    dates = set[str]().union(*(cells[at] for at, name in enumerate(names) if name in DATES))
    found = []
    for at, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        if kind == "ord":
            if len(cells[at]) > _MOST_WORDS or (len(cells[at]) > 500 and len(cells[at]) * 2 > number):
                return None
            values = tuple(sorted(_widened(dates if name in DATES else cells[at])))
        else:
            few = kind == "text" and name != "utgåva" and len(cells[at]) <= _FEW
            values = tuple(sorted(filter(_is_harmless, cells[at]))) if few else ()
        found.append(Column(at, name, kind, values))
    return found


def _kind(name: str, reports: Reports) -> Kind:
    if name in _ALONE:
        return "ensam"
    if name in ("id", "kvitto"):
        return "kvitto"
    head, _, tail = name.partition(".")
    if name in _TEXTS or (head == "uppgifter" and _is_free(tail, reports)):
        return "text"
    return "ord"


def _is_free(field: str, reports: Reports) -> bool:
    """Whether a field is free text in every form, and no target asks what it says."""
    for homes in reports.homes.values():
        for home in homes.values():
            known = home.form.fields.get(field) if home.form is not None else None
            if known is not None and known.type != "text":
                return False
            for target in home.commitment.targets:
                if field in (target.counts.field, target.counts.other):
                    return False
                if target.condition is not None and field in target.condition.facts:
                    return False
    return True


def _widened(values: set[str]) -> set[str]:
    """The values and those like them that other rows may have; what turns out to be elsewhere only costs time."""
    given = values - {""}
    if len(values) < 2:
        return values or {""}
    values = values | {""}
    if all(map(_DAY.fullmatch, given)):
        try:
            first, last = date.fromisoformat(min(given)) - _AROUND, date.fromisoformat(max(given)) + _AROUND
        except (ValueError, OverflowError):
            return values
        days = min((last - first).days + 1, _MOST_WORDS)
        return values | {(first + timedelta(days=number)).isoformat() for number in range(days)}
    if all(map(_CLOCK.fullmatch, given)):
        return values | {f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60)} | {"24:00"}
    if all(map(_DIGITS.fullmatch, given)):
        return values | set(map(str, range(2 * int(max(given, key=int)) + 50)))
    return values


def _is_harmless(value: str) -> bool:
    return value.strip() == value != "" and is_plain_text(value)


def is_plain_text(value: str) -> bool:
    """Whether a cell has nothing in it that the whole file must be looked through for."""
    return (
        '"' not in value
        and value.replace("\t", "").isprintable()
        and is_normalized("NFC", value)
        and not may_be_personal(value.encode())
        and not any(mark * 7 in value for mark in "<=>|")
    )


def harmless(cell: str, column: Column) -> str:
    """The SQL that is true only of texts that need no closer look."""
    clean = (
        f"length({cell}) < {_LONGEST} AND trim({cell}) <> '' AND ("
        f"(regexp_full_match({cell}, {quoted(_PLAIN_SIGNS)}) AND NOT regexp_matches({cell}, {quoted(_TELLING)})) OR "
        f"(regexp_full_match({cell}, {quoted(_SIGNS)}) AND NOT regexp_matches({cell}, {quoted(_MANY_DIGITS)})))"
    )
    if column.kind == "kvitto":
        clean += f" AND trim({cell}) = {cell}"
    if column.name in ("kvitto", "utgåva"):
        clean += f" AND regexp_full_match({cell}, {quoted(_RECEIPT)})"
    return clean
