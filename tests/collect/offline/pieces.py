"""A page taken apart for the tests: its elements, texts and scripts, as a browser sees them before anything runs."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

from tests.projects import Texts
from uppfoljning.collect.sheet import Sheet, sheet_of
from uppfoljning.project.load import load_project

PLAN = """\
plan: prov-2026
titel: {plan_title}
typ: åtgärdsplan
period: 2026
parter: {{föreningen: Föreningen, kommunen: Kommunen}}
funktioner:
  nattvandrare: {{titel: Nattvandrare, part: föreningen}}
  ordningsvakt: {{titel: Ordningsvakt, part: föreningen}}
  fältare: {{titel: Fältassistent, part: kommunen}}
  samordnare: {{titel: Samordnare, part: kommunen}}
platser: {{torget: Torget, hamnen: Hamnen}}
orsaker: {{1: Mörkt och tomt}}
åtaganden:
  - id: kväll
    titel: {title}
    parter: [föreningen]
    ansvarig: nattvandrare
    orsaker: [1]
    val: Därför
    syfte: Tryggt
    arbetssätt: Vi går
    mål: {{minst: 10, enhet: kvällar, per: år}}
    moment:
      - {{id: kallelse, titel: Kalla föräldrar, senast: 2026-02-01}}
      - {{id: samling, titel: Samling före, varje: tillfälle}}
      - {{id: samtal, titel: Samtal efter, varje: tillfälle}}
    snabbrapport: {form}
    uppföljning: {{rapporteras: {every}, anstånd: 7}}
    förväntan: {{tid: 20:30–01:00, funktioner: [fältare]}}
"""


def project_files(
    form: str = "nattvandring", *, plan_title: str = "Provplan", title: str = "Kvällsvandring", every: str = "månad"
) -> dict[str, str]:
    """The files of a project with one commitment; its titles are written as they should be read."""
    texts = {"plan_title": json.dumps(plan_title), "title": json.dumps(title)}
    return {"plans/prov-2026.yaml": PLAN.format(form=form, every=every, **texts)}


def sheet(form: str = "nattvandring", *, plan_title: str = "Provplan", title: str = "Kvällsvandring", own: str = "") -> Sheet:
    """The sheet of that commitment; `own` is a form of the project's own."""
    files: dict[str, str | bytes] = {**project_files(form, plan_title=plan_title, title=title)}
    if own:
        files[f"plans/snabbrapporter/{form}.yaml"] = own
    project = load_project(Texts(files))
    plan = project.plans["prov-2026"]
    (commitment,) = plan.commitments
    return sheet_of(plan, commitment, project.forms[commitment.form])


class Taken(HTMLParser):
    """The elements of a page with their attributes, the text of styles and scripts, and all other text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.styles: list[str] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.text = ""
        self._within = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._within = tag if tag in ("style", "script") else ""
        if tag == "script":
            self.scripts.append((dict(attrs), ""))
        if tag == "style":
            self.styles.append("")

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "style":
            self.styles[-1] += data
        elif self._within == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = attributes, text + data
        else:
            self.text += data

    def embedded(self, id: str) -> Any:
        """The data of a script element that is JSON."""
        (text,) = (text for attributes, text in self.scripts if attributes.get("id") == id)
        return json.loads(text)

    @property
    def policy(self) -> dict[str, str]:
        """The content security policy by its directives."""
        (content,) = (attrs["content"] for tag, attrs in self.elements if attrs.get("http-equiv") == "Content-Security-Policy")
        assert content is not None
        return dict((part.strip() + " ").split(" ", 1) for part in content.split(";"))
