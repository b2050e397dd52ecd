"""The words of a follow-up row, the same in every face: what has been reached, the whole target, how it stands to the plan."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.domain.form import Form
from uppfoljning.domain.number import Number
from uppfoljning.domain.period import SubPeriod
from uppfoljning.domain.plan_history import Event, named
from uppfoljning.domain.target import Condition, Counts, Target, began, promise
from uppfoljning.followup.duties import Duty
from uppfoljning.followup.outcome import Outcome
from uppfoljning.followup.row import Row, row_at
from uppfoljning.followup.status import NEARLY, Status
from uppfoljning.followup.table import CommitmentFollowUp, DeviationCounts, Table
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, days, figure, from_to, of_expected, percent, plural

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


def title(line: CommitmentFollowUp, row: Row) -> str:
    """A commitment's title; with several targets, also which one."""
    return one_line(f"{line.commitment.title}, {row.target.id}" if len(line.rows) > 1 else line.commitment.title)


def parties(line: CommitmentFollowUp) -> str:
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
        return percent(Fraction(outcome.value), target.value or 0)
    reached = reached_so_far(row)
    if row.expected is None or target.baseline is not None:
        return reached
    return f"{reached} av {expectation(row)}"


def expectation(row: Row) -> str:
    """What the outcome is told of: the whole target where that is settled, else what was expected by now."""
    if as_a_whole(row) or row.expected is None:
        return _as_written(row.whole)
    return of_expected(row.outcome.value, Fraction(row.part if row.part is not None else row.expected), NEARLY)


def _as_written(value: Number | None) -> str:
    return figure(value, decimals=6)


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
            return f"{_as_written(target.value)}–{_as_written(target.ceiling)}"
        case _ if not target.testable:
            return target.no_number
        case _ if target.share:
            assert target.value is not None
            return ("högst " if target.operator == "högst" else "") + f"{_as_written(target.value * 100)} %"
        case "högst":
            return f"högst {_as_written(row.whole)}"
        case _:
            return _as_written(row.whole)


def against_plan(row: Row) -> Fraction | None:
    """The ratio shown beside the bar: outcome to expectation while there is a pace to keep, else the fulfilment; of a share
    outcome to goal.
    """
    if row.target.share:
        goal, value = row.target.value, row.outcome.value
        return Fraction(value) / Fraction(goal) if goal and value is not None else None
    if row.settled:
        return row.fulfilment
    return row.pace if row.expected is not None and row.target.operator != "klart" else row.fulfilment


def against_plan_said(row: Row) -> str:
    """The same in percent, told from what the status is judged by; nothing where there is none."""
    share = against_plan(row)
    return "" if share is None else percent(share, NEARLY)


def part_of(part: int, whole: int) -> Fraction | None:
    """A ratio of two counts; none of nothing."""
    return Fraction(part, whole) if whole else None


def remarks(line: CommitmentFollowUp, row: Row) -> list[str]:
    """What else a row should say about its figure."""
    outcome = row.outcome
    said = []
    if row.target.share and outcome.denominator:
        said.append(f"{figure(outcome.numerator)} av {figure(outcome.denominator)}")
    if row.target.baseline is not None:
        gone = row.fulfilment is not None and not row.target.share
        way = f", {percent(row.fulfilment, NEARLY)} av vägen till målet" if gone else ""
        said.append(f"utgångsläge {began(row.target)}{way}")
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


def doubts(row: Row) -> list[str]:
    """What of a row's figure somebody must look into: days not told of, reports of something else, a figure that is only told."""
    outcome = row.outcome
    said = []
    if row.unreported and row.expected is not None:
        said.append(", ".join(from_to(part) for part in row.unreported[:3]) + " ej redovisat")
    if outcome.failed and not outcome.value:
        said.append(f"{plural(outcome.failed, 'rapport', 'rapporter')} uppfyller inte villkoret")
    return said + (_told(outcome) if outcome.value is None else [])


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


def joint(line: CommitmentFollowUp) -> str:
    """Says that a joint occasion was counted once, where there is one."""
    number = len(line.matter.ledger.joined)
    return f"{plural(number, 'gemensamt tillfälle räknat', 'gemensamma tillfällen räknade')} en gång" if number else ""


def verdict(line: CommitmentFollowUp) -> str:
    """What people judged, beside the suggestion."""
    return f"bedömt {line.verdict_period}: {line.verdict}" if line.verdict is not None and str(line.verdict) else ""


# The words for what stands beside a row: what was decided from the start, and how it was at an earlier reading.


NO_REASON = "ingen orsak angiven"


def decided_row(line: CommitmentFollowUp, row: Row) -> Row | None:
    """The row of what was decided, where that is something else."""
    return line.promised.rows.get(row.target.id) if line.promised is not None else None


