"""Reports that the follow-up table cannot tell apart, as one: partial sums in the shape of a report, so that they are followed up
by the same functions as any report, and two sets of them merge by lying beside each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from uppfoljning.domain.consolidation import occasion_key, order
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import figure_of
from uppfoljning.domain.number import Quantity
from uppfoljning.domain.period import after, sub_periods
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.target import Condition, Target
from uppfoljning.fast.partial import Aggregation
from uppfoljning.followup.condition import meets

_SUMMED = ("tillfällen", "fält", "andel", "unika")


class Granularity(NamedTuple):
    """How finely the reports of a commitment must be told apart.

    `edges` are the days on which something may begin to be counted apart; reports of different days between two edges are alike.
    `unique` are the fields whose different answers are counted, `conditions` those that the targets set.
    """

    edges: tuple[date, ...]
    unique: frozenset[str]
    conditions: tuple[Condition, ...]

    def stretch(self, day: date) -> int:
        """Which stretch between edges a day lies in."""
        return bisect_right(self.edges, day)


def grain_of(plan: Plan, commitment: Commitment, moved_to: Iterable[date] = ()) -> Granularity | None:
    """The grain of a commitment, or None where its reports must be seen one by one.

    `moved_to` are the days that occasions were moved to: a report is waited for on each of them.
    """
    if not all(_sums(target) for target in commitment.targets):
        return None
    edges = {day for one in (*commitment.rota, *moved_to) for day in (one, _next(one))} | set(map(_next, plan.readings))
    kinds = {"månad", commitment.reporting.every if commitment.reporting else "", *(one.every for one in commitment.targets)}
    for kind in kinds - {""}:
        for sub in sub_periods(kind, commitment.span, plan.terms):
            edges |= {sub.whole.first, _next(sub.whole.last)}
    unique = frozenset(one.counts.field for one in commitment.targets if one.counts.kind == "unika")
    conditions = tuple(one.condition for one in commitment.targets if one.condition is not None)
    return Granularity(tuple(sorted(edges)), unique, conditions)


def _sums(target: Target) -> bool:
    return target.operator != "klart" and not target.stock and not target.weekdays and target.counts.kind in _SUMMED


def _next(day: date) -> date:
    return after(day, 1)


def manner() -> Aggregation:
    """How reports are put together where the table can be made from them so; how finely is found out once for a commitment."""
    known: dict[tuple[str, str, frozenset[date]], Granularity | None] = {}

    def grain(plan: Plan, commitment: Commitment, moved_to: frozenset[date]) -> Granularity | None:
        key = plan.id, commitment.id, moved_to
        if key not in known:
            known[key] = grain_of(plan, commitment, moved_to)
        return known[key]

    def compact(plan: Plan, commitment: Commitment, entries: Sequence[Entry], moved_to: frozenset[date]) -> Sequence[Entry]:
        one = grain(plan, commitment, moved_to)
        return entries if one is None else bundled(one, entries)

    return Aggregation(grain, compact)


def bundled(grain: Granularity, entries: Sequence[Entry]) -> list[Entry]:
    """The reports of a commitment, those alike put together; all of them as they are where any states totals."""
    if any(entry.total and entry.carried_out for entry in entries):
        return list(entries)
    apart = _tied(entries)
    kept: list[Entry] = []
    groups: dict[Hashable, list[Entry]] = {}
    for entry in sorted(entries, key=order):
        if entry.id in apart or not is_plain(entry) or _counts_figure(grain, entry):
            kept.append(entry)
        else:
            groups.setdefault(likeness(grain, entry), []).append(entry)
    return kept + [group[0] if len(group) == 1 else _together(group) for group in groups.values()]


def is_plain(entry: Entry) -> bool:
    """Whether a report says nothing that must be seen by itself: one occasion, that happened or was cancelled."""
    report = entry.report
    return (
        report.day is not None
        and report.period is None
        and report.moved_to is None
        and report.count is None
        and report.done is None
        and not report.replaces
        and report.state != "flyttad"
    )


def _counts_figure(grain: Granularity, entry: Entry) -> bool:
    """Whether the report has a figure where different answers are counted: added up it would be another answer."""
    return bool(grain.unique) and any(figure_of(entry.facts.get(name)) is not None for name in grain.unique)


def _tied(entries: Iterable[Entry]) -> set[str]:
    """The ids of reports that others correct, or may share an occasion with."""
    tied: set[str] = set()
    by_occasion: dict[Hashable, list[str]] = {}
    for entry in entries:
        if entry.report.replaces:
            tied.update(entry.report.replaces)
        if (key := occasion_key(entry)) is not None:
            by_occasion.setdefault(key, []).append(entry.id)
    return tied.union(*(ids for ids in by_occasion.values() if len(ids) > 1))


def likeness(grain: Granularity, entry: Entry) -> Hashable:
    """What reports must have in common to be put together."""
    report = entry.report
    # Lists are quicker to make than what makes them one at a time, and this is done for every report.
    conditions = tuple([meets(entry, one) for one in grain.conditions])
    deviations = tuple([deviation.reason for deviation in report.deviations])
    answers = tuple([(name, _kind(name, entry.facts[name], grain)) for name in sorted(entry.facts)])
    return grain.stretch(entry.span.first), report.state, conditions, deviations, answers


def _kind(name: str, answer: Any, grain: Granularity) -> str | None:
    """The certainty of a figure, the text of what is counted by difference, nothing for another answer."""
    if name in grain.unique:
        return " ".join(str(answer).casefold().split())
    figure = figure_of(answer)
    return figure.certainty if figure is not None else None


def _together(group: Sequence[Entry]) -> Entry:
    first = group[0]
    submitted = min(entry.submitted for entry in group)
    return first._replace(
        report=first.report.but(submitted=submitted),
        facts=_summed(first.facts, group),
        times=sum(entry.times for entry in group),
    )


def _summed(facts: Mapping[str, Any], group: Sequence[Entry]) -> dict[str, Any]:
    found = {}
    for name, answer in facts.items():
        figures = [figure for entry in group if (figure := figure_of(entry.facts[name])) is not None]
        found[name] = Quantity(sum(one.value for one in figures), figures[0].certainty) if figures else answer
    return found
