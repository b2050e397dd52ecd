"""Findings with their lines and columns looked up, in order, and nothing in them that may not be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from uppfoljning.domain.finding import Finding, Place, Problem, Span
from uppfoljning.files.places import locate
from uppfoljning.files.source import Source
from uppfoljning.files.text import text_of
from uppfoljning.present.safe import covered
from uppfoljning.rules.catalogue import level_of, rules
from uppfoljning.rules.privacy import PERSONAL
from uppfoljning.rules.rule import Level

LEVELS: tuple[Level, ...] = ("fel", "varning", "notis")


class Spot(NamedTuple):
    """A place to show; without a span the whole file."""

    file: str
    span: Span | None

    def __str__(self) -> str:
        return self.file + (f":{self.span.line}:{self.span.column}" if self.span else "")


class Located(NamedTuple):
    """A finding ready to be printed. Without a span it concerns the whole file. `excerpt` is the first line it stands on."""

    code: str
    level: Level
    file: str
    span: Span | None
    message: str
    note: str
    remedy: str
    excerpt: str
    also: Spot | None

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        return Spot(self.file, self.span)

    @property
    def headline(self) -> str:
        """What is wrong, in a sentence."""
        return f"{self.message}: {self.note}" if self.note else self.message


def located(findings: Iterable[Finding], source: Source, *, deciding: bool = False) -> list[Located]:
    """Look up every finding's place; sorted by file, line, column and code. A file is read once more only if it has one.

    With `deciding` a change is let in or kept out by what is found: then what cannot be seen weighs more.
    """
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.place.file, []).append(finding)
    texts = _Texts(source)
    found = []
    for file in sorted(by_file):
        secrets = _secrets(by_file[file], texts)
        found += [_one(finding, texts, secrets, deciding=deciding) for finding in by_file[file]]
    return sorted(
        found, key=lambda one: (one.file, one.span.line if one.span else 0, one.span.column if one.span else 0, one.code)
    )


class _Texts:
    """The text of the file in hand, and of the last one looked aside at."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._kept: dict[str, str] = {}

    def of(self, file: str) -> str:
        text = self._kept.get(file)
        if text is None:
            if len(self._kept) > 8:
                self._kept.clear()
            text = self._kept[file] = text_of(self._source, file)
        return text


def _secrets(findings: list[Finding], texts: _Texts) -> list[str]:
    """What the privacy check found in a file, longest first: a message may repeat it without the words that gave it away."""
    places = [finding.place for finding in findings if finding.problem.code in PERSONAL and finding.place.span is not None]
    if not places:
        return []
    lines = texts.of(places[0].file).split("\n")
    spans = [place.span for place in places if place.span is not None]
    found = {lines[span.line - 1][span.column - 1 : span.end_column - 1] for span in spans}
    return sorted(found, key=len, reverse=True)


def _level(problem: Problem, *, deciding: bool) -> Level:
    level = problem.level or level_of(problem.code)
    return _GRAVER[level] if deciding and rules()[problem.code].unseen else level


_GRAVER: dict[Level, Level] = {"notis": "varning", "varning": "fel", "fel": "fel"}


def _one(finding: Finding, texts: _Texts, secrets: list[str], *, deciding: bool) -> Located:
    place, problem = finding.place, finding.problem
    span = _span(place, texts)
    lines = texts.of(place.file).split("\n") if span is not None else []
    excerpt = lines[span.line - 1] if span is not None and span.line <= len(lines) else ""
    return Located(
        problem.code,
        _level(problem, deciding=deciding),
        covered(place.file),
        span,
        _without(problem.message, secrets),
        _without(problem.note, secrets),
        _without(problem.remedy, secrets),
        _without(excerpt, secrets),
        _spot(finding.also, texts) if finding.also is not None else None,
    )


def _without(text: str, secrets: list[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, re.sub(r"\w", "•", secret))
    return covered(text)


def _span(place: Place, texts: _Texts) -> Span | None:
    if place.span is None and not place.path and not place.on_key:
        return None
    return locate(texts.of(place.file), place.file, place)


def _spot(place: Place, texts: _Texts) -> Spot:
    return Spot(covered(place.file), _span(place, texts))


def worst_first(findings: Iterable[Located]) -> list[Located]:
    """Errors, then warnings, then notices, each in the order they had."""
    return sorted(findings, key=lambda one: LEVELS.index(one.level))


def below(findings: Iterable[Located], folder: str) -> list[Located]:
    """The findings with their files named from further up: `folder` is the way down to the project, with `/` at its end."""
    lead = covered(folder)
    return [
        one._replace(file=lead + one.file, also=one.also and one.also._replace(file=lead + one.also.file)) for one in findings
    ]
