"""What was open when the parser gave up: the nearest bracket, or a quoted text that swallowed several lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from yaml.tokens import (
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    ScalarToken,
    Token,
)

from uppfoljning.files.yaml_parser import MOST_FOR_PURE, PureParser


def opened_before(text: str, at: int) -> int | None:
    """Where the innermost bracket that is open at `at` stands."""
    opened: list[int] = []
    for token in _tokens(text, at):
        if isinstance(token, (FlowSequenceStartToken, FlowMappingStartToken)):
            opened.append(token.start_mark.index)
        elif isinstance(token, (FlowSequenceEndToken, FlowMappingEndToken)) and opened:
            opened.pop()
    return opened[-1] if opened else None


def quote_before(text: str, at: int) -> int | None:
    """Where a quoted text of several lines began, if the last value before `at` is one."""
    last: Token | None = None
    for token in _tokens(text, at):
        last = token
    if isinstance(last, ScalarToken) and last.style in ("'", '"') and last.start_mark.line < last.end_mark.line:
        return int(last.start_mark.index)
    return None


def _tokens(text: str, at: int) -> Iterator[Token]:
    """The tokens that begin before `at`, as far as the scanner gets; none where that would take long."""
    if at > MOST_FOR_PURE:
        return
    try:
        scanner: Any = PureParser(text)
        while scanner.check_token():
            token = scanner.get_token()
            if token.start_mark.index >= at:
                return
            yield token
    except yaml.YAMLError:
        return
