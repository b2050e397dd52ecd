"""A whole paper in each face, by the face's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uppfoljning.present.document.model import Document

PAPERS = ("xlsx", "docx", "html")
"""The faces of the reading commands that draw their tables as a paper."""


def drawn(face: str, paper: Document) -> bytes:
    """The file: `xlsx`, `docx`, `html`, `md` or `json`."""
    return _FACES[face](paper)


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


_FACES: dict[str, Callable[[Document], bytes]] = {
    "xlsx": _xlsx,
    "docx": _docx,
    "html": _html,
    "md": _markdown,
    "json": _json,
}
