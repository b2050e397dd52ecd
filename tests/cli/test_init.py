"""`init --fran`: the next plan is the old one's own text with new dates, sound as it is, and nothing open is lost."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.cli.running import folder
from tests.projects import FORM, commitment, plan
from uppfoljning.cli.main import main
from uppfoljning.domain.period import Period
from uppfoljning.domain.plan import Plan
from uppfoljning.files.source import Folder
from uppfoljning.project.load import load_project

HOME = Path(__file__).resolve().parents[2]
PLANS = sorted(path.stem for path in (HOME / "plans").glob("*.yaml"))
OLD, NEW = "plans/prov-2026.yaml", "plans/prov-2027.yaml"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A copy of the plans and reports of this repository."""
    for name in ("plans", "reports"):
        shutil.copytree(HOME / name, tmp_path / name)
    return tmp_path


def init(root: Path | str, *words: str, origin: str = "prov-2026", day: str = "2026-11-25") -> int:
    return main(["-C", str(root), "init", "--fran", origin, "--vid", day, *words])


def carried(root: Path, text: str | bytes, reports: dict[str, str] | None = None, *words: str, new: str = NEW) -> str:
    """The next plan of one written as `text`, which must be sound."""
    files: dict[str, str | bytes] = {OLD: text, "plans/snabbrapporter/prov.yaml": FORM}
    files |= {f"reports/{name}.yaml": f"plan: prov-2026\n{report}" for name, report in (reports or {}).items()}
    assert main(["-C", folder(root, files), "validera"]) == 0
    assert init(root, *words) == 0
    assert main(["-C", str(root), "validera"]) == 0
    return (root / new).read_text("utf-8")


def plans_of(root: Path) -> dict[str, Plan]:
    return dict(load_project(Folder(root)).plans)


def changed(old: str, new: str) -> list[str]:
    """The lines of the new text that the old one does not have, in order."""
    known = old.splitlines()
    return [line.strip() for line in new.splitlines() if line not in known]


@pytest.mark.parametrize("origin", PLANS)
def test_every_plan_here_is_carried_over_and_sound(origin: str, published: Path, capsys: Capture) -> None:
    before = plans_of(published)
    assert init(published, origin=origin) == 0
    (new,) = set(plans_of(published)) - set(before)
    out = capsys.readouterr().out
    assert out.startswith(f"Skrev plans/{new}.yaml: {origin} förd vidare till ")
    assert out.endswith("Kör sedan: uppfoljning validera\n")
    assert main(["-C", str(published), "validera", f"{published}/plans/{new}.yaml"]) == 0
    old, later = before[origin], plans_of(published)[new]
    for name in ("parties", "functions", "places", "causes", "sources", "municipality", "kind"):
        assert getattr(later, name) == getattr(old, name)
    assert [(one.id, one.parties, one.form, one.responsible) for one in later.commitments] == [
        (one.id, one.parties, one.form, one.responsible) for one in old.commitments
    ]
    assert later.span.first > old.span.last
    assert later.decision is None
    assert not any(one.amendments for one in later.commitments)
    assert [[target.value for target in one.targets] for one in later.commitments] == [
        [target.value for target in one.targets] for one in old.commitments
    ]
    content = (published / f"plans/{new}.yaml").read_bytes()
    assert init(published, origin=origin) == 2
    assert f"planen {new} finns redan" in capsys.readouterr().err
    assert (published / f"plans/{new}.yaml").read_bytes() == content


@pytest.mark.parametrize("origin", PLANS)
def test_every_comment_and_every_other_line_stays(origin: str, published: Path) -> None:
    before = set(plans_of(published))
    assert init(published, origin=origin) == 0
    (new,) = set(plans_of(published)) - before
    old_text = (published / f"plans/{origin}.yaml").read_text("utf-8")
    lines = (published / f"plans/{new}.yaml").read_text("utf-8").splitlines()
    kept = re.sub(r"(?m)^    ändringar:\n(?:      .*\n)+", "", old_text).splitlines()
    whole = [line for line in kept if line.lstrip().startswith("#") or (line.startswith("  ") and "20" not in line)]
    assert [line for line in whole if line not in lines and not line.strip().startswith("tillfällen:")] == []


