"""What became of an inbox, in words: the count first, then a line for each report, then what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from uppfoljning.collect.inbox.reading import Draft, Origin
from uppfoljning.collect.inbox.sorting import Different, New, RefusedReport, Sorted
from uppfoljning.collect.table.columns import Value
from uppfoljning.collect.table.import_rows import Brought, Changed, RowDifference
from uppfoljning.collect.table.rows import RowRefusal
from uppfoljning.domain.finding import Finding, Place, Problem, Tree, TreePath
from uppfoljning.files.source import Source
from uppfoljning.files.text import text_of
from uppfoljning.files.yaml_edit import Places
from uppfoljning.present.escape import covered
from uppfoljning.present.figures import plural
from uppfoljning.present.views.findings_located import Located, located
from uppfoljning.rules.catalogue import level_of, rule_of
from uppfoljning.rules.privacy import PERSONAL

_INBOX_MOST_SIGNS = 80
_EXCUSE = "; är det rätt att det står där"
_MOST_DIFFERENCES = 20


def counts_taken_in(result: Sorted, *, done: bool) -> str:
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
        yield f"    {covered(difference.key)}: {_inbox_value(difference.before)} → {_inbox_value(difference.after)}"
    if (more := len(one.differences) - _MOST_DIFFERENCES) > 0:
        yield f"    … och {more} till"


def _refused(one: RefusedReport) -> Iterator[str]:
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


def _inbox_value(text: str) -> str:
    line = covered(" ".join(text.split())) or "tomt"
    return line if len(line) <= _INBOX_MOST_SIGNS else f"{line[: _INBOX_MOST_SIGNS - 1]}…"


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


# What came of a table, in words: the rows that stayed out and why, those that have changed, and the counts.


_IMPORT_SUMMARY_MOST_SIGNS = 60
_FILES_SHOWN, _TEXTS_SHOWN = 20, 3


def refusals(refused: Iterable[RowRefusal]) -> Iterator[str]:
    """A line for every reason that a row stays out."""
    for one in refused:
        where = f"rad {one.number}" + (f", {one_line(one.heading)}" if one.heading else "")
        yield f"{where}: {one_line(one.reason, 200)}"


def changes(changed: Iterable[Changed]) -> Iterator[str]:
    """A line for every value that a table has otherwise than the report: `rad 7, samtal: 12 → 14`."""
    for row in changed:
        yield from (
            f"rad {row.number}, {_named(one)}: {_import_summary_value(one.before)} → {_import_summary_value(one.after)}"
            for one in row.differences
        )


def remarks(found: Iterable[Finding]) -> Iterator[str]:
    """What the new reports bring that is no error, counted by rule."""
    for code, count in sorted(Counter(finding.problem.code for finding in found).items()):
        rule = rule_of(code)
        assert rule is not None
        yield f"{level_of(code)}[{code}] {rule.name}: {plural(count, 'gång', 'gånger')}"


def planned(brought: Brought) -> Iterator[str]:
    """What would be written: the files with their rows, and the first of them whole."""
    for at, (file, text) in enumerate(brought.files.items()):
        if at == _FILES_SHOWN:
            yield f"… och {len(brought.files) - at} filer till"
            return
        yield f"rad {brought.rows[file]} → {covered(file)}"
        if at < _TEXTS_SHOWN:
            yield from (f"    {covered(line)}" for line in text.rstrip("\n").split("\n"))


def how_many(brought: Brought, *, written: int, done: bool) -> str:
    """How it went, in one line; `done` says that something was written rather than thought of."""
    left_out = len({one.number for one in brought.refused})
    waiting = len({one.number for one in brought.changed} - brought.corrections)
    corrected = len(brought.corrections) if written else 0
    new = written - corrected
    verb = "skriven" if new == 1 else "skrivna"
    parts = [f"{new} {verb}" if done else f"{new} skulle skrivas"]
    if corrected:
        parts.append(f"{corrected} {'rättad' if corrected == 1 else 'rättade'}" if done else f"{corrected} skulle rättas")
    parts.append(f"{len(brought.same)} fanns redan")
    if waiting:
        parts.append(f"{waiting} har ändrats")
    parts.append(f"{left_out} kom inte med")
    if brought.passed:
        parts.append(f"{brought.passed} valdes bort av villkor")
    return " · ".join(parts)


def one_line(text: str, most: int = _IMPORT_SUMMARY_MOST_SIGNS) -> str:
    """A user's text on a line of its own, cut where it is long, with nothing in it that may not be shown."""
    line = covered(" ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _named(difference: RowDifference) -> str:
    return difference.key.partition(".")[2] or difference.key


def _import_summary_value(value: Value | None) -> str:
    if value is None:
        return "tomt"
    if isinstance(value, dict):
        return one_line(" till ".join(value.values()))
    return one_line(", ".join(value) if isinstance(value, list) else value)
