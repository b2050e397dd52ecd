"""Reading and checking a judgement."""

from __future__ import annotations

from uppfoljning.domain.finding import Place, Problem
from uppfoljning.domain.judgement import Judgement
from uppfoljning.domain.period import Period, TermName, period_name
from uppfoljning.domain.schema import FieldProblem, Refused, read, sparing, suggestion
from uppfoljning.project.document import ParsedFile
from uppfoljning.project.plans import Plans
from uppfoljning.rules import finding_sink as refs
from uppfoljning.rules.finding_sink import FindingSink

Judged = tuple[str, Period | TermName]
"""A plan and the period that was judged."""


@sparing
def read_judgement(document: ParsedFile, plans: Plans, judged: dict[Judged, str]) -> Judgement | None:
    """The judgement in a document; problems are added to the document. `judged` holds the file of each judgement read so far."""
    assert document.tree is not None
    found: list[FieldProblem] = []
    judgement = read(Judgement, document.tree, (), found)
    out = FindingSink(document.file)
    out.take(found)
    if not isinstance(judgement, Refused):
        _check(judgement, plans, out)
        first = judged.setdefault((judgement.plan, judgement.period), document.file)
        if first != document.file:
            message = f"{period_name(judgement.period)} är redan bedömd"
            remedy = "ha en bedömning för varje plan och period; ändra i den som finns"
            out.say(("bedömning",), Problem("R317", message, remedy), also=Place(first, ("bedömning",)))
    document.findings += out.findings
    return None if isinstance(judgement, Refused) else judgement


def _check(judgement: Judgement, plans: Plans, out: FindingSink) -> None:
    plan = plans.plans.get(judgement.plan)
    if plan is None:
        if not plans.is_lost(judgement.plan):
            problem = Problem("R301", f"planen {judgement.plan} finns inte", suggestion(judgement.plan, plans.plans))
            out.say(("plan",), problem)
        return
    if isinstance(judgement.period, str):
        out.say(("bedömning",), refs.term(plan, judgement.period))
    known = {commitment.id for commitment in plan.commitments}
    for name in judgement.verdicts:
        if name not in known and not plans.may_hold(plan.id, name):
            problem = Problem("R302", f"åtagandet {name} finns inte i planen", suggestion(name, known))
            out.say(("åtaganden", name), problem, on_key=True)
