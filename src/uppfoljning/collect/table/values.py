"""Figures, answers and names as people write them in tables, turned into what the format has; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from unicodedata import normalize

from uppfoljning.collect.table.datetimes import Unreadable
from uppfoljning.domain.clock import parse_length
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.mapping import COMMA, POINT
from uppfoljning.domain.number import Number, exact, parse_number, written
from uppfoljning.domain.report import NOT_APPLICABLE
from uppfoljning.domain.schema import fold

NO_NUMBER = Unreadable("det går inte att läsa som ett tal; skriv siffror, till exempel 12 eller ca 20")
NOT_WHOLE = Unreadable("antalet ska vara ett helt tal från 0 och uppåt")
TWO_WAYS = Unreadable(
    "talet kan läsas på två sätt, för punkten kan skilja tusental eller decimaler; säg vilket med decimaltecken i mappningen"
)
NO_SHARE = Unreadable("det går inte att läsa som en andel; skriv till exempel 75 %")
ONE_OF_WHAT = Unreadable("andelen 1 kan vara 1 % eller 100 %; skriv tecknet %")
NO_LENGTH = Unreadable("det går inte att läsa som en tidslängd; skriv till exempel 3:45 eller 45 min")
NO_YES = Unreadable("svaret ska vara ja eller nej")
NO_STEP = Unreadable("svaret ska vara ja, nej eller ej aktuellt")

_YES = frozenset(("ja", "j", "yes", "y", "true", "sant", "sann", "1", "x", "✓", "✔", "☑", "✅"))
_NO = frozenset(("nej", "n", "no", "false", "falskt", "falsk", "0"))
_NOT_APPLICABLE = frozenset((NOT_APPLICABLE, "ej aktuell", "inte aktuellt", "ej relevant", "n/a", "na", "not applicable"))
_ABOUT = re.compile(r"(?:ca|c:a|cirka|circa|ungefär|runt|omkring|typ|approx|about|~|≈)\.?\s*(?=\d)")
_LEAST = re.compile(r"(?:minst|åtminstone|över|mer än|at least|≥)\s*(?=\d)")
_UNIT = re.compile(r"(?<=\d)\s*(?:st|styck|stycken|pers|person|personer|people)\.?$")
_WORDS = {
    word: str(number)
    for number, word in enumerate(("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"))
} | {"ett": "1", "inga": "0", "ingen": "0"}  # fmt: skip
_BY_POINT = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?\s*%?")
_BY_COMMA = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?\s*%?")
_MARKS = (("ca", "ca "), ("minst", "minst "))


def read_count(text: str) -> str | Unreadable:
    """A whole number, with `ca` or `minst` before it where the cell says so."""
    value = _figure(text)
    if isinstance(value, Unreadable):
        return value
    mark, number = value
    return NOT_WHOLE if isinstance(number, Fraction) or number < 0 else f"{mark}{number}"


def read_number(text: str) -> str | Unreadable:
    """Any number, likewise."""
    value = _figure(text)
    return value if isinstance(value, Unreadable) else f"{value[0]}{written(value[1])}"


def read_share(text: str) -> str | Unreadable:
    """A percentage. A cell that a spreadsheet shows as 75 % holds 0,75, so what lies between 0 and 1 is parts of one."""
    plain = _plain(text)
    percent = plain.endswith(("%", "procent"))
    value = _figure(plain.removesuffix("procent").removesuffix("%").rstrip())
    if isinstance(value, Unreadable) or value[0] or value[1] < 0:
        return NO_SHARE
    number = value[1]
    if not percent and number == 1:
        return ONE_OF_WHAT
    if not percent and 0 < number < 1:
        number = exact(Fraction(number) * 100)
    return f"{written(number)} %"


def with_comma(text: str, decimals: str) -> str:
    """A number with a decimal comma and nothing between thousands, where the sign that the table has before decimals is known."""
    plain = _plain(text)
    if decimals == POINT and _BY_POINT.fullmatch(plain):
        return plain.replace(",", "").replace(".", ",")
    if decimals == COMMA and _BY_COMMA.fullmatch(plain):
        return plain.replace(".", "")
    return text


def read_length(text: str) -> str | Unreadable:
    """A length of time, as hours and minutes where it has a colon or names them; the time of day 03:45:00 is 3:45."""
    plain = _plain(text)
    plain = re.sub(r"(?<=\d:\d\d):\d\d$", "", plain)
    plain = re.sub(r"(?<=\d)\s*(?:hours?|hrs?)\b", " tim", plain)
    plain = re.sub(r"(?<=\d)\s*(?:minutes?|mins?)\b", " min", plain)
    return NO_LENGTH if isinstance(parse_length(plain), Problem) else plain


def read_hours(text: str) -> str | Unreadable:
    """Hours of work as a number; a length of time is turned into one."""
    number = read_number(text)
    if isinstance(number, str):
        return NO_LENGTH if number.startswith(("-", "ca", "minst")) else number
    if number is TWO_WAYS:
        return number
    length = parse_length(_plain(text))
    return NO_LENGTH if isinstance(length, Problem) else written(_to_hundredths(length))


def _to_hundredths(hours: Number) -> Number:
    """Hours that have an end as a decimal: 20 minutes are 0,33."""
    return exact(Fraction(round(hours * 100), 100))


def read_yes(text: str) -> str | Unreadable:
    """`ja` or `nej`."""
    plain = _plain(text)
    return "ja" if plain in _YES else "nej" if plain in _NO else NO_YES


def read_step(text: str) -> str | Unreadable:
    """`ja`, `nej` or `ej aktuellt`."""
    if _plain(text) in _NOT_APPLICABLE:
        return NOT_APPLICABLE
    answer = read_yes(text)
    return NO_STEP if isinstance(answer, Unreadable) else answer


def read_name(text: str, names: Mapping[str, str], what: str) -> str | Unreadable:
    """The id of one of the plan's names, by its id or title; `names` are by folded id and title, two of them with no id."""
    found = names.get(folded(text))
    if found:
        return found
    return Unreadable(f"{what} finns inte i planen; översätt ordet under värden i mappningen")


