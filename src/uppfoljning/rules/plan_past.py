"""How the plans of a project came to say what they say, as far as git can tell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from uppfoljning.domain.plan import Plan
from uppfoljning.domain.plan_history import PlanHistory, Wording, history_of
from uppfoljning.domain.shape import NOTHING
from uppfoljning.files.git import GitFault, ask, is_shallow
from uppfoljning.files.git_commit import Commit, Objects
from uppfoljning.files.git_history import Version, histories
from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.source import YAML_LIMIT, Folder, read_bytes
from uppfoljning.rules.documents import PLANS
from uppfoljning.rules.plans import plan_in
from uppfoljning.rules.project import Project


class Past(NamedTuple):
    """The histories of the decided plans, by id, or why git can tell none.

    `lost` says of a plan why the version that `beslut.version` names cannot be read; in a `shallow` clone it may only be missing.
    """

    histories: Mapping[str, PlanHistory]
    fault: GitFault | None = None
    lost: Mapping[str, GitFault] = NOTHING
    shallow: bool = False


def read_past(root: Path, project: Project, plans: Iterable[Plan], commit: str = "") -> Past:
    """The history of every decided plan among some, up to a commit, or where none is given up to what the folder holds."""
    decided = {plan.id: plan for plan in plans if plan.decision is not None}
    if not decided:
        return Past({})
    files = project.plan_files
    found = histories(root, [files[name] for name in decided], commit or "HEAD")
    if isinstance(found, GitFault):
        return Past({}, found)
    past: dict[str, PlanHistory] = {}
    lost: dict[str, GitFault] = {}
    with Objects(root) as objects:
        for name, plan in decided.items():
            versions = found[files[name]]
            today = _blob(root, files[name]) if not commit else versions[-1].blob if versions else ""
            reader = _Reader(root, files[name], plan, today, objects)
            history = reader.history(versions, commit or "HEAD")
            if isinstance(history, GitFault):
                lost[name] = history
            else:
                past[name] = history
    return Past(past, None, lost, bool(lost) and is_shallow(root))


def _blob(root: Path, file: str) -> str:
    """The name git has for a file's content; another where git keeps it with other line breaks, and then it is read once more."""
    try:
        data = Folder(root).read(file)
    except OSError as error:
        raise_if_short(error)
        return ""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


class _Reader:
    """Makes the wordings of one plan out of the versions of its file. `today` is git's name for the content it has now."""

    def __init__(self, root: Path, file: str, plan: Plan, today: str, objects: Objects) -> None:
        self._root = root
        self._file = file
        self._plan = plan
        self._today = today
        self._objects = objects

    def history(self, versions: list[Version], ref: str) -> PlanHistory | GitFault:
        assert self._plan.decision is not None
        pointer = self._plan.decision.version
        wordings: list[Wording] = []
        if pointer:
            decided = self._decided_at(pointer)
            if isinstance(decided, GitFault):
                return decided
            after = set((ask(self._root, "rev-list", f"{decided.commit}..{ref}") or "").split())
            wordings = [decided, *self._wordings([one for one in versions if one.commit in after])]
        else:
            wordings = self._wordings(versions)
            while wordings and wordings[0].plan.decision is None:
                del wordings[0]
        if not wordings or wordings[-1].plan != self._plan:
            wordings.append(Wording(self._plan))
        cut = not pointer and any(one.cut and one.commit == wordings[0].commit for one in versions)
        return history_of(wordings, cut=cut)

    def _decided_at(self, pointer: str) -> Wording | GitFault:
        """The plan in the version that was decided, under the name it has there."""
        commit = Commit.at(self._root, pointer)
        if isinstance(commit, GitFault):
            return commit
        with commit:
            names = (name for name in commit.names() if name.startswith(PLANS))
            for name in sorted(names, key=lambda name: name != self._file):
                data, _ = read_bytes(commit, name)
                plan = plan_in(name, data) if data is not None else None
                if plan is not None and plan.id == self._plan.id:
                    return Wording(plan, commit.commit)
        return GitFault(f"planen finns inte i ”{pointer}”", "skriv den commit eller tagg där den beslutade planen finns")

    def _wordings(self, versions: list[Version]) -> list[Wording]:
        """The readable versions, oldest first, from the last on that was another plan or removed."""
        wordings: list[Wording] = []
        for version in reversed(versions):
            plan = self._plan_of(version) if version.blob else None
            if plan is None and version.blob:
                continue
            if plan is None or plan.id != self._plan.id:
                break
            wordings.append(Wording(plan, version.commit, version.day, version.subject))
        return wordings[::-1]

    def _plan_of(self, version: Version) -> Plan | None:
        """The plan of a version; where it is today's file it has been read already. None when it cannot be read whole."""
        if version.blob == self._today:
            return self._plan
        try:
            data = self._objects.read(version.blob, YAML_LIMIT + 1)
        except OSError as error:
            raise_if_short(error)
            return None
        return plan_in(self._file, data)
