"""Wrong use of the command line, told in Swedish: by the class and attributes of typer's errors, never by their English text."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer._click import exceptions, types
from typer._click.core import Context, Parameter
from typer._types import TyperChoice
from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.models import TyperPath


class Misuse(exceptions.UsageError):
    """The command line was used in a wrong way; the message is Swedish and shown as it stands. Exit status 2."""


class SwedishType(types.ParamType):
    """A typer type that refuses a value in Swedish. `typer.BadParameter` from a parser of our own passes through."""

    def __init__(self, inner: types.ParamType) -> None:
        self.inner = inner
        self.name = inner.name

    def convert(self, value: Any, param: Parameter | None, ctx: Context | None) -> Any:
        try:
            if isinstance(self.inner, types.FuncParamType):
                return self.inner.func(value)
            return self.inner.convert(value, param, ctx)
        except (ValueError, exceptions.BadParameter) as error:
            if isinstance(self.inner, types.FuncParamType) and isinstance(error, exceptions.BadParameter):
                raise
            raise exceptions.BadParameter(_refusal(self.inner, value), ctx, param) from None


def translate(error: typer.TyperException) -> str:
    """An error of the command line as one Swedish sentence."""
    match error:
        case Misuse():
            text = error.message
        case exceptions.MissingParameter():
            text = _missing(error.param)
        case exceptions.BadParameter():
            text = f"{_label(error.param)}: {error.message}"
        case exceptions.NoSuchOption():
            text = _no_such_option(error)
        case exceptions.BadOptionUsage():
            text = _bad_option(error)
        case exceptions.BadArgumentUsage():
            text = _bad_argument(error)
        case exceptions.FileError():
            text = f"filen {shown(error.ui_filename)} går inte att öppna"
        case exceptions.UsageError() if isinstance(error.cmd, TyperGroup):
            text = f"kommando saknas. Välj bland {', '.join(error.cmd.commands)}."
        case _:
            text = error.message
    from uppfoljning.rules.personal_number import mask

    text = shown(mask(text))
    return text if text.endswith((".", "?", "…")) else f"{text}."


def where_to_read(error: typer.TyperException) -> str:
    """The help of the command that was misused: `Se uppfoljning status --help`."""
    ctx: Context | None = getattr(error, "ctx", None)
    return f"Se {_way(ctx)} --help" if ctx else ""


def superfluous(words: Sequence[str]) -> str:
    """Says which arguments have no place to go."""
    return f"{_count(len(words), 'argument')} för mycket: {' '.join(map(shown, words))}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Ends a sentence about an unknown word, with the likeliest known ones."""
    return _did_you_mean(get_close_matches(word, list(known)))


def hint(word: str, known: Iterable[str]) -> str:
    """Ends a sentence about an unknown word, with the likeliest known one, else with all or the first of them."""
    from uppfoljning.domain import refused

    return refused.hint(word, known)


def limits(kind: types._NumberRangeBase) -> str:
    """The bounds of a number: `minst 1 och högst 10`."""
    bounds = (("minst", kind.min), ("högst", kind.max))
    return " och ".join(f"{word} {bound}" for word, bound in bounds if bound is not None)


def shown(text: str) -> str:
    """What the user wrote, unable to steer a terminal."""
    return "".join(char if char.isprintable() else "?" for char in text)


def _refusal(kind: types.ParamType, value: object) -> str:
    """Why one of typer's own types refuses a value."""
    quoted = f"”{shown(str(value))}”"
    match kind:
        case TyperChoice():
            names = [str(choice) for choice in kind.choices]
            return f"{quoted} finns inte att välja{nearest(str(value), names)} Välj bland {', '.join(names)}."
        case types._NumberRangeBase() if _is_number(kind, value):
            return f"{quoted} ska vara {limits(kind)}"
        case types.IntParamType():
            return f"{quoted} är inget heltal"
        case types.FloatParamType():
            return f"{quoted} är inget tal; skriv decimaler med punkt"
        case types.DateTime():
            return f"{quoted} är inget datum; skriv till exempel 2026-08-31"
        case types.BoolParamType():
            return f"{quoted} är varken true eller false"
        case types.UUIDParameterType():
            return f"{quoted} är inget UUID"
        case TyperPath() | types.File():
            return _path_refusal(kind, str(value))
    return f"{quoted} går inte att tolka"


