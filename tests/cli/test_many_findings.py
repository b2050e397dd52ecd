"""A file with very many findings: some are shown, the rest are counted, and nothing grave is hidden by what is not."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import PLAN, UNSET, folder
from tests.cli.test_ref import run
from tests.files.test_git import Repository, own_settings
from uppfoljning.present.views.findings_located import MOST

__all__ = ["own_settings"]

Capture = pytest.CaptureFixture[str]
HEADER = "plan;åtagande;datum;plats;text\n"
FILE = "reports/rader.csv"
SOUND = {"plans/prov-2026.yaml": PLAN.replace("typ: åtgärdsplan", "typ: annan").replace("    snabbrapport: nattvandring\n", "")}
NUMBER = 500
STRANGE = "".join(f"prov-2026;gang;2026-03-{at % 28 + 1:02};okänd{at};x\n" for at in range(NUMBER))
"""As many errors, and no warning: what has an error is compared with nothing."""
ALIKE = "prov-2026;gang;2026-05-01;torget;x\n" * (NUMBER + 1)
"""As many warnings."""
FORMATS = ("text", "kort", "json", "github", "gitlab", "sarif", "markdown")


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


def checked(capsys: Capture, tmp_path: Path, rows: str, *argv: str) -> tuple[int, str, str]:
    return run(capsys, Path(folder(tmp_path, {**SOUND, FILE: HEADER + rows})), "validera", *argv)


def as_json(capsys: Capture, tmp_path: Path, rows: str) -> tuple[dict[str, Any], str]:
    _, out, err = checked(capsys, tmp_path, rows, "--format", "json")
    found: dict[str, Any] = json.loads(out)
    return found, err


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_how_many_are_left_out(form: str, tmp_path: Path, capsys: Capture) -> None:
    status, out, err = checked(capsys, tmp_path, STRANGE, "--format", form)
    assert status == 1 and err.splitlines()[-1] == f"{NUMBER} fel i 2 filer."
    assert out.count("R306") <= MOST + 5
    shown = 10 if form == "github" else MOST
    if form == "github":
        assert f"Dessutom {NUMBER - shown} fel som GitHub inte visar" in out
    else:
        assert f"{NUMBER - MOST} till av samma slag i filen" in out


def test_the_json_says_of_each_kind_how_many_are_left_out(tmp_path: Path, capsys: Capture) -> None:
    found, _ = as_json(capsys, tmp_path, STRANGE)
    assert len(found["fynd"]) == MOST
    assert found["utelämnade"] == [{"kod": "R306", "nivå": "fel", "fil": FILE, "antal": NUMBER - MOST}]


def test_the_json_of_few_findings_says_nothing_of_it(tmp_path: Path, capsys: Capture) -> None:
    found, _ = as_json(capsys, tmp_path, "prov-2026;gang;2026-03-01;okänd;x\n")
    assert [one["kod"] for one in found["fynd"]] == ["R306"] and "utelämnade" not in found


def test_an_error_is_not_hidden_by_warnings_before_it(tmp_path: Path, capsys: Capture) -> None:
    found, err = as_json(capsys, tmp_path, f"{ALIKE}prov-2026;gang;2026-13-01;torget;x\n")
    assert Counter(one["nivå"] for one in found["fynd"]) == {"fel": 1, "varning": MOST - 1}
    assert err.splitlines()[-1] == f"1 fel, {NUMBER} varningar i 2 filer."


def test_errors_take_the_room_of_warnings_but_one_of_each_kind_is_shown(tmp_path: Path, capsys: Capture) -> None:
    found, err = as_json(capsys, tmp_path, ALIKE + STRANGE)
    assert Counter(one["kod"] for one in found["fynd"]) == {"R306": MOST - 1, "Q601": 1}
    assert {one["kod"]: one["antal"] for one in found["utelämnade"]} == {"R306": NUMBER - MOST + 1, "Q601": NUMBER - 1}
    assert err.splitlines()[-1] == f"{NUMBER} fel, {NUMBER} varningar i 2 filer."


def test_a_kind_of_error_is_not_hidden_by_another(tmp_path: Path, capsys: Capture) -> None:
    found, _ = as_json(capsys, tmp_path, f"{STRANGE}prov-2026;gang;2026-13-01;torget;x\n")
    assert {one["kod"] for one in found["fynd"]} == {"R306", "S105"}


@pytest.mark.parametrize(("argv", "expected"), [((), 0), (("--strikt",), 1)])
def test_what_is_left_out_changes_no_exit_status(argv: tuple[str, ...], expected: int, tmp_path: Path, capsys: Capture) -> None:
    assert checked(capsys, tmp_path, ALIKE, *argv)[0] == expected


def test_each_file_has_room_of_its_own(tmp_path: Path, capsys: Capture) -> None:
    folder(tmp_path, {"reports/andra.csv": f"{HEADER}prov-2026;gang;2026-03-01;okänd;x\n"})
    found, _ = as_json(capsys, tmp_path, STRANGE)
    assert Counter(one["fil"] for one in found["fynd"]) == {FILE: MOST, "reports/andra.csv": 1}


def test_what_a_change_brings_is_counted_whole(tmp_path: Path, capsys: Capture) -> None:
    made = Repository(tmp_path / "förråd")
    made.save("Förut", {**SOUND, FILE: HEADER})
    made.save("Nu", {FILE: HEADER + STRANGE})
    status, out, err = run(capsys, made.folder, "validera", "--sedan", "HEAD~1", "--format", "kort")
    assert (status, len(out.splitlines())) == (1, MOST)
    assert err.splitlines()[-1].startswith(f"{NUMBER} fel i 2 filer.")


def test_many_addresses_on_one_line_are_covered_wherever_the_line_is_cut(tmp_path: Path, capsys: Capture) -> None:
    people = [f"f{at}.e{at}@exempel.se" for at in range(1000)]
    status, out, _ = checked(capsys, tmp_path, f"prov-2026;gang;2026-03-01;torget;{' '.join(people)}\n")
    assert status == 0 and f"{1000 - MOST} till av samma slag i filen" in out
    assert "exempel" not in out and "@" in out
    excerpts = [line for line in out.splitlines() if "│" in line and "•" in line]
    assert excerpts and max(map(len, excerpts)) < 200
    for line, below in zip(out.splitlines(), out.splitlines()[1:], strict=False):
        if "•" in line and "^" in below:
            at = below.index("^")
            assert line[at : at + len(below[at:].split()[0])].count("•") > 5, "the carets stand below what was found"


def test_a_cell_longer_than_the_reader_of_tables_takes_by_itself_is_read(tmp_path: Path, capsys: Capture) -> None:
    status, out, err = checked(capsys, tmp_path, f"prov-2026;gang;2026-03-01;torget;{'ord ' * 50_000}\n")
    assert (status, out, err.splitlines()[-1]) == (0, "", "Inget att anmärka på i 2 filer.")
