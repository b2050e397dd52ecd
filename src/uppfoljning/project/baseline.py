"""What a change brings: the findings that the files did not have before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from uppfoljning.domain.finding import Finding
from uppfoljning.files.source import Source
from uppfoljning.files.text import text_of
from uppfoljning.files.yaml_edit import Places


class Checked(NamedTuple):
    """A source and everything that was found in it."""

    source: Source
    findings: Sequence[Finding]


class _Mark(NamedTuple):
    """What a finding is known by on both sides of a change. A line's number is not in it, for lines move; its text is."""

    code: str
    message: str
    line: str


def brought(before: Checked, after: Checked) -> list[Finding]:
    """The findings of the later side that the earlier does not have, in their order.

    Of equal ones in a file as many are new as have been added. A file that is gone has been renamed where a new one has the
    same findings. Lines are compared as they are written, so that one personal number in the place of another is new.
    """
    old = _marked(before)
    new = _marked(after)
    files_before, files_after = set(before.source.names()), set(after.source.names())
    left: Counter[tuple[str, _Mark]] = Counter()
    for file, mark in old:
        left[file if file in files_after else "", mark] += 1
    found = []
    for finding, (file, mark) in zip(after.findings, new, strict=True):
        known = file if file in files_before else "", mark
        if left[known]:
            left[known] -= 1
        else:
            found.append(finding)
    return found


def _marked(checked: Checked) -> list[tuple[str, _Mark]]:
    """The file and mark of every finding; each file is read once."""
    wanted = _files(checked.findings)
    marks: dict[int, _Mark] = {}
    for file, positions in wanted.items():
        places = Places(text_of(checked.source, file), file)
        for at in positions:
            place, problem = checked.findings[at].place, checked.findings[at].problem
            whole = place.span is None and not place.path and not place.on_key
            line = "" if whole else places.line(places.span(place).line).strip()
            marks[at] = _Mark(problem.code, problem.message, line)
    return [(finding.place.file, marks[at]) for at, finding in enumerate(checked.findings)]


def _files(findings: Iterable[Finding]) -> dict[str, list[int]]:
    by_file: dict[str, list[int]] = {}
    for at, finding in enumerate(findings):
        by_file.setdefault(finding.place.file, []).append(at)
    return by_file
