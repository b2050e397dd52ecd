"""Makes typer speak Swedish: the classes and help pages of every command. Knows no command of the program.

Typer hard-codes its English words and keeps their classes in a private package. Only this module and `misuse` touch it, and
`pyproject.toml` holds typer to one minor version because of that. Help is plain text: it reads the same everywhere, and
without rich it starts in half the time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer
from typer._click import types
from typer._click.core import Command as ClickCommand
from typer._click.core import Context, Parameter
from typer._click.exceptions import UsageError
from typer._click.formatting import HelpFormatter
from typer._types import TyperChoice
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from uppfoljning.cli.misuse import Misuse, SwedishType, limits, nearest, shown, superfluous

HELP_NAMES = ["-h", "--help"]
METAVARS = {
    "str": "TEXT",
    "int": "HELTAL",
    "int range": "HELTAL",
    "float": "TAL",
    "float range": "TAL",
    "boolean": "true|false",
    "datetime": "DATUM",
    "uuid": "UUID",
    "file": "FIL",
    "filename": "FIL",
    "directory": "KATALOG",
    "path": "SÖKVÄG",
}


def app(help: str, callback: Callable[..., None]) -> typer.Typer:
    """A program with the options of `callback`; give each of its commands `cls=swedish.Command`. Without arguments: its help."""
    return typer.Typer(
        cls=Group,
        help=help,
        callback=callback,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": HELP_NAMES},
    )


class _Swedish(ClickCommand):
    """What a command and a group of commands have in common."""

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Visa den här hjälpen."
            option.callback = _show_help
        return option

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        arguments = [param for param in self.params if isinstance(param, TyperArgument)]
        names = [param.make_metavar(ctx) if param.required else f"[{param.make_metavar(ctx)}]" for param in arguments]
        return ["[FLAGGOR]", *names]

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Användning: ")

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        visible = [param for param in self.get_params(ctx) if not getattr(param, "hidden", False)]
        for heading, kind in (("Argument", TyperArgument), ("Flaggor", TyperOption)):
            rows = [(_names(param, ctx), _described(param)) for param in visible if isinstance(param, kind)]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class Command(_Swedish, TyperCommand):
    """A typer command whose help page and refusals are Swedish."""

    # Typer refuses a superfluous argument in English; `parse_args` does it instead.
    allow_extra_args = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _prepare(self.params)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest:
            raise Misuse(superfluous(rest), ctx)
        return rest


class Group(_Swedish, TyperGroup):
    """The program itself. Its commands stand under "Kommandon", or under the `rich_help_panel` they were given."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        _prepare(self.params)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, ClickCommand | None, list[str]]:
        command = self.get_command(ctx, args[0])
        if command is None:
            raise Misuse(f"kommandot {shown(args[0])} finns inte{nearest(args[0], self.commands)}", ctx)
        return args[0], command, args[1:]

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        return [*super().collect_usage_pieces(ctx), "KOMMANDO", "[ARGUMENT...]"]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            if not command.hidden:
                panel = getattr(command, "rich_help_panel", None) or "Kommandon"
                panels.setdefault(panel, []).append((name, _summary(command)))
        for panel, rows in panels.items():
            with formatter.section(panel):
                formatter.write_dl(rows)
        super().format_options(ctx, formatter)


def _show_help(ctx: Context, _param: Parameter, wanted: bool) -> None:
    """Typer's own way of printing writes UTF-8 to a terminal that asked for ASCII."""
    if wanted and not ctx.resilient_parsing:
        print(ctx.get_help())
        ctx.exit()


def _prepare(params: list[Parameter]) -> None:
    """Gives every parameter a Swedish metavar and Swedish refusals."""
    for param in params:
        metavar = param.metavar or _metavar(param.type)
        param.metavar = metavar if param.nargs != -1 or metavar.endswith("...") else f"{metavar}..."
        if isinstance(param.type, types.Tuple):
            param.type.types = [SwedishType(inner) for inner in param.type.types]
        else:
            param.type = SwedishType(param.type)


def _metavar(kind: types.ParamType) -> str:
    if isinstance(kind, types.Tuple):
        return " ".join(_metavar(inner) for inner in kind.types)
    if isinstance(kind, TyperChoice):
        return "|".join(map(str, kind.choices))
    return METAVARS.get(kind.name, "VÄRDE")


def _summary(command: ClickCommand) -> str:
    """A command in the list of commands: the first paragraph of its help, whole, where typer would cut it short."""
    return command.short_help or " ".join((command.help or "").partition("\n\n")[0].split())


def _names(param: Parameter, ctx: Context) -> str:
    """How a parameter is written: `SÖKVÄG...`, `-h, --help`, `--plan PLAN`."""
    if not isinstance(param, TyperOption):
        return param.make_metavar(ctx)
    value = "" if param.is_flag or param.count else f" {param.make_metavar(ctx)}"
    sides = (", ".join(sorted(names, key=len)) + value for names in (param.opts, param.secondary_opts) if names)
    return " / ".join(sides)


def _described(param: Parameter) -> str:
    """A parameter's help, with what typer adds in English: environment variable, default, limits, required."""
    kind = param.type.inner if isinstance(param.type, SwedishType) else param.type
    extra = []
    if param.envvar and getattr(param, "show_envvar", False):
        names = [param.envvar] if isinstance(param.envvar, str) else param.envvar
        extra.append(f"miljövariabel: {', '.join(names)}")
    if default := _default(param):
        extra.append(f"standard: {default}")
    if isinstance(kind, types._NumberRangeBase):
        extra.append(limits(kind))
    if param.required:
        extra.append("krävs")
    text: str = getattr(param, "help", None) or ""
    return f"{text}  [{'; '.join(extra)}]".strip() if extra else text


def _default(param: Parameter) -> str:
    show: bool | str = getattr(param, "show_default", False)
    if isinstance(show, str):
        return show
    value = param.default
    if not show or value is None or isinstance(value, bool) or callable(value) or getattr(param, "count", False):
        return ""
    parts = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(str(getattr(part, "value", part)) for part in parts)
