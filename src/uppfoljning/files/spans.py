"""From positions in a text to lines and columns, and findings about a stretch of a text."""

from __future__ import annotations

from uppfoljning.domain.finding import Finding, Place, Problem, Span


def stretch(text: str, start: int, end: int) -> Span:
    """The span of `text[start:end]`, where the only line break is `\\n`."""
    line, column = _line_and_column(text, start)
    end_line, end_column = _line_and_column(text, max(start, end))
    return Span(line, column, end_line, end_column)


def line_bounds(text: str, index: int) -> tuple[int, int]:
    """Where the line that holds `index` begins and where its text ends."""
    end = text.find("\n", index)
    return text.rfind("\n", 0, index) + 1, len(text) if end < 0 else end


def noted(file: str, span: Span | None, problem: Problem, also: Span | None = None) -> Finding:
    """A finding about a stretch of a file, or about the whole file when `span` is None."""
    return Finding(Place(file, span=span), problem, None if also is None else Place(file, span=also))


def _line_and_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
