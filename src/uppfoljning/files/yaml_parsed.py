"""Any YAML file as a plain tree of text, by the parser, and everything that is wrong with its form."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.nodes import MappingNode, ScalarNode

from uppfoljning.domain.finding import Finding, Problem, Tree
from uppfoljning.files.spans import line_bounds, noted, stretch
from uppfoljning.files.text import EMPTY, yaml_text
from uppfoljning.files.yaml_careful import TYPOGRAPHIC, CarefulWalk
from uppfoljning.files.yaml_parser import compose
from uppfoljning.files.yaml_problems import DIRECTIVE, EXAMPLE, GLUED, GLUED_KEY
from uppfoljning.files.yaml_screen import needs_screening, screen
from uppfoljning.files.yaml_syntax import explain

_DIRECTIVE = re.compile(r"(?: *(?:#[^\n]*)?\n)*%")
_LOST_COMMENT = re.compile(" #[^\\s#]")
_CLOSE_COMMENT = re.compile("[\"'\\]}|>+\\d-]#")
# At the margin only keys are expected, and a line with a key has a colon.
_OUTDENTED = re.compile(r"\n[^\s#:\]}-][^:\n]*(?:\n|\Z)")
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
        or _OUTDENTED.search(text) is not None
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
