"""The whole follow-up report of a plan: the answer first, then targets, commitments, deviations, judgement and sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from uppfoljning.followup.deviations import Deviations
from uppfoljning.followup.history import PlanChangeLog
from uppfoljning.followup.outstanding import Overview
from uppfoljning.followup.table import Selection, Table
from uppfoljning.present.document.commitment import commitment_part
from uppfoljning.present.document.model import Chart, Document, Grid, Part
from uppfoljning.present.document.tables import judged_grid
from uppfoljning.present.document.words import sources_grid
from uppfoljning.present.figures import days, sentences
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.views import deviation_cells as departed
from uppfoljning.present.views import history as changed
from uppfoljning.present.views import status_cells as beside
from uppfoljning.present.views.deviations import departures_grid, observations_grid, occasions_grid, reasons_grid
from uppfoljning.present.views.effect import effect_part
from uppfoljning.present.views.effect_plan import EffectAccount
from uppfoljning.present.views.history import history_grid
from uppfoljning.present.views.outstanding_cells import listed, outstanding_grid
from uppfoljning.present.views.outstanding_cells import summary as outstanding_summary
from uppfoljning.present.views.parts import PartsAccount, parts_part
from uppfoljning.present.views.status import status_grid, summary


class ReportInput(NamedTuple):
    """All that a report of one plan is made from. `account` is None where the plan's history is not asked for.

    `effect` and `parts` are what `effekt` and `analys` found; without them the report has no such section.
    """

    table: Table
    selection: Selection
    deviations: Deviations
    overview: Overview
    account: PlanChangeLog | None
    foot: Provenance
    command: str
    effect: tuple[EffectAccount, ...] = ()
    parts: tuple[PartsAccount, ...] = ()


def report_of(whole: ReportInput) -> Document:
    """The report."""
    table = whole.table
    view = table.view
    when = f"per {view.as_of}" if view.period is None else f"{days(view.period, year=True)}, per {view.as_of}"
    parts = [part for part in _parts(whole) if part is not None]
    return Document(
        f"Uppföljning: {table.plan.title}",
        when,
        f"{summary(table).removesuffix('.')}.",
        tuple(parts),
        tuple(_foot(whole)),
        view.as_of,
        whole.command,
        tuple(_about(whole)),
    )


def _about(whole: ReportInput) -> Iterator[str]:
    """What plan it is, whom it binds, who decided it, and what part of it is told of here."""
    plan, selection = whole.table.plan, whole.selection
    yield f"Planen heter {plan.title} och gäller {days(plan.span, year=True)}."
    yield f"Den binder {listed(list(plan.parties.values()))}."
    if plan.decision is not None:
        yield f"Den beslutades {plan.decision.day}" + (f" ({plan.decision.reference})." if plan.decision.reference else ".")
    if limited := departed.limited(selection):
        yield limited


def _parts(whole: ReportInput) -> Iterator[Part | None]:
    table = whole.table
    yield Part("mal", "Genomfört jämfört med mål", tuple(beside.dropped(table)), (status_grid([table], whole.selection),))
    yield Part("ataganden", "Åtagande för åtagande", parts=tuple(commitment_part(table, line) for line in table.lines))
    yield effect_part(whole.effect) if whole.effect else None
    yield parts_part(whole.parts) if whole.parts else None
    yield _departures(whole.deviations)
    yield _observations(whole.deviations)
    yield Part(
        "saknas", "Det som saknas", (outstanding_summary([whole.overview]),), _unless_empty(outstanding_grid([whole.overview]))
    )
    yield Part("bedomning", "Bedömning", (_JUDGED,), (judged_grid([table]),))
    yield _changes(whole.account)
    yield Part("underlag", "Underlag", tuple(_made_from(whole)), (sources_grid([table]),))


_JUDGED = "Programmet föreslår en status efter siffrorna. Det är människor som bedömer."


def _unless_empty(*blocks: Grid) -> tuple[Grid, ...]:
    return tuple(block for block in blocks if block.rows)


def _departures(found: Deviations) -> Part:
    blocks: list[Grid | Chart] = list(_unless_empty(occasions_grid(found)))
    if found.reasons:
        grid = reasons_grid(found)
        most = ", ".join(f"{departed.reason(one)} {one.number}" for one in found.reasons[:3])
        blocks.append(Chart("staplar", "Skäl till avvikelser", f"Skäl till avvikelser: {most}.", grid))
    blocks += _unless_empty(departures_grid([found]))
    return Part("avvikelser", "Avvikelser och orsaker", (departed.answer(found),), tuple(blocks))


def _observations(found: Deviations) -> Part | None:
    if not found.observations:
        return None
    return Part("iakttagelser", "Öppna iakttagelser", blocks=(observations_grid([found]),))


def _changes(account: PlanChangeLog | None) -> Part | None:
    if account is None or not account.changes:
        return None
    return Part("andringar", "Ändringar av planen", (changed.answer(account),), (history_grid([account]),))


def _made_from(whole: ReportInput) -> Iterator[str]:
    yield from sentences(whole.table.gaps)
    yield f"Siffrorna kommer från rapporterna i förrådet och går att göra om med: {whole.command}"


def _foot(whole: ReportInput) -> Iterator[str]:
    yield str(whole.foot)
    yield f"Gjord med: {whole.command}"