def decided(line: CommitmentFollowUp, row: Row, *, short: bool = False) -> str:
    """`beslutat från början: minst 30 kontroller per år, 21 av 24, 88 %, ▲ nästan i fas`, or nothing where it is the same.

    Where git does not show what was decided, the plan's own log of the target tells what it can.
    """
    was = decided_row(line, row)
    if was is not None:
        return f"beslutat från början: {_stands(was, short=short)}"
    log = [one for one in line.commitment.amendments if one.what in ("mål", named(row.target)) and one.before]
    first = min(log, key=lambda one: one.day, default=None)
    return "" if first is None else one_line(f"{first.before} före ändringen {first.day} ({first.reason})")


def came_and_went(line: CommitmentFollowUp) -> Iterator[str]:
    """What a commitment as a whole should say: that it was added, and which of its promises are gone."""
    if line.promised is None:
        return
    if line.promised.added is not None:
        yield f"tillagt efter beslutet ({reason(line.promised.added)})"
    for row in line.promised.gone:
        yield f"beslutat från början men borttaget: {_stands(row)}"


def dropped(table: Table) -> Iterator[str]:
    """The commitments that were decided and are no longer in the plan."""
    for event in table.decided.dropped if table.decided is not None else ():
        yield one_line(f"Utgått sedan beslutet: {event.change.before} ({reason(event)})")


def changed(table: Table) -> str:
    """How many promises are other than decided, for the summary."""
    number = sum(len(line.promised.rows) + len(line.promised.gone) for line in table.lines if line.promised is not None)
    return plural(number, "löfte ändrat sedan beslutet", "löften ändrade sedan beslutet") if number else ""


def reason(event: Event) -> str:
    """The reason's word, or that there is none."""
    return event.amendment.reason if event.amendment is not None else NO_REASON


def _stands(row: Row, *, short: bool = False) -> str:
    parts = [
        promise(row.target),
        "" if short else f"hittills {so_far(row)}",
        against_plan_said(row),
        status(row.status),
    ]
    return one_line(", ".join(part for part in parts if part))


def since(line: CommitmentFollowUp, row: Row) -> str:
    """How the outcome has changed since an earlier reading: `+6 från 13`."""
    before = line.former.get(row.target.id) if line.former is not None else None
    return change(row, None if before is None else before.outcome.value, row.outcome.value)


def change(row: Row, was: Number | None, now: Number | None) -> str:
    """How an outcome has changed from one figure to another."""
    if now is None or was is None:
        return UNKNOWN if now is None and was is None else "nytt" if was is None else "okänt nu"
    if now == was:
        return "oförändrat"
    if row.target.operator == "klart":
        return "blev klart" if now else "inte klart längre"
    if row.target.share:
        return f"{_signed((now - was) * 100, decimals=0)} från {percent(Fraction(was))}"
    return f"{_signed(now - was)} från {figure(was)}"


def _signed(value: Number, decimals: int = 2) -> str:
    return ("+" if value > 0 else "") + figure(value, decimals=decimals)


def status_before(line: CommitmentFollowUp, row: Row) -> str:
    """The status of an earlier reading, where it was another."""
    before = line.former.get(row.target.id) if line.former is not None else None
    return "" if before is None or before.status == row.status else f"status förut: {before.status}"


# Which figures count people, and how they are told where anyone may read them: in whole fives, and no two of the same people.


PEOPLE = "personer"
FEWEST = 5
"""How many people there must be for a count of them to be published, and in what steps it is; none at all is published too."""
FEW = "färre än 5"
HIDDEN = "dold"


class Published(NamedTuple):
    """How a row that counts people is told to anyone.

    `row` is the row as it would be at the count in whole fives, None where no figure is told, with `words` in its place.
    `settled` says whether every count that is told in that way has the row's status: only then the status is told.
    """

    row: Row | None
    words: str
    settled: bool


def is_small(value: Number) -> bool:
    """Whether a count of people is so small that it could point at someone."""
    return 0 < value < FEWEST


