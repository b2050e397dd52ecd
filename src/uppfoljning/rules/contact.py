"""What else points at a person, by its shape and the words around: addresses, phones, plates, and numbers with a slip."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from math import inf
from typing import NamedTuple

# Personal identity numbers by date and check digit. Kept small: every command reads it, since it covers what is printed.


Stretch = tuple[int, int]
"""Where something begins and ends in a text."""

DASHES = "\\-\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
"""Every sign that is used as a hyphen, as it is written in a set of characters."""
SPACES = " \u00a0\u2007\u2009\u202f\u3000"
_CANDIDATE = re.compile(
    rf"(?<!\d)(\d{{2}})?(\d{{2}})(\d{{2}})(\d{{2}})([{SPACES}]?[+\uff0b{DASHES}]?[{SPACES}]?)(\d{{4}})(?!\d|-\d\d-\d\d)"
)
_COORDINATION = 60
"""A coordination number adds 60 to the day, and has month 00 or day 60 where the month or the day of birth is not known."""
FIRST_YEAR_OF_MOMENTS = 2016
"""Twelve digits from this year on are rather a moment, 202611201530, than a person; earlier ones are a person."""
_OF_A_PERSON = re.compile(r"\b(?:personn(?:umme)?r\w*|person-?id|pnr|samordningsn(?:umme)?r\w*|född)\b", re.IGNORECASE)
_PERSONAL_NUMBER_NEAR = 40
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
    return _OF_A_PERSON.search(text[max(0, at - _PERSONAL_NUMBER_NEAR) : at].rpartition("\n")[2]) is not None


def _is_date(century: str | None, year: int, month: int, day: int) -> bool:
    full = int(century or "20") * 100 + year
    if century and not 1800 <= full <= 2099:
        return False
    if day >= _COORDINATION and (month == 0 or day == _COORDINATION):
        return month <= 12 and day <= _COORDINATION + 31
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


_PART_OF_MORE = r"(?:[^\W\d_]|\d[.,/])\Z"
_YEARS_OF_MOMENTS = range(FIRST_YEAR_OF_MOMENTS, 2040)
_DASH, _SPACE = f"[{DASHES}]", f"[{SPACES}]"
_EMAIL = r"[\w.+%'-]{1,64}[@\uff20\ufe6b](?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?!\w)"
_GROUPS = rf"\d{{2,3}}(?:{_SPACE}\d{{2,3}}){{1,3}}"
_DASHED = rf"\d{{3}}(?:{_DASH}\d{{2,4}}){{1,2}}"
# A phone number's own signs must not be part of a date, a decimal or a longer number.
_BEFORE = r"(?<![^\W_])(?<![\d+])(?<!\d[-.,:])"
_AFTER = rf"(?![^\W_])(?!{_DASH}\d)(?!,\d)"
_PHONE = (
    rf"{_BEFORE}(?P<abroad>(?:\+{_SPACE}?[1-9]|0046)(?:{_SPACE}?(?:\(0\)|{_DASH}|/)?{_SPACE}?\d){{7,13}}){_AFTER}"
    rf"|{_BEFORE}(?P<dashed>0(?:8|[1-9]\d{{1,2}}){_SPACE}?(?:{_DASH}|/){_SPACE}?(?:{_GROUPS}|{_DASHED}|\d{{5,8}})){_AFTER}"
    rf"|{_BEFORE}(?P<bracketed>\(0(?:8|[1-9]\d{{1,2}})\){_SPACE}?(?:{_GROUPS}|{_DASHED}|\d{{5,8}})){_AFTER}"
    rf"|{_BEFORE}(?P<spaced>0(?:8|7[02369]|[1-9]\d){_SPACE}(?:{_GROUPS}|\d{{5,8}})){_AFTER}"
    rf"|(?<![^\W_])(?<![\d+])(?<!\d[.,:])(?P<plain>0\d{{7,9}}){_AFTER}"
    rf"|{_BEFORE}(?P<spaced_long>0[1-9]\d\d{_SPACE}(?:{_GROUPS}|\d{{5,8}})){_AFTER}"
)
_MOBILE = re.compile(r"07[02369]\d{7}")
_OF_A_PHONE = r"(?i)\b(?:tel|tfn|telefon\w*|mobil\w*|ring|ringer|ringde|nås|sms\w*|samtal från|nummer|numret)\b"
_DIGITS_HERE, _DIGITS_ABROAD = (8, 10), (10, 15)
_PLATE = r"(?<![^\W_])(?<!\w-)[A-HJ-PR-UW-Z]{3}[ \u00a0]?\d{2}[\dA-HJ-PR-UW-Z](?![^\W_])(?!-\w)"
_NOT_A_PLATE = re.compile(
    r"(?:PDF|ISO|SFS|SOU|DNR|JPG|PNG|DOC|CSV|XML|EST|SOL|LSS|LOB|LUL|HSL|OSL|FAP|RPS|DAG|RUM|HUS|BUS|KRS) \d{3}"
)
_OF_A_VEHICLE = (
    r"(?i)\b(?:\w*(?<!mo)(?<!sta)(?<!la)bil(?:en|ens|ar|arna|s)?|bil(?:nummer|numret)|\w*fordon\w*|reg|reg\.?\s?(?:nr|nummer|skylt)\w*"
    r"|registrering\w*|\w*skylt\w*|nummerplåt\w*|\w*moped\w*|mc|motorcykel\w*|motorcyklar\w*|\w*traktor\w*|epa|taxi\w*|buss\w*"
    r"|släp\w*|husvagn\w*|husbil\w*|volvo|saab|bmw|audi|mercedes|toyota|volkswagen|vw|ford|kia|skoda|peugeot|renault|opel|tesla)\b"
)
_CONTACT_NEAR = 60
"""As many characters before and after, on the same line, may a word stand that tells what a number is."""
_LINK = re.compile(r"\bhttps?://[^\s\"'<>;]+", re.IGNORECASE)


def emails(text: str) -> Iterator[Stretch]:
    """Where e-mail addresses stand; git@ before a host is where a repository lies."""
    return (match.span() for match in _compiled(_EMAIL).finditer(text) if not match[0].startswith("git@"))


def phones(text: str) -> Iterator[Stretch]:
    """Where phone numbers stand: Swedish ones as they are usually written, others with + and the country's number.

    Ten digits in a row are one when they begin as a mobile's; other rows of digits, and four digits before a space, which may
    be a municipality's code, only with a word like `tel` near. Numbers within web addresses are not.
    """
    addresses = links(text)
    for match in _compiled(_PHONE).finditer(text):
        if _is_phone(match, text) and not within(addresses, match.start()):
            yield match.span()


def plates(text: str) -> Iterator[Stretch]:
    """Where number plates stand: three letters and three signs, with a word about vehicles near on the same line."""
    for match in _compiled(_PLATE).finditer(text):
        if not _NOT_A_PLATE.fullmatch(match[0]) and _has_near(text, match.span(), _OF_A_VEHICLE):
            yield match.span()


def near_numbers(text: str) -> Iterator[Stretch]:
    """Where something stands that would be one but for its last digit: a slip of the pen still points at a person.

    Not moments written as 260306-2131, nor digits within a decimal, a code with letters
    or a web address, where they are common.
    """
    addresses = links(text)
    for (start, end), is_number in candidates(text):
        digits = re.sub(r"\D", "", text[start:end])
        year = int(digits[:4] if len(digits) == 12 else f"20{digits[:2]}")
        is_moment = is_clock(digits[-4:]) and year in _YEARS_OF_MOMENTS
        is_part = _compiled(_PART_OF_MORE).search(text[max(0, start - 2) : start]) is not None or text[end : end + 1].isalpha()
        if not (is_number or is_moment or is_part or within(addresses, start)):
            yield start, end


def links(text: str) -> list[Stretch]:
    """Where web addresses stand."""
    return [match.span() for match in _LINK.finditer(text)]


def within(stretches: list[Stretch], at: int) -> bool:
    """Whether a position lies in one of the stretches, which stand in their order."""
    before = bisect_right(stretches, (at, inf))
    return before > 0 and at < stretches[before - 1][1]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled first when there is something to look at: it takes as long as reading a hundred files."""
    return re.compile(pattern)


def _is_phone(match: re.Match[str], text: str) -> bool:
    number, kind = match[0], match.lastgroup
    digits = sum(sign.isdigit() for sign in number)
    if kind == "abroad":
        plain = re.sub(r"\D", "", number.replace("(0)", ""))
        return plain.startswith(("46", "0046")) or _DIGITS_ABROAD[0] <= digits <= _DIGITS_ABROAD[1]
    if not _DIGITS_HERE[0] <= digits <= _DIGITS_HERE[1]:
        return False
    if kind == "plain" and _MOBILE.fullmatch(number):
        return True
    return kind not in ("plain", "spaced_long") or _has_near(text, match.span(), _OF_A_PHONE)


def _has_near(text: str, at: Stretch, words: str) -> bool:
    word = _compiled(words)
    start, end = at
    before = text[max(0, start - _CONTACT_NEAR) : start].rpartition("\n")[2]
    after = text[end : end + _CONTACT_NEAR].partition("\n")[0]
    return word.search(before) is not None or word.search(after) is not None
