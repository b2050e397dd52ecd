"""From a finding's way into a document to lines and columns, worked out when the finding is printed."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from uppfoljning.domain.finding import Place, Span
from uppfoljning.files.csv_records import cell_spans, delimiter_of, records, split_lines
from uppfoljning.files.source import is_csv
from uppfoljning.files.text import cleaned_for_parsing, text_of
from uppfoljning.files.yaml_careful import node_span
from uppfoljning.files.yaml_parser import compose

__all__ = ["Places", "child", "locate", "text_of", "value_span"]

_START = Span(1, 1, 1, 1)
_MANY_KEYS = 50
_FEW_RECORDS = 4


def locate(text: str, file: str, place: Place) -> Span:
    """Where a place stands in `text`, which is the file's text as `text_of` gives it; see `Places`."""
    return Places(text, file).span(place)


class Places:
    """The places of one file. Its text is split, and read as YAML or as CSV, once for all that is asked about it."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._keys: dict[int, dict[str, tuple[Any, Any]]] = {}
        self._cells: dict[int, list[Span]] = {}

    @cached_property
    def lines(self) -> list[str]:
        """The lines as excerpts show them, without their breaks."""
        return self._text.split("\n")

    def line(self, number: int) -> str:
        """A line by its number from 1; empty where there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def span(self, place: Place) -> Span:
        """Where a place stands.

        A key gives its own span with `on_key`, otherwise its value's. What is not there gives the key of the nearest thing
        above it that is (in CSV: the row), or the start of the file.
        """
        if place.span is not None:
            return place.span
        return self._in_csv(place) if is_csv(self._file) else self._in_yaml(place)

    def _in_yaml(self, place: Place) -> Span:
        node = self._root
        above = _START
        for depth, step in enumerate(place.path):
            key, value = self._child(node, step)
            if value is None:
                return above
            above = node_span(key) if key is not None else _first_key(value, self._text)
            node = value
            if place.on_key and depth == len(place.path) - 1:
                return above
        return value_span(node, self._text) if place.path else _START

    @cached_property
    def _root(self) -> Any:
        return _document(self._text, self._file)

    def _child(self, node: Any, step: str | int) -> tuple[Any, Any]:
        """As `child`, with the keys of a large mapping looked up instead of gone through."""
        if not isinstance(node, MappingNode) or len(node.value) < _MANY_KEYS:
            return child(node, step)
        keys = self._keys.get(id(node))
        if keys is None:
            keys = self._keys[id(node)] = {}
            for key, value in node.value:
                if isinstance(key, ScalarNode):
                    keys.setdefault(key.value, (key, value))
        return keys.get(step, (None, None)) if isinstance(step, str) else (None, None)

    def _in_csv(self, place: Place) -> Span:
        starts, columns = self._records
        number = place.path[0] if place.path else None
        if not isinstance(number, int) or not 0 <= number < len(starts):
            return _START
        spans = self._spans_of(starts[0 if place.on_key else number])
        column = place.path[1] if len(place.path) > 1 else None
        at = columns.get(column) if isinstance(column, str) else None
        if at is not None and at < len(spans):
            return spans[at]
        return Span(spans[0].line, spans[0].column, spans[-1].end_line, spans[-1].end_column)

    def _spans_of(self, first: int) -> list[Span]:
        """The cells of the record that begins at a line; those of the last few are kept, for a row may have many findings."""
        spans = self._cells.get(first)
        if spans is None:
            if len(self._cells) >= _FEW_RECORDS:
                self._cells.pop(next(iter(self._cells)))
            spans = self._cells[first] = cell_spans(self._csv_lines, first, self._delimiter)
        return spans

    @cached_property
    def _csv_lines(self) -> list[str]:
        return split_lines(cleaned_for_parsing(self._text, self._file))

    @cached_property
    def _delimiter(self) -> str:
        return delimiter_of(self._csv_lines)

    @cached_property
    def _records(self) -> tuple[list[int], dict[str, int]]:
        """The line index of every record, and the place of every column."""
        starts: list[int] = []
        columns: dict[str, int] = {}
        for number, first, cells in records(self._csv_lines, self._delimiter):
            starts.append(first)
            if number == 0 and isinstance(cells, list):
                for at, name in enumerate(cells):
                    columns.setdefault(name or "", at)
        return starts, columns


@lru_cache(maxsize=4)
def _document(text: str, file: str) -> Any:
    """The composed document, kept for whoever asks of one place after another; None when it is not YAML."""
    try:
        return compose(cleaned_for_parsing(text, file))
    except yaml.YAMLError:
        return None


def child(node: Any, step: str | int) -> tuple[Any, Any]:
    """The key and the value one step down; the first of equal keys, as in the tree."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == step:
                return key, value
    elif isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return None, node.value[step]
    return None, None


def _first_key(node: Any, text: str) -> Span:
    """What stands for a list item as a whole: its first key, or itself when it has none."""
    if isinstance(node, MappingNode) and node.value:
        return node_span(node.value[0][0])
    return value_span(node, text)


def value_span(node: Any, text: str) -> Span:
    """The span to the value's true end: the parser ends a block where the next thing begins."""
    span = node_span(node)
    if isinstance(node, ScalarNode):
        return _block_text_span(node, text, span) if node.style in ("|", ">") else span
    if node.flow_style or not node.value:
        return span
    last = node.value[-1]
    end = value_span(last[1] if isinstance(node, MappingNode) else last, text)
    return Span(span.line, span.column, end.end_line, end.end_column)


def _block_text_span(node: Any, text: str, span: Span) -> Span:
    """From the `|` to the last line with text."""
    start = node.start_mark.index
    lines = text[start : node.end_mark.index].rstrip().split("\n")
    column = len(lines[-1]) + 1 if len(lines) > 1 else span.column + len(lines[0])
    return Span(span.line, span.column, span.line + len(lines) - 1, column)
