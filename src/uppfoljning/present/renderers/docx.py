"""A paper as a Word document: real headings, tables with repeated heads, Swedish throughout, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from uppfoljning.present.document.model import Cell, Chart, Column, Grid, Part, ShownColumns, for_readers, grids
from uppfoljning.present.document.model import Document as Paper
from uppfoljning.present.escape import one_line
from uppfoljning.present.renderers.shapes import HEAD, tint

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph


# Tables of a Word document as its XML: heads that are repeated on every page, and widths by what is to be read.


_FIGURES = ("tal", "andel")
_SIGN, _BOLD_SIGN = 105, 125
"""About the width of a sign in a table and in its heading, in twentieths of a point."""
_CELL = 230
"""What the edges of a cell take."""
_LONGEST_WORD = 13
"""Signs of a word that are kept together, whatever else there is to see."""
_LONGER_WORDS = (30, 24, 20, 18, 16)
"""The same where there is room, tried in turn."""
_WIDEST = 60
"""Signs of a text that a column is made wide for."""


def paragraph(said: str, style: str = "", inside: str = "") -> str:
    """A paragraph of a style, by its id; `inside` is what else is said of it."""
    about = (f'<w:pStyle w:val="{style}"/>' if style else "") + inside
    return f"<w:p>{f'<w:pPr>{about}</w:pPr>' if about else ''}<w:r><w:t>{_written(said)}</w:t></w:r></w:p>"


def table(view: ShownColumns, title: str, room: int, grid_style: str, cell_style: str) -> str:
    """A table of some width. The styles are named by their ids."""
    sizes = _sizes(view, room)
    columns = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    about = f'<w:tblStyle w:val="{grid_style}"/><w:tblW w:type="auto" w:w="0"/><w:tblLook w:val="0420" w:firstRow="1"/>'
    head = "".join(_head(column, size, cell_style) for column, size in zip(view.columns, sizes, strict=True))
    rows = [
        "".join(_cell(column, cell, size, cell_style) for column, cell, size in zip(view.columns, row, sizes, strict=True))
        for row in view.rows
    ]
    return (
        f"<w:tbl><w:tblPr>{about}<w:tblCaption w:val={quoteattr(one_line(title))}/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
        + "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def _head(column: Column, size: int, style: str) -> str:
    run = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{_written(column.name)}</w:t></w:r>"
    return f"{_opened(size, HEAD)}<w:p>{_set(column, style)}{run}</w:p></w:tc>"


def _cell(column: Column, cell: Cell, size: int, style: str) -> str:
    colour = tint(cell) if column.kind == "status" else ""
    return f"{_opened(size, colour)}<w:p>{_set(column, style)}<w:r><w:t>{_written(cell.shown)}</w:t></w:r></w:p></w:tc>"


def _opened(size: int, colour: str) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>' if colour else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{shade}</w:tcPr>'


def _set(column: Column, style: str) -> str:
    right = '<w:jc w:val="right"/>' if column.kind in _FIGURES else ""
    return f'<w:pPr><w:pStyle w:val="{style}"/>{right}</w:pPr>'


def _written(said: str) -> str:
    return escape(one_line(said))


def least(view: ShownColumns, longest: int = _LONGEST_WORD) -> list[int]:
    """How narrow each column may be: a figure keeps its line, a text is broken between words, and within the longest."""
    return [_CELL + max(_of_heading(column), _of_cells(view, at, column, longest)) for at, column in enumerate(view.columns)]


def _of_heading(column: Column) -> int:
    return _BOLD_SIGN * min(_LONGEST_WORD, max(map(len, column.name.split()), default=1))


def _of_cells(view: ShownColumns, at: int, column: Column, longest: int) -> int:
    texts = (row[at].shown for row in view.rows)
    words = texts if column.kind in _FIGURES else (word for text in texts for word in text.split())
    return _SIGN * min(longest, max(map(len, words), default=1))


def _sizes(view: ShownColumns, room: int) -> list[int]:
    """The columns' widths: what each needs, and of the rest more where there is more to read."""
    tries = (least(view, longest) for longest in (*_LONGER_WORDS, _LONGEST_WORD))
    narrow = next((sizes for sizes in tries if sum(sizes) <= room), least(view))
    if sum(narrow) >= room:
        return [size * room // sum(narrow) for size in narrow]
    longest = [
        max(len(text) for text in (column.name, *(row[at].shown for row in view.rows))) for at, column in enumerate(view.columns)
    ]
    wanted = [max(0, _CELL + _SIGN * min(length, _WIDEST) - size) for length, size in zip(longest, narrow, strict=True)]
    rest = min(room - sum(narrow), sum(wanted))
    return [size + (more * rest // sum(wanted) if rest else 0) for size, more in zip(narrow, wanted, strict=True)]


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
