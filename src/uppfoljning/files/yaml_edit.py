"""Changes to a YAML text at the places of its parts, so that comments, order and layout stay as they were written.

Every place is a way into the document, as in a finding. Block and flow style are both left in the style they have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any, NamedTuple, TypeAlias

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from uppfoljning.domain.finding import Place, Span, TreePath
from uppfoljning.files.csv import cell_spans, delimiter_of, records, split_lines
from uppfoljning.files.source import is_csv, line_bounds
from uppfoljning.files.text import cleaned_for_parsing, text_of
from uppfoljning.files.yaml_careful import node_span
from uppfoljning.files.yaml_parser import compose

# From a finding's way into a document to lines and columns, worked out when the finding is printed.


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


_TO_COMMA = re.compile(r"(?:\s|#[^\n]*)*(,)")
_COMMENT = re.compile(r"(?<!\S)#+ ?([^\n]*)")


class Put(NamedTuple):
    """A new text for a single value or, with `on_key`, for a key; the quotes around it stay.

    The text must be one that can stand there: a word, an id, a day, or the old text with other figures.
    """

    path: TreePath
    text: str
    on_key: bool = False


class Swap(NamedTuple):
    """A key and its value gone, with `entry` (`key: value` on one line) in their place, or nothing.

    `notes` are comments that take their place; with them or an entry, the comments on the key's own lines are kept.
    """

    path: TreePath
    entry: str = ""
    notes: tuple[str, ...] = ()


class Add(NamedTuple):
    """A new `entry` (`key: value` on one line) before the key that `path` leads to."""

    path: TreePath
    entry: str


class Note(NamedTuple):
    """Comments on lines of their own above what `path` leads to."""

    path: TreePath
    lines: tuple[str, ...]


Edit: TypeAlias = Put | Swap | Add | Note


def spliced(text: str, file: str, changes: Iterable[Edit]) -> str:
    """The text with the changes made. KeyError for a way that leads nowhere, YAMLError for a text that is not YAML.

    `text` is the file's as `text_of` gives it. No part may be changed twice, nor anything inside a part that is taken away.
    """
    splicing = _Splicing(text, compose(cleaned_for_parsing(text, file)))
    for change in changes:
        splicing.take(change)
    return splicing.text()


class _Splicing:
    """One text on its way to another: what is cut out and put in, gathered before anything moves."""

    def __init__(self, text: str, root: Any) -> None:
        self._text = text
        self._root = root
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._cuts: list[tuple[int, int, str]] = []
        self._notes: list[tuple[int, tuple[str, ...]]] = []
        self._gone: dict[int, tuple[MappingNode, set[int]]] = {}

    def take(self, change: Edit) -> None:
        match change:
            case Put():
                self._put(change)
            case Swap():
                self._swap(change)
            case Add():
                self._add(change)
            case Note(path, lines):
                key, value = self._find(path)
                self._notes.append((_start(value if key is None else key), lines))

    def text(self) -> str:
        """The new text. A comment goes above the line where its part begins; never inside a value, then further up."""
        for mapping, gone in self._gone.values():
            self._close(mapping, gone)
        closed = [(start, end) for start, end, _ in self._cuts] + list(_long_texts(self._root, self._text))
        lines = [self._commented(self._line_outside(closed, index), notes) for index, notes in self._notes]
        pieces: list[str] = []
        done = 0
        for start, end, new in sorted([*lines, *self._cuts], key=lambda cut: cut[:2]):
            pieces += (self._text[done:start], new)
            done = end
        return "".join([*pieces, self._text[done:]])

    def _find(self, path: TreePath) -> tuple[Any, Any]:
        key, node = None, self._root
        for step in path:
            key, node = child(node, step)
            if node is None:
                raise KeyError(path)
        return key, node

    def _end(self, node: Any) -> int:
        """Where a value truly ends."""
        span = value_span(node, self._text)
        return self._starts[span.end_line - 1] + span.end_column - 1

    def _put(self, change: Put) -> None:
        key, value = self._find(change.path)
        node = key if change.on_key else value
        start, end = _start(node), self._end(node)
        written = self._text[start:end]
        edge = 1 if node.style in ("'", '"') else 0
        head, break_, line = written.partition("\n")
        if not written:
            new = f" {change.text}"
        elif written[edge : len(written) - edge] == node.value:
            new = written[:edge] + change.text + written[len(written) - edge :]
        elif node.style in ("|", ">") and line.strip() == node.value.strip():
            new = head + break_ + line.replace(line.strip(), change.text.strip())
        else:
            # Folded, or with codes after a backslash: the value is not in the text as it stands.
            new = json.dumps(change.text, ensure_ascii=False)
        self._cuts.append((start, end, new))

    def _swap(self, change: Swap) -> None:
        key, value = self._find(change.path)
        _, mapping = self._find(change.path[:-1])
        at = next(place for place, pair in enumerate(mapping.value) if pair[0] is key)
        start, end = _start(key), self._end(value)
        line, _ = line_bounds(self._text, start)
        last = line_bounds(self._text, end)[1]
        notes = [*change.notes, *self._comments(key.end_mark.index, _start(value))]
        if change.entry:
            self._cuts.append((start, end, change.entry))
        elif mapping.flow_style:
            self._gone.setdefault(id(mapping), (mapping, set()))[1].add(at)
        elif self._text[line:start].strip():
            self._cuts.append((start, self._next_key(mapping, at, end), ""))
        else:
            self._cuts.append((line, min(last + 1, len(self._text)), ""))
            notes += self._comments(end, last)
        if change.notes or change.entry:
            self._notes.append((start, tuple(notes)))

    def _comments(self, start: int, end: int) -> list[str]:
        return [match[1] for match in _COMMENT.finditer(self._text, start, end)]

    def _next_key(self, mapping: MappingNode, at: int, end: int) -> int:
        """Where the first key of a list item gives way: at the next one, unless a comment stands between."""
        if at + 1 == len(mapping.value):
            return end
        following = _start(mapping.value[at + 1][0])
        return end if self._text[end:following].strip() else following

    def _add(self, change: Add) -> None:
        key, _ = self._find(change.path)
        _, mapping = self._find(change.path[:-1])
        between = ", " if mapping.flow_style else "\n" + " " * key.start_mark.column
        self._cuts.append((_start(key), _start(key), change.entry + between))

    def _close(self, mapping: MappingNode, gone: set[int]) -> None:
        """Cut pairs out of `{ }` with a comma each; where the last one goes, the comma after the last that stays goes too."""
        starts = [_start(key) for key, _ in mapping.value]
        ends = [self._end(value) for _, value in mapping.value]
        commas = [_TO_COMMA.match(self._text, end) for end in ends]
        for at in sorted(gone):
            comma = commas[at]
            self._cuts.append((starts[at], ends[at], ""))
            if comma is not None:
                self._drop(ends[at], comma.start(1), starts[at + 1] if at + 1 < len(starts) else comma.end(1))
        stays = max((at for at in range(len(starts)) if at not in gone), default=None)
        if stays is not None and stays + 1 < len(starts) and commas[-1] is None:
            comma = commas[stays]
            assert comma is not None
            self._drop(ends[stays], comma.start(1), starts[stays + 1])

    def _drop(self, start: int, comma: int, end: int) -> None:
        """Take away a comma, with the space around it where there is no comment in it."""
        bare = "#" not in self._text[start:end]
        self._cuts.append((start, end, "") if bare else (comma, comma + 1, ""))

    def _line_outside(self, closed: Sequence[tuple[int, int]], index: int) -> int:
        line, _ = line_bounds(self._text, index)
        while any(start < line < end for start, end in closed):
            line, _ = line_bounds(self._text, line - 1)
        return line

    def _commented(self, line: int, notes: Sequence[str]) -> tuple[int, int, str]:
        text = self._text[line : line_bounds(self._text, line)[1]]
        indent = " " * (len(text) - len(text.lstrip(" ")))
        return line, line, "".join(f"{indent}# {note}\n" for note in notes)


def _start(node: Any) -> int:
    return int(node.start_mark.index)


def _long_texts(node: Any, text: str) -> Iterator[tuple[int, int]]:
    """The stretches of the single values that span lines; a comment cannot stand in one."""
    if isinstance(node, ScalarNode):
        start, end = _start(node), node.end_mark.index
        if "\n" in text[start:end]:
            yield start, end
        return
    for part in node.value:
        for inner in part if not isinstance(node, SequenceNode) else (part,):
            yield from _long_texts(inner, text)
