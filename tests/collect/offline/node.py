"""The offline form's script run in node, once for many cases."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

import pytest

from uppfoljning.collect.offline.template import library

PROMISED = os.environ.get("UPPFOLJNING_WEBB") == "1"
"""Whether node must be there; CI says so."""

# The script knows nothing of files; here each case is a function's name and what it is given.
_DRIVER = """
const CALLS = {
  tidy: Text.tidy,
  write: (tree) => Text.write(inMaps(tree)),
  problem: (field, text) => (Answers.problem(field, text) || {code: null}).code,
  fault: Answers.problem,
  normal: Answers.normal,
  clock: Answers.clock,
  day: Answers.day,
  period: (text, terms) => (found => found.code ? null : [found.first, found.last])(Answers.period(text, terms)),
  find: (text) => Privacy.find(text).map((one) => [one.code, one.start, one.end]),
  found: Privacy.find,
  yaml: (sheet, state) => Text.write(Report.build(sheet, state)),
  problems: Report.problems,
  blank: Report.blank,
  receipt: HandIn.receipt,
  fileName: HandIn.fileName,
  mailText: (sheet, state) => HandIn.mailText(sheet, state, Text.write(Report.build(sheet, state))),
  forgeLink: HandIn.forgeLink,
  summary: HandIn.summary,
};
function inMaps(value) {
  if (Array.isArray(value)) return value.map(inMaps);
  if (value === null || typeof value !== "object") return value;
  return new Map(Object.entries(value).map(([key, inner]) => [key, inMaps(inner)]));
}
const asked = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(([call, shared, cases]) => cases.map((one) => CALLS[call](...shared, ...one)))));
"""


LONGEST_RUN = 60
"""Seconds; every run takes one or two."""


def found_node() -> str:
    """Where node is. Without it there is nothing to test, and that is a fault where it is promised."""
    node = shutil.which("node")
    if node is None:
        if PROMISED:
            pytest.fail("node saknas, fast UPPFOLJNING_WEBB=1 lovar att det finns")
        pytest.skip("node saknas, så blankettens skript kan inte köras")
    return node


def run(*calls: tuple[str, list[Any], list[list[Any]]]) -> list[list[Any]]:
    """The answers of several calls: each a function's name, the arguments that all its cases share, and those of each case."""
    told = subprocess.run(
        [found_node(), "-e", library() + _DRIVER],
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=LONGEST_RUN,
    )
    assert told.returncode == 0, told.stderr[-2000:]
    answers: list[list[Any]] = json.loads(told.stdout)
    return answers
