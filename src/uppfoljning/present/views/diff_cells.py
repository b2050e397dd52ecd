"""The words of what differs, the same in every face."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Number, half_up
from uppfoljning.domain.period import period_name
from uppfoljning.domain.plan import Amendment
from uppfoljning.domain.plan_history import WHOLE, named
from uppfoljning.domain.target import Target, promise
from uppfoljning.followup.compare import (
    EXPECTED,
    OUTCOME,
    CommitmentDiff,
    Explained,
    FigureDiff,
    PlanDiff,
    ReportsDiff,
    TargetDiff,
)
from uppfoljning.followup.row import Row
from uppfoljning.followup.table import CommitmentFollowUp
from uppfoljning.followup.variance_bridge import STEPS
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, figure, plural, ratio, signed, whole_percent
from uppfoljning.present.views.status_cells import NO_REASON

# A figure in two moments as text: before, after, the difference and its parts, rounded so that the parts add up as printed.


NOT_KNOWN = "okänt"
_TIME = "tiden som gått"
_DONE = {0: "påbörjat", 1: "klart"}


class ShownFigure:
    """One figure of a target, ready to be written. What is printed is rounded state by state, so that the parts add up."""

    def __init__(self, of: TargetDiff, diff: FigureDiff, reports: ReportsDiff) -> None:
        self.diff = diff
        self._of = of
        self._reports = reports
        self._share = of.target.share
        self._values = self._rounded(fine=False)
        self._fine = len(set(self._values)) == 1 and len(set(diff.values)) > 1
        if self._fine:
            self._values = self._rounded(fine=True)

    @property
    def before(self) -> str:
        """What the earlier moment says; with its unit where the later figure, which else has it, is not known."""
        text = self._text(self._of.before, 0)
        return f"{text} {self._unit}".rstrip() if self.diff.after is None and self.diff.before is not None else text

    @property
    def after(self) -> str:
        """What the later moment says, with its unit."""
        text = self._text(self._of.after, -1)
        return text if self.diff.after is None else f"{text} {self._unit}".rstrip()

    @property
    def _unit(self) -> str:
        counted = self.diff.name == OUTCOME and not self._share and self._of.target.operator != "klart"
        return one_line(self._of.target.unit) if counted else ""

    @property
    def comparable(self) -> bool:
        """Whether a difference can be told: not between a share and a count, and not of what is only done or not."""
        rows = (self._of.before, self._of.after)
        kinds = {(row.target.share, row.target.operator == "klart") for row in rows if row is not None}
        return len(kinds) == 1 and kinds != {(False, True)}

    @property
    def difference(self) -> str:
        """The whole difference, with its sign; nothing where the two cannot be compared."""
        if not self.comparable:
            return ""
        text = signed(self._values[-1] - self._values[0])
        if not self._share:
            return text
        return f"{text} {'procentenhet' if text[1:] == '1' else 'procentenheter'}"

    @property
    def parts(self) -> list[str]:
        """What the difference comes from: `rättelser −1`; where it has no size only what it comes from."""
        found = []
        for at, (earlier, later) in enumerate(pairwise(self._values)):
            if change := later - earlier:
                found.append(f"{self._step(at)} {signed(change)}" if self.comparable else self._step(at))
        return found

    def sentence(self) -> str:
        """All of it: `13 → 19 tillsyner (+6): rättelser −1, nytt arbete +7`."""
        name = "" if self.diff.name == OUTCOME else f"{self.diff.name} "
        text = f"{name}{self.before} → {self.after}"
        if self.difference:
            text += f" ({self.difference})"
        return f"{text}: {', '.join(self.parts)}" if self.parts else text

    def _step(self, at: int) -> str:
        if at == 0 and self._reports.left_out:
            return "borttagna och utelämnade rapporter" if self._reports.removed else "utelämnade rapporter"
        if at == len(STEPS) - 1 and (self.diff.name == EXPECTED or not self._reports.new):
            return _TIME
        return STEPS[at]

    def _rounded(self, *, fine: bool) -> list[Number]:
        return [0 if value is None else self._round(value, fine=fine) for value in self.diff.values]

    def _round(self, value: Number, *, fine: bool) -> Number:
        if self._share:
            return Fraction(half_up(Fraction(value) * 10_000), 100) if fine else whole_percent(Fraction(value))
        places = 10 if self.diff.name == EXPECTED and not fine else 100
        return Fraction(half_up(Fraction(value) * places), places)

    def _text(self, row: Row | None, at: int) -> str:
        value = self.diff.values[at]
        if value is None:
            return NOT_KNOWN if self.diff.name == OUTCOME and row is not None else UNKNOWN
        assert row is not None
        if self.diff.name == OUTCOME and row.target.operator == "klart":
            return _DONE[int(value)]
        if row.target.share != self._share:
            return f"{whole_percent(Fraction(value))} %" if row.target.share else figure(value)
        certainty = self.diff.certainty[at] if self.diff.name == OUTCOME else ""
        return figure(self._values[at], certainty) + (" %" if self._share else "")


# The words of what was done to the plan: its changes with their reasons, and the promises of less than before.


LOWERED = ("sänkt mål", "borttaget måltal", "borttaget mål", "höjt tak", "senarelagt mål")
"""The moves of a target that a reviewer must see at once: less is promised than before."""


_SEVERAL = {
    "sänkt": "sänkta", "höjt": "höjda", "nytt": "nya", "borttaget": "borttagna", "senarelagt": "senarelagda",
    "tidigarelagt": "tidigarelagda",
}  # fmt: skip


def several(word: str) -> str:
    """A move of more than one target: `sänkta mål`."""
    how, _, what = word.partition(" ")
    return f"{_SEVERAL[how]} {what}"


def title(one: CommitmentDiff, target: TargetDiff | None = None) -> str:
    """A commitment's title; with several targets, also which one."""
    text = one.line.commitment.title
    if target is not None and len(one.targets) > 1 and target.target.id:
        text = f"{text}, {target.target.id}"
    return one_line(text)


