"""The plain YAML that nearly every report is written in, read a line at a time: as `read_yaml` reads it, in a tenth of the time.

Each line is a key, a value of one line and perhaps a comment. Whatever else a file holds, also what is allowed and only rare,
makes the whole file one for the parser. The signs of a line are listed, so that nothing here can be out of form: no tabs,
control characters, hard spaces or combining marks, no references, tags or escapes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from uppfoljning.domain.finding import REMEMBERED, Tree

_LETTERS = "0-9A-Za-zÀ-ÿ"
_OTHER = "¡-¬®-ÿ–—‘’“”„…•€"
# After a backslash there may be a code, and after a number sign a comment that was meant as text.
_IN_WORDS = rf"!\"$%&'()*+,\-./0-9:;<=>?@A-Z\^_`a-z|~{_OTHER}"
_KEY = rf"[{_LETTERS}][{_LETTERS}_-]{{0,98}}+"
_PLAIN = rf"[{_LETTERS}(+/][{_IN_WORDS}]*+(?<!:)(?: ++[{_IN_WORDS}]++(?<!:))*"
_QUOTED = rf'"[ !#-\[\]-~{_OTHER}]*+"'
_IN_BRACKETS = rf"[{_LETTERS} _./%(){{:,+–-]*+"
_LINE = re.compile(
    rf"^( {{0,12}}+)(- )?(?:({_KEY}):(?: ++|(?=\n)))?"
    rf"(?:({_PLAIN})|({_QUOTED}|\[{_IN_BRACKETS}\]|\{{{_IN_BRACKETS}\}}))?"
    rf"(?: *+(?<!\S)#(?: [ #\[\]{{}}{_IN_WORDS}]*+)?)?\n",
    re.MULTILINE,
)
_ITEM = rf"[{_LETTERS}][{_LETTERS} _./%()+–-]*+(?::[0-9][{_LETTERS} _./%()+–-]*+)*"
_ITEMS = re.compile(rf"{_ITEM}(?:, *+{_ITEM})*|")
_PAIRS = re.compile(rf"{_KEY}: {_ITEM}(?:, *+{_KEY}: {_ITEM})*|")


def plain_tree(data: bytes) -> dict[str, Tree] | None:
    """The tree of a file with nothing to find in its form; None says only that the file is not plain."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if not text.endswith("\n"):
        text += "\n"
    lines = _LINE.findall(text)
    # Each find is one whole line.
    return _tree(lines) if len(lines) == text.count("\n") else None


def _tree(lines: list[tuple[str, str, str, str, str]]) -> dict[str, Tree] | None:
    """The tree that indentation makes of the lines. A dash stands deeper than a key above it in the same column."""
    tree: dict[str, Tree] = {}
    here: Any = tree  # the group or list that the line belongs to, whose own lines stand at `level`
    level = opened = ""  # `opened` is the key on the line above, when it is without a value
    outer: list[tuple[Any, str]] = []
    for indent, dash, key, plain, other in lines:
        if plain or key or dash or other:
            value: Tree = plain or (_closed(other) if other else None)
            if value is None and (other or not key):
                return None
        else:
            continue
        at = indent + "-" if dash else indent
        if at != level:
            if opened and len(at) > len(level):
                outer.append((here, level))
                here[opened] = [] if dash else {}
                here, level = here[opened], at
            else:
                while len(at) < len(level):
                    here, level = outer.pop()
                if at != level:
                    return None
        if dash:
            opened = ""
            if not key:
                here.append(value)
                continue
            outer.append((here, level))
            here.append({})
            here, level = here[-1], indent + "  "
        if not key or key in here:
            return None
        here[key] = value
        opened = key if value is None else ""
    return tree or None


def _closed(text: str) -> Tree:
    """What stands between quotation marks or brackets; None when it is not plain."""
    if text[0] == '"':
        return text[1:-1]
    if text[0] == "[":
        items = _items(text[1:-1])
        return None if items is None else list(items)
    pairs = _pairs(text[1:-1])
    return None if pairs is None else dict(pairs)


@lru_cache(REMEMBERED)
def _items(text: str) -> tuple[str, ...] | None:
    if not _ITEMS.fullmatch(text):
        return None
    return tuple(item.strip(" ") for item in text.split(",")) if text else ()


@lru_cache(REMEMBERED)
def _pairs(text: str) -> Mapping[str, str] | None:
    if not _PAIRS.fullmatch(text):
        return None
    parted = [pair.strip(" ").split(": ", 1) for pair in text.split(",")] if text else []
    pairs = {key: value.strip(" ") for key, value in parted}
    return pairs if len(pairs) == len(parted) else None