def read_word(text: str, words: Mapping[str, str], what: str) -> str | Unreadable:
    """One of a closed list of words, whatever its case."""
    found = words.get(folded(text))
    return found or Unreadable(f"{what} är inget av de ord som kan väljas; översätt det under värden i mappningen")


def read_names(text: str, names: Mapping[str, str], what: str) -> list[str] | Unreadable:
    """The ids of several names, with semicolons, commas or lines between."""
    whole = names.get(folded(text))
    if whole:
        return [whole]
    found = []
    for part in re.split(r"[;\n]", text) if re.search(r"[;\n]", text) else text.split(","):
        if part.strip():
            one = read_name(part, names, what)
            if isinstance(one, Unreadable):
                return one
            found.append(one)
    return list(dict.fromkeys(found))


def by_fold(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Ids by folded id and title. A title that two have stands for none, but an id always for itself."""
    listed = list(named)
    names: dict[str, str] = {}
    for name, title in listed:
        at = folded(title)
        names[at] = "" if names.get(at, name) != name else name
    return names | {folded(name): name for name, _ in listed}


def folded(text: str) -> str:
    """A name without case, dots over å ä ö, and what stands around it."""
    return fold(_plain(text).strip(" .:?*"))


def _figure(text: str) -> tuple[str, Number] | Unreadable:
    """A number and the mark before it."""
    plain = _plain(text)
    mark = ""
    for about, (_, kept) in zip((_ABOUT, _LEAST), _MARKS, strict=True):
        shorter = about.sub("", plain, count=1)
        if shorter != plain:
            mark, plain = kept, shorter
            break
    if plain.endswith("+") and plain[:-1].isdigit():
        mark, plain = "minst ", plain[:-1]
    plain = _UNIT.sub("", plain).strip()
    plain = _WORDS.get(plain, plain)
    number = parse_number(plain)
    if isinstance(number, Problem):
        return TWO_WAYS if number.code == "S108" else NO_NUMBER
    return mark, number


def _plain(text: str) -> str:
    return " ".join(normalize("NFKC", text).casefold().split())
