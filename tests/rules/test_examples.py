"""Files that break a rule and files that do not, each added to the sound base project; found by listing `tests/exempel`.

`underkanda/`: the first line of a YAML file says what comes out, `# väntat: S104 5:7`, several with `; ` between. A second line
`# fil: plans/x.yaml` says where the file lies; otherwise it is `reports/<name>`. Where such a line would disturb, a folder
holds the files as they lie in the project and `vantat.txt`, a line for each finding: file, code, line:column.
`godkanda/`: the same without findings; a name begins with the code of the rule that it keeps to.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.project_pieces import EXAMPLES, Files, Memory, base, in_order, project, source, spots
from uppfoljning.files.source import YAML_LIMIT
from uppfoljning.project.load import load_project
from uppfoljning.rules.catalogue import rules

GOOD = sorted((EXAMPLES / "godkanda").iterdir())
BAD = sorted((EXAMPLES / "underkanda").iterdir())
WITHOUT_EXAMPLES = {"F001", "F002", "F022", "Y001", "H821", "H822", *(f"H80{number}" for number in range(1, 10))}
"""A file that cannot be read or is too large cannot be kept here; Y001 is for what no known file can show, H for what git can."""
EXPECTED = "vantat.txt"


def files_of(example: Path) -> Files:
    """The files of an example by their names in the project."""
    if example.is_dir():
        inside = (path for path in sorted(example.rglob("*")) if path.is_file() and path.name != EXPECTED)
        return {path.relative_to(example).as_posix(): path.read_bytes() for path in inside}
    return {_marked(example, "# fil: ") or f"reports/{example.name}": example.read_bytes()}


def expected_of(example: Path) -> list[tuple[str, str, int, int]]:
    """File, code, line and column of every finding that an example must give."""
    if example.is_dir():
        lines = (example / EXPECTED).read_text("utf-8").splitlines()
    else:
        (name,) = files_of(example)
        lines = [f"{name} {spot}" for spot in _marked(example, "# väntat: ").split("; ")]
    found = []
    for line in lines:
        file, code, place = line.rsplit(" ", 2)
        row, _, column = place.partition(":")
        found.append((file, code, int(row), int(column)))
    return sorted(found, key=in_order)


def _marked(example: Path, mark: str) -> str:
    """The rest of the line that begins with `mark`, among the first two."""
    lines = example.read_text("utf-8").split("\n")[:2]
    return next((line.removeprefix(mark).strip() for line in lines if line.startswith(mark)), "")


def test_the_base_is_sound() -> None:
    checked = project(base())
    assert checked.findings == ()
    assert {plan: {name: len(entries) for name, entries in by_id.items()} for plan, by_id in checked.entries.items()} == {
        "exempel-2026": {"nattvandring": 1, "krogtillsyn": 2}
    }
    assert len(checked.judgements) == 1


@pytest.mark.parametrize("example", GOOD, ids=lambda example: example.name)
def test_sound(example: Path) -> None:
    memory = source(base(), files_of(example))
    assert spots(load_project(memory), memory) == []


@pytest.mark.parametrize("example", BAD, ids=lambda example: example.name)
def test_faulty(example: Path) -> None:
    memory = source(base(), files_of(example))
    assert spots(load_project(memory), memory) == expected_of(example)


def test_unreadable() -> None:
    memory = Memory({**base(), "reports/x.yaml": None})
    checked = load_project(memory)
    assert spots(checked, memory) == [("reports/x.yaml", "F001", 1, 1)]
    assert checked.left_out == ("reports/x.yaml",)


def test_too_large() -> None:
    memory = source(base(), {"reports/x.yaml": b"#" * (YAML_LIMIT + 1)})
    assert spots(load_project(memory), memory) == [("reports/x.yaml", "F002", 1, 1)]


@pytest.mark.parametrize("code", sorted(rules().keys() - WITHOUT_EXAMPLES))
def test_every_rule_has_both_kinds(code: str) -> None:
    assert any(code == found for example in BAD for _, found, _, _ in expected_of(example))
    assert any(example.name.startswith(code) for example in GOOD)
