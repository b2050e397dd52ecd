"""What became of an inbox, in words: the count first, then a line for each report, then what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from uppfoljning.collect.inbox.reading import Draft, Origin
from uppfoljning.collect.inbox.sorting import Different, New, Refused, Sorted
from uppfoljning.domain.finding import Place, Problem, Tree, TreePath
from uppfoljning.files.places import Places
from uppfoljning.files.source import Source
from uppfoljning.files.text import text_of
from uppfoljning.present.escape import covered
from uppfoljning.present.findings.located import Located, located
from uppfoljning.rules.privacy import PERSONAL

_MOST_SIGNS = 80
_EXCUSE = "; är det rätt att det står där"
_MOST_DIFFERENCES = 20


def counts(result: Sorted, *, done: bool) -> str:
    """How it went, in one line; `done` says that it was written rather than thought of."""
    corrections = len(result.corrected)
    new = len(result.new) - corrections
    parts = [f"{new} {'skriven' if new == 1 else 'skrivna'}" if done else f"{new} skulle skrivas"]
    if corrections:
        parts.append(f"{corrections} {'rättad' if corrections == 1 else 'rättade'}" if done else f"{corrections} skulle rättas")
    return " · ".join([*parts, f"{len(result.already)} fanns redan", f"{result.left_out} kom inte med"])


def account(result: Sorted) -> Iterator[str]:
    """A line for every report and every file without one, those that did not come in last, with what is wrong below."""
    remarks: dict[str, list[Located]] = {}
    for one in located(result.remarks, result.source):
        if one.level != "notis":
            remarks.setdefault(one.file, []).append(one)
    changed = {one.origin: one for one in result.different}
    for new in result.new:
        yield from _written(new, remarks.pop(covered(new.file), ()), result.source)
        yield from _changes(changed.pop(new.draft.origin, None))
    for file, found in remarks.items():
        yield from (f"{file}: {_said(one)}" for one in found)
    for already in result.already:
        with_receipt = f"kvitto {covered(already.receipt)}, " if already.receipt else ""
        yield f"{_place(already.origin)}: fanns redan ({with_receipt}{covered(already.file)})"
    for different in changed.values():
        yield from _differs(different)
    for refused in result.refused:
        yield from _refused(refused)
    for unread in result.unread:
        yield f"{_place(unread.origin, unread.line)}: {_with_remedy(unread.problem)}"


def _written(new: New, remarks: Iterable[Located], source: Source) -> Iterator[str]:
    corrects = f" (rättar {covered(new.replaces)})" if new.replaces else ""
    yield f"{_place(new.draft.origin)} → {covered(new.file)}{corrects}"
    lines = _Lines(new.draft, new.file, source)
    for one in remarks:
        yield f"    {_row(lines.of(one))}{_said(one)}"
    if new.outdated:
        yield f"    blanketten är äldre än planen; gör en ny med: uppfoljning blankett {new.outdated}"


def _differs(one: Different) -> Iterator[str]:
    yield f"{_place(one.origin)}: säger något annat än {covered(one.file)}, som har samma kvitto {covered(one.receipt)}"
    yield from _changes(one)


def _changes(one: Different | None) -> Iterator[str]:
    if one is None:
        return
    for difference in one.differences[:_MOST_DIFFERENCES]:
        yield f"    {covered(difference.key)}: {_value(difference.before)} → {_value(difference.after)}"
    if (more := len(one.differences) - _MOST_DIFFERENCES) > 0:
        yield f"    … och {more} till"


def _refused(one: Refused) -> Iterator[str]:
    lines = _Lines(one.draft, one.file, one.source)
    name = covered(one.file)
    for found in located(one.findings, one.source):
        here = found.file == name
        elsewhere = "" if here else f"{found.spot}: "
        also = f" (se även {found.also})" if found.also and found.also.file != name else ""
        said = f"personuppgift[{found.code}] {found.headline}" if found.code in PERSONAL else _said(found)
        yield f"{_place(one.draft.origin, lines.of(found) if here else 0)}: {elsewhere}{said}{also}"
        # Who writes a file may explain what looks like personal data in it; what is handed in must be without.
        if remedy := found.remedy.partition(_EXCUSE)[0]:
            yield f"    hjälp: {remedy}"


def advice(result: Sorted, *, correct: bool) -> Iterator[str]:
    """What to do next."""
    if not correct and result.different:
        yield "Ska det som är ändrat gälla: kör igen med --ratta, så skrivs rättelser."
    if any(one.outdated for one in result.new):
        most = Counter(one.outdated for one in result.new if one.outdated)
        yield f"Blanketten har ändrats för {', '.join(sorted(most))}. Dela ut den nya, så att alla svarar på samma frågor."
    if result.left_out:
        yield "Rätta det som inte kom med, eller be om det på nytt, och kör igen. Det som redan är skrivet blir inte dubbelt."


def _place(origin: Origin, line: int = 0) -> str:
    part = f" ({origin.part})" if origin.part else ""
    return f"{covered(origin.file)}{part}{f' rad {line}' if line else ''}"


def _row(line: int) -> str:
    return f"rad {line}: " if line else ""


def _said(one: Located) -> str:
    return f"{one.level}[{one.code}] {one.headline}"


def _with_remedy(problem: Problem) -> str:
    text = f"{problem.message} – {problem.remedy}" if problem.remedy else problem.message
    return covered(" ".join(text.split()))


def _value(text: str) -> str:
    line = covered(" ".join(text.split())) or "tomt"
    return line if len(line) <= _MOST_SIGNS else f"{line[: _MOST_SIGNS - 1]}…"


class _Lines:
    """From the lines of a report as it would be written to those of what was sent in."""

    def __init__(self, draft: Draft, file: str, source: Source) -> None:
        self._draft = draft
        self._file = file
        self._source = source
        self._paths: dict[int, TreePath] = {}

    def of(self, one: Located) -> int:
        """The line in the inbox's file that a finding is about, or 0."""
        if one.span is None:
            return 0
        if not self._paths:
            places = Places(text_of(self._source, self._file), self._file)
            for path in _paths(self._draft.tree):
                self._paths.setdefault(places.span(Place(self._file, path, on_key=True)).line, path)
        found = self._paths.get(one.span.line)
        return self._draft.where(found) if found else 0


def _paths(tree: Tree, at: TreePath = ()) -> Iterator[TreePath]:
    """The ways to every part of a tree, inner ones first, so that a line is known by the innermost that begins on it."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, inner in inside:
        yield from _paths(inner, (*at, step))
        yield *at, step
