"""Checks of a form: choices where they belong, and parts that are parts of a figure in the same form."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.domain.chains import rings
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.form import SUMMABLE, Form
from uppfoljning.rules import references as refs
from uppfoljning.rules.finding_sink import FindingSink


def check_form(form: Form, out: FindingSink) -> None:
    """Everything that can be checked in one form."""
    circles = _in_circles(form)
    for name, field in form.fields.items():
        here = ("fält", name)
        if field.type == "val" and not field.choices:
            out.say(here, Problem("P217", "ett val behöver svar att välja bland", "lägg till av: [ett, två]"), on_key=True)
        if field.type != "val" and field.choices:
            problem = Problem(
                "P217", f"svar att välja bland hör till typen val, inte {field.type}", "ändra typ till val eller ta bort av"
            )
            out.say((*here, "av"), problem, on_key=True)
        if not field.part_of:
            continue
        whole = form.fields.get(field.part_of)
        if whole is None:
            out.say((*here, "ingår_i"), refs.unknown("R308", field.part_of, form.fields))
        elif field.part_of == name or name in circles:
            out.say((*here, "ingår_i"), Problem("P218", f"fältet {name} ingår i sig självt", "peka på fältet som är helheten"))
        elif field.type not in SUMMABLE or whole.type not in SUMMABLE:
            out.say((*here, "ingår_i"), Problem("P218", "bara siffror kan ingå i varandra", "ta bort ingår_i"))


def _in_circles(form: Form) -> set[str]:
    """The fields that are, step by step, a part of themselves."""

    def whole(name: str) -> Iterator[str]:
        field = form.fields.get(name)
        if field is not None and field.part_of:
            yield field.part_of

    return {name for group in rings(form.fields, whole) if len(group) > 1 for name in group}
