"""The schema of each kind of document, and its name as a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from uppfoljning.domain import clock, indicator, mapping, number, period, report, scalars, target_reading
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.form import Form
from uppfoljning.domain.indicator import Indicator
from uppfoljning.domain.judgement import Judgement
from uppfoljning.domain.mapping import TableMapping
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.report import QuickReport, no_day
from uppfoljning.domain.scalars import parse_text
from uppfoljning.domain.schema import (
    ANY,
    LIST,
    TABLE,
    WORDS,
    Parse,
    Record,
    SchemaField,
    made_of,
    missing_key,
    raw_table,
    wants_list,
    wants_mapping,
)
from uppfoljning.domain.target import NO_NUMBER, OPERATORS
from uppfoljning.domain.target_reading import WrittenTarget, no_promise, second_promise
from uppfoljning.present.layout import ANY_WIDTH, fold
from uppfoljning.present.terminal import BLANK, TextLine, plain

# How each parser of single texts looks to an editor: the words and the pattern it takes, and what an editor takes for a number.


class Look(NamedTuple):
    """A kind of text: closed `words`, a `pattern` of the whole text, and `other`, a schema of what YAML reads as no text.

    A schema in `other` names its types; a text is right when it is one of the words or has the pattern.
    """

    words: tuple[str, ...] = ()
    pattern: str = ""
    other: Mapping[str, Any] | None = None


def _either_case(word: str) -> str:
    return "".join(f"[{sign.upper()}{sign}]" if sign.isalpha() else sign for sign in word)


_SPACE = "[ \u00a0\u202f\u2009]"
_BY_POINT = r"(?![-−]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?(?![0-9.,]))"
_WHOLE = f"(?:0|[1-9][0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}})+|[1-9][0-9]*)"
_NUMBER = f"{_BY_POINT}[-−]?{_WHOLE}(?:[.,][0-9]+)?"
_NOT_BELOW_ZERO = f"{_BY_POINT}(?:{_WHOLE}(?:[.,][0-9]+)?|[-−]0(?:[.,]0+)?)"
_COUNT = f"{_BY_POINT}(?:{_WHOLE}|[-−]0)(?:[.,]0+)?"
_CERTAIN = "(?:(?:" + "|".join(map(_either_case, ("ca", "c:a", "cirka", "minst"))) + r")\.?\s+)?"
_SHARE = f"{_NOT_BELOW_ZERO}{_SPACE}*%"

_YEAR = "(?!0000)[0-9]{4}"
_LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?!0000)(?:[02468][048]|[13579][26])00)"
_DATE = (
    f"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    f"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP_YEAR}-02-29)"
)
_PERIOD = f"(?:{_YEAR}(?:-(?:H[12]|T[1-3]|K[1-4]|W(?:0[1-9]|[1-4][0-9]|5[0-3])|0[1-9]|1[0-2]))?|(?:VT|HT)[0-9]{{4}}|{_DATE})"
_ZERO = r"(?::00(?:\.0+)?)?"
_START = f"(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9]{_ZERO}"
_END = f"(?:{_START}|24[:.]00{_ZERO})"

_PART = "[0-9]{1,6}(?:[.,][0-9]{1,6})?"
_LENGTH = (
    rf"(?=[0-9])(?:{_BY_POINT}[0-9]+(?:[.,][0-9]+)?\s*(?:timmar|timme|tim|h)\.?)?"
    rf"\s*(?:{_BY_POINT}{_PART}\s*(?:minuter|minut|min)\.?)?\s*(?:{_BY_POINT}{_PART}\s*(?:sekunder|sekund|sek|s)\.?)?"
)

_ID = "[a-z0-9åäö-]+"
_FIELD = "[a-z0-9åäö_-]+"
_YES = ("ja", "nej")
_YES_NO = "|".join(map(_either_case, (*_YES, "true", "false")))
_STEP_ANSWERS = (*_YES, report.NOT_APPLICABLE)
_WHOLE_NUMBER = {"type": ["integer"], "minimum": 0}
_ANY_NUMBER = {"type": ["number"]}

_LOOKS: dict[Callable[..., Any], Look] = {
    scalars.parse_text: Look(pattern=r"(?=[\s\S]*\S)[\s\S]*", other={"type": ["number", "boolean"]}),
    scalars.parse_id: Look(pattern=_ID, other={"type": ["integer"]}),
    scalars.parse_field_id: Look(pattern=_FIELD, other={"type": ["integer"]}),
    scalars.parse_yes: Look(_YES, _YES_NO, {"type": ["boolean"]}),
    scalars.parse_scb_code: Look(pattern="[0-9]{4}", other={"type": ["integer"], "minimum": 0, "maximum": 9999}),
    scalars.parse_address: Look(pattern=r"https?://\S+"),
    number.parse_number: Look(pattern=_NUMBER, other=_ANY_NUMBER),
    number.parse_count: Look(pattern=_COUNT, other=_WHOLE_NUMBER),
    number.parse_quantity: Look(pattern=_CERTAIN + _COUNT, other=_WHOLE_NUMBER),
    number.parse_share: Look(pattern=_SHARE),
    clock.parse_date: Look(pattern=_DATE),
    # 20.30 is a clock time to us and a number to an editor.
    clock.parse_start: Look(pattern=_START, other={"type": ["number"], "minimum": 0, "exclusiveMaximum": 24}),
    clock.parse_end: Look(pattern=_END, other={"type": ["number"], "minimum": 0, "maximum": 24}),
    clock.parse_window: Look(pattern=rf"{_START}\s*[–—-]\s*{_END}"),
    clock.parse_weekday: Look(clock.WEEKDAYS),
    clock.parse_within: Look(
        pattern=_NOT_BELOW_ZERO + r"\s*(?:minuter|minut|min|timmar|timme|tim|dygn|dagar|dag|veckor|vecka)\.?"
    ),
    period.parse_period: Look(pattern=_PERIOD, other={"type": ["integer"], "minimum": 1, "maximum": 9999}),
    indicator.parse_month: Look(pattern="[0-9]{4}-(?:0[1-9]|1[0-2])"),
    indicator.parse_exposure: Look(pattern=_NOT_BELOW_ZERO, other={"type": ["number"], "exclusiveMinimum": 0}),
    report.parse_reference: Look(pattern=f"(?:{_ID}/)?{_ID}", other={"type": ["integer"]}),
    report.parse_receipt: Look(pattern="[0-9A-Za-zÅÄÖåäö._:/-]{1,120}", other={"type": ["integer"], "minimum": 0}),
    report.parse_step_answer: Look(_STEP_ANSWERS, f"{'|'.join(map(_either_case, _STEP_ANSWERS))}|{_COUNT}", _WHOLE_NUMBER),
    report.parse_hours: Look(pattern=_NOT_BELOW_ZERO, other={"type": ["number"], "minimum": 0}),
    mapping.parse_heading: Look(pattern=r"(?=[\s\S]*[^\s?:*])[\s\S]*", other={"type": ["number", "boolean"]}),
    mapping.parse_cell: Look(pattern=r"[\s\S]*", other={"type": ["number", "boolean"]}),
    mapping.parse_target: Look(pattern=r"[a-zåäö_]+(?:\.[a-z0-9åäö_-]+)?"),
    mapping.parse_code_width: Look(pattern="[1-9]|1[0-9]|20", other={"type": ["integer"], "minimum": 1, "maximum": 20}),
    target_reading.parse_amount: Look(pattern=f"{_NUMBER}|{_SHARE}|{_LENGTH}", other=_ANY_NUMBER),
    target_reading.parse_open_amount: Look(NO_NUMBER, f"{_NUMBER}|{_LENGTH}", _ANY_NUMBER),
    target_reading.parse_portion: Look(pattern=_NOT_BELOW_ZERO, other={"type": ["number"], "minimum": 0}),
}


def look_of(parse: Parse) -> Look:
    """How a parser's texts look; KeyError for one that nothing is told of."""
    told = made_of(parse)
    if told is not None and told[0] == WORDS:
        return Look(told[1])
    return _LOOKS[parse]