def _is_number(kind: types._NumberRangeBase, value: Any) -> bool:
    try:
        kind._number_class(value)
    except ValueError:
        return False
    return True


def _path_refusal(kind: TyperPath | types.File, path: str) -> str:
    """The state of the disk says what typer found wrong with a path."""
    writes = kind.writable if isinstance(kind, TyperPath) else "r" not in kind.mode
    to_be_made = writes and isinstance(kind, types.File)
    if not os.path.exists(path) and not to_be_made:
        return f"{shown(path)} finns inte"
    if os.path.isdir(path) and not getattr(kind, "dir_okay", False):
        return f"{shown(path)} är en katalog, inte en fil"
    if os.path.isfile(path) and not getattr(kind, "file_okay", True):
        return f"{shown(path)} är en fil, inte en katalog"
    return f"{shown(path)} går inte att {'skriva till' if writes else 'läsa'}"


def _way(ctx: Context) -> str:
    """The words that lead to a command, without what was written between them."""
    return " ".join(filter(None, (_way(ctx.parent) if ctx.parent else "", ctx.info_name)))


def _label(param: Parameter | None) -> str:
    if param is None:
        return "värdet"
    if isinstance(param, TyperOption):
        return f"flaggan {max(param.opts or param.secondary_opts, key=len)}"
    return f"argumentet {(param.metavar or '').removesuffix('...')}"


def _missing(param: Parameter | None) -> str:
    kind = param.type.inner if param and isinstance(param.type, SwedishType) else None
    choices = f". Välj bland {', '.join(map(str, kind.choices))}" if isinstance(kind, TyperChoice) else ""
    return f"{_label(param)} saknas{choices}"


def _no_such_option(error: exceptions.NoSuchOption) -> str:
    """An option that another level of the command line knows has only been put in the wrong place."""
    name, ctx = error.option_name, error.ctx
    if ctx and ctx.parent and any(name in param.opts for param in ctx.parent.command.params):
        return f"flaggan {name} ska stå före kommandot: {_way(ctx.parent)} {name} … {ctx.info_name}"
    if ctx and isinstance(ctx.command, TyperGroup):
        for owner, command in ctx.command.commands.items():
            if any(name in param.opts for param in command.params):
                return f"flaggan {name} ska stå efter kommandot: {_way(ctx)} {owner} {name} …"
    return f"flaggan {shown(name)} finns inte{_did_you_mean(error.possibilities or ())}"


def _bad_option(error: exceptions.BadOptionUsage) -> str:
    name, params = error.option_name, error.ctx.command.params if error.ctx else []
    option = next((param for param in params if name in (*param.opts, *param.secondary_opts)), None)
    if option is None or getattr(option, "is_flag", False):
        return f"flaggan {name} tar inget värde"
    return f"flaggan {name} behöver {_count(option.nargs, 'värde')}: {name} {option.metavar}"


def _bad_argument(error: exceptions.BadArgumentUsage) -> str:
    params = error.ctx.command.params if error.ctx else []
    argument = next(param for param in params if isinstance(param, TyperArgument) and param.nargs > 1)
    return f"{_label(argument)} behöver {_count(argument.nargs, 'värde')}"


def _did_you_mean(names: Sequence[str]) -> str:
    return f". Menade du {' eller '.join(names[:2])}?" if names else "."


def _count(number: int, word: str) -> str:
    return f"ett {word}" if number == 1 else f"{number} {word}{'n' if word.endswith('e') else ''}"
