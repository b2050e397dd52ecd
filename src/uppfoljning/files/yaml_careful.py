"""The slow walk through a composed document: taken when something in it is odd, to say what and where."""

from __future__ import annotations

import re
from typing import Any

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from uppfoljning.domain.finding import Finding, Problem, Span, Tree
from uppfoljning.files.spans import line_bounds, noted
from uppfoljning.files.yaml_problems import AFTER_VALUE, GLUED, GLUED_KEY, NO_KEY, text_beside

TYPOGRAPHIC = "“”„‘’"
"""Quotation marks that YAML takes as text."""

_COMMENT = re.compile(r" +(#[^\s#][^\n]*)")
_HEADER = re.compile(r"[|>][-+\d]*#")
_SWALLOWED = re.compile(r"\n *(- [^\n]*)")
_OUTDENTED = re.compile(r"\n([^\s#\]}][^\n]*)")
_COLON_FOLLOWS = re.compile(r"\s*:")

_BARE = Problem(
    "Y023",
    "en nyckel utan värde inom { }",
    "komma inom { } avslutar värdet: skriv texten på en egen rad eller inom citattecken",
    "läses som en egen nyckel",
)
_LOST = Problem(
    "Y024",
    "texten efter # läses inte",
    "hör den till värdet, sätt alltihop inom citattecken; är den en kommentar, skriv ett mellanslag efter #",
    "läses som en kommentar",
)
_QUOTED = Problem(
    "Y025", "texten börjar med ett typografiskt citattecken", 'skriv raka citattecken (") om de ska omge texten, annars inga alls'
)
_CONTINUED = Problem(
    "Y028",
    "listpunkten läses som text",
    "låt punkten börja i samma kolumn som punkten ovanför; hör den till texten, sätt alltihop inom citattecken",
    "läses som fortsättning på raden ovanför",
)
_AT_THE_MARGIN = Problem("Y029", "fortsättningsraden har inget indrag", "dra in raden två steg", "hör till värdet ovanför")
_NOT_TEXT = Problem(
    "Y020",
    "nyckeln är en lista eller grupp",
    "skriv nyckeln som ett ord; en text som börjar med [ eller { sätts inom citattecken",
)
_MERGED = Problem("Y019", "<< kan inte användas", "skriv ut nycklarna i stället")
_TWICE_REMEDY = "ta bort den ena, eller slå ihop dem"


class CarefulWalk:
    """One walk through one document; the findings gather in `findings`."""

    def __init__(self, file: str, text: str) -> None:
        self.findings: list[Finding] = []
        self._file = file
        self._text = text
        self._in_block = False

    def document(self, node: MappingNode) -> dict[str, Tree]:
        """The whole document, whose outermost node is a mapping."""
        self._in_block = not node.flow_style
        return self.fields(node)

    def tree(self, node: Any) -> Tree:
        """The document as text, without the keys that cannot be taken; of two equal keys the first is kept."""
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if node.flow_style:
            self._check_closed(node)
        if isinstance(node, SequenceNode):
            return [self.tree(item) for item in node.value]
        return self.fields(node)

    def fields(self, node: MappingNode) -> dict[str, Tree]:
        """A mapping as text."""
        fields: dict[str, Tree] = {}
        first: dict[str, Span] = {}
        for key, value in node.value:
            span = node_span(key)
            if not self._key_taken(node, key, value, span):
                continue
            known = first.get(key.value)
            content = self.tree(value)
            if known is not None:
                self._note(span, Problem("Y015", f"nyckeln {key.value} finns två gånger", _TWICE_REMEDY, "andra gången"), known)
                continue
            first[key.value] = span
            fields[key.value] = content
        return fields

    def _key_taken(self, mapping: MappingNode, key: Any, value: Any, span: Span) -> bool:
        if not isinstance(key, ScalarNode):
            self._note(self._first_line(key), _NOT_TEXT)
        elif not key.value and not key.style:
            # The parsers disagree on where an empty key inside { } stands.
            self._note(self._first_line(mapping) if mapping.flow_style else span, NO_KEY)
        elif key.value == "<<" and not key.style:
            self._note(span, _MERGED)
        elif mapping.flow_style and _is_empty(value) and not _COLON_FOLLOWS.match(self._text, key.end_mark.index):
            self._note(span, GLUED if GLUED_KEY.match(key.value) else _BARE)
        else:
            return True
        return False

    def _scalar(self, node: ScalarNode) -> str | None:
        start, end = node.start_mark.index, node.end_mark.index
        if not node.style:
            comment = _COMMENT.match(self._text, end)
            if comment:
                self._note(_after(node.end_mark, *comment.span(1)), _LOST)
            if node.value.startswith(tuple(TYPOGRAPHIC)):
                self._note(node_span(node), _QUOTED)
            self._check_list(node)
        elif node.style in ("'", '"'):
            self._check_closed(node)
        elif _HEADER.match(self._text, start):
            self._note(self._first_line(node), text_beside(self._text[start]))
        return None if _is_empty(node) else node.value

    def _check_closed(self, node: Any) -> None:
        """What both parsers let pass although YAML does not: a `#` right after the value, and lines without indentation."""
        start, end = node.start_mark.index, node.end_mark.index
        if self._text[end : end + 1] == "#":
            self._note(_after(node.end_mark, end, line_bounds(self._text, end)[1]), AFTER_VALUE)
        outdented = _OUTDENTED.search(self._text, start, end) if self._in_block else None
        if outdented:
            line = node.start_mark.line + 1 + self._text.count("\n", start, outdented.start(1))
            self._note(Span(line, 1, line, 1 + len(outdented[1])), _AT_THE_MARGIN)

    def _check_list(self, node: ScalarNode) -> None:
        swallowed = _SWALLOWED.search(self._text, node.start_mark.index, node.end_mark.index)
        if swallowed:
            start, end = swallowed.span(1)
            line = node.start_mark.line + 1 + self._text.count("\n", node.start_mark.index, start)
            column = start - self._text.rfind("\n", 0, start)
            self._note(Span(line, column, line, column + end - start), _CONTINUED)

    def _first_line(self, node: Any) -> Span:
        start = node.start_mark.index
        return _after(node.start_mark, start, min(node.end_mark.index, line_bounds(self._text, start)[1]))

    def _note(self, span: Span, problem: Problem, also: Span | None = None) -> None:
        self.findings.append(noted(self._file, span, problem, also))


def node_span(node: Any) -> Span:
    """The span between a node's marks, which count lines and columns from 0."""
    start, end = node.start_mark, node.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _after(mark: Any, start: int, end: int) -> Span:
    """The span of a stretch on the line of `mark`; cheap however far down that is."""
    column = mark.column + 1 + start - mark.index
    return Span(mark.line + 1, column, mark.line + 1, column + end - start)


def _is_empty(node: Any) -> bool:
    return isinstance(node, ScalarNode) and not node.value and not node.style
