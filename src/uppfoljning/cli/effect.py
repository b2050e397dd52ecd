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
    from uppfoljning.domain.plan import OutcomeGoal
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
    from uppfoljning.analysis.effect.study import besides, of_dose, of_the_plan, study_of
    from uppfoljning.followup.documentation import dose_of
    from uppfoljning.present.views.effect_plan import EffectAccount

    wanted = [_series(project, name, as_of) for name in others or []]
    own, other = [], []
    for table in tables:
        # All the goals of the plan are tried, also when one of them is asked for: else the family starts over with each.
        promised = [(one, one.outcome_goal) for one in table.plan.commitments if one.outcome_goal is not None]
        series = {one.id: _own_series(project, goal, as_of) for one, goal in promised}
        tried = of_the_plan([study_of(series[one.id], goal) for one, goal in promised])
        outcomes = {one.id: outcome for (one, _), outcome in zip(promised, tried, strict=True)}
        for line in table.lines:
            goal = line.commitment.outcome_goal
            if goal is None:
                continue
            mine, dose = series[line.commitment.id], dose_of(line)
            found = of_dose(outcomes[line.commitment.id], dose.done, dose.received)
            own.append(EffectAccount(table.plan, line.commitment, goal, mine, found, dose))
            other += [
                own[-1]._replace(series=one, outcome=of_dose(study_of(one, goal), dose.done, dose.received))
                for one in wanted
                if one.file != _file(mine)
            ]
    flagged = besides([account.outcome for account in other])
    return own + [account._replace(outcome=outcome) for account, outcome in zip(other, flagged, strict=True)]


def _own_series(project: CheckedProject, goal: OutcomeGoal, as_of: date) -> Series | None:
    series = project.series.get(goal.indicator)
    return series.until(as_of) if series is not None else None


def _series(project: CheckedProject, name: str, as_of: date) -> Series:
    from uppfoljning.cli.misuse import Misuse, hint

    if name not in project.series:
        raise Misuse(f"flaggan --indikator: det finns ingen serie ”{name}” med siffror{hint(name, project.series)}")
    return project.series[name].until(as_of)


def _file(series: Series | None) -> str:
    return series.file if series is not None else ""
