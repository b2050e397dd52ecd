"""A paper as a Word document: real headings, tables with repeated heads, Swedish throughout, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from uppfoljning.present.document.model import Chart, Grid, Part, for_readers, grids
from uppfoljning.present.document.model import Document as Paper
from uppfoljning.present.escape import one_line
from uppfoljning.present.renderers.docx_table import least, paragraph, table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

LANGUAGE = "sv-SE"
SMALL = "Tabelltext"
DEEPEST = 6
"""The last level of heading that a reader's software knows well."""
_PORTRAIT, _LANDSCAPE, _MARGIN = (11906, 16838), (16838, 11906), 1134
"""A4 and 2 cm, in twentieths of a point."""
_FONT = "Calibri"


def docx_bytes(paper: Paper) -> bytes:
    """The document."""
    from docx import Document

    document = Document()
    tables = [view for grid in grids(paper.parts) if (view := for_readers(grid)).columns]
    size = _LANDSCAPE if any(sum(least(view)) > _room(_PORTRAIT) for view in tables) else _PORTRAIT
    _set_up(document, paper, size)
    _fill(document, _Writer(document, _room(size)).paper(paper))
    out = io.BytesIO()
    document.save(out)
    return _undated(out)


def _room(size: tuple[int, int]) -> int:
    return size[0] - 2 * _MARGIN


def _undated(file: io.BytesIO) -> bytes:
    """The same file without the time at which it was packed."""
    out = io.BytesIO()
    with ZipFile(file) as packed, ZipFile(out, "w", ZIP_DEFLATED) as fixed:
        for name in packed.namelist():
            entry = ZipInfo(name)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
            fixed.writestr(entry, packed.read(name))
    return out.getvalue()


def _set_up(document: Document, paper: Paper, size: tuple[int, int]) -> None:
    """Language, page, styles, foot, and what the file says of itself."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, Twips

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)
    # Long Swedish words are divided as they should be, where the program that shows them knows how.
    stop = next(document.settings.element.iter(qn("w:defaultTabStop")))
    stop.addnext(document.settings.element.makeelement(qn("w:autoHyphenation")))
    (section,) = document.sections
    section.page_width, section.page_height = map(Twips, size)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(_MARGIN)
    if size == _LANDSCAPE:
        section._sectPr.get_or_add_pgSz().set(qn("w:orient"), "landscape")
    small = document.styles.add_style(SMALL, WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = document.styles["Normal"]
    small.font.size = Pt(9)
    small.paragraph_format.space_before = small.paragraph_format.space_after = Pt(1)
    small.paragraph_format.line_spacing = 1.0
    document.styles["Normal"].font.name = _FONT
    foot = section.footer.paragraphs[0]
    foot.style = document.styles[SMALL]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _page_number(foot)
    about = document.core_properties
    made = datetime.combine(paper.as_of, time())
    about.created = about.modified = made
    about.title, about.subject, about.language = one_line(paper.title)[:255], one_line(paper.when)[:255], LANGUAGE
    about.author = about.last_modified_by = about.comments = ""
    about.revision = 1


def _page_number(foot: Paragraph) -> None:
    """`Sida 2`, counted by the program that shows the document."""
    from docx.oxml.ns import nsdecls
    from docx.oxml.parser import parse_xml

    foot.add_run("Sida ")
    foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def _fill(document: Document, pieces: Iterable[str]) -> None:
    """Put finished paragraphs and tables in the document: asking python-docx for them one by one takes many times longer."""
    from docx.oxml.ns import nsdecls
    from docx.oxml.parser import parse_xml

    body = document.element.body
    for one in list(parse_xml(f"<w:body {nsdecls('w')}>{''.join(pieces)}</w:body>")):
        body.insert_element_before(one, "w:sectPr")


class _Writer:
    """Writes parts in the styles of a document, `room` being the width of its text."""

    def __init__(self, document: Document, room: int) -> None:
        self._ids = {style.name: style.style_id for style in document.styles}
        self._room = room

    def paper(self, paper: Paper) -> Iterator[str]:
        """All of it."""
        yield paragraph(paper.title, self._ids["Title"])
        yield paragraph(paper.when, self._ids["Subtitle"])
        for part in paper.parts:
            yield from self._part(part, 1)

    def _part(self, part: Part, level: int) -> Iterator[str]:
        status = f" – {part.status}" if part.status else ""
        yield paragraph(part.heading + status, self._ids[f"Heading {min(level, DEEPEST)}"])
        yield from map(paragraph, (*part.sentences, *part.free))
        for block in part.blocks:
            if isinstance(block, Chart):
                yield paragraph(block.alt)
            yield from self._grid(block.grid if isinstance(block, Chart) else block, part.heading)
        for inner in part.parts:
            yield from self._part(inner, level + 1)

    def _grid(self, grid: Grid, heading: str) -> Iterator[str]:
        view = for_readers(grid)
        if not view.columns:
            return
        if grid.title != heading:
            yield paragraph(grid.title, self._ids["Caption"], "<w:keepNext/>")
        yield table(view, grid.title, self._room, self._ids["Table Grid"], self._ids[SMALL])
        yield paragraph(grid.note, self._ids[SMALL])
