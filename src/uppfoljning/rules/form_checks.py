"""Checks of a form: choices where they belong, and parts that are parts of a figure in the same form."""

from __future__ import annotations

from uppfoljning.domain.finding import Problem
from uppfoljning.domain.form import SUMMABLE, Form
from uppfoljning.rules import references as refs
from uppfoljning.rules.collector import Collector


def check_form(form: Form, out: Collector) -> None:
    """Everything that can be checked in one form."""
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
        elif field.part_of == name or _circle(form, name):
            out.say((*here, "ingår_i"), Problem("P218", f"fältet {name} ingår i sig självt", "peka på fältet som är helheten"))
        elif field.type not in SUMMABLE or whole.type not in SUMMABLE:
            out.say((*here, "ingår_i"), Problem("P218", "bara siffror kan ingå i varandra", "ta bort ingår_i"))


def _circle(form: Form, name: str) -> bool:
    seen = {name}
    at = form.fields[name].part_of
    while at and at in form.fields:
        if at in seen:
            return at == name
        seen.add(at)
        at = form.fields[at].part_of
    return False
