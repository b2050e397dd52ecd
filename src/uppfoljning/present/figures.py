"""Figures, shares and days as Swedish text. The only place that rounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from uppfoljning.domain.number import Certainty, Number, half_up
from uppfoljning.domain.period import Period, period_name
from uppfoljning.domain.plan_history import Gap
from uppfoljning.files.git import SHORT
from uppfoljning.present.escape import one_line

UNKNOWN = "–"
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_LONG_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def figure(value: Number | None, certainty: Certainty = "", decimals: int = 2) -> str:
    """A number with spaces between thousands and a decimal comma: `1 234,5`; at most `decimals` decimals, a half rounds up."""
    if value is None:
        return UNKNOWN
    size = -value if value < 0 else value
    if isinstance(size, int):
        # Most are whole, and have nothing to round.
        whole, rest = size, 0
    else:
        whole, rest = divmod(half_up(size * 10**decimals), 10**decimals)
    text = f"{whole:,}".replace(",", " ")
    if rest:
        text += "," + f"{rest:0{decimals}}".rstrip("0")
    sign = "−" if value < 0 and (whole or rest) else ""
    return f"{certainty} {sign}{text}".strip()


def percent(share: Fraction | None, *limits: Number) -> str:
    """A ratio in whole percent: 3/4 is `75 %`. Where that would say that it is at a limit or past one, and it is not, there are
    decimals; 100 % is always a limit.
    """
    return UNKNOWN if share is None else f"{figure(_hundredths(share, (1, *limits)), decimals=_MOST_DECIMALS)} %"


_MOST_DECIMALS = 6


def _hundredths(share: Fraction, limits: Sequence[Number]) -> Number:
    """What is shown of a ratio, with as few decimals as tell on which side of the limits it lies."""
    shown: Number = share * 100
    for decimals in range(_MOST_DECIMALS + 1):
        shown = Fraction(_nearest(share * 100 * 10**decimals), 10**decimals)
        if all((shown > 100 * one, shown < 100 * one) == (share > one, share < one) for one in limits):
            break
    return shown


def _nearest(value: Fraction) -> int:
    return half_up(value) if value >= 0 else -half_up(-value)


def _last_place(share: Fraction, limits: Sequence[Number]) -> Fraction:
    """What one step of the last figure shown of a ratio is worth; of very large ones a hundredth of them."""
    _, _, decimals = percent(share, *limits).removesuffix(" %").partition(",")
    return max(Fraction(1, 100 * 10 ** len(decimals)), share / 100 if share > LARGE else Fraction(0))


LARGE = 10


def of_expected(value: Number | None, expected: Fraction, *limits: Number) -> str:
    """What is expected, with as many decimals as it takes for the ratio of what is shown to be the percentage shown beside it."""
    for decimals in range(expected.denominator > 1, _MOST_DECIMALS + 1):
        shown = Fraction(half_up(expected * 10**decimals), 10**decimals)
        if not value or not expected or decimals == _MOST_DECIMALS:
            break
        if shown and abs(Fraction(value) / shown - Fraction(value) / expected) <= _last_place(Fraction(value) / expected, limits):
            break
    return figure(shown, decimals=_MOST_DECIMALS)


def whole_percent(share: Fraction) -> int:
    """The number that `percent` shows."""
    part, whole = share.numerator, share.denominator
    rounded = (200 * part + whole) // (2 * whole)
    return 99 if part < whole and rounded >= 100 else rounded


def ratio(share: Fraction | None, of: tuple[int, int]) -> str:
    """A percentage with the two counts it comes from."""
    return UNKNOWN if share is None else f"{percent(share)} ({of[0]} av {of[1]})"


def day(value: date) -> str:
    """A day in running text: `3 jul`."""
    return f"{value.day} {_MONTHS[value.month - 1]}"


def days(period: Period, year: bool = False) -> str:
    """A period in running text, by its name where it has one that people use: `augusti`, `v. 14 2026`, `1 jan–30 apr`."""
    name = period_name(period)
    if len(name) == 7 and name[4] == "-" and name[5:].isdigit():
        return _LONG_MONTHS[int(name[5:]) - 1] + (f" {name[:4]}" if year else "")
    if "-W" in name:
        return f"v. {int(name[6:])} {name[:4]}"
    if period.days == 1:
        return period.first.isoformat() if year else day(period.first)
    if "–" in name:
        if year and period.first.year != period.last.year:
            return f"{day(period.first)} {period.first.year}–{day(period.last)} {period.last.year}"
        return f"{day(period.first)}–{day(period.last)}" + (f" {period.first.year}" if year else "")
    return name


def heading(period: Period, year: bool = False) -> str:
    """A period as the narrow heading of a column: `jan`, `K1`, `T1`, with its year `jan 2026`, `2026-K1`; else its days."""
    name = period_name(period)
    if len(name) == 7 and name[5:].isdigit():
        return _MONTHS[period.first.month - 1] + (f" {period.first.year}" if year else "")
    if len(name) == 7 and "W" not in name:
        return name if year else name[5:]
    return days(period, year)


def from_to(period: Period) -> str:
    """A period by its first and last day: `1 jan–30 apr`."""
    if period.days == 1:
        return day(period.first)
    name = days(period)
    return name if name in _LONG_MONTHS else f"{day(period.first)}–{day(period.last)}"


def plural(number: int, one: str, many: str) -> str:
    """`1 rapport`, `3 rapporter`."""
    return f"{figure(number)} {one if number == 1 else many}"


def signed(value: Number, decimals: int = 2) -> str:
    """A difference with its sign: `+6`, `−1`, `±0`."""
    text = figure(value, decimals=decimals)
    return f"±{text}" if text == "0" else text if value < 0 else f"+{text}"


# The words for what cannot be seen of a plan's past: never to be taken for that nothing is changed.


_UNSEEN = "det går inte att se om något är ändrat sedan beslutet"


def sentences(gaps: Iterable[Gap]) -> Iterator[str]:
    """What cannot be seen, why, and what to do, as whole sentences; the same is said once."""
    known = dict.fromkeys(gaps)
    for message, remedy in dict.fromkeys((_which(gap), gap.remedy) for gap in known if gap.decided):
        yield f"{_capital(_UNSEEN)}: {message}. {_capital(remedy)}."
    for gap in known:
        if not gap.decided:
            yield f"En tidigare lydelse går inte att läsa, {_which(gap)}. {_capital(gap.remedy)}."


def words(gaps: Iterable[Gap]) -> tuple[str, ...]:
    """The same in a few words, for a foot."""
    known = list(dict.fromkeys(gaps))
    said = [f"{_UNSEEN}: {message}" for message in dict.fromkeys(_which(gap) for gap in known if gap.decided)]
    if later := sum(not gap.decided for gap in known):
        said.append(plural(later, "tidigare lydelse går inte att läsa", "tidigare lydelser går inte att läsa"))
    return tuple(said)


def _which(gap: Gap) -> str:
    if not gap.commit:
        return one_line(gap.message)
    return one_line(f"lydelsen i commit {gap.commit[:SHORT]}{f' den {gap.day}' if gap.day else ''}: {gap.message}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def not_fetched(files: int, submodules: Iterable[str]) -> tuple[str, ...]:
    """What git has and the folder lacks, in a few words, for a foot."""
    said = [f"{plural(files, 'fil', 'filer')} i git finns inte i mappen (git sparse-checkout)"] if files else []
    return (*said, *(f"undermodulen {one_line(name)} är inte hämtad" for name in submodules))
