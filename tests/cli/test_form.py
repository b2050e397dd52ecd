"""`blankett`: one form or all, never over another's file, the same bytes each time, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import PLAN, folder
from tests.collect.offline.pieces import Taken
from uppfoljning.cli.main import main

Capture = pytest.CaptureFixture[str]
FORM = "blankett-gang.html"
LINK = "https://github.com/kommun/uppfoljning"
SECOND = PLAN.replace("prov-2026", "annan-2026").replace("Provplan", "Andra planen").replace("period: 2026", "period: 2027")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder(tmp_path, {"plans/prov-2026.yaml": PLAN})
    return tmp_path


def blankett(project: Path, *words: str) -> int:
    return main(["-C", str(project), "blankett", *words])


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_one_form_is_written_here_and_says_what_to_do_next(project: Path, capsys: Capture) -> None:
    assert blankett(project, "gang") == 0
    page = Taken((project / FORM).read_text("utf-8"))
    assert page.embedded("blankett")["commitment"] == "gang"
    out = capsys.readouterr().out
    assert FORM in out and "uppfoljning importera MAPP" in out
    assert main(["-C", str(project), "validera"]) == 0


@pytest.mark.parametrize("word", ["prov-2026/gang", "gang"])
def test_a_file_of_another_name_in_a_new_folder(word: str, project: Path) -> None:
    assert blankett(project, word, "--ut", "ut/min blankett.html") == 0
    assert set(files(project)) == {"plans/prov-2026.yaml", "ut/min blankett.html"}


def test_written_twice_it_is_the_same_and_a_changed_plan_makes_a_new_one(project: Path) -> None:
    assert blankett(project, "gang") == 0
    first = (project / FORM).read_bytes()
    assert blankett(project, "gang") == 0
    assert (project / FORM).read_bytes() == first
    folder(project, {"plans/prov-2026.yaml": PLAN.replace("Gå tillsammans", "Gå i grupp")})
    assert blankett(project, "gang") == 0
    assert "Gå i grupp" in (project / FORM).read_text("utf-8")


def test_another_file_is_never_written_over(project: Path, capsys: Capture) -> None:
    before = files(project)
    assert blankett(project, "gang", "--ut", "plans/prov-2026.yaml") == 2
    assert "finns redan och är ingen blankett" in capsys.readouterr().err
    assert blankett(project, "gang", "--ut", "plans") == 2
    assert "är en mapp" in capsys.readouterr().err
    assert blankett(project, "--alla", "--ut", "plans/prov-2026.yaml") == 2
    assert "är en fil, inte en mapp" in capsys.readouterr().err
    folder(project, {"ut/index.html": "<!doctype html><title>Vår webbplats</title>"})
    assert blankett(project, "--alla", "--ut", "ut") == 2
    assert "finns redan och är ingen blankett" in capsys.readouterr().err
    assert set(files(project)) == {*before, "ut/index.html"}
    assert blankett(project, "gang", "--ut", "plans/prov-2026.yaml/a.html") == 2
    assert "går inte att skriva" in capsys.readouterr().err


def test_all_forms_with_a_start_page_in_the_plans_order(project: Path, capsys: Capture) -> None:
    assert blankett(project, "--alla", "--ut", "ut") == 0
    assert "2 blanketter" in capsys.readouterr().out
    assert set(files(project / "ut")) == {"index.html", FORM, "blankett-tillsyn.html"}
    start = Taken((project / "ut/index.html").read_text("utf-8"))
    assert [attrs["href"] for tag, attrs in start.elements if tag == "a"] == [FORM, "blankett-tillsyn.html"]
    first = files(project / "ut")
    assert blankett(project, "--alla", "--ut", "ut") == 0
    assert files(project / "ut") == first


def test_only_what_is_reported_gets_a_form_but_any_can_be_asked_for(project: Path) -> None:
    more = "  - {id: kampanj, titel: Kampanj, parter: [kommunen], mål: {klart: 2026-05-01}}\n"
    told = "  - {id: möten, titel: Möten, parter: [kommunen], uppföljning: {rapporteras: månad}}\n"
    folder(project, {"plans/prov-2026.yaml": PLAN + more + told})
    assert blankett(project, "--alla", "--ut", "ut") == 0
    assert set(files(project / "ut")) == {"index.html", FORM, "blankett-tillsyn.html", "blankett-moten.html"}
    assert blankett(project, "kampanj") == 0
    assert Taken((project / "blankett-kampanj.html").read_text("utf-8")).embedded("blankett")["fields"] == []


def test_two_plans_with_the_same_commitment(project: Path, capsys: Capture) -> None:
    folder(project, {"plans/annan-2026.yaml": SECOND})
    assert blankett(project, "gang") == 2
    assert "finns i flera planer. Skriv annan-2026/gang eller prov-2026/gang" in capsys.readouterr().err
    assert blankett(project, "annan-2026/gang") == 0
    assert Taken((project / FORM).read_text("utf-8")).embedded("blankett")["plan"] == "annan-2026"
    assert blankett(project, "gang", "--plan", "prov-2026") == 0
    assert blankett(project, "--alla", "--ut", "ut") == 0
    assert "blankett-prov-2026-gang.html" in files(project / "ut")
    start = Taken((project / "ut/index.html").read_text("utf-8"))
    assert [tag for tag, _ in start.elements].count("h2") == 2
    assert blankett(project, "--alla", "--ut", "en", "--plan", "prov-2026") == 0
    assert set(files(project / "en")) == {"index.html", FORM, "blankett-tillsyn.html"}


def test_ids_that_look_the_same_without_their_marks_get_files_of_their_own(project: Path) -> None:
    folder(project, {"plans/prov-2026.yaml": PLAN.replace("id: tillsyn", "id: gång")})
    assert blankett(project, "--alla", "--ut", "ut") == 0
    written = {name: Taken(text.decode()) for name, text in files(project / "ut").items() if name != "index.html"}
    assert {page.embedded("blankett")["commitment"] for page in written.values()} == {"gang", "gång"}
    assert all(name.isascii() for name in written)


def options(project: Path, *words: str) -> dict[str, object]:
    assert blankett(project, "gang", *words) == 0
    found = Taken((project / FORM).read_text("utf-8")).embedded("val")
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("words", "base", "kind"),
    [
        ([LINK], LINK, "github"),
        ([f"{LINK}.git"], LINK, "github"),
        ([f"{LINK}/"], LINK, "github"),
        (["https://gitlab.kommun.example/grupp/under/repo"], "https://gitlab.kommun.example/grupp/under/repo", "gitlab"),
        (["https://codeberg.org/kommun/repo"], "https://codeberg.org/kommun/repo", "forgejo"),
        (["https://git.kommun.example/a/b", "--tjanst", "forgejo"], "https://git.kommun.example/a/b", "forgejo"),
        ([LINK, "--tjanst", "gitlab"], LINK, "gitlab"),
    ],
)
def test_the_page_for_a_new_file_is_offered_when_asked_for(words: list[str], base: str, kind: str, project: Path) -> None:
    assert options(project) == {"mail": "", "forge": None}
    assert options(project, "--lank", *words) == {"mail": "", "forge": {"base": base, "kind": kind}}


def test_the_mail_address_is_in_the_form_and_nowhere_else(project: Path) -> None:
    assert options(project, "--mejl", "rapporter@kommun.example")["mail"] == "rapporter@kommun.example"
    assert [name for name, text in files(project).items() if b"rapporter@kommun.example" in text] == [FORM]
    assert options(project)["mail"] == ""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "skriv ett åtagande, eller --alla"),
        (["gang", "--alla"], "ett åtagande går inte ihop med --alla"),
        (["--alla"], "behöver en mapp att skriva i: --ut MAPP"),
        (["gong"], "åtagandet ”gong” finns inte. Menade du gang?"),
        (["prov-2026/gong"], "finns inte"),
        (["gang", "--plan", "prov"], "planen ”prov” finns inte"),
        (["gang", "--mejl", "rapporter"], "flaggan --mejl: det är ingen e-postadress"),
        (["gang", "--mejl", "a@b.se?cc=c@d.se"], "flaggan --mejl: det är ingen e-postadress"),
        (["gang", "--tjanst", "github"], "flaggan --tjanst hör ihop med --lank"),
        (["gang", "--lank", LINK, "--tjanst", "githubb"], "Menade du github eller gitlab?"),
        (["gang", "--lank", "https://git.kommun.example/a/b"], "Skriv --tjanst github eller gitlab eller forgejo"),
        (["gang", "--lank", "https://github.com/kommun"], "flaggan --lank: skriv förrådets adress"),
        (["gang", "--lank", "http://github.com/a/b"], "flaggan --lank: skriv förrådets adress"),
        (["gang", "--lank", "https://[github.com/a/b"], "flaggan --lank: skriv förrådets adress"),
        (["gang", "--lank", "https://github.com/a/b?x=1"], "flaggan --lank: skriv förrådets adress"),
        (["gang", "--lank", "javascript:alert(1)//a/b"], "flaggan --lank: skriv förrådets adress"),
        (["gang", "--lank", "https://anna:hemligt@github.com/a/b"], "adressen innehåller en inloggning"),
    ],
)
def test_misuse(words: list[str], says: str, project: Path, capsys: Capture) -> None:
    before = files(project)
    assert blankett(project, *words) == 2
    captured = capsys.readouterr()
    assert says in captured.err
    assert "hemligt" not in captured.err
    assert captured.out == ""
    assert files(project) == before


def test_a_plan_that_reports_nothing_has_no_forms(project: Path, capsys: Capture) -> None:
    bare = PLAN.replace("    snabbrapport: nattvandring\n", "").replace("    snabbrapport: krogtillsyn\n", "")
    folder(project, {"plans/prov-2026.yaml": bare})
    assert blankett(project, "--alla", "--ut", "ut") == 2
    assert "inget åtagande i planen har en blankett" in capsys.readouterr().err
    assert not (project / "ut").exists()


def test_a_form_with_an_error_is_not_used(project: Path, capsys: Capture) -> None:
    broken = "snabbrapport: nattvandring\ntitel: Nattvandring\nfält:\n  samtal: {typ: antall}\n"
    folder(project, {"plans/snabbrapporter/nattvandring.yaml": broken})
    assert blankett(project, "gang") == 2
    assert "uppfoljning validera" in capsys.readouterr().err
    assert not (project / FORM).exists()


def test_a_plan_left_out_is_told_and_the_others_forms_are_written(project: Path, capsys: Capture) -> None:
    folder(project, {"plans/annan-2026.yaml": SECOND.replace("typ: åtgärdsplan", "typ: plann")})
    assert blankett(project, "tillsyn") == 1
    assert "1 fil utelämnad på grund av fel" in capsys.readouterr().err
    assert (project / "blankett-tillsyn.html").exists()


def test_titles_of_any_kind_stand_as_they_are(project: Path) -> None:
    title = '</script> "citat" \\ ¤{policy} & <b>'
    folder(project, {"plans/prov-2026.yaml": PLAN.replace("titel: Provplan", f"titel: {json.dumps(title, ensure_ascii=False)}")})
    assert blankett(project, "gang") == 0
    page = Taken((project / FORM).read_text("utf-8"))
    assert page.embedded("blankett")["plan_title"] == title
    assert title in page.text
