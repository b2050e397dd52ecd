"""The command that gives the same figures again, to stand in what it made."""

from __future__ import annotations

import shlex
from datetime import date

import typer
from typer.core import TyperOption

from uppfoljning.cli.errors import PROGRAM

_LEFT_OUT = ("--ut", "--vid", "--format")


def again(ctx: typer.Context, as_of: date) -> str:
    """The command as it was given, with its day said and without where it wrote."""
    words = [PROGRAM, ctx.info_name or ""]
    for param in ctx.command.params:
        value = ctx.params.get(param.name or "")
        if not isinstance(param, TyperOption):
            words += [str(one) for one in value or ()] if param.nargs == -1 else [str(value)]
        elif value not in (None, "", False) and param.opts[0] not in _LEFT_OUT:
            words += [param.opts[0]] if value is True else [param.opts[0], str(value)]
    return shlex.join([*words, "--vid", as_of.isoformat()])
