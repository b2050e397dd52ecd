"""What is asked in a quick report of one commitment: what the wizard, the offline form and the paper have in common."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from uppfoljning.domain.form import Field, Form
from uppfoljning.domain.number import written
from uppfoljning.domain.period import Period
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.scalars import REASONS
from uppfoljning.domain.schema import NOTHING


class Choice(NamedTuple):
    """One of the plan's names to choose from: its id and what it is called."""

    id: str
    title: str


class SheetPause(NamedTuple):
    """Days when nothing is expected, and why."""

    first: date
    last: date
    reason: str


class Sheet(NamedTuple):
    """The questions of a quick report of one commitment, in the order they are asked.

    `functions` begin with those of the commitment's own parties. `least_crew` is how many of a function the form demands.
    `steps` are done at every occasion, `once` are done one time. `expected_start` is a clock time in minutes, where the plan
    expects one. `every` is the sub-period that is reported, or empty. `terms` are the school terms that the plan dates, and
    `in_order` pairs of fields where the second moment cannot come before the first. `usual_functions` are those of the own
    parties, those expected and those demanded; the others are seldom there.
    """

    plan: str
    plan_title: str
    commitment: str
    title: str
    form_title: str
    first: date
    last: date
    parties: tuple[Choice, ...]
    own_parties: tuple[str, ...]
    places: tuple[Choice, ...]
    functions: tuple[Choice, ...]
    least_crew: Mapping[str, int]
    fields: Mapping[str, Field]
    steps: tuple[Choice, ...]
    once: tuple[Choice, ...]
    pauses: tuple[SheetPause, ...]
    reporter: str
    reporter_title: str
    expected_start: int | None
    every: str
    reasons: tuple[str, ...] = REASONS
    terms: Mapping[str, Period] = NOTHING
    in_order: tuple[tuple[str, str], ...] = ()
    usual_functions: tuple[str, ...] = ()


def sheet_of(plan: Plan, commitment: Commitment, form: Form | None) -> Sheet:
    """The sheet of a commitment whose form may be missing; then only what every report has is asked."""
    own = set(commitment.parties)
    functions = sorted(plan.functions.items(), key=lambda item: item[1].party not in own)
    window = commitment.expectation.window if commitment.expectation else None
    least = {name: least for name, least in form.least_crew.items() if name in plan.functions} if form else NOTHING
    expected = commitment.expectation.functions if commitment.expectation else ()
    return Sheet(
        plan=plan.id,
        plan_title=plan.title,
        commitment=commitment.id,
        title=commitment.title,
        form_title=form.title if form else commitment.title,
        first=commitment.span.first,
        last=commitment.span.last,
        parties=tuple(Choice(*item) for item in plan.parties.items()),
        own_parties=commitment.parties,
        places=tuple(Choice(*item) for item in plan.places.items()),
        functions=tuple(Choice(name, function.title) for name, function in functions),
        least_crew=least,
        fields=form.fields if form else NOTHING,
        steps=tuple(Choice(step.id, step.title) for step in commitment.steps if step.each_occasion),
        once=tuple(Choice(step.id, step.title) for step in commitment.one_off_steps),
        pauses=tuple(SheetPause(pause.first, pause.last, pause.reason) for pause in commitment.pauses),
        reporter=commitment.reporter,
        reporter_title=plan.name_of(commitment.reporter),
        expected_start=window.start if window else None,
        every=commitment.reporting.every if commitment.reporting else "",
        terms=plan.terms,
        in_order=tuple(
            (target.counts.field, target.counts.other) for target in commitment.targets if target.counts.kind == "inom"
        ),
        usual_functions=tuple(name for name, function in functions if function.party in own or name in least or name in expected),
    )


def as_plain(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain values for a program in another language; keys are the attributes, days are ISO."""
    plain = {name: _plain(value) for name, value in sheet._asdict().items() if name != "fields"}
    plain["fields"] = [_field(name, field) for name, field in sheet.fields.items()]
    return plain


def edition_of(sheet: Sheet) -> str:
    """Eight signs that differ as soon as anything that is asked does."""
    text = json.dumps(as_plain(sheet), ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:8]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    return [_plain(inner) for inner in value] if isinstance(value, tuple) else value


def _field(name: str, field: Field) -> dict[str, Any]:
    return {
        "id": name,
        "question": field.question or name.replace("_", " ").capitalize(),
        "type": field.type,
        "required": field.required,
        "about": field.about,
        "part_of": field.part_of,
        "choices": list(field.choices),
        "at_least": None if field.at_least is None else written(field.at_least),
        "at_most": None if field.at_most is None else written(field.at_most),
    }
