"""`effekt` and `analys` as commands: the reference cases that a repository can say, the example, and wrong use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from uppfoljning.cli.main import main

HOME = Path(__file__).resolve().parents[2]
CASES = HOME.parent / "shared" / "cases" / "effect.json"
FOUND = {case["id"]: case for case in json.loads(CASES.read_text("utf-8"))["cases"]} if CASES.is_file() else {}
Capture = pytest.CaptureFixture[str]

PLAN = """\
plan: prov-2025
titel: Prov
period: {{från: 2024-01-01, till: 2025-12-31}}
parter: {{kommunen: Kommunen}}
platser: {{insats: Insatsen, annat: Det andra, intill: Intill}}
åtaganden:
  - id: lov
    titel: Löftet
    parter: [kommunen]
    mål: {{antal: löpande}}
    effektmål:
      text: Färre brott
      indikator: brott
      insats: [insats]
{more}      start: 2025-01-01
"""


def repository(root: Path, areas: dict[str, tuple[int, int]], description: str = "") -> Path:
    """A project whose series has January of two years: an area's count before and after."""
    for folder in ("plans/indikatorer", "reports/indikatorer"):
        (root / folder).mkdir(parents=True)
    more = "      jämförelse: [annat]\n" if "annat" in areas else ""
    more += "      buffert: [intill]\n" if "intill" in areas else ""
    (root / "plans/prov-2025.yaml").write_text(PLAN.format(more=more), "utf-8")
    (root / "plans/indikatorer/brott.yaml").write_text(f"indikator: brott\ntitel: Brott\n{description}", "utf-8")
    rows = [f"{area};{year}-01;{count}\n" for area, pair in areas.items() for year, count in zip((2024, 2025), pair, strict=True)]
    (root / "reports/indikatorer/brott.csv").write_text("område;månad;antal\n" + "".join(rows), "utf-8")
    return root


def told(root: Path, capsys: Capture) -> dict[str, Any]:
    assert main(["-C", str(root), "effekt", "--format", "json", "--vid", "2026-01-31"]) == 0
    (account,) = json.loads(capsys.readouterr().out)["åtaganden"]
    assert isinstance(account, dict)
    return account


def of_case(name: str) -> dict[str, tuple[int, int]]:
    """The areas of a case, before and after."""
    given = FOUND[name]["inputs"]
    if "before_count" in given:
        return {"insats": (given["before_count"], given["after_count"])}
    areas = {"insats": "treated", "annat": "comparison", "intill": "buffer"}
    found = {}
    for area, word in areas.items():
        if f"{word}_before" in given:
            found[area] = (given[f"{word}_before"], given[f"{word}_after"])
        elif tuple(given.get(f"{word}_before_after", (0, 0))) != (0, 0):
            found[area] = tuple(given[f"{word}_before_after"])
    return found


@pytest.mark.skipif(not FOUND, reason="../shared/cases/effect.json saknas")
@pytest.mark.parametrize(
    ("name", "part", "figures"),
    [
        ("BA03", "före_efter", ("rate_ratio", "ci_low", "ci_high", "p_central", "p_minlike")),
        ("BA05", "före_efter", ("rate_ratio", "ci_low", "ci_high", "p_central", "p_minlike")),
        ("BA07", "före_efter", ("rate_ratio", "ci_low", "ci_high", "p_central", "p_minlike")),
        ("RES01", "rirr", ("res", "ci_low", "ci_high", "p_value")),
        ("RES03", "rirr", ("res", "ci_low", "ci_high", "p_value")),
        ("RES07", "res_exakt", ("res_conditional", "ci_low", "ci_high", "p_value")),
        ("WDD05", "wdd", ("wdd_total", "se_total")),
        ("WDD12", "wdd", ("wdd_total", "se_total")),
        ("WDQ02", "wdq", ("wdq", "tne", "gross_effect")),
    ],
)
def test_a_case_as_a_repository(name: str, part: str, figures: tuple[str, ...], tmp_path: Path, capsys: Capture) -> None:
    case = FOUND[name]
    police = "beror_på_polisens_arbete: ja\n" if case["inputs"].get("outcome_depends_on_police_activity") else ""
    answer = told(repository(tmp_path, of_case(name), police), capsys)["skattning"]
    for figure in figures:
        expected = case["expected"][figure]
        found = answer[part][figure]
        assert found == (expected if isinstance(expected, str) else pytest.approx(expected, rel=1e-4, abs=1e-9)), figure
    assert set(case["expected"].get("warnings_include", ())) <= set(answer["varningar"])


@pytest.mark.parametrize(
    ("areas", "code"),
    [
        ({"insats": (0, 0)}, "E_INGA_HANDELSER"),
        ({"insats": (4, 4), "annat": (0, 0)}, "E_JAMFORELSE_NOLL"),
    ],
)
def test_a_refusal_is_an_answer(areas: dict[str, tuple[int, int]], code: str, tmp_path: Path, capsys: Capture) -> None:
    account = told(repository(tmp_path, areas), capsys)
    assert (account["vägrat"], account["skattning"]) == (code, None)
    assert account["skäl"].endswith(".")


