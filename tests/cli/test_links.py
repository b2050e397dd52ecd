"""Links out of a project, of every kind of file, with every command: nothing of what they lead to is read, kept or written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.running import CSV, PLAN, REPORT, folder
from tests.files.test_git import Repository
from uppfoljning.cli.main import main

pytestmark = pytest.mark.skipif(os.name == "nt", reason="länkar som i Unix")

MARK = "hemlighuset"
"""Stands in everything that a link leads to, and nowhere else."""
FORM = "snabbrapport: nattvandring\ntitel: {mark}\nfält:\n  samtal: {{typ: antal}}\n"
SERIES = "indikator: larm\ntitel: {mark}\nenhet: larm\nkälla: {mark}\n"
JUDGEMENT = "bedömning: prov-2026\nperiod: 2026-T1\nav: {mark}\nåtaganden:\n  gang: {{status: pågår, text: {mark}}}\n"
MAPPING = "mappning: enkat\nplan: prov-2026\nåtagande: gang\nkolumner: {{{mark}: datum}}\n"
KINDS: Mapping[str, str] = {
    "plans/annan-2026.yaml": PLAN.replace("prov-2026", "annan-2026").replace("Provplan", MARK).replace("id: gang", "id: annat"),
    "plans/snabbrapporter/nattvandring.yaml": FORM.format(mark=MARK),
    "plans/mappningar/enkat.yaml": MAPPING.format(mark=MARK),
    "plans/indikatorer/larm.yaml": SERIES.format(mark=MARK),
    "reports/indikatorer/larm.csv": f"datum;värde\n2026-01-01;{MARK}\n",
    "reports/hemlig.yaml": REPORT + f"text: {MARK}\nsaknad_{MARK}: ja\n",
    "reports/HEMLIG.YML": f"{MARK}: [\n",
    "reports/rader.csv": CSV + f"prov-2026;gang;{MARK};{MARK};2026-04-09\n",
    "reports/stor.csv": CSV + f"prov-2026;gang;{MARK};1;2026-04-09\n" * 12_000,
    "reports/bedomningar/prov-2026-2026-T1.yaml": JUDGEMENT.format(mark=MARK),
    "reports/svar.txt": f"{MARK}\n",
}
COMMANDS = [
    "validera", "validera --format json", "validera --format markdown", "validera --format sarif", "validera reports",
    "status", "status gang", "status --gruppera part", "saknas", "saknas --paminnelse", "avvikelser", "underlag gang", "historik",
    "analys gang", "effekt", "exportera json", "exportera md --ut {ut}/a.md", "exportera brev --ut {ut}/brev.txt",
    "exportera csv --ut {ut}/csv", "exportera partiella --kommun 0180 --ut {ut}/delar",
    "intyg --part kommunen", "blankett gang --ut {ut}/b.html",
    "blankett --alla --ut {ut}/alla", "ark gang --ut {ut}/ark.csv",
    "rapportera gang --inget 2026-05", "ratta --skriv a", "init --fran prov-2026",
    "bedom --period 2026-T2 --plan prov-2026", "samla .",
]  # fmt: skip
AT_A_COMMIT = [
    "validera --ref HEAD", "status --ref HEAD", "avvikelser --ref HEAD", "saknas --ref HEAD", "historik --ref HEAD",
    "exportera json --ref HEAD", "diff --format md HEAD~1..HEAD", "diff HEAD~1", "validera --sedan HEAD~1",
]  # fmt: skip


def links(project: Path, target: Path, kinds: Mapping[str, str] = KINDS) -> None:
    """A link in the project to a file outside for each kind."""
    for name, text in kinds.items():
        there = target / name.replace("/", "-")
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_text(text, "utf-8")
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).symlink_to(there)


def everything_below(*folders: Path) -> bytes:
    """All that lies in some folders, but for what links lead to."""
    files = (path for place in folders for path in sorted(place.rglob("*")))
    return b"".join(str(path).encode() + path.read_bytes() for path in files if path.is_file() and not path.is_symlink())


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for a project, what it keeps, what is exported and what is outside, where the user stands."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "sparat"))
    monkeypatch.delenv("CI", raising=False)
    (tmp_path / "ut").mkdir()
    folder(tmp_path / "projekt", {"plans/prov-2026.yaml": PLAN, "reports/a.yaml": REPORT})
    return tmp_path


def run(place: Path, words: str, capsys: pytest.CaptureFixture[str]) -> str:
    """All that a command writes, and leaves behind in the project, the exports and what is kept."""
    argv = words.format(ut=place / "ut").split()
    status = main(["-C", str(place / "projekt"), *argv])
    seen = capsys.readouterr()
    assert status in (0, 1, 2), seen.err
    assert "fel i programmet" not in seen.err
    kept = everything_below(*(one for one in (place / "projekt", place / "ut", place / "sparat") if one.exists()))
    return seen.out + seen.err + kept.decode("utf-8", "replace")


@pytest.mark.parametrize("words", COMMANDS)
def test_nothing_of_what_links_lead_to_is_seen(place: Path, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    links(place / "projekt", place / "utanför")
    for _ in range(2):
        assert MARK not in run(place, words, capsys)


@pytest.mark.parametrize("words", AT_A_COMMIT)
def test_nothing_of_what_links_lead_to_is_seen_at_a_commit(
    tmp_path: Path, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    repository = Repository(tmp_path)
    (tmp_path / "ut").mkdir()
    repository.save("Ett", {"projekt/plans/prov-2026.yaml": PLAN, "projekt/reports/a.yaml": REPORT})
    for name, text in KINDS.items():
        # Beside the project, but in the same repository.
        repository.write({f"annans/{name}": text, ".hemlig.yaml": text})
        (tmp_path / "projekt" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "projekt" / name).symlink_to(
            os.path.relpath(tmp_path / "annans" / name, (tmp_path / "projekt" / name).parent)
        )
    repository.save("Två")
    shutil.rmtree(tmp_path / ".git" / "uppfoljning", ignore_errors=True)
    assert MARK not in run(tmp_path, words, capsys)


def test_every_link_has_a_finding_of_its_own(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    links(place / "projekt", place / "utanför")
    main(["-C", str(place / "projekt"), "validera", "--format", "kort"])
    lines = capsys.readouterr().out.splitlines()
    said = [line.partition(":")[0] for line in lines if "den är en länk ut ur projektet" in line and "F001" in line]
    assert said == sorted(KINDS)


HOSTILE = {
    "en mapp utanför": "../../utanför", "systemets": "/etc/hostname", "en mapp hos systemet": "/etc", "en enhet": "/dev/zero",
    "processens": "/proc/self/environ", "processens rot": "/proc/self/root/etc/hostname", "processens fil": "/proc/self/fd/0",
    "användarens": "~/.ssh/id", "i git": "../.git/config", "genom en mapp": "../ut/x.yaml",
    "sig själv": "x.yaml", "ingenstans": "../saknas",
    "projektet": "..", "den egna mappen": ".",
}  # fmt: skip


@pytest.mark.parametrize("suffix", [".yaml", ".csv", ".txt", ""])
@pytest.mark.parametrize("target", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_link_to_anything_is_a_finding_and_nothing_waits_for_it(
    place: Path, target: str, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    project = place / "projekt"
    folder(place, {"utanför/x.yaml": MARK, "projekt/.git/config": MARK})
    (project / "ut").symlink_to(place / "utanför")
    (project / "reports" / f"x{suffix}").symlink_to(target.replace("x.yaml", f"x{suffix}") if target == "x.yaml" else target)
    said = run_without_kept(place, "validera --format kort", capsys)
    assert MARK not in said
    assert f"reports/x{suffix}: fel F001 filen gick inte att läsa" in said
    assert MARK not in run_without_kept(place, "status", capsys)


def run_without_kept(place: Path, words: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["-C", str(place / "projekt"), *words.split()]) == 1
    seen = capsys.readouterr()
    return seen.out + seen.err


@pytest.mark.parametrize("name", ["x.yaml", "x.csv", "X.YML"])
def test_a_pipe_among_the_reports_is_a_finding(place: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(place / "projekt" / "reports" / name)
    assert f"reports/{name}: fel F001" in run_without_kept(place, "validera --format kort", capsys)


def test_a_link_that_is_led_out_later_gives_no_kept_answer(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = place / "projekt"
    folder(place, {"projekt/annat/x.yaml": REPORT.replace("03-06", "03-05"), "utanför/x.yaml": REPORT + f"text: {MARK}\n"})
    (project / "mellan").symlink_to("annat")
    (project / "reports" / "x.yaml").symlink_to("../mellan/x.yaml")
    assert main(["-C", str(project), "status", "--vid", "2026-08-31"]) == 0
    assert "3 filer lästa, 0 utelämnade" in capsys.readouterr().out
    (project / "mellan").unlink()
    (project / "mellan").symlink_to("../utanför")
    assert main(["-C", str(project), "status", "--vid", "2026-08-31"]) == 1
    assert "3 filer lästa, 1 utelämnad" in capsys.readouterr().out


def named(place: Path, name: str, text: str) -> Path:
    folder(place / "utanför", {name: text})
    (place / "projekt" / "inkorg").mkdir(exist_ok=True)
    link = place / "projekt" / "inkorg" / name
    link.symlink_to(place / "utanför" / name)
    return link


@pytest.mark.parametrize(
    ("words", "name", "text"),
    [
        ("importera {0}", "a.yaml", REPORT + f"text: {MARK}\n"),
        ("importera {0}", "a.eml", f"Content-Type: text/plain\n\n{MARK}\n"),
        ("importera {0}", "a.csv", f"{MARK};datum\n1;2026-03-09\n"),
        ("importera {0} --skapa-mappning --atagande gang", "a.csv", f"{MARK};datum\n1;2026-03-09\n"),
        ("importera {0} --mappning {0}.yaml", "b.csv", f"{MARK};datum\n1;2026-03-09\n"),
        ("rapportera --fran-fil {0}", "a.yaml", REPORT + f"text: {MARK}\n"),
        ("ratta --skriv {0}", "a.yaml", REPORT + f"text: {MARK}\n"),
        ("importera {1}", "a.yaml", REPORT + f"text: {MARK}\n"),
        ("importera {1}", "a.pdf", MARK),
    ],
)
def test_a_file_that_is_named_or_lies_in_an_inbox(
    place: Path, words: str, name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    link = named(place, name, text)
    argv = words.format(link, link.parent).split()
    assert main(["-C", str(place / "projekt"), *argv]) in (1, 2)
    seen = capsys.readouterr()
    assert MARK not in seen.out + seen.err
    assert MARK.encode() not in everything_below(place / "projekt")


@pytest.mark.parametrize(
    "words", ["importera {0}", "importera {0}/a.yaml", "importera {0}/a.csv", "rapportera --fran-fil {0}/a.yaml"]
)
def test_a_linked_folder_on_the_way_into_the_project(place: Path, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder(place / "utanför", {"a.yaml": REPORT + f"text: {MARK}\n", "a.csv": f"{MARK};datum\n1;2026-03-09\n"})
    (place / "projekt" / "inkorg").symlink_to("../utanför")
    argv = words.format(place / "projekt" / "inkorg").split()
    assert main(["-C", str(place / "projekt"), *argv]) == 2
    seen = capsys.readouterr()
    assert "en länk ut ur" in seen.out + seen.err
    assert MARK not in seen.out + seen.err


@pytest.mark.parametrize("words", ["importera {0}", "rapportera --fran-fil {0}"])
@pytest.mark.parametrize("name", ["a.yaml", "a.csv"])
def test_a_pipe_that_is_named_is_not_waited_for(place: Path, words: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(place / name)
    assert main(["-C", str(place / "projekt"), *words.format(place / name).split()]) in (1, 2)


def test_what_is_exported_over_a_link_takes_its_place(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "utanför.html").write_text(MARK)
    (place / "ut" / "a.html").symlink_to(place / "utanför.html")
    assert main(["-C", str(place / "projekt"), "exportera", "html", "--ut", str(place / "ut" / "a.html")]) == 0
    assert (place / "utanför.html").read_text() == MARK
    assert not (place / "ut" / "a.html").is_symlink()


def test_the_project_itself_may_be_reached_through_a_link(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "genväg").symlink_to("projekt")
    assert main(["-C", str(place / "genväg"), "validera", "--utan-cache"]) == main(
        ["-C", str(place / "projekt"), "validera", "--utan-cache"]
    )
    assert "F001" not in capsys.readouterr().out
