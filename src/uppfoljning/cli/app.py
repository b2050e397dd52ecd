"""The program: its commands, each in a file of its own."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import typer

from uppfoljning.cli import swedish
from uppfoljning.cli.options import program

COMMANDS = {
    "status": "status",
    "avvikelser": "deviations",
    "saknas": "outstanding",
    "timmar": "hours",
    "diff": "diff",
    "underlag": "explain",
    "historik": "history",
    "exportera": "export",
    "intyg": "certificate",
    "rapportera": "report",
    "ratta": "correct",
    "blankett": "form",
    "importera": "bring_in",
    "ark": "sheet_out",
    "bedom": "judge",
    "analys": "analysis",
    "effekt": "effect",
    "samla": "gather",
    "init": "init",
    "validera": "validate",
    "regel": "rule",
    "schema": "schema",
}
"""The commands in the order of the help page, each a function of that name in a module of `cli`."""


def app_for(words: Sequence[str]) -> typer.Typer:
    """The program with the commands that a command line can mean: those it names; all where it names none or first asks for help.

    Making a command ready takes longer than reading fifty reports, and a run needs only one.
    """
    app = swedish.app(
        help="Följ upp vad ni lovat: planer och snabbrapporter i en mapp blir en uppföljning som går att lita på.",
        callback=program,
    )
    first = next((at for at, word in enumerate(words) if word in COMMANDS), 0)
    named = [] if set(swedish.HELP_NAMES) & set(words[:first]) else [name for name in COMMANDS if name in words]
    for name in named or COMMANDS:
        module = import_module(f"uppfoljning.cli.{COMMANDS[name]}")
        app.command(name, cls=swedish.Command)(getattr(module, name))
    return app
