"""Tables of a Word document as its XML: heads that are repeated on every page, and widths by what is to be read."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from uppfoljning.present.document.model import Cell, Column, Shown
from uppfoljning.present.escape import one_line
from uppfoljning.present.renderers.shapes import HEAD, tint

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


def table(view: Shown, title: str, room: int, grid_style: str, cell_style: str) -> str:
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


def least(view: Shown, longest: int = _LONGEST_WORD) -> list[int]:
    """How narrow each column may be: a figure keeps its line, a text is broken between words, and within the longest."""
    return [_CELL + max(_of_heading(column), _of_cells(view, at, column, longest)) for at, column in enumerate(view.columns)]


def _of_heading(column: Column) -> int:
    return _BOLD_SIGN * min(_LONGEST_WORD, max(map(len, column.name.split()), default=1))


def _of_cells(view: Shown, at: int, column: Column, longest: int) -> int:
    texts = (row[at].shown for row in view.rows)
    words = texts if column.kind in _FIGURES else (word for text in texts for word in text.split())
    return _SIGN * min(longest, max(map(len, words), default=1))


def _sizes(view: Shown, room: int) -> list[int]:
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
