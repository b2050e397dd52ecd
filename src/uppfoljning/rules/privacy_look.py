"""A quick look for personal data, at every file: only where it sees something is the whole check read in and run."""

from __future__ import annotations

import re

_SHAPES = bytearray(range(256))
_SHAPES[ord("0") : ord("9") + 1] = b"1" * 10
_SHAPES[ord("A") : ord("Z") + 1] = b"A" * 26
_SHAPES[0xE2] = ord("-")  # begins a dash or a narrow space in UTF-8: years with a dash between are in many plans
_SHAPES[0xBC] = _SHAPES[0xFF] = ord("@")  # within full-width digits; at the beginning of UTF-16
_NO_SHAPE = b"()" + bytes(sign for sign in range(128, 256) if sign not in (0xBC, 0xE2, 0xFF))
# Years as in 2017-2019, and the numbers of a register as in 2025/123, are left out: they are in many plans.
_TELLING_SHAPE = re.compile(rb"1(?:1111|-111(?!1(?!1))| 111| 11 1|/111[- ]1)|AAA ?1|\+1|@|# undantag")
# In names digits after a hyphen are common: only those that begin as a telephone number does are looked at.
_NAME_SHAPES = bytearray(range(128)) + b"@" * 128
_NAME_SHAPES[ord("0") : ord("9") + 1] = b"1" * 10
_NAME_SHAPES[ord("A") : ord("Z") + 1] = b"A" * 26
_NAME_SHAPES[ord(" ")] = _NAME_SHAPES[ord("+")] = ord("@")
_TELLING_NUMBER = re.compile(r"0(?:(?<![0-9]0)[0-9]{2,3}|8)-[0-9]{3}")


def may_be_personal(data: bytes) -> bool:
    """A cheap look at a file's bytes: False only where `check_privacy` would find nothing.

    Digits become 1, capitals A, dashes of any kind a hyphen, and what else is not ASCII goes away, so that one search answers for
    every way of writing.
    """
    return _TELLING_SHAPE.search(data.translate(_SHAPES, _NO_SHAPE)) is not None


def may_be_personal_name(name: str) -> bool:
    """The same for a file's name; one with several capitals or signs that names seldom have is always looked at."""
    # To look for a text in a text takes less time than for bytes in bytes.
    shape = name.encode("utf-8", "surrogatepass").translate(_NAME_SHAPES).decode()
    if "@" in shape or "AAA" in shape or "11111" in shape:
        return True
    return "11-111" in shape and _TELLING_NUMBER.search(name) is not None
