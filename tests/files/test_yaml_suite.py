"""The 402 cases of yaml-test-suite: a finding or a clean read, never a traceback, and the same under both parsers."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from uppfoljning.files import yaml_parser
from uppfoljning.files.yaml_load import read_yaml

SUITE = Path(__file__).resolve().parents[3] / "shared" / "data" / "yaml-test-suite"
CASES: list[dict[str, Any]] = json.loads((SUITE / "manifest.json").read_text("utf-8")) if SUITE.is_dir() else []
ABSENT = pytest.mark.skipif(not CASES, reason="yaml-test-suite ligger inte bredvid projektet")
READ_AS_MEANT = {"ogiltig/S98Z.yaml"}
"""Invalid for the indentation of blank lines in an empty text; nothing can be lost by reading it as empty."""


@ABSENT
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["fil"])
def test_a_finding_or_a_clean_read(case: dict[str, Any], parser: str) -> None:
    data = (SUITE / case["fil"]).read_bytes()
    started = time.process_time()
    tree, findings = read_yaml(case["fil"], data)
    assert time.process_time() - started < 1
    assert isinstance(tree, dict) or findings
    assert case["giltig"] or findings or case["fil"] in READ_AS_MEANT
    assert all(finding.problem.message and finding.problem.code != "Y001" for finding in findings)


@ABSENT
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["fil"])
def test_both_parsers_say_the_same(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    data = (SUITE / case["fil"]).read_bytes()
    verdicts = []
    for chosen in (yaml_parser.libyaml() or yaml_parser.PureParser, yaml_parser.PureParser):
        monkeypatch.setattr(yaml_parser, "parser", chosen)
        verdicts.append(read_yaml(case["fil"], data)[1])
    assert verdicts[0] == verdicts[1]


@ABSENT
def test_the_suite_is_whole() -> None:
    assert len(CASES) == 402
    assert sum(not case["giltig"] for case in CASES) == 94
