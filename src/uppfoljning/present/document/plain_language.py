"""Plain sentences about how it goes, for readers who know nothing of statuses; none has a figure of people in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from uppfoljning.domain.target import promise
from uppfoljning.followup.party import Fallen, OccasionCount, done_in
from uppfoljning.followup.row import Row
from uppfoljning.followup.status import Status
from uppfoljning.followup.table import CommitmentFollowUp
from uppfoljning.present.document.commitment import heading_of
from uppfoljning.present.document.model import Cell, Column, Document, Grid, Part, number, text
from uppfoljning.present.document.public import public
from uppfoljning.present.document.report import ReportInput
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, figure, plural, slots
from uppfoljning.present.views import status_cells as cells
from uppfoljning.present.views.outstanding_cells import listed
from uppfoljning.present.views.status import told
from uppfoljning.present.views.status_cells import FOLLOWS_PLAN, is_told, published

HOW = {
    Status.EXCEEDED: "Det är mer än det högsta vi lovade.",
    Status.NOT_REACHED: "Löftet är inte uppnått.",
    Status.BEHIND: "Det ligger efter planen.",
    Status.PARTLY: "Löftet är uppnått till en del.",
    Status.NO_DATA: "Det går inte att säga hur det går, för det saknas rapporter.",
    Status.UNCERTAIN: "Det går inte att säga säkert hur det går, för det saknas rapporter.",
    Status.NEARLY_ON_PACE: "Det går nästan som planerat.",
    Status.TOO_EARLY: "Det är för tidigt att säga hur det går.",
    Status.NOT_DUE: "Det ska vara klart längre fram.",
    Status.NOT_STARTED: "Det har inte börjat än.",
    Status.ON_PACE: "Det går som planerat.",
    Status.REACHED_IN_PART_REPORTED: "Löftet är uppnått för den tid som är redovisad.",
    Status.REACHED: "Löftet är uppnått.",
    Status.REPORTED: "Löftet har inget måltal, men det som görs redovisas.",
    Status.NOT_ASKED_FOR: "Ingen har bett om det än.",
}
"""A status as a sentence."""
UNTOLD = "Hur det går visas inte, eftersom det skulle röja ett litet antal personer."


def quoted(line: CommitmentFollowUp) -> str:
    """A commitment's title inside a sentence: it may be a sentence of its own, with commas."""
    return f"”{one_line(line.commitment.title)}”"


def promised(row: Row) -> str:
    """A promise by its words."""
    return one_line(promise(row.target))


def how_it_goes(line: CommitmentFollowUp) -> list[str]:
    """A sentence of how each target stands, with its figures where they count no people."""
    if not is_told(line):
        return [UNTOLD] * len(line.rows)
    return [_how(row, of_people=public is not None) for row, public in zip(line.rows, published(line), strict=True)]


def _how(row: Row, *, of_people: bool) -> str:
    said, so_far = HOW[row.status], None if of_people else _so_far(row)
    return said if so_far is None else f"{said[:-1]}, {so_far}."


def _so_far(row: Row) -> str | None:
    target, value = row.target, row.outcome.value
    if value is None or target.share or target.stock or target.operator == "klart":
        return None
    reached = figure(value, row.outcome.certainty)
    if not target.testable:
        return f"hittills {reached}, räknat i {one_line(target.unit)}"
    if target.operator in ("högst", "mellan"):
        return f"hittills {reached}"
    if target.each:
        return f"hittills nåddes målet under {reached} av {figure(row.whole)} {slots(target)[row.whole != 1]}"
    return f"hittills {reached} av {figure(row.whole)}"


def standing(lines: Iterable[CommitmentFollowUp], may_tell: Callable[[CommitmentFollowUp], bool] = is_told) -> list[str]:
    """How many commitments with a number follow the plan, and which do not; none whose state may not be told."""
    with_number = [line for line in lines if line.testable]
    told = [line for line in with_number if may_tell(line)]
    said = []
    if told:
        good = sum(line.status in FOLLOWS_PLAN for line in told)
        said.append(f"{good} av {plural(len(told), 'åtagande', 'åtaganden')} med måltal följer planen.")
    for statuses, one, many in _GROUPS:
        titles = [quoted(line) for line in told if line.status in statuses]
        if titles:
            said.append(f"{plural(len(titles), one, many)}: {listed(titles)}.")
    if untold := len(with_number) - len(told):
        said.append(f"Läget för {plural(untold, 'åtagande', 'åtaganden')} visas inte, eftersom det skulle röja ett litet antal.")
    return said


_GROUPS = (
    ((Status.EXCEEDED,), "ligger över sitt tak", "ligger över sina tak"),
    ((Status.BEHIND,), "ligger efter", "ligger efter"),
    ((Status.NOT_REACHED, Status.PARTLY), "är inte helt uppnått", "är inte helt uppnådda"),
    ((Status.NO_DATA, Status.UNCERTAIN), "saknar rapporter", "saknar rapporter"),
)


