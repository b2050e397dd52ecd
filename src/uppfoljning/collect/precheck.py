"""Whether reports can be taken in: the project is checked as it would be with them, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from uppfoljning.domain.finding import Finding
from uppfoljning.files.source import Source, WithFiles
from uppfoljning.project.baseline import Checked, brought
from uppfoljning.project.load import CheckedProject, load_project
from uppfoljning.rules.catalogue import level_of
from uppfoljning.rules.privacy import PERSONAL, check_privacy
from uppfoljning.rules.privacy_look import may_be_personal


class PrecheckResult(NamedTuple):
    """What can be written and what cannot. `accepted` are texts by file, `refused` the errors of each file that must stay out.

    `remarks` are what the accepted ones bring that is no error. `source` is the project with them, for showing where.
    """

    accepted: Mapping[str, str]
    refused: Mapping[str, tuple[Finding, ...]]
    remarks: tuple[Finding, ...]
    source: Source


def validate(source: Source, project: CheckedProject, new: Mapping[str, str]) -> PrecheckResult:
    """Check new files, by name and text, against a project as it is now.

    A file is refused when it has an error, when it gives an error to another file, or when anything in it points at a person: a
    file written by hand may explain that, one that is handed in may not. The others are checked again without it.
    """
    left = dict(new)
    refused: dict[str, tuple[Finding, ...]] = {}
    remarks: list[Finding] = []
    while left:
        trial = WithFiles(source, left)
        found = brought(Checked(source, project.findings), Checked(trial, load_project(trial).findings))
        wrong = {file: dict.fromkeys(personal) for file, text in left.items() if (personal := _personal(file, text))}
        remarks = []
        only = next(iter(left)) if len(left) == 1 else ""
        for finding in found:
            file = next((place.file for place in finding.places if place.file in left), only)
            if not file or not is_refusal(finding):
                remarks.append(finding)
            else:
                wrong.setdefault(file, {})[finding] = None
        if not wrong:
            break
        for file, findings in wrong.items():
            refused[file] = tuple(findings)
            del left[file]
    return PrecheckResult(left, refused, tuple(remarks) if left else (), WithFiles(source, new))


def _personal(file: str, text: str) -> list[Finding]:
    """What points at a person, whatever the file itself says of it."""
    if not may_be_personal(text.encode("utf-8", "surrogatepass")):
        return []
    return [one for one in check_privacy(file, text, with_waivers=False) if one.problem.code in PERSONAL]


def is_refusal(finding: Finding) -> bool:
    """Whether a finding keeps what is handed in out."""
    code = finding.problem.code
    return level_of(code) == "fel" or code in PERSONAL
