"""The words of a follow-up row, the same in every face: what has been reached, the whole target, how it stands to the plan."""

from __future__ import annotations

from fractions import Fraction

from uppfoljning.domain.calendar import SubPeriod
from uppfoljning.followup.duties import Duty
from uppfoljning.followup.outcome import Outcome
from uppfoljning.followup.row import Row
from uppfoljning.followup.status import Status
from uppfoljning.followup.table import DeviationCounts, Line
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, days, figure, floored, from_to, percent, plural

SHAPES = {
    Status.EXCEEDED: "■", Status.NOT_REACHED: "■", Status.BEHIND: "■",
    Status.PARTLY: "▲", Status.NEARLY_ON_PACE: "▲",
    Status.NO_DATA: "○", Status.UNCERTAIN: "○",
    Status.TOO_EARLY: "·", Status.NOT_DUE: "·", Status.NOT_STARTED: "·", Status.NOT_ASKED_FOR: "·",
    Status.ON_PACE: "●", Status.REACHED: "●", Status.REACHED_IN_PART_REPORTED: "●", Status.REPORTED: "●",
}  # fmt: skip
"""Status is a word first, then a shape, then a colour."""

FOLLOWS_PLAN = (Status.ON_PACE, Status.NEARLY_ON_PACE, Status.REACHED, Status.REACHED_IN_PART_REPORTED)


def status(status: Status) -> str:
    """A status as shape and word."""
    return f"{SHAPES[status]} {status}"


def title(line: Line, row: Row) -> str:
    """A commitment's title; with several targets, also which one."""
    return one_line(f"{line.commitment.title}, {row.target.id}" if len(line.rows) > 1 else line.commitment.title)


def parties(line: Line) -> str:
    """Those who bind themselves, by their ids."""
    return one_line(", ".join(line.commitment.parties))


def so_far(row: Row) -> str:
    """What has been reached, of what was expected by now where the target has a pace."""
    outcome, target = row.outcome, row.target
    if outcome.value is None:
        return UNKNOWN
    if target.operator == "klart":
        return "klart" if outcome.value else "påbörjat"
    if target.share:
        return percent(Fraction(outcome.value))
    reached = reached_so_far(row)
    if row.expected is None or target.baseline is not None:
        return reached
    return f"{reached} av {figure(row.whole) if as_a_whole(row) else floored(row.expected)}"


def as_a_whole(row: Row) -> bool:
    """Whether what has been reached is told of the whole target rather than of what was expected by now."""
    return row.settled and row.part is None


def reached_so_far(row: Row) -> str:
    """What has been reached, and how sure that is."""
    outcome = row.outcome
    floor = row.status == Status.UNCERTAIN and not row.target.each
    return figure(outcome.value, "minst" if floor else outcome.certainty)


def whole(row: Row) -> str:
    """The whole target as it was promised."""
    target = row.target
    match target.operator:
        case "klart":
            return str(target.due)
        case "mellan":
            return f"{figure(target.value)}–{figure(target.ceiling)}"
        case _ if not target.testable:
            return target.no_number
        case _ if target.share:
            assert target.value is not None
            return ("högst " if target.operator == "högst" else "") + percent(Fraction(target.value))
        case "högst":
            return f"högst {figure(target.value)}"
        case _:
            return figure(row.whole)


def against_plan(row: Row) -> Fraction | None:
    """The ratio shown beside the bar: outcome to expectation while there is a pace to keep, else the fulfilment."""
    if row.settled:
        return row.fulfilment
    if row.target.baseline is not None:
        return _way(row)
    return row.pace if row.expected is not None and row.target.operator != "klart" else row.fulfilment


def _way(row: Row) -> Fraction | None:
    """The way gone from the baseline, of the way expected by now: what the status is judged by."""
    value, expected, baseline = row.outcome.value, row.expected, row.target.baseline
    if value is None or expected is None or baseline is None or expected == baseline.value:
        return None
    return Fraction(value - baseline.value) / Fraction(expected - baseline.value)


def part_of(part: int, whole: int) -> Fraction | None:
    """A ratio of two counts; none of nothing."""
    return Fraction(part, whole) if whole else None


def remarks(line: Line, row: Row) -> list[str]:
    """What else a row should say about its figure."""
    outcome = row.outcome
    said = []
    if row.target.share and outcome.denominator:
        said.append(f"{figure(outcome.numerator)} av {figure(outcome.denominator)}")
    if row.target.baseline is not None:
        way = f", {percent(row.fulfilment)} av vägen till målet" if row.fulfilment is not None else ""
        said.append(f"utgångsläge {figure(row.target.baseline.value)}{way}")
    if row.more_than_promised:
        said.append("mer än lovat")
    if outcome.late_days:
        said.append(f"{plural(outcome.late_days, 'dag', 'dagar')} sent")
    if row.unreported and row.expected is not None:
        said.append(", ".join(from_to(part) for part in row.unreported[:3]) + " ej redovisat")
    if outcome.failed:
        said.append(f"{plural(outcome.failed, 'rapport', 'rapporter')} uppfyller inte villkoret")
    if outcome.unshown:
        said.append(f"villkoret ej visat: {outcome.unshown}")
    if row.skipped_slots:
        said.append(_skipped(row.skipped_slots))
    if outcome.value is None:
        said += _told(outcome)
    return said


def _skipped(subs: list[SubPeriod]) -> str:
    return f"räknas inte, mindre än halva inne: {', '.join(days(sub.whole) for sub in subs[:3])}"


def _told(outcome: Outcome) -> list[str]:
    return [
        f"”{one.entry.report.text}”" for one in outcome.left_out if one.why == "berättar utan siffror" and one.entry.report.text
    ][-1:]


def departures(found: DeviationCounts) -> str:
    """`2 inställda, 1 flyttad (resurser, väder)`."""
    counts = (
        (found.cancelled, "inställd", "inställda"),
        (found.moved, "flyttad", "flyttade"),
        (found.changed, "ändrad", "ändrade"),
    )
    parts = [plural(number, one, many) for number, one, many in counts if number]
    reasons = ", ".join(reason for reason, _ in found.reasons[:3])
    return ", ".join(parts) + (f" ({reasons})" if reasons else "") if parts else ""


def missing(duties: list[Duty], reporter: str) -> str:
    """`augusti saknar rapport från alkoholhandläggare`."""
    if not duties:
        return ""
    if len(duties) > 3:
        return f"{len(duties)} rapporter saknas från {reporter}"
    named = ", ".join(
        days(duty.about, year=True) if duty.origin in ("slut", "avläsning") else days(duty.about) for duty in duties
    )
    return f"{named} saknar rapport från {reporter}"


def joint(line: Line) -> str:
    """Says that a joint occasion was counted once, where there is one."""
    number = len(line.matter.ledger.joined)
    return f"{plural(number, 'gemensamt tillfälle räknat', 'gemensamma tillfällen räknade')} en gång" if number else ""


def verdict(line: Line) -> str:
    """What people judged, beside the suggestion."""
    return f"bedömt {line.verdict_period}: {line.verdict}" if line.verdict is not None and str(line.verdict) else ""
