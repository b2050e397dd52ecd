"""What is checked here and is not in git: others get another answer, and do not know it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from unicodedata import normalize

from uppfoljning.domain.finding import Finding, Place, Problem
from uppfoljning.files.characters import ascii_name
from uppfoljning.files.git_kept import left_alone, not_kept
from uppfoljning.project.document import PLANS
from uppfoljning.project.load import Project


def check_kept(root: Path, project: Project, names: Sequence[str]) -> list[Finding]:
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


def _needed(project: Project, missing: Sequence[str]) -> dict[str, str]:
    """The files under `plans/` that a plan in git uses, with which plan."""
    used: dict[str, str] = {}
    for plan, file in sorted(project.plan_files.items()):
        for one in project.plans[plan].commitments if file not in missing else ():
            series = one.outcome_goal.indicator if one.outcome_goal is not None else ""
            for folder, name in (("snabbrapporter", one.form), ("indikatorer", series)):
                used |= {f"{PLANS}{folder}/{stem}": f"planen {plan}" for stem in {name, ascii_name(name)} if name}
    return {name: used[stem] for name in missing if (stem := name.rpartition(".")[0]) in used}
