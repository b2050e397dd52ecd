"""The formats a table or a paper can have: one row each, and nowhere else. A new one is its renderer and a row here."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from uppfoljning.present.document.model import Document


def _xlsx(paper: Document) -> bytes:
    from uppfoljning.present.renderers.xlsx import xlsx_bytes

    return xlsx_bytes(paper)


def _docx(paper: Document) -> bytes:
    from uppfoljning.present.renderers.docx import docx_bytes

    return docx_bytes(paper)


def _html(paper: Document) -> bytes:
    from uppfoljning.present.renderers.html import html_text

    return html_text(paper).encode()


def _markdown(paper: Document) -> bytes:
    from uppfoljning.present.renderers.markdown import markdown_paper

    return markdown_paper(paper).encode()


def _json(paper: Document) -> bytes:
    from uppfoljning.present.renderers.json import json_tables

    return json_tables(paper).encode()


class Face(NamedTuple):
    """How a format is drawn and opened."""

    ending: str
    """What a file in it ends with, with its dot."""
    draw: Callable[[Document], bytes] | None = None
    """A whole paper as a file, where it can be one."""
    opened: str = ""
    """What to open it with, as a sentence to the user."""
    binary: bool = False
    """True when a terminal cannot show it."""
    page: bool = False
    """True when the reading commands draw their tables as a paper, not as lines of their own."""


class TableFormat(StrEnum):
    """The formats of the reading commands whose tables can be a file for a meeting or a spreadsheet."""

    face: Face

    text = "text", Face(".txt")
    json = "json", Face(".json", _json)
    csv = "csv", Face(".csv", opened="Öppna den i Excel eller LibreOffice.")
    md = "md", Face(".md", _markdown)
    xlsx = "xlsx", Face(".xlsx", _xlsx, "Öppna den i Excel eller LibreOffice.", binary=True, page=True)
    docx = "docx", Face(".docx", _docx, "Öppna den i Word eller LibreOffice.", binary=True, page=True)
    html = "html", Face(".html", _html, "Öppna den i en webbläsare.", page=True)

    def __new__(cls, value: str, face: Face) -> Self:
        """A row: the name a user writes, and what goes with it."""
        made = str.__new__(cls, value)
        made._value_, made.face = value, face
        return made


PAPERS = tuple(one.value for one in TableFormat if one.face.page)
"""The formats of the reading commands that draw their tables as a paper."""


def drawn(format: str, paper: Document) -> bytes:
    """The file in a format that can be one: all but `text` and `csv`, of which there is a file for each table."""
    draw = TableFormat[format].face.draw
    if draw is None:
        raise ValueError(format)
    return draw(paper)
