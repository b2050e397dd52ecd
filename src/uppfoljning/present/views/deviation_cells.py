"""The words of the deviations, the same in every face: what did not go as planned, how, why, and what is done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import period_name
from uppfoljning.domain.plan import Plan
from uppfoljning.followup.deviations import Departure, Deviations, Kind, OpenObservation, ReasonCount, totals_in
from uppfoljning.followup.documentation import StepCount
from uppfoljning.followup.table import CommitmentFollowUp, DeviationCounts, Selection
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, days, plural

NO_REASON = "inget skäl angivet"
NOBODY = "ingen ansvarig angiven"
UNDONE, LATE, UNREPORTED = "moment inte gjort", "moment gjort för sent", "moment inte rapporterat som gjort"
_KINDS: dict[Kind, tuple[str, str]] = {
    "ändrad": ("ändrad", "ändrade"),
    "inställd": ("inställd", "inställda"),
    "flyttad": ("flyttad", "flyttade"),
    "nollrapport": ("nollrapport", "nollrapporter"),
    "moment": ("moment", "moment"),
    "plan": ("ändring av planen", "ändringar av planen"),
}
_MOST_REASONS = 3
_MOST_TOLD = 3


def answer(found: Deviations) -> str:
    """The answer in a sentence or two: how many occasions did not go as planned, in what way, and why."""
    total = found.total
    differing = total.changed + total.cancelled + total.moved
    every = differing + total.as_planned
    said = []
    if differing:
        of = f" av {every}" if total.as_planned or not found.in_totals else ""
        said.append(f"{plural(differing, 'tillfälle', 'tillfällen')}{of} blev inte som planerat: {_in_what_way(found)}.")
    elif every:
        said.append(_none_reported(every, besides=bool(found.departures)))
    elif not found.departures:
        said.append(_silent(found))
    if named := [f"{one.reason} ({one.number})" for one in found.reasons if one.reason]:
        word = "Vanligaste skäl" if len(named) > _MOST_REASONS else "Skäl"
        said.append(f"{word}: {', '.join(named[:_MOST_REASONS])}.")
    if besides := _beside(found.departures):
        said.append(f"{'Dessutom: ' if every else ''}{', '.join(besides)}.")
    if found.in_totals and every:
        said.append(f"{plural(found.in_totals, 'rapport', 'rapporter')} med summor är inte med i antalet.")
    if missing := sum(len(line.missing) for line, _ in found.occasions):
        said.append(f"{plural(missing, 'väntad rapport', 'väntade rapporter')} saknas.")
    if found.open:
        said.append(f"{plural(found.open, 'iakttagelse är öppen', 'iakttagelser är öppna')}.")
    return " ".join(said)


def _silent(found: Deviations) -> str:
    """What can be said when no occasion is told one by one: never that all went well."""
    if found.in_totals:
        return "Ingen avvikelse är rapporterad, men rapporterna anger bara summor för perioder."
    if any(line.matter.entries for line, _ in found.occasions):
        return "Ingen avvikelse är rapporterad, och inget tillfälle heller."
    return "Inga rapporter, så det går inte att säga vad som gick som planerat."


def _none_reported(number: int, *, besides: bool) -> str:
    """What is known when no occasion is told as a departure: what the reports say, never that all went well."""
    if besides:
        one, many = "Det enda redovisade tillfället är inte", f"Inget av de {number} redovisade tillfällena är"
        return f"{one if number == 1 else many} rapporterat som ändrat, inställt eller flyttat."
    at = "det enda tillfälle" if number == 1 else f"de {number} tillfällen"
    return f"Ingen avvikelse är rapporterad vid {at} som har redovisats."


def _in_what_way(found: Deviations) -> str:
    total = found.total
    counts: tuple[tuple[int, Kind], ...] = ((total.changed, "ändrad"), (total.cancelled, "inställd"), (total.moved, "flyttad"))
    parts = [plural(number, *_KINDS[kind]) for number, kind in counts if number]
    if found.made_up:
        parts[-1] += f" (varav {found.made_up} genomförda på ny dag)" if found.made_up > 1 else " (varav 1 genomförd på ny dag)"
    return ", ".join(parts)


def _beside(departures: Iterable[Departure]) -> list[str]:
    """What of the list is no occasion: `3 moment inte gjorda vid ett tillfälle`, `1 ändring av planen`."""
    counts = Counter(one.kind if one.kind != "moment" else state(one) for one in departures)
    words = (
        (UNDONE, "moment inte gjort vid ett tillfälle", "moment inte gjorda vid ett tillfälle"),
        (LATE, "moment gjort för sent", "moment gjorda för sent"),
        (UNREPORTED, "moment inte rapporterat som gjort", "moment inte rapporterade som gjorda"),
        ("nollrapport", "avvikelse i en nollrapport", "avvikelser i nollrapporter"),
        ("plan", *_KINDS["plan"]),
    )
    return [plural(counts[word], one, many) for word, one, many in words if counts[word]]


def when(one: Departure) -> str:
    """The day, or the period that a statement of totals concerns."""
    return days(one.when, year=True)


def title(one: Departure | OpenObservation) -> str:
    """The commitment."""
    return one_line(one.matter.commitment.title)


def state(one: Departure) -> str:
    """In a word what kind of departure it is; for moved ones also where to."""
    if one.kind == "plan":
        return "planen ändrad"
    if one.kind == "moment":
        return UNDONE if one.sequel is None else LATE if one.sequel.fate == "gjort" else UNREPORTED
    word: str = one.kind
    if one.entry is not None and (to := one.entry.report.moved_to) is not None:
        word += f" till {to if isinstance(to, str) else days(to, year=True)}"
    if one.entry is not None and one.kind in ("inställd", "flyttad") and one.entry.report.count is not None:
        word += f", {plural(int(one.entry.report.count.value), 'tillfälle', 'tillfällen')}"
    return word


def what(one: Departure) -> str:
    """What did not go as planned: as the report says it, the step, or the part of the plan."""
    if one.deviation is not None:
        return one_line(one.deviation.what)
    if one.amendment is not None:
        return one_line(one.amendment.what)
    return one_line(one.part.title) if one.part is not None else UNKNOWN


def described(one: Departure, plan: Plan) -> str:
    """Kind and what in one; of a step also whose it was."""
    whose = one.part.responsible if one.kind == "moment" and one.part is not None else ""
    return f"{state(one)}: {what(one)}" + (f" ({one_line(plan.name_of(whose))})" if whose else "")


def how(one: Departure) -> str:
    """In what way it was changed."""
    if one.amendment is not None:
        before, after = one_line(one.amendment.before), one_line(one.amendment.after)
        return " ".join(part for part in (before and f"från {before}", after and f"till {after}") if part) or UNKNOWN
    return one_line(one.deviation.how) or UNKNOWN if one.deviation is not None else UNKNOWN


def why(one: Departure) -> str:
    """The reason's word and its text."""
    return one_line(": ".join(part for part in (one.reason, one.why) if part)) or NO_REASON


