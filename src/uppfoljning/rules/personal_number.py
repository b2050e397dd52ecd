"""Personal identity numbers by date and check digit. Kept small: every command reads it, since it covers what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

Stretch = tuple[int, int]
"""Where something begins and ends in a text."""

DASHES = "\\-\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
"""Every sign that is used as a hyphen, as it is written in a set of characters."""
SPACES = " \u00a0\u2007\u2009\u202f\u3000"
_CANDIDATE = re.compile(
    rf"(?<!\d)(\d{{2}})?(\d{{2}})(\d{{2}})(\d{{2}})([{SPACES}]?[+\uff0b{DASHES}]?[{SPACES}]?)(\d{{4}})(?!\d|-\d\d-\d\d)"
)
_COORDINATION = 60
"""A coordination number adds 60 to the day."""
FIRST_YEAR_OF_MOMENTS = 2016
"""Twelve digits from this year on are rather a moment, 202611201530, than a person; earlier ones are a person."""
_OF_A_PERSON = re.compile(r"\b(?:personn(?:umme)?r\w*|person-?id|pnr|samordningsn(?:umme)?r\w*|född)\b", re.IGNORECASE)
_NEAR = 40
"""A word that says it is a person stands at most so many characters before the number, on the same line."""


class Candidate(NamedTuple):
    """Digits that are a date with four more: where they stand, and whether the check digit makes them a number."""

    at: Stretch
    is_number: bool


def candidates(text: str) -> Iterator[Candidate]:
    """What has the shape of a personal identity number, sure or not."""
    for match in _CANDIDATE.finditer(text):
        century, year, month, day, separator, last = match.groups()
        if _is_date(century, int(year), int(month), int(day)):
            sure = _luhn(year + month + day + last)
            recent = century and int(century + year) >= FIRST_YEAR_OF_MOMENTS
            if recent and not separator.strip() and is_clock(last) and not _says_person(text, match.start()):
                continue
            yield Candidate(match.span(), sure)


def personal_numbers(text: str) -> Iterator[Stretch]:
    """Where in a text personal identity and coordination numbers stand, as start and end."""
    return (one.at for one in candidates(text) if one.is_number)


def mask(text: str) -> str:
    """The same text, as long as before, with every personal identity number covered; used on all that is printed from a file."""
    if not _CANDIDATE.search(text):
        return text
    return covering(text, personal_numbers(text), r"\d")


def covering(text: str, stretches: Iterable[Stretch], signs: str) -> str:
    """The text, as long as before, with the signs that a pattern finds in some stretches covered; they stand in their order."""
    pieces: list[str] = []
    done = 0
    for start, end in stretches:
        pieces += (text[done : max(done, start)], re.sub(signs, "•", text[max(done, start) : end]))
        done = max(done, end)
    return "".join([*pieces, text[done:]]) if pieces else text


def _says_person(text: str, at: int) -> bool:
    return _OF_A_PERSON.search(text[max(0, at - _NEAR) : at].rpartition("\n")[2]) is not None


def _is_date(century: str | None, year: int, month: int, day: int) -> bool:
    full = int(century or "20") * 100 + year
    if century and not 1800 <= full <= 2099:
        return False
    try:
        date(full, month, day - _COORDINATION if day > _COORDINATION else day)
    except ValueError:
        return False
    return True


def is_clock(last: str) -> bool:
    return int(last[:2]) < 24 and int(last[2:]) < 60


def _luhn(digits: str) -> bool:
    total = 0
    for position, digit in enumerate(digits):
        product = int(digit) * (2 - position % 2)
        total += product - 9 if product > 9 else product
    return total % 10 == 0
