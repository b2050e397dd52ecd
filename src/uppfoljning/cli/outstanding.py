"""`saknas`: missing and late reports and steps, by the function they rest on."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from uppfoljning.cli.options import DayOption, FormatOption, OutOption, PeriodOption, PlanOption, RefOption
from uppfoljning.present.renderers.drawn import TableFormat

if TYPE_CHECKING:
    from uppfoljning.domain.plan import Plan


def saknas(
    ctx: typer.Context,
    plan: PlanOption = "",
    party: Annotated[str, typer.Option("--part", metavar="PART", help="Bara det som vilar på den här parten.")] = "",
    function: Annotated[
        str, typer.Option("--funktion", metavar="FUNKTION", help="Bara det som vilar på den här funktionen.")
    ] = "",
    period: PeriodOption = "",
    day: DayOption = "",
    ref: RefOption = None,
    format: FormatOption = None,
    out: OutOption = "",
    reminder: Annotated[
        bool, typer.Option("--paminnelse", help="Skriv ett mejl till var och en som något saknas från, att skicka vidare.")
    ] = False,
    calendar: Annotated[
        bool,
        typer.Option(
            "--ics",
            help="Skriv en kalender (iCalendar) över det som förfaller från och med dagen, en händelse per vecka och funktion.",
        ),
    ] = False,
) -> int:
    """Visa vad som saknas, kom sent och snart förfaller, för varje ansvarig funktion."""
    from uppfoljning.cli import output as writing
    from uppfoljning.cli import reading
    from uppfoljning.followup.outstanding import outstanding
    from uppfoljning.present.views.outstanding import FORMATS

    target = writing.settled(ctx, _face(format, reminder, calendar), out)
    opened = reading.open_project(ctx, ref)
    project = opened.project
    plans = reading.chosen_plans(project, plan, [])
    reading.check_party(party, plans)
    _check_function(function, plans)
    view = reading.view_of(day, period, plans)
    tables = reading.followed(project, _concerned(plans, party, function), view)
    found = [outstanding(table, party=party, function=function) for table in tables]
    if FORMATS[target.format](found, target.foot(ctx, opened, view.as_of), view, target.screen):
        target.finish()
    else:
        print(f"Inget förfaller från och med {view.as_of}, så det blir ingen kalender.", file=sys.stderr)
    return reading.finish(project, ref)


def _face(format: TableFormat | None, reminder: bool, calendar: bool) -> str | None:
    """What is asked for, if anything. A letter and a calendar are faces of their own, and only one face can be asked for."""
    from uppfoljning.cli.misuse import Misuse

    asked = [option for option, given in (("--paminnelse", reminder), ("--ics", calendar), ("--format", format)) if given]
    if len(asked) > 1:
        raise Misuse(f"flaggorna {' och '.join(asked)} går inte ihop. Välj en av dem.")
    if reminder or calendar:
        return asked[0].removeprefix("--")
    return format


def _check_function(word: str, plans: Iterable[Plan]) -> None:
    """A function to limit to must be one of the plans', or a party that something rests on directly."""
    from uppfoljning.cli.misuse import Misuse, hint
    from uppfoljning.followup.outstanding import responsible

    known = {who for plan in plans for who in responsible(plan)}
    if word and word not in known:
        raise Misuse(f"funktionen ”{word}” finns inte i någon vald plan{hint(word, known)}")


def _concerned(plans: list[Plan], party: str, function: str) -> list[Plan]:
    """The plans that know the party and the function the answer is limited to."""
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.followup.outstanding import party_of, responsible

    known = [plan for plan in plans if not function or function in responsible(plan)]
    if party and function:
        concerned = [plan for plan in known if party_of(plan, function) == party]
        if not concerned:
            raise Misuse(f"funktionen ”{function}” hör inte till parten ”{party}”. Välj den ena eller den andra.")
        return concerned
    return [plan for plan in known if not party or party in plan.parties]
