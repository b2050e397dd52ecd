"""Plans that were decided and then taken out of the project: what is promised in them is not followed up any more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from uppfoljning.domain.finding import Finding, Place, Problem
from uppfoljning.files.git import NO_COMMITS, NO_REPOSITORY, SHORT, GitFault
from uppfoljning.files.git_commit import Objects
from uppfoljning.files.git_history import Version, removals
from uppfoljning.files.source import YAML_LIMIT, YAML_SUFFIXES
from uppfoljning.project.document import PLANS
from uppfoljning.project.load import Project
from uppfoljning.project.plan_past import Past
from uppfoljning.project.plans import plan_in


def check_removed(root: Path, project: Project, past: Past, commit: str = "") -> Iterator[Finding]:
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


def _removed(version: Version, project: Project, objects: Objects) -> Problem | None:
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
