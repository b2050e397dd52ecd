"""`ark`: a sheet that a party fills in and hands back."""

from __future__ import annotations

from typing import Annotated

import typer

MOST_EMPTY = 500


def ark(
    ctx: typer.Context,
    commitment: Annotated[str, typer.Argument(metavar="ÅTAGANDE", help="Åtagandet; plan/åtagande om flera planer har det.")],
    party: Annotated[str, typer.Option("--part", metavar="PART", help="Bara den här partens rapporter.")] = "",
    out: Annotated[
        str,
        typer.Option("--ut", metavar="FIL", help="Filen att skriva, som slutar på .xlsx eller .csv. Annars skrivs CSV ut."),
    ] = "",
    empty: Annotated[
        int, typer.Option("--tomma", metavar="N", min=0, max=MOST_EMPTY, help="Så många tomma rader att fylla i.")
    ] = 10,
) -> int:
    """Gör ett ark med åtagandets rapporter och tomma rader, att fylla i och läsa in med importera."""
    import sys
    from secrets import randbits

    from uppfoljning.cli import reading
    from uppfoljning.cli.misuse import Misuse, shown
    from uppfoljning.cli.output import written
    from uppfoljning.collect.naming import receipt_of
    from uppfoljning.collect.sheet import sheet_of
    from uppfoljning.collect.table.import_rows import ExistingReports
    from uppfoljning.collect.table.template_sheet import own_sheet
    from uppfoljning.files.atomic_write import write_new
    from uppfoljning.files.source import Folder
    from uppfoljning.present.figures import plural
    from uppfoljning.present.views.template_sheet import sheet_csv, sheet_xlsx

    kinds = {".csv": sheet_csv, ".xlsx": sheet_xlsx}
    kind = next((suffix for suffix in kinds if out.lower().endswith(suffix)), "")
    if out and not kind:
        raise Misuse(f"flaggan --ut: {shown(out)} ska sluta på .xlsx eller .csv.")
    opened = reading.open_project(ctx)
    project = opened.project
    plans = reading.chosen_plans(project, "", [commitment])
    reading.check_commitments([commitment], plans)
    reading.check_party(party, plans)
    plan, promise = next(
        (plan, one) for plan in plans for one in plan.commitments if commitment in (one.id, f"{plan.id}/{one.id}")
    )
    sheet = own_sheet(
        sheet_of(plan, promise, project.forms.get(promise.form)),
        project.entries.get(plan.id, {}).get(promise.id, ()),
        ExistingReports(Folder(opened.root), project.entries),
        [receipt_of(randbits(64)) for _ in range(empty)],
        party,
    )
    data = kinds[kind or ".csv"](sheet)
    if not out:
        sys.stdout.write(data.decode("utf-8-sig").replace("\r\n", "\n"))
        return reading.finish(project)
    from uppfoljning.cli.options import directory

    with written(shown(out), "Välj en annan mapp", option="--ut"):
        new = write_new(directory(ctx) / out, data)
    if not new:
        raise Misuse(f"{shown(out)} finns redan. Välj ett annat namn, så skrivs inget över.")
    reports, blank = plural(len(sheet.rows), "rapport", "rapporter"), plural(len(sheet.blank), "tom rad", "tomma rader")
    print(f"Skrev {shown(out)}: {reports} och {blank}.")
    print(f"När arket är ifyllt: uppfoljning importera {shown(out)}")
    return reading.finish(project)
