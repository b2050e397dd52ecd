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
# As for a text, but digits after a hyphen are common in names.
_TELLING_NAME = re.compile(r"\d{5}|(?<!\d)0\d\d\d?-\d{3}|08-\d{3}|[A-Z]{3}|[ @+]|[^\x00-\x7f]")


def may_be_personal(data: bytes) -> bool:
    """A cheap look at a file's bytes: False only where `check_privacy` would find nothing.

    Digits become 1, capitals A, dashes of any kind a hyphen, and what else is not ASCII goes away, so that one search answers for
    every way of writing.
    """
    return _TELLING_SHAPE.search(data.translate(_SHAPES, _NO_SHAPE)) is not None


def may_be_personal_name(name: str) -> bool:
    """The same for a file's name; one with several capitals or signs that names seldom have is always looked at."""
    return _TELLING_NAME.search(name) is not None
