"""Makes typer speak Swedish: the classes and help pages of every command. Knows no command of the program.

Typer hard-codes its English words, so every page and refusal that it would write is written here or in `misuse` instead. Nothing
private of typer's is imported; what its hooks are given is `Any`, since their types are private. Help is plain text: it reads the
same everywhere, and without rich it starts in half the time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from uppfoljning.cli.misuse import Misuse, nearest, shown, superfluous
from uppfoljning.cli.values import limits, metavar, read_here

HELP_NAMES = ["-h", "--help"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    _Base = TyperCommand
else:
    _Base = object


def app(help: str, callback: Callable[..., None]) -> typer.Typer:
    """A program with the options of `callback`; give each of its commands `cls=swedish.Command`. Without arguments: its help."""
    return typer.Typer(
        cls=ProgramGroup,
        help=help,
        callback=callback,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": HELP_NAMES},
    )


class _Swedish(_Base):
    """What a command and a group of commands have in common."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Visa den här hjälpen."
            option.callback = _show_help
            read_here(option)
        return option

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        arguments = [param for param in self.params if isinstance(param, TyperArgument)]
        return ["[FLAGGOR]", *(f"{param.metavar}" if param.required else f"[{param.metavar}]" for param in arguments)]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Användning: ")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        visible = [param for param in self.get_params(ctx) if not getattr(param, "hidden", False)]
        for heading, kind in (("Argument", TyperArgument), ("Flaggor", TyperOption)):
            rows = [(_names(param), _described(param)) for param in visible if isinstance(param, kind)]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            if getattr(error, "ctx", ctx) is None:
                vars(error)["ctx"] = ctx
            raise


class Command(_Swedish, TyperCommand):
    """A typer command whose help page and refusals are Swedish."""

    # Typer refuses a superfluous argument in English; `parse_args` does it instead.
    allow_extra_args = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _prepare(self.params)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest:
            raise Misuse(superfluous(rest), ctx)
        return rest


class ProgramGroup(_Swedish, TyperGroup):
    """The program itself. Its commands stand under "Kommandon", or under the `rich_help_panel` they were given."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        _prepare(self.params)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        command = self.get_command(ctx, args[0])
        if command is None:
            raise Misuse(f"kommandot {shown(args[0])} finns inte{nearest(args[0], self.commands)}", ctx)
        return args[0], command, args[1:]

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [*super().collect_usage_pieces(ctx), "KOMMANDO", "[ARGUMENT...]"]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            if not command.hidden:
                panel = getattr(command, "rich_help_panel", None) or "Kommandon"
                panels.setdefault(panel, []).append((name, _summary(command)))
        for panel, rows in panels.items():
            with formatter.section(panel):
                formatter.write_dl(rows)
        super().format_options(ctx, formatter)


def _show_help(ctx: Any, _param: Any, wanted: bool) -> None:
    """Typer's own way of printing writes UTF-8 to a terminal that asked for ASCII."""
    if wanted and not ctx.resilient_parsing:
        print(ctx.get_help())
        ctx.exit()


def _prepare(params: list[Any]) -> None:
    """Gives every parameter a Swedish metavar and Swedish refusals."""
    for param in params:
        asked = param.type_descriptor
        word = param.metavar or metavar(asked.annotation, asked.parameter_info)
        param.metavar = word if param.nargs != -1 or word.endswith("...") else f"{word}..."
        read_here(param)


def _summary(command: Any) -> str:
    """A command in the list of commands: the first paragraph of its help, whole, where typer would cut it short."""
    return command.short_help or " ".join((command.help or "").partition("\n\n")[0].split())


def _names(param: TyperArgument | TyperOption) -> str:
    """How a parameter is written: `SÖKVÄG...`, `-h, --help`, `--plan PLAN`."""
    if not isinstance(param, TyperOption):
        return f"{param.metavar}"
    value = "" if param.is_flag or param.count else f" {param.metavar}"
    sides = (", ".join(sorted(names, key=len)) + value for names in (param.opts, param.secondary_opts) if names)
    return " / ".join(sides)


def _described(param: TyperArgument | TyperOption) -> str:
    """A parameter's help, with what typer adds in English: environment variable, default, limits, required."""
    extra = []
    if param.envvar and param.show_envvar:
        names = [param.envvar] if isinstance(param.envvar, str) else param.envvar
        extra.append(f"miljövariabel: {', '.join(names)}")
    if default := _default(param):
        extra.append(f"standard: {default}")
    if bounds := limits(param.type_descriptor.parameter_info):
        extra.append(bounds)
    if param.required:
        extra.append("krävs")
    text = param.help or ""
    return f"{text}  [{'; '.join(extra)}]".strip() if extra else text


def _default(param: TyperArgument | TyperOption) -> str:
    show, value = param.show_default, param.default
    if isinstance(show, str):
        return show
    if not show or value is None or isinstance(value, bool) or callable(value) or getattr(param, "count", False):
        return ""
    parts = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(str(getattr(part, "value", part)) for part in parts)
