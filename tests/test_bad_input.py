"""All that people's editors, spreadsheets and habits do to files, in one repository: every fault found in one run."""

from __future__ import annotations

import json
import shutil
import unicodedata
from pathlib import Path

import pytest

from uppfoljning.cli.main import main

GROUND = Path(__file__).parent / "exempel" / "grund"
REPORT = """\
åtagande: nattvandring
plan: exempel-2026
datum: 2026-03-13
plats: centrum
uppgifter:
  samtal: 12
text: Lugn kväll
inlämnad: 2026-03-14
"""
ROWS = "åtagande;plan;datum;start;uppgifter.samtal\n"
BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))

FAULTS: dict[str, tuple[str, bytes, str, int | None, int | None]] = {
    "open quote": ("yaml", REPORT.replace("Lugn kväll", '"Lugn kväll').encode(), "Y003", 7, 7),
    "colon in prose": ("yaml", REPORT.replace("Lugn kväll", "Kl 22: bråk").encode(), "Y002", 7, None),
    "tab": ("yaml", REPORT.replace("  samtal", "\tsamtal").encode(), "F007", 6, 1),
    "duplicate key": ("yaml", (REPORT + "text: Igen\n").encode(), "Y015", 9, 1),
    "alias": ("yaml", REPORT.replace("Lugn kväll", "*viktigt").encode(), "Y017", 7, 7),
    "anchor": ("yaml", REPORT.replace("Lugn kväll", "&viktigt nu").encode(), "Y016", 7, 7),
    "tag": ("yaml", REPORT.replace("Lugn kväll", "!!python/name:os.system ''").encode(), "Y018", 7, 7),
    "billion laughs": ("yaml", BOMB.encode(), "Y016", 1, 4),
    "20 000 deep": ("yaml", ("text: " + "[" * 20_000 + "]" * 20_000).encode(), "Y014", 1, None),
    "20 000 deep in block": ("yaml", ("- " * 20_000 + "x").encode(), "Y014", 1, None),
    "empty": ("yaml", b"", "F006", None, None),
    "only a comment": ("yaml", b"# snart\n", "F006", None, None),
    "several documents": ("yaml", (REPORT + "---\n" + REPORT).encode(), "Y021", 9, 1),
    "conflict markers": ("yaml", ("<<<<<<< HEAD\n" + REPORT + "=======\n>>>>>>> gren\n").encode(), "F012", 1, 1),
    "no-break space": ("yaml", REPORT.replace("plats: ", "plats:\u00a0").encode(), "F010", 4, 7),
    "next line": ("yaml", REPORT.replace("Lugn kväll", "Lugn\u0085kväll").encode(), "F009", 7, None),
    "cp1252": ("yaml", REPORT.encode("cp1252"), "F003", 1, 1),
    "utf-16": ("yaml", REPORT.encode("utf-16"), "F005", None, None),
    "lost comment": ("yaml", REPORT.replace("Lugn kväll", "Rum #3").encode(), "Y024", 7, None),
    "ambiguous figure": ("yaml", REPORT.replace("12", "1.500").encode(), "S108", 6, 11),
    "no such day": ("yaml", REPORT.replace("2026-03-13", "2026-02-30").encode(), "S105", 3, 8),
    "no such hour": ("yaml", REPORT.replace("plats", "start: 25:10\nplats").encode(), "S104", 4, 8),
    "a list at the top": ("yaml", b"- ett\n- tva\n", "Y022", 1, None),
    "a figure for a key": ("yaml", (REPORT + "? [a, b]\n: c\n").encode(), "Y020", 9, None),
    "merge key": ("yaml", (REPORT + "<<: {text: x}\n").encode(), "Y019", 9, 1),
    "short row": ("csv", (ROWS + "nattvandring;exempel-2026;2026-03-20\n").encode(), "C003", 2, None),
    "long row": ("csv", (ROWS + "nattvandring;exempel-2026;2026-03-20;20:00;3;4\n").encode(), "C004", 2, None),
    "unknown column": ("csv", ROWS.replace("start", "strat").encode() + b"a;b;c;d;e\n", "S101", 1, 21),
    "old encoding": ("csv", (ROWS + "nattvandring;exempel-2026;2026-03-21;20:00;3\n").encode("cp1252"), "F004", None, None),
    "no such day in a row": ("csv", (ROWS + "nattvandring;exempel-2026;2026-02-30;20:00;3\n").encode(), "S105", 2, 27),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trasigt") / "projekt"
    shutil.copytree(GROUND, folder)
    for number, (suffix, data, *_) in enumerate(FAULTS.values()):
        (folder / "reports" / f"fel{number:02}.{suffix}").write_bytes(data)
    return folder


def findings(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["-C", str(folder), "validera", "--format", "json"]) == 1
    return list(json.loads(capsys.readouterr().out)["fynd"])


@pytest.mark.parametrize("name", FAULTS)
def test_each_is_found_at_its_place_with_a_remedy(name: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    suffix, _, code, row, column = FAULTS[name]
    file = f"reports/fel{list(FAULTS).index(name):02}.{suffix}"
    about = [one for one in findings(project, capsys) if one["fil"] == file]
    found = next(one for one in about if one["kod"] == code)
    assert found["rad"] == row or row is None
    assert found["kolumn"] == column or column is None
    assert found["hjälp"] and found["meddelande"]


def test_the_rest_is_followed_up_and_what_is_left_out_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound = {"Y024", "F004", "C003", "C004", "S105"}
    broken = {
        file for file, (suffix, _, code, *_) in FAULTS.items() if not (code in sound and (suffix == "csv" or code == "Y024"))
    }
    capsys.readouterr()
    assert main(["-C", str(project), "status", "--vid", "2026-06-30", "--format", "json"]) == 1
    out = capsys.readouterr()
    content = json.loads(out.out)
    assert content["filer"]["utelämnade"] == len(broken)
    assert content["filer"]["utelämnade_rader"] == 3
    assert f"{len(broken)} filer och 3 rader utelämnade" in out.err and "Traceback" not in out.err
    walks = next(one for one in content["åtaganden"] if one["id"] == "nattvandring")
    assert walks["mål"][0]["utfall"] is not None


def test_what_only_looks_odd_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(GROUND, tmp_path / "p")
    reports = tmp_path / "p" / "reports"
    (reports / "bom.yaml").write_bytes(b"\xef\xbb\xbf" + REPORT.encode())
    (reports / "crlf.yaml").write_bytes(
        REPORT.replace("03-13", "03-14").replace("03-14\n", "03-15\n").replace("\n", "\r\n").encode()
    )
    nfd = REPORT.replace("2026-03-13", "2026-03-20").replace("2026-03-14", "2026-03-21")
    (reports / "nfd.yaml").write_bytes(unicodedata.normalize("NFD", nfd).encode())
    comma = "åtagande;plan;datum;timmar.genomförande\nnattvandring;exempel-2026;2026-03-28;4,25\n"
    (reports / "komma.csv").write_text(comma, "utf-8-sig")
    capsys.readouterr()
    status = main(["-C", str(tmp_path / "p"), "validera", "--format", "kort"])
    out = capsys.readouterr().out
    assert status == 0, out
    assert " fel " not in out
