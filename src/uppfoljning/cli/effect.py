"""`effekt`: did the outcome change, and can the work have contributed?"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from uppfoljning.cli.arguments import DayOption, PlanOption, RefOption

if TYPE_CHECKING:
    from uppfoljning.followup.table import Table
    from uppfoljning.present.effect.account import Account
    from uppfoljning.rules.project import Project


class EffectFormat(StrEnum):
    """How an estimate is written."""

    text = "text"
    json = "json"
    md = "md"


def effekt(
    ctx: typer.Context,
    commitments: Annotated[list[str] | None, typer.Argument(metavar="ÅTAGANDE", help="Visa bara dessa.")] = None,
    plan: PlanOption = "",
    day: DayOption = "",
    ref: RefOption = None,
    format: Annotated[EffectFormat, typer.Option("--format", metavar="FORMAT", help="text, json eller md.")] = EffectFormat.text,
    ahead: Annotated[
        bool, typer.Option("--planera", help="Visa hur stor minskning som skulle synas, innan arbetet börjar.")
    ] = False,
) -> int:
    """Uppskatta om utfallet ändrades: före och efter, helst mot ett område utan insatsen."""
    from uppfoljning.cli import reading
    from uppfoljning.cli.output import standard_output
    from uppfoljning.cli.statistics import need_statistics
    from uppfoljning.present.effect.formats import AHEAD, FORMATS

    need_statistics()
    opened = reading.open_project(ctx, ref)
    view, _, tables = reading.asked_for(opened.project, words=commitments or [], plan=plan, period="", day=day)
    accounts = [account for table in tables for account in _accounts(opened.project, table)]
    (AHEAD if ahead else FORMATS)[format.value](accounts, opened.foot(view.as_of), view, standard_output())
    return reading.finish(opened.project, ref)


def _accounts(project: Project, table: Table) -> list[Account]:
    """The estimate of every commitment of a plan that has an outcome goal."""
    from uppfoljning.analysis.effect.study import study_of
    from uppfoljning.followup.dose import dose_of
    from uppfoljning.present.effect.account import Account

    found = []
    for line in table.lines:
        goal = line.commitment.outcome_goal
        if goal is not None:
            series = project.series.get(goal.indicator)
            found.append(Account(table.plan, line.commitment, goal, series, study_of(series, goal), dose_of(line)))
    return found
