"""The slow walk through a composed document: taken when something in it is odd, to say what and where."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from uppfoljning.domain.finding import Finding, Problem, Span, Tree
from uppfoljning.files.source import line_bounds, noted, stretch
from uppfoljning.files.text import EMPTY, yaml_text
from uppfoljning.files.yaml_errors import (
    AFTER_VALUE,
    DIRECTIVE,
    EXAMPLE,
    GLUED,
    GLUED_KEY,
    NO_KEY,
    explain,
    needs_screening,
    screen,
    text_beside,
)
from uppfoljning.files.yaml_parser import compose

TYPOGRAPHIC = "“”„‘’"
"""Quotation marks that YAML takes as text."""

_COMMENT = re.compile(r" +(#[^\s#][^\n]*)")
_HEADER = re.compile(r"[|>][-+\d]*#")
_SWALLOWED = re.compile(r"\n *(- [^\n]*)")
_YAML_CAREFUL_OUTDENTED = re.compile(r"\n([^\s#\]}][^\n]*)")
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
        again: list[tuple[str, Finding]] = []
        for key, value in node.value:
            span = node_span(key)
            if not self._key_taken(node, key, value, span):
                continue
            known = first.get(key.value)
            content = self.tree(value)
            if known is not None:
                self._note(span, Problem("Y015", f"nyckeln {key.value} finns två gånger", _TWICE_REMEDY, "andra gången"), known)
                again.append((key.value, self.findings[-1]))
                continue
            first[key.value] = span
            fields[key.value] = content
        if len(again) > 1 and not node.flow_style and again[0][0] == node.value[0][0].value and self._is_item(node.value[0][0]):
            self._lacks_a_dash(again)
        return fields

    def _lacks_a_dash(self, again: list[tuple[str, Finding]]) -> None:
        """Say once, of an item whose first key comes again with others after it, that the dash of the next item is missing."""
        name, first = again[0]
        problem = first.problem._replace(remedy=f"skriv ett streck före: - {name}:", note="saknas ett streck här?")
        for _, one in again[1:]:
            self.findings.remove(one)
        self.findings[self.findings.index(first)] = first._replace(problem=problem)

    def _is_item(self, key: Any) -> bool:
        """Whether a mapping's first key stands after the dash of a list."""
        return self._text[: key.start_mark.index].rpartition("\n")[2].strip() == "-"

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
        outdented = _YAML_CAREFUL_OUTDENTED.search(self._text, start, end) if self._in_block else None
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


# Any YAML file as a plain tree of text, by the parser, and everything that is wrong with its form.


_DIRECTIVE = re.compile(r"(?: *(?:#[^\n]*)?\n)*%")
_LOST_COMMENT = re.compile(" #[^\\s#]")
_CLOSE_COMMENT = re.compile("[\"'\\]}|>+\\d-]#")
# At the margin only keys are expected, and a line with a key has a colon.
_YAML_PARSED_OUTDENTED = re.compile(r"\n[^\s#:\]}-][^:\n]*(?:\n|\Z)")
_TYPOGRAPHIC = re.compile(f"[{TYPOGRAPHIC}]")


class _OddError(Exception):
    """Something for the careful walk to look at."""


def read_parsed(file: str, data: bytes) -> tuple[Tree | None, list[Finding]]:
    """As `read_yaml`, several times as slow for a plain file."""
    text, findings = yaml_text(file, data)
    if text is None:
        return None, findings
    if "%" in text and (match := _DIRECTIVE.match(text)):
        end = line_bounds(text, match.end() - 1)[1]
        return None, [*findings, noted(file, stretch(text, match.end() - 1, end), DIRECTIVE)]
    try:
        if needs_screening(text):
            found, composable = screen(file, text)
            findings += found
            if not composable:
                return None, findings
        node = compose(text)
    except yaml.MarkedYAMLError as error:
        characters = [finding for finding in findings if finding.problem.code.startswith("F") or finding.problem.code == "Y010"]
        wrong = explain(file, text, error)
        return None, characters if _follows_from(wrong, characters, text) else [*characters, wrong]
    tree = _document(file, text, node, findings)
    return tree, findings


def _document(file: str, text: str, node: Any, findings: list[Finding]) -> Tree | None:
    if node is None or (node.__class__ is ScalarNode and not node.value and not node.style):
        findings.append(noted(file, None, EMPTY))
        return None
    if node.__class__ is not MappingNode:
        findings.append(_not_a_mapping(file, text, node))
        return None
    if not _looks_odd(text):
        try:
            return _fields(node)
        except _OddError:
            pass
    walk = CarefulWalk(file, text)
    tree = walk.document(node)
    findings += walk.findings
    return tree


def _looks_odd(text: str) -> bool:
    """Whether the text has what only the careful walk can judge."""
    return (
        (" #" in text and _LOST_COMMENT.search(text) is not None)
        or _YAML_PARSED_OUTDENTED.search(text) is not None
        or (not text.isascii() and _TYPOGRAPHIC.search(text) is not None)
        or ("#" in text and _CLOSE_COMMENT.search(text) is not None)
    )


def _fields(node: Any) -> dict[str, Tree]:
    """The fast walk: a sound mapping as text; _OddError as soon as anything needs a closer look."""
    fields: dict[str, Tree] = {}
    pairs = node.value
    try:
        for key, value in pairs:
            content = value.value
            if content.__class__ is str:
                fields[key.value] = content if content or value.style else None
                if " - " in content:
                    raise _OddError
            elif value.__class__ is MappingNode:
                fields[key.value] = _fields(value)
            else:
                fields[key.value] = [_item(item) for item in content]
    except TypeError as error:
        # A list or a mapping as key cannot be looked up.
        raise _OddError from error
    if len(fields) != len(pairs) or "" in fields or "<<" in fields or (node.flow_style and None in fields.values()):
        raise _OddError
    return fields


def _item(node: Any) -> Tree:
    content = node.value
    if content.__class__ is str:
        if " - " in content:
            raise _OddError
        return content if content or node.style else None
    return _fields(node) if node.__class__ is MappingNode else [_item(item) for item in content]


def _not_a_mapping(file: str, text: str, node: Any) -> Finding:
    start = node.start_mark.index
    end = min(node.end_mark.index, line_bounds(text, start)[1])
    if node.__class__ is ScalarNode and GLUED_KEY.match(node.value):
        problem = GLUED
    elif node.__class__ is ScalarNode:
        problem = Problem("Y022", "filen är en text utan nycklar", EXAMPLE)
    else:
        problem = Problem("Y022", "filen är en lista utan nycklar", f"{EXAMPLE}; en lista står under en nyckel")
    return noted(file, stretch(text, start, end), problem)


def _follows_from(wrong: Finding, characters: list[Finding], text: str) -> bool:
    """Whether the parser stumbled on what a finding about characters has already said."""
    lines = text.split("\n")
    span = wrong.place.span
    for other in (finding.place.span for finding in characters):
        if span and other and other.line <= span.line:
            in_indentation = not lines[other.line - 1][: other.column - 1].strip(" -")
            if other.line == span.line or in_indentation:
                return True
    return False
