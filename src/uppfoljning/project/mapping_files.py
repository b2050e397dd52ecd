"""Checks of a mapping: every name in it must be one that the plan and its forms declare, and no column may mean two things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from uppfoljning.domain.finding import Problem, Tree, TreePath
from uppfoljning.domain.form import Form
from uppfoljning.domain.mapping import TableMapping, heading_of, same_heading
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.report import HOURS, Deviation, Observation, QuickReport
from uppfoljning.domain.schema import FieldProblem, Refused, read, sparing, suggestion, unknown_key
from uppfoljning.project.document import ParsedFile, check_id_is_name
from uppfoljning.project.plans import Plans
from uppfoljning.rules import finding_sink as refs
from uppfoljning.rules.finding_sink import FindingSink

SEVERAL = ("text",)
"""What several columns may give together."""
OF_THE_PROGRAM = ("kvitto", "utgåva", "ersätter", "plan", "id")
"""Keys that the program writes itself when a table is brought in."""
_LEVELLED = ("uppgifter", "moment", "funktioner", "avvikelser", "iakttagelser", "timmar")
_KEYS = tuple(name for name in QuickReport.KEYS if name not in OF_THE_PROGRAM)


@sparing
def read_mapping(document: ParsedFile, plans: Plans) -> TableMapping | None:
    """The mapping in a document; problems are added to the document."""
    assert document.tree is not None
    found: list[FieldProblem] = []
    mapping = read(TableMapping, document.tree, (), found)
    out = FindingSink(document.file)
    out.take(found)
    if not isinstance(mapping, Refused):
        document.findings += check_id_is_name(document, "mappning", mapping.id)
        _Check(mapping, document.tree, plans, out).all()
    document.findings += out.findings
    return None if isinstance(mapping, Refused) else mapping


class _Check:
    """One mapping against the plans."""

    def __init__(self, mapping: TableMapping, tree: Mapping[str, Tree], plans: Plans, out: FindingSink) -> None:
        self._mapping = mapping
        self._tree = tree
        self._plans = plans
        self._out = out
        self._places: dict[str, TreePath] = {}
        for written, path in self._headings():
            self._places.setdefault(heading_of(written), path)

    def all(self) -> None:
        self._check_columns()
        self._check_what_is_needed()
        mapping, plans = self._mapping, self._plans
        plan = plans.plans.get(mapping.plan)
        if plan is None:
            if not plans.is_lost(mapping.plan):
                problem = Problem("R301", f"planen {mapping.plan} finns inte", suggestion(mapping.plan, plans.plans))
                self._out.say(("plan",), problem)
            return
        by_id = {commitment.id: commitment for commitment in plan.commitments}
        about = [by_id[mapping.commitment]] if mapping.commitment in by_id else list(by_id.values())
        if mapping.commitment and mapping.commitment not in by_id and not plans.may_hold(plan.id, mapping.commitment):
            message = f"åtagandet {mapping.commitment} finns inte i planen"
            self._out.say(("åtagande",), Problem("R302", message, suggestion(mapping.commitment, by_id)))
        else:
            self._check_targets(plan, about)

    def _check_columns(self) -> None:
        """No heading twice, no target from two columns."""
        seen: dict[str, TreePath] = {}
        targets: dict[str, str] = {}
        for heading, path in self._headings():
            same = same_heading(heading)
            if same in seen:
                problem = Problem("K901", f"kolumnen {heading_of(heading)} står två gånger", "låt den stå på ett ställe")
                self._out.say(path, problem, on_key=path[0] == "kolumner", also=self._out.place(seen[same]))
            seen.setdefault(same, path)
        for heading, target in self._mapping.columns.items():
            if target in SEVERAL:
                continue
            if target in targets:
                problem = Problem("K902", f"två kolumner ger {target}", f"välj {heading} eller {targets[target]}")
                self._out.say(self._at(heading), problem)
            targets.setdefault(target, heading)
        for target in self._mapping.fixed:
            if target in targets:
                problem = Problem("K902", f"{target} står fast och ges av en kolumn", "ta bort det ena")
                self._out.say(("fast", target), problem, on_key=True)

    def _headings(self) -> Iterator[tuple[str, TreePath]]:
        """Every heading that is given something to do or left out, as it is written."""
        columns, skipped = self._tree.get("kolumner"), self._tree.get("hoppa_över")
        for heading in columns if isinstance(columns, dict) else ():
            yield heading, ("kolumner", heading)
        for at, left_out in enumerate(skipped if isinstance(skipped, list) else ()):
            if isinstance(left_out, str):
                yield left_out, ("hoppa_över", at)

    def _at(self, heading: str) -> TreePath:
        """The way to a column as it is written in the file."""
        return self._places.get(heading, ("kolumner",))

    def _check_what_is_needed(self) -> None:
        """A commitment, and a day or a period."""
        mapping = self._mapping
        given = {*mapping.columns.values(), *mapping.fixed}
        if not mapping.commitment and "åtagande" not in given:
            problem = Problem("K903", "mappningen säger inte vilket åtagande det gäller", "lägg till åtagande: med ett id")
            self._out.say(("mappning",), problem, on_key=True)
        elif mapping.commitment and "åtagande" in given:
            problem = Problem("K902", "åtagandet står fast och ges av en kolumn", "ta bort det ena")
            self._out.say(("åtagande",), problem, on_key=True)
        if not given & {"datum", "period"}:
            problem = Problem("K903", "ingen kolumn ger dagen", "låt en kolumn ge datum, eller period för totaler")
            self._out.say(("kolumner",), problem, on_key=True)

    def _check_targets(self, plan: Plan, about: list[Commitment]) -> None:
        """Every target, also those that only stand beside the columns, must be something that a report of the plan can hold."""
        mapping = self._mapping
        written = [(target, self._at(heading), False) for heading, target in mapping.columns.items()]
        beside = {"fast": mapping.fixed, "värden": mapping.words, "bredd": mapping.widths, "säkerhet": mapping.certainty}
        written += [(target, (name, target), True) for name, listed in beside.items() for target in listed]
        form = _all_of([self._plans.forms.get(one.form) for one in about])
        steps = {step.id for one in about for step in one.steps}
        for target, path, on_key in written:
            self._out.say(path, self._target(target, plan, form, steps), on_key=on_key)
        given = {*mapping.columns.values()}
        for name in ("värden", "bredd", "säkerhet"):
            for target in beside[name]:
                if target not in given:
                    problem = Problem("K904", f"ingen kolumn ger {target}", suggestion(target, given))
                    self._out.say((name, target), problem, on_key=True)

    def _target(self, target: str, plan: Plan, form: Form | None, steps: set[str]) -> Problem | None:
        head, dot, tail = target.partition(".")
        if head not in _KEYS:
            return unknown_key(target, _KEYS)
        if bool(dot) != (head in _LEVELLED):
            if dot:
                return Problem("S101", f"{head} har inget under sig", f"skriv {head}")
            return Problem("S101", f"{head} behöver ett namn efter en punkt", f"skriv {head}. och namnet")
        match head:
            case "uppgifter":
                return refs.field(form, tail)
            case "funktioner":
                return refs.function(plan, tail)
            case "moment":
                return None if tail in steps else refs.unknown("R309", tail, steps)
            case "avvikelser":
                return None if tail in Deviation.KEYS else unknown_key(tail, Deviation.KEYS)
            case "iakttagelser":
                return None if tail in Observation.KEYS else unknown_key(tail, Observation.KEYS)
            case "timmar":
                return None if tail in HOURS else unknown_key(tail, HOURS)
        return None


def _all_of(forms: list[Form | None]) -> Form | None:
    """The fields of several forms as of one, for naming the nearest; None when there is no form."""
    fields = {name: field for form in forms if form for name, field in form.fields.items()}
    return Form.make(fields=fields) if any(forms) else None
