"""Plain sentences about how it goes, for readers who know nothing of statuses; none has a figure of people in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from uppfoljning.domain.target_text import promise
from uppfoljning.followup.party import Fallen, Held
from uppfoljning.followup.row import Row
from uppfoljning.followup.status import Status
from uppfoljning.followup.table import Line
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import figure, plural
from uppfoljning.present.outstanding.words import listed
from uppfoljning.present.status.cells import FOLLOWS_PLAN
from uppfoljning.present.status.people import is_told, published

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


def quoted(line: Line) -> str:
    """A commitment's title inside a sentence: it may be a sentence of its own, with commas."""
    return f"”{one_line(line.commitment.title)}”"


def promised(row: Row) -> str:
    """A promise by its words."""
    return one_line(promise(row.target))


def how_it_goes(line: Line) -> list[str]:
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
    return f"hittills {reached} av {figure(row.whole)}"


def standing(lines: Iterable[Line], may_tell: Callable[[Line], bool] = is_told) -> list[str]:
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


def occasions(held: Held) -> str:
    """`43 tillfällen`, `minst 1 tillfälle`."""
    number = figure(held.number, held.certainty)
    return f"{number} {'tillfälle' if held.number == 1 else 'tillfällen'}"


def times(held: Held) -> str:
    """`8 gånger`, `en gång`."""
    return (
        "en gång" if held == Held(1, "") else f"{figure(held.number, held.certainty)} {'gång' if held.number == 1 else 'gånger'}"
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
