"""Findings with their lines and columns looked up, in order, and nothing in them that may not be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from uppfoljning.domain.finding import Finding, Place, Problem, Span
from uppfoljning.files.source import Source
from uppfoljning.files.text import text_of
from uppfoljning.files.yaml_edit import Places
from uppfoljning.present.escape import covered
from uppfoljning.present.figures import figure
from uppfoljning.rules.catalogue import level_of, rules
from uppfoljning.rules.contact import covering
from uppfoljning.rules.privacy import PERSONAL
from uppfoljning.rules.rule import Level

MOST = 200
"""As many findings of a file are shown; of each kind that is left out it is said how many there are."""

LEVELS: tuple[Level, ...] = ("fel", "varning", "notis")
_MOST_KEPT = 8
_LONGEST_LINE = 1000


class Spot(NamedTuple):
    """A place to show; without a span the whole file."""

    file: str
    span: Span | None

    def __str__(self) -> str:
        return self.file + (f":{self.span.line}:{self.span.column}" if self.span else "")


class Located(NamedTuple):
    """A finding ready to be printed. Without a span it concerns the whole file.

    `excerpt` is the first line it stands on; of a long one a part, and `cut` is how many of its signs are left out before.
    `more` is how many findings with the same code in the same file are left out after it.
    """

    code: str
    level: Level
    file: str
    span: Span | None
    message: str
    note: str
    remedy: str
    excerpt: str
    also: Spot | None
    more: int = 0
    cut: int = 0

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        return Spot(self.file, self.span)

    @property
    def rest(self) -> str:
        """How many are left out after it, in words; empty where none is."""
        return f"{figure(self.more)} till av samma slag i filen" if self.more else ""

    @property
    def remark(self) -> str:
        """What stands beside the place: its note, and how many are left out."""
        return "; ".join(text for text in (self.note, self.rest) if text)

    @property
    def headline(self) -> str:
        """What is wrong, in a sentence."""
        return f"{self.message}: {self.remark}" if self.remark else self.message


def located(findings: Iterable[Finding], source: Source, most: int | None = None) -> list[Located]:
    """Look up every finding's place; sorted by file, line, column and code. A file is read once more only if it has one.

    With `most`, no more of a file's findings are given; see `shortened`.
    """
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.place.file, []).append(finding)
    texts = _Texts(source)
    found = []
    for file in sorted(by_file):
        cover = _Cover(by_file[file], texts)
        kept, left = shortened(by_file[file], most)
        some = sorted((_one(finding, texts, cover) for finding in kept), key=_order)
        found += _with_counts(some, left) if left else some
    return sorted(found, key=_order)


def shortened(findings: Sequence[Finding], most: int | None) -> tuple[list[Finding], Counter[str]]:
    """At most so many of a file's findings, and how many are left out, by code.

    Of each code at least one is given; then errors go before warnings and warnings before notices, each in their order.
    """
    if most is None or len(findings) <= most:
        return list(findings), Counter()
    by_level: dict[Level, list[int]] = {level: [] for level in LEVELS}
    seen: set[str] = set()
    first: list[int] = []
    for at, finding in enumerate(findings):
        code = finding.problem.code
        (by_level[level(finding.problem)] if code in seen else first).append(at)
        seen.add(code)
    rest = [at for level in LEVELS for at in by_level[level]]
    kept = {*first, *rest[: max(0, most - len(first))]}
    left = Counter(finding.problem.code for at, finding in enumerate(findings) if at not in kept)
    return [findings[at] for at in sorted(kept)], left


def _with_counts(some: list[Located], left: Counter[str]) -> list[Located]:
    """The findings of a file; the last one of each code says how many are left out."""
    last = {one.code: at for at, one in enumerate(some)}
    return [one._replace(more=left[one.code]) if last[one.code] == at else one for at, one in enumerate(some)]


def _order(one: Located) -> tuple[str, int, int, str]:
    return (one.file, one.span.line if one.span else 0, one.span.column if one.span else 0, one.code)


class _Texts:
    """The file in hand, and the last few that were looked aside at."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._kept: dict[str, Places] = {}

    def of(self, file: str) -> Places:
        places = self._kept.pop(file, None)
        if places is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            places = Places(text_of(self._source, file), file)
        # The one used last is the last to go: many files may look aside at the same large one.
        self._kept[file] = places
        return places


