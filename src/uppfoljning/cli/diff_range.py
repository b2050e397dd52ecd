"""The two moments that `diff` is asked about: which files each is read from, and the day it is seen at."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import typer

from uppfoljning.cli import reading
from uppfoljning.cli.misuse import Misuse
from uppfoljning.cli.project_dir import project_root, refusal
from uppfoljning.cli.reading import Opened
from uppfoljning.domain.plan import Plan
from uppfoljning.followup.compare import PlanDiff, compare
from uppfoljning.followup.diff_snapshots import side_of
from uppfoljning.followup.table import Selection
from uppfoljning.followup.view import View
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.views.diff import Moments

ARGUMENT = "argumentet FRÅN..TILL"
_TWO_DAYS = "Skriv --vid DATUM --mot DATUM för att jämföra två dagar."


class Range(NamedTuple):
    """Where the files of each side are read: a ref as the user wrote it, or None for the folder."""

    before: str | None
    after: str | None


class Both(NamedTuple):
    """Both sides read, the days they are seen at, and where from."""

    before: Opened
    after: Opened
    days: tuple[date, date]
    refs: Range

    def finish(self) -> int:
        """Say what was left out of either side; the exit status."""
        # A side may well be without a plan, before the first one and after the last.
        said = reading.said_left_out if self.before.project.plans or self.after.project.plans else reading.finish
        statuses = [said(self.before.project, self.refs.before)]
        if self.refs.after != self.refs.before:
            statuses.append(said(self.after.project, self.refs.after))
        return max(statuses)


def opened(ctx: typer.Context, moments: str | None, day: str, later: str, ref: str | None) -> Both:
    """Read both sides; a combination of arguments that cannot be is refused."""
    if later and not day:
        raise Misuse(f"flaggan --mot behöver en tidigare dag. {_TWO_DAYS}")
    if moments is not None and ref is not None:
        raise Misuse("flaggan --ref går inte ihop med FRÅN..TILL, som redan säger vilka commits det gäller.")
    if moments is None and ref is not None and not later:
        raise Misuse(f"flaggan --ref säger var filerna för två dagar läses. {_TWO_DAYS}")
    if moments is None and day and not later:
        raise Misuse(
            f"flaggan --vid behöver något att jämföra med. {_TWO_DAYS} Skriv HEAD --vid DATUM för det som inte är sparat."
        )
    days = _days(day, later)
    if moments is None and later:
        both = reading.open_project(ctx, ref)
        return Both(both, both, days, Range(ref, ref))
    refs = _range(ctx, "HEAD" if moments is None else moments)
    before = reading.open_project(ctx, refs.before, ARGUMENT)
    return Both(before, reading.open_project(ctx, refs.after, ARGUMENT), days, refs)


def _days(day: str, later: str) -> tuple[date, date]:
    first = reading.view_of(day, "", ()).as_of
    if not later:
        return first, first
    last = reading.view_of(later, "", (), "--mot").as_of
    if last <= first:
        raise Misuse(f"flaggan --mot: {last} är inte senare än {first}. Skriv den tidigare dagen efter --vid.")
    return first, last


def _range(ctx: typer.Context, text: str) -> Range:
    """`A..B`, `A`, `A..` or `A...B`. A side left out by a script whose variable is empty is not taken for another."""
    before, three, after = text.partition("...")
    if three:
        if not before or not after:
            raise Misuse(f"{ARGUMENT}: med tre punkter ska det stå en commit på båda sidor.")
        from uppfoljning.files.git import GitFault, merge_base

        base = merge_base(project_root(ctx), before, after)
        if isinstance(base, GitFault):
            raise refusal(ARGUMENT, base)
        return Range(base, after)
    before, two, after = text.partition("..")
    if two and not before:
        raise Misuse(f"{ARGUMENT}: det saknas en commit före punkterna.")
    return Range(before, after or None)


def differences(
    both: Both, *, words: list[str], plan: str, party: str, place: str, period: str
) -> tuple[list[PlanDiff], Moments]:
    """What differs, of what the options choose. A name need only be known on one side."""
    projects = (both.after.project, both.before.project)
    known = [project for project in projects if not plan or plan in project.plans] or projects[:1]
    chosen: list[Plan] = [one for project in known for one in reading.chosen_plans(project, plan, words)]
    reading.check_commitments(words, chosen)
    reading.check_party(party, chosen)
    reading.check_place(place, chosen)
    # A term that the two wordings of a plan date in different ways is the later one's.
    limited = reading.period_of(period, {one.id: one for one in reversed(chosen)}.values())
    first, last = (View(day, limited) for day in both.days)
    selection = Selection(commitments=frozenset(words), party=party, place=place)
    names = dict.fromkeys(one.id for one in chosen)
    found = compare(side_of(both.before.project, first), side_of(both.after.project, last), names, selection)
    return found, Moments(both.before.foot(first.as_of), _seeing(both.after, found, last.as_of), limited)


def _seeing(side: Opened, found: list[PlanDiff], as_of: date) -> Provenance:
    """The foot of the later side, with what cannot be seen of the past of the plans that differ."""
    plans = [one.after for one in found if one.after is not None]
    past = reading.past_of(side, plans) if plans else None
    return side.foot(as_of).seeing(gap for plan in plans for gap in (past.gaps_of(plan) if past is not None else ()))
