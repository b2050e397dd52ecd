"""Personal data never gets in: personal identity numbers are found by their date and check digit, and never shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from uppfoljning.domain.finding import Finding, Place, Problem, Span

_CANDIDATE = re.compile("(?<!\\d)(\\d{2})?(\\d{2})(\\d{2})(\\d{2})([ \u00a0]?[-+\u2010-\u2014\u2212]?[ \u00a0]?)(\\d{4})(?!\\d)")
_COORDINATION = 60
"""A coordination number adds 60 to the day."""
_FIRST_YEAR_OF_MOMENTS = 2016
"""Twelve digits from this year on are rather a moment, 202611201530, than a person; earlier ones are a person."""


def personal_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where in a text personal identity and coordination numbers stand, as start and end."""
    for match in _CANDIDATE.finditer(text):
        century, year, month, day, separator, last = match.groups()
        if _is_date(century, int(year), int(month), int(day)) and _luhn(year + month + day + last):
            recent = century and int(century + year) >= _FIRST_YEAR_OF_MOMENTS
            if not (recent and not separator.strip() and _is_clock(last)):
                yield match.span()


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


def mask(text: str) -> str:
    """The same text, as long as before, with every personal identity number covered; used on all that is printed from a file."""
    if not _CANDIDATE.search(text):
        return text
    for start, end in reversed(list(personal_numbers(text))):
        text = text[:start] + re.sub(r"\d", "•", text[start:end]) + text[end:]
    return text


def check_privacy(file: str, text: str) -> list[Finding]:
    """A finding for each personal identity number in a file's text, comments included; the number is not in it."""
    if not _CANDIDATE.search(text):
        return []
    found = []
    for start, end in personal_numbers(text):
        line = text.count("\n", 0, start) + 1
        column = start - (text.rfind("\n", 0, start) + 1) + 1
        span = Span(line, column, line, column + end - start)
        problem = Problem(
            "I101",
            "det här ser ut som ett personnummer",
            "ta bort numret och skriv plats, situation och funktion i stället; "
            "står det redan i historiken, läs uppfoljning regel I101",
            f"{sum(sign.isdigit() for sign in text[start:end])} siffror, visas inte",
        )
        found.append(Finding(Place(file, span=span), problem))
    return found


def check_name(file: str) -> list[Finding]:
    """The same for a file's name."""
    if not any(True for _ in personal_numbers(file)):
        return []
    return [Finding(Place(file), Problem("I101", "filens namn innehåller ett personnummer", "byt namn på filen"))]