@pytest.mark.slow
@pytest.mark.parametrize("format", ["text", "md", "json"])
@pytest.mark.parametrize(
    "words",
    [
        ["effekt"], ["effekt", "--planera"], ["effekt", "--indikator", "utsatta-unga"], ["analys", "nattvandring"],
        ["analys", "krogtillsyn", "--utfall", "ställen_med_brister"], ["analys", "grannsamverkan"],
    ],
)  # fmt: skip
def test_the_example_is_told_alike_every_time(words: list[str], format: str, capsys: Capture) -> None:
    argv = ["-C", str(HOME), *words, "--plan", "exempelkoping-2026", "--vid", "2026-11-20", "--format", format]
    out = []
    for _ in range(2):
        assert main(argv) == 0
        out.append(capsys.readouterr().out)
    assert out[0] == out[1]
    if format == "json":
        assert json.loads(out[0])["version"] == 1


def months(root: Path, before: int, counts: dict[str, tuple[int, int]], description: str = "", goals: int = 1) -> Path:
    """The same with a row a month: so many before the start, and twelve after, each area the same every month."""
    repository(root, dict.fromkeys(counts, (0, 0)), description)
    plan = (root / "plans/prov-2025.yaml").read_text("utf-8")
    head, line = plan.split("  - id: lov\n")
    more = "".join(f"  - id: lov{at}\n{line}" for at in range(1, goals))
    (root / "plans/prov-2025.yaml").write_text(f"{head}  - id: lov\n{line}{more}", "utf-8")
    rows = [
        f"{area};{at // 12}-{at % 12 + 1:02};{pair[at >= 2025 * 12]}\n"
        for area, pair in counts.items()
        for at in range(2025 * 12 - before, 2026 * 12)
    ]
    (root / "reports/indikatorer/brott.csv").write_text("område;månad;antal\n" + "".join(rows), "utf-8")
    return root


def answer(root: Path, capsys: Capture, *words: str) -> str:
    assert main(["-C", str(root), "effekt", *words, "--vid", "2026-01-31"]) == 0
    return " ".join(capsys.readouterr().out.split())


def in_order(text: str, *parts: str) -> bool:
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize("format", ["text", "md"])
def test_the_conclusion_comes_first_then_its_interval_and_what_decides_it(format: str, tmp_path: Path, capsys: Capture) -> None:
    peak = answer(months(tmp_path / "a", 12, {"insats": (20, 10), "annat": (20, 20)}), capsys, "--format", format)
    assert in_order(peak, "kan lika gärna bero på", "95 % KI", "Högst ett år före", "Insatsområdet: före", "Upplägg:", "RES ")
    long = answer(months(tmp_path / "b", 36, {"insats": (20, 10), "annat": (20, 20)}), capsys, "--format", format)
    dose = "Åtgärden prövades inte som planerat: 0 %"
    assert in_order(long, "kan lika gärna bero på", "95 % KI", dose, "Insatsområdet: före", "fyra gånger av fem", "varannan gång")
    assert "Högst ett år före" not in long and long.count("Åtgärden prövades inte") == 1


@pytest.mark.parametrize("format", ["text", "md", "json"])
def test_ahead_of_the_work_it_is_said_what_the_reservations_will_not_let_through(
    format: str, tmp_path: Path, capsys: Capture
) -> None:
    areas = {"insats": (20, 20), "annat": (20, 20)}
    short = answer(months(tmp_path / "a", 12, areas, goals=3), capsys, "--planera", "--format", format)
    long = answer(months(tmp_path / "b", 36, areas, "beror_på_polisens_arbete: ja\n"), capsys, "--planera", "--format", format)
    said = {"Högst ett år före": (True, False), "Planen prövar 3 effektmål": (True, False), "lämnas utan slutsats": (False, True)}
    for part, there in said.items():
        assert (part in short, part in long) == there
    assert all("ungefär varannan gång" in text for text in (short, long))


def test_the_true_effect_of_the_invented_series_is_in_the_interval(capsys: Capture) -> None:
    argv = ["-C", str(HOME), "effekt", "--plan", "exempelkoping-2026", "--vid", "2026-11-20", "--format", "json"]
    assert main(argv) == 0
    intervals = {
        one["id"]: one["skattning"]["rubrik"] for one in json.loads(capsys.readouterr().out)["åtaganden"] if one["skattning"]
    }
    assert intervals.keys() == {"krogtillsyn", "nattvandring"}
    assert all(one["ci_low"] <= 0.7 <= one["ci_high"] for one in intervals.values())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["effekt", "--indikator", "utsatta"], "det finns ingen serie ”utsatta” med siffror. Menade du utsatta-unga?"),
        (["analys", "nattvandring", "--utfall", "rutt"], "”rutt” är inget antal och ingen ja- och nejfråga i blanketten"),
        (["analys"], "argumentet ÅTAGANDE saknas"),
        (["effekt", "finns-inte"], "åtagandet ”finns-inte” finns inte"),
    ],
)
def test_wrong_use(words: list[str], said: str, capsys: Capture) -> None:
    assert main(["-C", str(HOME), *words]) == 2
    assert said in capsys.readouterr().err


def test_without_the_libraries_the_commands_say_what_to_do(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    from uppfoljning.cli import extras as statistics

    monkeypatch.setattr(statistics, "find_spec", lambda name: None if name == "statsmodels" else object())
    assert main(["-C", str(HOME), "effekt"]) == 2
    assert "pip install 'uppfoljning[analys]'" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("words", [["status"], ["validera"], ["--help"], ["saknas"]])
def test_other_commands_load_no_statistics(words: list[str]) -> None:
    code = (
        "import sys; from uppfoljning.cli.main import main; main(sys.argv[1:]);"
        "sys.exit(any(name in sys.modules for name in ('numpy', 'scipy', 'statsmodels', 'pandas')))"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=HOME, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0
