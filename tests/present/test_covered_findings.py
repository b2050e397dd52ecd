"""What the privacy check found is covered in every text of every finding of that file, whatever the other finding is about."""

from __future__ import annotations

import io
import json
from urllib.parse import unquote

import pytest

from tests.rules.project_pieces import REPORT, base, source
from uppfoljning.present.escape import covered
from uppfoljning.present.terminal import Screen
from uppfoljning.present.views.findings import FORMATS
from uppfoljning.present.views.findings_located import located
from uppfoljning.project.load import load_project


def shown_in(format: str, files: dict[str, str]) -> str:
    memory = source(base(), files)
    out = io.StringIO()
    FORMATS[format](located(load_project(memory).findings, memory), Screen(out))
    if format != "sarif":
        return out.getvalue()
    # The catalogue's own examples stand there too, and names of files as addresses.
    content = json.loads(out.getvalue())
    for run in content["runs"]:
        del run["tool"]["driver"]["rules"]
    return unquote(json.dumps(content, ensure_ascii=False))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("text: Ring 070-174 06 05 nu", "070-174 06 05"),
        ("text: namn.efternamn@exempel.example", "efternamn"),
        ("text: bilen ABC 12D", "ABC 12D"),
        ("text: 850704-9991", "850704-9991"),
        ("start: 070-174 06 05", "070-174 06 05"),
        ("bil ABC 12D: ja", "ABC 12D"),
        ("text: född 202611201530\n202611201530: ja", "202611201530"),
        ("text: bilen ABC12D\nplats: ABC12D\nABC12D: ja", "ABC12D"),
    ],
)
def test_the_value_is_nowhere(format: str, text: str, secret: str) -> None:
    said = shown_in(format, {"reports/x.yaml": f"{REPORT}{text}\n"})
    assert secret not in said
    assert "visas inte" in said


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "name", ["reports/ring 070-174 06 05.yaml", "reports/namn@exempel.example.yaml", "reports/bil ABC 123.yaml"]
)
def test_nor_in_a_name(format: str, name: str) -> None:
    said = shown_in(format, {name: REPORT})
    assert "filens namn innehåller" in said
    assert name not in said and "•" in said


def test_the_carets_stand_under_what_is_covered() -> None:
    said = shown_in("text", {"reports/x.yaml": f"{REPORT}text: Ring 070-174 06 05 nu\n"})
    assert "  6 │ text: Ring •••-••• •• •• nu\n    │            ^^^^^^^^^^^^^ 10 siffror, visas inte\n" in said


def test_covered_is_as_long_and_obeys_no_terminal() -> None:
    assert covered("\x1b namn@exempel.example 850704-9990") == "· ••••@•••••••.••••••• ••••••-••••"
