"""Checks of what git knows: promises changed without a reason, and reports that were saved before they were handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from uppfoljning.domain.finding import Finding, Place, Problem, TreePath
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.plan_changes import Change
from uppfoljning.domain.plan_history import Event
from uppfoljning.files.git import GitFault
from uppfoljning.files.git_added import days_added
from uppfoljning.rules.plan_past import Past, read_past
from uppfoljning.rules.project import Project

SHORT = 7
_REPORTS = "reports"


def check_past(root: Path, project: Project, commit: str = "") -> list[Finding]:
    """Everything that can be found with the help of git, up to a commit, or where none is given up to what the folder holds."""
    past = read_past(root, project, project.plans.values(), commit)
    found = [*unexplained(project, past), *_unknown(project, past)]
    if past.fault is None:
        days = days_added(root, _REPORTS, commit or "HEAD")
        found += [] if isinstance(days, GitFault) else _handed_in(project, days)
    return found


def unexplained(project: Project, past: Past) -> list[Finding]:
    """An error for every change of a promise since the decision that the plan gives no reason for."""
    return [
        Finding(_place(project.plan_files[name], project.plans[name], event.change), _without_reason(event))
        for name, history in past.histories.items()
        if not history.cut
        for event in history.unexplained
    ]


def _without_reason(event: Event) -> Problem:
    change, wording = event.change, event.wording
    what = f"åtagandet {change.commitment}" if change.what == "åtagande" else change.what
    if not change.before:
        message = f"{what} har lagts till efter beslutet utan skäl"
    elif not change.after:
        message = f"{what} har tagits bort efter beslutet utan skäl"
    else:
        message = f"{what} har ändrats efter beslutet utan skäl: från {change.before} till {change.after}"
    where = f"ändrat {wording.day} i commit {wording.commit[:SHORT]}" if wording.commit else "ändrat i mappen, inte sparat i git"
    whose = "planens" if change.new is None else "åtagandets"
    return Problem(
        "H801", message, f"skriv under {whose} ändringar: datum, vad: {change.name}, före, efter, skäl och varför", where
    )


def _place(file: str, plan: Plan, change: Change) -> Place:
    """Where the thing stands today; a dropped commitment is missed in the list of those that are left."""
    at = plan.commitment_places.get(change.commitment)
    if at is None:
        return Place(file, ("åtaganden",) if change.commitment else (change.what,), on_key=True)
    commitment = plan.commitments[at]
    here: TreePath = ("åtaganden", at)
    head, _, name = change.what.partition(".")
    if head == "moment":
        position = commitment.step_places.get(name)
        return Place(file, (*here, "moment") if position is None else (*here, "moment", position, "id"), on_key=position is None)
    if head == "mål" and len(commitment.targets) > 1:
        position = commitment.target_places.get(name)
        return Place(file, (*here, "mål") if position is None else (*here, "mål", position, "id"), on_key=position is None)
    return Place(file, (*here, "id" if head == "åtagande" else head))


def _unknown(project: Project, past: Past) -> Iterator[Finding]:
    """Says once, as a notice, that it cannot be seen whether plans were changed; of each lost pointer that it is wrong."""
    for name, fault in () if past.shallow else past.lost.items():
        place = Place(project.plan_files[name], ("beslut", "version"))
        yield Finding(place, Problem("H803", f"beslutets version kan inte läsas: {fault.message}", fault.remedy))
    decided = [name for name, plan in project.plans.items() if plan.decision is not None]
    cut = [name for name, history in past.histories.items() if history.cut] + (list(past.lost) if past.shallow else [])
    unseen = decided if past.fault is not None else cut
    if unseen:
        why = past.fault.message if past.fault is not None else "klonen har bara en del av historiken"
        remedy = past.fault.remedy if past.fault is not None else "hämta resten med: git fetch --unshallow"
        which = "planen" if len(unseen) == 1 else f"{len(unseen)} planer"
        place = Place(project.plan_files[unseen[0]], ("beslut",), on_key=True)
        yield Finding(place, Problem("H802", f"det går inte att se om {which} har ändrats sedan beslutet: {why}", remedy))


def _handed_in(project: Project, days: Mapping[str, date]) -> Iterator[Finding]:
    """A file of rows grows; only a report of its own is as old as its file."""
    for by_commitment in project.entries.values():
        for entries in by_commitment.values():
            for entry in entries:
                said, first = entry.report.submitted, days.get(entry.file)
                if said is not None and first is not None and said > first and not entry.at:
                    remedy = "skriv dagen då den först lämnades in; en rättelse skrivs som en ny rapport med ersätter"
                    problem = Problem("H804", f"rapporten fanns i git redan {first}, före inlämnad", remedy)
                    yield Finding(entry.place("inlämnad"), problem)
