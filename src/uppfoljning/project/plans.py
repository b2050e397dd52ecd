"""The plans and forms of a project, read and checked; what a broken one still tells is kept so that reports can be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from uppfoljning.domain.finding import Finding, Place, Problem, Tree
from uppfoljning.domain.form import Field, Form
from uppfoljning.domain.plan import Function, Plan
from uppfoljning.domain.scalars import as_id, parse_id
from uppfoljning.domain.schema import FieldProblem, Refused, read, sparing
from uppfoljning.files.text import ascii_name
from uppfoljning.files.yaml_load import read_yaml
from uppfoljning.project.document import ParsedFile, check_id_is_name
from uppfoljning.project.indicators import Indicators
from uppfoljning.rules.catalogue import level_of
from uppfoljning.rules.finding_sink import FindingSink, NamesOfPlan, with_names
from uppfoljning.rules.plan_checks import check_form, check_plan, settle_plan

BUILT_IN = (
    "nattvandring", "krogtillsyn", "kronobergsmodellen", "trygghetsvandring", "trafikkontroll", "fotpatrull", "kontrollköp",
    "föräldramöte", "est-lägesrapport", "grannsamverkan", "fältarbete", "ordningsvakt",
)  # fmt: skip
"""The forms that come with the program."""

_UNKNOWN = ""
_FORMS = Path(__file__).parent.parent / "forms"


@dataclass(slots=True)
class Plans:
    """Plans and forms by id, the file of each plan, and the ids of what could not be read.

    `documents` are the files of plans and forms; `others` are files under `plans/` of another kind.
    """

    plans: dict[str, Plan] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    lost_plans: set[str] = field(default_factory=set)
    lost_commitments: dict[str, set[str]] = field(default_factory=dict)
    indicators: Indicators = field(default_factory=Indicators)
    documents: list[ParsedFile] = field(default_factory=list)
    others: list[ParsedFile] = field(default_factory=list)
    _lost_anywhere: frozenset[str] | None = None

    def may_hold(self, plan: str, commitment: str) -> bool:
        """Whether a plan may have a commitment among those that could not be read."""
        return not self.lost_commitments.get(plan, set()).isdisjoint((commitment, _UNKNOWN))

    def any_may_hold(self, commitment: str) -> bool:
        """Whether any plan may."""
        lost = self._lost_anywhere
        if lost is None:
            lost = self._lost_anywhere = frozenset[str]().union(*self.lost_commitments.values())
        return not lost.isdisjoint((commitment, _UNKNOWN))

    def is_lost(self, plan: str) -> bool:
        """Whether a plan exists but could not be read; of a file that is no YAML only its name is known."""
        return plan in self.lost_plans or ascii_name(plan) in self.lost_plans


def read_plans(documents: list[ParsedFile]) -> Plans:
    """Read forms first, then plans, then check each plan against both."""
    plans = Plans()
    own: set[str] = set()
    unread: list[str] = []
    for document in documents:
        if document.kind == "blankett":
            _read_form(document, plans, own)
        elif document.kind == "indikator" and document.table is None:
            plans.indicators.describe(document)
    read_ones = [(document, plan) for document in documents if document.kind == "plan" and (plan := _read_plan(document, plans))]
    for document in documents:
        if document.kind in ("plan", "blankett", "indikator", "mappning", ""):
            plans.documents.append(document)
            if document.tree is None and document.kind == "":
                unread.append(_stem(document.file))
                plans.indicators.lost.add(_stem(document.file))
        else:
            plans.others.append(document)
    for _, plan in read_ones:
        for commitment in plan.commitments:
            _take_built_in(commitment.form, plans)
    plans.lost_plans.update(unread)
    known = [*plans.forms, *BUILT_IN, *unread]
    for document, plan in read_ones:
        out = FindingSink(document.file)
        assert document.tree is not None
        settled = settle_plan(plan, document.tree, out)
        check_plan(settled, document.tree, plans.forms, known, plans.indicators, out)
        document.findings += out.findings
        kept = {commitment.id for commitment in settled.commitments}
        plans.lost_commitments[plan.id] = _ids(document.tree.get("åtaganden")) - kept
        if not kept and document.findings:
            plans.lost_plans.add(plan.id)
        else:
            plans.plans[plan.id] = settled
    return plans


def _stem(file: str) -> str:
    return file.rpartition("/")[2].rpartition(".")[0]


@sparing
def _read_form(document: ParsedFile, plans: Plans, own: set[str]) -> None:
    assert document.tree is not None
    found: list[FieldProblem] = []
    form = read(Form, document.tree, (), found)
    out = FindingSink(document.file)
    out.take(found)
    written = document.tree.get("fält")
    names = written if isinstance(written, dict) else {}
    if isinstance(form, Refused):
        given = document.tree.get("snabbrapport")
        form = Form.make(id=given if isinstance(given, str) else _stem(document.file), title="")
    else:
        document.findings += check_id_is_name(document, "snabbrapport", form.id)
        if not found:
            check_form(form, out)
    # A field that could not be read has no type: any answer will do, and nothing is said of its use.
    lost = {name: Field.make(type="") for name in names if name not in form.fields}
    form = form.but(fields={**form.fields, **lost})
    if form.id in own:
        problem = Problem("R316", f"blanketten {form.id} finns redan", "ge den ett eget id")
        out.say(("snabbrapport",), problem)
    elif form.id in BUILT_IN:
        problem = Problem(
            "N105", f"den egna blanketten {form.id} används i stället för den inbyggda", "byt id om det inte var meningen"
        )
        out.say(("snabbrapport",), problem)
    own.add(form.id)
    plans.forms.setdefault(form.id, form)
    document.findings += out.findings


@sparing
def _read_plan(document: ParsedFile, plans: Plans) -> Plan | None:
    assert document.tree is not None
    found: list[FieldProblem] = []
    plan = read(Plan, document.tree, (), found)
    out = FindingSink(document.file)
    out.take(with_names(found, document.tree, NamesOfPlan.written(document.tree)) if found else found)
    document.findings += out.findings
    if isinstance(plan, Refused):
        given = document.tree.get("plan")
        plans.lost_plans |= {_stem(document.file), given if isinstance(given, str) else ""}
        return None
    document.findings += check_id_is_name(document, "plan", plan.id)
    if plan.id in plans.files:
        problem = Problem("R315", f"planen {plan.id} finns redan", "ge planen ett eget id")
        document.findings.append(Finding(Place(document.file, ("plan",)), problem, Place(plans.files[plan.id], ("plan",))))
        return None
    plans.files[plan.id] = document.file
    return _with_forms(_with_every_name(plan, document.tree), found, document.tree) if found else plan


def plan_in(name: str, data: bytes) -> Plan | None:
    """The plan that a file's bytes hold, with its days settled; None when not all of it can be read."""
    tree, findings = read_yaml(name, data)
    if not isinstance(tree, dict):
        return None
    found: list[FieldProblem] = []
    plan = read(Plan, tree, (), found)
    out = FindingSink(name)
    out.take(found)
    if isinstance(plan, Refused):
        return None
    settled = settle_plan(plan, tree, out)
    return None if any(level_of(one.problem.code) == "fel" for one in findings + out.findings) else settled


