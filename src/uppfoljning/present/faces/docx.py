"""A paper as a Word document: real headings, tables with repeated heads, Swedish throughout, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from uppfoljning.present.faces.shapes import HEAD, tint
from uppfoljning.present.paper.model import Cell, Chart, Column, Grid, Paper, Part, Shown, for_readers, grids
from uppfoljning.present.safe import one_line

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGE = "sv-SE"
SMALL, CAPTION = "Tabelltext", "Caption"
DEEPEST = 6
"""The last level of heading that a reader's software knows well."""
_FIGURES = ("tal", "andel")
_PORTRAIT, _LANDSCAPE, _MARGIN = (11906, 16838), (16838, 11906), 1134
"""A4 and 2 cm, in twentieths of a point."""
_FONT = "Calibri"
_SIGN, _BOLD_SIGN = 105, 125
"""About the width of a sign in a table and in its heading, in the same measure."""
_CELL = 230
"""What the edges of a cell take."""


def docx_bytes(paper: Paper) -> bytes:
    """The document."""
    from docx import Document

    document = Document()
    tables = [view for grid in grids(paper.parts) if (view := for_readers(grid)).columns]
    wide = any(sum(_least(view)) > _room(_PORTRAIT) for view in tables)
    _set_up(document, paper, _LANDSCAPE if wide else _PORTRAIT)
    document.add_paragraph(one_line(paper.title), style="Title")
    document.add_paragraph(one_line(paper.when), style="Subtitle")
    for part in paper.parts:
        _part(document, part, 1, _room(_LANDSCAPE if wide else _PORTRAIT))
    out = io.BytesIO()
    document.save(out)
    return _undated(out)


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


def _page_number(foot: Any) -> None:
    """`Sida 2`, counted by the program that shows the document."""
    foot.add_run("Sida ")
    field = _element("fldSimple", instr="PAGE")
    run = _inside(field, "r")
    _inside(run, "t").text = "1"
    foot._p.append(field)


def _part(document: Document, part: Part, level: int, room: int) -> None:
    status = f" – {part.status}" if part.status else ""
    document.add_heading(one_line(part.heading + status), min(level, DEEPEST))
    for said in (*part.sentences, *part.free):
        document.add_paragraph(one_line(said))
    for block in part.blocks:
        if isinstance(block, Chart):
            document.add_paragraph(one_line(block.alt))
        _grid(document, block.grid if isinstance(block, Chart) else block, room, part.heading)
    for inner in part.parts:
        _part(document, inner, level + 1, room)


def _grid(document: Document, grid: Grid, room: int, heading: str) -> None:
    view = for_readers(grid)
    if not view.columns:
        return
    if grid.title != heading:
        document.add_paragraph(one_line(grid.title), style=CAPTION).paragraph_format.keep_with_next = True
    table = document.add_table(0, 0, style="Table Grid")
    sizes = _sizes(view, room)
    made = table._tbl
    _inside(made.tblPr, "tblCaption", val=one_line(grid.title))
    for size in sizes:
        _inside(made.tblGrid, "gridCol", w=str(size))
    made.append(_row(sizes, [_Look(column.name, right=column.kind in _FIGURES, head=True) for column in view.columns]))
    for row in view.rows:
        made.append(_row(sizes, [_look(column, cell) for column, cell in zip(view.columns, row, strict=True)]))
    document.add_paragraph(one_line(grid.note), style=SMALL)


class _Look:
    """A cell's text and how it is shown."""

    def __init__(self, text: str, *, right: bool = False, head: bool = False, colour: str = "") -> None:
        self.text, self.right, self.head = text, right, head
        self.colour = HEAD if head else colour


def _look(column: Column, cell: Cell) -> _Look:
    return _Look(cell.shown, right=column.kind in _FIGURES, colour=tint(cell) if column.kind == "status" else "")


def _row(sizes: Sequence[int], looks: Sequence[_Look]) -> Any:
    """A row, made of bare elements: asking python-docx for the cells of a long table takes longer for each row."""
    row = _element("tr")
    about = _inside(row, "trPr")
    _inside(about, "cantSplit")
    if looks[0].head:
        _inside(about, "tblHeader")
    for size, look in zip(sizes, looks, strict=True):
        cell = _inside(row, "tc")
        shape = _inside(cell, "tcPr")
        _inside(shape, "tcW", w=str(size), type="dxa")
        if look.colour:
            _inside(shape, "shd", val="clear", color="auto", fill=look.colour)
        paragraph = _inside(cell, "p")
        style = _inside(paragraph, "pPr")
        _inside(style, "pStyle", val=SMALL)
        if look.right:
            _inside(style, "jc", val="right")
        run = _inside(paragraph, "r")
        if look.head:
            _inside(_inside(run, "rPr"), "b")
        _inside(run, "t").text = one_line(look.text)
    return row


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    return OxmlElement(f"w:{name}", {qn(f"w:{key}"): value for key, value in attributes.items()})


def _inside(parent: Any, name: str, **attributes: str) -> Any:
    """A new element at the end of another."""
    made = _element(name, **attributes)
    parent.append(made)
    return made


def _room(size: tuple[int, int]) -> int:
    return size[0] - 2 * _MARGIN


def _least(view: Shown) -> list[int]:
    """How narrow each column may be: a figure keeps its line, a text is broken between words, and within the longest."""
    return [_CELL + max(_of_heading(column), _of_cells(view, at, column)) for at, column in enumerate(view.columns)]


_LONGEST_WORD = 13


def _of_heading(column: Column) -> int:
    return _BOLD_SIGN * min(_LONGEST_WORD, max(map(len, column.name.split()), default=1))


def _of_cells(view: Shown, at: int, column: Column) -> int:
    texts = (row[at].shown for row in view.rows)
    words = texts if column.kind in _FIGURES else (word for text in texts for word in text.split())
    return _SIGN * min(_LONGEST_WORD, max(map(len, words), default=1))


def _sizes(view: Shown, room: int) -> list[int]:
    """The columns' widths: what each needs, and of the rest more where there is more to read."""
    least = _least(view)
    if sum(least) >= room:
        return [size * room // sum(least) for size in least]
    longest = [
        max(len(text) for text in (column.name, *(row[at].shown for row in view.rows))) for at, column in enumerate(view.columns)
    ]
    wanted = [max(0, _CELL + _SIGN * min(length, 60) - size) for length, size in zip(longest, least, strict=True)]
    rest = min(room - sum(least), sum(wanted))
    return [size + (more * rest // sum(wanted) if rest else 0) for size, more in zip(least, wanted, strict=True)]