def test_the_example(published: Path, capsys: Capture) -> None:
    assert init(published, origin="exempelkoping-2026") == 0
    assert "Med följde 13 öppna iakttagelser.\n" in capsys.readouterr().out
    old = (published / "plans/exempelkoping-2026.yaml").read_text("utf-8")
    new = (published / "plans/exempelkoping-2027.yaml").read_text("utf-8")
    lines = changed(old, new)
    assert lines[:9] == [
        "plan: exempelkoping-2027",
        "titel: Åtgärdsplan för Exempelköping 2027",
        "period: 2027",
        "avläsningar: [2027-04-30, 2027-08-31, 2027-12-31]",
        "# beslut: fyll i datum och referens när planen är beslutad",
        "# källor: kontrollera, de hör till exempelkoping-2026",
        "# terminer: kontrollera dagarna, de är flyttade från exempelkoping-2026",
        "terminer: {VT2027: [2027-01-08, 2027-06-12], HT2027: [2027-08-17, 2027-12-20]}",
        "# pauser: kontrollera dagarna, de är flyttade från exempelkoping-2026",
    ]
    for line in (
        "- {från: 2027-06-13, till: 2027-08-20, skäl: efterfrågan}     # sommarlov, fältarna arbetar vid badet i stället",
        "- {id: urval, titel: Välj ställen efter risk, ansvarig: alkoholhandläggare, senast: 2027-01-31}",
        "mål: {minst: 2, enhet: vandringar, per: år, fördelning: {2027-T1: 1, 2027-T3: 1}}",
        "mål: {klart: 2027-05-31}",
        "period: {från: 2027-04-01, till: 2027-06-30}",
        "mål: {minst: 10, enhet: områden, räknar: områden, sätt: nivå, baslinje: {värde: 10, datum: 2026-09-30}}",
        "# - nivån är redan 10, så målet är nått från början; skriv ett nytt mål",
        "# - klart 2026-06-04; ta bort åtagandet om det inte ska göras igen",
        "# - öppet sedan 2026-10-16, Centrum: Perrong två är helt mörk efter elva (Kvällsansvarig)",
        "# - och 2 öppna iakttagelser till; alla visas av uppfoljning avvikelser --plan exempelkoping-2026",
    ):
        assert line in lines
    assert (
        "    # tillfällen: fyll i den nya periodens dagar\n    # varje fredag och lördag under terminerna\n    moment:\n" in new
    )
    assert new.count("  start: 2026-") == 3


def test_what_was_moved_past_the_plan_is_told(published: Path) -> None:
    assert init(published, origin="strangnas-2020") == 0
    text = (published / "plans/strangnas-2021.yaml").read_text("utf-8")
    assert (
        "  # Från strangnas-2020/vandring, per 2026-11-25:\n"
        "  # - 1 tillfälle flyttat från 2020-11-18 till 2021 (pandemi: Pandemin gjorde att fler inte kunde samlas)\n"
        "  - id: vandring\n"
    ) in text


MOVED = """\
åtagande: lov
datum: 2026-11-13
läge: flyttad
flyttad_till: {}
avvikelser:
  - vad: Ställdes in
    skäl: väder
inlämnad: 2026-11-20
"""


ROTA = "    # tillfällen: flyttade hit från prov-2026; fyll på med den nya periodens dagar"
INSTEAD = ". Med raden väntas en rapport för varje dag i den, i stället för en vid varje avläsning"


