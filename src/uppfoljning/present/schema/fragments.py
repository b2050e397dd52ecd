"""A schema made of the declarations that read the files: a class of the domain, a reader, or a parser of one text.

Draft 7 without references, which editors of every kind take. `errorMessage` is what yaml-language-server shows; what it has no
such key for it tells in English, so each demand that can fail stands in a schema of its own with its Swedish message.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from uppfoljning.domain.finding import Problem
from uppfoljning.domain.report import QuickReport, no_day
from uppfoljning.domain.scalars import parse_text
from uppfoljning.domain.schema import (
    ANY,
    LIST,
    TABLE,
    WORDS,
    Record,
    SchemaField,
    made_of,
    missing_key,
    raw_table,
    wants_list,
    wants_mapping,
)
from uppfoljning.domain.target import OPERATORS
from uppfoljning.domain.target_reading import WrittenTarget, no_promise, second_promise
from uppfoljning.present.schema.texts import look_of, refusal

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
