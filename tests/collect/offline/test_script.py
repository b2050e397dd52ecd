"""The script is one that older phones read, and that can do nothing but reckon."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.collect.offline.node import found_node
from uppfoljning.collect.offline import template as script
from uppfoljning.collect.offline.template import PARTS, library

FOLDER = Path(script.__file__).parents[2] / "templates" / "blankett"
GLOBALS = {"text": "Text", "answers": "Answers", "privacy": "Privacy", "report": "Report", "handin": "HandIn"}
TOO_NEW = {
    "lookbehind": r"\(\?<[=!]",
    "named group": r"\(\?<[a-zA-Z]",
    "optional chaining": r"\?\.(?![0-9])",
    "nullish": r"\?\?",
    "method": r"\.(?:replaceAll|at|flat|matchAll|hasOwn|findLast|toSorted|fromEntries|allSettled)\(",
    "BigInt": r"\bBigInt\b|\b[0-9]+n\b",
    "clone": r"structuredClone",
    "numeric separator": r"\b[0-9]+_[0-9]",
    "global": r"globalThis",
}
BEYOND_RECKONING = (
    r"\b(?:document|window|self|navigator|localStorage|sessionStorage|fetch|XMLHttpRequest|Date|crypto|eval|Function|setTimeout"
    r"|import|require|process)\b|Math\.random"
)


def code_of(part: str) -> str:
    """A part without its comments."""
    return re.sub(r"(?m)^\s*//.*$", "", (FOLDER / f"{part}.js").read_text("utf-8"))


def test_the_library_has_every_part_in_order() -> None:
    assert tuple(GLOBALS) == PARTS
    assert re.findall(r"(?m)^const (\w+) = ", library()) == list(GLOBALS.values())
    assert library().startswith('"use strict";')


@pytest.mark.parametrize("part", PARTS)
def test_each_part_defines_one_name_and_uses_only_those_before(part: str) -> None:
    code = code_of(part)
    assert re.findall(r"(?m)^(?:const|let|var|function|class) (\w+)", code) == [GLOBALS[part]]
    later = [GLOBALS[other] for other in PARTS[PARTS.index(part) + 1 :]]
    assert [name for name in later if re.search(rf"\b{name}\.", code)] == []


@pytest.mark.parametrize("part", PARTS)
def test_nothing_newer_than_the_phones(part: str) -> None:
    assert [what for what, pattern in TOO_NEW.items() if re.search(pattern, code_of(part))] == []


@pytest.mark.parametrize("part", PARTS)
def test_nothing_but_reckoning(part: str) -> None:
    code = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', code_of(part))
    assert re.findall(BEYOND_RECKONING, code) == []


@pytest.mark.parametrize("part", PARTS)
def test_nothing_that_ends_a_script_in_a_page(part: str) -> None:
    text = (FOLDER / f"{part}.js").read_text("utf-8")
    assert not re.search(r"</script|<!--|<script", text, re.IGNORECASE)
    assert max(map(len, text.splitlines())) <= 130


def test_it_runs_where_there_is_nothing_but_the_language() -> None:
    program = (
        "const vm = require('vm'); const text = require('fs').readFileSync(0, 'utf8');"
        "const names = ';Object.keys({Text, Answers, Privacy, Report, HandIn}).join()';"
        "process.stdout.write(vm.runInNewContext(text + names, Object.create(null)));"
    )
    told = subprocess.run(
        [found_node(), "-e", program], input=library(), capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (told.returncode, told.stdout) == (0, ",".join(GLOBALS.values())), told.stderr[-1000:]