@pytest.mark.parametrize(
    ("more", "note", "expected"),
    [
        (
            ["tillfällen: [2026-11-13]   # fredagar"],
            ROTA,
            "    tillfällen: [2027-01-15]   # fredagar\n",
        ),
        (
            ["uppföljning: {rapporteras: månad}"],
            ROTA,
            "    tillfällen: [2027-01-15]\n    snabbrapport: prov\n",
        ),
        (
            [],
            ROTA + INSTEAD,
            "    tillfällen: [2027-01-15]\n    snabbrapport: prov\n",
        ),
    ],
)
def test_a_moved_day_is_planned_again(more: list[str], note: str, expected: str, tmp_path: Path, capsys: Capture) -> None:
    text = carried(tmp_path, plan(commitment("{minst: 4}", *more)), {"a": MOVED.format("2027-01-15")})
    assert f"{note}\n{expected}" in text
    assert "  # - 1 tillfälle flyttat från 2026-11-13 till 2027-01-15 (väder)\n" in text
    assert "Med följde 1 flyttat tillfälle.\n" in capsys.readouterr().out
    capsys.readouterr()
    assert main(["-C", str(tmp_path), "saknas", "--plan", "prov-2027", "--vid", "2027-02-01"]) == 0
    assert "2027-01-15" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("to", "told"),
    [("2026-12-18", ""), ("2027-W02", "2027-W02"), ("2028-05-02", "2028-05-02"), ("VT2027", "VT2027"), ("HT2026", "")],
)
def test_other_moves_are_only_told_when_they_lie_beyond(to: str, told: str, tmp_path: Path) -> None:
    text = carried(tmp_path, plan(commitment("{minst: 4}")), {"a": MOVED.format(to)})
    assert "tillfällen:" not in text
    assert (f"till {told} (väder)" in text) == bool(told)
    assert ("flyttat från" in text) == bool(told)


def test_several_moved_at_once(tmp_path: Path) -> None:
    report = "åtagande: lov\nperiod: 2026-10\nläge: flyttad\nantal: 3\nflyttad_till: 2027-T1\navvikelser:\n"
    reasons = "  - {vad: Halka, skäl: väder, varför: Det var halt}\n  - {vad: Sjuka, skäl: resurser}\n"
    text = carried(tmp_path, plan(commitment("{minst: 4}")), {"a": report + reasons})
    assert "# - 3 tillfällen flyttade från oktober 2026 till 2027-T1 (väder: Det var halt, resurser)\n" in text


def test_once_only_steps(tmp_path: Path) -> None:
    steps = [
        "moment:",
        "  - {id: bok, titel: Boka, senast: 2026-02-28}",
        "  # sist",
        "  - {id: tack, titel: Tacka}",
        "  - {id: lista, titel: Lista, varje: tillfälle}",
    ]
    report = "åtagande: lov\ndatum: 2026-02-03\nmoment: {bok: ja}\ninlämnad: 2026-02-03\n"
    new = carried(tmp_path, plan(commitment("{minst: 4}", *steps)), {"a": report})
    assert "      - {id: bok, titel: Boka, senast: 2027-02-28}\n" in new
    assert "      # sist\n      # tack: inte gjort 2026\n      - {id: tack, titel: Tacka}\n" in new
    assert new.count("inte gjort") == 1


def test_once_only_targets(tmp_path: Path) -> None:
    targets = "\n      - {id: start, klart: 2026-01-31}\n      - {id: antal, minst: 4}"
    report = "åtagande: lov\ndatum: 2026-02-03\nklart: ja\ninlämnad: 2026-02-03\n"
    new = carried(tmp_path, plan(commitment(targets)), {"a": report})
    assert "- {id: start, klart: 2027-01-31}\n" in new
    assert "# - mål start klart 2026-02-03; ta bort målet om det inte ska göras igen\n" in new


