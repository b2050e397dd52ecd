"""A table as Markdown."""

from __future__ import annotations

from uppfoljning.present.paper.model import Column, Grid, for_readers
from uppfoljning.present.safe import one_line

_FIGURES = ("tal", "andel")


def markdown_table(grid: Grid) -> str:
    """What readers see of a table, figures to the right."""
    view = for_readers(grid)
    head = f"| {' | '.join(escaped(column.name) for column in view.columns)} |\n"
    rule = f"|{'|'.join(map(_rule, view.columns))}|\n"
    return head + rule + "".join(f"| {' | '.join(escaped(cell.shown) for cell in row)} |\n" for row in view.rows)


def _rule(column: Column) -> str:
    return "---:" if column.kind in _FIGURES else "---"


def escaped(text: str) -> str:
    """User text that Markdown and HTML leave as it is."""
    text = one_line(text)
    for sign in "\\`*_[]|~#":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
