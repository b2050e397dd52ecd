"""Findings as workflow commands, which GitHub shows as annotations on the changed lines."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.present.findings.count import counted
from uppfoljning.present.findings.located import LEVELS, Located
from uppfoljning.rules.rule import Level

MOST = 10
"""GitHub shows this many of each kind in a step."""

_COMMANDS: dict[Level, str] = {"fel": "error", "varning": "warning", "notis": "notice"}


def github(findings: list[Located]) -> str:
    """The worst findings first, ten of each level, and a line that counts the rest."""
    by_level = [[one for one in findings if one.level == level] for level in LEVELS]
    lines = [_command(one) for group in by_level for one in group[:MOST]]
    beyond = [one for group in by_level for one in group[MOST:]]
    left_out = [one._replace(more=one.more - 1) for group in by_level for one in group[:MOST] if one.more]
    if rest := counted([*beyond, *left_out]):
        lines.append(f"Dessutom {rest} som GitHub inte visar. Hela listan: uppfoljning validera --format text")
    return "".join(f"{line}\n" for line in lines)


def _command(one: Located) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(one))
    remedy = f"\nhjälp: {one.remedy}" if one.remedy else ""
    also = f"\nse även {one.also}" if one.also else ""
    return f"::{_COMMANDS[one.level]} {properties}::{_data(one.headline + also + remedy)}"


def _properties(one: Located) -> Iterator[tuple[str, str]]:
    yield "file", one.file
    if one.span is not None:
        yield "line", str(one.span.line)
        # GitHub has columns only within one line.
        if one.span.line == one.span.end_line:
            yield "col", str(one.span.column)
        yield "endLine", str(one.span.end_line)
        if one.span.line == one.span.end_line:
            yield "endColumn", str(one.span.end_column)
    yield "title", one.code


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
