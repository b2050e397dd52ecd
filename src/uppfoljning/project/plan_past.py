"""How the plans of a project came to say what they say, as far as git can tell, and what it cannot tell."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from uppfoljning.domain.finding import Finding, Place, Problem, TreePath
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.plan_history import POINTER, Change, Event, Gap, PlanHistory, Wording, history_of
from uppfoljning.domain.schema import NOTHING
from uppfoljning.files.git import BROKEN, NO_COMMITS, NO_REPOSITORY, SHORT, Commit, GitFault, Objects, ask, commit_of, is_shallow
from uppfoljning.files.git_absent import Absent, left_alone, not_kept
from uppfoljning.files.git_history import FileVersion, History, days_added, removals
from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.root import common_folder, git_folder
from uppfoljning.files.source import YAML_LIMIT, YAML_SUFFIXES, Folder, read_bytes
from uppfoljning.files.text import ascii_name
from uppfoljning.project.document import PLANS
from uppfoljning.project.load import CheckedProject
from uppfoljning.project.plans import plan_in
from uppfoljning.project.wordings import Reader, shallow_gap

_DECIDES = "-Gbeslut"
"""A line with the key `beslut`, however it is written."""


class Past(NamedTuple):
    """The histories of the plans that are or have been decided, by id, or why git can tell none.

    `lost` says of a plan why the version that `beslut.version` names cannot be read; in a `shallow` clone it may only be missing.
    `moved` are the plans whose `beslut.version` names a wording that others had already been changed into, without a reason.
    `names` are the names that their files have had.
    """

    histories: Mapping[str, PlanHistory]
    fault: GitFault | None = None
    lost: Mapping[str, GitFault] = NOTHING
    shallow: bool = False
    moved: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @property
    def none_kept(self) -> bool:
        """Whether there is no history at all to look into, and so none that hides anything."""
        return self.fault in (NO_REPOSITORY, NO_COMMITS)

    def gaps_of(self, plan: Plan) -> tuple[Gap, ...]:
        """What cannot be seen of a plan's past, where there is one."""
        if self.fault is not None:
            return () if self.none_kept or plan.decision is None else (Gap(self.fault.message, self.fault.remedy, True),)
        if (fault := self.lost.get(plan.id)) is not None:
            return (Gap(f"beslutets version kan inte läsas: {fault.message}", fault.remedy, True),)
        return self.histories[plan.id].gaps if plan.id in self.histories else ()

    @property
    def sure(self) -> bool:
        """Whether everything could be seen: what could not may be seen the next time, with the same files."""
        return self.fault is None and not self.lost and not any(one.gaps for one in self.histories.values())


def read_past(root: Path, project: CheckedProject, plans: Iterable[Plan], commit: str = "") -> Past:
    """The history of every plan among some that is or has been decided, up to a commit, or where none is given up to what the
    folder holds.
    """
    asked = {plan.id: plan for plan in plans}
    if not asked:
        return Past({})
    files = project.plan_files
    names = [files[name] for name in asked]
    if not any(plan.decision for plan in asked.values()) and _never_decided(root, commit or "HEAD"):
        return Past({})
    told = History.at(root, commit or "HEAD")
    if isinstance(told, GitFault):
        return Past({}, told)
    lines, wholes = told.lines(names), told.wholes(names)
    if isinstance(lines, GitFault) or isinstance(wholes, GitFault):
        return Past({}, BROKEN)
    past: dict[str, PlanHistory] = {}
    lost: dict[str, GitFault] = {}
    moved: set[str] = set()
    shallow = told.shallow
    with Objects(root) as objects:
        for name, plan in asked.items():
            versions = lines[files[name]]
            today = _blob(root, files[name]) if not commit else versions[-1].blob if versions else ""
            reader = Reader(files[name], plan, today, objects, shallow=shallow)
            natural = reader.history(versions, wholes[files[name]])
            if plan.decision is None or not plan.decision.version:
                if natural is not None:
                    past[name] = natural
                continue
            pointed = _pointed(root, files[name], plan, commit or "HEAD", natural)
            if isinstance(pointed, GitFault):
                lost[name] = pointed
            else:
                past[name] = pointed
                if natural is not None and _hides(natural, pointed) and not _accounted_for(plan):
                    moved.add(name)
    former = {node.version.path for nodes in wholes.values() for node in nodes}
    former |= {version.path for line in lines.values() for version in line}
    return Past(past, None, lost, shallow, frozenset(moved), frozenset(former))