def remedy(one: Departure) -> str:
    """What is done about it, as far as the reports and the plan tell."""
    said = []
    if one.amendment is not None and one.amendment.decision:
        said.append(f"beslut: {one_line(one.amendment.decision)}")
    if one.sequel is not None:
        said.append(_sequel(one))
    return ", ".join(said) or UNKNOWN


def _sequel(one: Departure) -> str:
    assert one.sequel is not None
    fate, stretch = one.sequel
    named = days(stretch, year=True) if stretch is not None else ""
    match fate:
        case "gjort":
            count = one.step
            late = (count.done_on - count.due).days if isinstance(count, StepCount) and count.done_on and count.due else 0
            return f"rapporterat gjort {named}" + (f", {plural(late, 'dag', 'dagar')} sent" if late > 0 else "")
        case "ingen rapport" if isinstance(one.step, StepCount):
            return f"ingen rapport om att det är gjort, skulle vara klart {one.step.due}"
        case "ingen rapport":
            return f"ingen rapport om {named} ännu"
        case "framgår inte":
            return f"framgår inte om den gjordes under {named}"
        case "inställd" | "flyttad":
            return f"{fate} igen {named}" if fate == "flyttad" else f"inställd även {named}"
        case _:
            return f"{fate} {named}"


def where(one: Departure | OpenObservation) -> str:
    """The file, with the row of a series as a spreadsheet numbers it."""
    return one_line(one.file) + (f" rad {one.row}" if one.row is not None else "")


