"""A whole paper in each face, by the face's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uppfoljning.present.paper.model import Paper

PAPERS = ("xlsx", "docx", "html")
"""The faces of the reading commands that draw their tables as a paper."""


def drawn(face: str, paper: Paper) -> bytes:
    """The file: `xlsx`, `docx`, `html`, `md` or `json`."""
    return _FACES[face](paper)


def _xlsx(paper: Paper) -> bytes:
    from uppfoljning.present.faces.xlsx import xlsx_bytes

    return xlsx_bytes(paper)


def _docx(paper: Paper) -> bytes:
    from uppfoljning.present.faces.docx import docx_bytes

    return docx_bytes(paper)


def _html(paper: Paper) -> bytes:
    from uppfoljning.present.faces.html import html_text

    return html_text(paper).encode()


def _markdown(paper: Paper) -> bytes:
    from uppfoljning.present.faces.markdown import markdown_paper

    return markdown_paper(paper).encode()


def _json(paper: Paper) -> bytes:
    from uppfoljning.present.faces.json import json_tables

    return json_tables(paper).encode()


_FACES: dict[str, Callable[[Paper], bytes]] = {
    "xlsx": _xlsx,
    "docx": _docx,
    "html": _html,
    "md": _markdown,
    "json": _json,
}