def _never_decided(root: Path, ref: str) -> bool:
    """Whether no plan has ever had a decision, in a whole history: asked of git in one go, for it is so in many projects."""
    git = git_folder(str(root))
    if git is None or os.path.exists(os.path.join(common_folder(git), "shallow")):
        return False
    return ask(root, "log", "-1", "-m", "--root", "--format=%H", "--no-show-signature", _DECIDES, ref, "--", PLANS) == ""


def _blob(root: Path, file: str) -> str:
    """The name git has for a file's content; another where git keeps it with other line breaks, and then it is read once more."""
    try:
        data = Folder(root).read(file)
    except OSError as error:
        raise_if_short(error)
        return ""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _pointed(root: Path, file: str, plan: Plan, ref: str, natural: PlanHistory | None) -> PlanHistory | GitFault:
    """The history from the wording that `beslut.version` names."""
    assert plan.decision is not None
    decided = _decided_at(root, file, plan, plan.decision.version)
    if isinstance(decided, GitFault):
        return decided
    behind = ask(root, "merge-base", "--is-ancestor", decided.commit, ref) is not None
    if not behind and not is_shallow(root):
        return GitFault(
            f"”{plan.decision.version}” ligger inte bakom den lydelse som gäller",
            "skriv den commit eller tagg i den här grenens historik där den beslutade planen finns",
        )
    after = set((ask(root, "rev-list", f"{decided.commit}..{ref}") or "").split())
    later = [one for one in (natural.wordings if natural is not None else ()) if not one.commit or one.commit in after]
    if not later or later[-1].plan != plan:
        later.append(Wording(plan))
    gaps = [gap for gap in (natural.gaps if natural is not None else ()) if gap.commit in after]
    gaps = [gap._replace(decided=False) for gap in gaps]
    return history_of([decided, *later], gaps if behind else [*gaps, shallow_gap(True)])


def _decided_at(root: Path, file: str, plan: Plan, pointer: str) -> Wording | GitFault:
    """The plan in the version that was decided, under the name it has there."""
    named = commit_of(root, pointer)
    commit = Commit.at(root, named) if isinstance(named, str) else named
    if isinstance(commit, GitFault):
        return commit
    with commit:
        names = (name for name in commit.names() if name.startswith(PLANS))
        for name in sorted(names, key=lambda name: name != file):
            data, _ = read_bytes(commit, name)
            found = plan_in(name, data) if data is not None else None
            if found is not None and found.id == plan.id:
                return Wording(found, commit.commit)
    return GitFault(f"planen finns inte i ”{pointer}”", "skriv den commit eller tagg där den beslutade planen finns")


def _hides(natural: PlanHistory, pointed: PlanHistory) -> bool:
    """Whether promises had been changed without a reason, or could not be read, before the wording that is pointed at."""
    seen = [one for one in natural.wordings if one.commit not in {later.commit for later in pointed.wordings[1:]}]
    if not seen:
        return False
    before = [*seen, pointed.decided] if seen[-1].plan != pointed.decided.plan else seen
    later = {gap.commit for gap in pointed.gaps}
    unread = any(not gap.edge and gap.commit not in later for gap in natural.gaps)
    return unread or bool(history_of(before).unexplained)


def _accounted_for(plan: Plan) -> bool:
    """Whether the plan gives the reason why another wording than the first is the decided one."""
    return any(entry.what == POINTER for entry in plan.amendments)


# Plans that were decided and then taken out of the project: what is promised in them is not followed up any more.


def check_removed(root: Path, project: CheckedProject, past: Past, commit: str = "") -> Iterator[Finding]:
    """A warning for every decided plan that was removed before its period was over, and lives on under no other name."""
    found = removals(root, PLANS.rstrip("/"), commit or "HEAD") if past.fault is None else []
    if found in (NO_REPOSITORY, NO_COMMITS):
        return
    if isinstance(found, GitFault):
        problem = Problem("H802", f"det går inte att se om planer har tagits bort: {found.message}", found.remedy)
        yield Finding(Place(PLANS.rstrip("/")), problem)
        return
    here = {*project.plan_files.values(), *past.names}
    known: set[str] = set()
    with Objects(root) as objects:
        for version in found:
            if version.path in here or version.path in known or not version.path.lower().endswith(YAML_SUFFIXES):
                continue
            known.add(version.path)
            if (wrong := _removed(version, project, objects)) is not None:
                yield Finding(Place(version.path), wrong)


