"""Checks of what git knows: promises changed without a reason, and reports that were saved before they were handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from uppfoljning.domain.finding import Finding, Place, Problem, TreePath
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.plan_changes import Change
from uppfoljning.domain.plan_history import Event, Gap
from uppfoljning.files.git import SHORT, GitFault
from uppfoljning.files.git_absent import Absent
from uppfoljning.files.git_added import days_added
from uppfoljning.project.load import Project
from uppfoljning.project.plan_past import Past
from uppfoljning.project.removed_plans import check_removed

_LONG = 92
"""Days from a decision to the first commit with it, after which it is not the text that was decided that is compared with."""
_REPORTS = "reports"


def check_past(root: Path, project: Project, past: Past, commit: str = "") -> list[Finding]:
    """Everything that can be found with the help of git, up to a commit, or where none is given up to what the folder holds."""
    found = [*unexplained(project, past), *_unknown(project, past), *_decisions(project, past)]
    found += check_removed(root, project, past, commit)
    if past.fault is None:
        days = days_added(root, _REPORTS, commit or "HEAD")
        if isinstance(days, GitFault):
            message = f"det går inte att se när rapporterna kom in i git: {days.message}"
            found += [
                Finding(_decision(project, name), Problem("H802", message, days.remedy)) for name in list(project.plans)[:1]
            ]
        else:
            found += _handed_in(project, days)
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
    """What cannot be seen of the plans' past, said once where it is the same for many, and of each pointer that it is wrong."""
    for name, fault in () if past.shallow else past.lost.items():
        place = Place(project.plan_files[name], ("beslut", "version"))
        yield Finding(place, Problem("H803", f"beslutets version kan inte läsas: {fault.message}", fault.remedy))
    whole: dict[Gap, list[str]] = {}
    for name, plan in project.plans.items():
        for gap in past.gaps_of(plan) if past.shallow or name not in past.lost else ():
            if gap.commit:
                yield Finding(_decision(project, name), _unread(gap))
            else:
                whole.setdefault(gap, []).append(name)
    if past.none_kept and past.fault is not None:
        decided = [name for name, plan in project.plans.items() if plan.decision is not None]
        whole = {Gap(past.fault.message, past.fault.remedy, True): decided} if decided else {}
    for gap, names in whole.items():
        which = "planen" if len(names) == 1 else f"{len(names)} planer"
        message = f"det går inte att se om {which} har ändrats sedan beslutet: {gap.message}"
        yield Finding(_decision(project, names[0]), Problem("H802", message, gap.remedy, level="notis" if past.none_kept else ""))


def _decision(project: Project, name: str) -> Place:
    file, decided = project.plan_files[name], project.plans[name].decision is not None
    return Place(file, ("beslut",) if decided else ("plan",), on_key=True)


def _unread(gap: Gap) -> Problem:
    which = f"planens lydelse i commit {gap.commit[:SHORT]}" + (f" den {gap.day}" if gap.day is not None else "")
    so = ", så det går inte att se om något är ändrat sedan beslutet" if gap.decided else ""
    return Problem("H802", f"{which} går inte att läsa{so}: {gap.message}", gap.remedy)


def _decisions(project: Project, past: Past) -> Iterator[Finding]:
    """What has been done with the decision itself: taken away, moved to another wording, dated long before what can be seen."""
    for name, history in past.histories.items():
        plan, file = project.plans[name], project.plan_files[name]
        first = history.decided
        if plan.decision is None:
            if first.plan.decision is None:
                continue
            commit = f" i commit {first.commit[:SHORT]}" if first.commit else ""
            message = f"planens beslut den {first.plan.decision.day} har tagits bort; det står{commit}"
            yield Finding(Place(file, ("plan",), on_key=True), Problem("H805", message, "skriv tillbaka beslut: som det var"))
        elif plan.decision.version:
            if name in past.moved:
                remedy = "skriv under planens ändringar: datum, vad: beslut.version, skäl och varför; eller peka på den första"
                message = (
                    f"löften var redan ändrade utan skäl i den lydelse som beslut.version pekar på ({plan.decision.version})"
                )
                yield Finding(Place(file, ("beslut", "version")), Problem("H806", message, remedy))
        elif first.day is not None and not history.cut and (first.day - plan.decision.day).days > _LONG and not plan.sources:
            message = f"planen kom in i git {first.day}, långt efter beslutet {plan.decision.day}: vad som då ändrats syns inte"
            remedy = "lägg adressen till det beslutade dokumentet under källor, så att läsaren kan jämföra"
            yield Finding(Place(file, ("beslut", "datum")), Problem("H807", message, remedy))


def not_fetched(left: Absent) -> Iterator[Finding]:
    """What is in git and not in the folder, and so has not been checked."""
    if left.files:
        files = f"{left.files} {'fil' if left.files == 1 else 'filer'}"
        message = f"{files} i förrådet är inte hämtade till mappen, för den är bara delvis utcheckad"
        remedy = "hämta dem med: git sparse-checkout disable; eller läs dem ur git med: --ref HEAD"
        yield Finding(Place(_REPORTS), Problem("H808", message, remedy))
    for name in left.submodules:
        yield Finding(Place(name), Problem("H808", "undermodulen är inte hämtad", "hämta den med: git submodule update --init"))


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
