"""A report read line by line, by what its keys may hold: for text whose indentation, quotes and line breaks were changed.

What the keys do not settle is not guessed: then the report is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from uppfoljning.collect.inbox.extract import FREE_TEXT, LISTS, SPANS, TABLES, THINGS, Names, NumberedLine
from uppfoljning.domain.finding import Problem, Tree, TreePath
from uppfoljning.domain.report import QuickReport
from uppfoljning.files.yaml_load import read_yaml

_HARD = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " ") | {"\ufeff": None, "\u200b": None})
_ROW = re.compile(r"(?P<dash>[-•–*]\s+)?(?P<key>[0-9a-zåäö_-]+):(?:\s+(?P<value>.*))?")
_ITEM = re.compile(r"[-•–*]\s+(?P<value>.+)")
_DOUBLE, _SINGLE = '"“”„‟«»', "'‘’"
_INNER = re.compile(r"(?<!\\)((?:\\\\)*)\\[“”„‟«»]")
_NARROWEST = 60
"""No program breaks lines sooner: a line is gone on with only where the next word had no room within that."""
_SURE = re.compile(r"[0-9A-Za-zÅÄÖåäö](?:[0-9A-Za-zÅÄÖåäö_.,!?()%/–+-]|:(?=[0-9])| (?=[0-9A-Za-zÅÄÖåäö(]))*")


class Mended(NamedTuple):
    """The tree that the lines say, and the line of every part of it."""

    tree: dict[str, Tree]
    lines: dict[TreePath, int]


class Stuck(NamedTuple):
    """The line that cannot be understood, and why. `doubt`: it could belong in two places."""

    number: int
    why: str
    doubt: bool = False


class _Row(NamedTuple):
    number: int
    indent: int
    dash: bool
    key: str
    value: str


class _StuckError(Exception):
    def __init__(self, number: int, why: str, *, doubt: bool = False) -> None:
        super().__init__(why)
        self.stuck = Stuck(number, why, doubt)


def mend(lines: Iterable[NumberedLine], names: Names) -> Mended | Stuck:
    """Read the lines of one report; `names` are those that its tables may have."""
    try:
        building = _Building(names)
        inner = (*THINGS.values(), *names.values())
        known = {*QuickReport.KEYS, *(key for keys in inner for key in keys)}
        rows = _rows(lines, known)
        building.kept = len({row.indent for row in rows if not row.dash}) > 1
        for row in rows:
            building.add(row)
    except _StuckError as error:
        return error.stuck
    return Mended(building.tree, building.lines)


class _Said(NamedTuple):
    """A line that says something: its number, how far in it begins, what it says, and whether empty lines stand before it."""

    number: int
    indent: int
    text: str
    gap: bool

    @property
    def length(self) -> int:
        return self.indent + len(self.text)


def _said(lines: Iterable[NumberedLine]) -> list[_Said]:
    found = []
    gap = False
    for line in lines:
        text = line.text.expandtabs(4).translate(_HARD)
        if not text.strip() or text.strip() in ("---", "..."):
            gap = True
        else:
            found.append(_Said(line.number, len(text) - len(text.lstrip(" ")), text.strip(), gap))
            gap = False
    return found


def _rows(lines: Iterable[NumberedLine], known: AbstractSet[str]) -> list[_Row]:
    """The lines with a key or an item, each with all of its value."""
    said = _said(lines)
    rows: list[_Row] = []
    at = 0
    while at < len(said):
        line = said[at]
        if (row := _row(line)) is not None:
            if not row.value and at + 1 < len(said) and _row(said[at + 1]) is None and _goes_on(line, said[at + 1]):
                at += 1
                row = row._replace(value=said[at].text)
            end = _end_of(row.value, said, at, known)
            rows.append(row._replace(value=" ".join([row.value, *(one.text for one in said[at + 1 : end + 1])])))
            at = end
        elif rows and _goes_on(said[at - 1], line):
            rows[-1] = rows[-1]._replace(value=f"{rows[-1].value} {line.text}")
        elif not line.text.startswith("#"):
            raise _StuckError(line.number, "raden har ingen nyckel och hör inte till raden ovanför")
        at += 1
    return rows


def _row(line: _Said) -> _Row | None:
    if match := _ROW.fullmatch(line.text):
        return _Row(line.number, line.indent, bool(match["dash"]), match["key"], (match["value"] or "").strip())
    match = _ITEM.fullmatch(line.text)
    return _Row(line.number, line.indent, True, "", match["value"]) if match else None


def _goes_on(before: _Said, after: _Said) -> bool:
    """Whether a program may have broken one line into two: the first word of the second had no room."""
    return not after.gap and before.length + 1 + len(after.text.split(" ", 1)[0]) > _NARROWEST


def _end_of(value: str, said: list[_Said], at: int, known: AbstractSet[str]) -> int:
    """The line where a text in quotes or a list that begins on a line is closed; that line itself where it is not.

    A quote closes where the next line begins something new: inside the text there may be more of them.
    """
    if not value.startswith((*_DOUBLE, *_SINGLE, "[")):
        return at
    for end in range(at, len(said)):
        if end > at and _begins(said[end].text, known) and not _goes_on(said[end - 1], said[end]):
            return at
        text = value if end == at else said[end].text
        closes = "]" in text if value[0] == "[" else _closes(text, alone=end == at)
        if closes and (end + 1 == len(said) or _begins(said[end + 1].text, known)):
            return end
    return at


def _closes(text: str, *, alone: bool) -> bool:
    """Whether a line ends with a quote that is not part of the text; `alone`: the text's first quote is on the line too."""
    bare = text[:-1]
    return text[-1] in _DOUBLE + _SINGLE and not (alone and not bare) and (len(bare) - len(bare.rstrip("\\"))) % 2 == 0