def _removed(version: FileVersion, project: CheckedProject, objects: Objects) -> Problem | None:
    """What is wrong with that a file was removed; its version holds what it said before."""
    where = f"i commit {version.commit[:SHORT]} den {version.day}"
    try:
        data = objects.read(version.blob, YAML_LIMIT + 1)
    except OSError:
        message = f"en fil som togs bort {where} går inte att läsa, så det går inte att se om den var en beslutad plan"
        return Problem("H802", message, "hämta det som saknas, eller gör en ny klon med: git clone")
    plan = plan_in(version.path, data)
    if plan is None or plan.decision is None or plan.id in project.plans or version.day > plan.span.last:
        return None
    message = f"den beslutade planen {plan.id} togs bort {where}, före periodens slut {plan.span.last}"
    back = f"git checkout {version.commit[:SHORT]}^ -- {version.path}"
    remedy = f"ta tillbaka den med: {back}; en plan som har ersatts får ligga kvar"
    return Problem("H809", message, remedy)


# Checks of what git knows: promises changed without a reason, and reports that were saved before they were handed in.


_LONG = 92
"""Days from a decision to the first commit with it, after which it is not the text that was decided that is compared with."""
_REPORTS = "reports"


def check_past(root: Path, project: CheckedProject, past: Past, commit: str = "") -> list[Finding]:
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


def unexplained(project: CheckedProject, past: Past) -> list[Finding]:
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


def _unknown(project: CheckedProject, past: Past) -> Iterator[Finding]:
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


def _decision(project: CheckedProject, name: str) -> Place:
    file, decided = project.plan_files[name], project.plans[name].decision is not None
    return Place(file, ("beslut",) if decided else ("plan",), on_key=True)


def _unread(gap: Gap) -> Problem:
    which = f"planens lydelse i commit {gap.commit[:SHORT]}" + (f" den {gap.day}" if gap.day is not None else "")
    so = ", så det går inte att se om något är ändrat sedan beslutet" if gap.decided else ""
    return Problem("H802", f"{which} går inte att läsa{so}: {gap.message}", gap.remedy)


def _decisions(project: CheckedProject, past: Past) -> Iterator[Finding]:
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


def _handed_in(project: CheckedProject, days: Mapping[str, date]) -> Iterator[Finding]:
    """A file of rows grows; only a report of its own is as old as its file."""
    for by_commitment in project.entries.values():
        for entries in by_commitment.values():
            for entry in entries:
                said, first = entry.report.submitted, days.get(entry.file)
                if said is not None and first is not None and said > first and not entry.at:
                    remedy = "skriv dagen då den först lämnades in; en rättelse skrivs som en ny rapport med ersätter"
                    problem = Problem("H804", f"rapporten fanns i git redan {first}, före inlämnad", remedy)
                    yield Finding(entry.place("inlämnad"), problem)


# What is checked here and is not in git: others get another answer, and do not know it.


def check_kept(root: Path, project: CheckedProject, names: Sequence[str]) -> list[Finding]:
    """A warning for what plans in git need, and for what git leaves alone; a notice for all the rest together."""
    missing = not_kept(root, names)
    if not missing:
        return []
    ignored = left_alone(root)
    hidden = frozenset(name for name in missing if normalize("NFC", name) in ignored)
    needed = _needed(project, missing)
    return [*_warnings(missing, hidden, needed), *_notice([one for one in missing if one not in hidden and one not in needed])]


def _warnings(missing: Sequence[str], hidden: frozenset[str], needed: dict[str, str]) -> Iterator[Finding]:
    for name in missing:
        if name in hidden:
            problem = Problem(
                "H821", "filen är inte med i git, för .gitignore utelämnar den", f"lägg till den med: git add -f {name}"
            )
        elif name in needed:
            problem = Problem(
                "H821", f"filen är inte med i git, men {needed[name]} använder den", f"lägg till den med: git add {name}"
            )
        else:
            continue
        yield Finding(Place(name), problem)


def _notice(names: Sequence[str]) -> Iterator[Finding]:
    if names:
        others = f" och {len(names) - 1} till" if len(names) > 1 else ""
        remedy = f"spara {'dem' if others else 'den'} med git add och git commit när {'de' if others else 'den'} ska gälla"
        yield Finding(Place(names[0]), Problem("H822", f"filen{others} är inte med i git än, så andra ser den inte", remedy))


def _needed(project: CheckedProject, missing: Sequence[str]) -> dict[str, str]:
    """The files under `plans/` that a plan in git uses, with which plan."""
    used: dict[str, str] = {}
    for plan, file in sorted(project.plan_files.items()):
        for one in project.plans[plan].commitments if file not in missing else ():
            series = one.outcome_goal.indicator if one.outcome_goal is not None else ""
            for folder, name in (("snabbrapporter", one.form), ("indikatorer", series)):
                used |= {f"{PLANS}{folder}/{stem}": f"planen {plan}" for stem in {name, ascii_name(name)} if name}
    return {name: used[stem] for name in missing if (stem := name.rpartition(".")[0]) in used}
