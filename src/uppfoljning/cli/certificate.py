"""`intyg`: one page for a club or another party, for its grant."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from uppfoljning.cli.options import DayOption, OutOption, PeriodOption, PlanOption, RefOption


class CertificateFormat(StrEnum):
    """The faces of a paper that is one page to read, and to sign."""

    text = "text"
    md = "md"
    html = "html"
    docx = "docx"


def intyg(
    ctx: typer.Context,
    party: Annotated[str, typer.Option("--part", metavar="PART", help="Parten som intyget gäller.")],
    plan: PlanOption = "",
    period: PeriodOption = "",
    day: DayOption = "",
    ref: RefOption = None,
    format: Annotated[
        CertificateFormat | None,
        typer.Option("--format", metavar="FORMAT", help="text, md, html eller docx. Annars text, eller efter ändelsen i --ut."),
    ] = None,
    out: OutOption = "",
) -> int:
    """Skriv ett intyg för en förening eller annan part: planerade, hållna och inställda tillfällen. Utan namn."""
    from uppfoljning.cli import output as writing
    from uppfoljning.cli import reading
    from uppfoljning.cli.command_line import again
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.present.document.certificate import Party, certificate_of
    from uppfoljning.present.document.tables import told_within
    from uppfoljning.present.renderers.drawn import drawn
    from uppfoljning.present.renderers.text import paper_text

    if not party:
        raise Misuse("flaggan --part: skriv vilken part intyget gäller, med dess id i planen.")
    to = writing.settled(ctx, format, out)
    if to.format not in set(CertificateFormat):
        raise Misuse(f"flaggan --ut: ett intyg skrivs inte som {to.format}. Välj bland {', '.join(CertificateFormat)}.")
    opened = reading.open_project(ctx, ref)
    plans = reading.chosen_plans(opened.project, plan, [])
    reading.check_party(party, plans)
    view = reading.view_of(day, period, plans)
    tables = reading.followed(opened.project, [one for one in plans if party in one.parties], view)
    foot = opened.foot(view.as_of)._replace(command=again(ctx, view.as_of))
    paper = certificate_of(Party(party, tuple(tables)), foot)
    if to.format == CertificateFormat.text:
        to.screen.show(paper_text(paper, to.screen.width))
    else:
        to.screen.write_bytes(drawn(to.format, told_within(paper) if to.format == CertificateFormat.docx else paper))
    to.finish()
    return reading.finish(opened.project, ref)
