"""Personal identity numbers by date and check digit, and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from uppfoljning.rules.contact import DASHES, SPACES, Stretch, links, within

_CANDIDATE = re.compile(
    rf"(?<!\d)(\d{{2}})?(\d{{2}})(\d{{2}})(\d{{2}})([{SPACES}]?[+\uff0b{DASHES}]?[{SPACES}]?)(\d{{4}})(?!\d|-\d\d-\d\d)"
)
_COORDINATION = 60
"""A coordination number adds 60 to the day."""
_FIRST_YEAR_OF_MOMENTS = 2016
"""Twelve digits from this year on are rather a moment, 202611201530, than a person; earlier ones are a person."""
_YEARS_OF_MOMENTS = range(_FIRST_YEAR_OF_MOMENTS, 2040)
_OF_A_PERSON = re.compile(r"\b(?:personn(?:umme)?r\w*|person-?id|pnr|samordningsn(?:umme)?r\w*|född)\b", re.IGNORECASE)
_PART_OF_MORE = re.compile(r"(?:[^\W\d_]|\d[.,/])\Z")
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
            recent = century and int(century + year) >= _FIRST_YEAR_OF_MOMENTS
            if recent and not separator.strip() and _is_clock(last) and not _says_person(text, match.start()):
                continue
            yield Candidate(match.span(), sure)


def personal_numbers(text: str) -> Iterator[Stretch]:
    """Where in a text personal identity and coordination numbers stand, as start and end."""
    return (one.at for one in candidates(text) if one.is_number)


def near_numbers(text: str) -> Iterator[Stretch]:
    """Where something stands that would be one but for its last digit: a slip of the pen still points at a person.

    Not moments written as 260306-2131, nor digits within a decimal, a code with letters
    or a web address, where they are common.
    """
    addresses = links(text)
    for (start, end), is_number in candidates(text):
        digits = re.sub(r"\D", "", text[start:end])
        year = int(digits[:4] if len(digits) == 12 else f"20{digits[:2]}")
        is_moment = _is_clock(digits[-4:]) and year in _YEARS_OF_MOMENTS
        is_part = _PART_OF_MORE.search(text[max(0, start - 2) : start]) is not None or text[end : end + 1].isalpha()
        if not (is_number or is_moment or is_part or within(addresses, start)):
            yield start, end


def mask(text: str) -> str:
    """The same text, as long as before, with every personal identity number covered; used on all that is printed from a file."""
    if not _CANDIDATE.search(text):
        return text
    for start, end in reversed(list(personal_numbers(text))):
        text = text[:start] + re.sub(r"\d", "•", text[start:end]) + text[end:]
    return text


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


def _is_clock(last: str) -> bool:
    return int(last[:2]) < 24 and int(last[2:]) < 60


def _luhn(digits: str) -> bool:
    total = 0
    for position, digit in enumerate(digits):
        product = int(digit) * (2 - position % 2)
        total += product - 9 if product > 9 else product
    return total % 10 == 0