@cache
def refusal(parse: Parse) -> tuple[str, str]:
    """What a parser says of a text that it cannot take, and what it tells to write instead."""
    told = made_of(parse)
    if told is not None and told[0] == WORDS:
        return "värdet är inget av de ord som kan stå här", "välj bland: " + ", ".join(told[1])
    if parse is mapping.parse_cell:
        return "här ska en enda text stå", 'skriv värdet som det står i tabellen, och "" för en tom cell'
    problem = next(problem for text in ("?", " ") if isinstance(problem := parse(text), Problem))
    return problem.message, f"{problem.remedy} ({problem.note})" if problem.note else problem.remedy


# A schema made of the declarations that read the files: a class of the domain, a reader, or a parser of one text.


Schema: TypeAlias = dict[str, Any]

_EMPTY: Schema = {"if": {"type": "null"}, "else": False}
"""Nothing at all. Said with `type` alone, an editor would offer the word null, which is a text to us."""


def of_record(cls: type[Record], without: Sequence[str] = (), *, empty: bool = False) -> Schema:
    """A mapping with the keys of a class. `empty` says that nothing at all may stand instead."""
    keys = {name: one for name, (_, one) in cls.KEYS.items() if name not in without}
    demands = [_typed("object", wants_mapping(), empty)]
    demands += [{"required": [name], "errorMessage": _said(missing_key(name))} for name in cls.REQUIRED]
    if cls is WrittenTarget:
        demands += [_some_of(OPERATORS, no_promise()), *_one_operator()]
    elif cls is QuickReport:
        demands.append(_some_of(("datum", "period"), no_day()))
    return {
        "allOf": demands,
        "properties": {name: of_key(one) for name, one in keys.items()},
        "additionalProperties": False,
        "errorMessage": f"Nyckeln finns inte här. Nycklarna är: {', '.join(keys)}.",
    }


