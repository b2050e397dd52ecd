"""Figures as people write them: `1 234,5`, `ca 190`, `minst 71`, `75 %`. Exact: whole numbers stay int, others are fractions."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from uppfoljning.domain.finding import REMEMBERED, Problem

Number: TypeAlias = int | Fraction

Certainty = Literal["", "ca", "minst"]
"""How sure a figure is: as it stands, about, or at least."""


class Quantity(NamedTuple):
    """A reported figure with its certainty."""

    value: Number
    certainty: Certainty = ""


_SIGNS_OF_SPACE = " \u00a0\u202f\u2009"
_SPACES = f"[{_SIGNS_OF_SPACE}]"
_NUMBER = re.compile(rf"([-−]?)([0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}})+|[0-9]+)(?:[.,]([0-9]+))?")
_CERTAINTY = re.compile(r"(ca|c:a|cirka|minst)\.?\s+(.*)", re.IGNORECASE | re.DOTALL)
_THOUSANDS_BY_POINT = re.compile(r"[-−]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_LONGEST = 40
"""Signs of the longest figure that is read; no count of anything comes near."""


def exact(value: Fraction) -> Number:
    """A fraction as an int where it is whole."""
    return value.numerator if value.denominator == 1 else value


def written(value: Number) -> str:
    """A number as it stands in a file, with a decimal comma: `7,5`."""
    if isinstance(value, int):
        return str(value)
    return format(Decimal(value.numerator) / value.denominator, "f").replace(".", ",")


_NOTHING = ("na", "n/a", "nan", "null", "none", "nil", "<na>")
"""What other programs write where nothing stands, small."""
_IN_DIGITS = "skriv siffror, till exempel 12 eller 1 234,5"
_FIGURE_FIRST = re.compile(r"([0-9][0-9 ]*(?:[.,][0-9]+)?) ?[^\W\d_]+(?: [^\W\d_]+)*\.?")
"""A figure and what it counts, as `24 st`."""


@lru_cache(REMEMBERED)
def parse_number(text: str) -> Number | Problem:
    """A number with decimal comma or point and spaces between thousands. `1.500` could be 1,5 or 1500 and is refused."""
    if len(text) > _LONGEST:
        return Problem("S107", "värdet är för långt för att vara ett tal", "skriv siffror, till exempel 12 eller 1 234,5")
    if text.isdigit() and text.isascii() and (text[0] != "0" or text == "0"):
        return int(text)
    if _THOUSANDS_BY_POINT.fullmatch(text):
        plain = text.replace(".", " ")
        if text.count(".") > 1 or "," in text:
            return Problem("S108", "tusental skiljs med mellanslag, inte med punkt", f"skriv {plain}")
        remedy = f"skriv {plain} om punkten skiljer tusental, {text.replace('.', ',')} om den är ett decimaltecken"
        return Problem("S108", "talet kan läsas på två sätt", remedy, "punkt före tre siffror")
    match = _NUMBER.fullmatch(text)
    if match is None and text.casefold() in _NOTHING:
        return Problem("S107", "värdet är inget tal", "lämna det tomt", f"andra program skriver {text} där inget står")
    if match is None:
        alone = _FIGURE_FIRST.fullmatch(text)
        figure = alone[1].strip() if alone else ""
        remedy = f"skriv {figure}" if figure and not isinstance(parse_number(figure), Problem) else _IN_DIGITS
        return Problem("S107", "värdet är inget tal", remedy)
    sign, whole, decimals = match.groups()
    digits = re.sub(_SPACES, "", whole)
    if len(digits) > 1 and digits[0] == "0":
        plain = sign + (digits.lstrip("0") or "0") + (f",{decimals}" if decimals else "")
        return Problem("S107", "talet börjar med en nolla", f"skriv {plain}, eller sätt en kod i ett fält av typen text")
    value = Fraction(f"{digits}.{decimals}") if decimals else Fraction(int(digits))
    return exact(-value if sign else value)


@lru_cache(REMEMBERED)
def parse_count(text: str) -> int | Problem:
    """A whole number that is not negative."""
    value = parse_number(text)
    if isinstance(value, Problem):
        return value
    if isinstance(value, Fraction) or value < 0:
        return Problem("S109", "antalet ska vara ett helt tal från 0 och uppåt", "skriv till exempel 4")
    return value


@lru_cache(REMEMBERED)
def parse_quantity(text: str) -> Quantity | Problem:
    """A count that may begin with `ca` or `minst`."""
    return _with_certainty(text, parse_count)


@lru_cache(REMEMBERED)
def parse_measure(text: str) -> Quantity | Problem:
    """Any number that may begin with `ca` or `minst`."""
    return _with_certainty(text, parse_number)


def _with_certainty(text: str, parse: object) -> Quantity | Problem:
    match = _CERTAINTY.fullmatch(text)
    certainty: Certainty = ""
    if match is not None:
        certainty = "minst" if match[1].lower() == "minst" else "ca"
        text = match[2]
    value = parse(text)  # type: ignore[operator]
    if not isinstance(value, Problem):
        return Quantity(value, certainty)
    remedy = "" if certainty else _meant_loosely(text)
    return Problem("S107", "talet är ungefärligt", remedy, "ca och minst är orden för det osäkra") if remedy else value


_OVER = "drygt|dryga|över|mer än|fler än|åtminstone|lägst"
_ABOUT = "ungefär|omkring|runt|kring|knappt|närmare|nästan|uppemot|uppåt|typ|ungefärligen|uppskattningsvis"
_LOOSE = re.compile(rf"(?:(?P<over>{_OVER})|(?P<about>{_ABOUT}|~|≈))? ?(?P<said>.+?)(?P<plus>\+|-plus)?")
_TENS = ("tio", "tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio", "hundra")
_ROUND = {f"{name}tal": ten * 10 for ten, name in enumerate(_TENS, 1)} | {"tusental": 1000, "dussin": 12, "tjog": 20, "par": 2}
_NEAR_TEN = re.compile(r"(?:ett )?([0-9]+)[- ]?tal(?:et)?")
_RANGE = re.compile(r"(?:mellan )?([0-9]+) ?(?:[-–—]| till | à | och ) ?([0-9]+)")


def _meant_loosely(text: str) -> str:
    """How a figure that people call about so many is written: `drygt 60`, `ett 50-tal`, `10-15`; else nothing."""
    if len(text) > _LONGEST:
        return ""
    match = _LOOSE.fullmatch(" ".join(text.casefold().split()))
    if match is None:
        return ""
    said = match["said"]
    if between := _RANGE.fullmatch(said):
        low, high = int(between[1]), int(between[2])
        middle = f", eller ca {half_up(Fraction(low + high, 2))}" if not match["over"] else ""
        return f"skriv minst {low}{middle}" if low < high else ""
    near = _NEAR_TEN.fullmatch(said)
    figure = int(near[1]) if near else _ROUND.get(said.removeprefix("ett "))
    if figure is None and (match["over"] or match["about"] or match["plus"]):
        read = parse_count(said)
        figure = None if isinstance(read, Problem) else read
    if figure is None:
        return ""
    return f"skriv {'minst' if match['over'] or match['plus'] else 'ca'} {figure}"


def parse_share(text: str) -> Fraction | Problem:
    """A percentage as a ratio: `75 %` is 3/4."""
    if not text.endswith("%"):
        return Problem("S110", "här ska en andel i procent stå", "skriv till exempel 75 %")
    value = parse_number(text[:-1].rstrip(_SIGNS_OF_SPACE))
    if isinstance(value, Problem):
        return value
    if value < 0:
        return Problem("S110", "en andel kan inte vara under noll", "skriv till exempel 75 %")
    return Fraction(value) / 100


def half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
