"""What must be found before a document is composed: references, tags and nesting that could fill the memory."""

from __future__ import annotations

import re
from typing import Any

from yaml.error import MarkedYAMLError
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent, ScalarEvent

from uppfoljning.domain.finding import Finding, Problem
from uppfoljning.files.spans import line_bounds, noted, stretch
from uppfoljning.files.yaml_parser import events
from uppfoljning.files.yaml_problems import SIGNS
from uppfoljning.files.yaml_syntax import tag_span

DEEPEST = 32
"""The most levels of keys and lists within each other; a plan has six."""

_MOST_FINDINGS = 20
# Below these figures a document cannot be deeper than `DEEPEST`, since each level in block style takes a column.
_FEW_BRACKETS = 15
_WIDE = re.compile(r"^[ ?:-]{15}", re.MULTILINE)
_MARKED = re.compile(r"(?<![^\s\[{,:?-])[&*!]")
_UNCLEAR_TAG = re.compile(r"!\S*[^\s\w!-]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

_TOO_DEEP = Problem("Y014", f"fler än {DEEPEST} nivåer i varandra", "förenkla filen; ingen del av formatet går så djupt")
_REFUSED_DEPTH = "exceeded maximum nesting depth"
_HIDDEN = Problem("Y026", "styrtecken i texten", "ta bort koden med \\ som ger tecknet")


def needs_screening(text: str) -> bool:
    """Whether anything in the text could be a reference, a tag, a code for a control character or deep nesting."""
    return (
        (("&" in text or "*" in text or "!" in text) and _MARKED.search(text) is not None)
        or ("\\" in text and '"' in text)
        or text.count("[") + text.count("{") > _FEW_BRACKETS
        or ((" " * 10 in text or "- -" in text or "? " in text) and _WIDE.search(text) is not None)
    )


def screen(file: str, text: str) -> tuple[list[Finding], bool]:
    """The findings, and whether the document may be composed; YAMLError when the text is not YAML."""
    try:
        return _screened(file, text)
    except MarkedYAMLError as error:
        # libyaml itself refuses a thousand levels, before it tells of the first; looking closer would take minutes.
        if error.problem != _REFUSED_DEPTH or error.problem_mark is None:
            raise
        start = error.problem_mark.index
        return [noted(file, stretch(text, start, start + 1), _TOO_DEEP)], False


def _screened(file: str, text: str) -> tuple[list[Finding], bool]:
    findings: list[Finding] = []
    composable = True
    depth = 0
    event: Any
    for event in events(text):
        if isinstance(event, CollectionEndEvent):
            depth -= 1
        elif isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return [_found(file, text, event, _TOO_DEEP)], False
        if not isinstance(event, NodeEvent):
            continue
        if event.anchor is not None:
            composable = False
            findings.append(_found(file, text, event, SIGNS["*" if isinstance(event, AliasEvent) else "&"]))
        elif getattr(event, "tag", None) is not None:
            start = _start(event)
            findings.append(noted(file, tag_span(text, start), SIGNS["!"]))
            # The parsers disagree on where such a tag ends, and so on all that follows.
            if _UNCLEAR_TAG.match(text, start):
                return findings, False
        elif isinstance(event, ScalarEvent) and event.style == '"' and _CONTROL.search(event.value):
            findings.append(_found(file, text, event, _HIDDEN))
        if len(findings) == _MOST_FINDINGS:
            return findings, False
    return findings, composable


def _start(event: Any) -> int:
    return int(event.start_mark.index)


def _found(file: str, text: str, event: Any, problem: Problem) -> Finding:
    start = _start(event)
    return noted(file, stretch(text, start, min(event.end_mark.index, line_bounds(text, start)[1])), problem)
