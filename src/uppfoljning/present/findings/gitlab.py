"""Findings as a code quality report, which GitLab shows on a merge request."""

from __future__ import annotations

from uppfoljning.present.escape import json_text
from uppfoljning.present.findings.fingerprint import fingerprints
from uppfoljning.present.findings.located import Located
from uppfoljning.rules.rule import Level

_SEVERITIES: dict[Level, str] = {"fel": "major", "varning": "minor", "notis": "info"}


def gitlab(findings: list[Located]) -> str:
    """A list with one object for each finding; what concerns a whole file stands on its first line."""
    return json_text(
        [
            {
                "description": one.headline,
                "check_name": one.code,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[one.level],
                "location": {"path": one.file, "lines": {"begin": one.span.line if one.span else 1}},
            }
            for one, fingerprint in zip(findings, fingerprints(findings), strict=True)
        ]
    )
