"""User text made fit to print: personal numbers covered, nothing in it that a terminal would obey."""

from __future__ import annotations

import re
from typing import Any

from uppfoljning.rules.contact import mask

_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Also the halves of signs that stand for bytes in a file's name that are no text: no encoding can write them."""


def shown(text: str) -> str:
    """The text, as long as before, with `·` for signs that steer a terminal or turn its writing, or are none at all."""
    return _UNSEEN.sub("·", mask(text))


def covered(text: str) -> str:
    """The same, with phone numbers, e-mail addresses and plates covered too: for findings, and for what is published."""
    from uppfoljning.rules.privacy import cover

    return shown(cover(text))


def one_line(text: str) -> str:
    """The same, with every run of white space as one space."""
    return shown(" ".join(text.split()))


def json_text(content: Any) -> str:
    """A JSON document of plain values: å, ä and ö as they are, personal numbers in texts covered, figures never touched."""
    import json

    text = json.dumps(_covered(content), ensure_ascii=False, indent=2)
    # What is left of such signs stands inside a text, where JSON lets it be written as a code; newlines are of our own making.
    return _UNSEEN.sub(lambda sign: sign[0] if sign[0] == "\n" else f"\\u{ord(sign[0]):04x}", text) + "\n"


def _covered(value: Any) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {_covered(key): _covered(inner) for key, inner in value.items()}
    return [_covered(inner) for inner in value] if isinstance(value, list) else value