class _Cover:
    """Covers what the privacy check found in a file: a message may repeat it without the words that gave it away."""

    def __init__(self, findings: Sequence[Finding], texts: _Texts) -> None:
        places = [finding.place for finding in findings if finding.problem.code in PERSONAL and finding.place.span is not None]
        spans = [place.span for place in places if place.span is not None]
        of_file = texts.of(places[0].file) if places else None
        found = {of_file.line(span.line)[span.column - 1 : span.end_column - 1] for span in spans} if of_file else set()
        self._secrets = found - {""}
        self._least = min(map(len, self._secrets), default=0)
        self._lengths: dict[str, set[int]] = {}
        for secret in self._secrets:
            self._lengths.setdefault(secret[: self._least], set()).add(len(secret))
        self._lines: dict[int, str] = {}

    def text(self, text: str) -> str:
        """The text with each of them covered, as long as before. What it takes does not grow with how many there are."""
        return covered(covering(text, self._found(text), r"\w"))

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        for at in range(len(text) - self._least + 1 if self._secrets else 0):
            lengths = self._lengths.get(text[at : at + self._least])
            if lengths and (length := max((one for one in lengths if text[at : at + one] in self._secrets), default=0)):
                yield at, at + length

    def excerpt(self, places: Places, span: Span) -> tuple[str, int]:
        """The line where a span begins or, of a long one, the part around it; and how many signs are left out before that."""
        line = self._lines.get(span.line)
        if line is None:
            # Covered whole: of a number that is cut in two, no half can be told for what it is. And once, for all that is on it.
            line = self._lines[span.line] = self.text(places.line(span.line))
        start = max(0, span.column - 1 - _LONGEST_LINE // 4) if len(line) > _LONGEST_LINE else 0
        return line[start : start + _LONGEST_LINE], start


def level(problem: Problem) -> Level:
    """How grave a problem is."""
    return problem.level or level_of(problem.code)


def decisive(findings: Iterable[Finding]) -> list[Finding]:
    """The findings where a change is let in or kept out by what is found: then what cannot be seen weighs more."""
    return [
        one._replace(problem=one.problem._replace(level=_GRAVER[level(one.problem)])) if rules()[one.problem.code].unseen else one
        for one in findings
    ]


_GRAVER: dict[Level, Level] = {"notis": "varning", "varning": "fel", "fel": "fel"}


def _one(finding: Finding, texts: _Texts, cover: _Cover) -> Located:
    place, problem = finding.place, finding.problem
    span = _span(place, texts)
    excerpt, cut = cover.excerpt(texts.of(place.file), span) if span is not None else ("", 0)
    return Located(
        problem.code,
        level(problem),
        covered(place.file),
        span,
        cover.text(problem.message),
        cover.text(problem.note),
        cover.text(problem.remedy),
        excerpt,
        _spot(finding.also, texts) if finding.also is not None else None,
        cut=cut,
    )


def _span(place: Place, texts: _Texts) -> Span | None:
    if place.span is None and not place.path and not place.on_key:
        return None
    return texts.of(place.file).span(place)


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


# What a service knows a finding by from one run to the next, wherever in its file it has moved.


_LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""No digits: a long run of them could pass for a personal number."""


def fingerprints(findings: Iterable[Located]) -> list[str]:
    """One for each finding, in their order, no two alike: from its code, file, message and line of text, never the line number.

    Of several that say the same thing of equal lines, the first has number 0, and so on. Nothing covered can be told from it.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for one in findings:
        what = (one.code, one.file, one.message, one.excerpt.strip())
        text = "\0".join((*what, str(seen[what])))
        seen[what] += 1
        made.append(sha256(text.encode()).hexdigest().translate(_LETTERS))
    return made
