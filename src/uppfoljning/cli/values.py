"""The values of the command line: text as the type that a command asks for, or a refusal in Swedish.

typer reads values with pydantic, which takes longer to read in than a command takes to run, and refuses in English. A parameter
asks `get_runtime_param` for what reads its values, and that is answered here. Kinds that no command has are left to typer.
"""

from __future__ import annotations

import os
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import typer
from typer.core import TyperArgument, TyperOption
from typer.models import ParameterInfo

from uppfoljning.cli.misuse import nearest, shown

YES = frozenset({"1", "true", "t", "yes", "y", "on"})
NO = frozenset({"0", "false", "f", "no", "n", "off", ""})


class Option(TyperOption):
    """An option whose values are read here."""

    def get_runtime_param(self) -> Any:
        return _Values(self, super().get_runtime_param)


class Argument(TyperArgument):
    """An argument whose values are read here."""

    def get_runtime_param(self) -> Any:
        return _Values(self, super().get_runtime_param)


def read_here(param: Any) -> None:
    """Makes a parameter of typer's read its values here."""
    param.__class__ = Option if isinstance(param, TyperOption) else Argument


class _Values:
    """Reads the values of one parameter, as typer asks what it calls a runtime parameter to do."""

    def __init__(self, param: Any, others: Any) -> None:
        self._info: ParameterInfo = param.type_descriptor.parameter_info
        self._annotation = param.type_descriptor.annotation
        self._others = others

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value, where several are asked for each of them; nothing given stays nothing."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        kinds = get_args(self._annotation)
        match get_origin(self._annotation):
            case origin if origin is list:
                return [self._one(kinds[0], one, param, ctx) for one in value]
            case origin if origin is tuple:
                return tuple(self._one(kind, one, param, ctx) for kind, one in zip(kinds, value, strict=True))
        return self._one(self._annotation, value, param, ctx)

    def _one(self, kind: Any, value: Any, param: Any, ctx: Any) -> Any:
        """One value. What is no text is a default, which has its type already."""
        if not isinstance(value, str):
            return value
        try:
            found = _parsed(kind, self._info, value)
            return found if found is not NotImplemented else self._others().coerce(value, param, ctx)
        except typer.BadParameter as error:
            if self._info.parser is not None:
                error.ctx, error.param = error.ctx or ctx, error.param or param
                raise
        except ValueError:
            pass
        raise typer.BadParameter(_refusal(kind, self._info, value), ctx, param)


def _parsed(kind: Any, info: ParameterInfo, text: str) -> Any:
    """The text as the type asked for. ValueError where it is none, NotImplemented for a type that is not read here."""
    if info.parser is not None:
        return info.parser(text)
    if kind is str:
        return text
    if (words := choices(kind)) is not None:
        return words[text] if text in words else _refuse()
    if kind is bool:
        word = text.strip().casefold()
        return word in YES if word in YES | NO else _refuse()
    if kind in (int, float):
        number = kind(text)
        inside = (info.min is None or number >= info.min) and (info.max is None or number <= info.max)
        return number if inside else _refuse()
    if kind is Path:
        return Path(text) if not _misplaced(info, text) else _refuse()
    return NotImplemented


def _refuse() -> Any:
    raise ValueError


def choices(kind: Any) -> dict[str, Any] | None:
    """The words to choose among with their values, None for a type that is no choice."""
    if get_origin(kind) is Literal:
        return {str(one): one for one in get_args(kind)}
    return {str(one.value): one for one in kind} if isinstance(kind, type) and issubclass(kind, Enum) else None


def _misplaced(info: ParameterInfo, path: str) -> str:
    """What is wrong with the place that a path names, if anything."""
    if not os.path.exists(path):
        return "finns inte" if info.exists else ""
    if os.path.isdir(path) and not info.dir_okay:
        return "är en katalog, inte en fil"
    if os.path.isfile(path) and not info.file_okay:
        return "är en fil, inte en katalog"
    return "" if not info.readable or os.access(path, os.R_OK) else "går inte att läsa"


def metavar(kind: Any, info: ParameterInfo) -> str:
    """How a value is called on a help page."""
    if get_origin(kind) is list:
        return metavar(get_args(kind)[0], info)
    if get_origin(kind) is tuple:
        return " ".join(metavar(inner, info) for inner in get_args(kind))
    if info.parser is not None:
        return "VÄRDE"
    if (words := choices(kind)) is not None:
        return "|".join(words)
    if kind is Path:
        return "SÖKVÄG" if info.file_okay and info.dir_okay else "FIL" if info.file_okay else "KATALOG"
    if kind in (int, float, bool, str, datetime):
        return {int: "HELTAL", float: "TAL", bool: "true|false", str: "TEXT", datetime: "DATUM"}[kind]
    return {"UUID": "UUID"}.get(_name(kind), "FIL" if _is_file(kind) else "VÄRDE")


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", "")


def _is_file(kind: Any) -> bool:
    return _name(kind).startswith("File")


def limits(info: ParameterInfo) -> str:
    """The bounds of a number: `minst 1 och högst 10`; empty without any."""
    bounds = (("minst", info.min), ("högst", info.max))
    return " och ".join(f"{word} {bound}" for word, bound in bounds if bound is not None)


def _refusal(kind: Any, info: ParameterInfo, value: str) -> str:
    """Why a value is refused."""
    quoted = f"”{shown(value)}”"
    if info.parser is not None:
        return f"{quoted} går inte att tolka"
    if (words := choices(kind)) is not None:
        return f"{quoted} finns inte att välja{nearest(value, words)} Välj bland {', '.join(words)}."
    if kind in (int, float) and limits(info) and _is_number(kind, value):
        return f"{quoted} ska vara {limits(info)}"
    if kind is Path:
        return f"{shown(value)} {_misplaced(info, value)}"
    if _is_file(kind):
        return f"{shown(value)} {_unopened(value, writes='Write' in _name(kind))}"
    reasons = {
        "int": "är inget heltal",
        "float": "är inget tal; skriv decimaler med punkt",
        "bool": "är varken true eller false",
        "datetime": "är inget datum; skriv till exempel 2026-08-31",
        "UUID": "är inget UUID",
    }
    return f"{quoted} {reasons.get(_name(kind), 'går inte att tolka')}"


def _is_number(kind: Any, value: str) -> bool:
    try:
        kind(value)
    except ValueError:
        return False
    return True


def _unopened(path: str, *, writes: bool) -> str:
    """The state of the disk says what was wrong with a file."""
    if not writes and not os.path.exists(path):
        return "finns inte"
    return "är en katalog, inte en fil" if os.path.isdir(path) else f"går inte att {'skriva till' if writes else 'läsa'}"