def occasions(held: OccasionCount) -> str:
    """`43 tillfällen`, `minst 1 tillfälle`."""
    number = figure(held.number, held.certainty)
    return f"{number} {'tillfälle' if held.number == 1 else 'tillfällen'}"


def times(held: OccasionCount) -> str:
    """`8 gånger`, `en gång`."""
    return (
        "en gång"
        if held == OccasionCount(1, "")
        else f"{figure(held.number, held.certainty)} {'gång' if held.number == 1 else 'gånger'}"
    )


def fell(cancelled: Sequence[Fallen], moved: Sequence[Fallen]) -> str:
    """`2 tillfällen ställdes in och 1 flyttades. Skäl: resurser (2) och väder.`, or nothing."""
    counts = [(sum(one.number for one in fallen), verb) for fallen, verb in ((cancelled, "ställdes in"), (moved, "flyttades"))]
    parts = [(number, verb) for number, verb in counts if number]
    if not parts:
        return ""
    first, verb = parts[0]
    said = [f"{plural(first, 'tillfälle', 'tillfällen')} {verb}", *(f"{figure(number)} {verb}" for number, verb in parts[1:])]
    return f"{listed(said)}. {reasons([*cancelled, *moved])}"


def reasons(fallen: Iterable[Fallen]) -> str:
    """`Skäl: resurser (2) och väder (1).`"""
    found: Counter[str] = Counter()
    for one in fallen:
        found.update(dict(one.reasons))
    in_order = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return f"Skäl: {listed([f'{reason} ({number})' for reason, number in in_order])}."


# The promises for those they were made to: what was promised, how it goes, what did not come off and why. Always public.


_COLUMNS = (
    Column("Löfte"), Column("Räknat i"), Column("Hittills", "tal"), Column("Lovat"), Column("Senast rapporterat"),
)  # fmt: skip


def citizen_of(whole: ReportInput) -> Document:
    """The page."""
    table = whole.table
    parts = [_promise(whole, line) for line in table.lines]
    rows = tuple(row for line in table.lines for row in _rows(line))
    figures = Part("siffror", "Löftena i siffror", (), (Grid("löften", "Hittills och lovat", _COLUMNS, rows),))
    answer = " ".join(standing(table.lines)[:1]) or "Löftena har inga måltal. Här står vad som har gjorts."
    when = f"per {table.view.as_of}"
    closing = (figures, Part("om", "Om sidan", tuple(_about(whole)))) if rows else ()
    title = f"Så går det med löftena: {one_line(table.plan.title)}"
    return public(Document(title, when, answer, (*parts, *closing), (str(whole.foot),), table.view.as_of, whole.command))


def _promise(whole: ReportInput, line: CommitmentFollowUp) -> Part:
    heading = heading_of(line)
    return Part(heading.id, one_line(heading.title), tuple(_sentences(whole, line)))


def _sentences(whole: ReportInput, line: CommitmentFollowUp) -> Iterator[str]:
    who = listed([one_line(whole.table.plan.name_of(party)) for party in line.commitment.parties])
    yield f"Vi lovade: {'; '.join(promised(row) for row in line.rows)}. Det gäller {who}."
    said = [(row.target.id or "", how) for row, how in zip(line.rows, how_it_goes(line), strict=True)]
    if len({sentence for _, sentence in said}) == 1:
        yield said[0][1]
    else:
        yield from (one_line(f"{name[:1].upper()}{name[1:]}: {how[:1].lower()}{how[1:]}") for name, how in said)
    found = next(counts for one, counts in whole.deviations.occasions if one is line)
    done = done_in(line, line.matter.scope)
    if fallen := fell([done.cancelled], [done.moved]):
        yield fallen
    if found.changed:
        yield f"{plural(found.changed, 'tillfälle', 'tillfällen')} blev av på ett annat sätt än planerat."
    yield _last(line)


def _last(line: CommitmentFollowUp) -> str:
    day = _last_day(line)
    return f"Senast rapporterat {day}." if day else "Inget är rapporterat än."


def _last_day(line: CommitmentFollowUp) -> str:
    """The last day that anything was handed in about it."""
    return str(max((entry.submitted for entry in line.matter.entries), default=""))


def _rows(line: CommitmentFollowUp) -> Iterator[tuple[Cell, ...]]:
    for row, of_people in zip(line.rows, published(line), strict=True):
        yield (
            text(cells.title(line, row)),
            text(slots(row.target)[1] if row.target.each else row.target.unit),
            told(_reached, row, of_people),
            text(promised(row)),
            text(_last_day(line) or UNKNOWN),
        )


def _reached(row: Row) -> Cell:
    return number(row.outcome.value, cells.so_far(row) if row.target.share or row.target.operator == "klart" else "")


def _about(whole: ReportInput) -> Iterator[str]:
    yield "Sidan är gjord av de rapporter som parterna har lämnat. Inga namn och inga rapporters egna ord är med."
    if whole.table.plan.sources:
        yield one_line(f"Hela planen finns här: {', '.join(whole.table.plan.sources)}")
