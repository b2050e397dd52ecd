"""The columns of the API's tables: each declared once, with its type and what it means, and made into a frame from that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from uppfoljning.domain.clock import parse_date
from uppfoljning.domain.period import Period, parse_period
from uppfoljning.rules.contact import mask

if TYPE_CHECKING:
    import pandas as pd

ColumnKind: TypeAlias = Literal["text", "whole", "figure", "yes", "day", "month", "quarter"] | tuple[str, ...]
"""What a column holds; a tuple is a closed list of words in its order. `whole` is what the program counts, `figure` all that a
file may state: it has no largest value, so the float has the exact figure beside it.
"""

DTYPES: Mapping[str, str] = {
    "text": "string",
    "whole": "Int64",
    "figure": "Float64",
    "yes": "boolean",
    "day": "datetime64[us]",
    "month": "period[M]",
    "quarter": "period[Q-DEC]",
}
"""The dtype of each kind. All of them have a missing value of their own and come back from Parquet as they were."""


class FrameColumn(NamedTuple):
    """A column: its name, what it holds, what it means, and how it is had from what a row is made of."""

    name: str
    kind: ColumnKind
    about: str
    of: Callable[[Any], Any]

    @property
    def dtype(self) -> str:
        """The dtype's name; that of closed words is `category`."""
        return DTYPES[self.kind] if isinstance(self.kind, str) else "category"


def exact(name: str) -> str:
    """The column with the exact figure of another: a text that `fractions.Fraction` reads, `13` or `13/24`.

    A name with a dot ends in what a form has named, and no such name has a dot, so that the two never meet.
    """
    return f"{name}.exakt" if "." in name else f"{name}_exakt"


def names_of(columns: Iterable[FrameColumn]) -> list[str]:
    """The names as a frame has them, the exact figures among them."""
    return [name for one in columns for name in ((one.name, exact(one.name)) if one.kind == "figure" else (one.name,))]


def frame_of(columns: Sequence[FrameColumn], rows: Sequence[Any], attrs: Mapping[str, Any]) -> pd.DataFrame:
    """A frame with a row for each of `rows`; without any the columns and their dtypes are the same.

    `attrs` say what the frame was made from, as plain values.
    """
    import pandas as pd

    made: dict[str, Any] = {}
    for column in columns:
        values = [column.of(row) for row in rows]
        if column.kind == "figure":
            made[column.name] = pd.array([None if one is None else float(one) for one in values], dtype="Float64")
            made[exact(column.name)] = pd.array([None if one is None else str(Fraction(one)) for one in values], dtype="string")
        else:
            made[column.name] = _array(column, values)
    frame = pd.DataFrame(made, columns=names_of(columns))
    frame.attrs = dict(attrs)
    return frame


def _array(column: FrameColumn, values: list[Any]) -> Any:
    import pandas as pd

    if isinstance(column.kind, tuple):
        return pd.Categorical(values, categories=pd.Index(column.kind, dtype="str"), ordered=True)
    match column.kind:
        case "text":
            return pd.array([None if one is None else clean(one) for one in values], dtype="string")
        case "month" | "quarter":
            letter = "M" if column.kind == "month" else "Q-DEC"
            return pd.PeriodIndex([pd.NaT if one is None else pd.Period(one, freq=letter) for one in values], freq=letter)
        case "day":
            return pd.Series(values, dtype="datetime64[us]").array
    return pd.array(values, dtype=column.dtype)


def clean(text: str) -> str:
    """A text as JSON shows it, personal numbers covered; a sign that no encoding can write becomes `?`."""
    return mask(text).encode("utf-8", "replace").decode("utf-8")


def joined(words: Iterable[str]) -> str | None:
    """Several words as one text, or None where there are none."""
    return ", ".join(words) or None


def day_from(text: str | None) -> date | None:
    """A day out of JSON."""
    found = parse_date(text) if text else None
    return found if isinstance(found, date) else None


def days_from(label: str | None) -> Period | None:
    """The days of a period as `period_name` writes it; None for a term, which only its plan can date."""
    first, dash, last = (label or "").partition("–")
    if dash:
        begin, end = parse_date(first), parse_date(last)
        return Period(begin, end) if isinstance(begin, date) and isinstance(end, date) else None
    found = parse_period(first)
    return found if isinstance(found, Period) else None


def at(*path: str) -> Callable[[Mapping[str, Any]], Any]:
    """What has a value out of JSON by its keys, None where a level is null or missing."""

    def value(row: Mapping[str, Any]) -> Any:
        found: Any = row
        for key in path:
            found = found.get(key) if found is not None else None
        return found

    return value


def text_of_list(*path: str) -> Callable[[Mapping[str, Any]], Any]:
    """As `at`, for a list of words."""
    get = at(*path)
    return lambda row: joined(get(row) or ())


def day_at(*path: str) -> Callable[[Mapping[str, Any]], Any]:
    """As `at`, for a day."""
    get = at(*path)
    return lambda row: day_from(get(row))


def period_columns(name: str, about: str, *path: str, own: bool = False) -> tuple[FrameColumn, FrameColumn, FrameColumn]:
    """A period: its label, and its first and last day beside, with `own` under names of its own.

    Never a `pandas.Period`, which reads `2026-T2` as February.
    """
    get = at(*path)
    first, last = (f"{name}_från", f"{name}_till") if own else ("från", "till")
    return (
        FrameColumn(name, "text", about, get),
        FrameColumn(first, "day", f"Första dagen i `{name}`", lambda row: (days := days_from(get(row))) and days.first),
        FrameColumn(last, "day", f"Sista dagen i `{name}`", lambda row: (days := days_from(get(row))) and days.last),
    )
