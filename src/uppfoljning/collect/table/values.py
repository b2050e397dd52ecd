"""Figures, answers and names as people write them in tables, turned into what the format has; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from uppfoljning.domain.clock import MINUTES_A_DAY, parse_length
from uppfoljning.domain.finding import REMEMBERED, Problem
from uppfoljning.domain.mapping import COMMA, DAY_FIRST, POINT
from uppfoljning.domain.number import Number, exact, parse_number, written
from uppfoljning.domain.report import NOT_APPLICABLE
from uppfoljning.domain.synonyms import fold

# Days and clock times as people and programs write them in tables. What can be two days is no day.


class Unreadable(NamedTuple):
    """Why a cell cannot be read; the text never holds what stood there."""

    reason: str


class Moment(NamedTuple):
    """A day, and the minutes after midnight where the cell also tells a time."""

    day: date
    minutes: int | None = None


NO_DAY = Unreadable("det går inte att läsa som ett datum; skriv till exempel 2026-03-06")
AMBIGUOUS = Unreadable("datumet kan läsas på två sätt; säg vilket med datumordning i mappningen")
_TWO_DIGITS = Unreadable("året har två siffror, så datumet kan läsas på flera sätt; skriv året med fyra")
_NO_YEAR = Unreadable("årtalet saknas i datumet")
NO_ZONE = Unreadable("tidszonen går inte att läsa; skriv den som Z, +02:00, CET eller CEST, eller ta bort den")
SPAN = Unreadable("cellen har både start och slut; låt start och slut stå i var sin kolumn")
_SPAN_OR_ZONE = Unreadable("minustecknet kan stå före ett slut eller en tidszon; låt slutet stå i en egen kolumn")
_SKIPPED_HOUR = Unreadable("klockslaget finns inte, för klockan ställdes fram den natten; skriv det som klockan visade")
_BARE_ZONE = Unreadable("klockslaget har en tidszon men ingen dag; skriv det som klockan visade i Sverige")
NO_CLOCK = Unreadable("det går inte att läsa som ett klockslag; skriv till exempel 21:30")
_HALF_CLOCK = Unreadable("klockslaget kan läsas på två sätt, för en siffra fattas efter punkten; skriv till exempel 21:30")

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan januari january", "feb februari february", "mar mars march", "apr april", "maj may", "jun juni june",
         "jul juli july", "aug augusti august", "sep sept september", "okt oct oktober october", "nov november",
         "dec december"),
        1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAY = re.compile(
    r"(?:mån|tis|ons|tors?|fre|lör|sön)(?:dag(?:en)?)?\.?,?\s+|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sat|sun)(?:day)?\.?,?\s+"
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_LATE_YEAR = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})([-/. ])\s?(\d{4}|\d\d)")
_NO_YEAR_AT_ALL = re.compile(r"\d{1,2}[/.-]\d{1,2}\.?|(?:den )?\d{1,2}(?::?e|:?a)?[ .-]+[a-zåäö]+\.?|[a-z]+\.? \d{1,2}")
_DAY_NAMED = re.compile(r"(?:den )?(\d{1,2})(?::?[ea]|st|nd|rd|th)?[. -]+([a-zåäö]+)\.?[, -]+(\d{4}|\d\d)")
_MONTH_NAMED = re.compile(r"([a-zåäö]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,](\d+))?")
_BEFORE_SERIALS = date(1899, 12, 30)
"""Day 0 of the numbers that spreadsheets keep days as."""
_HALF_OF_DAY = r"\s*(?:[ap]\.?m\.?|[fe]\.?m\.?)"
_ZONES = {
    **dict.fromkeys(("z", "utc", "gmt", "wet"), 0),
    **dict.fromkeys(("cet", "bst", "west"), 60),
    **dict.fromkeys(("cest", "eet"), 120),
    "eest": 180,
}
"""Minutes before UTC of the names that programs write; a name with more than one meaning is not among them."""
_AT_HOME = ("europe/stockholm", "svensk tid")
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+\-\u2212])(\d{1,2})(?::?(\d\d))?")
_ZONE = r"(?:z|(?:utc|gmt)?\s?[+\-\u2212]\d{1,2}(?::?\d\d)?|[a-z]{3,5}|europe/stockholm|svensk tid)"
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|\[europe/stockholm\])$")
_TIME_AFTER = re.compile(
    rf"(.+?)(t|,?\s+(?:kl\.?\s*|klockan\s+)?|\s*,\s*)"
    rf"(\d{{1,2}}[:.]\d\d\S*(?:{_HALF_OF_DAY})?(?:\s+{_ZONE})?|\d{{1,2}}{_HALF_OF_DAY}(?:\s*{_ZONE})?)"
)
_CLOCK = re.compile(
    rf"(?:kl\.?|klockan)?\s*(\d{{1,2}})(?:[:.](\d\d))?(?:[:.](\d\d)(?:[.,]\d+)?)?({_HALF_OF_DAY})?(?:\s?({_ZONE}))?"
)
_END_AFTER = re.compile(r"\s*(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|\u2212|\btill\b|\bto\b)\s*")
_CLOCK_PACKED = re.compile(r"(?:kl\.?|klockan)?\s*(\d{1,2})(\d\d)")
_HALF = re.compile(r"\d{1,2}[.,]\d")
_PART_OF_DAY = re.compile(r"0[.,](\d{3,})")


def read_moment(text: str, order: str = "", zone: str = "") -> Moment | Unreadable:
    """The day in a cell, and its clock time where there is one, as clocks in Sweden showed it.

    `order` settles days like 05/01/2023, `zone` is what a clock time without a zone is in: `utc` where the program is known to
    write that, empty for Swedish time.
    """
    return _read_moment(_plain(text), order, zone)


@lru_cache(REMEMBERED)
def _read_moment(text: str, order: str, zone: str) -> Moment | Unreadable:
    if serial := _SERIAL.fullmatch(text):
        return _settled(_from_serial(serial), zone)
    day = _read_day(text, order)
    if isinstance(day, date):
        return Moment(day)
    if (split := _TIME_AFTER.fullmatch(_ASIDE.sub("", text))) is None:
        return day
    first = _read_day(split[1].strip(), order)
    if isinstance(first, Unreadable):
        return first
    written = split[3].strip()
    clock = _CLOCK.fullmatch(written)
    if clock is None or (clock[5] and _is_span(written)):
        return SPAN if _is_span(written) else NO_CLOCK
    if clock[5] and clock[5].startswith(("-", "\u2212")) and split[2] != "t" and not clock[3]:
        return _SPAN_OR_ZONE
    minutes = _minutes(clock, until=MINUTES_A_DAY - 1)
    if isinstance(minutes, Unreadable):
        return minutes
    return _settled(Moment(first, minutes), clock[5] or zone)


def _settled(moment: Moment, zone: str) -> Moment | Unreadable:
    """A moment as clocks in Sweden showed it; without a zone it is so already."""
    if moment.minutes is None:
        return moment
    if not zone or zone in _AT_HOME:
        spring = _last_sunday(moment.day.year, 3).date()
        return _SKIPPED_HOUR if moment.day == spring and 120 <= moment.minutes < 180 else moment
    ahead = _ahead(zone)
    return ahead if isinstance(ahead, Unreadable) else _at_home(moment.day, moment.minutes - ahead)


def _ahead(zone: str) -> int | Unreadable:
    """How many minutes a zone is ahead of UTC."""
    if zone in _ZONES:
        return _ZONES[zone]
    if (found := _OFFSET.fullmatch(zone)) is None:
        return NO_ZONE
    hours, minutes = int(found[2]), int(found[3] or 0)
    ahead = hours * 60 + minutes
    sign = 1 if found[1] == "+" else -1
    return sign * ahead if minutes < 60 and -12 * 60 <= sign * ahead <= 14 * 60 else NO_ZONE


def _is_span(text: str) -> bool:
    """Whether a cell holds two clock times, the later after a dash and too far from UTC to be a zone."""
    return read_span(text) is not None and not (_CLOCK.fullmatch(text) and _ahead_of(text) is not None)


def _ahead_of(text: str) -> int | None:
    found = _CLOCK.fullmatch(text)
    ahead = _ahead(found[5]) if found and found[5] else NO_ZONE
    return None if isinstance(ahead, Unreadable) else ahead


def read_span(text: str) -> tuple[str, str] | None:
    """The two clock times of a cell with a dash or `till` between; None where there are not two."""
    ends = _END_AFTER.split(_plain(text))
    if len(ends) != 2:
        return None
    begins, ends_at = (_CLOCK.fullmatch(end.strip()) for end in ends)
    if begins is None or ends_at is None or begins[5] or ends_at[5]:
        return None
    first, last = _minutes(begins, MINUTES_A_DAY - 1), _minutes(ends_at, MINUTES_A_DAY)
    if isinstance(first, Unreadable) or isinstance(last, Unreadable):
        return None
    return f"{first // 60:02}:{first % 60:02}", f"{last // 60:02}:{last % 60:02}"


def read_clock(text: str, *, end: bool = False, order: str = "", zone: str = "") -> int | Unreadable:
    """Minutes after midnight; `end` says that it may be 24:00. A moment in the cell gives its time."""
    return _read_clock(_plain(text), end, order, zone)


@lru_cache(REMEMBERED)
def _read_clock(text: str, end: bool, order: str, zone: str) -> int | Unreadable:
    until = MINUTES_A_DAY if end else MINUTES_A_DAY - 1
    if _HALF.fullmatch(text):
        return _HALF_CLOCK
    if part := _PART_OF_DAY.fullmatch(text):
        return int(round(int(part[1]) * MINUTES_A_DAY / 10 ** len(part[1])) % MINUTES_A_DAY)
    if read_span(text) is not None:
        return SPAN
    if clock := _CLOCK.fullmatch(text):
        if clock[5] and clock[5] not in _AT_HOME and _ahead(clock[5]) not in (60, 120):
            return _BARE_ZONE if isinstance(_ahead(clock[5]), int) else NO_ZONE
        return _minutes(clock, until)
    if packed := _CLOCK_PACKED.fullmatch(text):
        return _checked(int(packed[1]), int(packed[2]), until)
    moment = _read_moment(text, order, zone)
    if isinstance(moment, Moment):
        return NO_CLOCK if moment.minutes is None else moment.minutes
    return moment if moment in (SPAN, NO_ZONE, _SPAN_OR_ZONE, _SKIPPED_HOUR) else NO_CLOCK


def _plain(text: str) -> str:
    return " ".join(normalize("NFKC", text).casefold().split())


def _read_day(text: str, order: str) -> date | Unreadable:
    text = _WEEKDAY.sub("", text, count=1)
    if found := _ISO.fullmatch(text) or _PACKED.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_NAMED.fullmatch(text):
        return _named(found[3], found[2], found[1])
    if found := _MONTH_NAMED.fullmatch(text):
        return _named(found[3], found[1], found[2])
    if found := _LATE_YEAR.fullmatch(text):
        return _late_year(found, order)
    return _NO_YEAR if _NO_YEAR_AT_ALL.fullmatch(text) else NO_DAY


def _late_year(found: re.Match[str], order: str) -> date | Unreadable:
    """A day with its year last: 1/5-23 and 1.5.2023 have the day first; 05/01/2023 and 5-1-2023 may have either."""
    first, sign, second, other_sign, written = found.groups()
    one, two = int(first), int(second)
    year = int(written) if len(written) == 4 else 2000 + int(written)
    day_first = (sign == "/" and other_sign in "- ") or (sign == other_sign == "." and len(written) == 4)
    if sign != other_sign and not day_first:
        return NO_DAY
    if day_first or one == two:
        return _day(year, two, one) if day_first or len(written) == 4 else _TWO_DIGITS
    if len(written) == 2 and (not order or sign == "-"):
        return _TWO_DIGITS
    if one > 12 or two > 12:
        return _day(year, two, one) if one > 12 else _day(year, one, two)
    if not order:
        return AMBIGUOUS
    return _day(year, two, one) if order == DAY_FIRST else _day(year, one, two)


def _named(year: str, month: str, day: str) -> date | Unreadable:
    number = _MONTHS.get(month)
    return NO_DAY if number is None else _day(int(year) + (2000 if len(year) == 2 else 0), number, int(day))


def _day(year: int, month: int, day: int) -> date | Unreadable:
    try:
        return date(year, month, day)
    except ValueError:
        return Unreadable("datumet finns inte i kalendern")


def _from_serial(found: re.Match[str]) -> Moment:
    """A day as a spreadsheet's number, 45047 or 45047,895."""
    minutes = round(int(found[2]) * MINUTES_A_DAY / 10 ** len(found[2])) if found[2] else 0
    day = _BEFORE_SERIALS + timedelta(int(found[1]), minutes=minutes)
    return Moment(day, minutes % MINUTES_A_DAY if found[2] else None)


