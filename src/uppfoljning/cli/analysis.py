"""`analys`: which parts of the work went with more?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from uppfoljning.cli.effect import EffectFormat
from uppfoljning.cli.options import DayOption, PeriodOption, PlanOption, RefOption

if TYPE_CHECKING:
    from uppfoljning.domain.form import Field
    from uppfoljning.followup.table import CommitmentFollowUp, Table
    from uppfoljning.present.views.parts import PartsAccount


def analys(
    ctx: typer.Context,
    commitments: Annotated[list[str], typer.Argument(metavar="ÅTAGANDE", help="Åtagandet att undersöka.")],
    outcomes: Annotated[
        list[str] | None,
        typer.Option(
            "--utfall",
            metavar="FÄLT",
            help="Fältet att undersöka; får anges flera gånger. Annars det som målen räknar, eller blankettens första.",
        ),
    ] = None,
    plan: PlanOption = "",
    period: PeriodOption = "",
    day: DayOption = "",
    ref: RefOption = None,
    format: Annotated[EffectFormat, typer.Option("--format", metavar="FORMAT", help="text, json eller md.")] = EffectFormat.text,
) -> int:
    """Visa vad som sammanföll med mer: funktioner, klockslag, veckodagar, platser, gruppens storlek och moment."""
    from uppfoljning.cli import reading
    from uppfoljning.cli.extras import need_statistics
    from uppfoljning.cli.output import standard_output
    from uppfoljning.present.views.parts import FORMATS

    need_statistics()
    opened = reading.open_project(ctx, ref)
    view, _, tables = reading.asked_for(opened.project, words=commitments, plan=plan, period=period, day=day)
    accounts = accounts_of(tables, outcomes or [])
    FORMATS[format.value](accounts, opened.foot(view.as_of), view, standard_output())
    return reading.finish(opened.project, ref)


def accounts_of(tables: Iterable[Table], asked: list[str]) -> list[PartsAccount]:
    """Every commitment looked into; one run, so that all comparisons are adjusted for each other."""
    from uppfoljning.analysis.occasions import passes_of
    from uppfoljning.analysis.parts import parts_of
    from uppfoljning.present.views.parts import PartsAccount

    tables = list(tables)
    _check_outcomes(tables, asked)
    runs = [(table.plan, line, _outcomes(line, asked)) for table in tables for line in table.lines]
    found = parts_of((passes_of(plan, line.matter), fields) for plan, line, fields in runs)
    return [
        PartsAccount(plan, line, tuple(fields), tuple(one for one in outcomes if one.passes))
        for (plan, line, fields), outcomes in zip(runs, found, strict=True)
    ]


def _outcomes(line: CommitmentFollowUp, asked: list[str]) -> list[tuple[str, Field]]:
    """The fields asked for, else those that the targets count, else the first that can be counted."""
    known = _countable(line)
    counted = [name for row in line.rows for name in row.target.counts.fields if name in known]
    names = [name for name in asked if name in known] or ([] if asked else counted or list(known)[:1])
    return [(name, known[name]) for name in dict.fromkeys(names)]


def _countable(line: CommitmentFollowUp) -> dict[str, Field]:
    form = line.matter.form
    return {name: field for name, field in form.fields.items() if field.type in ("antal", "ja/nej")} if form is not None else {}


def _check_outcomes(tables: Iterable[Table], asked: list[str]) -> None:
    """Refuses a field that none of the commitments can be counted by."""
    from uppfoljning.cli.misuse import Misuse, hint

    known = dict.fromkeys(name for table in tables for line in table.lines for name in _countable(line))
    for name in asked:
        if name not in known:
            raise Misuse(f"flaggan --utfall: ”{name}” är inget antal och ingen ja- och nejfråga i blanketten{hint(name, known)}")
