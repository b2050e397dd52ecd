"""Findings as SARIF 2.1.0, the OASIS standard that code scanning services and editors read."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from uppfoljning.present.escape import json_text
from uppfoljning.present.views.findings_located import Located, Spot, fingerprints
from uppfoljning.rules.catalogue import rules
from uppfoljning.rules.rule import Level, Rule

PROGRAM = "uppfoljning"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS: dict[Level, str] = {"fel": "error", "varning": "warning", "notis": "note"}


def sarif(findings: list[Located]) -> str:
    """One run with the findings and the rules that they name."""
    codes = sorted({one.code for one in findings})
    known = rules()
    driver = {"name": PROGRAM, "version": version(PROGRAM), "rules": [_rule(known[code]) for code in codes]}
    results = [
        _result(one, codes.index(one.code), fingerprint)
        for one, fingerprint in zip(findings, fingerprints(findings), strict=True)
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.name},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n\nFel:\n{rule.wrong.rstrip()}\n\nRätt:\n{rule.right.rstrip()}"},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }


def _result(one: Located, rule: int, fingerprint: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": _LEVELS[one.level],
        "message": {"text": _message(f"{one.headline}\nhjälp: {one.remedy}" if one.remedy else one.headline)},
        "locations": [_location(one.spot)],
        "partialFingerprints": {f"{PROGRAM}/v1": fingerprint},
    }
    if one.also is not None:
        result["relatedLocations"] = [{"id": 1, **_location(one.also), "message": {"text": "se även"}}]
    return result


def _message(text: str) -> str:
    """The text as SARIF has it: a brace alone begins a placeholder, and `[a](b)` is a link."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _location(spot: Spot) -> dict[str, Any]:
    """What concerns a whole file stands on its first line: some readers turn down a whole report for a place without a line."""
    region = {"startLine": 1}
    if spot.span is not None:
        line, column, end_line, end_column = spot.span
        region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return {"physicalLocation": {"artifactLocation": {"uri": quote(spot.file)}, "region": region}}


# Findings as a code quality report, which GitLab shows on a merge request.


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
