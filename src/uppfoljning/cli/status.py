"""`status`: the follow-up table, and the detailed view of one commitment."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from uppfoljning.cli import reading
from uppfoljning.cli.misuse import Misuse
from uppfoljning.cli.output import OutputFormat, screen
from uppfoljning.cli.reading import DayOption, PeriodOption, PlanOption
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.shape import suggestion
from uppfoljning.files.head import head_commit
from uppfoljning.followup.table import Line, Table, follow_up
from uppfoljning.followup.view import View
from uppfoljning.present.foot import Foot
from uppfoljning.present.status_formats import FORMATS, Selection
from uppfoljning.rules.project import Project


def status(
    ctx: typer.Context,
    commitments: Annotated[list[str] | None, typer.Argument(metavar="ÅTAGANDE", help="Visa bara dessa; ett ensamt visas i detalj.")] = None,
    plan: PlanOption = "",
    party: Annotated[str, typer.Option("--part", metavar="PART", help="Bara åtaganden som binder den här parten.")] = "",
    place: Annotated[str, typer.Option("--plats", metavar="PLATS", help="Bara åtaganden med tillfällen på den här platsen.")] = "",
    period: PeriodOption = "",
    day: DayOption = "",
    format: Annotated[OutputFormat, typer.Option("--format", metavar="FORMAT", help="text, json, csv eller md.")] = OutputFormat.text,
) -> int:
    """Uppföljningen: hur det går mot det som lovats."""
    words = commitments or []
    opened = reading.open_project(ctx)
    project = opened.project
    plans = reading.chosen_plans(project, plan, words)
    reading.check_commitments(words, plans)
    view = reading.view_of(day, period, plans)
    selection = Selection(party=_known_party(party, plans), place=_known_place(place, plans), detail=len(words) == 1)
    tables = [_table(project, one, view, words, selection) for one in plans]
    shown = [table for table in tables if table.lines or not (words or party or place or period)]
    foot = Foot(head_commit(opened.root), project.files, len(project.left_out), project.rows_left_out)
    FORMATS[format.value](shown, foot, plan, view, selection, screen(sys.stdout))
    return reading.finish(project)


def _table(project: Project, plan: Plan, view: View, words: list[str], selection: Selection) -> Table:
    table = follow_up(
        plan,
        view,
        forms=project.forms,
        entries=project.entries.get(plan.id, {}),
        judgements=project.judgements,
    )
    lines = tuple(line for line in table.lines if _asked_for(line, plan, words) and selection.concerns(line))
    return Table(plan, view, lines)


def _asked_for(line: Line, plan: Plan, words: list[str]) -> bool:
    return not words or line.commitment.id in words or f"{plan.id}/{line.commitment.id}" in words


def _known_party(word: str, plans: list[Plan]) -> str:
    known = {party for plan in plans for party in plan.parties}
    if word and word not in known:
        raise Misuse(f"parten {word} finns inte i någon vald plan. {suggestion(word, known)}".rstrip())
    return word


def _known_place(word: str, plans: list[Plan]) -> str:
    known = {place for plan in plans for place in plan.places}
    if word and word not in known:
        raise Misuse(f"platsen {word} finns inte i någon vald plan. {suggestion(word, known)}".rstrip())
    return word