def of_key(declared: SchemaField) -> Schema:
    """What stands after one key, with what the key means; a key that need not be there may also be empty."""
    read = declared.parse or declared.read
    assert read is not None
    schema = {"title": declared.name, "description": declared.about, **of_form(read, empty=not declared.required)}
    if declared.parse not in (None, parse_text) and look_of(declared.parse).pattern:
        remedy = _sentence(refusal(declared.parse)[1])
        schema["markdownDescription"] = f"{_as_markdown(_sentence(declared.about))}\n\n{_as_markdown(remedy)}"
    return schema


def of_form(form: Any, *, empty: bool = False) -> Schema:
    """A class, a reader or a parser. LookupError for one that tells nothing of itself."""
    if isinstance(form, type) and issubclass(form, Record):
        return of_record(form, empty=empty)
    if form is raw_table:
        return _table(parse_text, parse_text, empty)
    how, of = made_of(form) or (None, ())
    if how == LIST:
        return {"allOf": [_typed("array", wants_list(), empty)], "items": of_form(of[0])}
    if how == TABLE:
        return _table(of[0], of[1], empty)
    if how == ANY:
        return _any_of([of_form(one) for one in of], empty)
    return _text(form, empty)


def _text(parse: Any, empty: bool) -> Schema:
    look = look_of(parse)
    message = _said(Problem("", *refusal(parse)))
    taken: list[Schema] = []
    if look.words:
        taken.append({"enum": list(look.words), "errorMessage": message})
    if look.pattern:
        text = {"type": "string", "pattern": f"^(?:{look.pattern})$", "errorMessage": message}
        taken.append(_unless(look.other, text, empty))
    elif empty:
        taken.append(_EMPTY)
    # An editor that completes a key goes on to its value where it sees a type, some words or `anyOf`, but not at `if`.
    return taken[0] if len(taken) == 1 and "if" not in taken[0] else {"anyOf": taken}


def _unless(other: Any, schema: Schema, empty: bool) -> Schema:
    """A schema for all that is not of some other type; so an editor offers no other type when it completes a value."""
    types = [*(other["type"] if other else ()), *(["null"] if empty else ())]
    return {"if": {**(other or {}), "type": types}, "else": schema} if types else schema


def _table(parse_key: Any, value: Any, empty: bool) -> Schema:
    """A mapping with free keys, or with the words of a closed list as keys."""
    # A text that is left empty is left out; anything larger is not.
    inner = of_form(value, empty=not _is_larger(value))
    schema: Schema = {"allOf": [_typed("object", wants_mapping(), empty)]}
    look = look_of(parse_key)
    message = _said(Problem("", *refusal(parse_key)))
    if look.pattern:
        return schema | {
            "properties": {},
            "propertyNames": {"pattern": f"^(?:{look.pattern})$", "errorMessage": message},
            "additionalProperties": inner,
        }
    return schema | {
        "properties": {word: {"title": word, **inner} for word in look.words},
        "additionalProperties": False,
        "errorMessage": message,
    }


def _is_larger(form: Any) -> bool:
    return isinstance(form, type) or form is raw_table or (made_of(form) or (WORDS,))[0] != WORDS


def _any_of(schemas: Iterable[Schema], empty: bool) -> Schema:
    """One of some schemas; a single one stands by itself."""
    taken = [*schemas, *([_EMPTY] if empty else [])]
    return taken[0] if len(taken) == 1 else {"anyOf": taken}