def reason(one: ReasonCount) -> str:
    """The reason's word."""
    return one.reason or NO_REASON


def kinds(one: ReasonCount) -> str:
    """`8 inställda, 2 flyttade`: what a reason was given for."""
    return ", ".join(plural(number, *_KINDS[kind]) for kind, number in one.kinds)


OCCASION_COLUMNS = ("Som planerat", "Ändrade", "Inställda", "Flyttade")


def occasion_cells(counts: DeviationCounts) -> tuple[str, ...]:
    """The figures of a commitment under `OCCASION_COLUMNS`; dashes where no occasion was reported one by one."""
    figures = (counts.as_planned, counts.changed, counts.cancelled, counts.moved)
    return tuple(str(number) if any(figures) else UNKNOWN for number in figures)


def occasion_remarks(found: Deviations, line: CommitmentFollowUp, counts: DeviationCounts) -> list[str]:
    """What else to know of a commitment's occasions: why, what was joint, what was told in totals or as nothing."""
    entries = line.matter.entries
    said = [f"skäl: {', '.join(f'{word} ({number})' for word, number in counts.reasons)}"] if counts.reasons else []
    said += _beside(one for one in found.departures if one.matter is line.matter)
    if not entries:
        said.append("inga rapporter")
    if joint := len({line.matter.ledger.joined[one.id].id for one in entries if one.id in line.matter.ledger.joined}):
        said.append(f"{plural(joint, 'gemensamt tillfälle räknat', 'gemensamma tillfällen räknade')} en gång")
    if totals := totals_in(line.matter):
        said.append(f"{plural(totals, 'rapport', 'rapporter')} med summor för en period, räknas inte här")
    return said + _nothing_happened([one for one in entries if one.nothing_happened])


def _nothing_happened(entries: list[Entry]) -> list[str]:
    """The periods in which nothing took place, in the reports' own words as long as they are few."""
    if len(entries) > _MOST_TOLD:
        return [plural(len(entries), *_KINDS["nollrapport"])]
    told = (f": ”{one_line(one.report.text)}”" if one.report.text else "" for one in entries)
    return [f"nollrapport {days(one.span, year=True)}{text}" for one, text in zip(entries, told, strict=True)]


def who(id_: str, plan: Plan) -> str:
    """Who is to act: the title of a function, or a party."""
    return one_line(plan.name_of(id_)) if id_ else NOBODY


def place(one: OpenObservation, plan: Plan) -> str:
    """Where it was seen, by the places' names."""
    return one_line(", ".join(plan.places.get(id_, id_) for id_ in one.entry.report.places)) or UNKNOWN


def action(one: OpenObservation) -> str:
    """What is done about it."""
    return one_line(one.observation.action) or UNKNOWN


def told_police(one: OpenObservation) -> str:
    """Whether it was reported to the police."""
    return {True: "ja", False: "nej", None: "ej angivet"}[one.observation.told_police]


def limited(selection: Selection) -> str:
    """Says what a party or a place picks: whole commitments, as in `status`."""
    words: Iterable[str] = (
        f"binder {selection.party}" if selection.party else "",
        f"rör {selection.place}" if selection.place else "",
    )
    named = " och ".join(word for word in words if word)
    return f"Visar åtaganden som {named}; deras tillfällen visas alla." if named else ""


def period(one: Departure) -> str:
    """The day or period for a program: the grammar of the format."""
    return period_name(one.when)
