"""A small paper of the tables that one reading command shows, for the faces that draw papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from uppfoljning.domain.plan import Plan
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Document, Grid, Part
from uppfoljning.present.figures import days, plural
from uppfoljning.present.provenance import Provenance


def plan_part(plan: Plan, sentences: Iterable[str], *blocks: Grid, parts: Sequence[Part] = ()) -> Part:
    """What is told of a plan; tables without rows are left out."""
    told = tuple(one for one in sentences if one)
    return Part(f"plan-{plan.id}", plan.title, told, tuple(block for block in blocks if block.rows), tuple(parts))


def small_paper(name: str, view: View, foot: Provenance, parts: Sequence[Part], nothing: str = "Inga planer.") -> Document:
    """The paper. Of a single plan the answer is its first sentence, and its heading the title."""
    when = f"per {view.as_of}" if view.period is None else f"{days(view.period, year=True)}, per {view.as_of}"
    title, answer = name, f"{plural(len(parts), 'plan', 'planer')}." if parts else nothing
    if len(parts) == 1:
        title, answer = f"{name}: {parts[0].heading}", parts[0].sentences[0]
        parts = (parts[0]._replace(heading="Tabeller", sentences=parts[0].sentences[1:]),)
    return Document(title, when, answer, tuple(parts), (str(foot),), view.as_of, foot.command)


def told_within(paper: Document) -> Document:
    """The paper with its answer and its foot among the parts, for a face without a place for them: a document of running text."""
    *parts, last = paper.parts or (Part("underlag", "Underlag"),)
    foot = (*paper.foot, *([f"Gjort med: {paper.command}"] if paper.command else ()))
    opening = Part("sammanfattning", "Sammanfattning", (paper.answer,))
    return paper._replace(parts=(opening, *parts, last._replace(sentences=(*last.sentences, *foot))))
