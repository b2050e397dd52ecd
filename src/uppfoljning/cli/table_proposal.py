"""`importera --skapa-mappning`: proposes a mapping and writes its file."""

from __future__ import annotations

import typer

from uppfoljning.cli.dates import refusal
from uppfoljning.cli.misuse import Misuse, shown
from uppfoljning.cli.reading import check_commitments, chosen_plans, open_project
from uppfoljning.cli.table_in import Wanted, grid_of, settled
from uppfoljning.cli.writing import written
from uppfoljning.collect.sheet import sheet_of
from uppfoljning.collect.table.headings import table_of
from uppfoljning.collect.table.proposal import propose
from uppfoljning.collect.table.proposal_text import CHECK, mapping_text
from uppfoljning.collect.table.template_sheet import is_own_sheet
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.scalars import parse_id
from uppfoljning.files.characters import ascii_name
from uppfoljning.files.writing import write_new
from uppfoljning.present.escape import shown as safe
from uppfoljning.present.figures import plural
from uppfoljning.project.document import MAPPINGS


def propose_mapping(ctx: typer.Context, wanted: Wanted, commitment: str, plan: str) -> int:
    """Write the mapping that a table's headings and cells suggest, or show it; never over one that exists."""
    for option, given in (("--ratta", wanted.correct), ("--allt-eller-inget", wanted.all_or_nothing)):
        if given:
            raise Misuse(f"{option} går inte ihop med --skapa-mappning, som inte läser in något.")
    if not commitment:
        raise Misuse("flaggan --atagande saknas. Skriv vilket åtagande tabellen gäller.")
    opened = open_project(ctx)
    plans = chosen_plans(opened.project, plan, [commitment])
    check_commitments([commitment], plans)
    home, promise = next(
        (home, one) for home in plans for one in home.commitments if commitment in (one.id, f"{home.id}/{one.id}")
    )
    grid = grid_of(ctx, wanted.origin, wanted.sheet)
    if is_own_sheet(grid):
        raise Misuse(f"{shown(wanted.origin)} är ett ark härifrån och behöver ingen mappning.")
    table = settled(wanted.origin, table_of(grid, wanted.header))
    proposal = propose(table, sheet_of(home, promise, opened.project.forms.get(promise.form)))
    name = _id(wanted.mapping) or f"{promise.id}-{proposal.kind}"
    text = mapping_text(name, home.id, promise.id, proposal, table, wanted.sheet, wanted.header)
    if wanted.dry:
        print(safe_lines(text), end="")
        return 0
    file = f"{MAPPINGS}{ascii_name(name)}.yaml"
    with written(file):
        new = write_new(opened.root / file, text)
    if not new:
        raise Misuse(f"{file} finns redan. Ta bort den först, eller välj ett annat id med --mappning.")
    unsure = text.count(CHECK) - 1 if text.count(CHECK) else 0
    print(f"Skrev {file}: {plural(len(proposal.guesses), 'kolumn', 'kolumner')} av {len(table.headings)} tas med.")
    if unsure > 0:
        print(f"Gå igenom {plural(unsure, 'rad', 'rader')} med {CHECK} i filen.")
    print(f"Prova sedan: uppfoljning importera {shown(wanted.origin)} --mappning {name} --torrkorning")
    return 0


def _id(text: str) -> str:
    found = parse_id(text) if text else ""
    if isinstance(found, Problem):
        raise Misuse(refusal("--mappning", text, found))
    return found


def safe_lines(text: str) -> str:
    """The lines of a text, each fit to print."""
    return "".join(f"{safe(line)}\n" for line in text.rstrip("\n").split("\n"))
