"""What those who check changes ask of a command: the exit status, and on GitHub the format, files' names and the summary."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from errno import errorcode
from pathlib import Path
from typing import TYPE_CHECKING

from uppfoljning.cli.options import FindingFormat

if TYPE_CHECKING:
    from uppfoljning.present.views.findings_located import Located

_SUMMARY = "GITHUB_STEP_SUMMARY"
CI = ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_URL", "PRE_COMMIT")
"""What services set, and pre-commit; nearly all of them the first."""
_NOT_SET = ("", "0", "false")
_LIMIT = 900_000
"""Bytes in the whole file, what stands there already included: at one MiB GitHub throws all of it away."""


def is_ci(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether nobody looks but a service, or a hook before a commit, that only asks for the exit status."""
    return any(environment.get(name, "").lower() not in _NOT_SET for name in CI)


def default_format() -> FindingFormat:
    """The format when none is asked for."""
    return FindingFormat.github if os.environ.get("GITHUB_ACTIONS") == "true" else FindingFormat.text


def way_down(root: Path) -> str:
    """The way to the project from the top of its repository, with `/` at its end; empty at the top.

    Where there is no repository, as in a container that was given only the files, it begins at GitHub's workspace.
    """
    from uppfoljning.files.git_head import top_of

    workspace = os.environ.get("GITHUB_WORKSPACE")
    top = top_of(root) or (Path(workspace).resolve() if workspace else None)
    here = root.resolve()
    if top is None or top == here or not here.is_relative_to(top):
        return ""
    return f"{here.relative_to(top).as_posix()}/"


def write_summary(findings: list[Located]) -> None:
    """Adds every finding to the summary of the step, where there is one; that it cannot be written stops nothing."""
    from uppfoljning.present.views.findings import markdown

    name = os.environ.get(_SUMMARY)
    if not name:
        return
    try:
        with open(name, "ab") as file:
            file.write(markdown(findings, _LIMIT - file.tell()).encode())
    except OSError as error:
        why = errorcode.get(error.errno or 0, "?")
        print(f"Sammanfattningen gick inte att skriva ({why}): kontrollera filen i {_SUMMARY}.", file=sys.stderr)
