"""`diff`: what differs between two moments, and from what."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from uppfoljning.cli.options import PartyOption, PeriodOption, PlaceOption, PlanOption, RefOption


class DiffFormat(StrEnum):
    """The formats of `diff`."""

    text = "text"
    md = "md"
    json = "json"


def diff(
    ctx: typer.Context,
    moments: Annotated[
        str | None,
        typer.Argument(
            metavar="FRÅN..TILL",
            help="Två commits, grenar eller taggar. Utan TILL jämförs FRÅN med mappen, med tre punkter TILL med där den lämnade"
            " FRÅN. Utan argument: det som inte är sparat i git.",
        ),
    ] = None,
    commitments: Annotated[
        list[str] | None, typer.Option("--atagande", metavar="ÅTAGANDE", help="Bara det här åtagandet. Får anges flera gånger.")
    ] = None,
    plan: PlanOption = "",
    party: PartyOption = "",
    place: PlaceOption = "",
    period: PeriodOption = "",
    day: Annotated[
        str, typer.Option("--vid", metavar="DATUM", help="Dagen som båda sidor ses från, eller med --mot den tidigare.")
    ] = "",
    later: Annotated[str, typer.Option("--mot", metavar="DATUM", help="Den senare dagen, när två dagar jämförs.")] = "",
    ref: RefOption = None,
    format: Annotated[DiffFormat, typer.Option("--format", metavar="FORMAT", help="text, md eller json.")] = DiffFormat.text,
) -> int:
    """Visa vad som skiljer mellan två tillfällen, och vad det beror på. Skiljer inget skrivs inget."""
    from uppfoljning.cli.diff_range import differences, opened
    from uppfoljning.cli.output import standard_output
    from uppfoljning.present.views.diff import FORMATS

    both = opened(ctx, moments, day, later, ref)
    found, shown = differences(both, words=commitments or [], plan=plan, party=party, place=place, period=period)
    FORMATS[format.value](found, shown, standard_output())
    return both.finish()
