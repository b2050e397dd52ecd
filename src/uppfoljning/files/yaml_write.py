"""A tree written as YAML text that reads back as the same tree, with nothing a reader could take for something else.

Keys and plain words stand as they are, other texts in double quotes on one line, so that a list in braces or a comma never splits
them. A mapping has a line for each key; a list of ids stands in brackets. The offline form writes by the same rules.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from unicodedata import category, is_normalized, normalize

from uppfoljning.domain.finding import Tree

_WORD = "0-9A-Za-zÅÄÖåäö"
_PLAIN = re.compile(rf"[{_WORD}](?:[{_WORD}_.,!?()%/–+-]|:(?=[0-9])| (?=[{_WORD}(]))*")
_ID = re.compile(r"[0-9a-zåäö][0-9a-zåäö_-]*")
_OTHERWISE_READ = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
"""Words that other programs than this one take for something else than text."""
_HARD_SPACE = re.compile("(?<=:)[\u00a0\u2007\u202f]")
_NO_CHARACTER = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def tidy(text: str) -> str:
    """A text as it is kept: composed letters, `\\n` between lines, no unseen signs, no space at its ends or a line's."""
    # What is left when unseen signs have gone may compose anew.
    text = normalize("NFC", _NO_CHARACTER.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def write_yaml(tree: Mapping[str, Tree]) -> str:
    """The text of a document. Every value is a tidy text, a list or a mapping; keys are ids, and empty parts are left out."""
    return "".join(f"{line}\n" for line in _lines(tree))


def _lines(tree: Mapping[str, Tree]) -> Iterator[str]:
    for key, value in tree.items():
        if isinstance(value, str):
            yield f"{key}: {_scalar(value)}"
        elif isinstance(value, Mapping):
            if inner := list(_lines(value)):
                yield f"{key}:"
                yield from (f"  {line}" for line in inner)
        elif value:
            if all(isinstance(item, str) and _ID.fullmatch(item) for item in value):
                yield f"{key}: [{', '.join(map(str, value))}]"
            else:
                yield f"{key}:"
                yield from _items(value)


def _items(values: list[Tree]) -> Iterator[str]:
    for value in values:
        lines = list(_lines(value)) if isinstance(value, Mapping) else [_scalar(str(value))]
        yield from (f"  {'  ' if at else '- '}{line}" for at, line in enumerate(lines))


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.casefold() not in _OTHERWISE_READ:
        return text
    # A hard space after a colon is a fault in a file, for there it looks like the space that the colon must have.
    quoted = _HARD_SPACE.sub(_code, json.dumps(text, ensure_ascii=False))
    # A mark after a line break would sit on the n of \\n, which then means nothing.
    return (
        quoted if is_normalized("NFC", quoted) else "".join(_code(sign) if category(sign)[0] == "M" else sign for sign in quoted)
    )


def _code(sign: str | re.Match[str]) -> str:
    code = ord(sign[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
