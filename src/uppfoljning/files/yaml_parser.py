"""The YAML parser in use: libyaml when it is there, otherwise PyYAML's own made to agree with it.

No tag is ever resolved: every scalar is text, and nothing is guessed."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.composer import Composer, ComposerError
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import (
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    ScalarToken,
    Token,
)

MOST_FOR_PURE = 100_000
"""The most characters that are read a second time in Python, which takes up to a second."""
_BLANK = "\0 \n"


class _NoGuessing:
    """Stands in for PyYAML's resolver, and saves a third of the time by doing nothing."""

    # Whatever takes two values, or none, will do: the parser asks for nothing back, and calls each of them for every value.
    descend_resolver = operator.is_
    ascend_resolver = bool

    def resolve(self, _kind: Any, _value: Any, _implicit: Any) -> str:
        return ""


class PureParser(_NoGuessing, Reader, Scanner, Parser, Composer):
    """PyYAML's parser in Python; slower, and its messages say more."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)

    def scan_plain(self) -> ScalarToken:
        """As the original, but inside [ ] and { } a `?` is text and `a:,` an error, as libyaml has it."""
        chunks: list[str] = []
        start = end = self.get_mark()
        indent = self.indent + 1
        spaces: list[str] = []
        while self.peek() != "#":
            length = self._plain_length(start)
            if not length:
                break
            self.allow_simple_key = False
            chunks += spaces
            chunks.append(self.prefix(length))
            self.forward(length)
            end = self.get_mark()
            between = self.scan_plain_spaces(indent, start)
            if not between or (not self.flow_level and self.column < indent):
                break
            spaces = between
        return ScalarToken("".join(chunks), True, start, end)

    def _plain_length(self, start: Any) -> int:
        length = 0
        while (sign := self.peek(length)) not in _BLANK:
            if sign == ":":
                after = self.peek(length + 1)
                if self.flow_level and after in ",?[]{}":
                    self.forward(length)
                    raise ScannerError("while scanning a plain scalar", start, "found unexpected ':'", self.get_mark())
                if after in _BLANK:
                    break
            elif self.flow_level and sign in ",[]{}":
                break
            length += 1
        return length


def libyaml() -> Any:
    """The parser over libyaml, or None where PyYAML was built without it."""
    if not yaml.__with_libyaml__:
        return None
    from yaml._yaml import CParser

    class FastParser(_NoGuessing, CParser):
        """libyaml's parser."""

    return FastParser


parser: Any = libyaml() or PureParser
"""The parser class in use; tests set it to `PureParser` and back."""


def compose(text: str) -> Any:
    """The node of the only document, or None when there is none; YAMLError when the text is not YAML."""
    return parser(text).get_single_node()


def events(text: str) -> Iterator[Any]:
    """The parser's events one by one, without recursion; YAMLError when the text is not YAML."""
    reading = parser(text)
    while reading.check_event():
        yield reading.get_event()


def fuller_error(text: str, error: yaml.MarkedYAMLError) -> yaml.MarkedYAMLError:
    """The pure parser's account of what libyaml refused, so that both lead to the same finding; else `error` itself."""
    if len(text) > MOST_FOR_PURE or isinstance(error, ComposerError):
        return error
    reading: Any = PureParser(text)
    try:
        while reading.check_event():
            reading.get_event()
    except yaml.MarkedYAMLError as fuller:
        return fuller
    return error


# What was open when the parser gave up: the nearest bracket, or a quoted text that swallowed several lines.


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