def _with_every_name(plan: Plan, tree: Mapping[str, Tree]) -> Plan:
    """The plan with all the names it declares, also those whose meaning could not be read, so that using them is no fault."""

    def names(key: str) -> dict[str, str]:
        written = tree.get(key)
        if isinstance(written, str):
            written = re.split(r",\s*", written)
        if not isinstance(written, (list, dict)):
            return {}
        # Of what is no id, only the id it leads to. Where a role's should stand it may be somebody's name: then the title's.
        return {as_id(name): as_id(name) for name in _declared(written)}

    parties = names("parter") | dict(plan.parties)
    function = Function(title="", party=next(iter(parties), ""))
    return plan.but(
        parties=parties,
        functions=dict.fromkeys(names("funktioner"), function) | dict(plan.functions),
        places=names("platser") | dict(plan.places),
        causes=names("orsaker") | dict(plan.causes),
    )


def _declared(written: list[Tree] | dict[str, Tree]) -> Iterator[str]:
    for name in written:
        if not isinstance(name, str):
            continue
        inner = written[name] if isinstance(written, dict) else None
        if isinstance(inner, dict) and isinstance(parse_id(name), Problem):
            if isinstance(title := inner.get("titel"), str):
                yield title
        else:
            yield name


def _with_forms(plan: Plan, found: list[FieldProblem], tree: Mapping[str, Tree]) -> Plan:
    """The plan with the forms that its commitments name in words, so that nothing is said of answers that have a form."""
    listed = tree.get("åtaganden")
    lost = {path[1] for path, _, problem in found if path[0] == "åtaganden" and path[2:] == ("snabbrapport",)} if found else set()
    if not lost or not isinstance(listed, list):
        return plan
    forms = {one["id"]: as_id(str(one["snabbrapport"])) for at in lost if isinstance(one := listed[at], dict) and "id" in one}  # type: ignore[index]
    return plan.but(commitments=tuple(one.but(form=forms.get(one.id, one.form)) for one in plan.commitments))


def _ids(tree: Tree | None) -> set[str]:
    """The ids of a list's items as written; `_UNKNOWN` stands for those that have none."""
    written = [item.get("id") if isinstance(item, dict) else None for item in (tree if isinstance(tree, list) else [])]
    return {name if isinstance(name, str) and isinstance(parse_id(name), str) else _UNKNOWN for name in written}


def _take_built_in(id: str, plans: Plans) -> None:
    """Read a built-in form the first time a plan asks for it."""
    if id in BUILT_IN and id not in plans.forms:
        plans.forms[id] = built_in(id)


def built_in(id: str) -> Form:
    """One of the forms that come with the program."""
    name = f"{ascii_name(id)}.yaml"
    tree, findings = read_yaml(name, (_FORMS / name).read_bytes())
    found: list[FieldProblem] = []
    form = read(Form, tree, (), found)
    assert not isinstance(form, Refused) and not found and not findings, (name, found, findings)
    return form
