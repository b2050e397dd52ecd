"""How the plans of a project came to say what they say, as far as git can tell, and what it cannot tell."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from uppfoljning.domain.plan import Plan
from uppfoljning.domain.plan_changes import POINTER
from uppfoljning.domain.plan_history import Gap, PlanHistory, Wording, history_of
from uppfoljning.domain.schema import NOTHING
from uppfoljning.files.git import BROKEN, NO_COMMITS, NO_REPOSITORY, GitFault, ask, commit_of, is_shallow
from uppfoljning.files.git_commit import Commit, Objects
from uppfoljning.files.git_history import History
from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.root import common_folder, git_folder
from uppfoljning.files.source import Folder, read_bytes
from uppfoljning.project.document import PLANS
from uppfoljning.project.load import Project
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


def read_past(root: Path, project: Project, plans: Iterable[Plan], commit: str = "") -> Past:
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
