"""`historik`: every change of a plan since it was decided."""

from __future__ import annotations

from typing import Annotated

import typer

from uppfoljning.cli.options import DayOption, FormatOption, OutOption, PartyOption, PeriodOption, PlanOption, RefOption


def historik(
    ctx: typer.Context,
    commitments: Annotated[list[str] | None, typer.Argument(metavar="ÅTAGANDE", help="Visa bara dessa.")] = None,
    plan: PlanOption = "",
    party: PartyOption = "",
    period: PeriodOption = "",
    day: DayOption = "",
    ref: RefOption = None,
    format: FormatOption = None,
    out: OutOption = "",
) -> int:
    """Visa vad som har ändrats i planen sedan den beslutades, och varför."""
    from uppfoljning.cli import output as writing
    from uppfoljning.cli import reading
    from uppfoljning.followup.asking import accounts_of, originals
    from uppfoljning.followup.table import Selection
    from uppfoljning.present.views.history import FORMATS
    from uppfoljning.project.plan_past import read_past

    words = commitments or []
    target = writing.settled(ctx, format, out)
    opened = reading.open_project(ctx, ref, folders=("plans",))
    plans = reading.chosen_plans(opened.project, plan, words)
    past = read_past(opened.root, opened.project, plans, opened.commit if opened.exact else "")
    reading.mark_unsure(past)
    reading.check_commitments(words, originals(plans, past))
    reading.check_party(party, plans)
    view = reading.view_of(day, period, plans)
    selection = Selection(commitments=frozenset(words), party=party)
    accounts = accounts_of(plans, past, view, selection)
    foot = target.foot(ctx, opened, view.as_of).seeing(gap for one in accounts for gap in one.gaps)
    FORMATS[target.format](accounts, past.fault, foot, view, target.screen)
    target.finish()
    return reading.finish(opened.project, ref)
