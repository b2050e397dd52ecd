"""What came of a table, in words: the rows that stayed out and why, those that have changed, and the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from uppfoljning.collect.table.existing import Difference
from uppfoljning.collect.table.import_rows import Brought, Changed
from uppfoljning.collect.table.rows import Refusal
from uppfoljning.collect.table.targets import Value
from uppfoljning.domain.finding import Finding
from uppfoljning.present.escape import covered
from uppfoljning.present.figures import plural
from uppfoljning.rules.catalogue import level_of, rule_of

_MOST_SIGNS = 60
_FILES_SHOWN, _TEXTS_SHOWN = 20, 3


def refusals(refused: Iterable[Refusal]) -> Iterator[str]:
    """A line for every reason that a row stays out."""
    for one in refused:
        where = f"rad {one.number}" + (f", {one_line(one.heading)}" if one.heading else "")
        yield f"{where}: {one_line(one.reason, 200)}"


def changes(changed: Iterable[Changed]) -> Iterator[str]:
    """A line for every value that a table has otherwise than the report: `rad 7, samtal: 12 → 14`."""
    for row in changed:
        yield from (f"rad {row.number}, {_named(one)}: {_value(one.before)} → {_value(one.after)}" for one in row.differences)


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


def counts(brought: Brought, *, written: int, done: bool) -> str:
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


def one_line(text: str, most: int = _MOST_SIGNS) -> str:
    """A user's text on a line of its own, cut where it is long, with nothing in it that may not be shown."""
    line = covered(" ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _named(difference: Difference) -> str:
    return difference.key.partition(".")[2] or difference.key


def _value(value: Value | None) -> str:
    if value is None:
        return "tomt"
    if isinstance(value, dict):
        return one_line(" till ".join(value.values()))
    return one_line(", ".join(value) if isinstance(value, list) else value)