def _minutes(clock: re.Match[str], until: int) -> int | Unreadable:
    hours, minutes = int(clock[1]), int(clock[2] or 0)
    if half := clock[4]:
        if not 1 <= hours <= 12:
            return NO_CLOCK
        hours = hours % 12 + (12 if half.strip().startswith(("p", "e")) else 0)
    return _checked(hours, minutes, until)


def _checked(hours: int, minutes: int, until: int) -> int | Unreadable:
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= until else NO_CLOCK


def _at_home(day: date, minutes: int) -> Moment:
    """A moment in UTC as clocks in Sweden showed it, two hours later in summer, else one; not every computer knows zones."""
    moment = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    summer = _last_sunday(day.year, 3) <= moment < _last_sunday(day.year, 10)
    moment += timedelta(hours=2 if summer else 1)
    return Moment(moment.date(), moment.hour * 60 + moment.minute)


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1)
    return last - timedelta(days=(last.weekday() + 1) % 7)


# Periods as people and programs write them, in the grammar of the format.

_YEAR = r"(?P<year>\d{4})"
_PERIODS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}\s?-?(?P<kind>m|q|k|t|h|w|v)\.?\s?(?P<number>\d{{1,2}})",
        rf"(?P<kind>q|k|t|h|w|v|kvartal|quarter|tertial|halvår|vecka|week)\.?\s?(?P<number>\d{{1,2}})[\s,/-]*(?:år\s)?{_YEAR}",
        rf"{_YEAR}[\s,/-]*(?P<kind>kvartal|quarter|tertial|halvår|vecka|week)\.?\s?(?P<number>\d{{1,2}})",
        rf"(?P<number>\d)(?::a|:e)?\s?(?P<kind>kvartalet|tertialet|halvåret)[\s,]*{_YEAR}",
        rf"(?P<number>0?[1-9]|1[0-2])[/.-]{_YEAR}",
        rf"{_YEAR}[/. ](?P<number>0?[1-9]|1[0-2])",
        r"(?P<year>(?:19|20)\d\d)(?P<number>0[1-9]|1[0-2])",
        r"(?P<name>[a-zåäö]+)\.?[\s,/-]*(?P<year>\d{4}|'?\d\d)",
        rf"{_YEAR}[\s,/-]*(?P<name>[a-zåäö]+)\.?",
    )
)
_PERIOD_SIGNS = {"q": "K", "k": "K", "t": "T", "h": "H", "w": "W", "v": "W", "m": ""}


