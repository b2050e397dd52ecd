"""`effekt`: did the outcome change, and can the work have contributed?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from uppfoljning.cli.options import DayOption, PlanOption, RefOption

if TYPE_CHECKING:
    from uppfoljning.domain.indicator import Series
    from uppfoljning.followup.table import Table
    from uppfoljning.present.views.effect_plan import EffectAccount
    from uppfoljning.project.load import CheckedProject


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
    indicators: Annotated[
        list[str] | None,
        typer.Option(
            "--indikator",
            metavar="ID",
            help="Visa också en annan serie än planens; får anges flera gånger. Den flaggas, och p-värdena justeras.",
        ),
    ] = None,
    ahead: Annotated[
        bool, typer.Option("--planera", help="Visa hur stor minskning som skulle synas, innan arbetet börjar.")
    ] = False,
) -> int:
    """Uppskatta om utfallet ändrades: före och efter, helst mot ett område utan insatsen."""
    from uppfoljning.cli import reading
    from uppfoljning.cli.extras import need_statistics
    from uppfoljning.cli.output import standard_output
    from uppfoljning.present.views.effect import AHEAD, FORMATS

    need_statistics()
    opened = reading.open_project(ctx, ref)
    view, _, tables = reading.asked_for(opened.project, words=commitments or [], plan=plan, period="", day=day)
    accounts = accounts_of(opened.project, tables, view.as_of, indicators or [])
    (AHEAD if ahead else FORMATS)[format.value](accounts, opened.foot(view.as_of), view, standard_output())
    return reading.finish(opened.project, ref)


def accounts_of(
    project: CheckedProject, tables: Iterable[Table], as_of: date, others: list[str] | None = None
) -> list[EffectAccount]:
    """The estimate of every commitment with an outcome goal; each by the plan's own series, then by other ones asked for."""
    from uppfoljning.analysis.effect.study import besides, study_of
    from uppfoljning.followup.documentation import dose_of
    from uppfoljning.present.views.effect_plan import EffectAccount

    wanted = [_series(project, name, as_of) for name in others or []]
    own, other = [], []
    for table in tables:
        for line in table.lines:
            goal = line.commitment.outcome_goal
            if goal is None:
                continue
            series = project.series.get(goal.indicator)
            series = series.until(as_of) if series is not None else None
            own.append(EffectAccount(table.plan, line.commitment, goal, series, study_of(series, goal), dose_of(line)))
            other += [own[-1]._replace(series=one, outcome=study_of(one, goal)) for one in wanted if one.file != _file(series)]
    flagged = besides([account.outcome for account in other])
    return own + [account._replace(outcome=outcome) for account, outcome in zip(other, flagged, strict=True)]


def _series(project: CheckedProject, name: str, as_of: date) -> Series:
    from uppfoljning.cli.misuse import Misuse, hint

    if name not in project.series:
        raise Misuse(f"flaggan --indikator: det finns ingen serie ”{name}” med siffror{hint(name, project.series)}")
    return project.series[name].until(as_of)


def _file(series: Series | None) -> str:
    return series.file if series is not None else ""