def test_what_is_not_done_is_counted(tmp_path: Path, capsys: Capture) -> None:
    new = carried(tmp_path, plan(commitment("{klart: 2026-06-30}", "moment: [{id: bok, titel: Boka}, {id: tack, titel: Tacka}]")))
    assert "  # - inte klart 2026\n  - id: lov\n" in new
    assert "    # bok: inte gjort 2026\n    # tack: inte gjort 2026\n    moment: [" in new
    assert "Med följde 2 moment som inte är gjorda, 1 mål som inte är klart.\n" in capsys.readouterr().out


def test_what_lies_behind_a_later_day_is_not_seen(tmp_path: Path) -> None:
    text = plan(commitment("{klart: 2026-06-30}"))
    files = {OLD: text, "plans/snabbrapporter/prov.yaml": FORM}
    files["reports/a.yaml"] = "plan: prov-2026\nåtagande: lov\ndatum: 2026-05-03\nklart: ja\ninlämnad: 2026-05-03\n"
    assert init(folder(tmp_path, files), day="2026-03-01") == 0
    assert "per 2026-03-01:\n  # - inte klart 2026\n" in (tmp_path / NEW).read_text("utf-8")


@pytest.mark.parametrize(
    ("baseline", "level", "expected"),
    [
        ("{värde: 7, datum: 2025-12-31}", "9", "{värde: 9, datum: 2026-10-01}"),
        ("{värde: 7}", "9", "{datum: 2026-10-01, värde: 9}"),
        ("{värde: 7,\n             datum: 2025-12-31}", "9", "{värde: 9,\n             datum: 2026-10-01}"),
        ("{värde: 7}", "", "{värde: 7}"),
    ],
)
def test_a_level_begins_where_it_was_left(baseline: str, level: str, expected: str, tmp_path: Path) -> None:
    reports = {"a": f"åtagande: lov\ndatum: 2026-10-01\nuppgifter: {{läge: {level}}}\n"} if level else {}
    text = carried(tmp_path, plan(commitment(f"{{minst: 10, räknar: läge, sätt: nivå, baslinje: {baseline}}}")), reports)
    assert f"baslinje: {expected}}}" in text
    assert "redan" not in text


def test_a_level_with_decimals_in_braces(tmp_path: Path) -> None:
    target = "{högst: 4, räknar: km, sätt: nivå, baslinje: {värde: 7}}"
    text = carried(tmp_path, plan(commitment(target)), {"a": 'åtagande: lov\ndatum: 2026-10-01\nuppgifter: {km: "6,125"}\n'})
    assert 'baslinje: {datum: 2026-10-01, värde: "6,125"}' in text


def test_the_level_of_one_of_many_targets(tmp_path: Path) -> None:
    targets = [
        "",
        "    - {id: läget, antal: 10, räknar: läge, sätt: nivå, baslinje: {värde: 7}}",
        "    - {id: antal, minst: 4}",
    ]
    report = {"a": "åtagande: lov\ndatum: 2026-10-01\nuppgifter: {läge: 12}\n"}
    text = carried(tmp_path, plan(commitment("\n  ".join(targets))), report)
    assert "# - nivån för läget är redan 12, så målet är nått från början; skriv ett nytt mål\n" in text


HOSTILE = """\
åtagande: lov
datum: 2026-10-01
plats: torget
iakttagelser:
  - text: "Rad ett\\n- id: falsk\\n  titel: falsk # {"
    ansvarig: värd
  - text: {long}
"""


def test_text_from_reports_stays_inside_its_comment(tmp_path: Path) -> None:
    report = HOSTILE.replace("{long}", "ord " * 100)
    text = carried(tmp_path, plan(commitment("{minst: 4}")), {"a": report})
    assert "# - öppet sedan 2026-10-01, Torget: Rad ett - id: falsk titel: falsk # { (Värd)\n" in text
    assert [one.id for one in plans_of(tmp_path)["prov-2027"].commitments] == ["lov"]
    (line,) = (line for line in text.splitlines() if "ord ord" in line)
    assert line.endswith(" … (ingen ansvarig angiven)")
    assert len(line) < 230


