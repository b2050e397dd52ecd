"""Projects whose forms the browser opens."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

from tests.collect.offline.pieces import PLAN
from uppfoljning.cli.main import main
from uppfoljning.domain.form import Field, Form
from uppfoljning.files.source import Folder
from uppfoljning.files.text import ascii_name
from uppfoljning.project.load import CheckedProject, load_project
from uppfoljning.project.plans import BUILT_IN
from uppfoljning.rules.catalogue import level_of

HEAD, _, COMMITMENT = PLAN.partition("  - id: kväll\n")
EVERY_TYPE = """\
snabbrapport: allt
titel: Allt som kan frågas
fält:
  antal: {fråga: Hur många?, typ: antal, krävs: ja}
  tal: {fråga: Hur långt i kilometer?, typ: tal, högst: 40}
  andel: {fråga: Hur stor del?, typ: andel}
  text: {fråga: Vad hände?, typ: text}
  jakt: {fråga: Var det mörkt?, typ: ja/nej}
  sort: {fråga: Vilken sort?, typ: val, av: [fast, rörlig]}
  dag: {fråga: Vilken dag anmäldes det?, typ: datum}
  klocka: {fråga: Vilken tid?, typ: tid}
  stund: {fråga: När åtgärdades det?, typ: tidpunkt}
  längd: {fråga: Hur länge?, typ: längd}
"""
MANY_TEXTS = "snabbrapport: texter\ntitel: Texter\nfält:\n" + "".join(
    f"  text{at}: {{fråga: Text {at}, typ: text}}\n" for at in range(12)
)
OWN = {"allt": EVERY_TYPE, "texter": MANY_TEXTS}


def write(root: Path, forms: tuple[str, ...], *, title: str = "", plan_title: str = "Provplan", every: str = "månad") -> None:
    """A project with one commitment for each form, called as the form is."""
    import json

    text = HEAD.format(plan_title=json.dumps(plan_title))
    for form in forms:
        text += f"  - id: {form}\n" + COMMITMENT.format(title=json.dumps(title or f"Vi gör {form}"), form=form, every=every)
    put = {"plans/prov-2026.yaml": text} | {f"plans/snabbrapporter/{form}.yaml": OWN[form] for form in forms if form in OWN}
    for name, content in put.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")


def make(root: Path, *forms: str, words: tuple[str, ...] = (), title: str = "", plan_title: str = "Provplan") -> Path:
    """A project with its forms written; the first form's file. Without names all that are built in."""
    chosen = forms or BUILT_IN
    write(root, chosen, title=title, plan_title=plan_title)
    with contextlib.redirect_stdout(io.StringIO()):
        assert main(["-C", str(root), "blankett", "--alla", "--ut", "blanketter", *words]) == 0
    return file(root, chosen[0])


def file(root: Path, form: str) -> Path:
    return root / f"blanketter/blankett-{ascii_name(form)}.html"


def read(root: Path) -> CheckedProject:
    """The project with what has been put into it, which must be free of errors and warnings."""
    project = load_project(Folder(root))
    found = [(one.place, one.problem) for one in project.findings if level_of(one.problem.code) != "notis"]
    assert found == [], found
    return project


def form_of(project: CheckedProject, name: str) -> Form:
    return project.forms[name]


def question(name: str, field: Field) -> str:
    return field.question or name