def move(target: TargetDiff) -> str:
    """In two words what was done to a promise, or nothing."""
    if target.before is None or target.after is None:
        return "nytt mål" if target.before is None else "borttaget mål"
    old, new = target.before.target, target.after.target
    if old.testable != new.testable:
        return "nytt måltal" if new.testable else "borttaget måltal"
    if old.operator == new.operator == "klart" and old.due and new.due and old.due != new.due:
        return "senarelagt mål" if new.due > old.due else "tidigarelagt mål"
    if old.share != new.share or _family(old) != _family(new):
        return ""
    before, after = _size(target.before), _size(target.after)
    if before == after:
        return ""
    what = "tak" if new.operator == "högst" else "mål"
    return f"{'höjt' if after > before else 'sänkt'} {what}"


def _family(target: Target) -> str:
    """Operators whose figures can be set beside one another: those that ask for as much, and each of the others."""
    return target.operator if target.operator in ("högst", "klart") else "minst"


def _size(row: Row) -> tuple[Number, Number]:
    """How much a target asks for: in all, and where that is so many sub-periods in each of them."""
    return row.whole or 0, (row.target.value or 0) if row.target.each else 0


def changes(found: PlanDiff) -> list[Explained]:
    """The changes of the plan: dropped commitments first, then those of the plan itself, then by commitment."""
    everything = [*found.changes, *(one for diff in found.commitments for one in diff.changes)]
    return sorted(everything, key=lambda one: not is_dropped(one))


def is_dropped(one: Explained) -> bool:
    """Whether the change is that a commitment is no longer there."""
    return one.change.what == WHOLE and one.change.new is None


def what(one: Explained) -> str:
    """What was changed, as the plan calls it."""
    if one.change.what != WHOLE:
        return one_line(one.change.what)
    return "nytt åtagande" if one.change.old is None else "borttaget åtagande"


def from_to(one: Explained) -> str:
    """How it was and how it is."""
    before, after = one_line(one.change.before), one_line(one.change.after)
    if before and after:
        return f"{before} → {after}"
    return after if not before else f"{before} → utgår" if one.change.what != WHOLE else before


def reason(one: Explained) -> str:
    """Why, as the plan says it; that it does not, where it must."""
    if not one.amendments:
        return NO_REASON if one.change.substance else ""
    return one_line("; ".join(map(_entry, one.amendments)))


def _entry(entry: Amendment) -> str:
    text = ": ".join(part for part in (entry.reason, entry.why) if part)
    return f"{text} ({entry.decision})" if entry.decision else text


def lowered(found: PlanDiff) -> list[tuple[str, str, str]]:
    """The promises of less than before: what was done, of what and how, and why."""
    said = []
    for one in found.commitments:
        for target in one.targets if one.before and one.after else ():
            if (word := move(target)) in LOWERED:
                old = target.before and promise(target.before.target)
                new = promise(target.after.target) if target.after else "utgår"
                said.append((word, f"{title(one, target)}: {one_line(f'{old} → {new}')}", _why(found, one, target)))
    return said


def _why(found: PlanDiff, one: CommitmentDiff, target: TargetDiff) -> str:
    """The reason that stands for the target, else for the period that it is summed over."""
    name = named(target.target)
    candidates = [change for change in one.changes if change.change.what == name]
    candidates += [change for change in (*one.changes, *found.changes) if change.change.what == "period"]
    return next(map(reason, candidates), NO_REASON)


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
            shown = (ShownFigure(target, diff, one.reports) for diff in told(target))
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


def _completeness(line: CommitmentFollowUp | None) -> str:
    return UNKNOWN if line is None else ratio(line.received.share, (line.received.answered, line.received.due))


def _verdict(line: CommitmentFollowUp | None) -> str:
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