def _begins(text: str, known: AbstractSet[str]) -> bool:
    match = _ROW.fullmatch(text)
    return match["key"] in known if match else _ITEM.fullmatch(text) is not None


class _Building:
    """The tree so far, and the part of it that is open: a table, a thing in a list, or a list."""

    def __init__(self, names: Names) -> None:
        self.tree: dict[str, Tree] = {}
        self.lines: dict[TreePath, int] = {}
        self.kept = False
        self._names = names
        self._open = ""
        self._indent = 0
        self._inner: dict[str, Tree] | None = None
        self._path: TreePath = ()

    def add(self, row: _Row) -> None:
        if row.dash:
            self._add_item(row)
            return
        inside, outside = self._fits_inside(row), self._fits_outside(row)
        if inside and outside:
            if row.indent <= self._indent and not self.kept:
                raise _StuckError(row.number, f"indraget är borta, och {row.key} kan höra hemma på två ställen", doubt=True)
            inside = row.indent > self._indent
        elif not inside and not outside:
            # A name that the form does not have: whoever checks the report tells of it.
            inside = self._inner is not None and row.indent > self._indent and row.key not in self._inner and row.value != ""
            if not inside and (row.key in self.tree or row.key in QuickReport.KEYS or self._is_of_a_part(row)):
                raise _StuckError(row.number, f"{row.key} hör inte hemma här")
        if inside:
            assert self._inner is not None
            self._inner[row.key] = _value(row)
            self.lines[*self._path, row.key] = row.number
        else:
            self._add_outside(row)

    def _is_of_a_part(self, row: _Row) -> bool:
        return any(row.key in keys for keys in THINGS.values()) or any(row.key in known for known in self._names.values())

    def _fits_inside(self, row: _Row) -> bool:
        if self._inner is None or row.key in self._inner or row.value == "":
            return False
        if self._open in THINGS:
            declared = THINGS[self._open].get(row.key)
            return declared is not None and not isinstance(_parsed(declared[1].parse, row), Problem)
        return row.key in self._names.get(self._open, ())

    def _fits_outside(self, row: _Row) -> bool:
        declared = QuickReport.KEYS.get(row.key)
        if declared is None or row.key in self.tree:
            return False
        if row.key in THINGS or (row.key in TABLES and row.key not in SPANS):
            return row.value == "" or row.value[0] in "{["
        if row.key in SPANS or row.key in LISTS or row.value == "":
            return True
        # A value that is wrong anywhere is told of where it stands; only where it could stand in two places must it be right.
        return self._inner is None or not isinstance(_parsed(declared[1].parse, row), Problem) or not self._fits_inside(row)

    def _add_outside(self, row: _Row) -> None:
        self.lines[row.key,] = row.number
        self._open, self._indent, self._inner, self._path = row.key, row.indent, None, (row.key,)
        if row.value:
            self.tree[row.key] = _value(row)
            self._open = ""
        elif row.key in TABLES:
            self._inner = self.tree[row.key] = {}
        elif row.key in THINGS or row.key in LISTS:
            self.tree[row.key] = []
        else:
            self.tree[row.key] = None

    def _add_item(self, row: _Row) -> None:
        items = self.tree.get(self._open)
        if not isinstance(items, list):
            raise _StuckError(row.number, "punkten hör inte till någon lista")
        self._path = (self._open, len(items))
        self.lines[self._path] = row.number
        if self._open in LISTS:
            items.append(_value(row._replace(key="", value=f"{row.key}: {row.value}" if row.key else row.value)))
            return
        if row.key not in THINGS[self._open]:
            raise _StuckError(row.number, f"{row.key or 'punkten'} hör inte hemma här")
        self._inner = {row.key: _value(row)}
        self.lines[*self._path, row.key] = row.number
        items.append(self._inner)


def _parsed(parse: Any, row: _Row) -> Any:
    value = _value(row)
    return parse(value) if parse is not None and isinstance(value, str) else value


def _value(row: _Row) -> Tree:
    """What stands after a key: quotes of any kind around a text are as good as straight ones."""
    text = row.value
    if not text:
        return None
    if _SURE.fullmatch(text):
        return text
    first, last = text[:1], text[-1:]
    if len(text) > 1 and first in _DOUBLE and last in _DOUBLE:
        text = f'"{_INNER.sub(_straight, text[1:-1])}"'
    elif len(text) > 1 and first in _SINGLE and last in _SINGLE:
        text = f"'{text[1:-1]}'"
    elif first in _DOUBLE or first in _SINGLE or (last == '"' and text.count('"') % 2):
        if first in "\"'" or last == '"':
            raise _StuckError(row.number, "citattecknet stängs aldrig")
        return text
    elif row.key in FREE_TEXT and not _looks_coded(text):
        return text
    tree, findings = read_yaml("rad.yaml", f"värde: {text}\n".encode())
    if findings or not isinstance(tree, dict):
        raise _StuckError(row.number, "värdet går inte att läsa")
    value = tree.get("värde")
    assert not isinstance(value, Mapping) or text.startswith("{")
    return value


def _looks_coded(text: str) -> bool:
    return text[0] in "[{|>&*!%@`#" or " #" in text


def _straight(found: re.Match[str]) -> str:
    return f'{found[1]}\\"'