def test_a_commitment_with_nothing_open_has_no_comment(tmp_path: Path, capsys: Capture) -> None:
    old = plan(commitment("{minst: 4}"))
    assert changed(old, carried(tmp_path, old)) == [
        "plan: prov-2027",
        "period: 2027",
        "# terminer: kontrollera dagarna, de är flyttade från prov-2026",
        "terminer: {VT2027: [2027-01-08, 2027-06-12], HT2027: [2027-08-17, 2027-12-20]}",
    ]
    assert "Med följde" not in capsys.readouterr().out


FLOW = """\
{plan: prov-2026, titel: "Prov 2026", # i ett stycke
 typ: medborgarlöfte, period: "2026", beslut: {datum: 2025-12-01}, parter: {kommunen: Kommunen},
 åtaganden: [{id: lov, titel: Löftet, parter: [kommunen], mål: {minst: 4, fördelning: {"2026-H1": 1, 2026-H2: 3}},
   pauser: [{från: 2026-02-01, till: 2026-02-28}], tillfällen: [2026-03-04,
     2026-03-05], moment: [{id: bok, titel: Boka, senast: 2026-02-01}],
   ändringar: [{datum: 2026-02-02, vad: mål, före: minst 5, efter: minst 4, skäl: annat}]}]}
"""


def test_a_plan_in_braces(tmp_path: Path) -> None:
    text = carried(tmp_path, FLOW)
    assert (
        text
        == """\
{plan: prov-2027, titel: "Prov 2027", # i ett stycke
 # beslut: fyll i datum och referens när planen är beslutad
 typ: medborgarlöfte, period: "2027", parter: {kommunen: Kommunen},
 åtaganden: [{id: lov, titel: Löftet, parter: [kommunen], mål: {minst: 4, fördelning: {"2027-H1": 1, 2027-H2: 3}},
   # pauser: kontrollera dagarna, de är flyttade från prov-2026
   # bok: inte gjort 2026
   # tillfällen: fyll i den nya periodens dagar
   pauser: [{från: 2027-02-01, till: 2027-02-28}], moment: [{id: bok, titel: Boka, senast: 2027-02-01}]}]}
"""
    )


ODD = """\
# Överst
---
plan: "prov-2026"       # id
titel: >-
  Plan för
  2026
typ: 'medborgarlöfte'
# före perioden
period: |-
  2026
beslut:
  # i beslutet
  datum: 2025-12-01
# efter beslutet
avläsningar:
- "2026-06-30"    # halvårsskiftet
- 2026-12-31
parter:
  kommunen: Kommunen

åtaganden:
- tillfällen:     # onsdagar
  - 2026-03-04
  # mellan
  id: lov
  titel: |
    Löftet

  parter: [kommunen]
  period:
    # hela året
    från: '2026-01-01'
    till: 2026-12-31
  effektmål:
    text: Lugnt 2026
    start: 2026-02-01
    slut: 2026-06-01
  ändringar:
    - {datum: 2026-02-02, vad: titel, skäl: annat}

# Underst
"""

ODD_NEXT = """\
# Överst
---
plan: "prov-2027"       # id
titel: "Plan för 2027"
typ: 'medborgarlöfte'
# före perioden
period: |-
  2027
# beslut: fyll i datum och referens när planen är beslutad
# i beslutet
# efter beslutet
avläsningar:
- "2027-06-30"    # halvårsskiftet
- 2027-12-31
parter:
  kommunen: Kommunen

åtaganden:
# tillfällen: fyll i den nya periodens dagar
# onsdagar
- \n  # mellan
  id: lov
  titel: |
    Löftet

  parter: [kommunen]
  period:
    # hela året
    från: '2027-01-01'
    till: 2027-12-31
  effektmål:
    text: Lugnt 2026
    start: 2026-02-01
    # slut: 2026-06-01 är borttaget; skriv dit det igen om arbetet inte fortsätter

# Underst
"""


