"""`status`: the follow-up table, and the detailed view of one commitment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from uppfoljning.cli.grouping import GroupingOption, settled, show_groups
from uppfoljning.cli.options import (
    DayOption,
    FormatOption,
    OutOption,
    PartyOption,
    PeriodOption,
    PlaceOption,
    PlanOption,
    RefOption,
    SinceOption,
)

if TYPE_CHECKING:
    from uppfoljning.followup.table import Looks


def status(
    ctx: typer.Context,
    commitments: Annotated[
        list[str] | None, typer.Argument(metavar="ÅTAGANDE", help="Visa bara dessa; ett ensamt visas i detalj.")
    ] = None,
    plan: PlanOption = "",
    party: PartyOption = "",
    place: PlaceOption = "",
    period: PeriodOption = "",
    day: DayOption = "",
    since: SinceOption = "",
    ref: RefOption = None,
    grouping: GroupingOption = None,
    full: Annotated[bool, typer.Option("--utforligt", help="Visa allt om varje rad: parter, avvikelser, bedömningar.")] = False,
    ended: Annotated[bool, typer.Option("--alla", help="Visa också avslutade planer i sin helhet.")] = False,
    only: Annotated[
        str, typer.Option("--bara", metavar="LÄGEN", help="Visa bara de lägena, till exempel efter,osäkert,saknas.")
    ] = "",
    order: Annotated[str, typer.Option("--sortera", metavar="ORDNING", help="läge: det sämsta först.")] = "",
    format: FormatOption = None,
    out: OutOption = "",
) -> int:
    """Visa uppföljningen: hur det går mot det som lovats."""
    from uppfoljning.cli import output as writing
    from uppfoljning.cli import reading
    from uppfoljning.present.views.status_formats import FORMATS, show_text

    by = settled(grouping, party, place, since)
    target = writing.settled(ctx, format, out)
    looks = looks_of(full=full, ended=ended or bool(plan or commitments), only=only, order=order, text=target.format == "text")
    limits = (commitments, party, place, period, since, ref, by)
    opened = reading.open_summed(ctx, day) if target.format == "text" and not any(limits) else None
    opened = opened or reading.open_project(ctx, ref)
    asked = reading.asked_for(
        opened.project, words=commitments or [], plan=plan, party=party, place=place, period=period, day=day
    )
    view, selection, tables = asked
    beside = reading.decided_beside(opened, reading.past_of(opened, [table.plan for table in tables]))
    tables = reading.beside_former(opened, list(map(beside, tables)), since)
    foot = target.foot(ctx, opened, view.as_of).seeing(gap for table in tables for gap in table.gaps)
    if by is not None:
        show_groups(opened, asked._replace(tables=tables), beside, by, target, foot)
    elif target.format == "text":
        show_text(tables, foot, selection, target.screen, looks)
    else:
        FORMATS[target.format](tables, foot, view, selection, target.screen)
    target.finish()
    return reading.finish(opened.project, ref)


def looks_of(*, full: bool, ended: bool, only: str, order: str, text: bool) -> Looks:
    """What of the table is shown as text, and in what order; the other formats hold all of it."""
    from uppfoljning.cli.misuse import Misuse, nearest, shown
    from uppfoljning.followup.status import Status
    from uppfoljning.followup.table import MISSING, Looks

    for option, given in (("--utforligt", full), ("--bara", only), ("--sortera", order)):
        if given and not text:
            raise Misuse(f"flaggan {option} går bara ihop med text: de andra formaten har allt. Ta bort den ena.")
    words = tuple(word.strip() for word in only.split(",") if word.strip())
    known = [*(one.value for one in Status), MISSING]
    for word in words:
        if word not in known:
            raise Misuse(f"flaggan --bara: läget ”{shown(word)}” finns inte{nearest(word, known)} Välj bland {', '.join(known)}.")
    if order not in ("", "läge", "lage"):
        raise Misuse(f"flaggan --sortera: ”{shown(order)}” finns inte att välja. Skriv --sortera läge.")
    return Looks(full, ended, words, bool(order))
