"""The words of what differs, the same in every face."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import period_name
from uppfoljning.domain.plan_changes import WHOLE
from uppfoljning.followup.differences import EXPECTED, CommitmentDiff, FigureDiff, PlanDiff, TargetDiff
from uppfoljning.followup.table import Line
from uppfoljning.present.diff.figures import Shown
from uppfoljning.present.diff.promises import move, several, title
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, plural, ratio

KINDS = {
    "new": ("ny rapport", "nya rapporter"),
    "corrected": ("rättad rapport", "rättade rapporter"),
    "late": ("sen rapport", "sena rapporter"),
    "removed": ("borttagen rapport", "borttagna rapporter"),
    "left_out": ("utelämnad rapport", "utelämnade rapporter"),
}
_MOST_FILES = 6
_MOST_ROWS = 8


def answer(found: PlanDiff) -> str:
    """The answer in one sentence: how many commitments have changed, and in what ways."""
    number = len(found.commitments)
    if not number:
        return "Inget åtagande har ändrats, men det som står på planen."
    said = ", ".join(_ways(found))
    changed = f"{number} av {plural(found.total, 'åtagande', 'åtaganden')} har ändrats"
    return f"{changed}: {said}." if said else f"{changed}."


def _ways(found: PlanDiff) -> Iterable[str]:
    diffs = found.commitments
    if dropped := sum(one.dropped for one in diffs):
        yield plural(dropped, "borttaget åtagande", "borttagna åtaganden")
    for kind in ("removed", "left_out"):
        if number := sum(len(getattr(one.reports, kind)) for one in diffs):
            yield plural(number, *KINDS[kind])
    moves = [move(target) for one in diffs if one.before and one.after for target in one.targets]
    for word in dict.fromkeys(moves):
        if word:
            yield plural(moves.count(word), word, several(word))
    if added := sum(_is_added(one) for one in diffs):
        yield plural(added, "nytt åtagande", "nya åtaganden")
    for kind in ("corrected", "late", "new"):
        if number := sum(len(getattr(one.reports, kind)) for one in diffs):
            yield plural(number, *KINDS[kind])
    if other := sum(bool(one.before and one.after and one.before.status != one.after.status) for one in diffs):
        yield f"{other} med ny status"


def _is_added(one: CommitmentDiff) -> bool:
    return any(explained.change.what == WHOLE and explained.change.old is None for explained in one.changes)


def one_sided(found: PlanDiff) -> str:
    """Says of a plan that only one moment has what became of it."""
    size = plural(found.total, "åtagande", "åtaganden")
    if found.unreadable:
        when = "går inte längre" if found.after is None else "gick inte tidigare"
        return f"Planen {when} att läsa, så dess {size} jämförs inte."
    return f"Borttagen plan med {size}." if found.after is None else f"Ny plan med {size}."


def titles(found: PlanDiff) -> dict[str, str]:
    """The titles of the commitments that differ, by their ids."""
    return {one.line.commitment.id: title(one) for one in found.commitments}


def sentences(one: CommitmentDiff) -> list[tuple[str, list[str]]]:
    """What to say of a commitment's figures: a title and remarks for each target that differs, then what is about them all."""
    said = []
    for target in one.targets:
        if target.differs:
            shown = (Shown(target, diff, one.reports) for diff in told(target))
            if remarks := [*(each.sentence() for each in shown), *status(target)]:
                said.append((title(one, target), remarks))
    about = about_all(one)
    if common := [f"{name} {before} → {after}" if before else f"{name} {after}" for name, before, after in about]:
        if len(one.targets) == 1 and said:
            said[0][1].extend(common)
        else:
            said.append((title(one), common))
    return said


def told(target: TargetDiff) -> list[FigureDiff]:
    """The figures that differ. That a one-off is expected when its day comes goes without saying where its status tells it."""
    silent = target.target.operator == "klart" and bool(status(target))
    return [diff for diff in target.figures if diff.differs and not (silent and diff.name == EXPECTED)]


def status(target: TargetDiff) -> list[str]:
    """The status in both moments where it is another; of a new target its only one."""
    before, after = target.before, target.after
    if after is None or (before is not None and before.status == after.status):
        return []
    return [str(after.status) if before is None else f"{before.status} → {after.status}"]


def about_all(one: CommitmentDiff) -> list[tuple[str, str, str]]:
    """What differs of a commitment as a whole, before and after: completeness, what people judged, its form."""
    before, after = one.before, one.after
    said = []
    if (before and before.received.share) != (after and after.received.share):
        said.append(("fullständighet", _completeness(before), _completeness(after)))
    if _verdict(before) != _verdict(after):
        said.append(("bedömt", _verdict(before), _verdict(after)))
    if one.form_changed:
        said.append((f"blanketten {one.line.commitment.form}", "", "är ändrad"))
    return said


def _completeness(line: Line | None) -> str:
    return UNKNOWN if line is None else ratio(line.received.share, (line.received.answered, line.received.due))


def _verdict(line: Line | None) -> str:
    return one_line(f"{line.verdict_period}: {line.verdict}") if line is not None and str(line.verdict or "") else UNKNOWN


def report(entry: Entry, where: str) -> str:
    """One report: its file and row, what it is about, its days."""
    row = f" rad {entry.sheet_row}" if entry.sheet_row is not None else ""
    return one_line(f"{entry.file}{row} ({where}, {period_name(entry.span)})")


def files(entries: Sequence[Entry]) -> str:
    """The files of some reports, with their rows, up to a sensible number."""
    rows: dict[str, list[int]] = {}
    for entry in entries:
        rows.setdefault(entry.file, []).extend([entry.sheet_row] if entry.sheet_row is not None else [])
    named = [one_line(file) + _rows(sorted(found)) for file, found in list(rows.items())[:_MOST_FILES]]
    left = len(rows) - len(named)
    return ", ".join(named) + (f" och {plural(left, 'fil', 'filer')} till" if left else "")


def _rows(rows: list[int]) -> str:
    if not rows:
        return ""
    left = len(rows) - _MOST_ROWS
    return " rad " + ", ".join(map(str, rows[:_MOST_ROWS])) + (f" och {plural(left, 'rad', 'rader')} till" if left > 0 else "")


def of_kind(found: PlanDiff, kind: str) -> list[tuple[CommitmentDiff, Entry]]:
    """All the reports of one kind, a key of `KINDS`, by commitment."""
    return [(one, entry) for one in found.commitments for entry in getattr(one.reports, kind)]