def test_a_plan_in_an_odd_layout(tmp_path: Path) -> None:
    assert carried(tmp_path, ODD) == ODD_NEXT


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["none", "bom"])
def test_line_breaks_and_marks_of_windows_are_no_part_of_the_text(start: bytes, tmp_path: Path) -> None:
    text = carried(tmp_path, start + ODD.replace("\n", "\r\n").encode())
    assert text == ODD_NEXT
    assert b"\r" not in (tmp_path / NEW).read_bytes()


def test_a_planned_end_that_lies_ahead_is_still_true(tmp_path: Path) -> None:
    text = carried(tmp_path, plan(commitment("{minst: 4}", "effektmål: {text: Lugnt, start: 2026-02-01, slut: 2028-06-30}")))
    assert "effektmål: {text: Lugnt, start: 2026-02-01, slut: 2028-06-30}" in text


@pytest.mark.parametrize(
    ("old", "words", "expected", "span"),
    [
        ("2026-T2", [], "plans/prov-2026-2026-t3.yaml", ("2026-09-01", "2026-12-31")),
        ("2026-T3", [], "plans/prov-2027.yaml", ("2027-01-01", "2027-04-30")),
        ("2026-H1", [], "plans/prov-2026-2026-h2.yaml", ("2026-07-01", "2026-12-31")),
        ("VT2026", [], "plans/prov-2026-ht2026.yaml", ("2026-08-17", "2026-12-20")),
        ("VT2026", ["--period", "VT2027"], "plans/prov-2027.yaml", ("2027-01-08", "2027-06-12")),
        ("HT2026", ["--period", "VT2027"], "", ()),
        ("2026", ["--period", "2028"], "plans/prov-2028.yaml", ("2028-01-01", "2028-12-31")),
        ("2026", ["--id", "ny-plan-åäö"], "plans/ny-plan-aao.yaml", ("2027-01-01", "2027-12-31")),
        ("2026", ["--period", "2027-H1"], "plans/prov-2027.yaml", ("2027-01-01", "2027-06-30")),
        ("{från: 2026-01-01, till: 2026-12-31}", ["--period", "2027"], NEW, ("2027-01-01", "2027-12-31")),
        ("{från: 2026-01-09, till: 2026-12-19}", ["--period", "2027"], NEW, ("2027-01-01", "2027-12-31")),
        ("{från: 2026-02-01, till: 2026-07-31}", [], "plans/prov-2026-2026-08-01-2027-01-31.yaml", ("2026-08-01", "2027-01-31")),
        ("{från: 2024-03-01, till: 2026-02-28}", [], "plans/prov-2028.yaml", ("2026-03-01", "2028-02-29")),
        (
            "{från: 2026-01-08, till: 2026-06-12}",
            ["--period", "HT2026"],
            "plans/prov-2026-ht2026.yaml",
            ("2026-08-17", "2026-12-20"),
        ),
    ],
)
def test_the_new_period(
    old: str, words: list[str], expected: str, span: tuple[str, str], tmp_path: Path, capsys: Capture
) -> None:
    folder(tmp_path, {OLD: plan(commitment("{minst: 4}"), period=old), "plans/snabbrapporter/prov.yaml": FORM})
    assert init(tmp_path, *words) == (0 if expected else 2)
    if expected:
        (new,) = (one for one in plans_of(tmp_path).values() if one.id != "prov-2026")
        assert new.span == Period(*map(date.fromisoformat, span))
        assert f"Skrev {expected}" in capsys.readouterr().out


PERIODS = """\
  - id: lov
    titel: Löftet
    parter: [kommunen]
    period: {}
    mål: {{klart: {}}}
    pauser: [{{från: {}, till: {}}}]
"""


