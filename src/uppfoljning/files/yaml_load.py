"""A YAML file as a plain tree of text, and everything that is wrong with its form."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from uppfoljning.domain.finding import REMEMBERED, Finding, Tree

# The plain YAML that nearly every report is written in, read a line at a time: as the parser does, several times as fast.


_LETTERS = "0-9A-Za-zÀ-ÿ"
_OTHER = "¡-¬®-ÿ–—‘’“”„…•€"
# After a backslash there may be a code, and after a number sign a comment that was meant as text.
_IN_WORDS = rf"!\"$%&'()*+,\-./0-9:;<=>?@A-Z\^_`a-z|~{_OTHER}"
_KEY = rf"[{_LETTERS}][{_LETTERS}_-]{{0,98}}+"
_PLAIN = rf"[{_LETTERS}(+/][{_IN_WORDS}]*+(?<!:)(?: ++[{_IN_WORDS}]++(?<!:))*"
_QUOTED = rf'"[ !#-\[\]-~{_OTHER}]*+"'
_IN_BRACKETS = rf"[{_LETTERS} _./%(){{:,+–-]*+"
_LINE = re.compile(
    rf"( {{0,12}}+)(- )?(?:({_KEY}):(?: ++|$))?"
    rf"(?:({_PLAIN})|({_QUOTED}|\[{_IN_BRACKETS}\]|\{{{_IN_BRACKETS}\}}))?"
    rf"(?: *+(?<!\S)#(?: [ #\[\]{{}}{_IN_WORDS}]*+)?)?"
)
_ITEM = rf"[{_LETTERS}][{_LETTERS} _./%()+–-]*+(?::[0-9][{_LETTERS} _./%()+–-]*+)*"
_ITEMS = re.compile(rf"{_ITEM}(?:, *+{_ITEM})*|")
_PAIRS = re.compile(rf"{_KEY}: {_ITEM}(?:, *+{_KEY}: {_ITEM})*|")

_Line: TypeAlias = "tuple[str, str, str, Any]"
"""The place of a line, the place of more lines of the same item where it begins one, its key, and its value.

A place is the indentation, with a dash where there is one: that is deeper than a key above it in the same column.
A value is a text, None, or a list or mapping of texts to copy.
"""
_NOTHING: _Line = ("", "", "", None)
"""A blank line or a comment."""
_LONG = 100
"""Longer lines are not remembered: they seldom come again."""
_Block: TypeAlias = "tuple[Any, str]"
"""A mapping or a list, and the place of its lines."""


def plain_tree(data: bytes) -> dict[str, Tree] | None:
    """The tree of a file with nothing to find in its form; None says only that the file is not plain."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    tree: dict[str, Tree] = {}
    here: Any = tree
    level = opened = ""  # `opened` is the key on the line above, when it is without a value
    outer: list[_Block] = []
    for written in text.split("\n"):
        line = _KNOWN.get(written) or _learn(written)
        if line is None:
            return None
        if line is _NOTHING:
            continue
        at, inner, key, value = line
        if at != level:
            block = _block_at(at, here, level, opened, outer)
            if block is None:
                return None
            here, level = block
        if value is not None and value.__class__ is not str:
            value = value.copy()
        if inner:
            opened = ""
            if not key:
                here.append(value)
                continue
            here.append({})
            outer.append((here, level))
            here, level = here[-1], inner
        if key in here:
            return None
        here[key] = value
        opened = key if value is None else ""
    return tree or None


def _block_at(at: str, here: Any, level: str, opened: str, outer: list[_Block]) -> _Block | None:
    """The block that a line at another place belongs to: a new one under the key above it, or one further out."""
    if opened and len(at) > len(level):
        outer.append((here, level))
        here[opened] = [] if at[-1] == "-" else {}
        return here[opened], at
    while len(at) < len(level):
        here, level = outer.pop()
    return (here, level) if at == level else None


def _read_line(line: str) -> _Line | None:
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    indent, dash, key, plain, closed = match.groups("")
    if not (dash or key or plain or closed):
        return _NOTHING
    value = plain or (_closed(closed) if closed else None)
    if value is None and (closed or not key):
        return None
    if dash:
        return f"{indent}-", f"{indent}  ", key, value
    return (indent, "", key, value) if key else None


_KNOWN: dict[str, _Line] = {}
"""Lines that have been read. When there are too many they are forgotten: those that come again are soon known again."""


def _learn(written: str) -> _Line | None:
    line = _read_line(written)
    if line is not None and len(written) < _LONG:
        if len(_KNOWN) >= REMEMBERED:
            _KNOWN.clear()
        _KNOWN[written] = line
    return line


def _closed(text: str) -> str | list[str] | dict[str, str] | None:
    """What stands between quotation marks or brackets; None when it is not plain."""
    inside = text[1:-1]
    if text[0] == '"':
        return inside
    if text[0] == "[":
        return _items(inside) if _ITEMS.fullmatch(inside) else None
    return _pairs(inside) if _PAIRS.fullmatch(inside) else None


def _items(text: str) -> list[str]:
    return [item.strip(" ") for item in text.split(",")] if text else []


def _pairs(text: str) -> dict[str, str] | None:
    pairs = [pair.strip(" ").split(": ", 1) for pair in text.split(",")] if text else []
    found = {key: value.strip(" ") for key, value in pairs}
    return found if len(found) == len(pairs) else None


def read_yaml(file: str, data: bytes) -> tuple[Tree | None, list[Finding]]:
    """The document with every value as text (None where it is empty), and what is wrong with it.

    The tree is there whenever the rest of the file can be judged in spite of the findings; otherwise it is None.
    """
    tree = plain_tree(data)
    if tree is not None:
        return tree, []
    # Nearly every file is plain, and to read in the parser takes longer than to read fifty reports.
    from uppfoljning.files.yaml_careful import read_parsed

    return read_parsed(file, data)
