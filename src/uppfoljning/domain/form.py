"""A form: the questions of a quick report and how each answer is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppfoljning.domain.clock import parse_date, parse_end, parse_length, parse_moment
from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.domain.number import (
    Number,
    Quantity,
    parse_count,
    parse_measure,
    parse_number,
    parse_quantity,
    parse_share,
    written,
)
from uppfoljning.domain.scalars import one_of, parse_field_id, parse_id, parse_text, parse_yes
from uppfoljning.domain.schema import NOTHING, Parse, Record, field, listing, nested, suggestion, table, thing, wants_text

TYPES = ("antal", "tal", "andel", "text", "ja/nej", "val", "datum", "tid", "tidpunkt", "längd")
SUMMABLE = ("antal", "tal", "ja/nej", "längd")
"""Types that have a sum; in a statement of totals a ja/nej field is the number of ja."""


class Field(Record):
    """One question of a form."""

    question: str = field("fråga", parse_text, "Frågan som ställs", default="")
    type: str = field("typ", one_of(TYPES), "Svarets slag: " + ", ".join(TYPES), required=True)
    required: bool = field("krävs", parse_yes, "ja om frågan ska vara besvarad", default=False)
    about: str = field("avser", one_of(("personer",)), "personer om siffran räknar människor", default="")
    part_of: str = field("ingår_i", parse_field_id, "Fältet som det här är en del av", default="")
    choices: tuple[str, ...] = nested("av", listing(parse_text), "Svaren att välja bland, för val", default=())
    at_least: Number | None = field("minst", parse_number, "Minsta tillåtna värde")
    at_most: Number | None = field("högst", parse_number, "Högsta tillåtna värde")


class Form(Record):
    """The form of a quick report."""

    id: str = field("snabbrapport", parse_id, "Blankettens id, samma som filens namn", required=True)
    title: str = field("titel", parse_text, "Blankettens namn", required=True)
    least_crew: Mapping[str, int] = nested("minst_funktioner", table(parse_id, parse_count), "Minsta bemanning", default=NOTHING)
    fields: Mapping[str, Field] = nested("fält", table(parse_field_id, thing(Field), nested=True), "Frågorna", default=NOTHING)

    @property
    def required(self) -> list[str]:
        """The fields that every carried-out occasion must answer."""
        return [name for name, field in self.fields.items() if field.required]


def parse_answer(field: Field, raw: Tree, *, total: bool) -> Any:
    """An answer by its field's type, or a `Problem`. `total` says that it belongs to a statement of totals."""
    if not isinstance(raw, str):
        return wants_text()
    value = _by_type(field, raw, total)
    if isinstance(value, Quantity) and not total:
        return _beyond(field, value) or value
    return value


def _beyond(field: Field, value: Quantity) -> Problem | None:
    """A figure outside the limits of its field; those of a share are in percent."""
    if field.at_least is None and field.at_most is None:
        return None
    size = value.value * 100 if field.type == "andel" else value.value
    if field.at_least is not None and size < field.at_least:
        return Problem("S121", f"värdet är lägre än {written(field.at_least)}", _ALLOWED.format(_limits(field)))
    if field.at_most is not None and size > field.at_most:
        return Problem("S121", f"värdet är högre än {written(field.at_most)}", _ALLOWED.format(_limits(field)))
    return None


_ALLOWED = "kontrollera siffran; blanketten tillåter {}"


def _limits(field: Field) -> str:
    ends = (("från", field.at_least), ("till", field.at_most))
    return " ".join(f"{word} {written(limit)}" for word, limit in ends if limit is not None)


def _number_of_yes(raw: str) -> Quantity | Problem:
    """In a statement of totals a ja/nej question is answered by how many said ja."""
    if isinstance(parse_yes(raw), Problem):
        return parse_quantity(raw)
    return Problem("S107", "för en period ska svaret vara ett antal", "skriv hur många som svarade ja, till exempel 12")


def _by_type(field: Field, raw: str, total: bool) -> Any:
    if total and field.type == "ja/nej":
        return _number_of_yes(raw)
    if field.type == "val":
        if raw in field.choices:
            return raw
        remedy = suggestion(raw, field.choices)
        return Problem(
            "S123", f"{raw} är inget av svaren", f"{remedy} Har svaret bytt namn: låt det gamla stå kvar i av: i blanketten"
        )
    return _PARSERS.get(field.type, parse_text)(raw)


def _parse_ratio(raw: str) -> Quantity | Problem:
    share = parse_share(raw)
    return share if isinstance(share, Problem) else Quantity(share)


def _parse_hours(raw: str) -> Quantity | Problem:
    hours = parse_length(raw)
    return hours if isinstance(hours, Problem) else Quantity(hours)


_PARSERS: Mapping[str, Parse] = {
    "antal": parse_quantity,
    "tal": parse_measure,
    "andel": _parse_ratio,
    "ja/nej": parse_yes,
    "datum": parse_date,
    "tid": parse_end,
    "tidpunkt": parse_moment,
    "längd": _parse_hours,
}


def figure_of(answer: Any) -> Quantity | None:
    """What an answer adds to a sum, or None when its type has no sum."""
    if isinstance(answer, bool):
        return Quantity(int(answer))
    return answer if isinstance(answer, Quantity) else None