def read_period(text: str) -> str:
    """A period that is written as jan-25, 2026M03, Q3 2025 or v. 40 2025, as the format has it; empty when it is none."""
    plain = _plain(text)
    for pattern in _PERIODS:
        if (found := pattern.fullmatch(plain)) is None:
            continue
        parts = found.groupdict()
        year = parts["year"].removeprefix("'")
        year = year if len(year) == 4 else f"20{year}"
        if "name" in parts:
            number, sign = _MONTHS.get(parts["name"], 0), ""
        else:
            number, sign = int(parts["number"]), _PERIOD_SIGNS[(parts.get("kind") or "m")[0]]
        if number:
            return f"{year}-{sign}{number}" if sign in ("K", "T", "H") else f"{year}-{sign}{number:02}"
    return ""


NO_NUMBER = Unreadable("det går inte att läsa som ett tal; skriv siffror, till exempel 12 eller ca 20")
NOT_WHOLE = Unreadable("antalet ska vara ett helt tal från 0 och uppåt")
TWO_WAYS = Unreadable(
    "talet kan läsas på två sätt, för tecknet kan skilja tusental eller decimaler; säg vilket med decimaltecken i mappningen"
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
_TWO_WAYS = re.compile(r"-?[1-9]\d{0,2},\d{3}")
"""As two-way as 1.234, which the format refuses: thousands in English, decimals in Swedish."""
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
        plain = plain.replace(",", "").replace(".", ",")
    elif decimals == COMMA and (_BY_COMMA.fullmatch(plain) or _TWO_WAYS.fullmatch(plain)):
        plain = plain.replace(".", "")
    else:
        return text
    # A last zero says that the comma has been settled.
    return f"{plain}0" if _TWO_WAYS.fullmatch(plain) else plain


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
    if _TWO_WAYS.fullmatch(plain):
        return TWO_WAYS
    if isinstance(number, Problem):
        return TWO_WAYS if number.code == "S108" else NO_NUMBER
    return mark, number
