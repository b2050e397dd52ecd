"""What `init --fran` settles before it writes: the old plan's text, the new period and id, and that the result is sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from uppfoljning.cli.dates import refusal
from uppfoljning.cli.misuse import Misuse
from uppfoljning.cli.output import written
from uppfoljning.domain.date_shift import Move, following, move_to
from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.domain.period import Period, TermName, parse_period, period_name
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.scalars import parse_id
from uppfoljning.files.atomic_write import write_new
from uppfoljning.files.source import Source, WithFiles
from uppfoljning.files.text import ascii_name, text_of
from uppfoljning.followup.carry_over import Carried
from uppfoljning.followup.succession import next_id, written_period
from uppfoljning.followup.table import Table
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import plural
from uppfoljning.present.views.findings_located import located
from uppfoljning.present.views.repository import next_plan
from uppfoljning.project.document import take_in
from uppfoljning.project.load import CheckedProject, load_project
from uppfoljning.rules.catalogue import level_of

_IN_MANY_PLANS = "R303"
"""What is wrong with a report that does not say its plan, once two plans have the commitment."""
_LONGEST_EXCERPT = 80


class PlanOrigin(NamedTuple):
    """A plan to carry over, with the project it stands in, its file and what that says."""

    source: Source
    project: CheckedProject
    plan: Plan
    file: str
    text: str
    tree: Mapping[str, Tree]

    @classmethod
    def read(cls, source: Source, project: CheckedProject, plan: Plan) -> PlanOrigin:
        """The plan's file once more, for its text."""
        file = project.plan_files[plan.id]
        tree = take_in(source, file).tree
        assert tree is not None
        return cls(source, project, plan, file, text_of(source, file), tree)

    @property
    def period(self) -> str:
        """How its period is written, or "" when two days say it."""
        return written_period(self.tree)


def move_from(old: PlanOrigin, period: str) -> Move:
    """The move to the period asked for, else to the next one; refused when it cannot be told or is not a later one."""
    new = _asked(period) if period else following(old.plan.span, old.period)
    if new is None:
        raise Misuse(
            f"det går inte att räkna ut vilken period som följer på {_said(old)}, som inte är ett helt antal månader. "
            "Skriv den med --period."
        )
    move = move_to(old.plan.span, old.period, new, old.plan.terms)
    if move is None:
        raise Misuse(
            f"den nya perioden blir {new}, men ingen vet när den är. Lägg till {new} under terminer i {old.file}, "
            "eller välj en annan period med --period."
        )
    if move.new.first <= old.plan.span.last:
        raise Misuse(
            f"perioden {named(move)} börjar {move.new.first}, och {old.plan.id} slutar först {old.plan.span.last}. "
            "Välj en period som börjar efter den dagen."
        )
    return move


def _asked(text: str) -> Period | TermName:
    period = parse_period(text)
    if isinstance(period, Problem):
        raise Misuse(refusal("--period", text, period))
    return period


def _said(old: PlanOrigin) -> str:
    return old.period or period_name(old.plan.span)


def named(move: Move) -> str:
    """The new period in running text."""
    return move.written or period_name(move.new)


def id_of(old: PlanOrigin, asked: str, move: Move) -> str:
    """The new plan's id: as asked for, else made from the old one; refused when it cannot be one, or is taken."""
    suggested = next_id(old.plan.id, old.period, move)
    new = parse_id(asked) if asked else suggested
    if isinstance(new, Problem):
        raise Misuse(f"{refusal('--id', asked, new)}. Ett id har små bokstäver, siffror och bindestreck, som {suggested}.")
    if new in old.project.plans:
        raise Misuse(f"planen {new} finns redan. Välj ett annat id med --id.")
    return new


def write(root: Path, old: PlanOrigin, table: Table, move: Move, id: str, carried: Sequence[Carried]) -> str:
    """Write the new plan's file and give its name; refused when there is one already, or the result would have an error."""
    file = f"plans/{ascii_name(id)}.yaml"
    text = next_plan(old.text, old.tree, table, move, id, carried)
    taken = (root / file).exists()
    if not taken and _sound(old, file, text):
        with written(file):
            taken = not write_new(root / file, text)
    if taken:
        raise Misuse(f"{file} finns redan. Välj ett annat id med --id, eller ta bort filen först.")
    return file


def _sound(old: PlanOrigin, file: str, text: str) -> bool:
    """True when the project with the new file has no error that it did not have without; else a refusal that says which."""
    trial = WithFiles(old.source, {file: text})
    known = {(finding.place, finding.problem.code) for finding in old.project.findings}
    new = [one for one in load_project(trial).findings if (one.place, one.problem.code) not in known]
    errors = [one for one in new if level_of(one.problem.code) == "fel"]
    if not errors:
        return True
    if all(one.problem.code == _IN_MANY_PLANS for one in errors):
        files = sorted({one.place.file for one in errors})
        raise Misuse(
            f"{plural(len(files), 'rapportfil säger', 'rapportfiler säger')} inte vilken plan den gäller, och åtagandet skulle "
            f"finnas i två planer. Inget är skrivet. Lägg till plan: {old.plan.id} först, i {one_line(', '.join(files[:3]))}"
            f"{' med flera' if len(files) > 3 else ''}."
        )
    first = located(errors, trial)[0]
    said = one_line(first.message) + (f", i raden ”{one_line(first.excerpt)[:_LONGEST_EXCERPT]}”" if first.excerpt else "")
    raise Misuse(
        f"den nya planen skulle få {plural(len(errors), 'fel', 'fel')}, så inget är skrivet. "
        f"{'Felet är' if len(errors) == 1 else 'Det första är'}: {said}. "
        f"Ändra i {old.file}, eller välj en annan period med --period."
    )