def _typed(kind: str, wrong: Problem, empty: bool) -> Schema:
    return _unless(None, {"type": kind, "errorMessage": _said(wrong)}, empty)


def _some_of(names: Sequence[str], none: Problem) -> Schema:
    """At least one of some keys, and what is said of none."""
    return {"anyOf": [{"required": [name], "errorMessage": _said(none)} for name in names]}


def _one_operator() -> list[Schema]:
    """No second operator in a target."""
    return [
        {
            "if": {"required": [first]},
            "then": {"properties": {other: False}, "errorMessage": _said(second_promise(first, other))},
        }
        for position, first in enumerate(OPERATORS)
        for other in OPERATORS[position + 1 :]
    ]


def _said(problem: Problem) -> str:
    """A problem as the sentences that an editor shows."""
    note = f" ({problem.note})" if problem.note else ""
    return f"{_sentence(problem.message)} {_sentence(problem.remedy + note)}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "…")) else ".")


def _as_markdown(text: str) -> str:
    """A text of ours, with the signs that markdown would take for its own as they are."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|" else sign for sign in text)


class Kind(NamedTuple):
    """A kind of document: what it is called, its class, where its files lie, and the keys that only a CSV row has."""

    title: str
    about: str
    cls: type[Record]
    files: tuple[str, ...]
    only_in_rows: tuple[str, ...] = ()


KINDS = {
    "plan": Kind(
        "Plan",
        "Vad som är lovat, av vem, och hur det följs upp.",
        Plan,
        ("plans/**/*.yaml", "!plans/snabbrapporter/**", "!plans/indikatorer/**", "!plans/mappningar/**"),
    ),
    "snabbrapport": Kind(
        "Snabbrapport",
        "Ett tillfälle, eller totaler för en period.",
        QuickReport,
        ("reports/**/*.yaml", "!reports/bedomningar/**"),
        ("id",),
    ),
    "blankett": Kind("Blankett", "Frågorna i en snabbrapport.", Form, ("plans/snabbrapporter/**/*.yaml",)),
    "indikator": Kind("Utfallsserie", "Vad en serie av månadssiffror är.", Indicator, ("plans/indikatorer/**/*.yaml",)),
    "bedomning": Kind("Bedömning", "Vad ni kommit fram till om varje åtagande.", Judgement, ("reports/bedomningar/**/*.yaml",)),
    "mappning": Kind("Mappning", "Hur en tabell från någon annan blir rapporter.", TableMapping, ("plans/mappningar/**/*.yaml",)),
}
"""The kinds by the word on the command line. Of `files`, those after `!` are left out."""


def schema_text(name: str) -> str:
    """The schema of a kind as JSON, the same every time."""
    kind = KINDS[name]
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": kind.title,
        "description": kind.about,
        **of_record(kind.cls, kind.only_in_rows),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def file_name(name: str) -> str:
    """What the schema of a kind is called as a file."""
    return f"{name}.schema.json"


def editor_settings(folder: str = "schema") -> dict[str, list[str]]:
    """Which files each schema in a folder of the project is for, as `yaml.schemas` in the settings of VS Code says it."""
    return {f"./{folder}/{file_name(name)}": list(kind.files) for name, kind in KINDS.items()}


def schema_list(room: int | None) -> Iterator[TextLine]:
    """The kinds, and how an editor is told of a schema."""
    width = room or ANY_WIDTH
    wide = max(map(len, KINDS))
    for name, kind in KINDS.items():
        first, *rest = fold(kind.about, width - wide - 2)
        yield ((f"{name:{wide}}", "code"), (f"  {first}", ""))
        yield from (plain(" " * (wide + 2) + text) for text in rest)
    yield BLANK
    yield plain("Visa ett schema:          uppfoljning schema plan")
    yield plain("Skriv alla i en katalog:  uppfoljning schema --skriv schema")
    yield BLANK
    yield from map(
        plain, fold("Redigeraren hittar schemat genom filens första rad, med vägen räknad från filen:", room or ANY_WIDTH)
    )
    yield plain(f"  # yaml-language-server: $schema=../schema/{file_name('plan')}")
    yield BLANK
    yield from map(plain, fold("I VS Code går det för alla filer på en gång, i .vscode/settings.json:", width))
    yield from map(plain, json.dumps({"yaml.schemas": editor_settings()}, ensure_ascii=False, indent=2).splitlines())