@pytest.mark.parametrize(
    ("whole", "words", "own", "days", "expected"),
    [
        (
            "2026",
            [],
            "2026-H2",
            ("2026-12-31", "2026-07-01", "2026-07-31"),
            ("2027-H2", "2027-12-31", "2027-07-01", "2027-07-31"),
        ),
        ("2026", [], "VT2026", ("2026-06-12", "2026-02-01", "2026-02-28"), ("VT2027", "2027-06-12", "2027-02-01", "2027-02-28")),
        (
            "VT2026",
            [],
            "VT2026",
            ("2026-01-31", "2026-02-01", "2026-02-28"),
            ("HT2026", "2026-08-17", "2026-08-17", "2026-08-31"),
        ),
        (
            "2026-T1",
            [],
            "2026-K1",
            ("2026-03-31", "2026-01-01", "2026-02-15"),
            ("{från: 2026-05-01, till: 2026-07-31}", "2026-07-31", "2026-05-01", "2026-06-15"),
        ),
        (
            "{från: 2024-02-01, till: 2025-01-31}",
            [],
            "2024-02-29",
            ("2024-02-29", "2024-02-29", "2024-02-29"),
            ("2025-02-28", "2025-02-28", "2025-02-28", "2025-02-28"),
        ),
        (
            "2026",
            ["--period", "2027-H1"],
            "{från: 2026-03-01, till: 2026-10-31}",
            ("2026-10-31", "2026-07-01", "2026-07-31"),
            ("{från: 2027-03-01, till: 2027-06-30}", "2027-06-30", "2027-06-30", "2027-06-30"),
        ),
    ],
)
def test_a_commitments_own_days(
    whole: str, words: list[str], own: str, days: tuple[str, ...], expected: tuple[str, ...], tmp_path: Path
) -> None:
    text = plan(PERIODS.format(own, *days), period=whole)
    new = carried(tmp_path, text, None, "--id", "prov-ny", *words, new="plans/prov-ny.yaml")
    assert f"period: {expected[0]}\n" in new
    assert f"mål: {{klart: {expected[1]}}}\n" in new
    assert f"pauser: [{{från: {expected[2]}, till: {expected[3]}}}]\n" in new


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("{VT2026: [2026-01-08, 2026-06-12]}", "{VT2027: [2027-01-08, 2027-06-12]}"),
        ("{våren 2026: [2026-01-08, 2026-06-12]}", "{våren 2026: [2027-01-08, 2027-06-12]}"),
        (
            "{HT2026: [2026-08-17, 2026-12-20], VT2027: [2027-01-10, 2027-06-15]}",
            "{HT2026: [2026-08-17, 2026-12-20], VT2027: [2027-01-10, 2027-06-15]}",
        ),
    ],
)
def test_terms(terms: str, expected: str, tmp_path: Path) -> None:
    old = plan(commitment("{minst: 4}")).replace("{VT2026: [2026-01-08, 2026-06-12], HT2026: [2026-08-17, 2026-12-20]}", terms)
    text = carried(tmp_path, old)
    assert f"terminer: {expected}\n" in text
    assert "# terminer: kontrollera " in text


BROKEN = plan(commitment("{minst: 4}")).replace("plan: prov-2026", "plan: trasig").replace("period: 2026", "period: våren")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--fran", "prov"], "planen ”prov” finns inte. Menade du prov-2026?"),
        (["--fran", ""], "flaggan --fran är tom"),
        (["--fran", "trasig"], "planen ”trasig” finns inte (filen är utelämnad, kör uppfoljning validera)"),
        (["--id", "Ny Plan"], "Ett id har små bokstäver, siffror och bindestreck, som prov-2027."),
        (["--id", "prov-2026"], "planen prov-2026 finns redan"),
        (["--id", "trasig"], "plans/trasig.yaml finns redan. Välj ett annat id med --id"),
        (["--period", "våren"], "flaggan --period: ”våren” – värdet är ingen period"),
        (["--period", "2026-T3"], "perioden 2026-T3 börjar 2026-09-01, och prov-2026 slutar först 2026-12-31."),
        (["--period", "2025"], "Välj en period som börjar efter den dagen."),
        (["--period", "VT2027"], "Lägg till VT2027 under terminer i plans/prov-2026.yaml"),
        (["--period", "VT0000"], "Lägg till VT0000 under terminer"),
        (["--vid", "igår"], "flaggan --vid: ”igår”"),
    ],
)
def test_misuse(words: list[str], says: str, tmp_path: Path, capsys: Capture) -> None:
    files = {OLD: plan(commitment("{minst: 4}")), "plans/snabbrapporter/prov.yaml": FORM, "plans/trasig.yaml": BROKEN}
    folder(tmp_path, files)
    before = sorted(tmp_path.rglob("*"))
    assert init(tmp_path, *words) == 2
    assert says in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("period", ["{från: 2026-01-09, till: 2026-12-19}", "2026-W14"])
