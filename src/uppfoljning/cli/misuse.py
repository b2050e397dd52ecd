"""Wrong use of the command line, told in Swedish: by the class and attributes of typer's errors, never by their English text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption


class Misuse(typer.BadParameter):
    """The command line was used in a wrong way; the message is Swedish and shown as it stands. Exit status 2."""


def is_no_arguments(error: typer.TyperException) -> bool:
    """Whether nothing was asked for, so that the help page is what there is to say."""
    return type(error).__name__ == "NoArgsIsHelpError"


def translate(error: typer.TyperException) -> str:
    """An error of the command line as one Swedish sentence. Most of typer's classes are private, so they go by their names."""
    told: Any = error
    match type(error).__name__:
        case "MissingParameter":
            text = _missing(told.param)
        case "BadParameter":
            text = f"{_label(told.param)}: {error.message}"
        case "NoSuchOption":
            text = _no_such_option(told)
        case "BadOptionUsage":
            text = _bad_option(told)
        case "BadArgumentUsage":
            text = _bad_argument(told)
        case "FileError":
            text = f"filen {shown(told.ui_filename)} går inte att öppna"
        case "UsageError" if isinstance(told.cmd, TyperGroup):
            text = f"kommando saknas. Välj bland {', '.join(told.cmd.commands)}."
        case _:
            text = error.message
    from uppfoljning.rules.contact import mask

    text = shown(mask(text))
    return text if text.endswith((".", "?", "…")) else f"{text}."


def where_to_read(error: typer.TyperException) -> str:
    """The help of the command that was misused: `Se uppfoljning status --help`."""
    ctx = getattr(error, "ctx", None)
    return f"Se {_way(ctx)} --help" if ctx else ""


def superfluous(words: Sequence[str]) -> str:
    """Says which arguments have no place to go."""
    return f"{_count(len(words), 'argument')} för mycket: {' '.join(map(shown, words))}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Ends a sentence about an unknown word, with the likeliest known ones."""
    return _did_you_mean(get_close_matches(word, list(known)))


def hint(word: str, known: Collection[str]) -> str:
    """Ends a sentence about an unknown word, with the likeliest known one, else with all or the first of them."""
    from uppfoljning.domain import scalars as refused

    return refused.hint(word, known)


def leading_out(word: str) -> Misuse:
    """A file that was named is a link to somewhere else."""
    return Misuse(f"{shown(word)} är en länk ut ur sin mapp och läses inte. Skriv vägen till själva filen.")


def shown(text: str) -> str:
    """What the user wrote, unable to steer a terminal."""
    return "".join(char if char.isprintable() else "?" for char in text)


def _way(ctx: Any) -> str:
    """The words that lead to a command, without what was written between them."""
    return " ".join(filter(None, (_way(ctx.parent) if ctx.parent else "", ctx.info_name)))


def _label(param: Any) -> str:
    if param is None:
        return "värdet"
    if isinstance(param, TyperOption):
        return f"flaggan {max(param.opts or param.secondary_opts, key=len)}"
    return f"argumentet {(param.metavar or '').removesuffix('...')}"


def _missing(param: Any) -> str:
    words = [str(getattr(one, "value", one)) for one in (param and param.type_descriptor.choices) or ()]
    return f"{_label(param)} saknas" + (f". Välj bland {', '.join(words)}" if words else "")


def _no_such_option(error: Any) -> str:
    """An option that another level of the command line knows has only been put in the wrong place."""
    name, ctx = error.option_name, error.ctx
    if ctx and ctx.parent and any(name in param.opts for param in ctx.parent.command.params):
        return f"flaggan {name} ska stå före kommandot: {_way(ctx.parent)} {name} … {ctx.info_name}"
    if ctx and isinstance(ctx.command, TyperGroup):
        for owner, command in ctx.command.commands.items():
            if any(name in param.opts for param in command.params):
                return f"flaggan {name} ska stå efter kommandot: {_way(ctx)} {owner} {name} …"
    return f"flaggan {shown(name)} finns inte{_did_you_mean(error.possibilities or ())}"


def _bad_option(error: Any) -> str:
    name, params = error.option_name, error.ctx.command.params if error.ctx else []
    option = next((param for param in params if name in (*param.opts, *param.secondary_opts)), None)
    if option is None or getattr(option, "is_flag", False):
        return f"flaggan {name} tar inget värde"
    return f"flaggan {name} behöver {_count(option.nargs, 'värde')}: {name} {option.metavar}"


def _bad_argument(error: Any) -> str:
    params = error.ctx.command.params if error.ctx else []
    argument = next(param for param in params if isinstance(param, TyperArgument) and param.nargs > 1)
    return f"{_label(argument)} behöver {_count(argument.nargs, 'värde')}"


def _did_you_mean(names: Sequence[str]) -> str:
    return f". Menade du {' eller '.join(names[:2])}?" if names else "."


def _count(number: int, word: str) -> str:
    return f"ett {word}" if number == 1 else f"{number} {word}{'n' if word.endswith('e') else ''}"