def fives(value: Number) -> int:
    """A count of people rounded down to whole fives."""
    return int(value // FEWEST) * FEWEST


def published(line: CommitmentFollowUp) -> tuple[Published | None, ...]:
    """How each row of a commitment is published; None for a row that is told as it is.

    Of rows that count the same answers, or answers that are a part of each other, the first is told. Which they are is seen from
    the plan alone, never from the figures: else what is not told would tell something. A part of the time is not told either.
    """
    answers = _Answers(line.matter.form)
    found: list[Published | None] = []
    for row in line.rows:
        of_people, first = answers.of_people(row.target), answers.take(row.target)
        if not of_people or row.outcome.value is None:
            found.append(None)
        elif not first:
            found.append(_nothing(row))
        elif _quantity(row.target) is None:
            # How many weeks reached a figure is no count of people, but may tell one small count from another.
            found.append(_nothing(row) if _parts_small(row.target) else None)
        else:
            found.append(_rounded(line, row) if line.matter.whole else _nothing(row))
    return tuple(found)


def is_told(line: CommitmentFollowUp) -> bool:
    """Whether the status of a commitment may be told: it is the worst of its rows, so each of theirs must be."""
    return all(one is None or one.settled for one in published(line))


def is_told_inside(line: CommitmentFollowUp) -> bool:
    """The same in what goes to those who work with the plan: not where the status says more of a small count than that it is."""
    answers = _Answers(line.matter.form)
    return not any(
        answers.of_people(row.target)
        and _quantity(row.target) is not None
        and row.target.counts.kind == "fält"
        and row.outcome.value is not None
        and is_small(row.outcome.value)
        and not _settled(line, row, range(1, FEWEST))
        for row in line.rows
    )


def counts_people(line: CommitmentFollowUp, target: Target) -> bool:
    """Whether a target of a commitment reads answers about people."""
    return _Answers(line.matter.form).of_people(target)


class _Answers:
    """The answers about people that a form asks for, and which of them are told. Each field is looked at once, and then known.

    What people are a part of is people too, and what is a part of people.
    """

    def __init__(self, form: Form | None) -> None:
        self._above = {} if form is None else {name: field.part_of for name, field in form.fields.items()}
        people = {} if form is None else {name: field.about == PEOPLE for name, field in form.fields.items()}
        self._about: set[str] = set()
        for name in (name for name, about in people.items() if about):
            self._about.update(self._until(name, self._about))
        self._known_about: dict[str, bool] = {}
        self._known: dict[str, bool] = {}
        self._taken: set[str] = set()
        self._over_taken: set[str] = set()
        self._quantities: dict[Counts, list[_Quantity | None]] = {}

    def of_people(self, target: Target) -> bool:
        """Whether a target reads any."""
        return bool(self._read(target))

    def take(self, target: Target) -> bool:
        """Whether a target may be told: nothing that it reads is told already, or a part of that, or what that is a part of.

        The same figure may be told again.
        """
        fields, quantity = self._read(target), _quantity(target)
        same = self._quantities.setdefault(target.counts, []) if fields else []
        if not fields or (quantity is not None and quantity in same):
            return True
        if any(name in self._over_taken or self._reaches(name, self._taken, self._known) for name in fields):
            return False
        self._known.clear()
        self._taken.update(fields)
        same.append(quantity)
        for name in fields:
            self._over_taken.update(self._until(name, self._over_taken))
        return True

    def _read(self, target: Target) -> list[str]:
        if target.counts.kind not in ("fält", "andel", "unika"):
            return []
        return [name for name in target.counts.fields if self._reaches(name, self._about, self._known_about)]

    def _until(self, name: str, known: set[str]) -> list[str]:
        """A field and those that it is a part of, up to one that is known."""
        found: dict[str, None] = {}
        while name in self._above and name not in known and name not in found:
            found[name] = None
            name = self._above[name]
        return list(found)

    def _reaches(self, name: str, wanted: set[str], known: dict[str, bool]) -> bool:
        """Whether a field or any that it is a part of is wanted."""
        way: dict[str, None] = {}
        while name in self._above and name not in wanted and name not in known and name not in way:
            way[name] = None
            name = self._above[name]
        answer = name in wanted or known.get(name, False)
        known.update(dict.fromkeys(way, answer))
        return answer


_Quantity = tuple[Counts, Condition | None, bool]


def _quantity(target: Target) -> _Quantity | None:
    """What is summed, the same for two promises of the same figure; None where it is no count of people."""
    if target.each or target.counts.kind == "unika":
        return None
    return target.counts, target.condition, target.stock


def _nothing(row: Row) -> Published:
    """Of a promise without a number the status says only that something is reported."""
    return Published(None, HIDDEN, not row.target.testable)


def _parts_small(target: Target) -> bool:
    """Whether what is asked of every sub-period is met by some small counts and not by others."""
    return target.each and target.value is not None and 1 < target.value < FEWEST


def _rounded(line: CommitmentFollowUp, row: Row) -> Published:
    if row.target.counts.kind == "andel":
        return _between(line, row)
    value = row.outcome.value
    assert value is not None
    low = fives(value)
    counts = (0,) if value == 0 else range(max(low, 1), low + FEWEST)
    settled = _settled(line, row, counts)
    if is_small(value):
        return Published(None, FEW, settled)
    return Published(row_at(line.matter, row, line.duties, line.received, low), "", settled)


def _between(line: CommitmentFollowUp, row: Row) -> Published:
    """A share is told by the least and the most that it is, of a part and a whole in whole fives."""
    part, whole = fives(row.outcome.numerator), fives(row.outcome.denominator)
    if not whole:
        return _nothing(row)
    least, most = Fraction(part, whole + FEWEST - 1), Fraction(part + FEWEST - 1, whole)
    if row.outcome.numerator <= row.outcome.denominator:
        most = min(most, Fraction(1))
    ends = (figure(least * 100 // 1), figure(-(-most * 100 // 1)))
    return Published(None, f"{'–'.join(ends)} %", _settled(line, row, (least, most)))


def _settled(line: CommitmentFollowUp, row: Row, counts: tuple[Number, ...] | range) -> bool:
    others = (row_at(line.matter, row, line.duties, line.received, value) for value in counts)
    return all(other.status == row.status for other in others)