def test_a_period_that_nothing_follows(period: str, tmp_path: Path, capsys: Capture) -> None:
    folder(tmp_path, {OLD: plan(commitment("{minst: 4}"), period=period), "plans/snabbrapporter/prov.yaml": FORM})
    assert init(tmp_path) == 2
    assert "som inte är ett helt antal månader. Skriv den med --period." in capsys.readouterr().err


def test_what_would_have_an_error_is_not_written(tmp_path: Path, capsys: Capture) -> None:
    text = plan(commitment("{minst: 4, fördelning: {2026-T1: 1, 2026-T3: 3}}"))
    folder(tmp_path, {OLD: text, "plans/snabbrapporter/prov.yaml": FORM})
    assert init(tmp_path, "--period", "2027-H1") == 2
    err = capsys.readouterr().err
    assert "den nya planen skulle få 1 fel, så inget är skrivet. Felet är: " in err
    assert "fördelning: {2027-T1: 1, 2027-T3: 3}" in err
    assert "Ändra i plans/prov-2026.yaml, eller välj en annan period med --period." in err
    assert not (tmp_path / NEW).exists()


def test_a_layout_that_cannot_be_spliced_is_not_written(tmp_path: Path, capsys: Capture) -> None:
    text = plan(commitment("{minst: 4}"), extra="? beslut\n: {datum: 2025-12-01}\n")
    assert main(["-C", folder(tmp_path, {OLD: text, "plans/snabbrapporter/prov.yaml": FORM}), "validera"]) == 0
    assert init(tmp_path) == 2
    assert "inget är skrivet" in capsys.readouterr().err
    assert not (tmp_path / NEW).exists()


@pytest.mark.parametrize(("count", "more"), [(1, False), (5, True)])
def test_reports_that_do_not_say_their_plan_would_lose_it(count: int, more: bool, tmp_path: Path, capsys: Capture) -> None:
    files = {OLD: plan(commitment("{minst: 40}")), "plans/snabbrapporter/prov.yaml": FORM}
    files |= {f"reports/{at}.yaml": f"åtagande: lov\ndatum: 2026-03-0{at + 1}\n" for at in range(count)}
    folder(tmp_path, files)
    assert init(tmp_path) == 2
    err = capsys.readouterr().err
    assert f"{count} rapportfil" in err
    assert "Lägg till plan: prov-2026 först, i reports/0.yaml" in err
    assert ("med flera" in err) is more
    assert not (tmp_path / NEW).exists()


def test_faults_elsewhere_do_not_stop_it(tmp_path: Path, capsys: Capture) -> None:
    files = {OLD: plan(commitment("{minst: 4}")), "plans/snabbrapporter/prov.yaml": FORM}
    files["reports/a.yaml"] = "plan: prov-2026\nåtagande: lav\ndatum: 2026-03-01\n"
    assert init(folder(tmp_path, files)) == 1
    assert (tmp_path / NEW).exists()
    assert "1 fil utelämnad på grund av fel" in capsys.readouterr().err
