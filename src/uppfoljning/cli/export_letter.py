"""The papers that tell a plan's follow-up to those who are not in it: the month's letter, and the page for citizens."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from uppfoljning.cli import output as writing
from uppfoljning.cli import reading
from uppfoljning.cli.misuse import Misuse, shown
from uppfoljning.cli.reading import Opened
from uppfoljning.cli.report_input import ReportOptions, whole_of
from uppfoljning.domain.period import Period, months
from uppfoljning.files.text import ascii_name
from uppfoljning.present.renderers.drawn import TableFormat

if TYPE_CHECKING:
    from uppfoljning.present.document.model import Document
    from uppfoljning.present.document.report import ReportInput

LETTER, CITIZENS = "brev", "medborgare"
USUAL = {LETTER: "txt", CITIZENS: "html"}
"""Each paper's ending where none is asked for."""
_ENDINGS = {one.face.ending: one.value for one in (TableFormat.text, TableFormat.md, TableFormat.html, TableFormat.docx)}


def tell(ctx: typer.Context, kind: str, opened: Opened, asked: ReportOptions, out: str, *, published: bool) -> None:
    """Write a letter or a citizens' page in the format that the file's name ends with."""
    ending = Path(out).suffix.lower() if out else f".{USUAL[kind]}"
    if ending not in _ENDINGS:
        raise Misuse(f"flaggan --ut: {shown(out)} ska sluta på {', '.join(_ENDINGS)}.")
    path = writing.place(ctx, out) if out else None
    if kind == LETTER:
        made_from = whole_of(ctx, opened, asked._replace(period=""))
        month = _month(asked.period, made_from)
        paper, about = _letter(made_from, month, published=published), f"{month.first:%Y-%m}"
    else:
        made_from = whole_of(ctx, opened, asked)
        paper, about = _citizens(made_from), str(made_from.table.view.as_of)
    name = out or ascii_name(f"{kind}-{made_from.table.plan.id}-{about}") + ending
    writing.write(path or opened.root / name, name, _drawn(_ENDINGS[ending], paper), _ENDINGS[ending])


def _month(text: str, whole: ReportInput) -> Period:
    """The month asked for, else the last whole one at the day looked at."""
    if not text:
        last = whole.table.view.as_of.replace(day=1) - timedelta(days=1)
        return months(last.year, last.month, 1)
    period = reading.period_of(text, [whole.table.plan])
    if period is None or period != months(period.first.year, period.first.month, 1):
        raise Misuse(f"flaggan --period: ”{shown(text)}” är ingen månad. Ett brev gäller en månad, som 2026-08.")
    return period


def _letter(whole: ReportInput, month: Period, *, published: bool) -> Document:
    from uppfoljning.present.document.letter import letter_of
    from uppfoljning.present.document.public import public

    paper = letter_of(whole, month)
    return public(paper) if published else paper


def _citizens(whole: ReportInput) -> Document:
    from uppfoljning.present.document.plain_language import citizen_of

    return citizen_of(whole)


def _drawn(face: str, paper: Document) -> bytes:
    if face == "text":
        from uppfoljning.present.renderers.text import paper_text

        lines = ("".join(part for part, _ in line).rstrip() for line in paper_text(paper, WIDE))
        return "".join(f"{line}\n" for line in lines).encode()
    from uppfoljning.present.document.tables import told_within
    from uppfoljning.present.renderers.drawn import drawn

    return drawn(face, told_within(paper) if face == "docx" else paper)


WIDE = 78
"""How wide the lines of a letter are, as mail programs like them."""
